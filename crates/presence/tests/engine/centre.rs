//! A simulated Connect for one agent: the chosen status, the queued next one, contacts, and orders that are refused if
//! they are stale. The writes to Connect are checked against it.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    connect::{
        Activity, AgentSnapshot, AgentStatus, Channel, Contact, ContactId, Seen, StatusArn, StatusKind,
    },
    engine::{Event, Machine, SetStatus},
    mapping::{ConnectTarget, TeamsToConnect, When},
    provenance::{Held, Provenance},
    source::{Source, is_choice},
    teams::{Reading, TeamsState},
};

use super::{
    words::{chosen, start, status},
    world::LATENCY,
};

/// An order in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ordered {
    Set(String),
    Next(String),
    ClearNext,
}

/// How an order is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// It does not arrive.
    Refused,
    /// It arrives, but its answer does not.
    Unanswered,
    /// It is answered as carried out, and has no effect.
    Ignored,
    /// It is refused as stale, although no change was reported.
    Stale,
}

/// A Teams state that was entered, as far as readings show.
#[derive(Debug, Clone)]
struct Entered {
    state: TeamsState,
    left: Option<Timestamp>,
    seen: Timestamp,
    /// Orders that arrived for it.
    writes: u32,
}

/// An order on its way.
#[derive(Debug, Clone)]
struct Way {
    due: Timestamp,
    ordered: Ordered,
    seen: Seen,
    fate: Option<Lost>,
    /// The Teams state that it answers.
    answers: Option<TeamsState>,
}

#[derive(Debug, Clone)]
pub struct Centre {
    pub snapshot: AgentSnapshot,
    pub is_live: bool,
    /// The engine has received a status since its start.
    has_reported: bool,
    pub table: TeamsToConnect,
    pub statuses: Vec<AgentStatus>,
    pub machine: Machine,
    /// What was ordered, and when.
    pub orders: Vec<(Timestamp, Ordered)>,
    /// The fates of the next orders; success once they have run out.
    pub fates: Vec<Lost>,
    /// What the agent is asked about.
    pub question: Option<AgentStatus>,
    /// The status to which the agent said yes, and when.
    agreed: Option<(StatusArn, Timestamp)>,
    order: Option<Way>,
    has_changed: bool,
    /// Connect chose what was queued, and has not reported it yet.
    pub took_next: Option<StatusArn>,
    chose_at: Option<Timestamp>,
    entered: Option<Entered>,
    /// The last reading in which nothing of ours hid what Teams itself shows.
    last_read: Option<Timestamp>,
    is_covered: bool,
    /// Teams leads if a person changed both sides.
    pub teams_leads: bool,
}

impl Centre {
    pub fn new(table: TeamsToConnect) -> Self {
        let names =
            ["Available", "Offline", "Meeting", "Presenting", "Case work", "Lunch", "Whatever", "Desk"];
        Self {
            snapshot: chosen("Available"),
            is_live: false,
            has_reported: false,
            table,
            statuses: names.map(status).to_vec(),
            machine: Machine::Active,
            orders: Vec::new(),
            fates: Vec::new(),
            question: None,
            agreed: None,
            order: None,
            has_changed: false,
            took_next: None,
            chose_at: None,
            entered: None,
            last_read: None,
            is_covered: false,
            teams_leads: false,
        }
    }

    pub fn live(&self) -> Option<&AgentSnapshot> {
        Some(&self.snapshot).filter(|_| self.is_live)
    }

    // What happens from outside.

    pub fn agent(&mut self, snapshot: AgentSnapshot, now: Timestamp) {
        if self.snapshot.chosen != snapshot.chosen && self.has_reported {
            self.chose_at = Some(now);
        }
        self.has_reported = true;
        self.snapshot = snapshot;
        self.is_live = true;
    }

    pub fn picks(&mut self, name: &str, now: Timestamp) {
        self.is_live = true;
        let picked = status(name);
        if self.snapshot.contacts.is_empty() {
            self.agent(AgentSnapshot { chosen: picked, next: None, ..self.snapshot.clone() }, now);
        } else {
            // Choosing the routable status takes back what is queued.
            self.snapshot.next = Some(picked).filter(|picked| picked.kind != StatusKind::Routable);
        }
    }

