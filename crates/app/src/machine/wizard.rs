//! The set-up wizard: one draft, the checks of what was typed, a trial login, and the saving of the settings.
//!
//! Nothing of a draft is used before it is saved. It asks no service, opens no browser and writes no file itself; what
//! its lights and marks say comes ready from [`wizard`]. Everything that it waits for has a number and a time limit.

mod inputs;
mod open;

use jiff::{SignedDuration, Timestamp};
use open::OpenDraft;
use presence::redate::Redate;
use settings::{Configured, Loaded, Settings};
use signin::SecretsError;
use view::{
    facts::BrowserLogin,
    setup::{SetupEdit, SetupStep},
};
use wizard::{
    Basis, Draft, Lights, Lint, SecretIs,
    checks::{LoginLights, Progress},
};

pub(crate) use inputs::{DraftNotSaved, Granted, SecretSource, WizardContext, WizardIn, WizardOut};

/// What the handling of one input needs, and what it asks for.
struct WizardTurn<'a> {
    context: WizardContext<'a>,
    now: Timestamp,
    out: Vec<WizardOut>,
    /// The last number that was given.
    last: u64,
}

impl WizardTurn<'_> {
    /// The next number. No two things that are asked for have the same, whatever draft they belong to.
    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

/// A draft that was saved, until its page is left. It goes from one run to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Saved {
    /// Whether the keyring stored its part.
    pub(crate) keyring: Result<(), SecretsError>,
    /// What the trial login showed.
    pub(crate) login: Progress<LoginLights>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Wizard {
    /// The draft of an earlier run.
    kept: Option<Draft>,
    open: Option<OpenDraft>,
    saved: Option<Saved>,
    last: u64,
}

impl Wizard {
    /// Nobody has opened it yet. An earlier run may have kept a draft, or saved one.
    pub(crate) fn new(kept: Option<Draft>, saved: Option<Saved>) -> Self {
        Self { kept, open: None, saved, last: 0 }
    }

    /// See [`WizardIn`].
    pub(crate) fn on(
        &mut self,
        input: WizardIn,
        context: &WizardContext<'_>,
        now: Timestamp,
    ) -> Vec<WizardOut> {
        let mut turn = WizardTurn { context: *context, now, out: Vec::new(), last: self.last };
        self.take(input, &mut turn);
        self.last = turn.last;
        turn.out
    }

    fn take(&mut self, input: WizardIn, turn: &mut WizardTurn<'_>) {
        match input {
            WizardIn::Shown => {
                self.draft_of(turn).lint(turn);
            }
            WizardIn::Edit(edit) => self.edit(&edit, turn),
            WizardIn::Secret(secret) => {
                if !self.is_saving() {
                    self.saved = None;
                    self.draft_of(turn).enter_secret(secret, turn);
                }
                turn.out.push(WizardOut::Touch);
            }
            WizardIn::Closed => self.saved = None,
            WizardIn::Saved { saving, result } => {
                if let Some(open) = &mut self.open {
                    open.was_saved(saving, result, turn);
                }
            }
            WizardIn::Kept { saving, result } => {
                if let Some(wanted) = self.open.as_mut().and_then(|open| open.was_kept(saving)) {
                    self.end_saving(&wanted, result, turn);
                }
            }
            WizardIn::End => {
                if let Some(open) = &mut self.open {
                    open.keep(turn);
                    open.abort_login(turn);
                }
            }
            WizardIn::Due => {
                let Some(open) = &mut self.open else { return };
                open.due(turn);
                if let Some(wanted) = open.saving_due(turn) {
                    self.end_saving(&wanted, Err(SecretsError::Failed), turn);
                }
            }
            WizardIn::SettingsRead { .. }
            | WizardIn::StatusesChanged
            | WizardIn::Registration { .. }
            | WizardIn::Instance { .. }
            | WizardIn::Page { .. }
            | WizardIn::Opened { .. }
            | WizardIn::LoggedIn { .. } => {
                if let Some(open) = &mut self.open {
                    open.learn(input, turn);
                }
            }
        }
    }

    /// The draft that is open; the one of an earlier run, or a new one, if there is none.
    fn draft_of(&mut self, turn: &WizardTurn<'_>) -> &mut OpenDraft {
        let Self { kept, open, saved, last: _ } = self;
        open.get_or_insert_with(|| {
            let loaded = turn.context.loaded;
            let expires = turn.context.authorization.secret_expires;
            let mut draft = kept.take().unwrap_or_else(|| Draft::new(&loaded.settings, expires));
            draft.follow(&loaded.settings, &loaded.sources, expires);
            if saved.is_some() {
                draft.step = SetupStep::Save;
            }
            let mut open = OpenDraft::new(draft, turn.now);
            if let Some(saved) = saved {
                open.lights.login = saved.login.clone();
            }
            open
        })
    }

