//! The live checks: the registration while nobody logs in, the rights of a login, the instance.

use std::time::Duration;

use doctor::of_settings::registration as registration_of;
use jiff::{SignedDuration, Timestamp};
use presence::{connect::Hosting, redate::Redate};
use reqwest::Client;
use secrecy::SecretString;
use settings::Configured;
use signin::{Class, Grant, SecretsAnswer, SignIn, SignInError, Wish};
use tokio::time::timeout;
use url::Url;
use view::{
    doctor::{Check, Status},
    setup::SetupSign,
    words::{fill, say, sentence},
};

/// How long one round may take.
const LIMIT: Duration = Duration::from_secs(12);

/// A sign and its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Light {
    /// How it is.
    pub sign: SetupSign,
    /// What is said of it; empty if there is nothing to say.
    pub says: String,
}

impl Light {
    /// A sign with this sentence.
    pub fn new(sign: SetupSign, says: String) -> Self {
        Self { sign, says }
    }

    /// Something else comes first; the catalogue says at `key` what.
    pub fn waiting(key: &str) -> Self {
        Self::new(SetupSign::Waiting, say(key))
    }

    /// Being looked at.
    pub fn checking() -> Self {
        Self::new(SetupSign::Checking, String::new())
    }

    fn good(says: String) -> Self {
        Self::new(SetupSign::Good, says)
    }

    fn failed(says: String) -> Self {
        Self::new(SetupSign::Failed, says)
    }

    /// Something is wrong.
    pub fn is_failed(&self) -> bool {
        self.sign == SetupSign::Failed
    }

    /// What doctor found, with what to do.
    fn of(check: Check, unknown: SetupSign) -> Self {
        let sign = match check.status {
            Status::Good => SetupSign::Good,
            Status::NotChecked => unknown,
            Status::Warning => SetupSign::Warning,
            Status::Failed => SetupSign::Failed,
        };
        Self::new(sign, and(check.saw, &check.to_do.unwrap_or_default()))
    }

    /// The same, where what to do is said in the portal's words and not in those of the settings file.
    fn instead(check: Check, to_do: &str) -> Self {
        let failed = check.status == Status::Failed;
        let to_do = if failed { Some(say(to_do)) } else { None };
        Self::of(Check { to_do, ..check }, SetupSign::Failed)
    }
}

fn and(one: String, other: &str) -> String {
    if other.is_empty() { one } else { format!("{one} {other}") }
}

/// What is known of the registration while nobody logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationLights {
    /// The tenant.
    pub tenant: Light,
    /// The application in it.
    pub application: Light,
    /// Its redirect address.
    pub redirect: Light,
    /// Its client secret.
    pub secret: Light,
}

/// The client secret that a check is to use.
#[derive(Debug)]
pub enum SecretAsked {
    /// It was entered, or there is to be none.
    Given(Option<SecretString>),
    /// Whatever the keyring has for this registration.
    Kept(tokio::sync::oneshot::Receiver<SecretsAnswer>),
}

/// Looks at the registration. Answers with the secret that was used, too.
pub async fn registration(
    http: Client,
    set: Configured,
    secret: SecretAsked,
) -> (RegistrationLights, Option<SecretString>) {
    let secret = match secret {
        SecretAsked::Given(secret) => secret,
        SecretAsked::Kept(answer) => {
            timeout(LIMIT, answer).await.ok().and_then(Result::ok).and_then(Result::ok).flatten()
        }
    };
    let looked = timeout(LIMIT, doctor::look_at_registration(http.clone(), set.clone())).await;
    let Ok([tenant, application, redirect]) = looked else {
        let tenant = Light::failed(say("doctor.late"));
        let waits = || Light::waiting("setup.waits.tenant");
        let lights = RegistrationLights { tenant, application: waits(), redirect: waits(), secret: waits() };
        return (lights, secret);
    };
    let tenant = Light::instead(tenant, "setup.toDo.tenant");
    let application = if tenant.is_failed() {
        Light::waiting("setup.waits.tenant")
    } else {
        Light::instead(application, "setup.toDo.application")
    };
    let stops = tenant.is_failed() || application.is_failed();
    let redirect = if stops {
        Light::waiting("setup.waits.application")
    } else {
        Light::of(redirect, SetupSign::Warning)
    };
    let secret_light = match &secret {
        _ if stops => Light::waiting("setup.waits.application"),
        None => Light::good(say("setup.secret.none")),
        Some(secret) => {
            let sign_in = SignIn::new(http, registration_of(&set, false)).with_secret(Some(secret.clone()));
            match timeout(LIMIT, sign_in.begin(Wish::default())).await {
                Ok(Ok(_)) => Light::good(say("setup.secret.good")),
                Ok(Err(error)) => refused(&error, &set),
                Err(_) => Light::failed(say("doctor.late")),
            }
        }
    };
    (RegistrationLights { tenant, application, redirect, secret: secret_light }, secret)
}

