//! The agent's authorization: whether it is valid, which rights it carries, and whether the licence filter works.
//!
//! A refresh token is used only while no other process can use it, and the new one is kept before anything else.

use std::sync::Arc;

use graph::{Graph, GraphError, LicenceFilter, LicensedCount};
use reqwest::Client;
use secrecy::SecretString;
use settings::Configured;
use signin::{Grant, IdToken, Registration, SecretsError, SecretsOrder, SignIn, SignInError};
use tokio::{sync::oneshot, time::timeout};
use view::words::{count, fill, say, sentence};

use super::{Authorization, desktop::PATIENCE, finding::Finding, probe::Probe};
use crate::of_settings::{account, registration as registration_of, secret_account};

/// An access token and its rights.
struct Session {
    access: SecretString,
    granted: Vec<String>,
    id_token: Option<IdToken>,
}

/// `proof` gets the ID token, if there is one.
pub(super) async fn rights(
    http: Client,
    set: Configured,
    (authorization, proof): (Authorization, oneshot::Sender<IdToken>),
    probe: Arc<dyn Probe>,
) -> [Finding; 2] {
    let session = match authorization {
        Authorization::Session { access, granted, id_token } => Ok(Session { access, granted, id_token }),
        Authorization::LoggedOut => {
            Err(Finding::not_checked(say("doctor.scopes.loggedOut")).and_do(say("doctor.scopes.logIn")))
        }
        Authorization::InUse => {
            Err(Finding::not_checked(say("doctor.scopes.inUse")).and_do(say("doctor.scopes.inUseToDo")))
        }
        Authorization::Keyring => {
            // On its own task: a refresh that was begun is finished and kept, whoever still waits for it.
            let renewed = tokio::spawn(renew(http.clone(), set.clone(), probe));
            renewed.await.unwrap_or_else(|error| Err(Finding::not_checked(error.to_string())))
        }
    };
    match session {
        Ok(session) => {
            if let Some(id_token) = session.id_token {
                // Nobody waits for it if the statuses of colleagues are not read.
                drop(proof.send(id_token));
            }
            let (missing, licence) = of_session(http, &set, session.access, &session.granted).await;
            [granted(&missing), licence]
        }
        Err(finding) => [finding, Finding::not_checked(say("doctor.licence.noAuthorization"))],
    }
}

/// The rights that are asked for and were not granted, and what the licence filter says.
pub(super) async fn of_session(
    http: Client,
    set: &Configured,
    access: SecretString,
    granted: &[String],
) -> (Vec<String>, Finding) {
    let missing = missing(&registration_of(set, set.admin_consent), granted);
    let licence = licence(http, set, &access, &missing).await;
    (missing, licence)
}

async fn renew(http: Client, set: Configured, probe: Arc<dyn Probe>) -> Result<Session, Finding> {
    let ask = async |account, order| probe.secrets(account, order).await.unwrap_or(Err(SecretsError::Failed));
    let login = account(&set);
    let refresh = match timeout(PATIENCE, ask(login.clone(), SecretsOrder::Load)).await {
        Ok(Ok(Some(refresh))) => refresh,
        Ok(Ok(None)) => {
            let finding = Finding::not_checked(say("doctor.scopes.loggedOut"));
            return Err(finding.and_do(say("doctor.scopes.logIn")));
        }
        Ok(Err(_)) | Err(_) => return Err(Finding::not_checked(say("doctor.scopes.noKeyring"))),
    };
    let secret = timeout(PATIENCE, ask(secret_account(&login), SecretsOrder::Load)).await;
    let secret = secret.ok().and_then(Result::ok).flatten();
    let sign_in = |admin_consent| {
        SignIn::new(http.clone(), registration_of(&set, admin_consent)).with_secret(secret.clone())
    };
    let mut renewed = sign_in(set.admin_consent).refresh(&refresh, None).await;
    if matches!(&renewed, Err(SignInError::Refused { .. })) && set.admin_consent {
        // Perhaps it is only the right that an administrator must have granted.
        if let Ok(grant) = sign_in(false).refresh(&refresh, None).await {
            renewed = Ok(grant);
        }
    }
    match renewed {
        Ok(Grant { access, granted, refresh: newest, id_token, expires_in: _, who: _ }) => {
            if let Some(newest) = newest {
                drop(ask(login, SecretsOrder::Store(newest)).await);
            }
            Ok(Session { access, granted, id_token })
        }
        Err(error @ SignInError::Refused { .. }) => {
            Err(Finding::failed(say("doctor.scopes.refused"), sentence(&error.class())))
        }
        Err(error) => Err(Finding::not_checked(sentence(&error))),
    }
}

/// The rights that are asked for and were not granted, by their short names.
fn missing(registration: &Registration, granted: &[String]) -> Vec<String> {
    let short = |scope: &str| scope.rsplit('/').next().unwrap_or_default().to_owned();
    let granted: Vec<String> = granted.iter().map(|scope| short(scope).to_ascii_lowercase()).collect();
    let asked = registration.scopes.iter().filter(|scope| scope.contains('/')).map(|scope| short(scope));
    asked.filter(|scope| !granted.contains(&scope.to_ascii_lowercase())).collect()
}

fn granted(missing: &[String]) -> Finding {
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
    // Numbers and licences are all that the product can do without.
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
        Ok(found) => Finding::good(licensed(&found)),
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

/// Who has a licence, how the directory says so, and what could not be read of those who were looked at.
fn licensed(found: &LicensedCount) -> String {
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
    use view::doctor::{Status, Topic};

    use super::*;

    fn asked() -> Registration {
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
    fn rights_are_known_with_and_without_the_address_of_graph() {
        let all = "openid User.Read user.readbasic.all https://graph.microsoft.com/User.Read.All \
                   https://graph.microsoft.com/Presence.ReadWrite Presence.Read.All";
        assert!(missing(&asked(), &scopes(all)).is_empty());
    }

    #[test]
    fn a_missing_right_is_named_with_what_it_costs() {
        let all_but_numbers = "User.Read User.ReadBasic.All Presence.ReadWrite Presence.Read.All";
        let check = granted(&missing(&asked(), &scopes(all_but_numbers))).of(Topic::Scopes);
        assert_eq!(check.status, Status::Warning);
        assert!(check.saw.starts_with("Not granted: User.Read.All."), "{}", check.saw);
        let check = granted(&missing(&asked(), &scopes("User.Read"))).of(Topic::Scopes);
        assert_eq!(check.status, Status::Failed);
    }
}
