//! A draft that somebody looks at: what was typed, and what the checks have shown of it.
//!
//! What is asked goes out as values; nothing is asked while a field is wrong.

mod attempt;
mod round;
mod saving;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use settings::{Configured, Loaded};
use view::setup::{SetupEdit, SetupName, SetupStep};
use wizard::{
    Basis, Draft, Lights, Lint, SecretIs, can_open, checks::Progress, is_locked, may_open, registration_of,
};

use self::{
    round::{CheckRound, PAUSE},
    saving::Saving,
};
use super::{
    super::{
        ccp::plan,
        login::{Attempt, Token},
    },
    DraftNotSaved, Granted, SecretSource, WizardIn, WizardOut, WizardTurn, lint,
};

/// What the person wants once the checks under way have found that everything fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AfterChecks {
    Open(SetupStep),
    Login,
}

/// See the module.
#[derive(Debug)]
pub(super) struct OpenDraft {
    pub(super) draft: Draft,
    /// None after an edit, until it is asked for.
    lint: Option<Lint>,
    pub(super) lights: Lights,
    /// The client secret that was entered.
    secret: Option<Token>,
    /// The secret that the registration was last checked with.
    used: Option<Token>,
    registration: CheckRound,
    instance: CheckRound,
    attempt: Option<Attempt<Configured>>,
    wish: Option<AfterChecks>,
    /// What the login brought, and for which registration.
    granted: Option<(Configured, Granted)>,
    keep_at: Option<Timestamp>,
    saving: Option<Saving>,
    pub(super) problem: Option<DraftNotSaved>,
}

/// The registration of a draft, once nothing is wrong in its fields.
pub(super) fn registration(draft: &Draft, loaded: &Loaded) -> Option<Configured> {
    // A field with a mistake would count as empty.
    let names = [SetupName::Tenant, SetupName::ClientId];
    if names.into_iter().any(|name| draft.mistake(loaded, name).is_some()) {
        return None;
    }
    registration_of(&draft.wanted(loaded))
}

impl OpenDraft {
    pub(super) fn new(draft: Draft, now: Timestamp) -> Self {
        Self {
            draft,
            lint: None,
            lights: Lights::default(),
            secret: None,
            used: None,
            registration: CheckRound::Due(now),
            instance: CheckRound::Due(now),
            attempt: None,
            wish: None,
            granted: None,
            keep_at: None,
            saving: None,
            problem: None,
        }
    }

    pub(super) fn secret_is(&self) -> SecretIs {
        match &self.secret {
            Some(_) => SecretIs::Entered,
            None if self.draft.forget_secret || self.used.is_none() => SecretIs::Absent,
            None => SecretIs::Kept,
        }
    }

    /// What says whether the steps fit; none after an edit, until the tables were checked again.
    pub(super) fn basis<'a>(&'a self, loaded: &'a Loaded) -> Option<Basis<'a>> {
        Some(Basis { loaded, lint: self.lint.as_ref()?, lights: &self.lights })
    }

    /// Runs the check of the tables, if an edit made it necessary.
    pub(super) fn lint(&mut self, turn: &WizardTurn<'_>) {
        if self.lint.is_none() {
            self.lint = Some(lint(&self.draft, &turn.context));
        }
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let attempt = self.attempt.as_ref().map(Attempt::deadline);
        let saving = self.saving.as_ref().map(Saving::deadline);
        [self.registration.deadline(), self.instance.deadline(), self.keep_at, attempt, saving]
            .into_iter()
            .flatten()
            .min()
    }

    pub(super) fn due(&mut self, turn: &mut WizardTurn<'_>) {
        if self.keep_at.is_some_and(|at| at <= turn.now) {
            self.keep(turn);
        }
        if self.registration.is_due(turn.now) {
            self.check_registration(turn);
        }
        if self.instance.is_due(turn.now) {
            self.check_instance(turn);
        }
        self.login_due(turn);
    }

