//! The trait by which the checks read what only the shell knows. It judges nothing.

use signin::{SecretsAnswer, SecretsOrder};
use tokio::sync::oneshot;

/// What shows notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotificationService {
    /// The system itself, which is not asked.
    System,
    /// A service of the session.
    Service {
        /// Its name and version, as it reports them.
        name: String,
        /// Whether it shows buttons.
        actions: bool,
    },
    /// Nothing.
    Missing,
}

/// What shows the tray icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayHost {
    /// The system itself, which is not asked.
    System,
    /// A host of the session.
    Host,
    /// Nothing.
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
    /// WebKit's own environment variable is set.
    AsTheEnvironmentSays,
}

/// Reads what only the shell knows. All methods except that of the keyring may block.
pub trait Probe: Send + Sync + 'static {
    /// Passes an order for the entry named `account` to the keyring.
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer>;
    /// What shows notifications.
    fn notifications(&self) -> NotificationService;
    /// What shows the tray icon.
    fn tray(&self) -> TrayHost;
    /// The web view with its version; none if it is missing.
    fn web_view(&self) -> Option<String>;
    /// How the web view draws.
    fn drawing(&self) -> Drawing;
    /// Whether the system uses a script for its proxies, or searches for one (PAC, WPAD). Only web views follow it.
    fn has_proxy_script(&self) -> bool;
    /// The system with its version.
    fn system(&self) -> String;
}
