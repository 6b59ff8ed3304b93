//! Tests of the wizard, in virtual time.

mod logins;
mod saving;

use std::time::Duration;

use presence::{identity::ObjectId, moment::later};
use secrecy::SecretString;
use signin::Identity;
use url::Url;
use view::{
    facts::Browser,
    setup::{SetupName, SetupSign},
};
use wizard::checks::{InstanceLights, Light, LoginLights, Progress, RegistrationLights};

use super::{
    super::login::{Authorization, KeyringChange, Token},
    *,
};
use crate::fixture::Deadlines;

const NOTHING: [WizardOut; 0] = [];
const CLIENT: &str = "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001";
const OTHER_CLIENT: &str = "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0002";

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn light(sign: SetupSign) -> Light {
    Light::new(sign, String::new())
}

fn registration_lights() -> RegistrationLights {
    let good = || light(SetupSign::Good);
    RegistrationLights { tenant: good(), application: good(), redirect: good(), secret: good() }
}

fn instance_lights() -> InstanceLights {
    InstanceLights { reached: light(SetupSign::Good), ccp: light(SetupSign::Good), origin: None }
}

fn login_lights() -> LoginLights {
    LoginLights {
        rights: light(SetupSign::Good),
        licence: light(SetupSign::Good),
        admin_consent: Some(true),
        asks_administrator: false,
        tenant: None,
    }
}

fn secret(text: &str) -> Token {
    Token::from(SecretString::from(text.to_owned()))
}

fn priya() -> Identity {
    Identity {
        object_id: ObjectId::new("priya"),
        tenant_id: "contoso".to_owned(),
        upn: "priya@contoso.com".to_owned(),
        name: "Priya Raman".to_owned(),
    }
}

/// One run, and its current time.
struct Run {
    wizard: Wizard,
    now: Timestamp,
    loaded: Loaded,
    begun: Settings,
    in_use: Option<Configured>,
    authorization: Authorization,
}

impl Run {
    fn new() -> Self {
        Self::with(Wizard::new(None, None))
    }

    fn with(wizard: Wizard) -> Self {
        Self {
            wizard,
            now: at(0),
            loaded: Loaded::default(),
            begun: Settings::default(),
            in_use: None,
            authorization: Authorization::default(),
        }
    }

    /// What it asks for, beside what is only shown.
    fn feed(&mut self, input: WizardIn) -> Vec<WizardOut> {
        let context = WizardContext {
            loaded: &self.loaded,
            begun: &self.begun,
            in_use: self.in_use.as_ref(),
            statuses: &[],
            authorization: &self.authorization,
        };
        let mut out = self.wizard.on(input, &context, self.now);
        out.retain(|out| *out != WizardOut::Touch);
        out
    }

    /// Lets time pass, deadline by deadline.
    fn pass(&mut self, length: Duration) -> Vec<WizardOut> {
        let end = later(self.now, length);
        let mut all = Vec::new();
        let mut deadlines = Deadlines::new();
        while let Some(at) = deadlines.next(self.wizard.deadline(), end) {
            self.now = self.now.max(at);
            all.extend(self.feed(WizardIn::Due));
        }
        self.now = end;
        all
    }

    fn second(&mut self) -> Vec<WizardOut> {
        self.pass(Duration::from_secs(1))
    }

    fn edit(&mut self, edit: SetupEdit) -> Vec<WizardOut> {
        self.feed(WizardIn::Edit(edit))
    }

    fn field(&mut self, name: SetupName, value: &str) -> Vec<WizardOut> {
        self.edit(SetupEdit::Field { name, value: value.to_owned() })
    }

    fn fill_registration(&mut self) -> u64 {
        self.field(SetupName::Tenant, "contoso.com");
        self.field(SetupName::ClientId, CLIENT);
        check_of(&self.second())
    }

    /// The page of a draft in which both steps were found to fit.
    fn filled() -> Self {
        let mut run = Self::new();
        run.feed(WizardIn::Shown);
        let check = run.fill_registration();
        run.feed(WizardIn::Registration { check, found: registration_lights(), used: None });
        run.field(SetupName::Instance, "https://contoso.my.connect.aws/");
        let out = run.second();
        let check = out.iter().find_map(|out| {
            if let WizardOut::CheckInstance { check, .. } = out { Some(*check) } else { None }
        });
        run.feed(WizardIn::Instance { check: check.unwrap(), found: instance_lights() });
        run.feed(WizardIn::Shown);
        run
    }

