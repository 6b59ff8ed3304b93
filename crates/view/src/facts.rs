//! What one turn of the loop knows, as plain data: everything that is shown follows from it.
//!
//! Made from the machines at the end of a turn. It holds values, not machines, and decides nothing.

use std::time::Duration;

use connect::{Agent, Inbound, Phase, api::ApiError};
use graph::GraphError;
use jiff::Timestamp;
use people::{Caller, Country, Dialable, Entry, PersonId, Refusal};
use presence::{
    connect::{AgentSnapshot, AgentStatus, ContactId},
    engine::Link,
    mapping::Target,
    teams::TeamsState,
};
use settings::{Configured, Missing, NeedsRestart, Problem, StatusMessage};
use signin::{Class, Identity, SecretsError, SignInError};
use url::Url;

use crate::model::{CallWay, DirectorySearch};

/// See the module.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The moment at which all of it is so.
    pub now: Timestamp,
    /// The settings, and what is wrong with them.
    pub settings: SettingsFacts<'a>,
    /// Teams Login.
    pub login: LoginFacts<'a>,
    /// The own presence in Teams.
    pub teams: TeamsFacts<'a>,
    /// The agent's session in Connect.
    pub connect: ConnectFacts<'a>,
    /// What the sync does.
    pub sync: SyncFacts<'a>,
    /// The list of people.
    pub team: TeamFacts<'a>,
    /// Colleagues in Connect, where they may be read.
    pub colleagues: Option<ColleaguesFacts<'a>>,
    /// The call, or the question before it, while there is one to show.
    pub call: Option<CallFacts<'a>>,
    /// The calls that came in and are not over, the first one first.
    pub incoming: Vec<IncomingFacts<'a>>,
    /// The missed calls that were not put away, the last one first.
    pub missed: Vec<MissedFacts<'a>>,
    /// Whether the agent could call somebody now.
    pub caller: Caller<'a>,
    /// There is no tray host.
    pub no_tray: bool,
}

impl Facts<'_> {
    /// Neither side answers. With a live Connect session there is a network, and Health says what is silent.
    pub fn is_offline(&self) -> bool {
        let is_silent = self.connect.live.is_none() || self.connect.is_offline;
        is_silent && self.teams.reading.is_some_and(|trouble| trouble.is_unreachable())
    }
}

/// The settings, and what is wrong with them.
#[derive(Debug, Clone)]
pub struct SettingsFacts<'a> {
    /// What the program began with; none while it is not set up.
    pub set: Option<&'a Configured>,
    /// What the settings in the file still lack, while the program is not set up.
    pub missing: Option<Missing>,
    /// Why a settings file cannot be used.
    pub problem: Option<&'a Problem>,
    /// What is used after a restart only.
    pub needs_restart: Option<NeedsRestart>,
    /// Connect → Teams is on.
    pub connect_to_teams: bool,
    /// Teams → Connect is on.
    pub teams_to_connect: bool,
    /// Where numbers without a country code belong.
    pub region: Option<Country>,
    /// What is put into the status message in Teams.
    pub status_message: StatusMessage,
    /// Only an administrator can change that.
    pub status_message_is_locked: bool,
}

/// How far Teams Login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginPhase {
    /// The application is not set up.
    Unconfigured,
    /// It is not known yet what the keyring has.
    Starting,
    /// Only a person can go on.
    SignedOut {
        /// When it ended, if it worked before.
        since: Option<Timestamp>,
    },
    /// There is a refresh token but no valid access token.
    Renewing,
    /// There is a valid access token.
    SignedIn,
}

/// Teams Login.
#[derive(Debug, Clone)]
pub struct LoginFacts<'a> {
    /// How far it is.
    pub phase: LoginPhase,
    /// Who is, or was last, signed in.
    pub who: Option<&'a Identity>,
    /// What was last said no to.
    pub refusal: Option<RefusalFacts<'a>>,
    /// The page that no browser opened.
    pub unopened: Option<&'a Url>,
    /// The person put the banner away.
    pub is_put_away: bool,
    /// The end that the person is reminded of at the moment.
    pub reminds_of: Option<Timestamp>,
    /// By when a login is needed, if that is known.
    pub renew_by: Option<Timestamp>,
    /// When the client secret of the registration ends, if it has one.
    pub secret_expires: Option<Timestamp>,
    /// Why the keyring does not keep the refresh token, if so.
    pub keyring: Option<SecretsError>,
    /// The token carries the rights that an administrator must approve of.
    pub reads_licences: bool,
    /// The name of the keyring entry, for support.
    pub account: &'a str,
    /// Where an administrator approves of the application.
    pub consent: Option<Url>,
}

impl LoginFacts<'_> {
    /// Only a person can go on.
    pub fn is_needed(&self) -> bool {
        matches!(self.phase, LoginPhase::SignedOut { .. })
    }

    /// There is a valid access token.
    pub fn is_signed_in(&self) -> bool {
        self.phase == LoginPhase::SignedIn
    }
}

/// Why nobody is signed in, or why a login did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusalFacts<'a> {
    /// What must be done about it.
    pub class: Class,
    /// What Entra said, or why it was not reached; none if Graph does not take the token.
    pub error: Option<&'a SignInError>,
}

/// A service that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble<E = GraphError> {
    /// What it answered last.
    pub error: E,
    /// Since when it fails.
    pub since: Timestamp,
}

