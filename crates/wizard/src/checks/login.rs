//! What a login shows: the rights, whether an administrator has consented, who the tenant is, the licence filter.
//!
//! The person logs in once, for what anybody may grant. The refresh token of that login then shows whether an
//! administrator has granted the rest: a page that says "Need admin approval" would be a dead end for the person.

use doctor::from_settings::registration as registration_of;
use graph::Graph;
use reqwest::Client;
use secrecy::SecretString;
use settings::Configured;
use signin::{Class, Grant, Identity, LoginOptions, SignIn, SignInError};
use url::Url;
use view::{
    setup::SetupSign,
    words::{fill, say, sentence},
};

use super::{Light, and, host};

/// What only an administrator can grant.
const ADMIN: &str = "User.Read.All";

/// A tenant by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantName {
    /// "Contoso", as the portal has it; none if the directory does not show it.
    pub name: Option<String>,
    /// "contoso.com".
    pub domain: Option<String>,
}

impl TenantName {
    /// "Contoso, contoso.com".
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.name, &self.domain) {
            (Some(name), Some(domain)) => fill("setup.tenant.named", &[("name", name), ("domain", domain)]),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        }
    }
}

/// What a login showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginLights {
    /// The rights that it brought.
    pub rights: Light,
    /// Whether people with a licence can be listed.
    pub licence: Light,
    /// Whether an administrator has consented to User.Read.All; none if the login did not show it.
    pub admin_consent: Option<bool>,
    /// An administrator has something to approve of.
    pub asks_administrator: bool,
    /// Whose tenant it is; none if nobody logged in.
    pub tenant: Option<TenantName>,
}

impl LoginLights {
    /// Those of a login that did not succeed.
    pub fn refused(error: &SignInError, set: &Configured) -> Self {
        Self {
            rights: refused(error, set),
            licence: Light::waiting("setup.waits.login"),
            admin_consent: None,
            asks_administrator: matches!(
                error.class(),
                Class::Consent | Class::Cancelled | Class::Unapproved
            ),
            tenant: None,
        }
    }
}

/// Logs in with what was entered; `browse` gets the page for the browser. A login that names nobody is refused, as
/// everywhere, and nothing of it is kept.
pub async fn login(
    http: Client,
    set: Configured,
    secret: Option<SecretString>,
    browse: impl FnOnce(Url) + Send,
) -> (LoginLights, Option<(Identity, Grant)>) {
    let sign_in = |admin_consent| {
        SignIn::new(http.clone(), registration_of(&set, admin_consent)).with_secret(secret.clone())
    };
    let ended = match sign_in(false).begin(LoginOptions::default()).await {
        Ok(attempt) => {
            browse(attempt.url().clone());
            attempt.finish().await
        }
        Err(error) => Err(error),
    };
    let (who, grant) = match ended.and_then(with_owner) {
        Ok(login) => login,
        Err(error) => return (LoginLights::refused(&error, &set), None),
    };
    let (grant, wider) = widen(&sign_in(true), &who, grant).await;
    // What was granted decides, and not what the settings say.
    let all = Configured { admin_consent: true, ..set.clone() };
    let session = (grant.access.clone(), grant.granted.clone());
    let tenant = tenant_name(&http, &set, &who, &grant);
    let ((missing, licence), tenant) =
        tokio::join!(doctor::check_rights(http.clone(), &all, session), tenant);
    let is_consented = !missing.iter().any(|right| right == ADMIN);
    let licence = if is_consented {
        Light::of(licence, SetupSign::Warning)
    } else {
        Light::waiting("setup.waits.consent")
    };
    let rights = match &wider {
        Wider::Unknown(error) => refused(error, &set),
        Wider::Granted | Wider::NoConsent | Wider::NotAsked => rights(&who, &missing, &tenant),
    };
    let is_known = match wider {
        Wider::Granted | Wider::NoConsent => true,
        Wider::NotAsked | Wider::Unknown(_) => false,
    };
    let admin_consent = (is_consented || is_known).then_some(is_consented);
    let asks_administrator = !missing.is_empty();
    let tenant = Some(tenant);
    (LoginLights { rights, licence, admin_consent, asks_administrator, tenant }, Some((who, grant)))
}

