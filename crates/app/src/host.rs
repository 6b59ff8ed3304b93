//! The outside world, as one trait: windows, tray, notifications, browser, secrets.
//!
//! `src-tauri` implements it for the desktop and decides nothing; tests use one that records the calls. Calls return at
//! once; what takes time is answered by a [`crate::Request`].

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;
use net::Proxy;
use settings::Settings;
use signin::{SecretsAnswer, SecretsOrder};
use thiserror::Error;
use url::Url;

use doctor::Probe;
use view::{Notice, NoticeKind, SettingsPage, Tray};

use crate::elapsed::elapsed;

/// The page that carries the CCP in a frame; the host script replaces what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CcpPage {
    /// A light page of the instance's own origin.
    OfInstance(Url),
    /// Our own page, at [`connect::APPROVED_ORIGIN`].
    Ours,
}

/// Where the CCP is, and what carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CcpPlan {
    /// The root of the instance's host, or of the sandbox.
    pub origin: Url,
    /// The page around it.
    pub page: CcpPage,
    /// The CCP itself: [`settings::Instance::ccp`].
    pub ccp: Url,
    /// Where a login begins: the company's own sign-in, or the CCP.
    pub login: Url,
}

/// Why the browser did not open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no browser could be opened: {0}")]
pub struct BrowserError(pub String);

/// What the person is asked for before a file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAs {
    /// The title of the dialog.
    pub title: String,
    /// The name that is proposed for the file, with its extension.
    pub name: String,
}

/// The outside world.
pub trait Host: Send + Sync + 'static {
    /// The wall clock.
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    /// Time that passes, counted from a fixed moment: it continues while the machine sleeps, and nobody can set it.
    fn elapsed(&self) -> Duration {
        elapsed()
    }
    /// The open windows should fetch the view of this revision.
    fn view_changed(&self, revision: u64);
    /// Show the drawer and give it the focus.
    fn show_drawer(&self);
    /// Close the drawer to the tray.
    fn close_drawer(&self);
    /// Show this tray.
    fn set_tray(&self, tray: Tray);
    /// Show this notification; a click comes back as [`crate::Request::Tray`].
    fn notify(&self, notice: Notice);
    /// Withdraw the notification of this kind, if it is still shown.
    fn withdraw(&self, kind: NoticeKind);
    /// Open the system browser. The answer may take long: finding the browser runs programs.
    fn open_browser(&self, url: &Url) -> tokio::sync::oneshot::Receiver<Result<(), BrowserError>>;
    /// Let windows that are opened from now on use this proxy, or that of the system if there is none. Open windows may
    /// continue as they are.
    fn use_proxy(&self, proxy: Option<Proxy>);
    /// Open (or close and open again) the hidden CCP window. Its messages come as [`crate::Request::Ccp`]; when it
    /// dies, the shell sends [`crate::Request::CcpDied`].
    fn open_ccp(&self, plan: CcpPlan);
    /// Evaluate this script in the page of the CCP window; without a window it is dropped. Its answer comes as a
    /// message.
    fn order_ccp(&self, script: String);
    /// Open the visible Connect login window; it closes itself when the CCP is reached. The shell reports that it is
    /// gone by [`crate::Request::ConnectLoginDone`].
    fn open_connect_login(&self, plan: CcpPlan);
    /// Ask the keyring for the entry named `account`. May take long: the keyring may ask the person.
    fn secrets(&self, account: String, order: SecretsOrder) -> tokio::sync::oneshot::Receiver<SecretsAnswer>;
    /// Use what these settings say about the desktop itself: how long the machine may be idle, and whether the program
    /// starts with the system. Called when they change while the program runs.
    fn settings_changed(&self, settings: &Settings);
    /// Doctor's checks of the desktop.
    fn probe(&self) -> Arc<dyn Probe>;
    /// Show the settings window at this page and give it the focus.
    fn show_settings(&self, page: SettingsPage);
    /// Close the settings window.
    fn close_settings(&self);
    /// Ask the person for the file to save to; none if they cancel, and no answer at all if there is no dialog. It asks
    /// before a file is written over.
    fn save_as(&self, wanted: SaveAs) -> tokio::sync::oneshot::Receiver<Option<PathBuf>>;
    /// Whether this copy can start with the system: one with a data folder of its own cannot.
    fn can_start_with_system(&self) -> bool;
    /// Show the folder of the settings file.
    fn open_folder(&self);
    /// Open the settings file in the program that edits such files.
    fn open_settings_file(&self);
    /// End the process.
    fn exit(&self);
}
