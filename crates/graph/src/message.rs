//! The status message of the person who is signed in: what is read of it, and what we write into it.
//!
//! Whose message it is, and whether it may be written, others decide. What a person wrote is in no log: the text is left
//! out of every `Debug`.

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

/// When a status message ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Not before somebody ends it.
    Never,
    /// At this moment.
    At(Timestamp),
    /// At a moment in a time zone that is not UTC, which nothing here wrote.
    Elsewhere,
}

/// What is done to the own status message (Graph: presence-setstatusmessage).
#[derive(Clone, PartialEq, Eq)]
pub enum MessageWrite {
    /// Show this text until then.
    Set {
        /// The text.
        text: String,
        /// When it ends by itself; whole seconds count.
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
    /// What Graph answered; none if it shows nothing.
    pub(crate) fn of(answer: Either<wire::StatusMessage>) -> Option<Self> {
        let Either::Read(wire::StatusMessage { message, expiry_date_time }) = answer else {
            return Some(Self::odd());
        };
        let Either::Read(wire::ItemBody { content }) = message? else { return Some(Self::odd()) };
        let Either::Read(text) = content? else { return Some(Self::odd()) };
        let text = filled(Some(text))?;
        Some(Self { text, ends: expiry_date_time.map_or(Ends::Never, Ends::read) })
    }

    /// One that cannot be read. Nothing here wrote it.
    fn odd() -> Self {
        Self { text: String::new(), ends: Ends::Elsewhere }
    }
}

impl Ends {
    /// A time without an offset, and the name of its zone. The zones of Windows have names of their own.
    fn read(answer: wire::DateTimeTimeZone) -> Self {
        let Some(time) = filled(answer.date_time) else { return Self::Never };
        let zone = filled(answer.time_zone);
        let is_utc = zone
            .is_none_or(|zone| ["UTC", "Etc/UTC", "GMT"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)));
        let time: Option<DateTime> = time.trim_end_matches(['Z', 'z']).parse().ok().filter(|_| is_utc);
        time.and_then(|time| TimeZone::UTC.to_timestamp(time).ok()).map_or(Self::Elsewhere, Self::At)
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
    /// Carries out one write into the own status message (Graph: presence-setstatusmessage).
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