    pub fn call(&mut self, activity: Option<Activity>, now: Timestamp) {
        self.is_live = true;
        let contact = |activity| Contact {
            id: ContactId::new("c-1"),
            channel: Channel::Voice,
            activity,
            since: start(),
        };
        self.snapshot.contacts = activity.map(contact).into_iter().collect();
        if self.snapshot.contacts.is_empty()
            && let Some(next) = self.snapshot.next.take()
        {
            self.took_next = Some(next.arn.clone());
            self.snapshot.chosen = next;
            self.chose_at = self.chose_at.filter(|chose_at| *chose_at != now);
        }
    }

    pub fn ask(&mut self, asked: &AgentStatus) {
        assert!(self.question.is_none(), "one question at a time");
        self.question = Some(asked.clone());
    }

    pub fn answers(&mut self, yes: bool, now: Timestamp) {
        let asked = self.question.as_ref().map(|status| (status.arn.clone(), now));
        self.agreed = asked.filter(|_| yes);
    }

    /// A yes counts for a minute.
    pub fn has_agreed(&self, status: &StatusArn, now: Timestamp) -> bool {
        let counts = |given: Timestamp| now.duration_since(given).unsigned_abs() < Duration::from_secs(60);
        self.agreed.as_ref().is_some_and(|(agreed, given)| agreed == status && counts(*given))
    }

    pub fn forget(&mut self) {
        self.entered = None;
    }

    pub fn restart(&mut self, arrives: bool) {
        if let Some(way) = self.order.take()
            && arrives
        {
            self.apply(&way);
        }
        self.question = None;
        self.agreed = None;
        self.last_read = None;
        // What the agent chose before the start is not known to have been a choice.
        self.chose_at = None;
        self.has_reported = self.is_live;
    }

    pub fn another_person(&mut self) {
        self.entered = None;
        self.agreed = None;
        self.last_read = None;
    }

    // Orders.

    /// Sends an order, which answers `state`, or the state that was entered last.
    pub fn order(&mut self, ordered: Ordered, seen: Seen, state: Option<TeamsState>, now: Timestamp) {
        assert!(self.order.is_none(), "one order at a time");
        assert_eq!(
            self.live().map(AgentSnapshot::seen),
            Some(seen.clone()),
            "decided on what was reported last"
        );
        if ordered == Ordered::ClearNext {
            assert!(self.snapshot.next.is_some());
            self.check_contacts();
        }
        let fate = if self.fates.is_empty() { None } else { Some(self.fates.remove(0)) };
        self.orders.push((now, ordered.clone()));
        let answers = state.or_else(|| self.entered.as_ref().map(|entered| entered.state.clone()));
        self.order = Some(Way { due: now + LATENCY, ordered, seen, fate, answers });
    }

    pub fn order_due(&self) -> Option<Timestamp> {
        self.order.as_ref().map(|way| way.due)
    }

    /// Carries out the order under way, and answers it.
    pub fn carry_out(&mut self) -> Option<Event> {
        let way = self.order.take()?;
        let fate = way.fate;
        if !self.is_live || fate == Some(Lost::Refused) {
            return Some(Event::StatusRefused { stale: false });
        }
        if fate == Some(Lost::Ignored) {
            return Some(Event::StatusSet);
        }
        if fate == Some(Lost::Stale) || !self.apply(&way) {
            return Some(Event::StatusRefused { stale: true });
        }
        Some(if fate.is_some() { Event::StatusRefused { stale: false } } else { Event::StatusSet })
    }

    /// The snapshot changed by the last order.
    pub fn has_changed(&mut self) -> bool {
        std::mem::take(&mut self.has_changed)
    }

    fn apply(&mut self, way: &Way) -> bool {
        if self.snapshot.seen() != way.seen {
            return false;
        }
        // The consent is used up. Until then the order may be tried again.
        self.agreed = None;
        match &way.ordered {
            Ordered::Set(name) => self.snapshot.chosen = status(name),
            Ordered::Next(name) => self.snapshot.next = Some(status(name)),
            Ordered::ClearNext => self.snapshot.next = None,
        }
        self.has_changed = true;
        let answers = way.answers.as_ref().map(|state| self.row(state));
        let row = self.entered.as_ref().map(|entered| self.row(&entered.state));
        if way.ordered != Ordered::ClearNext
            && row == answers
            && let Some(entered) = &mut self.entered
        {
            entered.writes += 1;
        }
        true
    }

    // The reference for the edges.

    pub fn row(&self, state: &TeamsState) -> Option<usize> {
        self.table.speaks_of(state, Source::of_teams(state)).map(|(row, _)| row)
    }