    pub(super) fn edit(&mut self, edit: &SetupEdit, turn: &mut WizardTurn<'_>) {
        self.wish = None;
        match edit {
            SetupEdit::Open(step) => self.open_step(*step, turn),
            SetupEdit::Field { name, value } => self.field(*name, value, turn),
            SetupEdit::ForgetSecret => {
                self.secret = None;
                self.draft.forget_secret = true;
                self.registration_changed(turn);
            }
            SetupEdit::CheckAgain => return self.check_again(turn),
            SetupEdit::CheckLogin => return self.begin_login(turn),
            SetupEdit::CancelLogin => return self.abort_login(turn),
            SetupEdit::ConnectLogin => return self.connect_login(turn),
            SetupEdit::Enable { .. }
            | SetupEdit::Row { .. }
            | SetupEdit::AddRow { .. }
            | SetupEdit::RemoveRow { .. }
            | SetupEdit::AcceptLoops(_) => {
                self.draft.edit_tables(edit, &turn.context.loaded.sources, turn.context.statuses);
                self.lint = None;
            }
            // Handled by the wizard itself.
            SetupEdit::Save | SetupEdit::Cancel => return,
        }
        self.keep_soon(turn);
    }

    pub(super) fn enter_secret(&mut self, secret: Option<Token>, turn: &mut WizardTurn<'_>) {
        if secret.is_some() {
            self.draft.forget_secret = false;
        }
        self.wish = None;
        self.secret = secret;
        self.registration_changed(turn);
        self.keep_soon(turn);
    }

    /// Takes the answer of a task, or a change in another machine.
    pub(super) fn learn(&mut self, input: WizardIn, turn: &mut WizardTurn<'_>) {
        turn.out.push(WizardOut::Touch);
        match input {
            WizardIn::SettingsRead { good } => {
                self.may_try_again();
                // What is being saved stays as it is; the files are read again afterwards.
                if good && !self.is_saving() {
                    self.follow(turn);
                }
            }
            WizardIn::StatusesChanged => self.lint = None,
            WizardIn::Registration { check, found, used } => {
                if self.registration.answered(check) {
                    self.lights.registration = Progress::Done { at: turn.now, found };
                    self.used = used;
                    self.continue_wish(turn);
                }
            }
            WizardIn::Instance { check, found } => {
                if self.instance.answered(check) {
                    self.lights.instance = Progress::Done { at: turn.now, found };
                    self.continue_wish(turn);
                }
            }
            WizardIn::Page { attempt, url } => self.login_page(attempt, url, turn),
            WizardIn::Opened { attempt, opened } => self.login_opened(attempt, opened, turn),
            WizardIn::LoggedIn { attempt, found, granted } => {
                self.login_ended(attempt, found, granted, turn);
            }
            // Handled by the wizard itself.
            WizardIn::Shown
            | WizardIn::Edit(_)
            | WizardIn::Secret(_)
            | WizardIn::Closed
            | WizardIn::Saved { .. }
            | WizardIn::Kept { .. }
            | WizardIn::End
            | WizardIn::Due => {}
        }
    }

    /// The settings files have changed.
    fn follow(&mut self, turn: &mut WizardTurn<'_>) {
        let before = self.draft.clone();
        let loaded = turn.context.loaded;
        let expires = turn.context.authorization.secret_expires;
        self.draft.follow(&loaded.settings, &loaded.sources, expires);
        if self.draft == before {
            return;
        }
        self.lint = None;
        let differs = |names: &[SetupName]| {
            names.iter().any(|name| self.draft.now.field(*name) != before.now.field(*name))
        };
        let registration = differs(&[SetupName::Tenant, SetupName::ClientId]);
        let instance = differs(&[SetupName::Instance, SetupName::Mode]);
        if registration {
            self.registration_changed(turn);
        }
        if instance {
            self.instance_changed(turn.now);
        }
    }

    fn open_step(&mut self, step: SetupStep, turn: &WizardTurn<'_>) {
        let Some(basis) = self.basis(turn.context.loaded) else { return };
        let (can, may) = (can_open(&self.draft, basis, step), may_open(&self.draft, basis, step));
        if can {
            self.draft.step = step;
            self.draft.reached = self.draft.reached.max(step);
        } else if may {
            self.wish = Some(AfterChecks::Open(step));
        }
    }

    /// A check was answered: does what waited for it, or lets it wait for the next one.
    fn continue_wish(&mut self, turn: &mut WizardTurn<'_>) {
        let Some(wish) = self.wish.take() else { return };
        self.lint(turn);
        match wish {
            AfterChecks::Open(step) => self.open_step(step, turn),
            AfterChecks::Login => {
                let basis = self.basis(turn.context.loaded);
                if basis.is_some_and(|basis| may_open(&self.draft, basis, SetupStep::Instance)) {
                    self.begin_login(turn);
                }
            }
        }
        self.keep_soon(turn);
    }

