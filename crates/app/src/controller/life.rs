//! Begin, work, end: what was ours is taken back and everything is written before the process ends, or before a new
//! controller takes over with settings that the present one cannot use.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{engine::Event, redate::Redate};
use settings::load;

use super::{Controller, Outcome};
use crate::{
    Config,
    clock::{Moved, later},
    host::{Host, NoticeKind},
    http,
    lane::Job,
};

/// How long quitting may take before the process ends anyway; what is left lapses by its expiry.
const QUIT_LIMIT: Duration = Duration::from_secs(4);

/// What follows the end of a controller. The last one overrules the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum After {
    /// A controller with the present settings.
    Restart,
    /// The end of the process.
    Exit,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Quitting {
    limit: Timestamp,
    flushing: bool,
    after: After,
}

impl<H: Host> Controller<H> {
    pub(crate) async fn run(mut self) {
        while self.serve().await == After::Restart {
            match http::client() {
                Ok(http) => self = self.anew(http).await,
                Err(error) => {
                    tracing::error!(%error, "the new settings cannot be used");
                    break;
                }
            }
        }
        self.host.exit();
    }

    /// Works until it is asked to end, and everything is written.
    async fn serve(&mut self) -> After {
        self.begin();
        self.publish();
        loop {
            let due = self.deadline();
            let sleep = tokio::time::sleep_until(self.clock.next_turn(due));
            tokio::select! {
                request = self.inbox.0.recv() => match request {
                    Some(request) => {
                        self.follow_clock();
                        self.request(request);
                    }
                    None => return After::Exit,
                },
                Some(outcome) = self.outcomes.recv() => {
                    if matches!(outcome, Outcome::Flushed) {
                        return self.quitting.map_or(After::Exit, |quitting| quitting.after);
                    }
                    self.follow_clock();
                    self.outcome(outcome);
                }
                () = sleep => self.follow_clock(),
            }
            self.due();
            self.publish();
        }
    }

    /// A turn begins: sees what became of the clocks since the last one.
    fn follow_clock(&mut self) {
        let moved = self.clock.turn(self.host.now(), self.host.elapsed());
        if let Some(by) = moved.set {
            tracing::info!(%by, "the clock was set");
            self.redate(by);
        }
        if moved.slept {
            tracing::info!("the machine slept");
        }
        if moved != Moved::default() {
            self.wake();
        }
    }

    /// Somebody set the clock: everything that is remembered keeps its distance to now.
    fn redate(&mut self, by: SignedDuration) {
        self.own.redate(by);
        self.centre.redate(by);
        self.colleagues.redate(by);
        self.calls.redate(by);
        self.orders.redate(by);
        self.keyring.redate(by);
        self.wizard.redate(by);
        self.quitting.redate(by);
        self.login.set_clock(by, self.clock.now());
        self.tell(Event::ClockSet { by });
    }

    /// The controller of the settings that are in the files now, in front of the same windows.
    async fn anew(self, http: reqwest::Client) -> Self {
        tracing::info!("begins anew with the present settings");
        for kind in NoticeKind::ALL {
            self.host.withdraw(kind);
        }
        let (folder, policy) = (self.data_dir.clone(), self.reload.policy().clone());
        let read = tokio::task::spawn_blocking(move || load(&folder, &policy));
        let loaded = read.await.unwrap_or_default();
        let config = Config { loaded, policy: self.reload.policy().clone(), data_dir: self.data_dir };
        let front = self.front.anew();
        Self { front, ..Self::with(http, self.host, self.inbox, config) }
    }

    /// What was ours is taken back first. Quitting overrules a restart.
    pub(super) fn end(&mut self, after: After) {
        match &mut self.quitting {
            Some(quitting) => quitting.after = quitting.after.max(after),
            None => {
                let limit = later(self.clock.now(), QUIT_LIMIT);
                self.keep_draft();
                self.quitting = Some(Quitting { limit, flushing: false, after });
                self.tell(Event::Quit);
            }
        }
    }

    pub(super) fn quit_due(&mut self, now: Timestamp) {
        let Some(quitting) = &mut self.quitting else { return };
        if quitting.flushing || !(self.engine.is_finished() || quitting.limit <= now) {
            return;
        }
        quitting.flushing = true;
        let (done, flushed) = tokio::sync::oneshot::channel();
        let report = self.report.clone();
        self.to_lane(Job::Flush(done));
        tokio::spawn(async move {
            // A write that hangs must not keep the process: what it leaves lapses by its expiry.
            drop(tokio::time::timeout(Duration::from_secs(1), flushed).await);
            drop(report.send(Outcome::Flushed));
        });
    }

    pub(super) fn quit_deadline(&self) -> Option<Timestamp> {
        self.quitting.filter(|quitting| !quitting.flushing).map(|quitting| quitting.limit)
    }
}

impl Redate for Quitting {
    fn redate(&mut self, by: SignedDuration) {
        let Self { limit, flushing: _, after: _ } = self;
        limit.redate(by);
    }
}
