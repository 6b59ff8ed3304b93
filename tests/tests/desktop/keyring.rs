//! A keyring that comes later than the application.

use smoke::stage::until;

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, LOGIN_NEEDED, START},
    secrets::quit,
};

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
