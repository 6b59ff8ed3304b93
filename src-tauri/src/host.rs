//! The controller's host on a desktop: passes each call to the module that carries it out. It decides nothing.

use std::{path::PathBuf, sync::Arc};

use ::settings::Settings;
use app::{
    Requests,
    host::{BrowserError, CcpPlan, Host, SaveAs},
};
use doctor::Probe;
use net::Proxy;
use signin::{SecretsAnswer, SecretsOrder};
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::oneshot;
use url::Url;
use view::{Notice, NoticeKind, SettingsPage, Tray};

use crate::{
    autostart,
    browser::{self, Browser},
    folder::Folder,
    machine::IdleLimit,
    notifications::Notifications,
    probe::DesktopProbe,
    save_as,
    secrets::Secrets,
    tray::AppTray,
    windows::{Order, Windows},
};

/// The event that reports a new revision of the view to a page.
const CHANGED: &str = "changed";

/// The desktop, with everything on it that the controller uses.
pub struct Desktop {
    app: AppHandle,
    browser: Browser,
    folder: Folder,
    idle_limit: IdleLimit,
    notifications: Notifications,
    secrets: Secrets,
    tray: AppTray,
    windows: Windows,
}

impl Desktop {
    /// Starts what the desktop needs, on the current tokio runtime.
    ///
    /// # Errors
    /// When the keyring's thread cannot be started.
    pub fn start(
        app: AppHandle,
        requests: &Requests,
        folder: Folder,
        browser: Browser,
        idle_limit: IdleLimit,
    ) -> std::io::Result<Self> {
        let windows = Windows::start(app.clone(), requests.clone(), folder.clone());
        // The command `rendered` needs it.
        app.manage(windows.clone());
        Ok(Self {
            browser,
            idle_limit,
            notifications: Notifications::start(requests.clone(), &folder),
            secrets: Secrets::start()?,
            tray: AppTray::new(app.clone(), requests.clone()),
            windows,
            folder,
            app,
        })
    }
}

impl Host for Desktop {
    fn view_changed(&self, revision: u64) {
        for label in self.windows.labels_to_notify() {
            if let Err(error) = self.app.emit_to(label, CHANGED, revision) {
                tracing::warn!("the window {label} was not notified of a change: {error}");
            }
        }
    }

    fn show_drawer(&self) {
        self.windows.order(Order::ShowDrawer);
    }

    fn close_drawer(&self) {
        self.windows.order(Order::CloseDrawer);
    }

    fn set_tray(&self, tray: Tray) {
        self.tray.show(tray);
    }

    fn notify(&self, notice: Notice) {
        self.notifications.show(notice);
    }

    fn withdraw(&self, kind: NoticeKind) {
        self.notifications.withdraw(kind);
    }

    fn open_browser(&self, url: &Url) -> oneshot::Receiver<Result<(), BrowserError>> {
        self.browser.open(url)
    }

    fn use_proxy(&self, proxy: Option<Proxy>) {
        self.windows.order(Order::UseProxy(proxy));
    }

    fn open_ccp(&self, plan: CcpPlan) {
        self.windows.order(Order::OpenCcp(plan));
    }

    fn order_ccp(&self, script: String) {
        self.windows.order(Order::RunInCcp(script));
    }

    fn open_connect_login(&self, plan: CcpPlan) {
        self.windows.order(Order::OpenConnectLogin(plan));
    }

    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        self.secrets.ask(account, order)
    }

    fn settings_changed(&self, settings: &Settings) {
        self.idle_limit.set(settings.restore_idle);
        if self.folder.is_standard() {
            let (app, is_wanted) = (self.app.clone(), settings.start_with_system);
            tauri::async_runtime::spawn_blocking(move || autostart::apply(&app, is_wanted));
        }
    }

    fn show_settings(&self, page: SettingsPage) {
        self.windows.order(Order::ShowSettings(page));
    }

    fn close_settings(&self) {
        self.windows.order(Order::CloseSettings);
    }

    fn save_as(&self, wanted: SaveAs) -> oneshot::Receiver<Option<PathBuf>> {
        save_as::ask(&self.app, wanted)
    }

    fn can_start_with_system(&self) -> bool {
        self.folder.is_standard()
    }

    fn open_folder(&self) {
        browser::open_path(self.folder.path());
    }

    fn open_settings_file(&self) {
        browser::open_path(&self.folder.settings());
    }

    fn probe(&self) -> Arc<dyn Probe> {
        Arc::new(DesktopProbe::new(self.secrets.clone()))
    }

    fn exit(&self) {
        self.app.exit(0);
    }
}
