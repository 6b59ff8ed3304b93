//! The findings about the keyring, notifications, the tray and versions, which the [`Probe`] reads. Leaves nothing in the
//! keyring.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use signin::{SecretsError, SecretsOrder};
use tokio::{task::spawn_blocking, time::timeout};
use view::words::{fill, say};

use super::{
    finding::Finding,
    probe::{Drawing, NotificationService, Probe, TrayHost},
};

/// The name of the entry that is written, read and deleted again. It contains the time.
const ENTRY: &str = "doctor";
/// A keyring that does not answer within this time is probably asking for a password.
pub(super) const KEYRING_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn keyring(probe: Arc<dyn Probe>) -> [Finding; 1] {
    let tried = timeout(KEYRING_TIMEOUT, write_and_delete(probe.as_ref())).await;
    [match tried {
        Ok(Ok(true)) => Finding::good(say("doctor.keyring.good")),
        Ok(Ok(false)) => Finding::failed(say("doctor.keyring.other"), say("doctor.keyring.otherToDo")),
        Ok(Err(SecretsError::Missing)) => {
            Finding::warning(say("doctor.keyring.missing"), say("doctor.keyring.missingToDo"))
        }
        Ok(Err(SecretsError::Locked)) | Err(_) => {
            Finding::warning(say("doctor.keyring.locked"), say("doctor.keyring.lockedToDo"))
        }
        Ok(Err(SecretsError::Failed)) => {
            Finding::warning(say("doctor.keyring.failed"), say("doctor.keyring.otherToDo"))
        }
    }]
}

/// Whether the entry could be read after writing, and was gone after deleting.
async fn write_and_delete(probe: &dyn Probe) -> Result<bool, SecretsError> {
    let ask = async |order| probe.secrets(ENTRY.to_owned(), order).await.unwrap_or(Err(SecretsError::Failed));
    let text = Timestamp::now().to_string();
    ask(SecretsOrder::Store(SecretString::from(text.clone()))).await?;
    let written = ask(SecretsOrder::Load).await?;
    ask(SecretsOrder::Delete).await?;
    let deleted = ask(SecretsOrder::Load).await?;
    Ok(written.is_some_and(|written| written.expose_secret() == text) && deleted.is_none())
}

pub(super) async fn notifications(probe: Arc<dyn Probe>) -> [Finding; 1] {
    [judge_reading(spawn_blocking(move || probe.notifications()).await, |service| match service {
        NotificationService::System => Finding::good(say("doctor.notifications.system")),
        NotificationService::Service { name, actions: true } => {
            Finding::good(fill("doctor.notifications.good", &[("name", &name)]))
        }
        NotificationService::Service { name, actions: false } => {
            let saw = fill("doctor.notifications.plain", &[("name", &name)]);
            Finding::warning(saw, say("doctor.notifications.plainToDo"))
        }
        NotificationService::Missing => {
            Finding::warning(say("doctor.notifications.missing"), say("doctor.notifications.missingToDo"))
        }
    })]
}

pub(super) async fn tray(probe: Arc<dyn Probe>) -> [Finding; 1] {
    [judge_reading(spawn_blocking(move || probe.tray()).await, |host| match host {
        TrayHost::System => Finding::good(say("doctor.tray.system")),
        TrayHost::Host => Finding::good(say("doctor.tray.good")),
        TrayHost::Missing => Finding::warning(say("doctor.tray.missing"), say("doctor.tray.missingToDo")),
    })]
}

pub(super) async fn versions(probe: Arc<dyn Probe>) -> [Finding; 1] {
    let read = move || (probe.web_view(), probe.drawing(), probe.system());
    [judge_reading(spawn_blocking(read).await, |(web_view, drawing, system)| {
        let own = format!("ConnectPath Teams {}", env!("CARGO_PKG_VERSION"));
        let has_web_view = web_view.is_some();
        let web_view = web_view.map(|name| match drawing_words(&drawing) {
            Some(words) => format!("{name} ({words})"),
            None => name,
        });
        let all: Vec<String> = [Some(own), web_view, Some(system)].into_iter().flatten().collect();
        let all = all.join(", ");
        let values = [("versions", all.as_str())];
        if has_web_view {
            Finding::good(fill("doctor.versions.good", &values))
        } else {
            Finding::failed(fill("doctor.versions.noWebView", &values), say("doctor.versions.noWebViewToDo"))
        }
    })]
}

/// How the web view draws its pages, if that is unusual.
fn drawing_words(drawing: &Drawing) -> Option<String> {
    match drawing {
        Drawing::Usual => None,
        Drawing::WithoutDmabuf { driver: Some(driver) } => {
            Some(fill("doctor.versions.driver", &[("driver", driver)]))
        }
        Drawing::WithoutDmabuf { driver: None } => Some(say("doctor.versions.noCard")),
        Drawing::AsTheEnvironmentSays => Some(say("doctor.versions.asSet")),
    }
}

/// Judges a reading, unless the probe failed.
fn judge_reading<T>(reading: Result<T, tokio::task::JoinError>, judge: impl FnOnce(T) -> Finding) -> Finding {
    match reading {
        Ok(reading) => judge(reading),
        Err(error) => Finding::not_checked(error.to_string()),
    }
}