    /// Begins the login, and returns its number.
    fn login(&mut self) -> u64 {
        let out = self.edit(SetupEdit::CheckLogin);
        let Some(WizardOut::BeginLogin { attempt, .. }) = out.last() else { panic!("{out:?}") };
        *attempt
    }

    fn logged_in(&mut self) -> Vec<WizardOut> {
        let attempt = self.login();
        let granted = Granted { refresh: Some(secret("refresh")), who: priya(), rights: Vec::new() };
        self.feed(WizardIn::LoggedIn { attempt, found: login_lights(), granted: Some(granted) })
    }

    /// Whether the keyring stored its part of what was saved.
    fn keyring(&self) -> Option<Result<(), SecretsError>> {
        self.wizard.saved().map(|saved| saved.keyring)
    }

    /// What is known of the browser of the login that is under way.
    fn browser(&self) -> Option<Browser> {
        self.wizard.login_under_way().map(|login| login.browser)
    }

    fn step(&self) -> SetupStep {
        self.wizard.draft().unwrap().step
    }

    fn lights(&self) -> &Lights {
        self.wizard.lights().unwrap()
    }
}

/// The number of the only check of a registration that was asked for.
fn check_of(out: &[WizardOut]) -> u64 {
    let mut checks = out.iter().filter_map(|out| {
        if let WizardOut::CheckRegistration { check, .. } = out { Some(*check) } else { None }
    });
    let check = checks.next();
    assert_eq!(checks.next(), None, "{out:?}");
    check.unwrap_or_else(|| panic!("{out:?}"))
}

#[test]
fn what_is_typed_is_checked_after_a_pause_and_not_for_every_key() {
    let mut run = Run::new();
    assert_eq!(run.feed(WizardIn::Shown), NOTHING);
    assert_eq!(run.second(), NOTHING, "there is nothing to check");
    assert_eq!(run.lights().registration, Progress::Waiting);
    for text in ["c", "co", "contoso.com"] {
        assert_eq!(run.field(SetupName::Tenant, text), NOTHING);
    }
    run.field(SetupName::ClientId, CLIENT);
    let out = run.second();
    check_of(&out);
    assert!(out.iter().any(|out| matches!(out, WizardOut::KeepDraft(Some(_)))), "{out:?}");
    assert_eq!(run.lights().registration, Progress::Checking);
}

#[test]
fn only_the_answer_to_what_was_typed_last_counts() {
    let mut run = Run::new();
    let old = run.fill_registration();
    run.field(SetupName::Tenant, "fabrikam.com");
    run.feed(WizardIn::Registration { check: old, found: registration_lights(), used: None });
    assert_eq!(run.lights().registration, Progress::Checking);
    let check = check_of(&run.second());
    assert_ne!(check, old);
    run.feed(WizardIn::Registration { check, found: registration_lights(), used: None });
    assert!(run.lights().registration.found().is_some());
}

#[test]
fn the_answer_to_a_draft_that_was_forgotten_is_ignored() {
    let mut run = Run::new();
    let old = run.fill_registration();
    assert_eq!(run.edit(SetupEdit::Cancel), [WizardOut::KeepDraft(None)]);
    let check = run.fill_registration();
    assert_ne!(check, old);
    run.feed(WizardIn::Registration { check: old, found: registration_lights(), used: Some(secret("old")) });
    assert_eq!(run.lights().registration, Progress::Checking);
    assert_eq!(run.wizard.secret_is(), SecretIs::Absent);
}

#[test]
fn a_check_whose_answer_is_lost_is_asked_again() {
    let mut run = Run::new();
    let lost = run.fill_registration();
    let again = check_of(&run.pass(Duration::from_secs(61)));
    assert_ne!(again, lost);
    assert_eq!(run.lights().registration, Progress::Checking);
}

#[test]
fn the_secret_comes_from_the_keyring_until_one_is_entered_or_removed() {
    let source = |out: &[WizardOut]| {
        out.iter().find_map(|out| {
            if let WizardOut::CheckRegistration { secret, .. } = out { Some(secret.clone()) } else { None }
        })
    };
    let mut run = Run::new();
    run.field(SetupName::Tenant, "contoso.com");
    run.field(SetupName::ClientId, CLIENT);
    assert_eq!(source(&run.second()), Some(SecretSource::Keyring));
    run.feed(WizardIn::Secret(Some(secret("entered"))));
    assert_eq!(source(&run.second()), Some(SecretSource::Given(Some(secret("entered")))));
    assert_eq!(run.wizard.secret_is(), SecretIs::Entered);
    run.edit(SetupEdit::ForgetSecret);
    assert_eq!(source(&run.second()), Some(SecretSource::Given(None)));
    assert_eq!(run.wizard.secret_is(), SecretIs::Absent);
}

