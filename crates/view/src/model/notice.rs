//! What a notification shows. Plain data: the shell sends it.

use super::TrayAction;

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
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::TeamsLogin,
        Self::TeamsLoginEnds,
        Self::ConnectLogin,
        Self::Back,
        Self::Stopped,
        Self::Keyring,
        Self::Settings,
    ];
}

/// One notification. Its text is complete without the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// First what is.
    pub title: String,
    /// Then what to do.
    pub body: String,
    /// The button, and the click on the notification itself.
    pub action: Option<(String, TrayAction)>,
}
