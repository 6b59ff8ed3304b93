//! What the drawer says is true: for each state of the link a predicate over what Connect and Teams show, the tables
//! and what is ours, written separately from the code that chooses it. The world checks it after every event.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    connect::ConnectState,
    engine::Link,
    mapping::{ConnectTarget, Target},
    provenance::Held,
    source::{Source, is_choice, shows},
    teams::TeamsState,
};
use proptest::{collection::vec, prelude::*};

use super::{
    both::{Both, happenings},
    stillness::{tables, world},
    words::{minutes, preferred_target, seconds, session_target},
    world::World,
};

/// What Teams shows if it follows.
fn looks_like(target: Target) -> Option<TeamsState> {
    session_target(target).map(|value| value.shows()).or(preferred_target(target).map(|value| value.shows()))
}

impl World {
    pub fn check_link(&self) {
        let link = self.link();
        if !self.quitting {
            let what = || {
                let (teams, state, asks) = (self.engine.teams(), self.state(), self.asks());
                format!(
                    "{link:?}, while Teams shows {teams:?} and Connect {state:?}, which asks for {asks:?}"
                )
            };
            assert!(self.is_true(&link), "{}\n{}", what(), self.log.join("\n"));
        }
    }

    fn is_true(&self, link: &Link) -> bool {
        let now = self.here(self.now);
        match link {
            Link::Paused { .. } => self.disk.pause.is_some(),
            Link::DryRun => self.is_dry,
            Link::Stopped { .. } => self.disk.stop.is_some(),
            Link::Off => !self.table.enabled && !self.centre.table.enabled,
            Link::NotInStep { since } => *since <= now && !self.knows_both(seconds(110)),
            Link::TeamsFollows { at } => *at > now && self.knows_both(seconds(120)),
            Link::ConnectFollows { .. } => self.centre.table.enabled && self.knows_both(seconds(120)),
            Link::WaitsForAnswer => self.centre.question.is_some(),
            Link::WaitsForContact => self.has_contacts(),
            Link::Writing(_) => self.knows_both(seconds(120)),
            Link::NoChange => self.asks() == Some(Target::NoChange),
            Link::TeamsDecides => {
                !self.reads_ours() && matches!(self.asks(), Some(Target::Clear | Target::NoChange))
            }
            Link::TeamsLeads => !self.table.enabled && self.centre.table.enabled,
            Link::Masked => self.asks().and_then(looks_like).is_some_and(|asked| !self.reads(&asked)),
            Link::HeldByYou => {
                let is_held = matches!(self.disk.held, Held::Since { .. });
                (is_held || self.engine.teams().is_some_and(is_choice)) && !self.teams_agrees()
            }
            Link::InStep { since } => *since <= now && (self.teams_agrees() || self.connect_agrees()),
        }
    }

    /// Connect is live, and Teams was read within this time.
    fn knows_both(&self, within: Duration) -> bool {
        let read = self.read.as_ref().map(|(at, _)| self.now.duration_since(*at).unsigned_abs());
        self.centre.live().is_some() && read.is_some_and(|age| age < within)
    }

    fn has_contacts(&self) -> bool {
        self.centre.live().is_some_and(|snapshot| !snapshot.contacts.is_empty() || snapshot.next.is_some())
    }

    fn state(&self) -> Option<ConnectState> {
        Some(self.as_mapped()?.state())
    }

    fn asks(&self) -> Option<Target> {
        Some(self.look_up(&self.state()?).0.0)
    }

    fn reads(&self, state: &TeamsState) -> bool {
        self.engine.teams().is_some_and(|shown| shows(shown, state))
    }

    fn reads_ours(&self) -> bool {
        let session = self.disk.session.as_ref().map(|own| own.value.shows());
        let preferred = self.disk.preferred.as_ref().map(|own| own.value.shows());
        session.or(preferred).is_some_and(|ours| self.reads(&ours))
    }

    /// The row of the state in Connect asks for what Teams shows.
    fn teams_agrees(&self) -> bool {
        let (Some(state), Some(shown)) = (self.state(), self.engine.teams()) else { return false };
        let row = self.table.find(&state, self.alone.state.as_ref());
        row.and_then(|(_, row)| looks_like(row.target)).is_some_and(|asked| shows(shown, &asked))
    }

    /// A row of the state in Teams asks for the status in Connect, which was chosen for it.
    fn connect_agrees(&self) -> bool {
        let (Some(ConnectState::Chosen(status)), Some(shown)) = (self.state(), self.engine.teams()) else {
            return false;
        };
        let is_ours = self.asks() == Some(Target::Clear);
        let row = self.centre.table.speaks_of(shown, Source::of_teams(shown));
        is_ours && row.is_some_and(|(_, row)| row.target == ConnectTarget::Status(status.arn.clone()))
    }
}

fn run(tables: &presence::mapping::Tables, acts: &[Both]) -> World {
    let mut world = world(tables);
    acts.iter().for_each(|act| act.happens(&mut world));
    world
}

proptest! {
    /// When the countdown until Teams or Connect follows ends, that side has followed.
    #[test]
    fn no_countdown_leads_to_nothing(tables in tables(), acts in vec(happenings(), 1..20)) {
        let mut world = run(&tables, &acts);
        let asked = world.centre.question.clone();
        // What is not read yet cannot be known.
        world.poll();
        let is_read = world.engine.teams() == Some(&world.shows()) && !world.cloud.lags && world.flight.is_none();
        if !is_read || !world.fates.is_empty() || world.reads_fail {
            return Ok(());
        }
        world.forget_the_past();
        let link = world.link();
        let until = |at: Timestamp| at.duration_since(world.here(world.now)).unsigned_abs() + seconds(20);
        if let Link::TeamsFollows { at } = link {
            world.pass(until(at));
            prop_assert!(!world.written().is_empty(), "{link:?}\n{}", world.log.join("\n"));
        } else if let Link::ConnectFollows { at, asks } = link {
            world.pass(until(at));
            let has_asked = world.centre.question.is_some() && world.centre.question != asked;
            let has_come = if asks { has_asked } else { !world.ordered().is_empty() };
            prop_assert!(has_come, "{link:?}\n{}", world.log.join("\n"));
        }
    }

    /// Nothing is reported as under way for ever.
    #[test]
    fn when_nothing_happens_the_drawer_reports_a_state_at_rest(
        tables in tables(), acts in vec(happenings(), 1..30),
    ) {
        let mut world = run(&tables, &acts);
        world.reads_fail(false);
        world.fates.clear();
        world.centre.fates.clear();
        world.pass(minutes(70));
        let link = world.link();
        let waits = matches!(
            link,
            Link::Paused { .. } | Link::DryRun | Link::Stopped { .. } | Link::Off | Link::NotInStep { .. }
                | Link::WaitsForAnswer | Link::WaitsForContact
        );
        prop_assert!(link.is_at_rest() || waits, "{link:?}\n{}", world.log.join("\n"));
    }
}
