//! The sandbox's AWS against botocore, AWS's own client, which knows nothing of it (`tests/botocore`, from PyPI;
//! `cargo xtask test` installs it). It signs, calls, and parses every answer by its own description of the service.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use reqwest::Client;
use sandbox::{Channel, Operation, Options, Provider, Role, Sandbox, Words};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::{python, sign_in};

const FOREIGN: &str = "11111111-2222-4333-8444-555555555555";

/// Contoso, and botocore as a process of its own.
struct Botocore {
    sandbox: Sandbox,
    http: Client,
    calls: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    _process: Child,
    /// The keys that the service API is called with.
    keys: Value,
    /// How far the client's clock is ahead of the real one, in seconds.
    ahead: i64,
}

impl Botocore {
    async fn start(people: usize) -> Self {
        // The other tests of this process may have installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sandbox = sandbox::start(Options { people, ..Options::default() }).await.unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("botocore");
        let python = python(&folder);
        assert!(python.is_file(), "{} comes first; `cargo xtask test` makes it", python.display());
        let mut process = Command::new(python)
            .arg("calls.py")
            .current_dir(folder)
            // Nothing of the machine's own configuration.
            .env("AWS_CONFIG_FILE", "none")
            .env("AWS_SHARED_CREDENTIALS_FILE", "none")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let calls = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap()).lines();
        let (http, keys) = (Client::new(), Value::Null);
        Self { sandbox, http, calls, answers, _process: process, keys, ahead: 0 }
    }

    fn setting(&self, key: &str) -> String {
        sign_in::setting(&self.sandbox, key)
    }

    async fn id_token(&self) -> String {
        let tokens = sign_in::tokens(&self.sandbox, &self.http, "openid profile").await;
        tokens["id_token"].as_str().unwrap().to_owned()
    }

    async fn call(&mut self, service: &str, operation: &str, parameters: Value) -> Map<String, Value> {
        let call = json!({
            "service": service,
            "operation": operation,
            "parameters": parameters,
            "address": self.setting(if service == "sts" { "sts" } else { "connect_api" }),
            "region": self.setting("region"),
            "keys": self.keys,
            "ahead": self.ahead,
        });
        self.calls.write_all(format!("{call}\n").as_bytes()).await.unwrap();
        let answer = self.answers.next_line().await.unwrap().unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    async fn assume(&mut self, token: &str) -> Map<String, Value> {
        let parameters = json!({
            "RoleArn": self.setting("role_arn"),
            "RoleSessionName": "priya.raman@contoso.com",
            "WebIdentityToken": token,
            "DurationSeconds": 900,
        });
        self.call("sts", "AssumeRoleWithWebIdentity", parameters).await
    }

    /// Assumes the role, and calls with its keys from now on.
    async fn log_in(&mut self) -> Value {
        let token = self.id_token().await;
        let answer = good(self.assume(&token).await);
        self.keys = answer["Credentials"].clone();
        answer
    }

    /// An operation on the instance that succeeds.
    async fn connect(&mut self, operation: &str, parameters: Value) -> Value {
        good(self.on(&self.setting("instance_arn"), operation, parameters).await)
    }

    async fn on(&mut self, instance: &str, operation: &str, mut parameters: Value) -> Map<String, Value> {
        parameters["InstanceId"] = instance.into();
        self.call("connect", operation, parameters).await
    }

    /// The error that an operation ends with.
    async fn refusal(&mut self, instance: &str) -> (String, u64) {
        code(&self.on(instance, "ListAgentStatuses", json!({})).await)
    }
}

/// What a successful call yields, in which nothing is unknown to AWS.
fn good(mut answer: Map<String, Value>) -> Value {
    assert_eq!(answer.get("unfit"), Some(&json!([])), "{answer:?}");
    answer.remove("data").unwrap()
}

fn code(answer: &Map<String, Value>) -> (String, u64) {
    let code = answer.get("code").and_then(Value::as_str);
    (code.unwrap_or("no error").to_owned(), answer.get("status").and_then(Value::as_u64).unwrap_or(200))
}

fn refused(code: &str, status: u64) -> (String, u64) {
    (code.to_owned(), status)
}

