//! The findings about the app registration: tenant, client ID and redirect, as far as they can be checked without a login.
//! Logs nobody in.

use reqwest::Client;
use settings::Configured;
use signin::{LoginOptions, Registered, SignIn, SignInError};
use view::words::{fill, say, sentence};

use super::{finding::Finding, network::host};
use crate::from_settings::registration as registration_of;

pub(super) async fn registration(http: Client, set: Configured) -> [Finding; 2] {
    let [tenant, application, redirect] = check_parts(http, set).await;
    // A problem with the tenant comes first: without a tenant, nothing is known about the application.
    [tenant.unless_good().unwrap_or(application), redirect]
}

/// The findings about the tenant, the application in it, and the redirect.
async fn check_parts(http: Client, set: Configured) -> [Finding; 3] {
    let sign_in = SignIn::new(http, registration_of(&set, set.admin_consent));
    let attempt = match sign_in.begin(LoginOptions::default()).await {
        Ok(attempt) => attempt,
        Err(error) => {
            let finding = Finding::failed(sentence(&error), say("doctor.redirect.noPortToDo"));
            return [tenant_finding(&set, sign_in.tenant().await), application_finding(&set, None), finding];
        }
    };
    let (answer, registered) = tokio::join!(sign_in.tenant(), sign_in.registered(&attempt));
    let registered = registered.ok();
    let redirect = redirect_finding(attempt.listens_on_ipv6(), registered);
    [tenant_finding(&set, answer), application_finding(&set, registered), redirect]
}

/// The finding about the answer of the tenant.
fn tenant_finding(set: &Configured, answer: Result<url::Url, SignInError>) -> Finding {
    let (login, tenant) = (host(&set.login), set.tenant.to_string());
    let values = [("host", login.as_str()), ("tenant", &tenant)];
    match answer {
        Ok(endpoint) if host(&endpoint) == login => {
            Finding::good(fill("doctor.registration.tenant", &values))
        }
        Ok(endpoint) => {
            let cloud = host(&endpoint);
            let values = [("tenant", tenant.as_str()), ("host", &cloud)];
            let to_do = fill("doctor.registration.cloudToDo", &values);
            Finding::failed(fill("doctor.registration.cloud", &values), to_do)
        }
        Err(SignInError::Refused { .. }) => {
            let saw = fill("doctor.registration.noTenant", &values);
            Finding::failed(saw, say("doctor.registration.noTenantToDo"))
        }
        Err(SignInError::Unreachable(_)) => {
            Finding::not_checked(fill("doctor.unreached", &[("host", &login)]))
        }
        Err(
            error @ (SignInError::Server { .. }
            | SignInError::Gateway { .. }
            | SignInError::Malformed
            | SignInError::Nobody
            | SignInError::OtherPerson
            | SignInError::NoAnswer
            | SignInError::NoPort(_)
            | SignInError::AppPermissions
            | SignInError::OtherTenant { .. }
            | SignInError::Address),
        ) => Finding::failed(sentence(&error), say("doctor.registration.troubleToDo")),
    }
}

/// The finding about the client ID.
fn application_finding(set: &Configured, registered: Option<Registered>) -> Finding {
    let (tenant, client) = (set.tenant.to_string(), set.client_id.to_string());
    let values = [("tenant", tenant.as_str()), ("client", client.as_str())];
    match registered {
        Some(Registered::Yes | Registered::OtherRedirect) => {
            Finding::good(fill("doctor.registration.good", &values))
        }
        Some(Registered::UnknownClient) => {
            let saw = fill("doctor.registration.noClient", &values);
            Finding::failed(saw, say("doctor.registration.noClientToDo"))
        }
        Some(Registered::Unclear) | None => Finding::good(fill("doctor.registration.unclear", &values)),
    }
}

fn redirect_finding(listens_on_ipv6: bool, registered: Option<Registered>) -> Finding {
    match (registered, listens_on_ipv6) {
        (Some(Registered::OtherRedirect), _) => {
            Finding::failed(say("doctor.redirect.other"), say("doctor.redirect.otherToDo"))
        }
        (Some(Registered::Yes), true) => Finding::good(say("doctor.redirect.good")),
        (Some(Registered::Yes), false) => Finding::good(say("doctor.redirect.goodFour")),
        (Some(Registered::UnknownClient | Registered::Unclear) | None, true) => {
            Finding::good(say("doctor.redirect.unclear")).and_do(say("doctor.redirect.unclearToDo"))
        }
        (Some(Registered::UnknownClient | Registered::Unclear) | None, false) => {
            Finding::good(say("doctor.redirect.unclearFour")).and_do(say("doctor.redirect.unclearToDo"))
        }
    }
}
