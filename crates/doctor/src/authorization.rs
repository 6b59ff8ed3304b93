//! The findings about the agent's authorization: whether it is valid, which rights it grants, and whether the licence filter
//! works.
//!
//! It uses a refresh token only while no other process can, and saves the new one before anything else.

use std::sync::Arc;

use graph::{Graph, GraphError, LicenceFilter, LicensedCount};
use reqwest::Client;
use secrecy::SecretString;
use settings::Configured;
use signin::{Grant, IdToken, Registration, SecretsError, SecretsOrder, SignIn, SignInError};
use tokio::{sync::oneshot, time::timeout};
use view::words::{count, fill, say, sentence};

use super::{AuthorizationSource, desktop::KEYRING_TIMEOUT, finding::Finding, probe::Probe};
use crate::from_settings::{account, registration as registration_of, secret_account};

/// An access token and its rights.
struct RenewedSession {
    access: SecretString,
    granted: Vec<String>,
    id_token: Option<IdToken>,
}

/// The findings about the rights and the licence filter. Sends the ID token to `id_token_sender`, if there is one.
pub(super) async fn rights(
    http: Client,
    set: Configured,
    (authorization, id_token_sender): (AuthorizationSource, oneshot::Sender<IdToken>),
    probe: Arc<dyn Probe>,
) -> [Finding; 2] {
    let session = match authorization {
        AuthorizationSource::Session { access, granted, id_token } => {
            Ok(RenewedSession { access, granted, id_token })
        }
        AuthorizationSource::LoggedOut => {
            Err(Finding::not_checked(say("doctor.scopes.loggedOut")).and_do(say("doctor.scopes.logIn")))
        }
        AuthorizationSource::InUse => {
            Err(Finding::not_checked(say("doctor.scopes.inUse")).and_do(say("doctor.scopes.inUseToDo")))
        }
        AuthorizationSource::Keyring => {
            // On its own task, so that a refresh is finished and saved even if nobody waits for it any longer.
            let renewed = tokio::spawn(renew(http.clone(), set.clone(), probe));
            renewed.await.unwrap_or_else(|error| Err(Finding::not_checked(error.to_string())))
        }
    };
    match session {
        Ok(session) => {
            if let Some(id_token) = session.id_token {
                // The receiver is gone if the statuses of colleagues are not checked.
                drop(id_token_sender.send(id_token));
            }
            let (missing, licence) = of_session(http, &set, session.access, &session.granted).await;
            [rights_finding(&missing), licence]
        }
        Err(finding) => [finding, Finding::not_checked(say("doctor.licence.noAuthorization"))],
    }
}

/// The requested rights that were not granted, and the finding about the licence filter.
pub(super) async fn of_session(
    http: Client,
    set: &Configured,
    access: SecretString,
    granted: &[String],
) -> (Vec<String>, Finding) {
    let missing = missing_rights(&registration_of(set, set.admin_consent), granted);
    let licence = licence(http, set, &access, &missing).await;
    (missing, licence)
}

/// Renews the authorization with the refresh token in the keyring, and saves the new one.
async fn renew(http: Client, set: Configured, probe: Arc<dyn Probe>) -> Result<RenewedSession, Finding> {
    let ask = async |account, order| probe.secrets(account, order).await.unwrap_or(Err(SecretsError::Failed));
    let login = account(&set);
    let refresh = match timeout(KEYRING_TIMEOUT, ask(login.clone(), SecretsOrder::Load)).await {
        Ok(Ok(Some(refresh))) => refresh,
        Ok(Ok(None)) => {
            let finding = Finding::not_checked(say("doctor.scopes.loggedOut"));
            return Err(finding.and_do(say("doctor.scopes.logIn")));
        }
        Ok(Err(_)) | Err(_) => return Err(Finding::not_checked(say("doctor.scopes.noKeyring"))),
    };
    let secret = timeout(KEYRING_TIMEOUT, ask(secret_account(&login), SecretsOrder::Load)).await;
    let secret = secret.ok().and_then(Result::ok).flatten();
    let sign_in = |admin_consent| {
        SignIn::new(http.clone(), registration_of(&set, admin_consent)).with_secret(secret.clone())
    };
    let mut renewed = sign_in(set.admin_consent).refresh(&refresh, None).await;
    if matches!(&renewed, Err(SignInError::Refused { .. })) && set.admin_consent {
        // Perhaps only the right that needs an administrator is missing.
        if let Ok(grant) = sign_in(false).refresh(&refresh, None).await {
            renewed = Ok(grant);
        }
    }
    match renewed {
        Ok(Grant { access, granted, refresh: newest, id_token, expires_in: _, who: _ }) => {
            if let Some(newest) = newest {
                drop(ask(login, SecretsOrder::Store(newest)).await);
            }
            Ok(RenewedSession { access, granted, id_token })
        }
        Err(error @ SignInError::Refused { .. }) => {
            Err(Finding::failed(say("doctor.scopes.refused"), sentence(&error.class())))
        }
        Err(error) => Err(Finding::not_checked(sentence(&error))),
    }
}

