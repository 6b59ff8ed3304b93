//! A policy that appears, changes or breaks while the program runs. Only on Unix, where the owner of a test's folder is
//! known.

use std::time::Duration;

use sandbox::{Activity, Availability};
use settings::FILE;
use view::{
    Action, Stage as Shown, View,
    controls::{SettingEdit, ThemeChoice},
};

use super::{row, title};
use crate::{
    shows,
    stage::{POLICY, Stage},
};

/// The problem with a file because of which the application is not set up.
fn problem(view: &View) -> Option<&str> {
    match &view.stage {
        Shown::NotSetUp { problem } => problem.as_deref(),
        Shown::LoginNeeded | Shown::Ready => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_policy_locks_settings_and_a_broken_one_unlocks_none() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Training");
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.rewrite(POLICY, |_| row("Training", "do_not_disturb"));
    let disturbed = |_: &_| shows(&stage, Availability::DoNotDisturb, Activity::DoNotDisturb);
    stage.until_world("do not disturb", disturbed).await;
    stage.rewrite(FILE, |text| text + &row("Training", "available"));
    stage.rewrite(POLICY, |_| "not toml".to_owned());
    stage.until("named", |view| title(view).contains("policy.toml, line 1: this is not TOML")).await;
    stage.settle(Duration::from_secs(3)).await;
    assert!(disturbed(&stage.world), "{:#?}", stage.world.overview());

    // After a restart the last good policy is not known, so no service is reached.
    let stage = stage.restarted();
    let view = stage.until("refused", |view| problem(view).is_some()).await;
    assert!(problem(&view).unwrap().contains("policy.toml, line 1: this is not TOML"));
    assert_eq!(stage.recorded(|seen| seen.ccp.len()), 1);
    stage.rewrite(POLICY, |_| "[sync]\nhold = 1\n".to_owned());
    stage.until("started by itself", |view| view.own.name == "Priya Raman").await;
    assert_eq!(stage.recorded(|seen| seen.ccp.len()), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn controls_change_only_settings_that_the_policy_leaves_free() {
    let stage = Stage::start().await;
    stage.rewrite(POLICY, |_| "theme = \"light\"\n".to_owned());
    stage.until("light", |view| view.look.theme == ThemeChoice::Light).await;
    stage.act(Action::Setting { edit: SettingEdit::Theme(ThemeChoice::Dark) });
    stage.act(Action::Setting { edit: SettingEdit::DrawerCompact(true) });
    let view = stage.until("lower rows", |view| view.look.compact).await;
    assert_eq!(view.look.theme, ThemeChoice::Light);
    let text = std::fs::read_to_string(stage.file(FILE)).unwrap();
    assert!(text.contains("compact = true") && !text.contains("theme"), "{text}");
    let theme = stage.controls().await.theme;
    assert!(theme.locked.is_some() && theme.problem.is_some(), "{theme:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_other_users_can_write_is_shown_and_no_token_is_sent() {
    use std::os::unix::fs::PermissionsExt;
    let stage = Stage::start().await;
    stage.start_work().await;
    let refreshes = stage.world.overview().refreshes;
    stage.rewrite(POLICY, |_| "[sync]\nhold = 1\n".to_owned());
    std::fs::set_permissions(stage.file(POLICY), std::fs::Permissions::from_mode(0o666)).unwrap();
    let stage = stage.restarted();
    let view = stage.until("refused", |view| problem(view).is_some()).await;
    let body = problem(&view).unwrap();
    assert!(body.contains("policy.toml: other users can write this file, so it is not used."), "{body}");
    // A click on Teams Login opens no page either.
    let pages = stage.recorded(|seen| seen.pages.len());
    stage.act(Action::TeamsLogin);
    stage.act(Action::SyncNow);
    stage.view().await;
    assert_eq!(stage.recorded(|seen| (seen.ccp.len(), seen.pages.len())), (1, pages));
    assert_eq!(stage.world.overview().refreshes, refreshes);
    assert!(stage.recorded(|seen| !seen.secrets.is_empty()), "the authorization is kept");
}
