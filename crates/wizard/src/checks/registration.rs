//! The app registration, as far as it can be known while nobody logs in: tenant, application, redirect, secret.

use doctor::from_settings::registration as registration_of;
use reqwest::Client;
use secrecy::SecretString;
use settings::Configured;
use signin::{LoginOptions, Registered, SecretsAnswer, SignIn, SignInError};
use tokio::time::timeout;
use url::Url;
use view::words::{fill, say, sentence};

use super::{LIMIT, Light, and, host, login::refused};

/// The sign-in services of the clouds (Microsoft identity platform: authentication-national-cloud).
const CLOUDS: [(&str, &str); 3] = [
    ("login.microsoftonline.com", "setup.cloud.global"),
    ("login.microsoftonline.us", "setup.cloud.government"),
    ("login.partner.microsoftonline.cn", "setup.cloud.china"),
];

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

/// Checks the registration. Also returns the secret that was used.
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
    let seen = timeout(LIMIT, Seen::look(&http, &set)).await;
    let seen = match seen {
        Ok(seen) => seen,
        Err(_) => Seen { tenant: Err(Light::late(&set.login)), registered: None, port: None },
    };
    let lights = match (&seen.tenant, seen.application()) {
        (Err(tenant), _) => {
            let waits = || Light::waiting("setup.waits.tenant");
            let tenant = tenant.clone();
            RegistrationLights { tenant, application: waits(), redirect: waits(), secret: waits() }
        }
        (Ok(tenant), application) if application.is_failed() => {
            let waits = || Light::waiting("setup.waits.application");
            RegistrationLights { tenant: tenant.clone(), application, redirect: waits(), secret: waits() }
        }
        (Ok(tenant), application) => RegistrationLights {
            tenant: tenant.clone(),
            application,
            redirect: seen.redirect(),
            secret: secret_light(http, &set, secret.as_ref()).await,
        },
    };
    (lights, secret)
}

async fn secret_light(http: Client, set: &Configured, secret: Option<&SecretString>) -> Light {
    let Some(secret) = secret else { return Light::good(say("setup.secret.none")) };
    let sign_in = SignIn::new(http, registration_of(set, false)).with_secret(Some(secret.clone()));
    match timeout(LIMIT, sign_in.begin(LoginOptions::default())).await {
        Ok(Ok(_)) => Light::good(say("setup.secret.good")),
        Ok(Err(error)) => refused(&error, set),
        Err(_) => Light::late(&set.login),
    }
}

/// What was seen of a registration.
struct Seen {
    /// The tenant is there, or why that cannot be said.
    tenant: Result<Light, Light>,
    registered: Option<Registered>,
    /// Why no port could be opened for the redirect.
    port: Option<SignInError>,
}

impl Seen {
    async fn look(http: &Client, set: &Configured) -> Self {
        let sign_in = SignIn::new(http.clone(), registration_of(set, false));
        match sign_in.begin(LoginOptions::default()).await {
            Ok(attempt) => {
                let (there, registered) = tokio::join!(sign_in.tenant(), sign_in.registered(&attempt));
                Self { tenant: tenant(set, there), registered: registered.ok(), port: None }
            }
            Err(error) => {
                Self { tenant: tenant(set, sign_in.tenant().await), registered: None, port: Some(error) }
            }
        }
    }

    /// What is unknown here shows at a login; a green sign would claim that it was checked.
    fn application(&self) -> Light {
        match self.registered {
            Some(Registered::Yes | Registered::OtherRedirect) => Light::good(say("setup.application.found")),
            Some(Registered::UnknownClient) => {
                let says = and(say("setup.application.unknown"), &say("setup.toDo.application"));
                Light::wrong(says, "setup.field.noApplication")
            }
            Some(Registered::Unclear) | None => Light::waiting("setup.waits.loginShows"),
        }
    }

    fn redirect(&self) -> Light {
        match (&self.port, self.registered) {
            (Some(error), _) => Light::failed(and(sentence(error), &say("doctor.redirect.noPortToDo"))),
            (None, Some(Registered::OtherRedirect)) => {
                Light::failed(and(say("signIn.redirect.title"), &say("signIn.redirect.body")))
            }
            (None, Some(Registered::Yes)) => Light::good(say("setup.redirect.good")),
            (None, Some(Registered::UnknownClient | Registered::Unclear) | None) => {
                Light::waiting("setup.waits.loginShows")
            }
        }
    }
}

/// What the tenant answers: the address of its own cloud.
fn tenant(set: &Configured, answer: Result<Url, SignInError>) -> Result<Light, Light> {
    let login = host(&set.login);
    let values = [("host", login.as_str())];
    match answer {
        Ok(endpoint) if host(&endpoint) == login => {
            let cloud = CLOUDS.iter().find(|(host, _)| *host == login);
            let cloud = cloud.map_or_else(|| fill("setup.cloud.other", &values), |(_, key)| say(key));
            Ok(Light::good(fill("setup.tenant.answers", &[("cloud", &cloud)])))
        }
        Ok(endpoint) => {
            let saw = fill("setup.tenant.elsewhere", &[("host", &host(&endpoint))]);
            Err(Light::wrong(and(saw, &say("signIn.otherCloud.body")), "setup.field.otherCloud"))
        }
        Err(SignInError::Refused { .. }) => {
            let says = and(fill("setup.tenant.unknown", &values), &say("setup.toDo.tenant"));
            Err(Light::wrong(says, "setup.field.noTenant"))
        }
        Err(SignInError::Unreachable(_)) => Err(Light::unreached(fill("setup.network.unreached", &values))),
        Err(
            error @ (SignInError::Server { .. }
            | SignInError::Gateway { .. }
            | SignInError::Malformed
            | SignInError::NoAnswer),
        ) => Err(Light::unreached(and(sentence(&error), &say("doctor.registration.troubleToDo")))),
        Err(
            error @ (SignInError::NoPort(_)
            | SignInError::AppPermissions
            | SignInError::Nobody
            | SignInError::OtherPerson
            | SignInError::OtherTenant { .. }
            | SignInError::Address),
        ) => Err(Light::failed(sentence(&error))),
    }
}