/// What Entra said no to, and what to do about it in the portal.
fn refused(error: &SignInError, set: &Configured) -> Light {
    let (title, to_do) = match error.class() {
        Class::SecretExpired => ("signIn.secret.expired", "setup.toDo.newSecret"),
        Class::SecretWrong => ("signIn.secret.wrong", "setup.toDo.wrongSecret"),
        Class::SecretMissing => ("signIn.secret.missing", "signIn.secret.missingBody"),
        Class::SecretUnwanted => ("signIn.secret.unwanted", "setup.toDo.unwantedSecret"),
        Class::AppPermissions => ("signIn.permissions.title", "setup.toDo.permissions"),
        Class::Consent => ("signIn.consent.title", "setup.toDo.consent"),
        Class::Cancelled => ("signIn.cancelled.title", "setup.toDo.consent"),
        Class::Redirect => ("signIn.redirect.title", "signIn.redirect.body"),
        Class::UnknownApp => ("signIn.unknownApp.title", "setup.toDo.application"),
        Class::OtherCloud => ("signIn.otherCloud.title", "signIn.otherCloud.body"),
        Class::OtherAccount => ("signIn.otherAccount.title", "signIn.otherAccount.body"),
        Class::Unreachable => ("signIn.unreachable.title", "signIn.again.later"),
        Class::Transient | Class::TooOften => ("signIn.transient.title", "signIn.again.later"),
        Class::SignInAgain | Class::AnotherCheck | Class::Blocked | Class::Registration => {
            return Light::failed(sentence(error));
        }
    };
    let (host, tenant) = (set.login.host_str().unwrap_or_default(), set.tenant.to_string());
    let values = [("host", host), ("tenant", tenant.as_str())];
    Light::failed(and(fill(title, &values), &fill(to_do, &values)))
}

/// What a login showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginLights {
    /// The rights that it brought.
    pub rights: Light,
    /// Whether people with a licence can be listed.
    pub licence: Light,
    /// An administrator has something to approve of.
    pub consent: bool,
}

impl LoginLights {
    /// It did not succeed.
    pub fn refused(error: &SignInError, set: &Configured) -> Self {
        Self {
            rights: refused(error, set),
            licence: Light::waiting("setup.waits.login"),
            consent: matches!(error.class(), Class::Consent | Class::Cancelled),
        }
    }
}

/// Logs in with what was entered; `browse` gets the page for the browser.
pub async fn login(
    http: Client,
    set: Configured,
    secret: Option<SecretString>,
    browse: impl FnOnce(Url) + Send,
) -> (LoginLights, Option<Grant>) {
    let sign_in = SignIn::new(http.clone(), registration_of(&set, set.admin_consent)).with_secret(secret);
    let ended = match sign_in.begin(Wish::default()).await {
        Ok(attempt) => {
            browse(attempt.url().clone());
            attempt.finish().await
        }
        Err(error) => Err(error),
    };
    let grant = match ended {
        Ok(grant) => grant,
        Err(error) => return (LoginLights::refused(&error, &set), None),
    };
    let session = (grant.access.clone(), grant.granted.clone());
    let (missing, licence) = doctor::look_at_rights(http, &set, session).await;
    let who = grant.who.as_ref().map(|who| who.name.clone()).unwrap_or_default();
    let tenant = set.tenant.to_string();
    let values = [("rights", missing.join(", ")), ("tenant", tenant), ("who", who)];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let only_numbers = missing.iter().all(|right| right == "User.Read.All");
    let rights = match (missing.is_empty(), set.admin_consent) {
        (true, true) => Light::good(fill("setup.rights.all", &values)),
        (true, false) => Light::new(SetupSign::Warning, fill("setup.rights.basic", &values)),
        (false, _) if only_numbers => Light::new(SetupSign::Warning, fill("setup.rights.missing", &values)),
        (false, _) => Light::failed(fill("setup.rights.missing", &values)),
    };
    let licence = match (set.admin_consent, only_numbers && !missing.is_empty()) {
        (true, false) => Light::of(licence, SetupSign::Warning),
        (false, _) | (true, true) => Light::waiting("setup.waits.consent"),
    };
    let consent = !missing.is_empty() || !set.admin_consent;
    (LoginLights { rights, licence, consent }, Some(grant))
}

/// What is known of the instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceLights {
    /// Whether it answers.
    pub reached: Light,
    /// Whether it is a CCP.
    pub ccp: Light,
    /// Only where our own page carries the CCP.
    pub origin: Option<Light>,
}

/// Looks at the instance.
pub async fn instance(http: Client, ccp: Url, mode: Hosting) -> InstanceLights {
    let Ok(found) = timeout(LIMIT, doctor::look_at_instance(http, ccp, mode)).await else {
        let reached = Light::failed(say("doctor.late"));
        let waits = Light::waiting("setup.waits.instance");
        return InstanceLights { reached, ccp: waits, origin: None };
    };
    let [reached, ccp, origin] = found;
    let reached = Light::of(reached, SetupSign::Failed);
    let ccp = if reached.is_failed() {
        Light::waiting("setup.waits.instance")
    } else {
        Light::instead(ccp, "setup.toDo.instance")
    };
    let origin = match mode {
        Hosting::SameOrigin => None,
        Hosting::ApprovedOrigin => Some(Light::of(origin, SetupSign::Warning)),
    };
    InstanceLights { reached, ccp, origin }
}

/// How far a round of checks is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress<T> {
    /// There is nothing to look at yet.
    Waiting,
    /// Under way, or about to be.
    Checking,
    /// This was found.
    Done {
        /// When.
        at: Timestamp,
        /// What.
        found: T,
    },
}

impl<T> Progress<T> {
    /// What was found, once it is known.
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Done { found, .. } => Some(found),
            Self::Waiting | Self::Checking => None,
        }
    }
}

impl<T> Redate for Progress<T> {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Done { at, found: _ } => at.redate(by),
            Self::Waiting | Self::Checking => {}
        }
    }
}
