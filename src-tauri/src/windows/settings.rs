//! The settings window. There is at most one: it is created when it is to be shown, and destroyed when it is closed. The
//! address sets which of its pages is shown, or an event if the window exists already.
//!
//! The window must not be shown before its page reports that it is rendered, so that it is never seen blank.

use std::time::Instant;

use app::{Request, Requests};
use tauri::{AppHandle, Emitter, Manager};
use view::{SettingsPage, words::say};

use super::{PATIENCE, destroy, page};
use crate::folder::Folder;

/// The label of the window, which the capability names.
pub const LABEL: &str = "settings";

/// The event that lets the window show another page.
const PAGE: &str = "page";

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 680.0;
const MIN_WIDTH: f64 = 800.0;
const MIN_HEIGHT: f64 = 600.0;

/// The settings window, whether it exists or not.
pub(super) struct SettingsWindow {
    app: AppHandle,
    requests: Requests,
    folder: Folder,
    /// Set while the window is created but not shown: when it is shown at the latest, and at which page.
    opening: Option<(Instant, SettingsPage)>,
}

impl SettingsWindow {
    /// A settings window that does not exist yet.
    pub(super) fn new(app: AppHandle, requests: Requests, folder: Folder) -> Self {
        Self { app, requests, folder, opening: None }
    }

    /// Shows the window at this page and gives it the focus.
    pub(super) fn show(&mut self, wanted: SettingsPage) -> tauri::Result<()> {
        if let Some(window) = self.app.get_webview_window(LABEL) {
            if let Some((_, page)) = &mut self.opening {
                *page = wanted;
                return Ok(());
            }
            self.app.emit_to(LABEL, PAGE, page_name(wanted))?;
            return page::raise(&window);
        }
        let address = format!("settings.html#{}", page_name(wanted));
        let builder = page::builder(&self.app, LABEL, &address, &self.folder)?
            .title(say("windowTitle.settings"))
            .visible(false)
            .inner_size(WIDTH, HEIGHT)
            .min_inner_size(MIN_WIDTH, MIN_HEIGHT)
            .center();
        page::open(builder, &self.requests, Request::SettingsOpen)?;
        self.opening = Some((Instant::now() + PATIENCE, wanted));
        Ok(())
    }

    /// When [`SettingsWindow::handle_deadline`] is to be called.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.opening.map(|(until, _)| until)
    }

    /// Shows the window if its page has not reported in time that it is rendered.
    pub(super) fn handle_deadline(&mut self) -> tauri::Result<()> {
        if self.deadline().is_some_and(|until| until <= Instant::now()) { self.rendered() } else { Ok(()) }
    }

    /// Shows the window, because its page is rendered.
    pub(super) fn rendered(&mut self) -> tauri::Result<()> {
        let Some((_, page)) = self.opening.take() else { return Ok(()) };
        let Some(window) = self.app.get_webview_window(LABEL) else { return Ok(()) };
        // It may be another page than the one it was created for.
        self.app.emit_to(LABEL, PAGE, page_name(page))?;
        window.show()?;
        window.set_focus()
    }

    /// Closes the window, if it exists.
    pub(super) async fn close(&mut self) -> tauri::Result<()> {
        self.opening = None;
        destroy(&self.app, LABEL).await
    }
}

/// The name of a page, as the window's script spells it.
fn page_name(page: SettingsPage) -> &'static str {
    match page {
        SettingsPage::Setup => "setup",
        SettingsPage::General => "general",
        SettingsPage::Sync => "sync",
        SettingsPage::People => "people",
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
    fn pages_have_the_names_of_their_type_in_typescript() {
        for page in [
            SettingsPage::Setup,
            SettingsPage::General,
            SettingsPage::Sync,
            SettingsPage::People,
            SettingsPage::Timeline,
            SettingsPage::Calls,
            SettingsPage::Doctor,
            SettingsPage::About,
        ] {
            assert_eq!(serde_json::to_value(page).expect("JSON"), page_name(page));
        }
    }
}
