//! The client of the service API and of STS against the sandbox, whose double of AWS makes the checks that AWS makes.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use std::{collections::BTreeSet, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use connect::api::{
    ApiError, ConnectApi, ConnectUser, Credentials, ErrorKind, Statuses, Sts, UserState, Users,
};
use jiff::{SignedDuration, Timestamp};
use net::RetryAfter;
use presence::{
    aws::{InstanceArn, RoleArn, UserId},
    connect::{Activity, AgentStatus, Channel, StatusKind},
    identity::ObjectId,
};
use sandbox::{
    Body, Endpoint, Fault, Operation, Options, Provider, Role, Sandbox, SeatMove, StatusCode, Unwilling,
};
use secrecy::{ExposeSecret, SecretString};
use signin::{IdToken, LoginOptions, Registration, SignIn};

/// The value of a key in the settings that the sandbox prints.
fn setting(sandbox: &Sandbox, name: &str) -> String {
    let settings = sandbox.settings_toml_with_connect_api();
    let line = settings.lines().find(|line| line.starts_with(name)).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

/// A desk of the sandbox with a login.
struct Desk {
    sandbox: Sandbox,
    http: reqwest::Client,
    id_token: IdToken,
}

impl Desk {
    async fn start(people: usize) -> Self {
        // A second installation in the same process is refused, and the first one serves.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let sandbox = sandbox::start(Options { people, ..Options::default() }).await.unwrap();
        let id_token = log_in(&sandbox, &http).await;
        Self { sandbox, http, id_token }
    }

    fn now(&self) -> Timestamp {
        self.sandbox.world().now()
    }

    fn sts(&self, role: &str) -> Sts {
        Sts::new(self.http.clone(), self.sandbox.aws().clone(), role.parse::<RoleArn>().unwrap())
    }

    async fn assume_with(&self, token: &SecretString) -> Result<Credentials, ApiError> {
        self.sts(&setting(&self.sandbox, "role_arn")).assume(token, "priya.raman@contoso.com").await
    }

    async fn assume(&self) -> Result<Credentials, ApiError> {
        self.assume_with(&self.id_token.text).await
    }

    fn api_of(&self, instance: &str) -> ConnectApi {
        let instance: InstanceArn = instance.parse().unwrap();
        let region = instance.region().clone();
        ConnectApi::new(self.http.clone(), self.sandbox.aws().clone(), region, instance)
    }

    fn api(&self) -> ConnectApi {
        self.api_of(&setting(&self.sandbox, "instance_arn"))
    }

    /// Calls each of the four actions once, and gives the results.
    async fn call_each(&self, credentials: &Credentials) -> [Result<(), ApiError>; 4] {
        let (api, now) = (self.api(), self.now());
        let somebody = id_of(&self.sandbox.world().connect_users("", 1).remove(0));
        let users = std::slice::from_ref(&somebody);
        [
            api.current_users(credentials, now, (users, &[]), None).await.map(drop),
            api.users(credentials, now, None).await.map(drop),
            api.addresses(credentials, now, &somebody).await.map(drop),
            api.statuses(credentials, now, None).await.map(drop),
        ]
    }

    async fn statuses(&self, credentials: &Credentials) -> Result<Statuses, ApiError> {
        self.api().statuses(credentials, self.now(), None).await
    }

    /// The states of these users, with the kinds of their statuses.
    async fn states(&self, credentials: &Credentials, users: &[UserId]) -> Vec<UserState> {
        let statuses = self.statuses(credentials).await.unwrap().statuses;
        let read = self.api().current_users(credentials, self.now(), (users, &statuses), None).await.unwrap();
        assert_eq!((read.skipped, read.next), (0, None));
        read.users
    }
}

async fn log_in(sandbox: &Sandbox, http: &reqwest::Client) -> IdToken {
    let registration = Registration {
        authority: sandbox.microsoft().join("login/").unwrap(),
        tenant: setting(sandbox, "tenant"),
        client_id: setting(sandbox, "client_id"),
        scopes: ["openid", "profile", "offline_access"].map(str::to_owned).to_vec(),
    };
    let attempt = SignIn::new(http.clone(), registration).begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let (grant, browser) = tokio::join!(attempt.finish(), sandbox::sign_in(http, &url));
    browser.unwrap();
    grant.unwrap().id_token.unwrap()
}

fn id_of(user: &sandbox::ConnectUser) -> UserId {
    UserId::new(user.id.to_string()).unwrap()
}

/// The code and the message with which AWS refused a login; both are empty if it did not.
fn refusal_of(result: Result<Credentials, ApiError>) -> (String, String) {
    match result {
        Err(ApiError::NotTrusted { code, message }) => (code, message),
        Ok(_) | Err(_) => (String::new(), String::new()),
    }
}

#[tokio::test]
async fn a_login_grants_access_to_the_instance_for_an_hour() {
    let desk = Desk::start(40).await;
    let credentials = desk.assume().await.unwrap();
    let seconds = credentials.expires.duration_since(desk.now()).as_secs();
    assert!((3590..=3600).contains(&seconds), "{seconds}");
    assert!(!format!("{credentials:?}").contains(credentials.secret.expose_secret()));
    assert_eq!(desk.call_each(&credentials).await, [const { Ok(()) }; 4]);
}

#[tokio::test]
async fn users_are_read_page_by_page_and_each_one_once() {
    let desk = Desk::start(1200).await;
    let credentials = desk.assume().await.unwrap();
    let (api, mut all, mut page, mut calls) = (desk.api(), Vec::<ConnectUser>::new(), None, 0);
    loop {
        let Users { users, skipped, next } =
            api.users(&credentials, desk.now(), page.as_ref()).await.unwrap();
        assert_eq!(skipped, 0);
        all.extend(users);
        calls += 1;
        page = next;
        if page.is_none() {
            break;
        }
    }
    let known = desk.sandbox.world().connect_users("", usize::MAX);
    let ids = |all: Vec<UserId>| all.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(ids(all.iter().map(|user| user.id.clone()).collect()), ids(known.iter().map(id_of).collect()));
    assert_eq!((all.len(), calls), (known.len(), known.len().div_ceil(500)));
    assert!(calls > 1, "there are only {} users", all.len());
    // An administrator tagged some users with their ids in Entra.
    let tagged: Vec<(&ConnectUser, &ObjectId)> =
        all.iter().filter_map(|user| Some((user, user.object_id.as_ref()?))).collect();
    assert!(!tagged.is_empty());
    for (tagged, person) in tagged {
        let known = known.iter().find(|known| id_of(known) == tagged.id).unwrap();
        assert_eq!(Some(person), known.person.map(|id| ObjectId::new(id.to_string())).as_ref());
        assert_eq!((&tagged.username, &tagged.name), (&known.username, &known.name));
    }
}

#[tokio::test]
async fn statuses_have_their_kinds_and_addresses_their_users() {
    let desk = Desk::start(40).await;
    let credentials = desk.assume().await.unwrap();
    let Statuses { statuses, skipped, next } = desk.statuses(&credentials).await.unwrap();
    assert_eq!((skipped, next), (0, None));
    let kinds = |kind| statuses.iter().filter(|status: &&AgentStatus| status.kind == kind).count();
    assert_eq!((kinds(StatusKind::Routable), kinds(StatusKind::Offline)), (1, 1));
    assert!(kinds(StatusKind::Custom) > 0 && statuses.iter().any(|status| status.name == "Lunch"));
    let mut found = 0;
    for known in desk.sandbox.world().connect_users("", 10) {
        let addresses = desk.api().addresses(&credentials, desk.now(), &id_of(&known)).await.unwrap();
        found += usize::from(!addresses.mails.is_empty());
    }
    assert!(found > 0);
}

#[tokio::test]
async fn the_states_of_users_are_read_and_users_who_are_logged_out_are_absent() {
    let desk = Desk::start(40).await;
    let world = desk.sandbox.world();
    let credentials = desk.assume().await.unwrap();
    let others: Vec<_> = world.connect_users("", 9).into_iter().filter(|user| !user.agent).take(3).collect();
    let ids: Vec<UserId> = others.iter().map(id_of).collect();
    for person in &others {
        // Somebody who just logged in has no contacts of the sandbox's day.
        for step in [SeatMove::LogOut, SeatMove::LogIn, SeatMove::Status("Available".to_owned())] {
            world.move_in_connect(person.id, &step).unwrap();
        }
    }
    world.move_in_connect(others[0].id, &SeatMove::LogOut).unwrap();
    world.move_in_connect(others[1].id, &SeatMove::Status("Lunch".to_owned())).unwrap();
    for step in [SeatMove::Ring(sandbox::Channel::Voice), SeatMove::Connect] {
        world.move_in_connect(others[2].id, &step).unwrap();
    }
    world.move_in_connect(others[2].id, &SeatMove::Status("Lunch".to_owned())).unwrap();

    let read = desk.states(&credentials, &ids).await;
    let snapshot_of =
        |at: usize| read.iter().find(|state| state.user == ids[at]).map(|state| &state.snapshot);
    assert_eq!(snapshot_of(0), None);
    let lunch = snapshot_of(1).unwrap();
    assert_eq!((lunch.chosen.name.as_str(), lunch.chosen.kind), ("Lunch", StatusKind::Custom));
    assert!(desk.now().duration_since(lunch.chosen_since) < SignedDuration::from_mins(1));
    let calling = snapshot_of(2).unwrap();
    let contacts: Vec<_> =
        calling.contacts.iter().map(|contact| (contact.channel, contact.activity)).collect();
    assert_eq!(contacts, [(Channel::Voice, Activity::Connected)]);
    assert_eq!(calling.next.as_ref().map(|next| next.name.as_str()), Some("Lunch"));
}

#[tokio::test]
async fn wrong_or_expired_credentials_are_refused() {
    let desk = Desk::start(0).await;
    let good = desk.assume().await.unwrap();
    let wrong = Credentials { secret: "wrong".into(), ..good.clone() };
    let error = desk.statuses(&wrong).await.unwrap_err();
    assert!(
        matches!(&error, ApiError::Refused { status: 403, code, .. } if code == "InvalidSignatureException"),
        "{error}"
    );
    let another = Credentials { token: "another".into(), ..good.clone() };
    assert_eq!(desk.statuses(&another).await, Err(ApiError::Expired));
    for minutes in [16, -16] {
        let now = desk.now() + SignedDuration::from_mins(minutes);
        assert_eq!(desk.api().statuses(&good, now, None).await, Err(ApiError::Clock), "{minutes}");
    }
    desk.sandbox.world().let_pass(Duration::from_secs(3601));
    let error = desk.statuses(&good).await.unwrap_err();
    assert_eq!((error.kind(), &error), (ErrorKind::Credentials, &ApiError::Expired));
}

#[tokio::test]
async fn a_login_that_the_account_does_not_trust_is_refused_with_the_reason() {
    let desk = Desk::start(0).await;
    let world = desk.sandbox.world();
    let invalid = "InvalidIdentityToken".to_owned();
    world.set_provider(Provider { audiences: vec!["another".to_owned()], ..Provider::default() });
    assert_eq!(refusal_of(desk.assume().await), (invalid.clone(), "Incorrect token audience".to_owned()));
    let url = Some("https://login.microsoftonline.com/another/v2.0".to_owned());
    world.set_provider(Provider { url, ..Provider::default() });
    let (code, message) = refusal_of(desk.assume().await);
    assert!(code == invalid && message.starts_with("No OpenIDConnect provider found"), "{code}: {message}");
    for (unwilling, code) in
        [(Unwilling::IdpAway, "IDPCommunicationError"), (Unwilling::IdpRejects, "IDPRejectedClaim")]
    {
        world.set_provider(Provider { unwilling: Some(unwilling), ..Provider::default() });
        assert_eq!(refusal_of(desk.assume().await).0, code);
    }
    world.set_provider(Provider::default());
    let other = desk.sts("arn:aws:iam::123456789012:role/Another");
    assert_eq!(refusal_of(other.assume(&desk.id_token.text, "priya").await).0, "AccessDenied");
    desk.assume().await.unwrap();
}

#[tokio::test]
async fn a_token_that_is_unsigned_forged_or_expired_is_refused() {
    let desk = Desk::start(0).await;
    let text = desk.id_token.text.expose_secret();
    let parts: Vec<&str> = text.split('.').collect();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let later = claims.replacen("\"exp\":1", "\"exp\":2", 1);
    assert_ne!(claims, later);
    let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(later), parts[2]);
    for token in [format!("{none}.{}.", parts[1]), forged, "no token".to_owned()] {
        assert_eq!(refusal_of(desk.assume_with(&token.into()).await).0, "InvalidIdentityToken");
    }
    let left = desk.id_token.expires.duration_since(desk.now()).as_secs();
    assert!((3000..=5400).contains(&left), "{left}");
    desk.sandbox.world().let_pass(Duration::from_secs(u64::try_from(left).unwrap() + 1));
    assert_eq!(desk.assume().await.unwrap_err(), ApiError::Expired);
}

