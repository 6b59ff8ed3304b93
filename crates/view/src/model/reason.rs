//! Why Teams shows what it shows, in one line of the drawer.
//!
//! Exported to `ui/src/bindings/`, as all types for a window are.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// The line under the two cards: the first that applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
#[ts(rename = "Reason")]
pub enum LinkReason {
    /// "Not set up yet".
    NotSetUp,
    /// "Waiting for Teams Login".
    WaitsForLogin,
    /// "Sync is off".
    Off,
    /// "Dry run: nothing is written".
    DryRun,
    /// "Paused, 14:32 left".
    Paused {
        /// When it ends; none: until resumed.
        #[ts(type = "string | null")]
        until: Option<Timestamp>,
    },
    /// "Sync stopped": the banner says why.
    Stopped,
    /// "Nothing is written while offline".
    Offline,
    /// "Not in step since 13:58".
    NotInStep {
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// "Microsoft does not know your status. Nothing is written.": for some minutes already.
    TeamsNotKnown,
    /// "Teams follows in 11 s".
    TeamsFollows {
        /// When.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// "Connect follows in 11 s".
    ConnectFollows {
        /// When.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// "You will be asked about Connect in 11 s": it would offer contacts to somebody who may not be there.
    AsksSoon {
        /// When.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// "Setting Teams".
    SettingTeams,
    /// "Setting Connect".
    SettingConnect,
    /// "Waiting for your answer": the banner asks.
    WaitsForAnswer,
    /// "Waiting for your call to end": a change in Teams reaches Connect when no contact is there.
    WaitsForContact {
        /// Of what.
        contact: ContactKind,
    },
    /// "Training next, after this chat".
    Queued {
        /// The status that Connect takes then.
        status: String,
        /// After what.
        contact: ContactKind,
    },
    /// "Teams decides by itself": nothing is set by this application, and nothing is to be.
    TeamsDecides,
    /// "Connect follows Teams": only that way is on, and it has.
    TeamsLeads,
    /// "Incoming changes nothing in Teams".
    NoChange {
        /// The Connect state's words.
        state: String,
    },
    /// "Held by you".
    HeldByYou,
    /// "Your own choice in Teams hides In a call."
    Masked {
        /// What is hidden.
        hidden: String,
    },
    /// "In a meeting, set by Teams, hides Available.": nothing that a person could release.
    MaskedByTeams {
        /// What Teams shows.
        state: String,
        /// What is hidden.
        hidden: String,
    },
    /// "In step since 14:02".
    InStep {
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
}

/// What an agent calls a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContactKind {
    /// A call.
    Call,
    /// A chat.
    Chat,
    /// An e-mail.
    Email,
    /// A task.
    Task,
    /// Anything else.
    Other,
}
