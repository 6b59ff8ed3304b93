//! The agent's Connect session, as the CCP window reports it.
//!
//! A state machine without a clock: messages, events of the window and the time go in, changes come out. It opens no
//! windows and does not wait; [`Session::deadline`] says when [`Session::due`] must be called.

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, Hosting},
    redate::Redate,
};

use crate::{
    agent::{Agent, Named, ReportedState, before, keep_beginnings, mark_missed},
    agent_error::AgentError,
    call::{Call, ContactDetails, calls},
    change::{Change, Phase},
    failure::Failure,
    message::{Message, WireError, WireFailure},
    pulse::Pulse,
};

mod life;
mod phases;

use life::{code_only, first_ping, is_old};

/// How long a page may take until its host script runs.
const TIME_LIMIT: SignedDuration = SignedDuration::from_secs(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    Closed,
    Opening { until: Timestamp },
    Running,
}

/// What to do after a message that was refused: it may have been the agent's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    None,
    /// The page must be ordered to report everything again.
    ResendDue {
        at: Timestamp,
    },
    /// The order was sent, and no state has arrived yet.
    ResendSent,
    /// The next message was refused too.
    LossDue {
        at: Timestamp,
    },
}

/// The last state of the agent.
#[derive(Debug, Clone)]
struct Last {
    stamp: u64,
    snapshot: AgentSnapshot,
    calls: Vec<Call>,
    error: Option<AgentError>,
    /// When Connect reported it.
    read: Timestamp,
}

/// What the page reports about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Page {
    online: Option<bool>,
    socket: Option<bool>,
    broken: Option<String>,
}

/// The session of one agent, over all windows that show it.
#[derive(Debug, Clone)]
pub struct Session {
    phase: Phase,
    /// When that phase began.
    since: Timestamp,
    window: Window,
    hosting: Hosting,
    /// When the login window reached the CCP; none after a message that a login is missing.
    logged_in: Option<Timestamp>,
    agent: Option<Agent>,
    last: Option<Last>,
    /// The calls of the last [`Change::Calls`]; kept when the session is lost.
    reported: Vec<Call>,
    live_since: Option<Timestamp>,
    reopened: usize,
    refusal: Refusal,
    pulse: Pulse,
    page: Page,
    is_hurried: bool,
}

impl Session {
    /// A session before its first window.
    #[must_use]
    pub fn new(hosting: Hosting, now: Timestamp) -> Self {
        Self {
            phase: Phase::Starting,
            since: now,
            window: Window::Closed,
            hosting,
            logged_in: None,
            agent: None,
            last: None,
            reported: Vec::new(),
            live_since: None,
            reopened: 0,
            refusal: Refusal::None,
            pulse: Pulse::new(now),
            page: Page::default(),
            is_hurried: false,
        }
    }

    /// The window is being opened, for the first time or again. A live session is lost with the old window, and its
    /// state is reported again by the new one, even if it is equal.
    #[must_use = "a session that was live is lost"]
    pub fn window_opened(&mut self, now: Timestamp) -> Vec<Change> {
        let changes = self.begin(now);
        self.window = Window::Opening { until: later(now, TIME_LIMIT) };
        changes
    }

