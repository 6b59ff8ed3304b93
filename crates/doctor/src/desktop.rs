//! The keyring, notifications, the tray and versions: what the shell sees.

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

/// The entry that is written, read and taken away again. It holds the time.
const ENTRY: &str = "doctor";
/// A keyring that does not answer in this time asks its person for a password.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn keyring(probe: Arc<dyn Probe>) -> [Finding; 1] {
    let tried = timeout(PATIENCE, keep_and_forget(probe.as_ref())).await;
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

/// Whether what was kept came back, and was gone afterwards.
async fn keep_and_forget(probe: &dyn Probe) -> Result<bool, SecretsError> {
    let ask = async |order| probe.secrets(ENTRY.to_owned(), order).await.unwrap_or(Err(SecretsError::Failed));
    let text = Timestamp::now().to_string();
    ask(SecretsOrder::Store(SecretString::from(text.clone()))).await?;
    let kept = ask(SecretsOrder::Load).await?;
    ask(SecretsOrder::Delete).await?;
    let left = ask(SecretsOrder::Load).await?;
    Ok(kept.is_some_and(|kept| kept.expose_secret() == text) && left.is_none())
}

pub(super) async fn notifications(probe: Arc<dyn Probe>) -> [Finding; 1] {
    [shown(spawn_blocking(move || probe.notifications()).await, |service| match service {
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
    [shown(spawn_blocking(move || probe.tray()).await, |host| match host {
        TrayHost::System => Finding::good(say("doctor.tray.system")),
        TrayHost::Host => Finding::good(say("doctor.tray.good")),
        TrayHost::Missing => Finding::warning(say("doctor.tray.missing"), say("doctor.tray.missingToDo")),
    })]
}

pub(super) async fn versions(probe: Arc<dyn Probe>) -> [Finding; 1] {
    let look = move || (probe.web_view(), probe.drawing(), probe.system());
    [shown(spawn_blocking(look).await, |(web_view, drawing, system)| {
        let own = format!("ConnectPath Teams {}", env!("CARGO_PKG_VERSION"));
        let is_there = web_view.is_some();
        let web_view = web_view.map(|name| match drawn(&drawing) {
            Some(words) => format!("{name} ({words})"),
            None => name,
        });
        let all: Vec<String> = [Some(own), web_view, Some(system)].into_iter().flatten().collect();
        let all = all.join(", ");
        let values = [("versions", all.as_str())];
        if is_there {
            Finding::good(fill("doctor.versions.good", &values))
        } else {
            Finding::failed(fill("doctor.versions.noWebView", &values), say("doctor.versions.noWebViewToDo"))
        }
    })]
}

/// The finding about how pages are drawn.
fn drawn(drawing: &Drawing) -> Option<String> {
    match drawing {
        Drawing::Usual => None,
        Drawing::WithoutDmabuf { driver: Some(driver) } => {
            Some(fill("doctor.versions.driver", &[("driver", driver)]))
        }
        Drawing::WithoutDmabuf { driver: None } => Some(say("doctor.versions.noCard")),
        Drawing::AsTheEnvironmentSays => Some(say("doctor.versions.asSet")),
    }
}

fn shown<T>(seen: Result<T, tokio::task::JoinError>, judge: impl FnOnce(T) -> Finding) -> Finding {
    match seen {
        Ok(seen) => judge(seen),
        Err(error) => Finding::not_checked(error.to_string()),
    }
}
