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
    machine::{login::LoginIn, sync::SyncIn},
};

/// How long taking back may last; what is left lapses by its expiry.
const TAKE_BACK_LIMIT: Duration = Duration::from_secs(4);

/// How long what is on its way to disk and to Graph may take then.
const FLUSH_LIMIT: Duration = Duration::from_secs(1);

/// The longest time from the request to quit to [`Host::exit`]. Whoever ends the process without waiting for
/// that call waits longer than this.
pub const QUIT_LIMIT: Duration = TAKE_BACK_LIMIT.saturating_add(FLUSH_LIMIT);

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
                request = self.inbox.recv() => match request {
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
            self.feed_login(LoginIn::Woke);
        }
        if moved != Moved::default() {
            self.wake();
        }
    }

    /// Somebody set the clock: everything that is remembered keeps its distance to now.
    fn redate(&mut self, by: SignedDuration) {
        self.gate.redate(by);
        self.own.redate(by);
        self.team.redate(by);
        self.ccp.redate(by);
        self.orders.redate(by);
        self.call.redate(by);
        self.login.set_clock(by, self.clock.now());
        self.wizard.redate(by);
        self.quitting.redate(by);
        self.sync(SyncIn::ClockSet(by));
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
        let front = self.front.handed_on();
        Self { front, ..Self::with(http, self.host, self.inbox, config) }
    }

    /// What was ours is taken back first. Quitting overrules a restart.
    pub(super) fn end(&mut self, after: After) {
        match &mut self.quitting {
            Some(quitting) => quitting.after = quitting.after.max(after),
            None => {
                let limit = later(self.clock.now(), TAKE_BACK_LIMIT);
                self.keep_draft();
                self.end_login_of_draft();
                self.quitting = Some(Quitting { limit, flushing: false, after });
                self.feed_login(LoginIn::Quit);
                self.tell(Event::Quit);
            }
        }
    }

    pub(super) fn quit_due(&mut self, now: Timestamp) {
        let Some(quitting) = &mut self.quitting else { return };
        let finished = self.sync.engine().is_finished() && self.login.is_settled();
        if quitting.flushing || !(finished || quitting.limit <= now) {
            return;
        }
        quitting.flushing = true;
        let (done, flushed) = tokio::sync::oneshot::channel();
        let report = self.report.clone();
        self.to_lane(Job::Flush(done));
        tokio::spawn(async move {
            // A write that hangs must not keep the process: what it leaves lapses by its expiry.
            drop(tokio::time::timeout(FLUSH_LIMIT, flushed).await);
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