#[tokio::test]
async fn another_instance_is_not_allowed_or_not_found() {
    let desk = Desk::start(0).await;
    let credentials = desk.assume().await.unwrap();
    let ours = setting(&desk.sandbox, "instance_arn");
    let (before, _) = ours.rsplit_once('/').unwrap();
    let foreign = desk.api_of(&format!("{before}/11111111-2222-4333-8444-555555555555"));
    let error = foreign.users(&credentials, desk.now(), None).await.unwrap_err();
    let missing = Some("connect:SearchUsers".to_owned());
    assert_eq!(error, ApiError::NotAllowed { action: missing });
    desk.sandbox.world().set_role(Role { every_instance: true, ..Role::default() });
    let error = foreign.users(&credentials, desk.now(), None).await.unwrap_err();
    assert_eq!((error.kind(), error), (ErrorKind::Refused, ApiError::NotFound));
}

#[tokio::test]
async fn a_missing_action_is_named() {
    let desk = Desk::start(0).await;
    let credentials = desk.assume().await.unwrap();
    let four = [
        Operation::GetCurrentUserData,
        Operation::SearchUsers,
        Operation::DescribeUser,
        Operation::ListAgentStatuses,
    ];
    for (missing, operation) in four.iter().enumerate() {
        let actions = four.iter().filter(|other| *other != operation);
        let actions = actions.map(|other| other.action().to_owned()).collect();
        desk.sandbox.world().set_role(Role { actions, ..Role::default() });
        for (at, result) in desk.call_each(&credentials).await.into_iter().enumerate() {
            if at == missing {
                let action = Some(operation.action().to_owned());
                assert_eq!(result, Err(ApiError::NotAllowed { action }));
            } else {
                assert_eq!(result, Ok(()));
            }
        }
        // The quota is refilled.
        desk.sandbox.world().let_pass(Duration::from_secs(10));
    }
}

