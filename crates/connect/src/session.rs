//! The agent's Connect session, as far as the CCP window shows it.
//!
//! A state machine without a clock: messages, the window's fate and the time go in, changes come out. It does
//! not open windows and does not wait; what is due is named by [`Session::deadline`].

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, Hosting},
    redate::Redate,
};

use crate::{
    agent::{Agent, Named, Told, before, missed, steady},
    agent_error::AgentError,
    call::{Call, Line, calls},
    change::{Change, Phase},
    failure::Failure,
    message::{Message, WireError, WireFailure},
    pulse::Pulse,
};

mod life;
mod phases;

use life::{bare, first_question, is_old};

/// A page that loads at all has its host script running by then.
const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    Closed,
    Opening { until: Timestamp },
    Running,
}

/// What follows from a message that was refused: it may have been the agent's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    None,
    /// The page is to say everything again.
    SayDue {
        at: Timestamp,
    },
    /// It was ordered to, and no state came yet.
    Said,
    /// That was refused too.
    LossDue {
        at: Timestamp,
    },
}

/// What was reported last.
#[derive(Debug, Clone)]
struct Last {
    stamp: u64,
    snapshot: AgentSnapshot,
    calls: Vec<Call>,
    error: Option<AgentError>,
    /// When Connect said so.
    read: Timestamp,
}

/// What the page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Page {
    online: Option<bool>,
    socket: Option<bool>,
    broken: Option<String>,
}