    fn field(&mut self, name: SetupName, value: &str, turn: &mut WizardTurn<'_>) {
        if is_locked(&turn.context.loaded.sources, name) {
            return;
        }
        let field = self.draft.now.field_mut(name);
        if field == value {
            return;
        }
        value.clone_into(field);
        match name {
            SetupName::Tenant | SetupName::ClientId => self.registration_changed(turn),
            SetupName::Instance | SetupName::Mode => self.instance_changed(turn.now),
            SetupName::Hold => self.lint = None,
            SetupName::AdminConsent | SetupName::SecretExpires | SetupName::Start => {}
        }
    }

    /// Somebody typed: what was found out about the registration does not apply any more.
    fn registration_changed(&mut self, turn: &mut WizardTurn<'_>) {
        self.registration = CheckRound::typed(turn.now);
        self.lights.registration = Progress::Checking;
        self.login_changed(turn);
    }

    fn instance_changed(&mut self, now: Timestamp) {
        self.instance = CheckRound::typed(now);
        self.lights.instance = Progress::Checking;
    }

    /// Checks the open step again.
    fn check_again(&mut self, turn: &mut WizardTurn<'_>) {
        if self.draft.step == SetupStep::Instance {
            self.check_instance(turn);
        } else {
            // A login that is under way asks for the same.
            if self.attempt.is_none() {
                self.login_changed(turn);
            }
            self.check_registration(turn);
        }
    }

    fn check_registration(&mut self, turn: &mut WizardTurn<'_>) {
        turn.out.push(WizardOut::Touch);
        let Some(set) = registration(&self.draft, turn.context.loaded) else {
            self.registration = CheckRound::Idle;
            self.lights.registration = Progress::Waiting;
            return;
        };
        let secret = match &self.secret {
            Some(secret) => SecretSource::Given(Some(secret.clone())),
            None if self.draft.forget_secret => SecretSource::Given(None),
            None => SecretSource::Keyring,
        };
        let check = turn.number();
        self.registration = CheckRound::asked(check, turn.now);
        self.lights.registration = Progress::Checking;
        turn.out.push(WizardOut::CheckRegistration { check, set: Box::new(set), secret });
    }

    fn check_instance(&mut self, turn: &mut WizardTurn<'_>) {
        turn.out.push(WizardOut::Touch);
        let loaded = turn.context.loaded;
        let wanted = self.draft.wanted(loaded);
        let has_mistake = self.draft.mistake(loaded, SetupName::Instance).is_some();
        // Even if the CCP has another address, the instance needs one of its own.
        let Some(instance) = wanted.instance.filter(|_| !has_mistake) else {
            self.instance = CheckRound::Idle;
            self.lights.instance = Progress::Waiting;
            return;
        };
        let check = turn.number();
        self.instance = CheckRound::asked(check, turn.now);
        self.lights.instance = Progress::Checking;
        let ccp = wanted.ccp.unwrap_or(instance);
        turn.out.push(WizardOut::CheckInstance { check, ccp, mode: wanted.connect_mode });
    }

    /// Opens the Connect login of the instance that was entered, while no other is in use.
    fn connect_login(&mut self, turn: &mut WizardTurn<'_>) {
        if turn.context.in_use.is_some() {
            return turn.out.push(WizardOut::ConnectLogin);
        }
        let fits = self.lights.instance.found().is_some_and(|found| !found.ccp.is_failed());
        let set = self.draft.wanted(turn.context.loaded).configured().ok().filter(|_| fits);
        if let Some(plan) = set.and_then(|set| plan(&set)) {
            turn.out.extend([WizardOut::TryInstance(Box::new(plan)), WizardOut::ConnectLogin]);
        }
    }

    fn keep_soon(&mut self, turn: &WizardTurn<'_>) {
        self.problem = None;
        self.keep_at.get_or_insert(later(turn.now, PAUSE));
    }

    /// Keeps the draft, if there is something new in it.
    pub(super) fn keep(&mut self, turn: &mut WizardTurn<'_>) {
        if self.keep_at.take().is_some() {
            let draft = (!self.draft.is_untouched()).then(|| Box::new(self.draft.clone()));
            turn.out.push(WizardOut::KeepDraft(draft));
        }
    }
}

impl Redate for OpenDraft {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            draft: _,
            lint: _,
            lights,
            secret: _,
            used: _,
            registration,
            instance,
            attempt,
            wish: _,
            granted: _,
            keep_at,
            saving,
            problem: _,
        } = self;
        lights.redate(by);
        registration.redate(by);
        instance.redate(by);
        attempt.redate(by);
        keep_at.redate(by);
        saving.redate(by);
    }
}
