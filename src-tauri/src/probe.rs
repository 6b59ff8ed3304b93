//! Looks at the desktop for doctor: the keyring, the services for notifications and the tray icon, and versions. It must
//! not judge what it finds: the crate `doctor` does that.

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

/// The desktop of this machine.
#[derive(Debug)]
pub struct DesktopProbe {
    secrets: Secrets,
}

impl DesktopProbe {
    /// A probe that uses this keyring.
    pub fn new(secrets: Secrets) -> Self {
        Self { secrets }
    }
}

impl Probe for DesktopProbe {
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
        webview::current_drawing()
    }

    fn has_proxy_script(&self) -> bool {
        script::has_proxy_script()
    }

    fn system(&self) -> String {
        platform::system()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_are_known_without_a_desktop() {
        let probe = DesktopProbe::new(Secrets::start().expect("a thread"));
        assert!(!probe.system().is_empty());
        // Windows may have none.
        if let Some(web_view) = probe.web_view() {
            assert!(web_view.chars().any(|c| c.is_ascii_digit()), "{web_view}");
        }
    }
}