#[tokio::test]
async fn requests_above_the_quota_are_throttled() {
    let desk = Desk::start(0).await;
    let credentials = desk.assume().await.unwrap();
    // Others use up the refill, so that only the burst is left, however slow this machine is.
    desk.sandbox.world().set_taken_by_others(Operation::SearchUsers, 2.0);
    for _ in 0..5 {
        desk.api().users(&credentials, desk.now(), None).await.unwrap();
    }
    let error = desk.api().users(&credentials, desk.now(), None).await.unwrap_err();
    assert_eq!((error.kind(), error), (ErrorKind::Throttled, ApiError::Throttled { retry_after: None }));
}

#[tokio::test]
async fn the_page_of_a_proxy_does_not_count_as_an_answer_of_aws() {
    let desk = Desk::start(0).await;
    let world = desk.sandbox.world();
    let credentials = desk.assume().await.unwrap();
    let page = |status| Fault { body: Body::Proxy, ..Fault::refusal(status) };
    let portal = Fault::changed(Body::Proxy);
    let statuses =
        [StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST]
            .into_iter()
            .chain([StatusCode::PROXY_AUTHENTICATION_REQUIRED, StatusCode::NETWORK_AUTHENTICATION_REQUIRED]);
    for fault in statuses.map(page).chain([portal]) {
        for endpoint in [Endpoint::ConnectApi, Endpoint::Sts] {
            world.set_fault(endpoint, fault.clone());
        }
        let error = desk.statuses(&credentials).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
        let error = desk.assume().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
    }
}

#[tokio::test]
async fn errors_of_the_service_are_reported_with_their_wait() {
    let desk = Desk::start(0).await;
    let world = desk.sandbox.world();
    let credentials = desk.assume().await.unwrap();
    let throttled = Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("7");
    world.set_fault(Endpoint::ConnectApi, throttled);
    let retry_after = Some(RetryAfter::new(Duration::from_secs(7)));
    assert_eq!(desk.statuses(&credentials).await, Err(ApiError::Throttled { retry_after }));
    for endpoint in [Endpoint::ConnectApi, Endpoint::Sts] {
        world.set_fault(endpoint, Fault::refusal(StatusCode::INTERNAL_SERVER_ERROR));
    }
    let failing = ApiError::Server { status: 500, retry_after: None };
    assert_eq!(desk.statuses(&credentials).await, Err(failing.clone()));
    assert_eq!(desk.assume().await.unwrap_err(), failing);
}
