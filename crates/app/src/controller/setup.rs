//! The set-up wizard inside the application: one draft, the checks of what was typed, and what its buttons do.
//!
//! Nothing of it is in force before it is saved (`setup/saving.rs`); the logins from here are in `setup/logins.rs`, the
//! checks in `setup/looking.rs`.

mod logins;
mod looking;
mod saving;

use std::{path::Path, time::Duration};

use jiff::{SignedDuration, Timestamp};
use presence::{mapping::Tables, redate::Redate};
use secrecy::{ExposeSecret, SecretString};
use signin::Grant;
use tokio::sync::oneshot;
use url::Url;

use super::Controller;
use crate::{
    clock::later,
    host::{Host, SecretsError},
    lane::Job,
    setup::{
        self, Draft, Known, Lights, Lint, SecretIs, can_open, can_save,
        checks::{InstanceLights, LoginLights, Progress, RegistrationLights},
        is_locked,
    },
    task::AbortOnDrop,
    view::setup::{SetupEdit, SetupName, SetupPage, SetupStep},
};

/// How long after the last key a value is checked, and a draft kept.
const PAUSE: Duration = Duration::from_millis(500);

/// What a task of the wizard reports. Each is of one round; what an older one brings is not used any more.
#[derive(Debug)]
pub(super) enum Answer {
    /// The registration was looked at, with this secret.
    Registration(u64, RegistrationLights, Option<SecretString>),
    /// The instance was looked at.
    Instance(u64, InstanceLights),
    /// The browser should open this page.
    Browse(u64, Url),
    /// No browser opened this page.
    Unopened(u64, Url),
    /// The login ended.
    Login(u64, LoginLights, Option<Box<Grant>>),
    /// The settings were written, or not: then a sentence says why.
    Saved(Result<(), String>),
    /// The keyring took what was entered, or did not.
    Kept(Result<(), SecretsError>),
}

/// A round of checks: when it is due, and which one it is.
#[derive(Debug, Default)]
struct Round {
    due: Option<Timestamp>,
    number: u64,
}

/// A draft that somebody looks at.
#[derive(Debug)]
struct Open {
    draft: Draft,
    /// None after an edit, until it is asked for.
    lint: Option<Lint>,
    lights: Lights,
    /// The client secret that was entered.
    secret: Option<SecretString>,
    /// The secret that the registration was last checked with.
    used: Option<SecretString>,
    registration: Round,
    instance: Round,
    login: u64,
    attempt: Option<AbortOnDrop>,
    /// What the login brought, and for which keyring entry.
    grant: Option<(String, Box<Grant>)>,
    keep_at: Option<Timestamp>,
    saving: bool,
    /// Why it was not saved, until the files were read again.
    refused: Option<String>,
    problem: String,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Wizard {
    http: reqwest::Client,
    /// The draft of an earlier run.
    kept: Option<Draft>,
    open: Option<Open>,
}

impl Wizard {
    pub(super) fn new(http: reqwest::Client, data: &Path) -> Self {
        Self { http, kept: setup::load(data), open: None }
    }

    pub(super) fn statuses_changed(&mut self) {
        if let Some(open) = &mut self.open {
            open.lint = None;
        }
    }

    fn deadline(&self) -> Option<Timestamp> {
        let open = self.open.as_ref()?;
        [open.registration.due, open.instance.due, open.keep_at].into_iter().flatten().min()
    }
}

impl Open {
    fn new(draft: Draft, now: Timestamp) -> Self {
        let round = || Round { due: Some(now), number: 0 };
        Self {
            draft,
            lint: None,
            lights: Lights::default(),
            secret: None,
            used: None,
            registration: round(),
            instance: round(),
            login: 0,
            attempt: None,
            grant: None,
            keep_at: None,
            saving: false,
            refused: None,
            problem: String::new(),
        }
    }

    fn secret_is(&self) -> SecretIs {
        match &self.secret {
            Some(_) => SecretIs::Entered,
            None if self.draft.forget_secret || self.used.is_none() => SecretIs::Absent,
            None => SecretIs::Kept,
        }
    }

