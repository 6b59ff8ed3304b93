//! Shows the tray icon with its menu, and sends clicks to the controller. It must not decide what they show. Every call
//! of the tray library is made on the main thread.
//!
//! A desktop may have no tray host, or get one later. A missing host is reported once, and tried again until there is
//! one.

#[cfg_attr(target_os = "linux", path = "tray/linux.rs")]
#[cfg_attr(target_os = "macos", path = "tray/macos.rs")]
#[cfg_attr(windows, path = "tray/windows.rs")]
mod panel;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::{Request, Requests};
use tauri::{
    AppHandle, Wry,
    menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};
use view::{PauseFor, Tray, TrayAction, TrayItem};

use crate::quit;

/// How often a missing tray host is tried again.
const RETRY: Duration = Duration::from_secs(10);

/// Every action that a menu item can have.
const ACTIONS: [TrayAction; 17] = [
    TrayAction::Open,
    TrayAction::SetUp,
    TrayAction::TeamsLogin,
    TrayAction::LoginCancel,
    TrayAction::ConnectLogin,
    TrayAction::Pause(PauseFor::Quarter),
    TrayAction::Pause(PauseFor::Hour),
    TrayAction::Pause(PauseFor::Open),
    TrayAction::Resume,
    TrayAction::SyncNow,
    TrayAction::SetBack,
    TrayAction::Release,
    TrayAction::HangUp,
    TrayAction::Settings,
    TrayAction::Why,
    TrayAction::Folder,
    TrayAction::Quit,
];

/// The tray icon of the application.
#[derive(Clone)]
pub struct AppTray {
    app: AppHandle,
    requests: Requests,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    wanted: Option<Tray>,
    shown: Option<(TrayIcon, Tray)>,
    is_missing: bool,
}

impl AppTray {
    /// A tray that shows nothing yet.
    pub fn new(app: AppHandle, requests: Requests) -> Self {
        Self { app, requests, state: Arc::default() }
    }

    /// Shows this icon and menu from now on.
    pub fn show(&self, tray: Tray) {
        self.state().wanted = Some(tray);
        self.update_soon();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update_soon(&self) {
        let this = self.clone();
        if let Err(error) = self.app.run_on_main_thread(move || this.update()) {
            tracing::debug!("the tray can no longer be changed: {error}");
        }
    }

    /// Shows the wanted tray. Must be called on the main thread.
    fn update(&self) {
        let mut state = self.state();
        let Some(wanted) = state.wanted.clone() else { return };
        if let Some((icon, shown)) = &mut state.shown {
            match apply_changes(&self.app, icon, shown, &wanted) {
                Ok(()) => *shown = wanted,
                Err(error) => tracing::warn!("the tray could not be changed: {error}"),
            }
            return;
        }
        match self.build(&wanted) {
            Ok(icon) => {
                state.shown = Some((icon, wanted));
                if std::mem::take(&mut state.is_missing) {
                    tracing::info!("the tray host is there now");
                    self.requests.send(Request::TrayFound);
                }
            }
            Err(error) if !state.is_missing => {
                state.is_missing = true;
                tracing::warn!("no tray host: the icon is not shown ({error})");
                self.requests.send(Request::TrayMissing);
                self.retry();
            }
            Err(_) => {}
        }
    }

    fn retry(&self) {
        let this = self.clone();
        tauri::async_runtime::spawn(async move {
            loop {
                tokio::time::sleep(RETRY).await;
                if !this.state().is_missing {
                    break;
                }
                this.update_soon();
            }
        });
    }

    fn build(&self, tray: &Tray) -> tauri::Result<TrayIcon> {
        let clicked = self.requests.clone();
        let chosen = self.requests.clone();
        let mut builder = TrayIconBuilder::with_id("connectpath-teams");
        if cfg!(target_os = "linux") {
            // Panels and screen readers use this name. macOS would show it beside the icon.
            builder = builder.title("ConnectPath Teams");
        }
        builder
            .icon(panel::icon(tray.sign))
            .icon_as_template(cfg!(target_os = "macos"))
            .tooltip(panel::tooltip_text(&tray.tooltip))
            .menu(&build_menu(&self.app, &tray.menu)?)
            .show_menu_on_left_click(false)
            .on_tray_icon_event(move |_, event| {
                if let TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                } = event
                {
                    clicked.send(Request::Tray(TrayAction::Open));
                }
            })
            .on_menu_event(move |app, event| match action_of(event.id().as_ref()) {
                Some(TrayAction::Quit) => quit::request_quit(app, &chosen),
                Some(action) => chosen.send(Request::Tray(action)),
                None => tracing::debug!("an unknown menu item was chosen"),
            })
            .build(&self.app)
    }
}

