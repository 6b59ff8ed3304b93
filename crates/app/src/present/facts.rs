//! What one turn of the loop knows, as plain data: everything that is shown follows from it.
//!
//! Made from the machines at the end of a turn. It holds values, not machines, and decides nothing.

use std::time::Duration;

use connect::{Agent, Phase};
use graph::GraphError;
use jiff::Timestamp;
use people::{Caller, Dialable, Refusal};
use presence::{
    connect::{AgentSnapshot, AgentStatus},
    engine::Link,
    identity::ObjectId,
    mapping::Target,
    teams::TeamsState,
};
use settings::{Configured, Missing, NeedsRestart, Problem};
use signin::{Class, Identity, SignInError};
use url::Url;

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Facts<'a> {
    pub(crate) now: Timestamp,
    pub(crate) settings: SettingsFacts<'a>,
    pub(crate) login: LoginFacts<'a>,
    pub(crate) teams: TeamsFacts<'a>,
    pub(crate) connect: ConnectFacts<'a>,
    pub(crate) sync: SyncFacts<'a>,
    pub(crate) team: TeamFacts<'a>,
    /// The call, or the question before it, while there is one to show.
    pub(crate) call: Option<CallFacts<'a>>,
    /// Whether the agent could call somebody now.
    pub(crate) caller: Caller<'a>,
    /// There is no tray host.
    pub(crate) no_tray: bool,
}

impl Facts<'_> {
    /// Neither side answers. With a live Connect session there is a network, and Health says what is silent.
    pub(crate) fn is_offline(&self) -> bool {
        let is_silent = self.connect.live.is_none() || self.connect.is_offline;
        is_silent && self.teams.reading.is_some_and(|trouble| trouble.is_unreachable())
    }
}

/// The settings, and what is wrong with them.
#[derive(Debug, Clone)]
pub(crate) struct SettingsFacts<'a> {
    /// What the program began with; none while it is not set up.
    pub(crate) set: Option<&'a Configured>,
    /// What the settings in the file still lack, while the program is not set up.
    pub(crate) missing: Option<Missing>,
    /// Why a settings file cannot be used.
    pub(crate) problem: Option<&'a Problem>,
    /// What is used after a restart only.
    pub(crate) needs_restart: Option<NeedsRestart>,
    /// Connect → Teams is on.
    pub(crate) connect_to_teams: bool,
    /// Teams → Connect is on.
    pub(crate) teams_to_connect: bool,
}

/// How far Teams Login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoginPhase {
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
pub(crate) struct LoginFacts<'a> {
    pub(crate) phase: LoginPhase,
    /// Who is, or was last, signed in.
    pub(crate) who: Option<&'a Identity>,
    /// What was last said no to.
    pub(crate) refusal: Option<RefusalFacts<'a>>,
    /// The page that no browser opened.
    pub(crate) unopened: Option<&'a Url>,
    /// The person put the banner away.
    pub(crate) is_put_away: bool,
    /// The end that the person is reminded of at the moment.
    pub(crate) reminds_of: Option<Timestamp>,
    /// By when a login is needed, if that is known.
    pub(crate) renew_by: Option<Timestamp>,
    /// When the client secret of the registration ends, if it has one.
    pub(crate) secret_expires: Option<Timestamp>,
    /// Why the keyring does not keep the refresh token, if so.
    pub(crate) keyring: Option<KeyringFault>,
    /// The token carries the rights that an administrator must approve of.
    pub(crate) reads_licences: bool,
    /// The name of the keyring entry, for support.
    pub(crate) account: &'a str,
    /// Where an administrator approves of the application.
    pub(crate) consent: Option<Url>,
}

impl LoginFacts<'_> {
    /// Only a person can go on.
    pub(crate) fn is_needed(&self) -> bool {
        matches!(self.phase, LoginPhase::SignedOut { .. })
    }

    /// There is a valid access token.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.phase == LoginPhase::SignedIn
    }
}

/// Why nobody is signed in, or why a login did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefusalFacts<'a> {
    /// What must be done about it.
    pub(crate) class: Class,
    /// What Entra said, or why it was not reached; none if Graph does not take the token.
    pub(crate) error: Option<&'a SignInError>,
}

/// Why the keyring does not keep a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyringFault {
    /// There is none on this machine.
    Missing,
    /// It is locked.
    Locked,
    /// It failed, or did not answer.
    Failed,
}

/// A service of Graph that does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trouble<'a> {
    /// What it answered last.
    pub(crate) error: &'a GraphError,
    /// Since when it fails.
    pub(crate) since: Timestamp,
}

impl Trouble<'_> {
    fn is_unreachable(&self) -> bool {
        self.error.kind() == graph::ErrorKind::Unreachable
    }
}