    pub fn sees(&mut self, reading: &Reading, disk: &Provenance, now: Timestamp) {
        if ours(&reading.state, disk, now) {
            // A session hides nothing that asks for a status; a preferred presence hides everything.
            self.is_covered = disk.preferred.as_ref().is_some_and(|own| own.value.shows() == reading.state);
            if !self.is_covered {
                self.entered = None;
                self.last_read = Some(reading.at);
            }
            return;
        }
        let left = self.last_read.replace(reading.at);
        let was_covered = std::mem::take(&mut self.is_covered);
        let row = self.row(&reading.state);
        let (seen, left, writes) = match &self.entered {
            Some(entered) if self.row(&entered.state) == row && was_covered => {
                (reading.at, left, entered.writes)
            }
            Some(entered) if self.row(&entered.state) == row => (entered.seen, entered.left, entered.writes),
            Some(_) | None => (reading.at, left, 0),
        };
        self.entered = Some(Entered { state: reading.state.clone(), left, seen, writes });
    }

    fn check_contacts(&self) {
        let safe = self.snapshot.contacts.iter().all(|contact| contact.activity.is_live());
        assert!(safe, "nothing is written to Connect now: {:?}", self.snapshot.contacts);
    }

    /// The laws of every single write to Connect.
    pub fn check(&mut self, order: &SetStatus, before: &Provenance, now: Timestamp) {
        assert!(self.table.enabled);
        let kind = status(order.status.as_str().trim_start_matches("arn:")).kind;
        let entered = self.entered.clone().expect("a state was entered");
        // A state that replaced ours is known to be a person's, whatever it looks like.
        let row_by = |source| self.table.find(&entered.state, source, &self.snapshot.states());
        let rows = [Source::of_teams(&entered.state), Source::Person].map(row_by).into_iter().flatten();
        let own: Vec<_> = [&before.status, &before.status_before].into_iter().flatten().collect();
        let row = rows.map(|(_, row)| row).find(|row| match &row.target {
            ConnectTarget::NoChange => false,
            ConnectTarget::Restore => own.iter().any(|own| own.earlier == order.status),
            ConnectTarget::Status(arn) => *arn == order.status,
        });
        let row = row.expect("a row asks for it");
        let hold: Duration = self.table.hold_of(row);
        assert!(now.duration_since(entered.seen).unsigned_abs() >= hold, "written before its hold");
        assert!(!ours(&entered.state, before, now), "what is ours is no source");
        assert_eq!(entered.writes, 0, "entering a state causes one write at most");
        self.check_contacts();
        assert_eq!(order.next, !self.snapshot.contacts.is_empty());
        assert!(!order.next || kind != StatusKind::Routable, "nobody is queued to be routable");
        let own_next = before.next.as_ref().map(|own| &own.status);
        if let Some(next) = &self.snapshot.next {
            assert_eq!(Some(&next.arn), own_next, "what the agent queued is not ours to replace");
        }
        assert_ne!(self.snapshot.chosen.arn, order.status, "an equal status");
        let names_offline = row.conditions.only_while.contains(&When::Kind(StatusKind::Offline));
        assert!(
            names_offline || self.snapshot.chosen.kind != StatusKind::Offline,
            "nothing is written over Offline"
        );
        let agreed = self.has_agreed(&order.status, now);
        assert!(
            kind != StatusKind::Routable || self.machine == Machine::Active || agreed,
            "nobody is made routable behind their back"
        );
        let chosen = &self.snapshot.chosen.arn;
        match &row.target {
            ConnectTarget::NoChange => panic!("the row asks for nothing"),
            ConnectTarget::Status(arn) => assert_eq!(*arn, order.status),
            ConnectTarget::Restore => {
                assert!(own.iter().any(|own| own.status == *chosen), "only what is ours is restored");
            }
        }
        if let (Some(chose_at), Some(left)) = (self.chose_at, entered.left) {
            let is_a_persons = is_choice(&entered.state) || before.held != Held::No;
            let teams_leads = self.teams_leads && is_a_persons && chose_at <= entered.seen;
            assert!(chose_at < left || teams_leads, "the agent's own choice leads");
        }
    }
}

fn ours(state: &TeamsState, disk: &Provenance, now: Timestamp) -> bool {
    let session = disk.session.as_ref().filter(|own| own.expires > now).map(|own| own.value.shows());
    let preferred = disk.preferred.as_ref().filter(|own| own.expires > now).map(|own| own.value.shows());
    [session, preferred].into_iter().flatten().any(|shows| shows == *state)
}
