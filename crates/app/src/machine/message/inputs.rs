//! What comes into the machine of the status message, what it needs to know of others, and what it asks for.
//!
//! Plain values.

use graph::{ErrorKind, MessageWrite, StatusMessage as Shown};
use jiff::Timestamp;
use presence::{engine::Link, identity::ObjectId};
use settings::StatusMessage;

use super::written::KeptMessages;

/// What comes in.
#[derive(Debug)]
pub(crate) enum MessageIn {
    /// Teams shows this message, or none, as of when the reading left.
    Read {
        /// The message.
        message: Option<Shown>,
        /// When the reading left.
        at: Timestamp,
    },
    /// The write was not sent, and may not be sent before this moment.
    Held(Timestamp),
    /// It arrived.
    Wrote,
    /// It failed, and may have arrived nevertheless.
    Failed {
        /// Why; none if it did not leave because it could not be kept on disk.
        kind: Option<ErrorKind>,
        /// The next one may not leave before this.
        not_before: Timestamp,
    },
    /// The run ends: what is ours is taken back.
    Quit,
    /// A turn of the loop is over: the context may have changed, or the deadline has come.
    Turn,
}

/// What another machine knows of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownText<'a> {
    /// Not known at the moment.
    Unknown,
    /// There is none.
    Nothing,
    /// This text.
    Text(&'a str),
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessageContext<'a> {
    /// Who is signed in to Teams, while something can be sent.
    pub(crate) person: Option<&'a ObjectId>,
    /// What the settings want.
    pub(crate) wish: StatusMessage,
    /// The person's own direct number, as people read it.
    pub(crate) number: KnownText<'a>,
    /// The name of the agent's status in Connect; nothing while the agent is offline there.
    pub(crate) status: KnownText<'a>,
    /// What the sync does.
    pub(crate) link: &'a Link,
    /// The agent is not the person who is signed in to Teams.
    pub(crate) is_somebody_else: bool,
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MessageOut {
    /// Read the own presence now.
    Read,
    /// Keep this on disk, then write; answer with [`MessageIn::Wrote`], [`MessageIn::Failed`] or [`MessageIn::Held`].
    Write {
        /// The write.
        write: MessageWrite,
        /// What may be ours from then on.
        kept: KeptMessages,
    },
    /// Keep this on disk.
    Keep(KeptMessages),
}
