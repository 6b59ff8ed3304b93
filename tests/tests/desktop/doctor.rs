//! Doctor beside the running application, and alone: it uses the authorization only when nobody else does.

use std::process::Output;

use serde_json::Value;

use crate::office::{BOTH_AVAILABLE, CLICK, Desk, START, program};

async fn doctor(desk: &Desk) -> (Value, Output) {
    let mut command = desk.stage.command(program());
    command.args(["doctor", "--json", "--data-dir", desk.data.to_str().unwrap()]);
    let output = command.output().await.unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap();
    (report, output)
}

fn status<'r>(report: &'r Value, check: &str) -> &'r str {
    let checks = report["checks"].as_array().unwrap();
    checks.iter().find(|one| one["check"] == check).unwrap()["status"].as_str().unwrap()
}

#[tokio::test]
async fn it_looks_at_the_desktop_and_leaves_the_running_application_alone() {
    let desk = Desk::complete("doctor").await;
    let mut app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let before = desk.world().overview().refreshes;

    let (report, output) = doctor(&desk).await;
    assert!(output.status.success(), "{report:#}");
    for check in
        ["keyring", "notifications", "tray", "disk", "settings", "registration", "redirect", "instance"]
    {
        assert_eq!(status(&report, check), "good", "{report:#}");
    }
    assert_eq!(status(&report, "scopes"), "notChecked");
    assert_eq!(desk.world().overview().refreshes, before);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));

    tray.click("Quit").await.unwrap();
    assert!(app.wait(CLICK).await.unwrap().success());
    let (report, _) = doctor(&desk).await;
    assert_eq!(status(&report, "scopes"), "good", "{report:#}");
    assert_eq!(status(&report, "licence-filter"), "good");

    // What doctor renewed is what the application continues with.
    let _app = desk.start(&["--hidden"]);
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
}

#[tokio::test]
async fn on_a_bare_desktop_it_warns_and_does_not_fail() {
    let desk = Desk::new("doctor-bare").await;
    let (report, output) = doctor(&desk).await;
    assert!(output.status.success(), "{report:#}");
    assert_eq!(report["status"], "warning");
    for check in ["keyring", "tray"] {
        assert_eq!(status(&report, check), "warning", "{report:#}");
    }
}
