//! The settings window: one of it, made when it is asked for and gone when it is closed. Which of its pages is
//! shown is told by the address, and by an event when it is there already.

use app::{Request, Requests};
use tauri::{AppHandle, Emitter, Manager};
use view::SettingsPage;

use super::page;
use crate::folder::Folder;

/// Its label, which the capability names.
pub const LABEL: &str = "settings";

/// The event that asks for a page.
const PAGE: &str = "page";

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 680.0;
const MIN_WIDTH: f64 = 800.0;
const MIN_HEIGHT: f64 = 600.0;

/// Shows the window at this page and gives it the focus.
pub fn show(
    app: &AppHandle,
    requests: &Requests,
    folder: &Folder,
    wanted: SettingsPage,
) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        app.emit_to(LABEL, PAGE, name(wanted))?;
        return page::raise(&window);
    }
    let address = format!("settings.html#{}", name(wanted));
    let builder = page::builder(app, LABEL, &address, folder)?
        .title("ConnectPath Teams settings")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(MIN_WIDTH, MIN_HEIGHT)
        .center();
    page::open(builder, requests, Request::SettingsOpen)
}

/// Closes the window, as its own button would.
pub fn close(app: &AppHandle) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| window.close())
}

/// As the page itself spells it.
fn name(page: SettingsPage) -> &'static str {
    match page {
        SettingsPage::Setup => "setup",
        SettingsPage::General => "general",
        SettingsPage::Timeline => "timeline",
        SettingsPage::Calls => "calls",
        SettingsPage::Doctor => "doctor",
        SettingsPage::About => "about",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_as_in_the_types_of_the_page() {
        for page in [
            SettingsPage::Setup,
            SettingsPage::General,
            SettingsPage::Timeline,
            SettingsPage::Calls,
            SettingsPage::Doctor,
            SettingsPage::About,
        ] {
            assert_eq!(serde_json::to_value(page).expect("JSON"), name(page));
        }
    }
}