/// The own presence in Teams.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TeamsFacts<'a> {
    /// What Teams shows, and since when as far as seen; none while that is not known.
    pub(crate) shown: Option<(&'a TeamsState, Option<Timestamp>)>,
    /// When it was last read.
    pub(crate) read: Option<Timestamp>,
    /// The person's own number, as the directory spells it.
    pub(crate) number: Option<&'a str>,
    /// What is wrong with reading it.
    pub(crate) reading: Option<Trouble<'a>>,
    /// What is wrong with writing it.
    pub(crate) writing: Option<Trouble<'a>>,
    /// Until when Graph asked for fewer requests of the whole tenant.
    pub(crate) slowed: Option<Timestamp>,
}

/// The agent's session in Connect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConnectFacts<'a> {
    pub(crate) phase: Phase,
    /// The agent who was named last.
    pub(crate) agent: Option<&'a Agent>,
    /// The agent's state, while it is known.
    pub(crate) live: Option<&'a AgentSnapshot>,
    /// The last known state, live or not, and when Connect said so.
    pub(crate) last: Option<(&'a AgentSnapshot, Timestamp)>,
    /// What the table asks of Teams in the state that is known.
    pub(crate) asks_for: Option<Target>,
    /// The agent is with a contact.
    pub(crate) in_contact: bool,
    /// The agent is not the person who is signed in to Teams.
    pub(crate) is_somebody_else: bool,
    /// The session ends soon, and the person was notified of it.
    pub(crate) login_is_due: bool,
    /// The page says that it has no network.
    pub(crate) is_offline: bool,
}

/// What the sync does.
#[derive(Debug, Clone)]
pub(crate) struct SyncFacts<'a> {
    pub(crate) link: Link,
    /// What Connect asks of Teams.
    pub(crate) target: Option<Target>,
    /// Why it stopped itself.
    pub(crate) stop: Option<Stop<'a>>,
    /// The status that waits for the agent's return.
    pub(crate) back: Option<&'a AgentStatus>,
    /// Why nothing can be remembered on disk, in the system's words.
    pub(crate) not_remembered: Option<&'a str>,
}

/// Why the sync stopped itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop<'a> {
    /// Writes went back and forth between these.
    Loop { connect: &'a [AgentStatus], teams: &'a [TeamsState] },
    /// Somebody else writes what we would write.
    SecondWriter,
}

/// The list of people.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TeamFacts<'a> {
    /// How many people are known.
    pub(crate) known: usize,
    /// How many lines the list has now.
    pub(crate) listed: usize,
    /// How many people match the search; none while nothing is searched.
    pub(crate) found: Option<usize>,
    /// People who are offline are hidden.
    pub(crate) hides_offline: bool,
    /// No first list was read, and none failed.
    pub(crate) is_loading: bool,
    /// When the last full list was complete.
    pub(crate) listed_at: Option<Timestamp>,
    /// When the next one is due.
    pub(crate) next_list: Option<Timestamp>,
    /// Why the last attempt to read it failed.
    pub(crate) failed: Option<ListFailure<'a>>,
    /// When colleagues' presence was last read.
    pub(crate) read: Option<Timestamp>,
    /// Why their presence cannot be read.
    pub(crate) trouble: Option<Trouble<'a>>,
}

/// Why the list could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListFailure<'a> {
    Graph(&'a GraphError),
    /// It has no end.
    Endless,
}

/// The call that this application dialled, or is asked to dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CallFacts<'a> {
    pub(crate) person: &'a ObjectId,
    pub(crate) name: &'a str,
    pub(crate) number: &'a Dialable,
    pub(crate) progress: Progress<'a>,
    /// From the order until the call is over.
    pub(crate) is_live: bool,
    /// It is live, and not being hung up already.
    pub(crate) can_hang_up: bool,
    /// The session is lost: the call may go on, but nobody here knows how.
    pub(crate) is_lost: bool,
    /// It is to be hung up, and is not gone yet.
    pub(crate) is_hanging_up: bool,
    /// The last order to hang up had no effect.
    pub(crate) hang_up_failed: bool,
}

/// How far the call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress<'a> {
    /// Do not disturb since then: a question comes first.
    Asking {
        since: Option<Timestamp>,
    },
    Dialling,
    Ringing {
        since: Timestamp,
        /// It rings for so long that the softphone's sound is worth a hint.
        sound: bool,
    },
    Connected {
        since: Timestamp,
    },
    /// It is over; how long it was connected, if it ever was.
    Over {
        connected: Option<Duration>,
    },
    Failed {
        reason: CallFailure<'a>,
        /// The same call may go through the next time.
        again: bool,
    },
}

/// Why there is no call, or was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallFailure<'a> {
    /// Refused before it was dialled.
    Refused(&'a Refusal),
    /// The person has no such number any more.
    NumberGone,
    /// Connect did not take the dial, or did not answer.
    NotTaken,
    /// Connect refused the dial, with its own sentence.
    RefusedByConnect(&'a str),
    /// Connect took the dial, and no contact came of it.
    NotShown,
    /// The number was not reached.
    NotReached,
    /// Nothing carried the agent's sound.
    NoSound,
    /// Nobody answered.
    NoAnswer,
}
