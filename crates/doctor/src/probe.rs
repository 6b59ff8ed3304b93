//! What only the shell can look at.

use signin::{SecretsAnswer, SecretsOrder};
use tokio::sync::oneshot;

/// Who shows notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotificationService {
    /// The system itself, which is asked nothing.
    System,
    /// A service of the session.
    Service {
        /// Its name and version, as it says them.
        name: String,
        /// Whether it shows buttons.
        actions: bool,
    },
    /// Nobody.
    Missing,
}

/// Who shows the tray icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayHost {
    /// The system itself, which is asked nothing.
    System,
    /// A host of the session.
    Host,
    /// Nobody.
    Missing,
}

/// How the web view draws its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawing {
    /// As the system does it.
    Usual,
    /// Without WebKit's DMABUF renderer, which shows blank windows on some machines.
    WithoutDmabuf {
        /// The driver of such a machine; none if no card can render.
        driver: Option<String>,
    },
    /// Somebody set WebKit's own variable.
    AsTheEnvironmentSays,
}

/// What only the shell can look at. All but the keyring may block.
pub trait Probe: Send + Sync + 'static {
    /// Ask the keyring for the entry named `account`.
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer>;
    /// Who shows notifications.
    fn notifications(&self) -> NotificationService;
    /// Who shows the tray icon.
    fn tray(&self) -> TrayHost;
    /// The web view with its version; none if it is missing.
    fn web_view(&self) -> Option<String>;
    /// How the web view draws.
    fn drawing(&self) -> Drawing;
    /// Whether the system finds its proxies by a script, or searches for one (PAC, WPAD): only web views follow it.
    fn has_proxy_script(&self) -> bool;
    /// The system with its version.
    fn system(&self) -> String;
}