/// The requested rights that were not granted, by their short names.
fn missing_rights(registration: &Registration, granted: &[String]) -> Vec<String> {
    let short = |scope: &str| scope.rsplit('/').next().unwrap_or_default().to_owned();
    let granted: Vec<String> = granted.iter().map(|scope| short(scope).to_ascii_lowercase()).collect();
    let asked = registration.scopes.iter().filter(|scope| scope.contains('/')).map(|scope| short(scope));
    asked.filter(|scope| !granted.contains(&scope.to_ascii_lowercase())).collect()
}

fn rights_finding(missing: &[String]) -> Finding {
    if missing.is_empty() {
        return Finding::good(say("doctor.scopes.good"));
    }
    let costs = missing.iter().map(|right| {
        say(match right.as_str() {
            "Presence.ReadWrite" => "doctor.scopes.cost.write",
            "Presence.Read.All" => "doctor.scopes.cost.presence",
            "User.Read.All" => "doctor.scopes.cost.directory",
            "User.ReadBasic.All" => "doctor.scopes.cost.names",
            _ => "doctor.scopes.cost.person",
        })
    });
    let costs: Vec<String> = costs.collect();
    let saw = fill("doctor.scopes.missing", &[("rights", &missing.join(", ")), ("costs", &costs.join(" "))]);
    let to_do = say("doctor.scopes.missingToDo");
    // Only phone numbers and licences need this right, and the product works without them.
    if missing.iter().all(|right| right == "User.Read.All") {
        Finding::warning(saw, to_do)
    } else {
        Finding::failed(saw, to_do)
    }
}

async fn licence(http: Client, set: &Configured, access: &SecretString, missing: &[String]) -> Finding {
    if !set.admin_consent || missing.iter().any(|right| right == "User.Read.All") {
        return Finding::warning(say("doctor.licence.basic"), say("doctor.licence.basicToDo"));
    }
    let graph = Graph::new(http, set.graph.clone(), set.client_id.to_string());
    match graph.count_licensed(access).await {
        Ok(LicensedCount { people: 0, is_all: true, .. }) => {
            Finding::warning(say("doctor.licence.nobody"), say("doctor.licence.nobodyToDo"))
        }
        Ok(found) => Finding::good(licensed_sentence(&found)),
        Err(error @ GraphError::NotAllowed { .. }) => {
            Finding::failed(sentence(&error), say("doctor.licence.basicToDo"))
        }
        Err(error @ (GraphError::Throttled { .. } | GraphError::Server { .. } | GraphError::TimedOut)) => {
            Finding::warning(sentence(&error), say("doctor.licence.laterToDo"))
        }
        Err(
            error @ (GraphError::Unauthorized { .. }
            | GraphError::NotFound { .. }
            | GraphError::Refused { .. }
            | GraphError::Unreachable(_)
            | GraphError::Malformed(_)
            | GraphError::ForeignLink),
        ) => Finding::failed(sentence(&error), say("doctor.licence.failedToDo")),
    }
}

/// How many people have a licence, how the directory was filtered, and how many entries could not be read.
fn licensed_sentence(found: &LicensedCount) -> String {
    let people = count(usize::try_from(found.people).unwrap_or(usize::MAX));
    let key = match (found.filter, found.is_all) {
        (LicenceFilter::LicensedAndEnabled | LicenceFilter::Licensed, _) => "doctor.licence.good",
        (LicenceFilter::Here, true) => "doctor.licence.here",
        (LicenceFilter::Here, false) => "doctor.licence.hereAtLeast",
    };
    let sentence = fill(key, &[("count", &people)]);
    if found.skipped == 0 {
        return sentence;
    }
    let (skipped, of) = (count(found.skipped), count(found.entries));
    fill("checks.directory.skipped", &[("sentence", &sentence), ("skipped", &skipped), ("count", &of)])
}

#[cfg(test)]
mod tests {
    use settings::Settings;
    use view::doctor::{CheckStatus, Topic};

    use super::*;

    fn requested() -> Registration {
        let settings = Settings {
            tenant: "contoso.com".parse().ok(),
            client_id: "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001".parse().ok(),
            instance: url::Url::parse("https://contoso.my.connect.aws/").ok(),
            admin_consent: true,
            ..Settings::default()
        };
        registration_of(&settings.configured().unwrap(), true)
    }

    fn scopes(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn rights_are_recognised_with_and_without_the_address_of_graph() {
        let all = "openid User.Read user.readbasic.all https://graph.microsoft.com/User.Read.All \
                   https://graph.microsoft.com/Presence.ReadWrite Presence.Read.All";
        assert!(missing_rights(&requested(), &scopes(all)).is_empty());
    }

    #[test]
    fn a_missing_right_is_named_with_what_it_costs() {
        let all_but_numbers = "User.Read User.ReadBasic.All Presence.ReadWrite Presence.Read.All";
        let check = rights_finding(&missing_rights(&requested(), &scopes(all_but_numbers))).of(Topic::Scopes);
        assert_eq!(check.status, CheckStatus::Warning);
        assert!(check.saw.starts_with("Not granted: User.Read.All."), "{}", check.saw);
        let check = rights_finding(&missing_rights(&requested(), &scopes("User.Read"))).of(Topic::Scopes);
        assert_eq!(check.status, CheckStatus::Failed);
    }
}