    /// Somebody typed: what was known of the registration is not known any more.
    fn registration_changed(&mut self, now: Timestamp) {
        self.registration = Round { due: Some(later(now, PAUSE)), number: self.registration.number + 1 };
        self.lights.registration = Progress::Checking;
        self.login_changed();
    }

    fn login_changed(&mut self) {
        self.login += 1;
        self.lights.login = Progress::Waiting;
        self.lights.unopened = None;
        self.grant = None;
        self.attempt = None;
    }

    fn instance_changed(&mut self, now: Timestamp) {
        self.instance = Round { due: Some(later(now, PAUSE)), number: self.instance.number + 1 };
        self.lights.instance = Progress::Checking;
    }
}

impl<H: Host> Controller<H> {
    /// The draft that is open; the one of an earlier run, or a new one, where there is none.
    fn draft(&mut self) -> &mut Open {
        let now = self.clock.now();
        let expires = self.login.authorization().secret_expires;
        let loaded = &self.reload.loaded;
        let saved = self.front.saved_setup().is_some();
        let kept = &mut self.wizard.kept;
        self.wizard.open.get_or_insert_with(|| {
            let mut draft = kept.take().unwrap_or_else(|| Draft::new(&loaded.settings, expires));
            draft.follow(&loaded.settings, &loaded.sources, expires);
            if saved {
                draft.step = SetupStep::Save;
            }
            Open::new(draft, now)
        })
    }

    /// Tells the wizard as it stands. The first question opens it.
    pub(super) fn tell_setup(&mut self, answer: oneshot::Sender<SetupPage>) {
        self.draft();
        self.check_tables();
        if let Some(page) = self.with_known(setup::page) {
            drop(answer.send(page));
        }
    }

    /// Runs the check of the tables, where an edit made it necessary.
    fn check_tables(&mut self) {
        if let Some(open) = &mut self.wizard.open
            && open.lint.is_none()
        {
            open.lint = Some(Lint::of(&open.draft, &self.statuses));
        }
    }

