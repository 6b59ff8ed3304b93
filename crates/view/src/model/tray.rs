//! What the tray shows, and what its items ask for. Plain data: the shell draws it.

/// The tray's sign: shape and colour both differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraySign {
    /// In step.
    Sync,
    /// Paused or switched off.
    Paused,
    /// Teams Login is needed.
    Login,
    /// Something does not work.
    Problem,
    /// On a call.
    Call,
}

/// What a tray menu item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayAction {
    /// Open the Team Status Drawer (left click too).
    Open,
    /// Open the wizard.
    SetUp,
    /// Start Teams Login, or open the page again of the one that is under way.
    TeamsLogin,
    /// End the Teams Login that is under way.
    LoginCancel,
    /// Start Connect Login.
    ConnectLogin,
    /// Pause the sync.
    Pause(PauseFor),
    /// End a pause, or start again after the sync stopped itself.
    Resume,
    /// Forced sync.
    SyncNow,
    /// Set the status that waits for the agent's return.
    SetBack,
    /// Clear the presence that the person chose by hand in Teams.
    Release,
    /// Hang up the call that this app dialled.
    HangUp,
    /// Open the settings window.
    Settings,
    /// Open the settings window at the timeline.
    Why,
    /// Show the folder of the settings file.
    Folder,
    /// Quit.
    Quit,
}

/// How long a pause lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseFor {
    /// 15 minutes.
    Quarter,
    /// 1 hour.
    Hour,
    /// Until it is resumed.
    Open,
}

impl PauseFor {
    /// How many minutes, if it ends by itself.
    #[must_use]
    pub fn minutes(self) -> Option<u32> {
        match self {
            Self::Quarter => Some(15),
            Self::Hour => Some(60),
            Self::Open => None,
        }
    }
}

/// One item of the tray menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrayItem {
    /// Can be clicked.
    Act {
        /// Its words.
        label: String,
        /// What it asks for.
        action: TrayAction,
    },
    /// A menu of its own.
    Menu {
        /// Its words.
        label: String,
        /// Its items.
        items: Vec<TrayItem>,
    },
    /// Greyed, to be read.
    Text(String),
    /// A line between groups.
    Separator,
}

/// The whole tray: written only when it differs from what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
    /// The sign.
    pub sign: TraySign,
    /// The tooltip.
    pub tooltip: String,
    /// The menu, top down.
    pub menu: Vec<TrayItem>,
}
