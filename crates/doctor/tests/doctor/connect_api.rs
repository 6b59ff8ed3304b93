//! Doctor's findings about reading colleagues' Connect statuses, against an AWS account with one fault.

use std::time::Duration;

use doctor::{AuthorizationSource, Report};
use jiff::{SignedDuration, Timestamp};
use sandbox::{Endpoint, Fault, Operation, Provider, Role, StatusCode, Unwilling};
use secrecy::ExposeSecret;
use signin::Grant;
use view::doctor::{Check, CheckStatus, Topic};

use crate::bench::{Bench, Machine, failed, of};

const ROLE: &str = "arn:aws:iam::123456789012:role/ConnectPathDesk";
const CLOCK_OFF: &str = "The clocks of this computer and of AWS differ by more than 5 minutes.";
const ACTIONS: [Operation; 4] = [
    Operation::GetCurrentUserData,
    Operation::SearchUsers,
    Operation::DescribeUser,
    Operation::ListAgentStatuses,
];

/// A company with the service API set up for five agents, and the session of a running application.
struct Office {
    bench: Bench,
    session: AuthorizationSource,
}

impl Office {
    async fn open() -> Self {
        Self::with(|text| format!("seats = 5\n{text}")).await
    }

    async fn with(settings: impl FnOnce(String) -> String) -> Self {
        let bench = Bench::start().await;
        let text = settings(bench.sandbox.settings_toml_with_connect_api());
        std::fs::write(bench.folder.path().join(settings::FILE), text).unwrap();
        let Grant { access, granted, id_token, .. } = bench.log_in(true).await;
        Self { bench, session: AuthorizationSource::Session { access, granted, id_token } }
    }

    fn world(&self) -> sandbox::World {
        self.bench.sandbox.world()
    }

    /// Runs all checks with this machine's clock ahead of the sandbox's.
    async fn checks_with_clock_ahead(&self, ahead: SignedDuration) -> Vec<Check> {
        self.bench.run(self.session.clone(), self.world().now() + ahead).await
    }

    async fn checks(&self) -> Vec<Check> {
        self.checks_with_clock_ahead(SignedDuration::ZERO).await
    }

    async fn trust(&self) -> Check {
        of(&self.checks().await, Topic::ConnectTrust).clone()
    }

    fn issuer(&self) -> String {
        format!("{}login/3f2a6b8e-51c4-4d7f-9e10-c0ffee5a11b1/v2.0", self.bench.sandbox.microsoft())
    }
}