/// A grant with the person that it belongs to.
fn with_owner(grant: Grant) -> Result<(Identity, Grant), SignInError> {
    let who = grant.who.clone().ok_or(SignInError::Nobody)?;
    Ok((who, grant))
}

/// The outcome of asking for everything.
enum Wider {
    /// Entra gave what there is.
    Granted,
    /// Nobody has consented to it.
    NoConsent,
    /// The login brought nothing to ask with.
    NotAsked,
    /// Something else is in the way, so nothing is known.
    Unknown(SignInError),
}

/// Asks for everything with the refresh token of a login: Entra grants what an administrator has consented to, and
/// refuses the rest without showing anything to anybody. A refusal leaves the grant as it was.
async fn widen(sign_in: &SignIn, who: &Identity, grant: Grant) -> (Grant, Wider) {
    let Some(refresh) = &grant.refresh else { return (grant, Wider::NotAsked) };
    match sign_in.refresh(refresh, None).await {
        // The token of this person brought another's: nothing of that is used.
        Ok(more) if is_somebody_else(&more, who) => (grant, Wider::Unknown(SignInError::OtherPerson)),
        Ok(more) => {
            let more = Grant {
                refresh: more.refresh.or(grant.refresh),
                who: more.who.or(grant.who),
                id_token: more.id_token.or(grant.id_token),
                ..more
            };
            (more, Wider::Granted)
        }
        Err(error) if error.lacks_consent() => (grant, Wider::NoConsent),
        Err(error) => (grant, Wider::Unknown(error)),
    }
}

fn is_somebody_else(more: &Grant, who: &Identity) -> bool {
    more.who.as_ref().is_some_and(|said| said.object_id != who.object_id)
}

fn rights(who: &Identity, missing: &[String], tenant: &TenantName) -> Light {
    let rights = missing.join(", ");
    let portal = match &tenant.name {
        Some(name) => fill("setup.portal.consentFor", &[("tenant", name)]),
        None => say("setup.portal.consent"),
    };
    let values = [("rights", rights.as_str()), ("consent", &portal), ("who", &who.name)];
    match missing {
        [] => Light::good(fill("setup.rights.all", &values)),
        [only] if only == ADMIN => Light::new(SetupSign::Warning, fill("setup.rights.basic", &values)),
        _ => Light::failed(fill("setup.rights.missing", &values)),
    }
}

/// The name of the tenant from the directory, else the domain of the account that logged in.
async fn tenant_name(http: &Client, set: &Configured, who: &Identity, grant: &Grant) -> TenantName {
    let graph = Graph::new(http.clone(), set.graph.clone(), set.client_id.to_string());
    match graph.organization(&grant.access).await {
        Ok(organization) => TenantName { name: Some(organization.name), domain: organization.domain },
        Err(error) => {
            tracing::debug!("the tenant's name is not shown: {error}");
            TenantName { name: None, domain: who.upn.rsplit_once('@').map(|(_, domain)| domain.to_owned()) }
        }
    }
}