#[tokio::test]
async fn botocore_parses_every_answer_by_its_own_description() {
    let mut aws = Botocore::start(60).await;
    let world = aws.sandbox.world();
    let assumed = aws.log_in().await;
    assert_eq!(assumed["Audience"], aws.setting("client_id"));
    assert!(
        assumed["AssumedRoleUser"]["Arn"]
            .as_str()
            .unwrap()
            .ends_with("/ConnectPathDesk/priya.raman@contoso.com")
    );

    let first = aws.connect("SearchUsers", json!({ "MaxResults": 20 })).await;
    let next = json!({ "MaxResults": 500, "NextToken": first["NextToken"] });
    let last = aws.connect("SearchUsers", next).await;
    let users: Vec<&Value> =
        [&first, &last].iter().flat_map(|page| page["Users"].as_array().unwrap()).collect();
    assert_eq!((users.len(), last.get("NextToken")), (world.connect_users("", 500).len(), None));
    let described =
        users.iter().find(|user| !user["Username"].as_str().unwrap().contains(['@', '.'])).unwrap();
    let described = aws.connect("DescribeUser", json!({ "UserId": described["Id"] })).await;
    let identity = &described["User"]["IdentityInfo"];
    assert!(identity["Email"].is_string() || identity["Mobile"].is_string(), "{described}");

    let statuses =
        aws.connect("ListAgentStatuses", json!({ "AgentStatusTypes": ["ROUTABLE"], "MaxResults": 1 })).await;
    assert_eq!(statuses["AgentStatusSummaryList"][0]["Name"], "Available");

    world.ring(Channel::Voice, "+441632960123").unwrap();
    world.connect_contact().unwrap();
    world.choose_status("Lunch").unwrap();
    let agent = &users[0]["Id"];
    let filters = json!({ "Agents": [agent], "ContactFilter": { "ContactStates": ["CONNECTED"] } });
    let read = aws.connect("GetCurrentUserData", json!({ "Filters": filters })).await;
    let priya = &read["UserDataList"][0];
    assert_eq!((&priya["User"]["Id"], &priya["NextStatus"]), (agent, &json!("Lunch")));
    // botocore has turned the numbers into moments.
    let moment: jiff::Timestamp =
        priya["Contacts"][0]["StateStartTimestamp"].as_str().unwrap().parse().unwrap();
    assert!(world.now().duration_since(moment).as_secs() < 600, "{moment}");
    let profiles =
        json!({ "Filters": { "RoutingProfiles": [users[0]["RoutingProfileId"]] }, "MaxResults": 5 });
    let some = aws.connect("GetCurrentUserData", profiles.clone()).await;
    let mut profiles = profiles;
    profiles["NextToken"] = some["NextToken"].clone();
    let more = aws.connect("GetCurrentUserData", profiles).await;
    assert_eq!(some["UserDataList"].as_array().unwrap().len(), 5);
    assert_ne!(some["UserDataList"][0], more["UserDataList"][0]);

    world.end_contact().unwrap();
    world.clear_contact().unwrap();
    let break_ = aws.connect("ListAgentStatuses", json!({})).await["AgentStatusSummaryList"][3].clone();
    let put = json!({ "UserId": agent, "AgentStatusId": break_["Id"] });
    let instance = aws.setting("instance_arn");
    let denied = aws.on(&instance, "PutUserStatus", put.clone()).await;
    assert_eq!(code(&denied), refused("AccessDeniedException", 403));
    assert!(
        denied["message"].as_str().unwrap().contains("connect:PutUserStatus on resource: arn:aws:connect:")
    );
    world.set_role(Role { actions: vec!["connect:*".to_owned()], ..Role::default() });
    aws.connect("PutUserStatus", put).await;
    assert_eq!(world.overview().agent.chosen, "Break");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_noticed() {
    let mut aws = Botocore::start(0).await;
    let world = aws.sandbox.world();
    aws.log_in().await;
    world.ring(Channel::Chat, "+441632960123").unwrap();
    let words = Words { contact_type: Some("sms".to_owned()), unknown_fields: true, ..Words::default() };
    world.set_words(words);
    let instance = aws.setting("instance_arn");
    let filters = json!({ "Filters": { "Agents": ["c2d3e4f5-0617-4829-9abc-def012345678"] } });
    let answer = aws.on(&instance, "GetCurrentUserData", filters).await;
    let unfit = answer["unfit"].to_string();
    for part in ["/AddedTomorrow is not described", "/Channel is 'SMS', which is no word of the service"] {
        assert!(unfit.contains(part), "{unfit}");
    }
}

#[tokio::test]
async fn botocore_sees_the_right_error_when_a_request_is_refused() {
    let mut aws = Botocore::start(0).await;
    let world = aws.sandbox.world();
    aws.log_in().await;
    let (instance, keys) = (aws.setting("instance_arn"), aws.keys.clone());
    for (name, wrong, error) in [
        ("SecretAccessKey", "wrong", "InvalidSignatureException"),
        ("AccessKeyId", "ASIAXXXXXXXXXXXXXXXX", "UnrecognizedClientException"),
        ("SessionToken", "another", "UnrecognizedClientException"),
    ] {
        aws.keys[name] = wrong.into();
        assert_eq!(aws.refusal(&instance).await, refused(error, 403), "{name}");
        aws.keys = keys.clone();
    }
    for ahead in [16 * 60, -16 * 60] {
        aws.ahead = ahead;
        assert_eq!(aws.refusal(&instance).await, refused("InvalidSignatureException", 403));
    }
    aws.ahead = 0;
    assert_eq!(aws.refusal(FOREIGN).await, refused("AccessDeniedException", 403));
    world.set_role(Role { every_instance: true, ..Role::default() });
    assert_eq!(aws.refusal(FOREIGN).await, refused("ResourceNotFoundException", 404));
    world.set_taken_by_others(Operation::SearchUsers, 1000.0);
    world.let_pass(Duration::from_secs(1));
    let throttled = aws.on(&instance, "SearchUsers", json!({})).await;
    assert_eq!(code(&throttled), refused("ThrottlingException", 429));
    let many: Vec<_> = (0..100).map(|_| FOREIGN).collect();
    let unknown = aws.on(&instance, "GetCurrentUserData", json!({ "Filters": { "Agents": many } })).await;
    assert_eq!(code(&unknown), refused("ResourceNotFoundException", 404));
    let unfiltered = aws.on(&instance, "GetCurrentUserData", json!({ "Filters": {} })).await;
    assert_eq!(code(&unfiltered), refused("InvalidParameterException", 400));
    assert_eq!(aws.refusal(&instance).await, refused("no error", 200), "all of that was not the keys' fault");

    world.let_pass(Duration::from_secs(900));
    aws.ahead = 900;
    assert_eq!(aws.refusal(&instance).await, refused("ExpiredTokenException", 403));
}

#[tokio::test]
async fn botocore_sees_the_right_error_when_a_token_is_refused() {
    let mut aws = Botocore::start(0).await;
    let world = aws.sandbox.world();
    let token = aws.id_token().await;
    let mut parts = token.split('.');
    let claims = parts.nth(1).unwrap();
    // {"alg":"none","typ":"JWT"}
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.");
    let invalid = refused("InvalidIdentityToken", 400);
    assert_eq!(code(&aws.assume(&unsigned).await), invalid);
    world.set_provider(Provider { audiences: vec!["another".to_owned()], ..Provider::default() });
    let other = aws.assume(&token).await;
    assert_eq!(
        (code(&other), other["message"].as_str()),
        (invalid.clone(), Some("Incorrect token audience"))
    );
    let url = Some("https://login.microsoftonline.com/common/v2.0".to_owned());
    world.set_provider(Provider { url, ..Provider::default() });
    assert_eq!(code(&aws.assume(&token).await), invalid, "another provider");
    world.set_provider(Provider::default());
    world.set_role(Role { name: "AnotherRole".to_owned(), ..Role::default() });
    let role = aws.setting("role_arn").replace("AnotherRole", "ConnectPathDesk");
    let parameters = json!({ "RoleArn": role, "RoleSessionName": "priya", "WebIdentityToken": token });
    let denied = aws.call("sts", "AssumeRoleWithWebIdentity", parameters).await;
    assert_eq!(code(&denied), refused("AccessDenied", 403));
    world.set_role(Role::default());
    good(aws.assume(&token).await);
    world.let_pass(Duration::from_secs(75 * 60));
    assert_eq!(code(&aws.assume(&token).await), refused("ExpiredTokenException", 400));
}
