//! The set-up wizard: one draft, the checks of what was typed, a login that is only tried, and the way into the settings.
//!
//! Nothing of it is used before it is saved. It asks no service, opens no browser and writes no file itself; what its
//! lights and marks say comes ready from [`wizard`]. Whatever it waits for has a number and an end.

mod attempt;
mod open;
mod round;
mod saving;

use jiff::{SignedDuration, Timestamp};
use open::Open;
use presence::{
    connect::{AgentStatus, Hosting},
    redate::Redate,
};
use settings::{Configured, Loaded, Settings};
use signin::{Identity, SecretsError};
use url::Url;
use view::setup::{SetupEdit, SetupStep};
use wizard::{
    Basis, Draft, Lights, Lint, SecretIs,
    checks::{InstanceLights, LoginLights, RegistrationLights},
};

use super::login::{Authorization, Keep, Token};
use crate::host::CcpPlan;

/// Where the secret of a check comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretSource {
    /// It was entered, or there is to be none.
    Given(Option<Token>),
    /// Whatever the keyring has for the registration.
    Keyring,
}

/// What a login brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Granted {
    /// The newest refresh token.
    pub(crate) refresh: Option<Token>,
    /// Whose it is.
    pub(crate) who: Option<Identity>,
}

/// Why the draft was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotSaved {
    /// In the words of the settings.
    Refused(String),
    /// The file was not written in time.
    Late,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WizardIn {
    /// The page is asked for. The first question opens the draft.
    Shown,
    /// A field, a button or a row.
    Edit(SetupEdit),
    /// A client secret was entered; none if it is empty, and what the keyring has stays.
    Secret(Option<Token>),
    /// The settings window was closed.
    Closed,
    /// The settings were read again, or could not be; true if the files are good.
    SettingsRead {
        /// See above.
        good: bool,
    },
    /// The statuses of the instance have other names.
    StatusesChanged,
    /// The answer to [`WizardOut::CheckRegistration`].
    Registration {
        /// The number of the check.
        check: u64,
        /// What was found.
        found: RegistrationLights,
        /// The secret that it was checked with.
        used: Option<Token>,
    },
    /// The answer to [`WizardOut::CheckInstance`].
    Instance {
        /// The number of the check.
        check: u64,
        /// What was found.
        found: InstanceLights,
    },
    /// The page for the browser is known.
    Page {
        /// The number of the login.
        attempt: u64,
        /// Its address.
        url: Url,
    },
    /// The browser opened it, or not.
    Opened {
        /// The number of the login.
        attempt: u64,
        /// True if it did.
        opened: bool,
    },
    /// The login ended.
    LoggedIn {
        /// The number of the login.
        attempt: u64,
        /// What was found.
        found: LoginLights,
        /// What it brought.
        granted: Option<Granted>,
    },
    /// The settings were written, with what was known of the authorization for them; or not, with the reason.
    Saved {
        /// The number of the saving.
        saving: u64,
        /// See above.
        result: Result<Box<Authorization>, String>,
    },
    /// The keyring took what was entered, or did not.
    Kept {
        /// The number of the saving.
        saving: u64,
        /// See above.
        result: Result<(), SecretsError>,
    },
    /// The program ends, or begins again with other settings.
    End,
    /// The deadline has come.
    Due,
}

