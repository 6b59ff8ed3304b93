//! How the two sides are linked now, derived from what the engine knows and from what it would decide.
//!
//! Decides nothing and remembers nothing.

use jiff::Timestamp;

use super::{
    Engine, Link, Write, answer::Outlook, hold::Entry, plan::Step, report::Status, suspension::Suspension,
    want::Want, write::Kind,
};
use crate::{
    connect::ConnectState,
    decision::{Guard, Side},
    mapping::{ConnectTarget, Target},
    moment::later,
    provenance::Provenance,
    source::{Source, is_choice, shows, weight},
    teams::{SessionPresence, TeamsState},
};

impl Engine {
    /// How the two sides are linked.
    #[must_use]
    pub fn link(&self) -> Link {
        if let Some(suspension) = self.suspension() {
            return self.link_of(suspension);
        }
        if !self.table.enabled && !self.teams_table.enabled {
            return Link::Off;
        }
        if let Some(since) = self.unknown_since() {
            return Link::NotInStep { since };
        }
        if self.flight.as_ref().is_some_and(|flight| flight.kind != Kind::Renewal) {
            return Link::Writing(Side::Teams);
        }
        let teams = if self.table.enabled { self.link_to_teams() } else { Link::TeamsLeads };
        match (self.change_of_connect(), &teams) {
            // What is written to Teams ends what Connect was to follow.
            (Some(Link::ConnectFollows { at, .. }), Link::TeamsFollows { .. }) if self.teams_is_first(at) => {
                teams
            }
            (Some(connect), _) => connect,
            (None, _) if teams.is_at_rest() => self.waits_for_somebody().unwrap_or(teams),
            (None, _) => teams,
        }
    }