/// What Entra refused, and what to do about it in the portal.
pub(super) fn refused(error: &SignInError, set: &Configured) -> Light {
    let (title, to_do) = match error.class() {
        Class::SecretExpired => ("signIn.secret.expired", "setup.toDo.newSecret"),
        Class::SecretWrong => ("signIn.secret.wrong", "setup.toDo.wrongSecret"),
        Class::SecretMissing => ("signIn.secret.missing", "signIn.secret.missingBody"),
        Class::SecretUnwanted => ("signIn.secret.unwanted", "setup.toDo.unwantedSecret"),
        Class::AppPermissions => ("signIn.permissions.title", "setup.toDo.permissions"),
        Class::Consent => ("signIn.consent.title", "setup.toDo.consent"),
        Class::Cancelled => ("signIn.cancelled.title", "setup.toDo.consent"),
        Class::Unapproved => ("signIn.unapproved.title", "setup.toDo.consent"),
        Class::Redirect => ("signIn.redirect.title", "signIn.redirect.body"),
        Class::UnknownApp => ("setup.application.unknown", "setup.toDo.application"),
        Class::OtherCloud => ("setup.tenant.otherCloud", "signIn.otherCloud.body"),
        Class::OtherAccount => ("setup.tenant.otherAccount", "signIn.otherAccount.body"),
        Class::Unreachable => {
            let says = fill("setup.network.unreached", &[("host", &host(&set.login))]);
            return Light::unreached(says);
        }
        Class::Proxy | Class::NetworkLogin => {
            let (title, body) = if error.class() == Class::Proxy {
                ("signIn.proxy.title", "signIn.proxy.later")
            } else {
                ("signIn.networkLogin.title", "signIn.networkLogin.later")
            };
            return Light::unreached(and(say(title), &fill(body, &[("host", &host(&set.login))])));
        }
        Class::TooLong => ("signIn.tooLong.title", "signIn.tooLong.body"),
        Class::Nobody => ("signIn.nobody.title", "signIn.nobody.body"),
        Class::NoPort => ("signIn.noPort.title", "signIn.noPort.body"),
        Class::Transient | Class::TooOften => ("signIn.transient.title", "signIn.again.later"),
        Class::SignInAgain | Class::AnotherCheck | Class::Blocked | Class::Registration => {
            return Light::failed(sentence(error));
        }
    };
    let host = host(&set.login);
    let values = [("host", host.as_str())];
    let says = and(fill(title, &values), &fill(to_do, &values));
    match error.class() {
        Class::SecretExpired => Light::wrong(says, "setup.field.secretExpired"),
        Class::SecretWrong => Light::wrong(says, "setup.field.secretWrong"),
        Class::SecretUnwanted => Light::wrong(says, "setup.field.secretUnwanted"),
        Class::AppPermissions => Light::wrong(says, "setup.field.permissions"),
        Class::SecretMissing
        | Class::Unapproved
        | Class::TooLong
        | Class::Proxy
        | Class::NetworkLogin
        | Class::Nobody
        | Class::NoPort
        | Class::Consent
        | Class::Cancelled
        | Class::Redirect
        | Class::UnknownApp
        | Class::OtherCloud
        | Class::OtherAccount
        | Class::Unreachable
        | Class::Transient
        | Class::TooOften
        | Class::SignInAgain
        | Class::AnotherCheck
        | Class::Blocked
        | Class::Registration => Light::failed(says),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use presence::identity::ObjectId;

    use super::*;

    fn identity(who: &str) -> Identity {
        Identity {
            object_id: ObjectId::new(who),
            tenant_id: "t".to_owned(),
            upn: format!("{who}@contoso.com"),
            name: who.to_owned(),
        }
    }

    fn grant(who: Option<&str>) -> Grant {
        Grant {
            access: "a".into(),
            expires_in: Duration::from_secs(60),
            granted: Vec::new(),
            refresh: None,
            who: who.map(identity),
            id_token: None,
        }
    }

    #[test]
    fn a_login_that_names_nobody_is_refused() {
        assert_eq!(with_owner(grant(None)).unwrap_err(), SignInError::Nobody);
        assert_eq!(with_owner(grant(Some("priya"))).unwrap().0, identity("priya"));
    }

    #[test]
    fn an_answer_for_another_person_is_not_merged_into_the_login() {
        assert!(is_somebody_else(&grant(Some("grace")), &identity("priya")));
        for more in [Some("priya"), None] {
            assert!(!is_somebody_else(&grant(more), &identity("priya")), "{more:?}");
        }
    }
}