impl Trouble {
    fn is_unreachable(&self) -> bool {
        self.error.kind() == graph::ErrorKind::Unreachable
    }
}

/// The own presence in Teams.
#[derive(Debug, Clone, Copy)]
pub struct TeamsFacts<'a> {
    /// What Teams shows, and since when as far as seen; none while that is not known.
    pub shown: Option<(&'a TeamsState, Option<Timestamp>)>,
    /// When it was last read.
    pub read: Option<Timestamp>,
    /// The person's own direct number, as the directory spells it.
    pub number: Option<&'a str>,
    /// Why the status message does not say what the settings want, if that is for the person to know.
    pub message: Option<MessageNote>,
    /// What is wrong with writing the status message.
    pub message_writing: Option<&'a Trouble>,
    /// What is wrong with reading it.
    pub reading: Option<&'a Trouble>,
    /// What is wrong with writing it.
    pub writing: Option<&'a Trouble>,
    /// Until when Graph asked for fewer requests of the whole tenant.
    pub slowed: Option<Timestamp>,
}

/// Why the status message in Teams does not say what the settings want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageNote {
    /// It says something that is not ours, which is never written over.
    Theirs,
    /// The person took ours away.
    Removed,
    /// It is to say the own number, and the directory has none.
    NoNumber,
}

/// The agent's session in Connect.
#[derive(Debug, Clone, Copy)]
pub struct ConnectFacts<'a> {
    /// How far the session is.
    pub phase: Phase,
    /// The agent who was named last.
    pub agent: Option<&'a Agent>,
    /// The agent's state, while it is known.
    pub live: Option<&'a AgentSnapshot>,
    /// The last known state, live or not, and when Connect said so.
    pub last: Option<(&'a AgentSnapshot, Timestamp)>,
    /// What the table asks of Teams in the state that is known.
    pub asks_for: Option<Target>,
    /// The agent is with a contact.
    pub in_contact: bool,
    /// The agent is not the person who is signed in to Teams.
    pub is_somebody_else: bool,
    /// The session ends soon, and the person was notified of it.
    pub login_is_due: bool,
    /// The page says that it has no network.
    pub is_offline: bool,
}

/// What the sync does.
#[derive(Debug, Clone)]
pub struct SyncFacts<'a> {
    /// How the two sides are linked.
    pub link: Link,
    /// What Connect asks of Teams.
    pub target: Option<Target>,
    /// Why it stopped itself.
    pub stop: Option<&'a Stop>,
    /// The status that waits for the agent's return.
    pub back: Option<&'a AgentStatus>,
    /// Why nothing can be remembered on disk, in the system's words.
    pub not_remembered: Option<&'a str>,
}

/// Why the sync stopped itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Writes went back and forth.
    Loop {
        /// The statuses that it went through in Connect.
        connect: Vec<AgentStatus>,
        /// The states that it went through in Teams.
        teams: Vec<TeamsState>,
    },
    /// Somebody else writes what we would write.
    SecondWriter,
}

/// The list of people.
#[derive(Debug, Clone, Copy)]
pub struct TeamFacts<'a> {
    /// How many people are known.
    pub known: usize,
    /// How many of them are in the directory.
    pub in_directory: usize,
    /// How many lines the list has now.
    pub listed: usize,
    /// How many people match the search; none while nothing is searched.
    pub found: Option<usize>,
    /// People who are offline are hidden.
    pub hides_offline: bool,
    /// People are listed by department.
    pub is_grouped: bool,
    /// How far the question to the whole directory is.
    pub asked: DirectorySearch,
    /// No first list was read, and none failed.
    pub is_loading: bool,
    /// When the last full list was complete.
    pub listed_at: Option<Timestamp>,
    /// When the next one is due.
    pub next_list: Option<Timestamp>,
    /// Why the last attempt to read it failed.
    pub failed: Option<&'a ListFailure>,
    /// When colleagues' presence was last read.
    pub read: Option<Timestamp>,
    /// Why their presence cannot be read.
    pub trouble: Option<&'a Trouble>,
}

/// Colleagues in Connect.
#[derive(Debug, Clone, Copy)]
pub struct ColleaguesFacts<'a> {
    /// How many users the instance has; none while that is not known.
    pub known: Option<usize>,
    /// When their statuses were last read.
    pub read: Option<Timestamp>,
    /// Why they cannot be read.
    pub trouble: Option<&'a Trouble<ApiError>>,
}

/// Why the list could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFailure {
    /// Graph refused or was not reached.
    Graph(GraphError),
    /// It leads back to a page that was read before, or has more pages than a directory.
    Endless,
}

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
    pub progress: Progress<'a>,
    /// From the order until the call is over.
    pub is_live: bool,
    /// It is live, and not being hung up already.
    pub can_hang_up: bool,
    /// The session is lost: the call may go on, but nobody here knows how.
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
    /// It is a colleague's call, or one to this agent: the agent is told of it outside the drawer too.
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
    /// How far calling back is.
    pub call_back: CallBackFacts,
}

/// How far calling somebody back is who was missed.
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
    /// So many are kept at most; 0: none.
    pub keeps: u32,
    /// A policy says so.
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
pub enum Progress<'a> {
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
    Refused(Refusal),
    /// The person has no such number any more.
    NumberGone,
    /// Connect did not take the dial, or did not answer.
    NotTaken,
    /// Somebody is calling the agent.
    BeingCalled,
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
            | Self::BeingCalled
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