fn to_do(check: &Check) -> &str {
    check.to_do.as_deref().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_set_up_allows_all_four_actions() {
    let office = Office::open().await;
    let checks = office.checks().await;
    let said = |topic| (of(&checks, topic).status, of(&checks, topic).saw.clone());
    assert_eq!(
        said(Topic::ConnectTrust),
        (CheckStatus::Good, format!("AWS gives the role {ROLE} to this login, for an hour at a time."))
    );
    let role = "The role has every permission that is needed: connect:GetCurrentUserData, connect:SearchUsers, \
        connect:DescribeUser and connect:ListAgentStatuses.";
    assert_eq!(said(Topic::ConnectRole), (CheckStatus::Good, role.to_owned()));
    assert_eq!(said(Topic::ConnectQuota).0, CheckStatus::Good);
    assert!(failed(&checks).is_empty());
    let quota = office.world().overview().quota;
    let tried: Vec<u64> = ACTIONS.iter().map(|action| quota[action].passed).collect();
    assert_eq!(tried, [1; 4], "each is tried once");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_refreshes_the_login_once_for_all_checks() {
    let office = Office::open().await;
    office.bench.save_login(true).await;
    let checks = office.bench.checks().await;
    assert_eq!(of(&checks, Topic::ConnectRole).status, CheckStatus::Good);
    assert_eq!(office.world().overview().refreshes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_login_only_the_quota_is_known() {
    let office = Office::open().await;
    for authorization in [AuthorizationSource::LoggedOut, AuthorizationSource::InUse] {
        let checks = office.bench.run(authorization, Timestamp::now()).await;
        for topic in [Topic::ConnectTrust, Topic::ConnectRole] {
            let check = of(&checks, topic);
            assert_eq!(check.status, CheckStatus::NotChecked);
            assert_eq!(check.saw, "This needs an authorization, see Permissions.");
        }
        assert_eq!(of(&checks, Topic::ConnectQuota).status, CheckStatus::Good);
    }
    assert_eq!(office.world().overview().account.sessions, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_missing_part_of_the_trust_is_named_in_the_terms_of_the_console() {
    let office = Office::open().await;
    let world = office.world();
    let issuer = office.issuer();
    let (_, provider) = issuer.split_once("://").unwrap();

    world.set_provider(Provider { url: Some(format!("{issuer}/")), ..Provider::default() });
    let check = office.trust().await;
    assert_eq!(check.saw, "AWS does not know the issuer of this login (InvalidIdentityToken).");
    assert!(to_do(&check).contains(&format!("exactly {issuer}, without a slash")), "{}", to_do(&check));
    assert!(to_do(&check).contains("\"Identity providers\""));

    world.set_provider(Provider { audiences: vec!["another".to_owned()], ..Provider::default() });
    let check = office.trust().await;
    assert_eq!(check.saw, "The identity provider in AWS is not for this application.");
    assert_eq!(
        to_do(&check),
        format!(
            "In the IAM console, under \"Identity providers\", open {provider} and add \
             8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001 to \"Audiences\"."
        )
    );

    world.set_provider(Provider { unwilling: Some(Unwilling::RegionDisabled), ..Provider::default() });
    assert_eq!(office.trust().await.saw, "The Security Token Service is switched off in eu-west-2.");
    world.set_provider(Provider { unwilling: Some(Unwilling::IdpAway), ..Provider::default() });
    assert_eq!(office.trust().await.status, CheckStatus::Warning);

    world.set_provider(Provider::default());
    world.set_role(Role { name: "AnotherDesk".to_owned(), ..Role::default() });
    let checks = office.checks().await;
    let check = of(&checks, Topic::ConnectTrust);
    assert!(
        check.saw.starts_with(&format!("AWS does not give the role {ROLE} to this login.")),
        "{}",
        check.saw
    );
    for part in
        ["\"Trust relationships\"", "sts:AssumeRoleWithWebIdentity", &format!("{provider}:aud = 8c1d07b5")]
    {
        assert!(to_do(check).contains(part), "{}", to_do(check));
    }
    assert_eq!(of(&checks, Topic::ConnectRole).status, CheckStatus::NotChecked);
    assert_eq!(failed(&checks), [Topic::ConnectTrust]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_missing_action_is_named() {
    let office = Office::open().await;
    for missing in ACTIONS {
        let actions = ACTIONS.into_iter().filter(|action| *action != missing);
        let actions = actions.map(|action| action.action().to_owned()).collect();
        office.world().set_role(Role { actions, ..Role::default() });
        let checks = office.checks().await;
        let check = of(&checks, Topic::ConnectRole);
        assert_eq!(check.saw, format!("The role is missing permissions: {}.", missing.action()));
        assert!(to_do(check).contains(ROLE), "{}", to_do(check));
        assert_eq!(failed(&checks), [Topic::ConnectRole]);
        // The quota recovers.
        office.world().let_pass(Duration::from_secs(5));
    }
    office.world().set_role(Role { actions: Vec::new(), ..Role::default() });
    let checks = office.checks().await;
    let check = of(&checks, Topic::ConnectRole);
    assert!(check.saw.contains("connect:SearchUsers, connect:DescribeUser and"), "{}", check.saw);
    assert!(
        to_do(check).contains("compare the resources of its policy with arn:aws:connect:"),
        "{}",
        to_do(check)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_instance_is_named() {
    let id = "5f0c8b1e-9a41-4d0e-8f6c-2b7d1c3a9e44";
    let office = Office::with(|text| text.replace(id, "11111111-2222-4333-8444-555555555555")).await;
    office.world().set_role(Role { every_instance: true, ..Role::default() });
    let checks = office.checks().await;
    let check = of(&checks, Topic::ConnectRole);
    assert!(
        check.saw.starts_with("Amazon Connect has no instance arn:aws:connect:eu-west-2:"),
        "{}",
        check.saw
    );
    assert!(to_do(check).contains("\"Instance ARN\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_agents_for_the_quota_are_a_warning() {
    for (seats, status) in [(25, CheckStatus::Good), (26, CheckStatus::Warning), (100, CheckStatus::Warning)]
    {
        let office = Office::with(|text| format!("seats = {seats}\n{text}")).await;
        let checks = office.checks().await;
        let check = of(&checks, Topic::ConnectQuota);
        assert_eq!(check.status, status, "{seats}");
        assert!(check.saw.starts_with(&format!("{seats} agents share 2 requests a second")), "{}", check.saw);
        assert_eq!(to_do(check).contains("the team service"), status == CheckStatus::Warning);
        assert!(failed(&checks).is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_that_others_use_up_is_reported() {
    let office = Office::open().await;
    office.world().set_fault(Endpoint::ConnectApi, Fault::refusal(StatusCode::TOO_MANY_REQUESTS));
    let checks = office.checks().await;
    assert_eq!(of(&checks, Topic::ConnectTrust).status, CheckStatus::Good);
    assert_eq!(of(&checks, Topic::ConnectRole).status, CheckStatus::NotChecked);
    let check = of(&checks, Topic::ConnectQuota);
    assert_eq!(check.status, CheckStatus::Warning);
    assert!(check.saw.starts_with("Amazon Connect asks for fewer requests"), "{}", check.saw);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_aws_does_not_accept_is_distinguished_from_an_expired_login() {
    let office = Office::open().await;
    let checks = office.checks_with_clock_ahead(SignedDuration::from_mins(16)).await;
    let check = of(&checks, Topic::ConnectRole);
    assert_eq!(check.saw, CLOCK_OFF);
    assert_eq!(of(&checks, Topic::Clock).status, CheckStatus::Failed);

    office.world().let_pass(Duration::from_secs(2 * 3600));
    let check = office.trust().await;
    assert_eq!(
        (check.status, to_do(&check)),
        (CheckStatus::NotChecked, "Run doctor again in a few minutes.")
    );
    let checks = office.checks_with_clock_ahead(SignedDuration::from_mins(-90)).await;
    assert_eq!(of(&checks, Topic::ConnectTrust).saw, CLOCK_OFF);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_account_is_a_warning_and_a_closed_port_is_named() {
    let office = Office::open().await;
    office.world().set_fault(Endpoint::Sts, Fault::refusal(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(office.trust().await.status, CheckStatus::Warning);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let office = Office::with(|text| {
        let at = text.find("sts = ").unwrap();
        let end = at + text[at..].find('\n').unwrap();
        format!("{}sts = \"http://{closed}/\"{}", &text[..at], &text[end..])
    })
    .await;
    let check = office.trust().await;
    assert_eq!((check.status, check.saw.as_str()), (CheckStatus::Failed, "127.0.0.1 could not be reached."));
    assert!(to_do(&check).contains("the firewall"), "{}", to_do(&check));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_contains_no_token_no_key_and_no_person() {
    let office = Office::open().await;
    let mut said = String::new();
    for actions in [Role::default().actions, Vec::new()] {
        office.world().set_role(Role { actions, ..Role::default() });
        let report = Report::new(office.checks().await);
        said.push_str(&report.text());
        said.push_str(&report.json().unwrap());
    }
    for secret in office.world().secrets() {
        assert!(!said.contains(secret.text.expose_secret()), "{:?}", secret.kind);
    }
    for person in ["Priya", "priya", "@contoso"] {
        assert!(!said.contains(person), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_the_trust_is_not_checked() {
    let machine = Machine { keyring: Some(signin::SecretsError::Missing), ..Machine::default() };
    let bench = Bench::with(machine, |text| text).await;
    let text = bench.sandbox.settings_toml_with_connect_api();
    std::fs::write(bench.folder.path().join(settings::FILE), text).unwrap();
    let checks = bench.checks().await;
    assert_eq!(of(&checks, Topic::ConnectTrust).status, CheckStatus::NotChecked);
}
