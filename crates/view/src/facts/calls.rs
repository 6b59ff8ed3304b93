//! What is known of calls: the one that goes out, those that come in, those that are over.

use std::time::Duration;

use connect::Inbound;
use jiff::Timestamp;
use people::{CallRefusal, Dialable, Entry, PersonId};
use presence::connect::ContactId;

use crate::model::CallWay;

/// The call that this application dialled, or is asked to dial.
#[derive(Debug, Clone, Copy)]
pub struct CallFacts<'a> {
    /// Who is called.
    pub person: &'a PersonId,
    /// Their name.
    pub name: &'a str,
    /// Their row, while they are in the list.
    pub entry: Option<&'a Entry>,
    /// The number.
    pub number: &'a Dialable,
    /// How far it is.
    pub progress: CallProgress<'a>,
    /// From the order until the call is over.
    pub is_live: bool,
    /// It is live, and not being hung up already.
    pub can_hang_up: bool,
    /// The session is lost: the call may continue, but its state is not known here.
    pub is_lost: bool,
    /// It is to be hung up, and is not gone yet.
    pub is_hanging_up: bool,
    /// The last order to hang up had no effect.
    pub hang_up_failed: bool,
    /// What became of the digits after the connection.
    pub digits: DigitsFacts,
}

/// What became of the digits that a number has after its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DigitsFacts {
    /// There are none, or they are not sent yet.
    #[default]
    NotSent,
    /// Connect took them.
    Sent,
    /// Connect refused them.
    Refused,
    /// Connect did not answer: nobody knows whether the other side heard them.
    Unknown,
}

/// A call that came in and is not over.
#[derive(Debug, Clone)]
pub struct IncomingFacts<'a> {
    /// Its contact.
    pub contact: &'a ContactId,
    /// Who calls.
    pub who: WhoCalls<'a>,
    /// How it came in.
    pub inbound: &'a Inbound,
    /// The number that they call from, as Connect spells it, if they show one.
    pub number: Option<&'a str>,
    /// Since when it was answered; none while it rings.
    pub answered: Option<Timestamp>,
    /// It is a colleague's call, or one to this agent: it is announced outside the drawer too.
    pub is_for_the_agent: bool,
}

/// A call that nobody answered.
#[derive(Debug, Clone)]
pub struct MissedFacts<'a> {
    /// Its contact.
    pub contact: &'a ContactId,
    /// Who called.
    pub who: WhoCalls<'a>,
    /// How it came in.
    pub inbound: &'a Inbound,
    /// When it was missed.
    pub at: Timestamp,
    /// The number on which they are called back: the one that they called from if it is theirs, else their first. None if
    /// nobody is named for certain, or nothing can be dialled.
    pub back_on: Option<&'a Dialable>,
    /// How far calling back is.
    pub call_back: CallBackFacts,
}

/// How far calling back a missed caller is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallBackFacts {
    /// Nobody asked for it.
    NotWanted,
    /// The missed contact is being cleared in Connect.
    Clearing,
    /// Connect did not clear it.
    NotCleared,
}