/// Changes only what is different: a menu that is replaced while it is open closes under the pointer. The menu is changed
/// first, because the icon and its text may bring somebody to open it.
fn apply_changes(app: &AppHandle, icon: &TrayIcon, shown: &Tray, wanted: &Tray) -> tauri::Result<()> {
    if shown.menu != wanted.menu {
        icon.set_menu(Some(build_menu(app, &wanted.menu)?))?;
    }
    if shown.sign != wanted.sign {
        icon.set_icon_with_as_template(Some(panel::icon(wanted.sign)), cfg!(target_os = "macos"))?;
    }
    if shown.tooltip != wanted.tooltip {
        icon.set_tooltip(Some(panel::tooltip_text(&wanted.tooltip)))?;
    }
    Ok(())
}

fn build_menu(app: &AppHandle, items: &[TrayItem]) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for item in items {
        menu.append(build_item(app, item)?.as_ref())?;
    }
    Ok(menu)
}

fn build_item(app: &AppHandle, item: &TrayItem) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match item {
        TrayItem::Act { label, action } => {
            Box::new(MenuItem::with_id(app, id_of(*action), escape_ampersands(label), true, None::<&str>)?)
        }
        TrayItem::Menu { label, items } => {
            let menu = Submenu::new(app, escape_ampersands(label), true)?;
            for item in items {
                menu.append(build_item(app, item)?.as_ref())?;
            }
            Box::new(menu)
        }
        TrayItem::Text(text) => Box::new(MenuItem::new(app, escape_ampersands(text), false, None::<&str>)?),
        TrayItem::Separator => Box::new(PredefinedMenuItem::separator(app)?),
    })
}

/// Escapes the name of a status like "Lunch & break": a single `&` would underline the next letter.
fn escape_ampersands(text: &str) -> String {
    text.replace('&', "&&")
}

fn id_of(action: TrayAction) -> &'static str {
    match action {
        TrayAction::Open => "open",
        TrayAction::TeamsLogin => "teams-login",
        TrayAction::ConnectLogin => "connect-login",
        TrayAction::Pause(PauseFor::Quarter) => "pause-quarter",
        TrayAction::Pause(PauseFor::Hour) => "pause-hour",
        TrayAction::Pause(PauseFor::Open) => "pause-open",
        TrayAction::Resume => "resume",
        TrayAction::SyncNow => "sync-now",
        TrayAction::SetUp => "set-up",
        TrayAction::LoginCancel => "login-cancel",
        TrayAction::SetBack => "set-back",
        TrayAction::Release => "release",
        TrayAction::HangUp => "hang-up",
        TrayAction::Settings => "settings",
        TrayAction::Why => "why",
        TrayAction::Folder => "folder",
        TrayAction::Quit => "quit",
    }
}

fn action_of(id: &str) -> Option<TrayAction> {
    ACTIONS.into_iter().find(|action| id_of(*action) == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_id() {
        for expected in ACTIONS {
            assert_eq!(action_of(id_of(expected)), Some(expected));
        }
        assert_eq!(action_of(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_tray_library_is_the_one_that_tauri_uses() {
        let lock: toml::Table = toml::from_str(include_str!("../../Cargo.lock")).expect("TOML");
        let versions: Vec<&str> = lock["package"]
            .as_array()
            .expect("packages")
            .iter()
            .filter(|package| package["name"].as_str() == Some("tray-icon"))
            .filter_map(|package| package["version"].as_str())
            .collect();
        // A second one would leave Tauri's own tray without the KSNI back end.
        let [version] = versions.as_slice() else { panic!("one tray-icon, not {versions:?}") };
        assert!(version.starts_with("0.25."), "{version}");
    }
}
