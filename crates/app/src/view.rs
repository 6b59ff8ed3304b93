//! What the drawer shows: whole values, already worded where Rust has the words, and never a secret.
//!
//! Every type for a window is exported to `ui/src/bindings/` by ts-rs; a test fails when that folder is stale. The tray and
//! the notifications are the shell's.
//! Times are RFC 3339 text; the drawer turns them into "12 min".

pub mod doctor;
mod notice;
mod reason;
pub mod setup;
pub mod timeline;
mod tray;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::setup::SetupEdit;
pub use self::{
    notice::{Notice, NoticeKind},
    reason::{ContactKind, Reason},
    tray::{PauseFor, Tray, TrayAction, TrayItem, TraySign},
};

/// The badge beside a state: what matters for reaching the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Badge {
    /// Free.
    Available,
    /// Occupied.
    Busy,
    /// Not to be reached.
    DoNotDisturb,
    /// Away or be right back.
    Away,
    /// Out of office.
    OutOfOffice,
    /// Offline.
    Offline,
    /// Not known.
    Unknown,
}

/// One side (Connect or Teams) of the agent or of a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Side {
    /// "Lunch", "Do not disturb, presenting", "Unknown (last seen 14:02)".
    pub words: String,
    /// Its badge.
    pub badge: Badge,
    /// Since when; none where nobody knows.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
}

/// The knob between the agent's two cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Knob {
    /// Both ways.
    Both,
    /// Connect to Teams only.
    ConnectToTeams,
    /// Teams to Connect only.
    TeamsToConnect,
    /// Sync is off.
    Off,
    /// Not in step.
    NotInStep,
    /// Paused.
    Paused,
}

/// The agent's own header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Own {
    /// Display name; empty until somebody is signed in.
    pub name: String,
    /// The line under the name: own number and extension, else the user principal name.
    pub line: String,
    /// The Connect card.
    pub connect: Side,
    /// The Teams card.
    pub teams: Side,
    /// The knob.
    pub knob: Knob,
    /// The reason line.
    pub reason: Reason,
    /// The question at its end, which the timeline answers: "Why am I Busy?", "What happened?".
    pub why: String,
}

/// The pages of the settings window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SettingsPage {
    /// The wizard.
    Setup,
    /// Where the settings stand.
    General,
    /// "Why am I Busy?", and every decision.
    Timeline,
    /// What works, what does not, and what to do.
    Doctor,
    /// Name, version, licence.
    About,
}

/// What a button, a menu item, a field or a key asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Open the browser for Teams Login.
    TeamsLogin,
    /// Put the banner away for now.
    Later,
    /// Ask for Teams Login again when the present contact is over.
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
    /// Hang up the call that this app dialled.
    HangUp,
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
    /// Run doctor's checks.
    RunDoctor,
    /// Change something in the wizard.
    Setup {
        /// What.
        edit: SetupEdit,
    },
    /// Quit, and begin anew with the present settings.
    Restart,
    /// Close the drawer to the tray.
    CloseDrawer,
    /// Quit.
    Quit,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Works.
    Ok,
    /// Being read for the first time.
    Reading,
    /// Works with limits.
    Warning,
    /// Does not work.
    Problem,
    /// No network.
    Offline,
}

/// A button of a banner or card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Button {
    /// Its words.
    pub label: String,
    /// What it asks for.
    pub action: Action,
}

/// The one banner above the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Banner {
    /// How bad.
    pub level: Level,
    /// First what is.
    pub title: String,
    /// Then what to do.
    pub body: String,
    /// The buttons, the first one primary.
    pub buttons: Vec<Button>,
}

/// One card of the health page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthCard {
    /// How it is.
    pub level: Level,
    /// "Connect", "Teams", "Directory", "Colleagues", "Teams Login".
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// When it was last known to work.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
    /// What can be done about it.
    pub button: Option<Button>,
}

