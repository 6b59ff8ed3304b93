//! The settings while the program runs: read again when a file changes, and which of them are used at once.
//!
//! Tables, holds, the drawer and calls follow at once. Another tenant, application, instance or address needs a
//! restart. A policy that breaks changes nothing: the settings in memory are the administrator's. What the person
//! changes goes into their file and comes back from there. It reads no file itself and finds no words.

mod edits;
mod saving;

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use presence::{connect::AgentStatus, engine::Event, mapping::with_proposals, moment::later, redate::Redate};
use settings::{
    Country, Key, Layer, Loaded, NeedsRestart, NotKept, NotSaved, Note, Problem, RECENT_CALLS, Settings,
    StatusMessage,
};
use view::{
    controls::{MessageChoice, SettingEdit},
    facts::SettingRefusal,
};

pub(crate) use self::edits::EditOrigin;
use self::{edits::Edits, saving::report};

/// A reading that has not ended after this is not waited for any more: the folder may be on a network that cannot be
/// reached.
const LIMIT: Duration = Duration::from_secs(30);

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SettingsIn {
    /// The controller begins.
    Begin,
    /// A file has changed, or may have.
    Changed,
    /// A reading ended.
    Read {
        /// Its number.
        reading: u64,
        /// What was read.
        loaded: Box<Loaded>,
    },
    /// A control asks for this.
    Edit(SettingEdit),
    /// The menu asks for the own number in the status message, or no longer.
    NumberInStatus {
        /// From now on, or no longer.
        on: bool,
    },
    /// What the person wanted is in the file, or why not.
    Saved(Result<(), NotSaved>),
    /// The settings window was closed.
    WindowClosed,
    /// The statuses of the instance are known, or others than before.
    Statuses,
    /// The deadline has come.
    Due,
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SettingsContext<'a> {
    /// The statuses of the agent; none before Connect has reported them.
    pub(crate) statuses: &'a [AgentStatus],
    /// Whether this copy can start with the system.
    pub(crate) can_start_with_system: bool,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SettingsOut {
    /// Read the files; answer with [`SettingsIn::Read`].
    Read {
        /// The number of the reading.
        reading: u64,
    },
    /// Put what differs between the two into the file of the person; answer with [`SettingsIn::Saved`].
    Save {
        /// What was read.
        loaded: Box<Loaded>,
        /// What is to be there.
        wanted: Box<Settings>,
    },
    /// Notify the person that a setting was not saved, for this reason.
    NotifyNotSaved(SettingRefusal),
    /// What the settings window shows has changed.
    Changed,
    /// Nobody waits for a reading any more. If the files were read, these settings are what the wizard begins from.
    Ended {
        /// True if the files are good.
        good: bool,
    },
    /// Notify the person of a file that cannot be used.
    Notify(Problem),
    /// Withdraw that notification.
    WithdrawNotice,
    /// Report this to the engine.
    Engine(Event),
    /// The settings that the team needs.
    Scope {
        /// None: all.
        limit: Option<usize>,
        /// None: nowhere.
        region: Option<Country>,
        /// How many agents of the company share Graph's limits.
        seats: u32,
    },
    /// Use these on the desktop.
    Desktop(Box<Settings>),
}

#[derive(Debug, Clone, Copy)]
struct ReadInProgress {
    until: Timestamp,
    /// A file changed since it began.
    again: bool,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct CurrentSettings {
    /// The settings that the program began with.
    begun: Settings,
    /// What was read last without a problem; only the problem is always the newest.
    loaded: Loaded,
    used: Settings,
    problem: Option<Problem>,
    not_kept: Option<NotKept>,
    reading: Option<ReadInProgress>,
    /// The number of the newest reading.
    last: u64,
    edits: Edits,
    /// How many calls were kept when calls were kept last.
    recent_calls_on: u32,
}

impl CurrentSettings {
    /// The settings that the program begins with.
    pub(crate) fn new(loaded: Loaded) -> Self {
        log(&loaded.notes);
        Self {
            begun: loaded.settings.clone(),
            used: loaded.settings.clone(),
            recent_calls_on: if_kept(&loaded.settings).unwrap_or(RECENT_CALLS),
            problem: loaded.problem.clone(),
            not_kept: loaded.not_kept.clone(),
            loaded,
            reading: None,
            last: 0,
            edits: Edits::default(),
        }
    }

    /// See [`SettingsIn`].
    pub(crate) fn on(
        &mut self,
        input: SettingsIn,
        context: &SettingsContext<'_>,
        now: Timestamp,
    ) -> Vec<SettingsOut> {
        let mut out = Vec::new();
        match input {
            SettingsIn::Begin => {
                self.report_problem(&mut out);
                out.push(SettingsOut::Engine(Event::DryRun(self.used.dry_run)));
            }
            SettingsIn::Changed => self.read_soon(now, &mut out),
            SettingsIn::Read { reading, loaded } => self.was_read(reading, *loaded, context, now, &mut out),
            SettingsIn::Edit(edit) => self.want(edit, EditOrigin::Window, context, now, &mut out),
            SettingsIn::NumberInStatus { on } => {
                let message = self.shown().status_message;
                let wanted = match (on, message) {
                    (true, _) => Some(MessageChoice::Number),
                    (false, StatusMessage::Number) => Some(MessageChoice::Off),
                    // The message is not the number, so there is nothing to remove.
                    (false, StatusMessage::Off | StatusMessage::Status) => None,
                };
                if let Some(wanted) = wanted {
                    self.want(SettingEdit::StatusMessage(wanted), EditOrigin::Menu, context, now, &mut out);
                }
            }
            SettingsIn::Saved(result) => {
                let must_read = matches!(result, Ok(()) | Err(NotSaved::Changed));
                let refused = self.edits.saved(result);
                report(refused, &mut out);
                out.push(SettingsOut::Changed);
                if must_read {
                    self.read_soon(now, &mut out);
                }
                self.save_next(context, now, &mut out);
            }
            SettingsIn::WindowClosed => self.edits.forget_refusals(),
            SettingsIn::Statuses => out.push(self.table(context)),
            SettingsIn::Due => self.due(context, now, &mut out),
        }
        out
    }

    /// When [`SettingsIn::Due`] is to come.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        [self.reading.map(|reading| reading.until), self.edits.deadline()].into_iter().flatten().min()
    }

    /// The settings that are used.
    pub(crate) fn used(&self) -> &Settings {
        &self.used
    }

    /// The settings that are used, with what the person has changed and is still on its way into the file.
    pub(crate) fn shown(&self) -> Settings {
        self.edits.over(&self.used)
    }

    /// Nothing that the person has changed is still on its way into the file, as far as anybody waits for it.
    pub(crate) fn is_settled(&self) -> bool {
        self.edits.is_settled()
    }

    /// How many calls are kept if the person wants to have calls kept: as many as before, as far as that is known.
    pub(crate) fn recent_calls_on(&self) -> u32 {
        self.recent_calls_on
    }

    /// The changes that were not made, and why.
    pub(crate) fn refused(&self) -> &BTreeMap<Key, SettingRefusal> {
        self.edits.refused()
    }

    /// The settings that the program began with.
    pub(crate) fn begun(&self) -> &Settings {
        &self.begun
    }

    /// What was read last without a problem, with the problem that there is.
    pub(crate) fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// Why a file is not used, if so.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// The settings that are used only after a restart.
    pub(crate) fn needs_restart(&self) -> Option<NeedsRestart> {
        self.begun.needs_restart(&self.used)
    }

    fn read_soon(&mut self, now: Timestamp, out: &mut Vec<SettingsOut>) {
        match &mut self.reading {
            Some(reading) => reading.again = true,
            None => self.read(now, out),
        }
    }

    /// One reading at a time, so that an older one never comes last.
    fn read(&mut self, now: Timestamp, out: &mut Vec<SettingsOut>) {
        self.last += 1;
        self.reading = Some(ReadInProgress { until: later(now, LIMIT), again: false });
        out.push(SettingsOut::Read { reading: self.last });
    }

    fn was_read(
        &mut self,
        number: u64,
        loaded: Loaded,
        context: &SettingsContext<'_>,
        now: Timestamp,
        out: &mut Vec<SettingsOut>,
    ) {
        // The newest one counts, even if it was not waited for any more; an older one does not.
        if number != self.last {
            return;
        }
        if self.reading.take().is_some_and(|reading| reading.again) {
            return self.read(now, out);
        }
        self.edits.was_read();
        log(&loaded.notes);
        if self.loaded != loaded || self.problem != loaded.problem {
            out.push(SettingsOut::Changed);
        }
        match &loaded.problem {
            None => self.loaded = loaded.clone(),
            Some(problem) => self.loaded.problem = Some(problem.clone()),
        }
        out.push(SettingsOut::Ended { good: loaded.problem.is_none() });
        // The settings in memory may be newer than the good copy on disk, if that could not be written.
        let keeps = match loaded.problem.as_ref().map(|problem| problem.layer) {
            Some(Layer::Policy) => true,
            Some(Layer::User) => self.not_kept.is_some(),
            None => false,
        };
        if loaded.problem.is_none() {
            self.not_kept = loaded.not_kept;
        }
        if self.problem != loaded.problem {
            self.problem = loaded.problem;
            out.push(SettingsOut::WithdrawNotice);
            self.report_problem(out);
        }
        if !keeps {
            self.use_settings(loaded.settings, context, out);
        }
        self.save_next(context, now, out);
    }

    fn use_settings(
        &mut self,
        settings: Settings,
        context: &SettingsContext<'_>,
        out: &mut Vec<SettingsOut>,
    ) {
        let before = std::mem::replace(&mut self.used, settings);
        let now = &self.used;
        if before == *now {
            return;
        }
        tracing::info!("new settings are used");
        self.recent_calls_on = if_kept(now).unwrap_or(self.recent_calls_on);
        let (limit, region, seats) = (now.drawer_limit, now.call_region, now.seats);
        out.push(SettingsOut::Scope { limit, region, seats });
        if before.connect_to_teams != now.connect_to_teams {
            out.push(self.table(context));
        }
        if before.teams_to_connect != now.teams_to_connect {
            out.push(SettingsOut::Engine(Event::TeamsTable(now.teams_to_connect.clone())));
        }
        if before.rules != now.rules {
            out.push(SettingsOut::Engine(Event::Rules(now.rules)));
        }
        if before.dry_run != now.dry_run {
            out.push(SettingsOut::Engine(Event::DryRun(now.dry_run)));
        }
        out.push(SettingsOut::Desktop(Box::new(now.clone())));
    }

    /// The table Connect → Teams. Once the statuses are known, breaks and lunches become Be right back if the settings
    /// say nothing about them.
    fn table(&self, context: &SettingsContext<'_>) -> SettingsOut {
        SettingsOut::Engine(Event::Table(with_proposals(&self.used.connect_to_teams, context.statuses)))
    }

    fn report_problem(&self, out: &mut Vec<SettingsOut>) {
        if let Some(problem) = &self.not_kept {
            tracing::warn!(%problem, "no copy of the good settings could be written");
        }
        if let Some(problem) = &self.problem {
            tracing::warn!(%problem, "the settings cannot be used");
            out.push(SettingsOut::Notify(problem.clone()));
        }
    }

    fn due(&mut self, context: &SettingsContext<'_>, now: Timestamp, out: &mut Vec<SettingsOut>) {
        let mut refused = self.edits.due(now);
        if let Some(reading) = self.reading.take_if(|reading| reading.until <= now) {
            tracing::warn!("the settings files cannot be read in time");
            if reading.again {
                self.read(now, out);
            } else {
                refused.append(&mut self.edits.no_answer());
                out.push(SettingsOut::Ended { good: false });
            }
        }
        if !refused.is_empty() {
            out.push(SettingsOut::Changed);
        }
        report(refused, out);
        self.save_next(context, now, out);
    }
}

/// How many calls are kept; none if calls are not kept.
fn if_kept(settings: &Settings) -> Option<u32> {
    Some(settings.recent_calls).filter(|calls| *calls > 0)
}

fn log(notes: &[Note]) {
    for note in notes {
        tracing::info!("{note}");
    }
}

impl Redate for CurrentSettings {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            begun: _,
            loaded: _,
            used: _,
            problem: _,
            not_kept: _,
            reading,
            last: _,
            edits,
            recent_calls_on: _,
        } = self;
        if let Some(ReadInProgress { until, again: _ }) = reading {
            until.redate(by);
        }
        edits.redate(by);
    }
}

#[cfg(test)]
mod tests;
