//! Everything that the drawer shows but the list.

use serde::Serialize;
use ts_rs::TS;

use super::{Banner, CallBar, Health, Incoming, Missed, Own, controls::Look};

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
    /// For how many people the list has no room: a search finds them.
    pub left_out: u32,
    /// True while people are listed by department.
    pub grouped: bool,
    /// How far the question to Microsoft's directory is.
    pub asked: DirectorySearch,
}

/// A search that found nobody among those who are known asks the whole directory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum DirectorySearch {
    /// It is not asked.
    #[default]
    NotAsked,
    /// It is asked, and has not answered yet.
    Asking,
    /// People were found, and are in the list now.
    Found {
        /// How many.
        count: u32,
    },
    /// There is nobody by that name.
    Nobody,
    /// It does not answer, and is asked again by itself.
    NoAnswer,
}

/// How far the person is on the way to a list of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Stage {
    /// The application is not set up: nothing else is shown.
    NotSetUp {
        /// Why the settings file cannot be used, if that is the reason.
        problem: Option<String>,
    },
    /// Nobody is logged in to Teams, and a person must do it.
    LoginNeeded,
    /// Nothing is left for the person to do first.
    Ready,
}

/// Everything but the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with every change of the view or the list.
    #[ts(type = "number")]
    pub revision: u64,
    /// How every window looks.
    pub look: Look,
    /// How far the person is.
    pub stage: Stage,
    /// The agent's own header.
    pub own: Own,
    /// The banner, if there is one.
    pub banner: Option<Banner>,
    /// The call bar, while there is a call or a question before one.
    pub call: Option<CallBar>,
    /// Calls that ring at the agent or were answered, the first one first.
    pub incoming: Vec<Incoming>,
    /// Calls that were missed and not put away, the last one first; few.
    pub missed: Vec<Missed>,
    /// Health.
    pub health: Health,
    /// Counts for the foot.
    pub counts: Counts,
}
