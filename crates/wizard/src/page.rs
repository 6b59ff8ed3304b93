//! The whole page: steps 1, 2 and 5, and whether *Next* can continue.

use connect::APPROVED_ORIGIN;
use presence::connect::Hosting;
use url::Url;
use view::{
    Action, Banner, Button, SettingsPage,
    facts::{Browser, BrowserLogin},
    from_facts,
    setup::{
        InstanceStep, RegistrationStep, SaveStep, SetupCheck, SetupEdit, SetupField, SetupLogin, SetupName,
        SetupNext, SetupPage, SetupSign, SetupStep,
    },
    words::{count, fill, say, time},
};

use super::{
    checks::{Cause, Light, LoginLights, Progress, TenantName},
    draft::Draft,
    known::{AfterSaving, Basis, ConnectLogin, Known, SaveProblem, SecretIs},
    mapping_step::Tables,
    save,
    steps::{STEPS, Steps},
    typed::is_locked,
};

/// What is shown of a draft.
pub fn page(draft: &Draft, known: &Known<'_>) -> SetupPage {
    let Basis { loaded, lint, lights: _ } = known.basis;
    let it = Page { steps: Steps { draft, basis: known.basis }, known };
    let tables = Tables { draft, sources: &loaded.sources, statuses: known.statuses, lint };
    SetupPage {
        update: loaded.settings.configured().is_ok() && known.saved.is_none(),
        step: draft.step,
        done: STEPS.into_iter().filter(|step| *step < draft.reached && it.steps.is_done(*step)).collect(),
        lacks: STEPS.into_iter().find(|step| !it.steps.is_done(*step)),
        next: it.next(),
        registration: it.registration(),
        instance: it.instance(),
        connect_to_teams: tables.connect_to_teams(),
        teams_to_connect: tables.teams_to_connect(),
        save: SaveStep {
            lines: save::lines(draft, known),
            then: say(then(draft, known)),
            problem: known.problem.map(problem).unwrap_or_default(),
            saved: known.saved.is_some(),
            works: known.saved == Some(AfterSaving::Works),
            button: known.saved.and_then(after),
        },
    }
}

/// The state of saving: what it will do, or how it ended.
fn then(draft: &Draft, known: &Known<'_>) -> &'static str {
    match known.saved {
        None if save::needs_restart(draft, known.basis.loaded) => "setup.then.begins",
        None => "setup.then.used",
        Some(AfterSaving::Works) => "setup.then.works",
        Some(AfterSaving::DryRun) => "setup.then.dryRun",
        Some(AfterSaving::TeamsLogin) => "setup.then.teamsLogin",
        Some(AfterSaving::ConnectLogin) => "setup.then.connectLogin",
        Some(AfterSaving::Begins) => "setup.then.connects",
    }
}

/// What happens after saving.
fn after(after: AfterSaving) -> Option<Button> {
    let (key, action) = match after {
        AfterSaving::TeamsLogin => ("banner.login.button", Action::TeamsLogin),
        AfterSaving::ConnectLogin => ("setup.connect.button", Action::ConnectLogin),
        AfterSaving::Works | AfterSaving::DryRun | AfterSaving::Begins => return None,
    };
    Some(Button::primary(say(key), action))
}

struct Page<'a> {
    steps: Steps<'a>,
    known: &'a Known<'a>,
}

