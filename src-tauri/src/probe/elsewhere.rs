//! Answers for Windows and macOS, which show notifications and tray icons themselves.

use doctor::{NotificationService, TrayHost};

/// The name of the web view.
pub const WEB_VIEW: &str = if cfg!(windows) { "WebView2" } else { "WebKit" };

/// Notifications are shown by the system.
pub fn notifications() -> NotificationService {
    NotificationService::System
}

/// The tray icon is shown by the system.
pub fn tray() -> TrayHost {
    TrayHost::System
}

/// The name of the system, and the processor.
pub fn system() -> String {
    format!("{} ({})", std::env::consts::OS, std::env::consts::ARCH)
}