    /// The person logged in: the login window reached the CCP. From now on, a frame of another origin that does not
    /// answer was refused, and does not just show a login page.
    pub fn login_reached(&mut self, now: Timestamp) {
        self.logged_in = Some(now);
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
    /// If the message is refused. It changed nothing; the follow-up is due at once.
    pub fn take(&mut self, raw: &str, now: Timestamp) -> Result<Vec<Change>, WireError> {
        if self.window == Window::Closed {
            return Err(WireError::NoWindow);
        }
        let taken = Message::parse(raw).and_then(|message| self.handle(message, now));
        if taken.is_err() {
            self.refusal = match self.refusal {
                Refusal::None => Refusal::ResendDue { at: now },
                Refusal::ResendSent => Refusal::LossDue { at: now },
                due @ (Refusal::ResendDue { .. } | Refusal::LossDue { .. }) => due,
            };
        }
        taken
    }

    fn handle(&mut self, message: Message, now: Timestamp) -> Result<Vec<Change>, WireError> {
        let is_page = message != Message::Unknown;
        let changes = match message {
            // In a live session this means that the page was reloaded.
            Message::HostReady {} => {
                self.window = Window::Running;
                self.pulse.begin(first_ping(now));
                self.refusal = Refusal::None;
                self.page = Page::default();
                self.begin(now)
            }
            Message::Agent { username, name, statuses, outbound, countries, softphone } => {
                let named = Named { username, name, statuses, outbound, countries, softphone };
                self.named(Agent::read(named), now)
            }
            Message::State { stamp, age_ms, chosen, chosen_ms, next, error, contacts } => {
                let agent = self.agent.as_ref().ok_or(WireError::NoAgent)?;
                let (snapshot, details) =
                    agent.snapshot(ReportedState { chosen, chosen_ms, next, contacts }, now);
                self.refusal = Refusal::None;
                let read = before(now, age_ms.unwrap_or(0));
                let error = error.as_deref().map(AgentError::read);
                self.take_state(State { stamp, read, snapshot, details, error }, now)
            }
            Message::Alive(alive) => self.alive(alive, now),
            Message::LoginNeeded {} | Message::Terminated {} => {
                self.logged_in = None;
                self.need_login(now)
            }
            Message::AckTimeout {} => match (self.hosting, self.logged_in) {
                // The host script sees which page its frame shows, and reports a login page itself.
                (Hosting::SameOrigin, _) => self.no_answer(now),
                (Hosting::ApprovedOrigin, None) => self.need_login(now),
                (Hosting::ApprovedOrigin, Some(login)) => self.not_approved(login, now),
            },
            // Streams has given up. An administrator may approve at any time, and a slow CCP may still load.
            Message::RetriesExhausted {}
                if matches!(self.phase, Phase::NotYet | Phase::NotApproved | Phase::NoAnswer) =>
            {
                vec![self.reopen()]
            }
            Message::RetriesExhausted {} => self.need_login(now),
            // The missing login is known already; a login opens the window again.
            Message::Stopped { .. } if self.phase == Phase::LoginNeeded => Vec::new(),
            Message::Stopped { code } => {
                let mut changes = vec![Change::Broken(code_only(&code))];
                changes.extend(self.lose(now));
                changes
            }
            Message::Reply { id, error } => replied(id, error),
            Message::Unknown => Vec::new(),
        };
        if is_page && matches!(self.window, Window::Opening { .. }) {
            self.window = Window::Running;
            self.pulse.begin(first_ping(now));
        }
        Ok(changes)
    }

    /// The phase of the session.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The agent that was reported last.
    #[must_use]
    pub fn agent(&self) -> Option<&Agent> {
        self.agent.as_ref()
    }

    /// The agent's state, while the session is live. Decisions may use it.
    #[must_use]
    pub fn snapshot(&self) -> Option<&AgentSnapshot> {
        self.live().map(|last| &last.snapshot)
    }

    /// The agent's last state and when Connect reported it, live or not. It may be shown with its age.
    #[must_use]
    pub fn last_known(&self) -> Option<(&AgentSnapshot, Timestamp)> {
        self.last.as_ref().map(|last| (&last.snapshot, last.read))
    }

    /// The stamp of that state, while the session is live: an order with it is carried out only if the state has not
    /// changed.
    #[must_use]
    pub fn stamp(&self) -> Option<u64> {
        self.live().map(|last| last.stamp)
    }

    /// The agent's voice contacts, in a fixed order; none while the session is not live.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        self.live().map(|last| last.calls.as_slice()).unwrap_or_default()
    }

    /// The error of the agent's last call, while Connect reports it; none while the session is not live.
    #[must_use]
    pub fn agent_error(&self) -> Option<AgentError> {
        self.live().and_then(|last| last.error)
    }

