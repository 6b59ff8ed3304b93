//! Words that Amazon may add tomorrow: types and states of contacts, a status type, fields. Values only; how they are
//! written is in `ccp/snapshot.rs`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;
use super::agent::{Contact, Ring, Stage};

/// The type and the state of a contact, as Streams reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactWords {
    /// Such as "sms".
    #[serde(rename = "type")]
    pub kind: String,
    /// Such as "connected".
    pub state: String,
}

/// Words in place of those that are documented, and beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Words {
    /// The type of the agent's contact, whatever its channel is.
    #[serde(default)]
    pub contact_type: Option<String>,
    /// The state of the agent's contact, whatever its stage is.
    #[serde(default)]
    pub contact_state: Option<String>,
    /// One more contact, beside the agent's own.
    #[serde(default)]
    pub beside: Option<ContactWords>,
    /// True puts a status of type `system` into the agent's list. The agent can be put in it at any time.
    #[serde(default)]
    pub system_status: bool,
    /// True adds fields that no client knows, everywhere.
    #[serde(default)]
    pub unknown_fields: bool,
}

/// The words that Connect uses now.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    words: Words,
    beside: Option<Contact>,
    revision: u64,
}

impl Spoken {
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The contact beside the agent's own, with its words.
    pub(crate) fn beside(&self) -> Option<(&Contact, &ContactWords)> {
        self.beside.as_ref().zip(self.words.beside.as_ref())
    }

    /// Grows with every change.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn set(&mut self, words: Words, now: Timestamp) {
        if self.words.beside != words.beside {
            self.beside = words.beside.is_some().then(|| beside(now));
        }
        self.words = words;
        self.revision += 1;
    }
}

fn beside(now: Timestamp) -> Contact {
    let number = "+441632960551".to_owned();
    let ring = Ring { number, ..Ring::default() };
    Contact { stage: Stage::Connected, connected_at: Some(now), ..Contact::inbound(ring, now) }
}

impl World {
    /// Sets the words that Connect uses.
    pub fn set_words(&self, words: Words) {
        self.with(|state, now| state.spoken.set(words, now));
    }
}