/// Who calls, as far as it is known.
#[derive(Debug, Clone)]
pub enum WhoCalls<'a> {
    /// This person of the list.
    One(&'a Entry),
    /// One of these: they have the number in common.
    Several(Vec<&'a Entry>),
    /// Nobody of the list; the contact flow names them so.
    Named(&'a str),
    /// Nobody of the list, from this number.
    Number(&'a str),
    /// They show no number.
    Anonymous,
}

/// The recent calls with people of the list.
#[derive(Debug, Clone)]
pub struct RecentFacts<'a> {
    /// How many are kept at most; 0: none.
    pub keeps: u32,
    /// A policy sets that.
    pub locked: bool,
    /// The calls, the newest first; none while it is not known whose they are.
    pub calls: Option<Vec<RecentCallFacts<'a>>>,
}

/// A call that is over.
#[derive(Debug, Clone, Copy)]
pub struct RecentCallFacts<'a> {
    /// Names it in an action.
    pub id: u64,
    /// With whom; they may have left the list.
    pub person: &'a PersonId,
    /// Their name at that time.
    pub name: &'a str,
    /// Which way it went.
    pub way: CallWay,
    /// The number in E.164, if it is known.
    pub e164: Option<&'a str>,
    /// What was sent after connection, if anything.
    pub digits: Option<&'a str>,
    /// When it began.
    pub at: Timestamp,
    /// How long it was connected, if it ever was.
    pub connected: Option<Duration>,
}

/// How far the call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallProgress<'a> {
    /// Do not disturb since then: a question comes first.
    Asking {
        /// Since when they do not want to be disturbed, if that is known.
        since: Option<Timestamp>,
    },
    /// Connect was asked to dial, and nothing rings yet.
    Dialling,
    /// It rings.
    Ringing {
        /// Since when.
        since: Timestamp,
        /// It rings for so long that the softphone's sound is worth a hint.
        sound: bool,
    },
    /// They talk.
    Connected {
        /// Since when.
        since: Timestamp,
    },
    /// It is over; how long it was connected, if it ever was.
    Over {
        /// How long it was connected, if it ever was.
        connected: Option<Duration>,
    },
    /// There is no call, or it ended badly.
    Failed(&'a CallFailure),
}

/// Why there is no call, or was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallFailure {
    /// Refused before it was dialled.
    Refused(CallRefusal),
    /// The person has no such number any more.
    NumberGone,
    /// Connect did not take the dial, or did not answer.
    NotTaken,
    /// The agent is in after contact work.
    AfterContactWork,
    /// A contact that was missed, rejected or failed is to be cleared first.
    NotCleared,
    /// Connect does not dial in the state that the agent is in.
    WrongState,
    /// A limit of the instance or of the account is reached.
    Limit,
    /// The instance does not call such numbers.
    NumberNotAllowed,
    /// Connect cannot dial the number.
    CannotDial,
    /// Connect does not accept what was asked.
    Invalid,
    /// There is no queue to call out on.
    NoQueue,
    /// The service has a problem of its own.
    Unavailable,
    /// Connect refused the dial in a word that is not known.
    RefusedByConnect,
    /// Connect took the dial, and no contact came of it.
    NotShown,
    /// The number was not reached.
    NotReached,
    /// The other side's line is engaged.
    LineBusy,
    /// The call was rejected.
    Rejected,
    /// Nobody answered.
    NoAnswer,
    /// Nothing carried the agent's sound.
    NoSound,
    /// The sound could not be set up.
    SoundFailed,
    /// The softphone is open in more than one window.
    TwoWindows,
    /// The agent's own desk phone is engaged.
    OwnLineBusy,
    /// The agent's own desk phone was not answered.
    OwnPhoneNotAnswered,
    /// The agent's own desk phone was not reached.
    OwnPhoneNotReached,
    /// The session was lost for so long that the call could not be hung up any more.
    NotHungUp,
}

impl CallFailure {
    /// True if the same call may go through the next time.
    #[must_use]
    pub fn is_worth_another_try(&self) -> bool {
        match self {
            Self::NotTaken
            | Self::AfterContactWork
            | Self::NotCleared
            | Self::WrongState
            | Self::Limit
            | Self::Unavailable
            | Self::RefusedByConnect
            | Self::NotShown
            | Self::NotReached
            | Self::LineBusy
            | Self::Rejected
            | Self::NoAnswer
            | Self::NoSound
            | Self::SoundFailed
            | Self::TwoWindows
            | Self::OwnLineBusy
            | Self::OwnPhoneNotAnswered
            | Self::OwnPhoneNotReached => true,
            // A second dial beside a call that may be live is no second try.
            Self::NotHungUp
            | Self::Refused(_)
            | Self::NumberGone
            | Self::NumberNotAllowed
            | Self::CannotDial
            | Self::Invalid
            | Self::NoQueue => false,
        }
    }
}