#[test]
fn a_step_that_waits_only_for_a_check_opens_when_that_is_good() {
    for (sign, expected) in
        [(SetupSign::Good, SetupStep::Instance), (SetupSign::Failed, SetupStep::Registration)]
    {
        let mut run = Run::filled();
        run.feed(WizardIn::Secret(Some(secret("entered"))));
        run.edit(SetupEdit::Open(SetupStep::Instance));
        assert_eq!(run.step(), SetupStep::Registration, "it is not known yet whether the secret fits");
        let check = check_of(&run.second());
        let found = RegistrationLights { secret: light(sign), ..registration_lights() };
        run.feed(WizardIn::Registration { check, found, used: None });
        assert_eq!(run.step(), expected);
    }
}

#[test]
fn typing_on_gives_up_opening_the_next_step() {
    let mut run = Run::filled();
    run.feed(WizardIn::Secret(Some(secret("entered"))));
    run.edit(SetupEdit::Open(SetupStep::Instance));
    run.field(SetupName::Tenant, "fabrikam.com");
    let check = check_of(&run.second());
    run.feed(WizardIn::Registration { check, found: registration_lights(), used: None });
    assert_eq!(run.step(), SetupStep::Registration);
}

#[test]
fn without_an_address_the_instance_is_not_checked() {
    let mut run = Run::new();
    run.loaded.settings.ccp = Url::parse("https://ccp.example.com/").ok();
    run.feed(WizardIn::Shown);
    assert!(!run.second().iter().any(|out| matches!(out, WizardOut::CheckInstance { .. })));
    assert_eq!(run.lights().instance, Progress::Waiting);
}

#[test]
fn the_end_of_a_run_ends_the_login_and_keeps_the_draft() {
    let mut run = Run::filled();
    let attempt = run.login();
    run.field(SetupName::Hold, "7");
    let out = run.feed(WizardIn::End);
    assert!(
        matches!(out.first(), Some(WizardOut::KeepDraft(Some(draft))) if draft.now.hold == "7"),
        "{out:?}"
    );
    assert_eq!(out.last(), Some(&WizardOut::AbortLogin { attempt }));
    assert_eq!(run.feed(WizardIn::End), NOTHING, "once");
}

#[test]
fn the_draft_of_an_earlier_run_is_continued() {
    let draft = Run::filled().wizard.draft().cloned();
    let mut run = Run::with(Wizard::new(draft, None));
    run.feed(WizardIn::Shown);
    assert_eq!(run.wizard.draft().unwrap().now.client_id, CLIENT);
    check_of(&run.second());
}

#[test]
fn an_instance_is_tried_only_while_none_is_in_use() {
    let mut run = Run::filled();
    let out = run.edit(SetupEdit::ConnectLogin);
    assert!(matches!(out.as_slice(), [WizardOut::TryInstance(_), WizardOut::ConnectLogin]), "{out:?}");
    run.in_use = run.wizard.draft().unwrap().wanted(&run.loaded).configured().ok();
    assert_eq!(run.edit(SetupEdit::ConnectLogin), [WizardOut::ConnectLogin]);
}

#[test]
fn a_change_of_the_settings_files_is_followed_and_checked() {
    let mut run = Run::filled();
    run.loaded.settings.connect_start = Url::parse("https://sso.contoso.com/").ok();
    run.logged_in();
    run.feed(WizardIn::SettingsRead { good: true });
    assert_eq!(run.wizard.draft().unwrap().now.start, "https://sso.contoso.com/");
    assert!(run.lights().login.found().is_some(), "that has nothing to do with the registration");

    let mut run = Run::new();
    run.feed(WizardIn::Shown);
    run.loaded.settings.tenant = "contoso.com".parse().ok();
    run.loaded.settings.client_id = CLIENT.parse().ok();
    run.feed(WizardIn::SettingsRead { good: true });
    assert_eq!(run.wizard.draft().unwrap().now.client_id, CLIENT);
    assert_eq!(run.lights().registration, Progress::Checking);
    check_of(&run.second());
}

#[test]
fn a_clock_that_is_set_moves_what_is_waited_for() {
    let mut run = Run::filled();
    run.login();
    let (before, by) = (run.wizard.deadline().unwrap(), SignedDuration::from_hours(2));
    run.wizard.redate(by);
    assert_eq!(run.wizard.deadline(), Some(before + by));
}
