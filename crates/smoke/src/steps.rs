//! The smoke test: two working days of an agent, played against the real application from outside.
//!
//! Each step checks what a person or Microsoft would see. Windows, calls and failures are left to the desktop tests in
//! `tests/`.

mod contoso;
mod scene;

use std::{io::Write, path::Path, time::Duration};

use crate::report::{Outcome, Report};
use scene::Scene;

/// More than any step needs on a slow machine; the waits inside a step have shorter limits.
const STEP: Duration = Duration::from_secs(90);
/// How much of the application's log a failed run shows, in lines.
const LOG: usize = 60;

/// Runs the smoke test with the application's program file. Prints a line for each step and the closing line
/// "N passed, N failed".
pub async fn run(program: &Path) -> Outcome {
    let mut report = Report::new(std::io::stdout());
    report.line("Hold shortened from 15 s to 1 s for this test.");
    tokio::select! {
        () = play(program, &mut report) => {}
        _interrupt = tokio::signal::ctrl_c() => report.failed("the rest", "stopped by Ctrl+C"),
    }
    report.close()
}

async fn play<W: Write>(program: &Path, report: &mut Report<W>) {
    let mut scene = match Scene::prepare(program).await {
        Ok(scene) => scene,
        Err(failure) => return report.failed("a private desktop with Contoso", failure),
    };
    if first_day(&mut scene, report).await {
        second_day(&mut scene, report).await;
    } else {
        report.failed("the second day", "not tried, because the application did not quit");
    }
    if report.outcome().failed > 0 {
        report.line("The end of the application's log:");
        report.line(&scene.log_tail(LOG));
    }
}

/// Teams follows Connect. Returns true if the application was logged in, ran until the end, and quit.
async fn first_day<W: Write>(scene: &mut Scene, report: &mut Report<W>) -> bool {
    let signed_in = report.step("sign in", STEP, scene.sign_in()).await;
    if signed_in && report.step("Connect session", STEP, scene.connect_session()).await {
        report.step("custom status", STEP, scene.custom_status()).await;
        report.step("back to Available", STEP, scene.back_to_available()).await;
        report.step("short status", STEP, scene.short_status()).await;
        report.step("voice contact", STEP, scene.contact_connects()).await;
        report.step("end of the contact", STEP, scene.contact_ends()).await;
        report.step("crash and restart", STEP, scene.crash_and_restart()).await;
    } else {
        report.failed(
            "six steps of the day",
            "not tried, because the application is not logged in to both sides",
        );
    }
    if scene.is_running() {
        return report.step("quit", STEP, scene.quit()).await && signed_in;
    }
    report.failed("quit", "not tried, because the application has ended");
    false
}

/// Connect follows Teams too.
async fn second_day<W: Write>(scene: &mut Scene, report: &mut Report<W>) {
    if report.step("both ways", STEP, scene.both_ways()).await {
        report.step("Busy in Teams", STEP, scene.busy_in_teams()).await;
        report.step("end of Busy in Teams", STEP, scene.busy_ends()).await;
        report.step("meeting during a contact", STEP, scene.meeting_in_contact()).await;
        report.step("end of the meeting", STEP, scene.back_question()).await;
    } else {
        report.failed("four steps of the second day", "not tried, because the application did not start");
    }
    if scene.is_running() {
        report.step("quit again", STEP, scene.quit()).await;
    } else {
        report.failed("quit again", "not tried, because the application has ended");
    }
}
