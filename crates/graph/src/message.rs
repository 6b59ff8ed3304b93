//! The status message of the signed-in person: reading it and writing it.
//!
//! The caller decides whether it may be written. What a person wrote must not get into a log: no `Debug` shows the
//! text.

use std::fmt;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use presence::identity::ObjectId;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    Graph, GraphError,
    transport::{self, SHORT, right},
    wire::{self, Either, filled},
};

/// A status message, as Teams shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusMessage {
    /// The text.
    pub text: String,
    /// When it ends.
    pub ends: Ends,
}

/// When a status message ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Never, until somebody removes it.
    Never,
    /// At this moment.
    At(Timestamp),
    /// At a time in a zone other than UTC: we did not write it.
    OtherZone,
}

/// A change of the own status message (Graph: presence-setstatusmessage).
#[derive(Clone, PartialEq, Eq)]
pub enum MessageWrite {
    /// Show this text until then.
    Set {
        /// The text.
        text: String,
        /// When it ends, in whole seconds.
        ends: Timestamp,
    },
    /// Show nothing.
    Clear,
}

impl fmt::Debug for StatusMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusMessage").field("ends", &self.ends).finish_non_exhaustive()
    }
}

impl fmt::Debug for MessageWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set { ends, .. } => f.debug_struct("Set").field("ends", ends).finish_non_exhaustive(),
            Self::Clear => f.write_str("Clear"),
        }
    }
}

impl StatusMessage {
    /// From the answer of Graph; none if there is no message.
    pub(crate) fn of(answer: Either<wire::StatusMessage>) -> Option<Self> {
        let Either::Read(wire::StatusMessage { message, expiry_date_time }) = answer else {
            return Some(Self::unreadable());
        };
        let Either::Read(wire::ItemBody { content }) = message? else { return Some(Self::unreadable()) };
        let Either::Read(text) = content? else { return Some(Self::unreadable()) };
        let text = filled(Some(text))?;
        Some(Self { text, ends: expiry_date_time.map_or(Ends::Never, Ends::read) })
    }

    /// One that cannot be read: we did not write it.
    fn unreadable() -> Self {
        Self { text: String::new(), ends: Ends::OtherZone }
    }
}

impl Ends {
    /// From a time without an offset, and the name of its zone. Windows has its own names for zones.
    fn read(answer: wire::DateTimeTimeZone) -> Self {
        let Some(time) = filled(answer.date_time) else { return Self::Never };
        let zone = filled(answer.time_zone);
        let is_utc = zone
            .is_none_or(|zone| ["UTC", "Etc/UTC", "GMT"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)));
        let time: Option<DateTime> = time.trim_end_matches(['Z', 'z']).parse().ok().filter(|_| is_utc);
        time.and_then(|time| TimeZone::UTC.to_timestamp(time).ok()).map_or(Self::OtherZone, Self::At)
    }
}

impl MessageWrite {
    fn body(&self) -> Value {
        let message = |text: &str| json!({ "content": text, "contentType": "text" });
        let message = match self {
            Self::Set { text, ends } => {
                let ends = ends.strftime("%Y-%m-%dT%H:%M:%S").to_string();
                json!({ "message": message(text), "expiryDateTime": { "dateTime": ends, "timeZone": "UTC" } })
            }
            Self::Clear => json!({ "message": message("") }),
        };
        json!({ "statusMessage": message })
    }
}

impl Graph {
    /// Writes the own status message (Graph: presence-setstatusmessage).
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn write_message(
        &self,
        token: &SecretString,
        own: &ObjectId,
        write: &MessageWrite,
    ) -> Result<(), GraphError> {
        let path = ["users", own.as_str(), "presence", "setStatusMessage"];
        let request = self.request(Method::POST, &path).json(&write.body());
        transport::send(request, token, SHORT, right::PRESENCE_WRITE).await.map(drop)
    }
}
