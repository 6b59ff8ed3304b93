//! What a person can ask for in a window.

use people::Dialable;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{controls::SettingEdit, edit::SetupEdit};

/// The pages of the settings window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SettingsPage {
    /// The wizard.
    Setup,
    /// How the app starts, looks and notifies.
    General,
    /// What the sync waits for and writes.
    Sync,
    /// How people are listed.
    People,
    /// "Why Busy?", and every decision.
    Timeline,
    /// What calls go by, and the recent ones with people of the list.
    Calls,
    /// What works, what does not, and what to do.
    Doctor,
    /// Name, version, licence.
    About,
}

/// What a button, a menu item, a field or a key asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Open the browser for Teams Login; its page again, while a login is under way.
    TeamsLogin,
    /// Open the page of the login that is under way once more.
    LoginOpenAgain,
    /// End the login that is under way.
    LoginCancel,
    /// Put the banner away for now.
    Later,
    /// Ask for Teams Login again when the current contact is over.
    AfterThisCall,
    /// Clear the presence that the person chose by hand in Teams, so that ours shows.
    Release,
    /// "Back?": set the status that waits.
    SetBack,
    /// "Back?": not yet.
    NotYet,
    /// Open the Connect login window.
    ConnectLogin,
    /// The two names are one person: sync may start.
    BothAreMe,
    /// Pause the sync.
    Pause {
        /// For so many minutes; none: until resumed.
        minutes: Option<u32>,
    },
    /// End a pause, or start again after the sync stopped itself.
    Resume,
    /// Forced sync.
    SyncNow,
    /// Read the whole directory and all states again.
    RefreshPeople,
    /// Hide people who are offline, or show all again.
    ToggleOffline,
    /// List only who matches; empty text lists all again.
    Search {
        /// What was typed.
        text: String,
    },
    /// Put somebody in the favourites or take them out.
    Favourite {
        /// The row's id.
        person: String,
        /// In or out.
        on: bool,
    },
    /// Notify the agent when somebody is free, or no longer.
    TellWhenFree {
        /// The row's id.
        person: String,
        /// From now on, or no longer.
        on: bool,
    },
    /// Two rows are one person.
    SamePerson {
        /// The id of the row that has the side of Connect alone.
        user: String,
        /// The id of the row of the directory.
        person: String,
    },
    /// A row that the agent joined from two is two people.
    NotSamePerson {
        /// The row's id.
        person: String,
    },
    /// Rows of the list move by themselves only when the pointer and the focus are elsewhere, or after a while.
    Hold {
        /// The pointer or the focus has come into the list, or both have left it.
        on: bool,
    },
    /// List people by department, or everyone together again.
    ToggleDepartments,
    /// Call a number of somebody.
    Call {
        /// The row's id.
        person: String,
        /// The number that was shown.
        number: ShownNumber,
    },
    /// Call although the person is in Do not disturb.
    CallAnyway,
    /// Put the call bar away: the question is answered with no, or the call is over.
    DismissCall,
    /// Call the same number again.
    CallAgain,
    /// Call the missed caller back; a contact that is still missed in Connect is cleared first.
    CallBack {
        /// See [`super::Missed::contact`].
        contact: String,
        /// The number that was shown.
        number: ShownNumber,
    },
    /// Put the row of a missed call away.
    DismissMissed {
        /// See [`super::Missed::contact`].
        contact: String,
    },
    /// Hang up the call that this app dialled.
    HangUp,
    /// Erase all recent calls.
    EraseRecentCalls,
    /// Erase one of them.
    EraseRecentCall {
        /// See [`super::RecentCall::id`].
        #[ts(type = "number")]
        id: u64,
    },
    /// Change a setting in the person's file.
    Setting {
        /// Which, and to what.
        edit: SettingEdit,
    },
    /// Put the own number into the Teams status message, or no longer: changes the settings. "No longer" leaves
    /// another message than the number as it is.
    NumberInStatus {
        /// From now on, or no longer.
        on: bool,
    },
    /// Put this text into the clipboard.
    Copy {
        /// The text.
        text: String,
    },
    /// Open the settings window.
    OpenSettings {
        /// At this page.
        page: SettingsPage,
    },
    /// Show the folder of the settings file.
    OpenFolder,
    /// Open the settings file in whatever edits such files.
    OpenSettingsFile,
    /// Run doctor's checks.
    RunDoctor,
    /// Change something in the wizard.
    Setup {
        /// What.
        edit: SetupEdit,
    },
    /// Restart inside the process, with the current settings.
    Restart,
    /// Close the drawer to the tray.
    CloseDrawer,
    /// Close the settings window.
    CloseSettings,
    /// Report that drawing a window failed.
    DrawingFailed {
        /// The kind of the fault, as the language of the page names it ("TypeError"): no word of what was shown.
        kind: String,
    },
    /// Quit.
    Quit,
}

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ButtonKind {
    /// The next step: one of several buttons at most.
    Primary,
    /// Useful beside it.
    Secondary,
    /// It only puts something off or away, or solves nothing by itself.
    Subtle,
}

/// A button of a banner or card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Button {
    /// Its words.
    pub label: String,
    /// What it asks for.
    pub action: Action,
    /// How much it stands out.
    pub kind: ButtonKind,
}

impl Button {
    /// A button for the next step.
    #[must_use]
    pub fn primary(label: String, action: Action) -> Self {
        Self { label, action, kind: ButtonKind::Primary }
    }

    /// A button that is useful beside it.
    #[must_use]
    pub fn secondary(label: String, action: Action) -> Self {
        Self { label, action, kind: ButtonKind::Secondary }
    }

    /// A button that only puts something off or away, or solves nothing by itself.
    #[must_use]
    pub fn subtle(label: String, action: Action) -> Self {
        Self { label, action, kind: ButtonKind::Subtle }
    }
}

/// A number that can be dialled: an order repeats it, so that nothing else is dialled than what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShownNumber {
    /// In E.164.
    pub e164: String,
    /// What is sent after connection, if anything.
    pub digits: Option<String>,
}

impl From<&Dialable> for ShownNumber {
    fn from(number: &Dialable) -> Self {
        Self { e164: number.e164.clone(), digits: number.digits.clone() }
    }
}

impl ShownNumber {
    /// True for the same number with the same digits after it.
    #[must_use]
    pub fn is(&self, number: &Dialable) -> bool {
        self.e164 == number.e164 && self.digits == number.digits
    }

    /// The same if nobody has such a number any more: nothing but its digits is known.
    #[must_use]
    pub fn unread(&self) -> Dialable {
        Dialable {
            e164: self.e164.clone(),
            words: self.e164.clone(),
            digits: self.digits.clone(),
            country: None,
        }
    }
}