/// Health at a glance, and the page behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// The worst side.
    pub level: Level,
    /// "Up to date", "Slowed by Microsoft", "Teams: login needed", "Connect: log in", …; the drawer adds the age.
    pub words: String,
    /// What the age counts from.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
    /// One card a side; one for colleagues only while their presence cannot be read.
    pub cards: Vec<HealthCard>,
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

/// A telephone number in a person's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NumberLine {
    /// "Work", "Mobile".
    pub kind: String,
    /// Spelled for people, in international form where it could be understood.
    pub words: String,
    /// What an order to call it names; none if it cannot be read.
    pub dial: Option<ShownNumber>,
    /// Why it cannot be dialled; none when it can.
    pub refused: Option<String>,
}

/// How a call goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum CallState {
    /// A question first: "Anders Dahl: Do not disturb for 17 min." with *Call* and *Cancel*.
    Asking {
        /// Since when the person does not want to be disturbed.
        #[ts(type = "string | null")]
        since: Option<Timestamp>,
    },
    /// Not yet ringing.
    Dialling,
    /// Ringing.
    Ringing {
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// Connected.
    Connected {
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// The connection to Connect is lost, and the call may go on.
    Lost {
        /// The sentence.
        sentence: String,
    },
    /// It is to be hung up, and is not gone yet.
    HangingUp,
    /// Over.
    Ended {
        /// How long it was connected, in seconds; none if it never was.
        seconds: Option<u32>,
    },
    /// Refused or failed: one sentence.
    Failed {
        /// The sentence.
        sentence: String,
        /// True if *Call again* makes sense.
        again: bool,
    },
}

/// The call bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallBar {
    /// The row's id.
    pub person: String,
    /// Who is called.
    pub name: String,
    /// The number, spelled for people.
    pub number: String,
    /// The digits that are sent after connection, if any.
    pub digits: Option<String>,
    /// How it goes.
    pub state: CallState,
    /// "Open ConnectPath to take the audio.", or what keeps it from being hung up.
    pub hint: Option<String>,
}

/// The counts under the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// How many rows the list has now.
    pub listed: u32,
    /// How many people are known.
    pub known: u32,
    /// True while the first full list is being read.
    pub loading: bool,
    /// True while offline people are hidden.
    pub offline_hidden: bool,
    /// How many people match the search; none while nothing is searched.
    pub found: Option<u32>,
}

/// Everything but the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with every change of the view or the list.
    #[ts(type = "number")]
    pub revision: u64,
    /// The agent's own header.
    pub own: Own,
    /// The banner, if there is one.
    pub banner: Option<Banner>,
    /// The call bar, while there is a call or a question before one.
    pub call: Option<CallBar>,
    /// Health.
    pub health: Health,
    /// Counts for the foot.
    pub counts: Counts,
}

/// A line of the list: a section head or a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Line {
    /// A section head.
    Section {
        /// Which.
        section: Section,
    },
    /// A person.
    Person(Box<PersonLine>),
}

/// The sections of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Section {
    /// Favourites.
    Favourites,
    /// Everyone.
    Everyone,
}

/// A person's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonLine {
    /// Stable id of the row.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The badge on the avatar.
    pub badge: Badge,
    /// False: offline or unknown on every side, so the colour drains.
    pub there: bool,
    /// True in the favourites.
    pub favourite: bool,
    /// The Connect side, for people who use Connect.
    pub connect: Option<Side>,
    /// The Teams side, for people who use Teams.
    pub teams: Option<Side>,
    /// The person's numbers, the first one the default.
    pub numbers: Vec<NumberLine>,
    /// Why the person cannot be called at all now ("No phone number in the directory."); none when a number of
    /// theirs can be dialled.
    pub call_refused: Option<String>,
}

/// A window of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lines {
    /// The revision it belongs to.
    #[ts(type = "number")]
    pub revision: u64,
    /// The index of the first line here.
    pub start: u32,
    /// How many lines the whole list has.
    pub total: u32,
    /// The lines.
    pub lines: Vec<Line>,
}