/// One agent's session, over every window that carries it.
#[derive(Debug, Clone)]
pub struct Session {
    phase: Phase,
    /// Since when it is in that phase.
    since: Timestamp,
    window: Window,
    hosting: Hosting,
    /// When somebody reached the CCP in the login window, if no message has said otherwise since.
    logged_in: Option<Timestamp>,
    agent: Option<Agent>,
    last: Option<Last>,
    /// The calls that were reported last, however the session went on.
    reported: Vec<Call>,
    live_since: Option<Timestamp>,
    reopened: usize,
    refusal: Refusal,
    pulse: Pulse,
    page: Page,
    hurried: bool,
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
            hurried: false,
        }
    }

    /// The window is being opened, for the first time or again. A session that was live is lost with the old window,
    /// and reported again once the new one knows it, equal or not.
    #[must_use = "a session that was live is lost"]
    pub fn window_opened(&mut self, now: Timestamp) -> Vec<Change> {
        let changes = self.begin(now);
        self.window = Window::Opening { until: later(now, PATIENCE) };
        changes
    }

    /// Somebody logged in: the CCP was reached in a window of its own. From now on a frame of another origin that
    /// stays silent was refused, and does not merely show a login page.
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
    /// When the message is refused. It then changed nothing; what follows from that is due at once.
    pub fn take(&mut self, raw: &str, now: Timestamp) -> Result<Vec<Change>, WireError> {
        if self.window == Window::Closed {
            return Err(WireError::NoWindow);
        }
        let taken = Message::parse(raw).and_then(|message| self.heard(message, now));
        if taken.is_err() {
            self.refusal = match self.refusal {
                Refusal::None => Refusal::SayDue { at: now },
                Refusal::Said => Refusal::LossDue { at: now },
                due @ (Refusal::SayDue { .. } | Refusal::LossDue { .. }) => due,
            };
        }
        taken
    }

    fn heard(&mut self, message: Message, now: Timestamp) -> Result<Vec<Change>, WireError> {
        let is_page = message != Message::Unknown;
        let changes = match message {
            // On a live session this is a page that was loaded anew.
            Message::HostReady {} => {
                self.window = Window::Running;
                self.pulse.begin(first_question(now));
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
                let (snapshot, lines) = agent.snapshot(Told { chosen, chosen_ms, next, contacts }, now);
                self.refusal = Refusal::None;
                let read = before(now, age_ms.unwrap_or(0));
                let error = error.as_deref().map(AgentError::read);
                self.take_state(State { stamp, read, snapshot, lines, error }, now)
            }
            Message::Alive(alive) => self.alive(alive, now),
            Message::LoginNeeded {} | Message::Terminated {} => {
                self.logged_in = None;
                self.need_login(now)
            }
            Message::AckTimeout {} => match (self.hosting, self.logged_in) {
                // The host script sees which page its frame shows, and says by itself when that is a login page.
                (Hosting::SameOrigin, _) => self.no_answer(now),
                (Hosting::ApprovedOrigin, None) => self.need_login(now),
                (Hosting::ApprovedOrigin, Some(login)) => self.not_approved(login, now),
            },
            // Streams tries no more. An administrator may approve at any time, and a slow CCP may come yet.
            Message::RetriesExhausted {}
                if matches!(self.phase, Phase::NotYet | Phase::NotApproved | Phase::NoAnswer) =>
            {
                vec![self.reopen()]
            }
            Message::RetriesExhausted {} => self.need_login(now),
            // A login is missing already, and opens the window again.
            Message::Stopped { .. } if self.phase == Phase::LoginNeeded => Vec::new(),
            Message::Stopped { code } => {
                let mut changes = vec![Change::Broken(bare(&code))];
                changes.extend(self.lose(now));
                changes
            }
            Message::Reply { id, error } => replied(id, error),
            Message::Unknown => Vec::new(),
        };
        if is_page && matches!(self.window, Window::Opening { .. }) {
            self.window = Window::Running;
            self.pulse.begin(first_question(now));
        }
        Ok(changes)
    }

    /// Where the session is.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The agent who was named last.
    #[must_use]
    pub fn agent(&self) -> Option<&Agent> {
        self.agent.as_ref()
    }

    /// The agent's state, while the session is live: what may be decided on.
    #[must_use]
    pub fn snapshot(&self) -> Option<&AgentSnapshot> {
        self.live().map(|last| &last.snapshot)
    }

    /// The agent's last state and when Connect said so, live or not: what may be shown, with its age.
    #[must_use]
    pub fn last_known(&self) -> Option<(&AgentSnapshot, Timestamp)> {
        self.last.as_ref().map(|last| (&last.snapshot, last.read))
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

    /// What went wrong with the agent's last call, while Connect shows that; none while the session is not live.
    #[must_use]
    pub fn agent_error(&self) -> Option<AgentError> {
        self.live().and_then(|last| last.error)
    }

    /// True where the page says that it has no network, or has lost Connect's web socket and knows nothing new.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        let is_running = self.window == Window::Running;
        let lost_socket = self.page.socket == Some(false) && self.phase != Phase::Live;
        is_running && (self.page.online == Some(false) || lost_socket)
    }

    fn live(&self) -> Option<&Last> {
        self.last.as_ref().filter(|_| self.phase == Phase::Live)
    }

    /// True where a state is there to be lost.
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
        let State { stamp, read, mut snapshot, lines, error } = state;
        if let Some(last) = &self.last {
            missed(&mut snapshot, &last.snapshot);
            steady(&mut snapshot, &last.snapshot);
        }
        let calls = calls(&snapshot, lines);
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

    /// The last state is live. `was` is the one that was so before, if any.
    fn go_live(&mut self, was: Option<Last>, now: Timestamp) -> Vec<Change> {
        let Some(Last { snapshot, calls, error, .. }) = &self.last else { return Vec::new() };
        let mut changes = Vec::new();
        if was.as_ref().map(|was| &was.snapshot) != Some(snapshot) {
            changes.push(Change::Snapshot(snapshot.clone()));
        }
        // Who follows a call must hear of its end, if it ended unseen as well, and of the reason.
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

/// A state that the page says.
struct State {
    stamp: u64,
    read: Timestamp,
    snapshot: AgentSnapshot,
    lines: Vec<Line>,
    error: Option<AgentError>,
}

/// The answer to an order, after the words of Connect, if it has any.
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
            hurried: _,
        } = self;
        match window {
            Window::Opening { until } => until.redate(by),
            Window::Closed | Window::Running => {}
        }
        match refusal {
            Refusal::SayDue { at } | Refusal::LossDue { at } => at.redate(by),
            Refusal::None | Refusal::Said => {}
        }
        since.redate(by);
        logged_in.redate(by);
        last.redate(by);
        reported.redate(by);
        live_since.redate(by);
        pulse.redate(by);
    }
}
