//! The settings window: one of it, made when it is asked for and gone when it is closed. Which of its pages is
//! shown is set by the address, or by an event if the window exists already.
//!
//! It is shown when its page says that it is rendered, so that nobody sees it blank.

use std::time::Instant;

use app::{Request, Requests};
use tauri::{AppHandle, Emitter, Manager};
use view::{SettingsPage, words::say};

use super::{PATIENCE, destroy, page};
use crate::folder::Folder;

/// Its label, which the capability names.
pub const LABEL: &str = "settings";

/// The event that asks for a page.
const PAGE: &str = "page";

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 680.0;
const MIN_WIDTH: f64 = 800.0;
const MIN_HEIGHT: f64 = 600.0;

/// The window, whether it is there or not.
pub(super) struct SettingsWindow {
    app: AppHandle,
    requests: Requests,
    folder: Folder,
    /// It was made, and is shown at this time at the latest, at this page.
    coming: Option<(Instant, SettingsPage)>,
}

impl SettingsWindow {
    /// One that is not there yet.
    pub(super) fn new(app: AppHandle, requests: Requests, folder: Folder) -> Self {
        Self { app, requests, folder, coming: None }
    }

    /// Shows the window at this page and gives it the focus.
    pub(super) fn show(&mut self, wanted: SettingsPage) -> tauri::Result<()> {
        if let Some(window) = self.app.get_webview_window(LABEL) {
            if let Some((_, page)) = &mut self.coming {
                *page = wanted;
                return Ok(());
            }
            self.app.emit_to(LABEL, PAGE, name(wanted))?;
            return page::raise(&window);
        }
        let address = format!("settings.html#{}", name(wanted));
        let builder = page::builder(&self.app, LABEL, &address, &self.folder)?
            .title(say("windowTitle.settings"))
            .visible(false)
            .inner_size(WIDTH, HEIGHT)
            .min_inner_size(MIN_WIDTH, MIN_HEIGHT)
            .center();
        page::open(builder, &self.requests, Request::SettingsOpen)?;
        self.coming = Some((Instant::now() + PATIENCE, wanted));
        Ok(())
    }

    /// When [`SettingsWindow::due`] is to be called.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.coming.map(|(until, _)| until)
    }

    /// A page that has not said by now that it is rendered is shown as it is.
    pub(super) fn due(&mut self) -> tauri::Result<()> {
        if self.deadline().is_some_and(|until| until <= Instant::now()) { self.rendered() } else { Ok(()) }
    }

    /// Its page is rendered.
    pub(super) fn rendered(&mut self) -> tauri::Result<()> {
        let Some((_, page)) = self.coming.take() else { return Ok(()) };
        let Some(window) = self.app.get_webview_window(LABEL) else { return Ok(()) };
        // Another one than it was made for, perhaps.
        self.app.emit_to(LABEL, PAGE, name(page))?;
        window.show()?;
        window.set_focus()
    }

    /// Closes it, if it is there.
    pub(super) async fn close(&mut self) -> tauri::Result<()> {
        self.coming = None;
        destroy(&self.app, LABEL).await
    }
}

/// As the page itself spells it.
fn name(page: SettingsPage) -> &'static str {
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
    fn pages_are_named_as_in_the_types_of_the_page() {
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
            assert_eq!(serde_json::to_value(page).expect("JSON"), name(page));
        }
    }
}
