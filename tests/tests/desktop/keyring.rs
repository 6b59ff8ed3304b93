//! A keyring that comes later than the application.

use std::time::Duration;

use smoke::stage::until;

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, LOGIN_NEEDED, START},
    secrets::quit,
};

/// Longer than a missing keyring waits for its first new question.
const ASKED_AGAIN: Duration = Duration::from_secs(7);
const LOCKED: &str = "The keyring is locked.";
const NO_KEYRING: &str = "No keyring found.";

#[tokio::test]
async fn a_keyring_that_comes_late_is_used_to_keep_and_to_read() {
    let mut desk = Desk::new("late-keyring").await;
    desk.stage.add_tray_host().await.unwrap();
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.stage.notification(NO_KEYRING, CLICK).await.unwrap();
    desk.stage.add_keyring().await.unwrap();
    until(START, "no word of a missing keyring", async || {
        let open = desk.stage.notifications().into_iter().find(|one| one.is_open && one.says(NO_KEYRING));
        open.map_or(Ok(()), |notice| Err(format!("{notice:?}")))
    })
    .await
    .unwrap();
    quit(&desk, app).await;

    desk.stage.remove_keyring().await.unwrap();
    let _app = desk.start(&["--hidden"]);
    desk.tooltip_is(LOGIN_NEEDED, START).await;
    desk.stage.add_keyring().await.unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    assert_eq!(desk.world().overview().sign_ins, 1, "the second day began with the keyring");
}

#[tokio::test]
async fn a_keyring_that_stays_locked_is_reported_once_and_the_session_continues() {
    let mut desk = Desk::complete("locked-keyring").await;
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    quit(&desk, app).await;

    desk.stage.remove_keyring().await.unwrap();
    desk.stage.add_locked_keyring().await.unwrap();
    let _app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.stage.notification(LOCKED, CLICK).await.unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    tokio::time::sleep(ASKED_AGAIN).await;
    // Teams Login named it as a reason before.
    let said = desk.stage.notifications().into_iter().filter(|one| one.title.contains(LOCKED)).count();
    assert_eq!(said, 1);
}
