//! What one turn of the loop knows, as plain data: everything that is shown is derived from it.
//!
//! `app` reads it from the machines at the end of a turn. It holds values, not machines, and decides nothing.

mod calls;
mod controls;
mod disk;
mod network;

use connect::{Agent, Phase, api::ApiError};
use graph::GraphError;
use jiff::{SignedDuration, Timestamp};
use people::{CallingAgent, Country};
use presence::{
    connect::{AgentSnapshot, AgentStatus},
    engine::Link,
    mapping::Target,
    teams::{Availability, TeamsState},
};
use settings::{Configured, Missing, NeedsRestart, Problem, StatusMessage};
use signin::{Class, Identity, SecretsError, SignInError};
use url::Url;

pub use self::calls::{
    CallBackFacts, CallFacts, CallFailure, CallProgress, DigitsFacts, IncomingFacts, MissedFacts,
    RecentCallFacts, RecentFacts, WhoCalls,
};
pub use self::controls::{ControlsFacts, ProxyPasswordFacts, SettingRefusal};
pub use self::disk::DiskFailure;
pub use self::network::{NetworkFacts, NetworkFault, WebViewWay};
use crate::model::{DirectorySearch, controls::Look};

/// How long Microsoft may not know a presence before the person sees it. After many changes it does not, for a moment.
const UNKNOWN_FOR: SignedDuration = SignedDuration::from_mins(3);

/// Everything that one turn of the loop knows.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The time of all these facts.
    pub now: Timestamp,
    /// The settings, and what is wrong with them.
    pub settings: SettingsFacts<'a>,
    /// Teams Login.
    pub login: LoginFacts<'a>,
    /// What the network does not carry.
    pub network: &'a NetworkFacts,
    /// The own presence in Teams.
    pub teams: TeamsFacts<'a>,
    /// The agent's session in Connect.
    pub connect: ConnectFacts<'a>,
    /// What the sync does.
    pub sync: SyncFacts<'a>,
    /// The list of people.
    pub team: TeamFacts<'a>,
    /// Colleagues in Connect, if they may be read.
    pub colleagues: Option<ColleaguesFacts<'a>>,
    /// The call, or the question before it, while there is one to show.
    pub call: Option<CallFacts<'a>>,
    /// The calls that came in and are not over, the first one first.
    pub incoming: Vec<IncomingFacts<'a>>,
    /// The missed calls that were not put away, the last one first.
    pub missed: Vec<MissedFacts<'a>>,
    /// Whether the agent could call somebody now.
    pub caller: CallingAgent<'a>,
    /// There is no tray host.
    pub no_tray: bool,
}

impl Facts<'_> {
    /// Whether Teams has answered for some minutes that it does not know the own state. Meanwhile nothing is written.
    pub fn teams_stays_unknown(&self) -> bool {
        self.login.is_signed_in()
            && self.teams.shown.is_some_and(|(state, since)| {
                let is_long = |since: Timestamp| self.now.duration_since(since) >= UNKNOWN_FOR;
                // A state that was found by the first reading may be days old.
                state.availability == Availability::Unknown && since.is_none_or(is_long)
            })
    }

    /// Whether neither side answers. A live Connect session proves that there is a network: then Health says which side
    /// is silent. So it does if a fault of the network is known.
    pub fn is_offline(&self) -> bool {
        if *self.network != NetworkFacts::default() {
            return false;
        }
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
    /// The country of numbers without a country code.
    pub region: Option<Country>,
    /// What is put into the status message in Teams.
    pub status_message: StatusMessage,
    /// Only an administrator can change that.
    pub status_message_is_locked: bool,
    /// How every window looks.
    pub look: Look,
}

/// How far Teams Login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginPhase {
    /// The application is not set up.
    Unconfigured,
    /// It is not known yet what the keyring has.
    Starting,
    /// Only a person can continue.
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
    /// The last refusal, until a login or a refresh succeeds.
    pub refusal: Option<RefusalFacts<'a>>,
    /// The login in the browser that is under way.
    pub under_way: Option<BrowserLogin<'a>>,
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
    /// The token carries the right to read licences and numbers, which an administrator must approve of.
    pub reads_licences: bool,
    /// The name of the keyring entry, for support.
    pub account: &'a str,
    /// The page on which an administrator approves of the application.
    pub consent: Option<Url>,
}

/// A login in the browser that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrowserLogin<'a> {
    /// The page for the browser; none while it is not known.
    pub page: Option<&'a Url>,
    /// What is known of the browser.
    pub browser: Browser,
}

/// What is known of the browser that a login continues in. Only a login that ends proves that it opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// It was asked for the page just now.
    Asked,
    /// It accepted the page some time ago, and nobody has logged in: perhaps it did not open.
    Late,
    /// No browser could be opened.
    Failed,
}

impl LoginFacts<'_> {
    /// Only a person can continue.
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
    /// Whose refresh token was refused, if it was one.
    pub about: Option<&'a str>,
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
    /// Which way the page takes to the network.
    pub way: WebViewWay,
}

/// What the sync does.
#[derive(Debug, Clone)]
pub struct SyncFacts<'a> {
    /// How the two sides are linked.
    pub link: Link,
    /// What Connect asks of Teams.
    pub target: Option<Target>,
    /// Why it stopped itself.
    pub stop: Option<&'a SyncStop>,
    /// The status that waits for the agent's return.
    pub back: Option<&'a AgentStatus>,
    /// Why nothing can be remembered on disk, if so.
    pub not_remembered: Option<&'a DiskFailure>,
}

/// Why the sync stopped itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncStop {
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
    /// For how many people the list has no room.
    pub left_out: usize,
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
    /// What could not be read of the last full list.
    pub skipped: Skipped,
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
    /// Most of it cannot be read, or it has nobody though people were listed before.
    Unreadable(Skipped),
}

/// What could not be read of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped {
    /// How many entries could not be read.
    pub entries: usize,
    /// How many entries the list had.
    pub of: usize,
}

impl std::ops::AddAssign for Skipped {
    fn add_assign(&mut self, more: Self) {
        self.entries += more.entries;
        self.of += more.of;
    }
}
