//! A keyring that is locked when the application starts, and unlocked later.

use std::time::Duration;

use signin::SecretsError;
use view::{NoticeKind, View};

use crate::{
    faults::{MINUTE, passes_until, step},
    stage::Stage,
};

fn works(view: &View) -> bool {
    view.banner.is_none() && view.own.teams.words == "Available"
}

fn keyring_notices(stage: &Stage) -> usize {
    stage.recorded(|seen| seen.notified.iter().filter(|notice| notice.kind == NoticeKind::Keyring).count())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_kept_once_the_keyring_is_unlocked_and_the_person_is_notified_once() {
    let stage = Stage::with(Err(SecretsError::Locked), "").await;
    stage.sign_in().await;
    for _ in 0..20 {
        step(&stage, Duration::from_secs(60)).await;
    }
    stage.until("the session continues", works).await;
    assert_eq!((keyring_notices(&stage), stage.recorded(|seen| seen.secrets.len())), (1, 0));
    // Once for each of the two entries at the start, and once for the login.
    assert_eq!(stage.recorded(|seen| seen.unlocking), 3, "the person is not asked again");
    stage.set_keyring(Ok(()));
    passes_until(&stage, "kept", 6 * MINUTE, |_| stage.recorded(|seen| seen.secrets.len()) == 1).await;
    stage
        .until("the notification is withdrawn", |_| {
            stage.recorded(|seen| seen.notices.iter().all(|it| it.kind != NoticeKind::Keyring))
        })
        .await;
    let stage = stage.restarted();
    stage.until("signed in from the keyring", works).await;
    assert_eq!((stage.world.overview().sign_ins, keyring_notices(&stage)), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_is_unlocked_after_the_start_leads_to_a_login_without_the_person() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until_world("kept", |_| stage.recorded(|seen| seen.secrets.len()) == 1).await;
    stage.set_keyring(Err(SecretsError::Locked));
    let stage = stage.restarted();
    let banner = stage.until_titled("Teams needs a login.").await;
    assert!(banner.body.starts_with("The keyring is locked."), "{}", banner.body);
    for _ in 0..5 {
        step(&stage, Duration::from_secs(60)).await;
    }
    stage.set_keyring(Ok(()));
    passes_until(&stage, "signed in", 6 * MINUTE, works).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}
