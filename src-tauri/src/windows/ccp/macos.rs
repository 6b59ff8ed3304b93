//! Nothing to do on macOS: the application's own hook reports that a page's process died (see `run`), and WebKit
//! dismisses dialogs for which nobody has a panel. A page that cannot be loaded is noticed by the controller's time
//! limit.

use app::Requests;
use tauri::WebviewWindow;

/// Watches from now on, until the window is gone.
#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub fn watch(_window: &WebviewWindow, _requests: Requests) -> tauri::Result<()> {
    Ok(())
}