impl Page<'_> {
    fn next(&self) -> SetupNext {
        let left = self.steps.left(self.steps.draft.step);
        let why = match left.as_slice() {
            [] if self.steps.is_checking(self.steps.draft.step) => say("setup.checking"),
            // Step 4 is the place where it stops.
            [] if self.steps.draft.step == SetupStep::ConnectToTeams && self.steps.has_loop() => {
                say("setup.loop")
            }
            [] => String::new(),
            [only] if self.steps.draft.step == SetupStep::TeamsToConnect && self.steps.has_loop() => {
                only.clone()
            }
            [only] => fill("setup.left.one", &[("what", only)]),
            more => {
                fill("setup.left.more", &[("count", &more.len().to_string()), ("what", &more.join(", "))])
            }
        };
        SetupNext { can: left.is_empty() && !self.steps.is_checking(self.steps.draft.step), why }
    }

    /// A field: a mistake in it comes first, then the result of the check of its value.
    fn field(&self, name: SetupName, light: Option<Light>) -> SetupField {
        let value = self.steps.draft.now.field(name).to_owned();
        let light = match self.steps.mistake(name) {
            Some(mistake) => Light::new(SetupSign::Failed, mistake),
            None if value.trim().is_empty() => Light::new(SetupSign::Waiting, String::new()),
            None => light.unwrap_or(Light::new(SetupSign::Good, String::new())),
        };
        let locked = is_locked(&self.steps.basis.loaded.sources, name);
        SetupField { value, locked, sign: light.sign, says: light.says }
    }

    /// A light of a round of checks; it may not be known yet.
    fn light<T>(progress: &Progress<T>, of: impl Fn(&T) -> &Light) -> Light {
        match progress {
            Progress::Waiting => Light::new(SetupSign::Waiting, String::new()),
            Progress::Checking => Light::checking(),
            Progress::Done { found, .. } => of(found).clone(),
        }
    }

    fn registration(&self) -> RegistrationStep {
        let lights = &self.steps.basis.lights.registration;
        let tenant = Self::light(lights, |found| &found.tenant);
        let secret = Self::light(lights, |found| &found.secret);
        let named = self.tenant_name();
        // A login that succeeded has passed both.
        let (application, redirect) = match named {
            Some(tenant) => {
                let found = Light::new(SetupSign::Good, found_in(tenant));
                (found, Light::new(SetupSign::Good, say("setup.redirect.good")))
            }
            None => {
                let application = Self::light(lights, |found| &found.application);
                (application, Self::light(lights, |found| &found.redirect))
            }
        };
        let kept = self.known.secret != SecretIs::Absent;
        let none = Light::new(SetupSign::Waiting, String::new());
        let shown = if kept { at_field(&secret) } else { none };
        let named = named.map(|name| Light::new(SetupSign::Good, name.words()));
        RegistrationStep {
            tenant: self.field(SetupName::Tenant, Some(named.unwrap_or_else(|| at_field(&tenant)))),
            client_id: self.field(SetupName::ClientId, Some(at_field(&application))),
            secret_kept: kept,
            secret: SetupField { value: String::new(), locked: false, sign: shown.sign, says: shown.says },
            secret_expires: self.secret_expires(),
            admin_consent: self.field(SetupName::AdminConsent, None),
            login: self.check_login(),
            checked_at: checked_at(lights),
            checks: vec![
                check("setup.check.tenant", tenant),
                check("setup.check.application", application),
                check("setup.check.redirect", redirect),
                check("setup.check.secret", secret),
                self.rights(),
                check("setup.check.licence", self.login_light(|found| &found.licence, "setup.waits.login")),
            ],
        }
    }

    /// The tenant's names, once a login has shown them.
    fn tenant_name(&self) -> Option<&TenantName> {
        self.steps.basis.lights.login.found().and_then(|found| found.tenant.as_ref())
    }

    /// The login that shows the rights.
    fn check_login(&self) -> SetupLogin {
        let fits = self.steps.left(SetupStep::Registration).is_empty();
        let can = fits && self.steps.basis.lights.registration.found().is_some();
        let action = Action::Setup { edit: SetupEdit::CheckLogin };
        let says = if can { "setup.login.what" } else { "setup.login.waits" };
        SetupLogin { button: Button::primary(say("setup.checkLogin"), action), can, says: say(says) }
    }

    fn secret_expires(&self) -> SetupField {
        let ended =
            self.steps.draft.now.read_secret_expires().ok().flatten().filter(|at| *at <= self.known.now);
        let light = ended.map(|_| Light::new(SetupSign::Warning, say("setup.field.ended")));
        self.field(SetupName::SecretExpires, light)
    }

    /// The rights, with the link for an administrator if one has to approve of something.
    fn rights(&self) -> SetupCheck {
        if let Some(login) = self.known.under_way {
            return under_way(login);
        }
        let light = self.login_light(|found| &found.rights, "setup.waits.checkLogin");
        let copy =
            |url: &Url| Button::secondary(say("signIn.copyConsent"), Action::Copy { text: url.to_string() });
        let mut line = check("setup.check.rights", light);
        if self.steps.basis.lights.login.found().is_some_and(|found| found.asks_administrator) {
            line.buttons.extend(self.known.consent.as_ref().map(copy));
        }
        line
    }

    fn login_light(&self, of: impl Fn(&LoginLights) -> &Light, waits: &str) -> Light {
        match &self.steps.basis.lights.login {
            Progress::Waiting => Light::waiting(waits),
            Progress::Checking => Light::new(SetupSign::Checking, say(waits)),
            Progress::Done { found, .. } => of(found).clone(),
        }
    }

    fn connect_login(&self) -> (SetupCheck, SetupLogin) {
        let waits = |key| (Light::waiting(key), false);
        let (light, can) = match self.known.connect {
            ConnectLogin::LoggedIn => {
                let statuses = count(self.known.statuses.len());
                let says = fill("setup.connect.statuses", &[("count", &statuses)]);
                (Light::new(SetupSign::Good, says), true)
            }
            ConnectLogin::WaitsForAddress => waits("setup.waits.address"),
            ConnectLogin::WaitsForSave => waits("setup.waits.save"),
            ConnectLogin::Possible => (Light::waiting("setup.connect.loginFirst"), true),
        };
        let action = Action::Setup { edit: SetupEdit::ConnectLogin };
        let says = if can { say("setup.connect.what") } else { light.says.clone() };
        let login = SetupLogin { button: Button::primary(say("setup.connect.button"), action), can, says };
        (check("setup.check.connect", light), login)
    }

    fn instance(&self) -> InstanceStep {
        let lights = &self.steps.basis.lights.instance;
        let reached = Self::light(lights, |found| &found.reached);
        let ccp = Self::light(lights, |found| &found.ccp);
        let approved =
            self.steps.draft.wanted(self.steps.basis.loaded).connect_mode == Hosting::ApprovedOrigin;
        let origin = lights.found().and_then(|found| found.origin.clone());
        let address = at_field(&ccp);
        let (connect, login) = self.connect_login();
        let checks = [
            Some(check("setup.check.reached", reached)),
            Some(check("setup.check.ccp", ccp)),
            origin.map(|origin| check("setup.check.origin", origin)),
            Some(connect),
        ];
        InstanceStep {
            instance: self.field(SetupName::Instance, Some(address)),
            start: self.field(SetupName::Start, None),
            mode: self.field(SetupName::Mode, None),
            origin: if approved { APPROVED_ORIGIN.to_owned() } else { String::new() },
            login,
            checked_at: checked_at(lights),
            checks: checks.into_iter().flatten().collect(),
        }
    }
}