    /// True if the page reports that it has no network, or that Connect's web socket is lost and nothing new arrives.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        let is_running = self.window == Window::Running;
        let lost_socket = self.page.socket == Some(false) && self.phase != Phase::Live;
        is_running && (self.page.online == Some(false) || lost_socket)
    }

    fn live(&self) -> Option<&Last> {
        self.last.as_ref().filter(|_| self.phase == Phase::Live)
    }

    /// True if there is a state that can be lost.
    fn has_state(&self) -> bool {
        matches!(self.phase, Phase::Live | Phase::Old)
    }

    fn named(&mut self, agent: Agent, now: Timestamp) -> Vec<Change> {
        if self.agent.as_ref() == Some(&agent) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        if self.agent.as_ref().is_some_and(|known| known.username != agent.username) {
            changes = self.leave(Phase::Starting, now);
            self.last = None;
            self.reported = Vec::new();
        }
        self.agent = Some(agent);
        changes.push(Change::AgentKnown);
        changes
    }

    fn take_state(&mut self, state: State, now: Timestamp) -> Vec<Change> {
        let State { stamp, read, mut snapshot, details, error } = state;
        if let Some(last) = &self.last {
            mark_missed(&mut snapshot, &last.snapshot);
            keep_beginnings(&mut snapshot, &last.snapshot);
        }
        let calls = calls(&snapshot, details);
        let was = self.live().cloned();
        self.last = Some(Last { stamp, snapshot, calls, error, read });
        if is_old(read, now) {
            let was_live = self.phase == Phase::Live;
            if self.phase != Phase::Old {
                self.enter(Phase::Old, now);
            }
            return if was_live { vec![Change::Old] } else { Vec::new() };
        }
        self.go_live(was, now)
    }

    /// Makes the last state live. `was` is the live state before, if there was one.
    fn go_live(&mut self, was: Option<Last>, now: Timestamp) -> Vec<Change> {
        let Some(Last { snapshot, calls, error, .. }) = &self.last else { return Vec::new() };
        let mut changes = Vec::new();
        if was.as_ref().map(|was| &was.snapshot) != Some(snapshot) {
            changes.push(Change::Snapshot(snapshot.clone()));
        }
        // The end of a call and its reason must be reported, also if it ended while the session was lost.
        let (was_calls, was_error) = was.map(|was| (was.calls, was.error)).unwrap_or_default();
        if was_calls != *calls || was_error != *error || self.reported != *calls {
            self.reported.clone_from(calls);
            changes.push(Change::Calls);
        }
        if self.phase != Phase::Live {
            self.enter(Phase::Live, now);
        }
        self.live_since.get_or_insert(now);
        changes
    }
}

/// A state from the page.
struct State {
    stamp: u64,
    read: Timestamp,
    snapshot: AgentSnapshot,
    details: Vec<ContactDetails>,
    error: Option<AgentError>,
}

/// The answer to an order, preceded by the message of Connect, if there is one.
fn replied(id: u64, error: Option<WireFailure>) -> Vec<Change> {
    let (failure, words) = error.map(Failure::read).unzip();
    let words = words.filter(|words| !words.is_empty()).map(Change::Refused);
    words.into_iter().chain([Change::Replied { id, failure }]).collect()
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

impl Redate for Last {
    fn redate(&mut self, by: SignedDuration) {
        let Self { stamp: _, snapshot, calls, error: _, read } = self;
        snapshot.redate(by);
        calls.redate(by);
        read.redate(by);
    }
}

impl Redate for Session {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            phase: _,
            since,
            window,
            hosting: _,
            logged_in,
            agent: _,
            last,
            reported,
            live_since,
            reopened: _,
            refusal,
            pulse,
            page: _,
            is_hurried: _,
        } = self;
        match window {
            Window::Opening { until } => until.redate(by),
            Window::Closed | Window::Running => {}
        }
        match refusal {
            Refusal::ResendDue { at } | Refusal::LossDue { at } => at.redate(by),
            Refusal::None | Refusal::ResendSent => {}
        }
        since.redate(by);
        logged_in.redate(by);
        last.redate(by);
        reported.redate(by);
        live_since.redate(by);
        pulse.redate(by);
    }
}