    fn edit(&mut self, edit: &SetupEdit, turn: &mut WizardTurn<'_>) {
        turn.out.push(WizardOut::Touch);
        // What is being saved stays as it is.
        if self.is_saving() {
            return;
        }
        self.saved = None;
        let open = self.draft_of(turn);
        open.lint(turn);
        match edit {
            SetupEdit::Save => open.save(turn),
            SetupEdit::Cancel => self.forget(turn),
            SetupEdit::Open(_)
            | SetupEdit::Field { .. }
            | SetupEdit::ForgetSecret
            | SetupEdit::CheckAgain
            | SetupEdit::CheckLogin
            | SetupEdit::CancelLogin
            | SetupEdit::ConnectLogin
            | SetupEdit::Enable { .. }
            | SetupEdit::Row { .. }
            | SetupEdit::AddRow { .. }
            | SetupEdit::RemoveRow { .. }
            | SetupEdit::AcceptLoops(_) => open.edit(edit, turn),
        }
    }

    /// What was typed is forgotten.
    fn forget(&mut self, turn: &mut WizardTurn<'_>) {
        if let Some(mut open) = self.open.take() {
            open.abort_login(turn);
        }
        self.kept = None;
        turn.out.push(WizardOut::KeepDraft(None));
    }

    /// Everything is kept, or the keyring failed: the new settings are used in both cases.
    fn end_saving(&mut self, wanted: &Settings, kept: Result<(), SecretsError>, turn: &mut WizardTurn<'_>) {
        let login = self.open.take().map_or(Progress::Waiting, |mut open| {
            open.abort_login(turn);
            open.lights.login
        });
        self.saved = Some(Saved { keyring: kept, login });
        let next = match turn.context.begun.needs_restart(wanted) {
            Some(_) => WizardOut::Restart,
            None => WizardOut::ReadSettings,
        };
        turn.out.extend([WizardOut::KeepDraft(None), next, WizardOut::Touch]);
    }

    /// When [`WizardIn::Due`] is to come.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.open.as_ref().and_then(OpenDraft::deadline)
    }

    /// True from the click on *Save* until the draft is saved or refused.
    pub(crate) fn is_saving(&self) -> bool {
        self.open.as_ref().is_some_and(OpenDraft::is_saving)
    }

    /// What was saved, until its page is left.
    pub(crate) fn saved(&self) -> Option<&Saved> {
        self.saved.as_ref()
    }

    /// The draft that is open.
    pub(crate) fn draft(&self) -> Option<&Draft> {
        self.open.as_ref().map(|open| &open.draft)
    }

    /// What the checks have shown.
    pub(crate) fn lights(&self) -> Option<&Lights> {
        self.open.as_ref().map(|open| &open.lights)
    }

    /// The login that is tried at the moment.
    pub(crate) fn login_under_way(&self) -> Option<BrowserLogin<'_>> {
        self.open.as_ref().and_then(OpenDraft::login_under_way)
    }

    /// The draft with what says whether its steps fit, as of the last [`WizardIn::Shown`].
    pub(crate) fn basis<'a>(&'a self, loaded: &'a Loaded) -> Option<(&'a Draft, Basis<'a>)> {
        self.open.as_ref().and_then(|open| Some((&open.draft, open.basis(loaded)?)))
    }

    /// Where the client secret of the draft is.
    pub(crate) fn secret_is(&self) -> SecretIs {
        self.open.as_ref().map_or(SecretIs::Absent, OpenDraft::secret_is)
    }

    /// Why the draft was not saved, if so.
    pub(crate) fn problem(&self) -> Option<&DraftNotSaved> {
        self.open.as_ref().and_then(|open| open.problem.as_ref())
    }

    /// The registration that was entered, once nothing is wrong in its fields.
    pub(crate) fn registration(&self, loaded: &Loaded) -> Option<Configured> {
        self.draft().and_then(|draft| open::registration(draft, loaded))
    }
}

impl Redate for Wizard {
    fn redate(&mut self, by: SignedDuration) {
        let Self { kept: _, open, saved, last: _ } = self;
        open.redate(by);
        if let Some(Saved { keyring: _, login }) = saved {
            login.redate(by);
        }
    }
}

/// The check of the tables of a draft.
fn lint(draft: &Draft, context: &WizardContext<'_>) -> Lint {
    Lint::of(draft, context.statuses)
}

#[cfg(test)]
mod tests;
