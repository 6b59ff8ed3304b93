//! What doctor sees of the desktop: the keyring, who shows notifications and the tray icon, and versions. It
//! looks; `app` says what that means.

#[cfg_attr(target_os = "linux", path = "probe/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "probe/elsewhere.rs")]
mod platform;
#[cfg_attr(target_os = "linux", path = "probe/script/linux.rs")]
#[cfg_attr(target_os = "macos", path = "probe/script/macos.rs")]
#[cfg_attr(windows, path = "probe/script/windows.rs")]
mod script;

use doctor::{Drawing, NotificationService, Probe, TrayHost};
use signin::{SecretsAnswer, SecretsOrder};
use tokio::sync::oneshot;

use crate::{secrets::Secrets, webview};

/// This machine.
#[derive(Debug)]
pub struct Machine {
    secrets: Secrets,
}

impl Machine {
    /// This machine with its keyring.
    pub fn new(secrets: Secrets) -> Self {
        Self { secrets }
    }
}

impl Probe for Machine {
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        self.secrets.ask(account, order)
    }

    fn notifications(&self) -> NotificationService {
        platform::notifications()
    }

    fn tray(&self) -> TrayHost {
        platform::tray()
    }

    fn web_view(&self) -> Option<String> {
        match tauri::webview_version() {
            Ok(version) => Some(format!("{} {version}", platform::WEB_VIEW)),
            Err(error) => {
                tracing::debug!("no web view: {error}");
                None
            }
        }
    }

    fn drawing(&self) -> Drawing {
        webview::drawn()
    }

    fn has_proxy_script(&self) -> bool {
        script::has_one()
    }

    fn system(&self) -> String {
        platform::system()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_can_be_told_without_a_desktop() {
        let machine = Machine::new(Secrets::start().expect("a thread"));
        assert!(!machine.system().is_empty());
        // It is missing where Windows has none.
        if let Some(web_view) = machine.web_view() {
            assert!(web_view.chars().any(|c| c.is_ascii_digit()), "{web_view}");
        }
    }
}
