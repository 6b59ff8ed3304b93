//! The settings that a person may change in the settings window, each as a control has it, and what a control asks for.
//!
//! What a value means and whether it is taken is known elsewhere: a control names a value, and the file is read again.

use serde::{Deserialize, Serialize};
use settings::{Notifications, StatusMessage, Theme};
use ts_rs::TS;

/// The colours of the windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ThemeChoice {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

impl From<Theme> for ThemeChoice {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
            Theme::Contrast => Self::Contrast,
        }
    }
}

impl From<ThemeChoice> for Theme {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::System => Self::System,
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
            ThemeChoice::Contrast => Self::Contrast,
        }
    }
}

/// Which notifications there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoticeChoice {
    /// All of them.
    All,
    /// Logins, questions and problems only.
    Important,
}

impl From<Notifications> for NoticeChoice {
    fn from(notifications: Notifications) -> Self {
        match notifications {
            Notifications::All => Self::All,
            Notifications::Important => Self::Important,
        }
    }
}

impl From<NoticeChoice> for Notifications {
    fn from(choice: NoticeChoice) -> Self {
        match choice {
            NoticeChoice::All => Self::All,
            NoticeChoice::Important => Self::Important,
        }
    }
}

/// What is put into the agent's status message in Teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MessageChoice {
    /// Nothing.
    Off,
    /// The own number.
    Number,
    /// The name of the status in Connect.
    Status,
}

impl From<StatusMessage> for MessageChoice {
    fn from(message: StatusMessage) -> Self {
        match message {
            StatusMessage::Off => Self::Off,
            StatusMessage::Number => Self::Number,
            StatusMessage::Status => Self::Status,
        }
    }
}

impl From<MessageChoice> for StatusMessage {
    fn from(choice: MessageChoice) -> Self {
        match choice {
            MessageChoice::Off => Self::Off,
            MessageChoice::Number => Self::Number,
            MessageChoice::Status => Self::Status,
        }
    }
}

/// How every window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Look {
    /// The colours.
    pub theme: ThemeChoice,
    /// Rows of the list are lower.
    pub compact: bool,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Control<T> {
    /// What is in force, or will be as soon as the file has it.
    pub value: T,
    /// Why it cannot be changed here, as a sentence; none if it can.
    pub locked: Option<String>,
    /// Why the last change of it was not made, as a sentence.
    pub problem: Option<String>,
}

/// One setting that is a whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NumberControl {
    /// See [`Control::value`].
    pub value: u32,
    /// What it is unless somebody says otherwise.
    pub default: u32,
    /// The least that it may be.
    pub least: u32,
    /// The most that it may be.
    pub most: u32,
    /// See [`Control::locked`].
    pub locked: Option<String>,
    /// See [`Control::problem`].
    pub problem: Option<String>,
}

/// Why no setting can be changed at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Blocked {
    /// The file, the line and the reason, as a sentence.
    pub sentence: String,
    /// It is the person's own file, so they can open and fix it.
    pub is_own_file: bool,
}

/// The password of the proxy, which is never shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProxyPassword {
    /// There is one.
    pub is_known: bool,
    /// Why it lasts until the end of the application only, as a sentence.
    pub problem: Option<String>,
}

/// The settings that a person may change, with all that their controls show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Controls {
    /// Why none of them can be changed at the moment.
    pub blocked: Option<Blocked>,
    /// What is used after a restart only, as a sentence.
    pub restart: Option<String>,
    /// Whether the app starts with the system.
    pub start_with_system: Control<bool>,
    /// The colours of the windows.
    pub theme: Control<ThemeChoice>,
    /// Which notifications there are.
    pub notifications: Control<NoticeChoice>,
    /// The address of the proxy; none: that of the system.
    pub proxy: Control<Option<String>>,
    /// The user name at that proxy; none: it asks for no login.
    pub proxy_user: Control<Option<String>>,
    /// What is reached without it, with commas between.
    pub bypass: Control<String>,
    /// What that is unless somebody says otherwise.
    pub usual_bypass: String,
    /// The password of the proxy; none without a proxy or a user.
    pub proxy_password: Option<ProxyPassword>,
    /// Whether decisions are shown and nothing is written.
    pub dry_run: Control<bool>,
    /// How long a status must last before it counts, in seconds.
    pub hold: NumberControl,
    /// The idle time after which nobody is made routable without being asked, in minutes.
    pub restore_idle: NumberControl,
    /// How long a person's own choice in Teams is left alone at most, in hours.
    pub held_for: NumberControl,
    /// What is put into the status message in Teams.
    pub status_message: Control<MessageChoice>,
    /// How many people the drawer lists; 0 lists all.
    pub drawer_limit: NumberControl,
    /// Whether rows of the list are lower.
    pub drawer_compact: Control<bool>,
    /// Whether photos are shown.
    pub drawer_photos: Control<bool>,
    /// Whether the list and the photos are kept on disk.
    pub drawer_cache: Control<bool>,
    /// The country of numbers without a country code, by its code; none: such a number is not dialled.
    pub region: Control<Option<String>>,
    /// The countries that it may be, by their ISO 3166-1 codes.
    pub regions: Vec<String>,
    /// The ARN of the queue of calls to colleagues; none: the agent's own.
    pub queue: Control<Option<String>>,
    /// How many calls with colleagues are kept; 0 keeps none.
    pub recent_calls: NumberControl,
    /// How many are kept if calls are to be kept again.
    pub recent_calls_on: u32,
}

/// One setting, and what it is to be from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "key", content = "value")]
pub enum SettingEdit {
    /// See [`Controls::start_with_system`].
    StartWithSystem(bool),
    /// See [`Controls::theme`].
    Theme(ThemeChoice),
    /// See [`Controls::notifications`].
    Notifications(NoticeChoice),
    /// See [`Controls::proxy`].
    Proxy(Option<String>),
    /// See [`Controls::proxy_user`].
    ProxyUser(Option<String>),
    /// See [`Controls::bypass`]; none: the usual ones.
    Bypass(Option<String>),
    /// See [`Controls::dry_run`].
    DryRun(bool),
    /// See [`Controls::hold`].
    Hold(u32),
    /// See [`Controls::restore_idle`].
    RestoreIdle(u32),
    /// See [`Controls::held_for`].
    HeldFor(u32),
    /// See [`Controls::status_message`].
    StatusMessage(MessageChoice),
    /// See [`Controls::drawer_limit`].
    DrawerLimit(u32),
    /// See [`Controls::drawer_compact`].
    DrawerCompact(bool),
    /// See [`Controls::drawer_photos`].
    DrawerPhotos(bool),
    /// See [`Controls::drawer_cache`].
    DrawerCache(bool),
    /// See [`Controls::region`].
    Region(Option<String>),
    /// See [`Controls::queue`].
    Queue(Option<String>),
    /// See [`Controls::recent_calls`].
    RecentCalls(u32),
}
