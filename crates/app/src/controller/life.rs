//! The loop of the controller, from beginning to end, and the restart with settings that the current run cannot use.
//!
//! Decides nothing: [`Ending`](crate::machine::ending::Ending) knows when a run ends.

use std::{path::Path, time::Duration};

use doctor::from_settings::account;
use jiff::SignedDuration;
use presence::{connect::AgentStatus, engine::Event, redate::Redate};
use settings::Configured;
use timeline::statuses;
use tokio::{sync::oneshot, time::timeout};
use view::NoticeKind;
use wizard::Draft;

use super::{Controller, Outcome, network::HttpAccess};
use crate::{
    Config, StartError,
    clock::Moved,
    files::Files,
    host::Host,
    lane::Job,
    machine::{
        ccp::Confirmed,
        ending::{After, EndingContext, EndingIn, EndingOut},
        login::{Authorization, LoginIn},
        message::{KeptMessages, MessageIn},
        sync::SyncIn,
        team::StoredTeam,
        wizard::WizardIn,
    },
    stored_provenance::StoredProvenance,
};

/// If the files that the next controller needs are not read within this, the application ends: nobody could quit
/// meanwhile.
const READ_LIMIT: Duration = Duration::from_secs(30);

/// What an earlier run left on disk.
#[derive(Debug)]
pub(super) struct StoredState {
    pub(super) kept: StoredProvenance,
    pub(super) messages: KeptMessages,
    pub(super) team: StoredTeam,
    pub(super) confirmed: Option<Confirmed>,
    pub(super) statuses: Vec<AgentStatus>,
    pub(super) draft: Option<Draft>,
    pub(super) authorization: Authorization,
}

impl StoredState {
    /// Blocking.
    pub(super) fn read(config: &Config) -> Self {
        let data: &Path = &config.data_dir;
        let files = Files::new(data);
        let set = config.loaded.settings.configured();
        Self {
            kept: files.load_provenance(),
            messages: files.load_messages(),
            team: files.load_team(),
            confirmed: files.load_confirmed(),
            statuses: statuses::load(data),
            draft: wizard::load(data),
            authorization: set.map(|set| files.load_authorization(&account(&set))).unwrap_or_default(),
        }
    }
}

impl<H: Host> Controller<H> {
    pub(crate) async fn run(mut self) {
        while self.serve().await == After::Restart {
            tracing::info!("restarting with the settings in the files");
            let (folder, policy) = (self.folder.path.clone(), self.folder.policy.clone());
            let read = tokio::task::spawn_blocking(move || {
                let loaded = settings::load(&folder, &policy);
                let config = Config { loaded, policy, data_dir: folder };
                let left = StoredState::read(&config);
                Ok::<_, StartError>((HttpAccess::of(&config.loaded.settings)?, config, left))
            });
            match timeout(READ_LIMIT, read).await {
                Ok(Ok(Ok((wire, config, left)))) => self = self.next(wire, config, left),
                failed => {
                    tracing::error!(?failed, "the new settings cannot be used");
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
                    self.follow_clock();
                    self.outcome(outcome);
                }
                chosen = self.save_dialog.chosen() => {
                    self.follow_clock();
                    self.file_chosen(chosen);
                }
                () = sleep => self.follow_clock(),
            }
            self.due();
            self.restart_when_set_up();
            self.follow_need();
            self.follow_colleagues();
            self.follow_network();
            self.message(MessageIn::Turn);
            if let Some(after) = self.ending.over() {
                return after;
            }
            self.publish();
        }
    }

    /// Restarts by itself if an administrator has set the application up while it ran. A person who has the wizard open
    /// decides when instead; a draft that is kept while the window is closed does not count.
    fn restart_when_set_up(&mut self) {
        let is_set_up = self.setup.is_err() && self.settings.used().configured().is_ok();
        let is_at_wizard =
            self.wizard.is_saving() || self.front.is_settings_open() && self.wizard.draft().is_some();
        if is_set_up && !is_at_wizard && !self.ending.is_begun() {
            self.end(After::Restart);
        }
    }

