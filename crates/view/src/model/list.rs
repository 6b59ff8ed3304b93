//! The list of people.

use serde::Serialize;
use ts_rs::TS;

use super::{Badge, ShownNumber, SideState};

/// A line of the list: the head of a section, or a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Line {
    /// A section head.
    Section {
        /// Which.
        section: Section,
    },
    /// The head of the section with the people of a department.
    Department {
        /// Its name; empty for those who have none.
        name: String,
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
    /// The version of the photo, by which the page asks for it; none: initials.
    pub photo: Option<String>,
    /// The badge on the avatar.
    pub badge: Badge,
    /// False: offline or unknown on every side, so the colour drains.
    pub there: bool,
    /// True in the favourites.
    pub favourite: bool,
    /// The Connect side, for people who use Connect.
    pub connect: Option<SideState>,
    /// The Teams side, for people who use Teams.
    pub teams: Option<SideState>,
    /// True while they speak, write or dial in Connect: they may not answer.
    pub on_contact: bool,
    /// The person's numbers, the first one the default.
    pub numbers: Vec<NumberLine>,
    /// Why the person cannot be called at all now ("No phone number in the directory."); none when a number of
    /// theirs can be dialled.
    pub call_refused: Option<String>,
    /// Whether the agent waits for this person to be free.
    pub waits: Waits,
    /// What the agent can say of who this is in Connect.
    pub join: Option<JoinOffer>,
}

/// "Tell me when free".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Waits {
    /// Nobody asked for it.
    No,
    /// The agent is notified when this person is free.
    Waiting,
    /// This person is free: there is nothing to wait for.
    Free,
}

/// Two rows that may be one person, or one row that the agent joined from two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum JoinOffer {
    /// This user of Connect may be a person of the directory, by the name alone.
    Propose {
        /// The id of that person's row.
        person: String,
        /// That person's name.
        name: String,
        /// What distinguishes them from others of the same name: their mail address, or their user principal name.
        detail: String,
    },
    /// The agent said that the two are one, and can take it back.
    Confirmed,
}

/// A telephone number in a person's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NumberLine {
    /// "Work", "Mobile".
    pub kind: String,
    /// Spelled for people, in international form if it could be read.
    pub words: String,
    /// What an order to call it names; none if it cannot be read.
    pub dial: Option<ShownNumber>,
    /// Why it cannot be dialled; none when it can.
    pub refused: Option<String>,
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