    /// Looks at the draft with everything that is known.
    fn with_known<R>(&self, look: impl FnOnce(&Draft, &Known<'_>) -> R) -> Option<R> {
        let open = self.wizard.open.as_ref()?;
        let saved = self.front.saved_setup();
        let known = Known {
            loaded: &self.reload.loaded,
            statuses: &self.statuses,
            lint: open.lint.as_ref()?,
            lights: &open.lights,
            secret: open.secret_is(),
            consent: self.consent_page(open),
            connect: self.connect_check(open),
            problem: saved.unwrap_or(&open.problem),
            saved: saved.is_some(),
            now: self.clock.now(),
        };
        Some(look(&open.draft, &known))
    }

    /// What a field, a button or a row asks for.
    pub(super) fn edit_setup(&mut self, edit: &SetupEdit) {
        self.front.touch();
        let now = self.clock.now();
        // What is being saved stays as it is.
        if self.draft().saving {
            return;
        }
        self.check_tables();
        self.front.setup_left();
        match edit {
            SetupEdit::Open(step) => self.open_step(*step),
            SetupEdit::Field { name, value } => self.edit_field(*name, value),
            SetupEdit::ForgetSecret => {
                let open = self.draft();
                open.secret = None;
                open.draft.forget_secret = true;
                open.registration_changed(now);
            }
            SetupEdit::CheckAgain => return self.check_again(),
            SetupEdit::CheckLogin => return self.check_login(),
            SetupEdit::ConnectLogin => return self.connect_login_of_draft(),
            SetupEdit::Save => return self.save_setup(),
            SetupEdit::Cancel => return self.forget_draft(),
            SetupEdit::Enable { .. }
            | SetupEdit::Hold(_)
            | SetupEdit::Row { .. }
            | SetupEdit::AddRow { .. }
            | SetupEdit::RemoveRow { .. }
            | SetupEdit::AcceptLoops(_) => {
                if let Some(open) = &mut self.wizard.open {
                    open.draft.edit_tables(edit, &self.reload.loaded.sources, &self.statuses);
                    open.lint = None;
                }
            }
        }
        self.keep_draft_soon();
    }

    fn keep_draft_soon(&mut self) {
        let at = later(self.clock.now(), PAUSE);
        let open = self.draft();
        open.problem.clear();
        open.keep_at.get_or_insert(at);
    }

    fn open_step(&mut self, step: SetupStep) {
        if self.with_known(|draft, known| can_open(draft, known, step)) == Some(true) {
            let draft = &mut self.draft().draft;
            draft.step = step;
            draft.reached = draft.reached.max(step);
        }
    }

    fn edit_field(&mut self, name: SetupName, value: &str) {
        if is_locked(&self.reload.loaded.sources, name) {
            return;
        }
        let now = self.clock.now();
        let open = self.draft();
        let field = open.draft.now.field_mut(name);
        if field == value {
            return;
        }
        value.clone_into(field);
        match name {
            SetupName::Tenant | SetupName::ClientId => open.registration_changed(now),
            SetupName::AdminConsent => open.login_changed(),
            SetupName::Instance | SetupName::Mode => open.instance_changed(now),
            SetupName::SecretExpires | SetupName::Start => {}
        }
    }

    /// A client secret was entered. An empty one is none: what the keyring has stays.
    pub(super) fn enter_secret(&mut self, secret: SecretString) {
        self.front.touch();
        self.front.setup_left();
        let now = self.clock.now();
        let open = self.draft();
        if open.saving {
            return;
        }
        open.secret = if secret.expose_secret().trim().is_empty() {
            None
        } else {
            open.draft.forget_secret = false;
            Some(secret)
        };
        open.registration_changed(now);
        self.keep_draft_soon();
    }

    /// The settings have changed underneath.
    pub(super) fn setup_follows(&mut self) {
        let now = self.clock.now();
        let expires = self.login.authorization().secret_expires;
        let loaded = &self.reload.loaded;
        let Some(open) = &mut self.wizard.open else { return };
        let before = open.draft.clone();
        open.draft.follow(&loaded.settings, &loaded.sources, expires);
        if open.draft != before {
            open.lint = None;
            open.registration_changed(now);
            open.instance_changed(now);
        }
        self.front.touch();
    }

    /// The tables of the draft, while one is open, else those in force.
    pub(super) fn tables_in_question(&self) -> Tables {
        match &self.wizard.open {
            Some(open) => open.draft.tables(&self.statuses),
            None => Tables {
                connect_to_teams: self.sync.engine().table().clone(),
                teams_to_connect: self.settings.teams_to_connect.clone(),
            },
        }
    }

    pub(super) fn setup_deadline(&self) -> Option<Timestamp> {
        self.wizard.deadline()
    }

    pub(super) fn setup_due(&mut self, now: Timestamp) {
        let Some(open) = &mut self.wizard.open else { return };
        let registration = open.registration.due.take_if(|at| *at <= now).is_some();
        let instance = open.instance.due.take_if(|at| *at <= now).is_some();
        if open.keep_at.is_some_and(|at| at <= now) {
            self.keep_draft();
        }
        if registration {
            self.check_registration();
        }
        if instance {
            self.check_instance();
        }
    }

    /// Keeps the draft, if there is something new in it.
    pub(super) fn keep_draft(&mut self) {
        if let Some(open) = &mut self.wizard.open
            && open.keep_at.take().is_some()
        {
            let draft = (!open.draft.is_untouched()).then(|| Box::new(open.draft.clone()));
            self.to_lane(Job::Draft(draft));
        }
    }

    fn can_save_setup(&self) -> bool {
        self.with_known(can_save) == Some(true)
    }
}

impl Redate for Round {
    fn redate(&mut self, by: SignedDuration) {
        let Self { due, number: _ } = self;
        due.redate(by);
    }
}

impl Redate for Open {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            draft: _,
            lint: _,
            lights,
            secret: _,
            used: _,
            registration,
            instance,
            login: _,
            attempt: _,
            grant: _,
            keep_at,
            saving: _,
            refused: _,
            problem: _,
        } = self;
        lights.redate(by);
        registration.redate(by);
        instance.redate(by);
        keep_at.redate(by);
    }
}

impl Redate for Wizard {
    fn redate(&mut self, by: SignedDuration) {
        let Self { http: _, kept: _, open } = self;
        open.redate(by);
    }
}