/// The rights while a login continues in the browser: as the login of the drawer.
fn under_way(login: BrowserLogin<'_>) -> SetupCheck {
    let edit = |edit| Action::Setup { edit };
    let Banner { level: _, title, body, buttons } =
        from_facts::under_way(login, edit(SetupEdit::CheckLogin), edit(SetupEdit::CancelLogin));
    let sign = match login.browser {
        Browser::Asked | Browser::Late => SetupSign::Checking,
        Browser::Failed => SetupSign::Warning,
    };
    SetupCheck { title: say("setup.check.rights"), sign, says: format!("{title} {body}"), buttons }
}

/// "Found in Contoso."
fn found_in(tenant: &TenantName) -> String {
    match tenant.name.as_ref().or(tenant.domain.as_ref()) {
        Some(name) => fill("setup.application.foundIn", &[("tenant", name)]),
        None => say("setup.application.found"),
    }
}

/// What went wrong with saving.
fn problem(problem: SaveProblem<'_>) -> String {
    match problem {
        SaveProblem::Keyring(error) => {
            fill("setup.problem.keyring", &[("reason", &say(from_facts::keyring(error)))])
        }
        SaveProblem::Refused(why) => from_facts::not_saved(why),
        SaveProblem::Late => say("setup.problem.late"),
    }
}

/// A few words under a field say what is wrong with its value; the rest is among the checks. A check that
/// reached nothing shows nothing about a value.
fn at_field(light: &Light) -> Light {
    match &light.cause {
        Cause::Field(words) => Light::new(light.sign, words.clone()),
        Cause::Network => Light::new(SetupSign::Waiting, String::new()),
        Cause::Elsewhere => Light::new(light.sign, String::new()),
    }
}

fn checked_at<T>(progress: &Progress<T>) -> String {
    match progress {
        Progress::Done { at, .. } => time(*at),
        Progress::Waiting | Progress::Checking => String::new(),
    }
}

/// A line of the checks. If nothing was reached, it can be tried again, and Doctor knows more.
fn check(key: &str, light: Light) -> SetupCheck {
    let again = ("setup.network.again", Action::Setup { edit: SetupEdit::CheckAgain });
    let doctor = ("setup.network.doctor", Action::OpenSettings { page: SettingsPage::Doctor });
    let buttons = [again, doctor].into_iter().filter(|_| light.is_unreached());
    let buttons = buttons.map(|(key, action)| Button::secondary(say(key), action)).collect();
    SetupCheck { title: say(key), sign: light.sign, says: light.says, buttons }
}
