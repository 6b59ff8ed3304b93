//! The whole page: steps 1, 2 and 5, and whether *Next* can go on.

use connect::APPROVED_ORIGIN;
use presence::connect::Hosting;
use url::Url;
use view::{
    Action, Button, from_facts,
    setup::{
        InstanceStep, RegistrationStep, SaveStep, SetupCheck, SetupEdit, SetupField, SetupName, SetupNext,
        SetupPage, SetupSign, SetupStep,
    },
    words::{count, fill, say, time},
};

use super::{
    checks::{Light, LoginLights, Progress},
    draft::Draft,
    known::{Basis, ConnectLogin, Known, SaveProblem, SecretIs},
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
        update: loaded.settings.configured().is_ok() && !known.saved,
        step: draft.step,
        done: STEPS
            .into_iter()
            .filter(|step| *step < draft.reached && it.steps.left(*step).is_empty())
            .collect(),
        next: it.next(),
        registration: it.registration(),
        instance: it.instance(),
        connect_to_teams: tables.connect_to_teams(),
        teams_to_connect: tables.teams_to_connect(),
        save: SaveStep {
            lines: save::lines(draft, known),
            then: say(if save::needs_restart(draft, loaded) {
                "setup.then.begins"
            } else {
                "setup.then.used"
            }),
            problem: known.problem.map(problem).unwrap_or_default(),
            saved: known.saved,
        },
    }
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
            [only] if self.steps.draft.step == SetupStep::TeamsToConnect => only.clone(),
            [only] => fill("setup.left.one", &[("what", only)]),
            more => {
                fill("setup.left.more", &[("count", &more.len().to_string()), ("what", &more.join(", "))])
            }
        };
        SetupNext { can: left.is_empty() && !self.steps.is_checking(self.steps.draft.step), why }
    }

    /// A field: a mistake in it comes first, then what the check of its value came to.
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

    /// A light of a round of checks, while it is not known yet as well.
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
        let application = Self::light(lights, |found| &found.application);
        let secret = Self::light(lights, |found| &found.secret);
        let kept = self.known.secret != SecretIs::Absent;
        let none = Light::new(SetupSign::Waiting, String::new());
        let shown = if kept { secret.clone() } else { none };
        RegistrationStep {
            tenant: self.field(SetupName::Tenant, Some(short(&tenant))),
            client_id: self.field(SetupName::ClientId, Some(short(&application))),
            secret_kept: kept,
            secret: SetupField {
                value: String::new(),
                locked: false,
                sign: shown.sign,
                says: short(&shown).says,
            },
            secret_expires: self.secret_expires(),
            admin_consent: self.field(SetupName::AdminConsent, None),
            checked_at: checked_at(lights),
            checks: vec![
                check("setup.check.tenant", tenant, Vec::new()),
                check("setup.check.application", application, Vec::new()),
                check("setup.check.redirect", Self::light(lights, |found| &found.redirect), Vec::new()),
                check("setup.check.secret", secret, Vec::new()),
                self.rights(),
                check(
                    "setup.check.licence",
                    self.login_light(|found| &found.licence, "setup.waits.login"),
                    Vec::new(),
                ),
            ],
        }
    }

    fn secret_expires(&self) -> SetupField {
        let ended =
            self.steps.draft.now.read_secret_expires().ok().flatten().filter(|at| *at <= self.known.now);
        let light = ended.map(|_| Light::new(SetupSign::Warning, say("setup.field.ended")));
        self.field(SetupName::SecretExpires, light)
    }

    /// The rights, with what can be done about them: a login while nothing is known, then the link for an administrator.
    fn rights(&self) -> SetupCheck {
        let light = match &self.steps.basis.lights.unopened {
            Some(url) => Light::new(SetupSign::Checking, fill("signIn.noBrowser", &[("url", url.as_str())])),
            None => self.login_light(|found| &found.rights, "setup.waits.checkLogin"),
        };
        let copy = |key: &str, url: &Url| Button::secondary(say(key), Action::Copy { text: url.to_string() });
        let lights = &self.steps.basis.lights;
        let fits =
            self.steps.left(SetupStep::Registration).is_empty() && lights.registration.found().is_some();
        let login =
            || Button::secondary(say("setup.checkLogin"), Action::Setup { edit: SetupEdit::CheckLogin });
        let buttons = match (&lights.unopened, &lights.login) {
            (Some(url), _) => vec![copy("signIn.copyAddress", url)],
            (None, Progress::Done { found, .. }) if found.consent => {
                let link = self.known.consent.as_ref().map(|url| copy("signIn.copyConsent", url));
                // Whoever had the link opened comes back to see whether it helped.
                link.into_iter().chain([login()]).collect()
            }
            (None, Progress::Done { found, .. }) if !found.rights.is_failed() => Vec::new(),
            (None, _) => fits.then(login).into_iter().collect(),
        };
        check("setup.check.rights", light, buttons)
    }

    fn login_light(&self, of: impl Fn(&LoginLights) -> &Light, waits: &str) -> Light {
        match &self.steps.basis.lights.login {
            Progress::Waiting => Light::waiting(waits),
            Progress::Checking => Light::new(SetupSign::Checking, say("setup.waits.browser")),
            Progress::Done { found, .. } => of(found).clone(),
        }
    }

    fn connect_login(&self) -> SetupCheck {
        let (light, buttons) = match self.known.connect {
            ConnectLogin::LoggedIn => {
                let statuses = count(self.known.statuses.len());
                let says = fill("setup.connect.statuses", &[("count", &statuses)]);
                (Light::new(SetupSign::Good, says), Vec::new())
            }
            ConnectLogin::WaitsForAddress => (Light::waiting("setup.waits.address"), Vec::new()),
            ConnectLogin::WaitsForSave => (Light::waiting("setup.waits.save"), Vec::new()),
            ConnectLogin::Possible => {
                let action = Action::Setup { edit: SetupEdit::ConnectLogin };
                let button = Button::secondary(say("setup.connect.button"), action);
                (Light::waiting("setup.connect.loginFirst"), vec![button])
            }
        };
        check("setup.check.connect", light, buttons)
    }

    fn instance(&self) -> InstanceStep {
        let lights = &self.steps.basis.lights.instance;
        let reached = Self::light(lights, |found| &found.reached);
        let ccp = Self::light(lights, |found| &found.ccp);
        let approved =
            self.steps.draft.wanted(self.steps.basis.loaded).connect_mode == Hosting::ApprovedOrigin;
        let origin = lights.found().and_then(|found| found.origin.clone());
        let address = short(&reached);
        let mut checks = vec![
            check("setup.check.reached", reached, Vec::new()),
            check("setup.check.ccp", ccp, Vec::new()),
        ];
        if let Some(origin) = origin {
            checks.push(check("setup.check.origin", origin, Vec::new()));
        }
        checks.push(self.connect_login());
        InstanceStep {
            instance: self.field(SetupName::Instance, Some(address)),
            start: self.field(SetupName::Start, None),
            mode: self.field(SetupName::Mode, None),
            origin: if approved { APPROVED_ORIGIN.to_owned() } else { String::new() },
            checked_at: checked_at(lights),
            checks,
        }
    }
}

/// What went wrong with saving.
fn problem(problem: SaveProblem<'_>) -> String {
    match problem {
        SaveProblem::Keyring(error) => {
            fill("setup.problem.keyring", &[("reason", &say(from_facts::keyring(error)))])
        }
        SaveProblem::Refused(reason) => reason.to_owned(),
        SaveProblem::Late => say("setup.problem.late"),
    }
}

/// Under a field only what is wrong is said; the rest stands among the checks.
fn short(light: &Light) -> Light {
    Light::new(light.sign, if light.is_failed() { light.says.clone() } else { String::new() })
}

fn checked_at<T>(progress: &Progress<T>) -> String {
    match progress {
        Progress::Done { at, .. } => time(*at),
        Progress::Waiting | Progress::Checking => String::new(),
    }
}

/// A line of the checks.
fn check(key: &str, light: Light, buttons: Vec<Button>) -> SetupCheck {
    SetupCheck { title: say(key), sign: light.sign, says: light.says, buttons }
}
