//! What a notification shows. Plain data: the shell sends it.

use settings::Notifications;

use super::{Action, TrayAction};

/// Kinds of notification; a new one replaces the last of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Teams Login is needed.
    TeamsLogin,
    /// Teams Login will be needed soon.
    TeamsLoginEnds,
    /// Connect Login is needed.
    ConnectLogin,
    /// A status waits for the agent's return.
    Back,
    /// The sync stopped itself.
    Stopped,
    /// No keyring.
    Keyring,
    /// A settings file is broken.
    Settings,
    /// A colleague who was waited for is free.
    Free,
    /// A call comes in.
    Incoming,
    /// A call was missed.
    Missed,
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::TeamsLogin,
        Self::TeamsLoginEnds,
        Self::ConnectLogin,
        Self::Back,
        Self::Stopped,
        Self::Keyring,
        Self::Settings,
        Self::Free,
        Self::Incoming,
        Self::Missed,
    ];

    /// Whether a person who wants these notifications is sent one of this kind. What stays undone without it is always
    /// sent: a login, a question, a problem.
    #[must_use]
    pub fn is_sent(self, wanted: Notifications) -> bool {
        match wanted {
            Notifications::All => true,
            Notifications::Important => match self {
                Self::TeamsLogin
                | Self::TeamsLoginEnds
                | Self::ConnectLogin
                | Self::Back
                | Self::Stopped
                | Self::Keyring
                | Self::Settings => true,
                Self::Free | Self::Incoming | Self::Missed => false,
            },
        }
    }
}

/// What the button of a notification asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeAction {
    /// What an item of the tray asks for; a click on the notification itself asks for the same.
    Tray(TrayAction),
    /// What a button of the drawer asks for. A click beside the button does not ask for it and opens the drawer.
    Act(Action),
}

impl NoticeAction {
    /// What a click on the notification itself asks for.
    #[must_use]
    pub fn of_click(&self) -> TrayAction {
        match self {
            Self::Tray(action) => *action,
            Self::Act(_) => TrayAction::Open,
        }
    }
}

impl From<TrayAction> for NoticeAction {
    fn from(action: TrayAction) -> Self {
        Self::Tray(action)
    }
}

/// One notification. Its text is complete without the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// What has happened.
    pub title: String,
    /// What to do about it.
    pub body: String,
    /// The words of the button, and what it asks for.
    pub action: Option<(String, NoticeAction)>,
}
