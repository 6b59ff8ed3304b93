//! The agent's Connect session, as far as the CCP window shows it.
//!
//! A state machine without a clock: messages, the window's fate and the time go in, changes come out. It does
//! not open windows and does not wait; what is due is named by [`Session::deadline`].

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, Hosting},
    redate::Redate,
};

use crate::{
    agent::{Agent, Named, Told, steady},
    bucket::Bucket,
    call::{Call, Line, calls},
    failure::Failure,
    message::{Message, WireError},
};

/// A page that loads at all has its host script running by then.
const PATIENCE: Duration = Duration::from_secs(20);
/// Waits before the window is opened again, in seconds; the last one repeats.
const BACK_OFF: [u64; 5] = [1, 2, 5, 15, 60];
/// A session that was live for this long was a good one: the waits start anew.
const GOOD: SignedDuration = SignedDuration::from_secs(60);

/// Where the session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The window is being opened, or Streams is being started.
    Starting,
    /// Nobody is logged in to Connect.
    LoginNeeded,
    /// The instance does not answer.
    NoAnswer,
    /// The instance does not let our own page frame the CCP: an administrator has to approve of its origin.
    NotApproved,
    /// The agent's state is known and kept up to date.
    Live,
    /// The window died.
    Lost,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The agent's state, different from the last one told.
    Snapshot(AgentSnapshot),
    /// The agent's calls, different from the last ones told; a number that becomes known is told here alone.
    Calls,
    /// The agent is known, or is another one, or has other statuses or rights.
    AgentKnown,
    /// The session is not live any more: the agent's state is unknown, not offline.
    Lost,
    /// Somebody must log in to Connect.
    LoginNeeded,
    /// The instance does not answer.
    NoAnswer,
    /// The instance does not let our own page frame the CCP.
    NotApproved,
    /// The page answered an order.
    Replied {
        /// The order's id.
        id: u64,
        /// None when Connect took it.
        failure: Option<Failure>,
    },
    /// The window should be closed and opened again.
    ReopenWindow {
        /// After this wait.
        after: Duration,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    Closed,
    Opening { until: Timestamp },
    Running,
}

/// What was told last.
#[derive(Debug, Clone)]
struct Last {
    stamp: u64,
    snapshot: AgentSnapshot,
    calls: Vec<Call>,
}

/// One agent's session, over every window that carries it.
#[derive(Debug, Clone)]
pub struct Session {
    phase: Phase,
    window: Window,
    hosting: Hosting,
    /// Somebody reached the CCP in the login window, and no message has told otherwise since.
    logged_in: bool,
    agent: Option<Agent>,
    last: Option<Last>,
    live_since: Option<Timestamp>,
    reopened: usize,
    bucket: Bucket,
}

impl Session {
    /// A session before its first window.
    #[must_use]
    pub fn new(hosting: Hosting, now: Timestamp) -> Self {
        Self {
            phase: Phase::Starting,
            window: Window::Closed,
            hosting,
            logged_in: false,
            agent: None,
            last: None,
            live_since: None,
            reopened: 0,
            bucket: Bucket::full(now),
        }
    }