    /// True if a state in Connect counts by this moment.
    fn teams_is_first(&self, at: Timestamp) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.due <= at)
    }

    fn link_of(&self, suspension: Suspension) -> Link {
        let Provenance { pause, stop, .. } = &self.provenance;
        match (suspension, stop) {
            (Suspension::Pause, _) => Link::Paused { until: pause.and_then(|pause| pause.until) },
            (Suspension::Loop | Suspension::SecondWriter, Some(stop)) => {
                Link::Stopped { until: stop.until, why: stop.why.clone() }
            }
            (Suspension::DryRun, _) | (Suspension::Loop | Suspension::SecondWriter, None) => Link::DryRun,
        }
    }

    fn unknown_since(&self) -> Option<Timestamp> {
        let last = self.watch.known().map(|reading| later(reading.at, self.pace.known_for));
        let old = last.filter(|ends| *ends <= self.now);
        [self.connect_lost, self.watch.lost_since(), old].into_iter().flatten().min()
    }

    /// The link if Connect is being changed, or will be once the state in Teams has lasted.
    fn change_of_connect(&self) -> Option<Link> {
        if self.is_settling() || self.orders.retry_at.is_some() {
            return Some(Link::Writing(Side::Connect));
        }
        let edge = self.edge.as_ref()?;
        let comes = matches!(edge.waits, None | Some(Guard::Every)) && self.edge_asks(edge);
        let asks = match self.outlook(edge) {
            Outlook::Sets => false,
            Outlook::Asks => true,
            Outlook::Waits | Outlook::Nothing => return None,
        };
        comes.then(|| Link::ConnectFollows { at: self.edge_due(edge), asks })
    }

    /// The link if a change in Teams waits for the agent's answer, or for the end of the contacts.
    fn waits_for_somebody(&self) -> Option<Link> {
        if self.question.is_some() {
            return Some(Link::WaitsForAnswer);
        }
        let edge = self.edge.as_ref().filter(|edge| edge.waits == Some(Guard::Contact))?;
        match self.outlook(edge) {
            Outlook::Waits => Some(Link::WaitsForContact),
            Outlook::Sets | Outlook::Asks => Some(Link::Writing(Side::Connect)),
            Outlook::Nothing => None,
        }
    }

    fn link_to_teams(&self) -> Link {
        if let Some(pending) = &self.pending {
            let rest = |status| self.rests_in(status, &pending.entry, pending.since);
            return match self.plan_after_hold() {
                Step::Rest(status) if status != Status::Deciding => rest(status),
                // The write will not show.
                Step::Decide(Write::SetSession { value, .. }) if self.will_hide(value) => {
                    rest(Status::Masked)
                }
                Step::Rest(_)
                | Step::Idle
                | Step::Decide(_)
                | Step::Complete(_)
                | Step::Lift
                | Step::Ask
                | Step::Wait
                | Step::Forget => Link::TeamsFollows { at: pending.due },
            };
        }
        let writing = Link::Writing(Side::Teams);
        let Some(entry) = &self.in_force else { return writing };
        match (self.plan(), &self.edge) {
            (Step::Rest(status), _) => {
                self.rests_in(status, entry, self.reported.in_step_since().unwrap_or(self.now))
            }
            // The change in Teams will lead to nothing, but has to be decided first.
            (_, Some(edge)) if self.connect_follows() && self.edge_due(edge) > self.now => {
                Link::TeamsFollows { at: self.edge_due(edge) }
            }
            _ => writing,
        }
    }

    /// What will be decided when the hold is over, if nothing changes. A take-back that nobody sees is skipped.
    fn plan_after_hold(&self) -> Step {
        let mut then = self.clone();
        then.in_force = then.pending.take().map(|pending| pending.entry);
        then.reported.begin();
        let step = then.plan();
        if step != Step::Complete(Write::ClearSession) || self.shows_ours() {
            return step;
        }
        then.provenance.session = None;
        then.plan()
    }

    /// True if what Teams shows wins over this session of ours.
    fn will_hide(&self, value: SessionPresence) -> bool {
        let wins = |shown: &TeamsState| is_choice(shown) || weight(shown) > weight(&value.shows());
        self.provenance.preferred.is_none()
            && self.watch.last().is_some_and(|shown| wins(shown) && !self.is_ours(shown))
    }

    fn rests_in(&self, status: Status, entry: &Entry, since: Timestamp) -> Link {
        match status {
            Status::Compare | Status::Shown if self.reads_asked(entry.target) => Link::InStep { since },
            Status::Compare
            | Status::Shown
            | Status::Deciding
            | Status::Confirming
            | Status::Suspended(_)
            | Status::Rehearsed => Link::Writing(Side::Teams),
            Status::Masked => Link::Masked,
            Status::Held => Link::HeldByYou,
            Status::NoChange => Link::NoChange,
            Status::Cleared | Status::Off => self.cleared(&entry.state, since),
        }
    }

    /// True if the last reading, of whatever age, is what this target asks for.
    fn reads_asked(&self, target: Target) -> bool {
        asks_for(target).zip(self.watch.last()).is_some_and(|(asked, shown)| shows(shown, &asked))
    }

    /// The link if nothing of ours is in Teams or will be: Teams decides, or led to the status in Connect.
    fn cleared(&self, connect: &ConnectState, since: Timestamp) -> Link {
        let (ConnectState::Chosen(status), Some(shown)) = (connect, self.watch.last()) else {
            return Link::TeamsDecides;
        };
        if self.own_status(&status.arn).is_none() {
            return Link::TeamsDecides;
        }
        let asked = Entry::look_up(&self.table, connect.clone(), self.watch.alone()).target;
        let led = self.teams_table.speaks_of(shown, Source::of_teams(shown));
        let has_led = led.is_some_and(|(_, row)| row.target == ConnectTarget::Status(status.arn.clone()));
        if self.reads_asked(asked) || (has_led && !is_choice(shown)) {
            Link::InStep { since }
        } else if is_choice(shown) {
            Link::HeldByYou
        } else {
            Link::TeamsDecides
        }
    }
}

/// What Teams shows if it follows this target.
fn asks_for(target: Target) -> Option<TeamsState> {
    match Want::of(target) {
        Want::Session(value) => Some(value.shows()),
        Want::Preferred(value) => Some(value.shows()),
        Want::Keep | Want::Nothing => None,
    }
}
