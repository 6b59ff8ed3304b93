//! How somebody reaches the agent: over which queue, by which number, by whom. It must not know the directory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::way::{Channel, Initiation, Queue};

/// The text in place of a number that the caller withholds. AWS does not say; these are what telephone networks and
/// clients of Streams have seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Anonymous {
    /// "anonymous".
    Word,
    /// An address of SIP without a caller (RFC 3323, 4.1.1.3), of which `stripPhoneNumber` leaves "anonymous".
    Sip,
    /// ANONYMOUS on the keys of a telephone, with a plus sign: it looks like a number of Lesotho.
    Keypad,
    /// Nothing.
    Empty,
}

impl Anonymous {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Word, Self::Sip, Self::Keypad, Self::Empty];

    /// The text in place of the number.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::Word => "anonymous",
            Self::Sip => "sip:anonymous@anonymous.invalid",
            Self::Keypad => "+266696687",
            Self::Empty => "",
        }
    }
}

/// Somebody who reaches the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The channel.
    pub channel: Channel,
    /// The number that calls.
    pub number: String,
    /// What the flow attaches.
    pub attributes: BTreeMap<String, String>,
    /// True if the caller dialled the agent directly: over the agent's own queue.
    pub direct: bool,
    /// The queue, if `direct` does not decide it.
    pub queue: Option<Queue>,
    /// The number that was dialled, if it is not the usual one of the queue.
    pub dialled: Option<String>,
    /// How it began.
    pub initiation: Initiation,
    /// True to be offered beside what the agent has already, whatever Connect's limits are.
    pub beside: bool,
}

impl Default for Ring {
    /// A customer's call over the usual queue, with an empty number.
    fn default() -> Self {
        Self {
            channel: Channel::Voice,
            number: String::new(),
            attributes: BTreeMap::new(),
            direct: false,
            queue: None,
            dialled: None,
            initiation: Initiation::Inbound,
            beside: false,
        }
    }
}