    /// The window is being opened, for the first time or again. A session that was live is told anew once the
    /// new window knows it, equal or not.
    pub fn window_opened(&mut self, now: Timestamp) {
        self.begin(now);
        self.window = Window::Opening { until: now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX) };
    }

    /// Somebody logged in: the CCP was reached in a window of its own. From now on a frame of another origin that
    /// stays silent was refused, and does not merely show a login page.
    pub fn login_reached(&mut self) {
        self.logged_in = true;
        if self.phase == Phase::LoginNeeded {
            self.phase = Phase::Starting;
        }
    }

    /// The window's web process died, or its page could not be loaded.
    pub fn window_died(&mut self, now: Timestamp) -> Vec<Change> {
        if self.window == Window::Closed {
            return Vec::new();
        }
        self.leave(Phase::Lost, now);
        vec![Change::Lost, self.reopen()]
    }

    /// Takes one message of the window.
    ///
    /// # Errors
    /// When the message is refused. It then changed nothing.
    pub fn take(&mut self, raw: &str, now: Timestamp) -> Result<Vec<Change>, WireError> {
        if !self.bucket.take(now) {
            return Err(WireError::TooMany);
        }
        if self.window == Window::Closed {
            return Err(WireError::NoWindow);
        }
        let changes = match Message::parse(raw)? {
            // On a live session this is a page that was loaded anew.
            Message::HostReady {} => self.begin(now),
            Message::Agent { username, name, statuses, outbound, countries, softphone } => {
                let named = Named { username, name, statuses, outbound, countries, softphone };
                self.named(Agent::read(named)?, now)
            }
            Message::State { stamp, chosen, chosen_ms, next, contacts } => {
                let agent = self.agent.as_ref().ok_or(WireError::NoAgent)?;
                let (snapshot, lines) = agent.snapshot(Told { chosen, chosen_ms, next, contacts }, now)?;
                self.told(stamp, snapshot, lines, now)
            }
            Message::LoginNeeded {} | Message::Terminated {} => {
                self.logged_in = false;
                self.need_login(now)
            }
            Message::AckTimeout {} => match (self.hosting, self.logged_in) {
                // The host script sees which page its frame shows, and says by itself when that is a login page.
                (Hosting::SameOrigin, _) => self.no_answer(now),
                (Hosting::ApprovedOrigin, false) => self.need_login(now),
                (Hosting::ApprovedOrigin, true) => self.not_approved(now),
            },
            // An administrator may approve at any time, and Streams tries no more.
            Message::RetriesExhausted {} if self.phase == Phase::NotApproved => vec![self.reopen()],
            Message::RetriesExhausted {} => self.need_login(now),
            Message::Reply { id, error } => {
                vec![Change::Replied { id, failure: error.map(Failure::read).transpose()? }]
            }
        };
        if matches!(self.window, Window::Opening { .. }) {
            self.window = Window::Running;
        }
        Ok(changes)
    }

    /// When [`Self::due`] is to be called, if nothing happens before.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.window {
            Window::Opening { until } => Some(until),
            Window::Closed | Window::Running => None,
        }
    }

    /// Does what is due by now.
    pub fn due(&mut self, now: Timestamp) -> Vec<Change> {
        if self.deadline().is_none_or(|until| now < until) {
            return Vec::new();
        }
        self.leave(Phase::NoAnswer, now);
        vec![Change::NoAnswer, self.reopen()]
    }

    /// Where the session stands.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The agent who was named last.
    #[must_use]
    pub fn agent(&self) -> Option<&Agent> {
        self.agent.as_ref()
    }

    /// The agent's state, while the session is live.
    #[must_use]
    pub fn snapshot(&self) -> Option<&AgentSnapshot> {
        self.live().map(|last| &last.snapshot)
    }

    /// The stamp of that state, while the session is live: an order that names it is carried out only while the
    /// state still holds.
    #[must_use]
    pub fn stamp(&self) -> Option<u64> {
        self.live().map(|last| last.stamp)
    }

    /// The agent's voice contacts, in a fixed order; none while the session is not live.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        self.live().map(|last| last.calls.as_slice()).unwrap_or_default()
    }

    fn live(&self) -> Option<&Last> {
        self.last.as_ref().filter(|_| self.phase == Phase::Live)
    }

    fn named(&mut self, agent: Agent, now: Timestamp) -> Vec<Change> {
        if self.agent.as_ref() == Some(&agent) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        if self.agent.as_ref().is_some_and(|known| known.username != agent.username) {
            changes = self.leave(Phase::Starting, now);
            self.last = None;
        }
        self.agent = Some(agent);
        changes.push(Change::AgentKnown);
        changes
    }

    fn told(
        &mut self,
        stamp: u64,
        mut snapshot: AgentSnapshot,
        lines: Vec<Line>,
        now: Timestamp,
    ) -> Vec<Change> {
        if let Some(last) = &self.last {
            steady(&mut snapshot, &last.snapshot);
        }
        let calls = calls(&snapshot, lines);
        let mut changes = Vec::new();
        if self.snapshot() != Some(&snapshot) {
            changes.push(Change::Snapshot(snapshot.clone()));
        }
        if self.calls() != calls {
            changes.push(Change::Calls);
        }
        self.phase = Phase::Live;
        self.live_since.get_or_insert(now);
        self.last = Some(Last { stamp, snapshot, calls });
        changes
    }

    fn need_login(&mut self, now: Timestamp) -> Vec<Change> {
        if self.phase == Phase::LoginNeeded {
            return Vec::new();
        }
        let mut changes = self.leave(Phase::LoginNeeded, now);
        changes.push(Change::LoginNeeded);
        changes
    }

    /// The window stays: Streams goes on trying, and the host script tells the state anew when that works.
    fn no_answer(&mut self, now: Timestamp) -> Vec<Change> {
        // A missing login is why the CCP does not answer: that is the better word.
        if matches!(self.phase, Phase::LoginNeeded | Phase::NoAnswer) {
            return Vec::new();
        }
        let mut changes = self.leave(Phase::NoAnswer, now);
        changes.push(Change::NoAnswer);
        changes
    }

    fn not_approved(&mut self, now: Timestamp) -> Vec<Change> {
        if self.phase == Phase::NotApproved {
            return Vec::new();
        }
        let mut changes = self.leave(Phase::NotApproved, now);
        changes.push(Change::NotApproved);
        changes
    }

    /// A missing login stays missing, and a refused frame refused, until the CCP answers, however often it is tried.
    fn begin(&mut self, now: Timestamp) -> Vec<Change> {
        match self.phase {
            Phase::LoginNeeded | Phase::NotApproved => Vec::new(),
            Phase::Starting | Phase::NoAnswer | Phase::Live | Phase::Lost => self.leave(Phase::Starting, now),
        }
    }

    fn leave(&mut self, phase: Phase, now: Timestamp) -> Vec<Change> {
        let was_live = std::mem::replace(&mut self.phase, phase) == Phase::Live;
        if self.live_since.take().is_some_and(|since| now.duration_since(since) >= GOOD) {
            self.reopened = 0;
        }
        if was_live { vec![Change::Lost] } else { Vec::new() }
    }

    fn reopen(&mut self) -> Change {
        let [.., longest] = BACK_OFF;
        let wait = BACK_OFF.get(self.reopened).copied().unwrap_or(longest);
        self.reopened = self.reopened.saturating_add(1);
        self.window = Window::Closed;
        Change::ReopenWindow { after: Duration::from_secs(wait) }
    }
}

impl Redate for Last {
    fn redate(&mut self, by: SignedDuration) {
        let Self { stamp: _, snapshot, calls } = self;
        snapshot.redate(by);
        calls.redate(by);
    }
}

impl Redate for Session {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            phase: _,
            window,
            hosting: _,
            logged_in: _,
            agent: _,
            last,
            live_since,
            reopened: _,
            bucket,
        } = self;
        match window {
            Window::Opening { until } => until.redate(by),
            Window::Closed | Window::Running => {}
        }
        last.redate(by);
        live_since.redate(by);
        bucket.redate(by);
    }
}
