//! Settings and policy that change while the program runs.

#[cfg(unix)]
mod policy;

use std::time::Duration;

use sandbox::{Activity, Availability};
use settings::{FILE, RESTORE_IDLE};
use view::controls::{SettingEdit, ThemeChoice};
use view::{Action, LinkReason, NoticeKind, View};

use crate::{
    shows,
    stage::{Stage, arn, wait},
};

fn title(view: &View) -> &str {
    view.banner.as_ref().map_or("", |banner| &banner.title)
}

fn row(status: &str, teams: &str) -> String {
    format!("[[sync.rows]]\nwhen = {{ status = \"{}\" }}\nteams = \"{teams}\"\n", arn(status))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_row_applies_at_once() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Training");
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.rewrite(FILE, |text| text + &row("Training", "do_not_disturb"));
    let disturbed = |_: &_| shows(&stage, Availability::DoNotDisturb, Activity::DoNotDisturb);
    stage.until_world("do not disturb", disturbed).await;
    // The rows that are proposed for the statuses of the instance still apply.
    stage.report_status("Lunch");
    let back = |_: &_| shows(&stage, Availability::BeRightBack, Activity::BeRightBack);
    stage.until_world("be right back", back).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_and_the_desktop_use_new_settings_at_once() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("the whole team", |view| view.counts.known == 40 && !view.counts.loading).await;
    stage.rewrite(FILE, |text| text + "restore_idle = 30\n[drawer]\nlimit = 5\n");
    stage.until("five people", |view| view.counts.listed == 5).await;
    let idle = stage.recorded(|seen| seen.settings.last().map(|settings| settings.restore_idle));
    assert_eq!(idle, Some(Duration::from_secs(1800)));
    stage.rewrite(FILE, |text| text.replace("restore_idle = 30", "").replace("limit = 5", "limit = 0"));
    stage.until("everybody", |view| view.counts.listed == 40).await;
    let idle = stage.recorded(|seen| seen.settings.last().map(|settings| settings.restore_idle));
    assert_eq!(idle, Some(RESTORE_IDLE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_gives_back_what_we_set_and_writes_nothing_until_it_ends() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Training");
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.rewrite(FILE, |text| text + "dry_run = true\n");
    stage.until("dry run", |view| view.own.reason == LinkReason::DryRun).await;
    stage.until_world("given back", |_| shows(&stage, Availability::Available, Activity::Available)).await;
    stage.report_status("Lunch");
    stage.report_status("Training");
    stage.rewrite(FILE, |text| text.replace("dry_run = true\n", ""));
    stage.until_world("busy again", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_asks_for_a_restart_until_the_change_is_undone() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    let tenant = |text: String, from: &str, to: &str| text.replace(from, to);
    stage.rewrite(FILE, |text| tenant(text, "tenant = ", "tenant = \"contoso.com\" # "));
    let view = stage.until("asks", |view| title(view) == "New settings need a restart.").await;
    assert!(view.banner.unwrap().body.starts_with("Changed: microsoft.tenant. "));
    assert_eq!(view.own.name, "Priya Raman");
    stage.rewrite(FILE, |text| tenant(text, "tenant = \"contoso.com\" # ", "tenant = "));
    stage.until("as before", |view| view.banner.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_settings_file_is_shown_and_changes_nothing() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.rewrite(FILE, |text| text + "hold = \"long\"\n");
    let named = |view: &View| title(view).contains(", line ");
    stage.until("named", named).await;
    assert_eq!(notices(&stage), 1);
    stage.report_status("Training");
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.rewrite(FILE, |text| text.replace("hold = \"long\"\n", ""));
    stage.until("fixed", |view| view.banner.is_none()).await;
    assert_eq!(notices(&stage), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_before_quitting_are_saved_to_the_file() {
    let stage = Stage::start().await;
    stage.act(Action::Setting { edit: SettingEdit::Theme(ThemeChoice::Dark) });
    stage.act(Action::Setting { edit: SettingEdit::DrawerCompact(true) });
    stage.act(Action::Setting { edit: SettingEdit::DrawerLimit(7) });
    stage.quit();
    wait("the end", async || if stage.recorded(|seen| seen.exited) { Ok(()) } else { Err(()) }).await;
    let text = std::fs::read_to_string(stage.file(FILE)).unwrap();
    for line in ["theme = \"dark\"", "compact = true", "limit = 7"] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_gives_back_what_we_set_and_uses_the_new_settings_in_the_same_windows() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Training");
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.rewrite(FILE, |text| text.replace("admin_consent = true", "admin_consent = false"));
    let view = stage.until("asks", |view| title(view) == "New settings need a restart.").await;
    stage.act(view.banner.unwrap().buttons[0].action.clone());
    stage.until_world("given back", |_| shows(&stage, Availability::Available, Activity::Available)).await;
    let restarted =
        stage.until("restarted", |view| view.banner.is_none() && view.own.name == "Priya Raman").await;
    assert!(restarted.revision > view.revision, "a later revision, so that the windows draw it");
    stage.recorded(|seen| {
        assert!(!seen.exited && seen.ccp.len() == 2, "the same process, and the CCP opened again");
    });
    stage.report_agent("priya.raman");
    stage.report_status("Training");
    stage.until_world("busy again", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

fn notices(stage: &Stage) -> usize {
    stage.recorded(|seen| seen.notices.iter().filter(|notice| notice.kind == NoticeKind::Settings).count())
}