/// What others know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WizardFacts<'a> {
    /// The settings as they were read last.
    pub(crate) loaded: &'a Loaded,
    /// The settings that the program began with.
    pub(crate) begun: &'a Settings,
    /// What of them is in use; none before the application is set up.
    pub(crate) in_use: Option<&'a Configured>,
    /// The statuses of the instance that were known last.
    pub(crate) statuses: &'a [AgentStatus],
    /// What is known of the authorization in use.
    pub(crate) authorization: &'a Authorization,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WizardOut {
    /// Look at this registration; answer with [`WizardIn::Registration`].
    CheckRegistration {
        /// The number of the check.
        check: u64,
        /// The registration.
        set: Box<Configured>,
        /// The secret for it.
        secret: SecretSource,
    },
    /// Look at this instance; answer with [`WizardIn::Instance`].
    CheckInstance {
        /// The number of the check.
        check: u64,
        /// Its CCP.
        ccp: Url,
        /// Whose page is to carry it.
        mode: Hosting,
    },
    /// Begin a login in the browser; answer with [`WizardIn::Page`] and [`WizardIn::LoggedIn`].
    BeginLogin {
        /// The number of the login.
        attempt: u64,
        /// The registration.
        set: Box<Configured>,
        /// Its secret.
        secret: Option<Token>,
    },
    /// End it, whatever it waits for.
    AbortLogin {
        /// The number of the login.
        attempt: u64,
    },
    /// Open the browser; answer with [`WizardIn::Opened`].
    OpenBrowser {
        /// The number of the login.
        attempt: u64,
        /// The page.
        url: Url,
    },
    /// Try this instance, before anything is saved.
    TryInstance(Box<CcpPlan>),
    /// Open the login to Connect.
    ConnectLogin,
    /// Write these settings over those that were loaded, and read what is known of the authorization for them; answer
    /// with [`WizardIn::Saved`].
    Save {
        /// The number of the saving.
        saving: u64,
        /// The settings.
        wanted: Box<Settings>,
        /// The same, complete.
        set: Box<Configured>,
    },
    /// Keep this on disk for this registration.
    KeepAuthorization {
        /// The registration.
        set: Box<Configured>,
        /// What is known.
        authorization: Box<Authorization>,
    },
    /// Use this secret for the registration in use from now on, or none.
    UseSecret(Option<Token>),
    /// Teams Login is to go on with this.
    UseAuthorization {
        /// What is known.
        authorization: Box<Authorization>,
        /// The newest refresh token, and whose it is.
        refresh: Option<(Token, Option<Identity>)>,
    },
    /// Put these into the keyring entries of this registration; answer with [`WizardIn::Kept`].
    Keyring {
        /// The number of the saving.
        saving: u64,
        /// The registration.
        set: Box<Configured>,
        /// What becomes of the entry of its secret, if it changes.
        secret: Option<Keep>,
        /// The newest refresh token, if there is one.
        refresh: Option<Token>,
    },
    /// Keep the draft on disk, or forget it.
    KeepDraft(Option<Box<Draft>>),
    /// Read the settings again.
    ReadSettings,
    /// Begin again with the settings that were saved.
    Restart,
    /// What is shown of the wizard has changed.
    Touch,
}

/// One input with what belongs to it.
struct Turn<'a> {
    facts: WizardFacts<'a>,
    now: Timestamp,
    out: Vec<WizardOut>,
    /// The number that was given last.
    last: u64,
}

impl Turn<'_> {
    /// The next number. No two things that are asked for have the same, whatever draft they belong to.
    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Wizard {
    /// The draft of an earlier run.
    kept: Option<Draft>,
    open: Option<Open>,
    /// It was saved, and the page of that is not left yet: whether the keyring took its part.
    saved: Option<Result<(), SecretsError>>,
    last: u64,
}

impl Wizard {
    /// Nobody has opened it yet. An earlier run may have kept a draft, or saved one.
    pub(crate) fn new(kept: Option<Draft>, saved: Option<Result<(), SecretsError>>) -> Self {
        Self { kept, open: None, saved, last: 0 }
    }

    /// See [`WizardIn`].
    pub(crate) fn on(&mut self, input: WizardIn, facts: &WizardFacts<'_>, now: Timestamp) -> Vec<WizardOut> {
        let mut turn = Turn { facts: *facts, now, out: Vec::new(), last: self.last };
        self.take(input, &mut turn);
        self.last = turn.last;
        turn.out
    }

