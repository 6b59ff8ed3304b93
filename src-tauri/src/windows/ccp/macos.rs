//! Nothing to do on macOS: the application's own hook reports that a page's process died (see `run`), and WebKit
//! dismisses dialogs that have no panel. The controller notices a page that cannot be loaded by its time limit.

use app::Requests;
use tauri::WebviewWindow;

/// Nothing to do.
#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub fn watch(_window: &WebviewWindow, _requests: Requests) -> tauri::Result<()> {
    Ok(())
}
