//! What prevents every write, in the world: pause, dry run, stops; and the settings. The laws of a routable status that
//! goes by Offline.

use std::time::Duration;

use presence::{
    connect::{AgentSnapshot, StatusKind},
    engine::{Event, Machine, Master, OfflineFirst, Rules, SetStatus, Write},
    provenance::{Passage, Provenance, StopReason},
};

use super::{
    super::words::{minutes, preferred_target, seconds},
    World,
};

impl World {
    pub fn rules(&mut self, rules: Rules) {
        self.rules = rules;
        self.centre.teams_leads |= rules.master == Master::Teams;
        self.send(Event::Rules(rules));
    }

    pub fn pause(&mut self, length: Option<Duration>) {
        self.released = false;
        self.send(Event::Pause(length.map(|length| self.now + length)));
    }

    pub fn resume(&mut self) {
        self.may_repeat(seconds(60));
        self.send(Event::Resume);
    }

    pub fn dry_run(&mut self, on: bool) {
        self.released &= !on;
        self.is_dry = on;
        self.may_repeat(seconds(60));
        self.send(Event::DryRun(on));
    }

    /// True if what is ours is taken back, whatever the tables ask for.
    pub fn gives_up(&self) -> bool {
        self.quitting || !self.table.enabled || self.is_still()
    }

    /// True in a pause or a dry run.
    pub fn is_still(&self) -> bool {
        self.disk.pause.is_some() || self.is_dry
    }

    /// True if the sync stopped itself, and nothing is taken back.
    pub fn is_stopped(&self) -> bool {
        self.disk.stop.is_some() && !self.gives_up()
    }

    pub fn is_stopped_by_loop(&self) -> bool {
        self.disk.stop.as_ref().is_some_and(|stop| matches!(stop.why, StopReason::Loop { .. }))
    }

    /// Sets the clock back by an hour.
    pub fn clock_back(&mut self) {
        self.send(Event::Deadline);
        let now = self.here(self.now);
        let effects = self.engine.handle(Event::Deadline, now - minutes(60));
        assert_eq!(effects, [], "nothing is to be done twice");
    }

    /// Lets another copy of the app write what this one would write now.
    pub fn copy_writes(&mut self) {
        let target = self.asked_and_held().map(|(target, _)| target);
        let value = target.and_then(preferred_target);
        if let Some(value) = value {
            self.cloud.person(value.shows(), true, self.now);
        }
    }

    // The laws.

    pub fn check_stillness(&self, write: Write) {
        assert!(!self.is_stopped(), "the sync has stopped: {write:?}");
        match write {
            Write::SetSession { .. } | Write::SetPreferred { .. } => {
                assert!(!self.gives_up(), "only taken back: {write:?}");
            }
            Write::ClearSession | Write::ClearPreferred => {}
        }
    }

    /// True if a forced sync writes again what is set.
    pub fn is_rewrite(&self, write: Write, before: &Provenance) -> bool {
        let is_set = match write {
            Write::SetSession { value, .. } => before.session.as_ref().is_some_and(|own| own.value == value),
            Write::SetPreferred { value, .. } => {
                before.preferred.as_ref().is_some_and(|own| own.value == value)
            }
            Write::ClearSession | Write::ClearPreferred => false,
        };
        self.rules.force_rewrite && is_set
    }

    /// The snapshot as mapping should see it.
    pub fn as_mapped(&self) -> Option<AgentSnapshot> {
        let mut snapshot = self.centre.live()?.clone();
        if let Some(passage) = &self.disk.passage
            && snapshot.chosen.arn == passage.offline
        {
            snapshot.chosen = passage.from.clone();
        }
        Some(snapshot)
    }

    /// Notices from what was saved what began or ended.
    pub fn follow_saved(&mut self, before: &Provenance) {
        let has_ended = (before.pause.is_some() && self.disk.pause.is_none())
            || (before.stop.is_some() && self.disk.stop.is_none());
        self.released &= self.disk.stop.is_none();
        if has_ended {
            self.may_repeat(seconds(60));
        }
        if let Some(passage) = self.disk.passage.clone().filter(|_| before.passage.is_none()) {
            self.check_passage_begin(&passage, before);
        }
    }

    /// The laws of the beginning of a passage, which is decided as if its status were set at once.
    pub fn check_passage_begin(&mut self, passage: &Passage, before: &Provenance) {
        assert_eq!(passage.from, self.centre.snapshot.chosen);
        assert_eq!(passage.to.kind, StatusKind::Routable);
        self.passage_agreed = self.centre.has_agreed(&passage.to.arn, self.now);
        if self.rules.offline_first == OfflineFirst::Always {
            let order =
                SetStatus { status: passage.to.arn.clone(), next: false, seen: self.centre.snapshot.seen() };
            self.centre.check(&order, before, self.now);
        }
    }

    /// The laws of the orders of a passage.
    pub fn check_passage(&mut self, passage: &Passage, order: &SetStatus) {
        let snapshot = &self.centre.snapshot;
        assert!(!order.next);
        assert!(snapshot.contacts.is_empty(), "never while there is a contact");
        assert_ne!(snapshot.chosen.arn, order.status, "an equal status");
        let turns_back = passage.to == passage.from;
        assert!(
            turns_back || !self.gives_up() || !self.table.enabled,
            "a passage continues while nothing may"
        );
        if order.status == passage.to.arn {
            assert_eq!(snapshot.chosen.arn, passage.offline, "by Offline");
        } else {
            assert_eq!(order.status, passage.offline);
            assert_eq!(snapshot.chosen, passage.from);
        }
        self.passage_agreed |= self.centre.has_agreed(&passage.to.arn, self.now);
        let may = self.centre.machine == Machine::Active || self.passage_agreed;
        assert!(may || turns_back, "nobody is made routable behind their back");
    }
}