    fn take(&mut self, input: WizardIn, turn: &mut Turn<'_>) {
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
            WizardIn::Saved { saving, result } => self.was_saved(saving, result, turn),
            WizardIn::Kept { saving, result } => self.was_kept(saving, result, turn),
            WizardIn::End => {
                if let Some(open) = &mut self.open {
                    open.keep(turn);
                    open.abort_login(turn);
                }
            }
            WizardIn::Due => {
                if let Some(open) = &mut self.open {
                    open.due(turn);
                }
                self.saving_due(turn);
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
    fn draft_of(&mut self, turn: &Turn<'_>) -> &mut Open {
        let Self { kept, open, saved, last: _ } = self;
        open.get_or_insert_with(|| {
            let loaded = turn.facts.loaded;
            let expires = turn.facts.authorization.secret_expires;
            let mut draft = kept.take().unwrap_or_else(|| Draft::new(&loaded.settings, expires));
            draft.follow(&loaded.settings, &loaded.sources, expires);
            if saved.is_some() {
                draft.step = SetupStep::Save;
            }
            Open::new(draft, turn.now)
        })
    }

    fn edit(&mut self, edit: &SetupEdit, turn: &mut Turn<'_>) {
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
            | SetupEdit::ConnectLogin
            | SetupEdit::Enable { .. }
            | SetupEdit::Hold(_)
            | SetupEdit::Row { .. }
            | SetupEdit::AddRow { .. }
            | SetupEdit::RemoveRow { .. }
            | SetupEdit::AcceptLoops(_) => open.edit(edit, turn),
        }
    }

    /// What was typed is forgotten.
    fn forget(&mut self, turn: &mut Turn<'_>) {
        if let Some(mut open) = self.open.take() {
            open.abort_login(turn);
        }
        self.kept = None;
        turn.out.push(WizardOut::KeepDraft(None));
    }

    /// When [`WizardIn::Due`] is to come.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.open.as_ref().and_then(Open::deadline)
    }

    /// True from the wish to save until it is saved or refused.
    pub(crate) fn is_saving(&self) -> bool {
        self.open.as_ref().is_some_and(Open::is_saving)
    }

    /// It was saved, and the page of that is not left yet: whether the keyring took its part.
    pub(crate) fn saved(&self) -> Option<Result<(), SecretsError>> {
        self.saved
    }

    /// The draft that is open.
    pub(crate) fn draft(&self) -> Option<&Draft> {
        self.open.as_ref().map(|open| &open.draft)
    }

    /// What the checks have shown.
    pub(crate) fn lights(&self) -> Option<&Lights> {
        self.open.as_ref().map(|open| &open.lights)
    }

    /// The draft with what says whether its steps fit, as of the last [`WizardIn::Shown`].
    pub(crate) fn basis<'a>(&'a self, loaded: &'a Loaded) -> Option<(&'a Draft, Basis<'a>)> {
        self.open.as_ref().and_then(|open| Some((&open.draft, open.basis(loaded)?)))
    }

    /// Where the client secret of the draft is.
    pub(crate) fn secret_is(&self) -> SecretIs {
        self.open.as_ref().map_or(SecretIs::Absent, Open::secret_is)
    }

    /// Why the draft was not saved, if so.
    pub(crate) fn problem(&self) -> Option<&NotSaved> {
        self.open.as_ref().and_then(|open| open.problem.as_ref())
    }

    /// The registration that was entered, once nothing is wrong in its fields.
    pub(crate) fn registration(&self, loaded: &Loaded) -> Option<Configured> {
        self.draft().and_then(|draft| open::registration(draft, loaded))
    }
}

impl Redate for Wizard {
    fn redate(&mut self, by: SignedDuration) {
        let Self { kept: _, open, saved: _, last: _ } = self;
        open.redate(by);
    }
}

/// Whether both use the same entries of the keyring: one for each authority, tenant and registration.
fn is_same_registration(one: &Configured, other: &Configured) -> bool {
    (&one.login, &one.tenant, &one.client_id) == (&other.login, &other.tenant, &other.client_id)
}

/// The check of the tables of a draft.
fn lint(draft: &Draft, facts: &WizardFacts<'_>) -> Lint {
    Lint::of(draft, facts.statuses)
}

#[cfg(test)]
mod tests;