    /// Begins a turn: reads both clocks.
    fn follow_clock(&mut self) {
        let moved = self.clock.turn(self.host.now(), self.host.elapsed());
        if let Some(by) = moved.set {
            tracing::info!(%by, "the clock was set");
            self.redate(by);
        }
        if moved.slept {
            tracing::info!("the machine slept");
            self.login(LoginIn::Woke);
        }
        if moved != Moved::default() {
            self.wake();
        }
    }

    /// The clock was set: every moment that is remembered moves with it.
    fn redate(&mut self, by: SignedDuration) {
        self.gate.redate(by);
        self.own.redate(by);
        self.message.redate(by);
        self.team.redate(by);
        self.colleagues.redate(by);
        self.find.redate(by);
        self.photos.redate(by);
        self.ccp.redate(by);
        self.orders.redate(by);
        self.call.redate(by);
        self.incoming.redate(by);
        self.recent.redate(by);
        self.login.set_clock(by, self.clock.now());
        self.settings.redate(by);
        self.proxy_password.redate(by);
        self.network.redate(by);
        self.doctor.redate(by);
        self.wizard.redate(by);
        self.ending.redate(by);
        self.sync(SyncIn::ClockSet(by));
    }

    /// The next controller, with these settings and the same windows. Waits that Microsoft asked for outlive the
    /// restart.
    fn next(mut self, wire: HttpAccess, config: Config, left: StoredState) -> Self {
        for kind in NoticeKind::ALL {
            self.host.withdraw(kind);
        }
        // This controller has no further turn, so only what is passed on follows the clock.
        if let Some(by) = self.clock.turn(self.host.now(), self.host.elapsed()).set {
            self.gate.redate(by);
            self.login.set_clock(by, self.clock.now());
        }
        let (front, saved) = (self.front.for_next_run(), self.wizard.saved().cloned());
        let next = Self::with(wire, self.clock, self.host, self.inbox, config, left, saved);
        let mut next = Self { front, save_dialog: self.save_dialog, ..next };
        next.proxy_password.continue_from(self.proxy_password);
        if let (Some(former), Some(proxy)) = (&self.wire.proxy, &next.wire.proxy) {
            proxy.remember_refusal_of(former);
        }
        if let (Ok(former), Ok(set)) = (&self.setup, &next.setup)
            && is_same_microsoft(former, set)
        {
            next.gate = self.gate;
            next.login.continue_from(self.login);
            next.own.continue_from(self.own);
        }
        next
    }

    /// Begins the end: what is ours is taken back first.
    pub(super) fn end(&mut self, after: After) {
        self.ending(EndingIn::End(after));
    }

    pub(super) fn ending(&mut self, input: EndingIn) {
        let settled = self.login.is_settled()
            && self.proxy_password.is_settled()
            && self.settings.is_settled()
            && !self.wizard.is_saving();
        let context = EndingContext {
            finished: self.sync.engine().is_finished() && self.message.is_finished() && settled,
        };
        for out in self.ending.on(input, &context, self.clock.now()) {
            match out {
                EndingOut::TakeBack => {
                    self.wizard(WizardIn::End);
                    self.login(LoginIn::Quit);
                    self.engine(Event::Quit);
                    self.message(MessageIn::Quit);
                }
                EndingOut::Flush => {
                    // Keeps what was typed since the end began.
                    self.wizard(WizardIn::End);
                    self.flush();
                }
            }
        }
    }

    fn flush(&self) {
        let (done, flushed) = oneshot::channel();
        let report = self.report.clone();
        self.to_lane(Job::Flush(done));
        let shelf = self.flush_shelf();
        tokio::spawn(async move {
            drop(flushed.await);
            if let Some(shelf) = shelf {
                drop(shelf.await);
            }
            drop(report.send(Outcome::Flushed));
        });
    }
}

/// True if both use the same tenant in the same cloud: Microsoft counts requests and asks for waits across our
/// restarts.
fn is_same_microsoft(former: &Configured, next: &Configured) -> bool {
    (&former.tenant, &former.login, &former.graph) == (&next.tenant, &next.login, &next.graph)
}

#[cfg(test)]
mod tests;
