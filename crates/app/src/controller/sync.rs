//! Carries out what the sync asks for, in its order.
//!
//! Decides nothing: only the engine decides what is written.

use std::time::Duration;

use presence::{connect::AgentStatus, engine::Event, moment::later};
use view::{NoticeKind, from_facts::notices};

use super::Controller;
use crate::{
    host::Host,
    lane::Job,
    machine::{
        own::OwnIn,
        sync::{SyncIn, SyncOut},
        wizard::WizardIn,
    },
};

impl<H: Host> Controller<H> {
    /// Reports an event to the engine.
    pub(super) fn engine(&mut self, event: Event) {
        self.sync(SyncIn::Event(event));
    }

    pub(super) fn sync(&mut self, input: SyncIn) {
        self.asked_by_sync.extend(self.sync.on(input, self.clock.now()));
        // What follows from one of them is carried out after the others: provenance must stay right before its write.
        if std::mem::replace(&mut self.settling, true) {
            return;
        }
        while let Some(out) = self.asked_by_sync.pop_front() {
            self.carry_out_sync(out);
        }
        self.settling = false;
    }

    fn carry_out_sync(&mut self, out: SyncOut) {
        match out {
            SyncOut::Remember(kept) => self.to_lane(Job::Save(kept)),
            SyncOut::Record(entry) => self.to_lane(Job::Record(entry)),
            SyncOut::Read => self.own(OwnIn::ReadNow),
            SyncOut::Write(write) => self.write(write),
            SyncOut::Order(order) => self.to_lane(Job::Order(order)),
            SyncOut::AskBack(status) => self.notify(notices::back(&status)),
            SyncOut::AskBackOver => self.host.withdraw(NoticeKind::Back),
            SyncOut::Stopped(why) => self.notify(notices::stopped(&why)),
            SyncOut::Continues => self.host.withdraw(NoticeKind::Stopped),
            SyncOut::AnotherPerson => self.own(OwnIn::AnotherPerson),
        }
    }

    pub(super) fn pause(&mut self, minutes: Option<u32>) {
        let length = minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        self.engine(Event::Pause(length.map(|length| later(self.clock.now(), length))));
    }

    /// Keeps the statuses on disk, so that they have names while Connect is not reached, and for the command line.
    pub(super) fn keep_statuses(&mut self, statuses: &[AgentStatus]) {
        if self.statuses != statuses {
            self.statuses = statuses.to_vec();
            self.to_lane(Job::Statuses(statuses.to_vec()));
            self.wizard(WizardIn::StatusesChanged);
            self.front.touch();
        }
    }
}
