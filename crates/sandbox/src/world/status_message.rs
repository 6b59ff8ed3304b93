//! The status message of a person in Teams (Graph: presence-setstatusmessage): one for each, whoever wrote it. Pure: the
//! time comes in.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::World;
use super::hand::NoSuchPerson;

/// A status message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusMessage {
    /// The text.
    pub text: String,
    /// Until when it is shown; None is for ever.
    pub expires_at: Option<Timestamp>,
    /// Since when it is shown.
    pub published_at: Timestamp,
}

/// Everybody's messages.
#[derive(Debug, Default)]
pub(crate) struct StatusMessages {
    own: Option<StatusMessage>,
    /// Microseconds; grows with every change of the agent's.
    version: i64,
    of: HashMap<Uuid, StatusMessage>,
}

impl StatusMessages {
    /// The agent's, while it is shown.
    pub(crate) fn current(&self, now: Timestamp) -> Option<&StatusMessage> {
        self.own.as_ref().filter(|message| message.is_shown(now))
    }

    /// A colleague's.
    pub(crate) fn of(&self, person: Uuid, now: Timestamp) -> Option<&StatusMessage> {
        self.of.get(&person).filter(|message| message.is_shown(now))
    }

    /// The version of the agent's message.
    pub(crate) fn version(&self) -> i64 {
        self.version
    }

    /// The agent's message is this from now on; an empty text is none.
    pub(crate) fn set(&mut self, message: Option<StatusMessage>, now: Timestamp) {
        self.version = now.as_microsecond().max(self.version + 1);
        self.own = message.filter(|message| !message.text.is_empty());
    }

    fn set_of(&mut self, person: Uuid, message: Option<StatusMessage>) {
        match message.filter(|message| !message.text.is_empty()) {
            Some(message) => self.of.insert(person, message),
            None => self.of.remove(&person),
        };
    }
}

impl StatusMessage {
    fn is_shown(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|until| now < until)
    }
}

impl World {
    /// The agent writes a status message by hand in Teams, or takes it away; it stays until somebody changes it.
    pub fn write_status_message(&self, text: Option<&str>) {
        self.with(|state, now| state.status_message.set(text.map(|text| by_hand(text, now)), now));
    }

    /// A colleague does.
    ///
    /// # Errors
    /// There is no such colleague.
    pub fn write_status_message_of(&self, person: Uuid, text: Option<&str>) -> Result<(), NoSuchPerson> {
        let person = self.directory().find(person).ok_or(NoSuchPerson)?.id;
        self.with(|state, now| state.status_message.set_of(person, text.map(|text| by_hand(text, now))));
        Ok(())
    }
}

fn by_hand(text: &str, now: Timestamp) -> StatusMessage {
    StatusMessage { text: text.to_owned(), expires_at: None, published_at: now }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_message_is_shown_until_its_moment_and_an_empty_one_not_at_all() {
        let mut messages = StatusMessages::default();
        let until =
            |expires_at| StatusMessage { text: "Ext. 4000".to_owned(), expires_at, published_at: at(0) };
        messages.set(Some(until(Some(at(10)))), at(0));
        assert_eq!(messages.current(at(9)).map(|message| &*message.text), Some("Ext. 4000"));
        assert_eq!(messages.current(at(10)), None);
        messages.set(Some(until(None)), at(0));
        assert!(messages.current(at(1_000_000)).is_some());
        messages.set(Some(StatusMessage { text: String::new(), ..until(None) }), at(0));
        assert_eq!(messages.current(at(0)), None);
    }
}
