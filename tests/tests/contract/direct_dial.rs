//! The flows and the Lambda function of `docs/direct-dial`, without Amazon Connect: the flows against AWS's pages, the
//! function on recorded events, and both against what the document for administrators says about them.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::flow_actions::Of;
use crate::flow_language::{faults, leaves};
use crate::python;

const FLOWS: [(&str, Of); 4] = [
    ("direct-dial.flow.json", Of::ContactFlow),
    ("direct-dial-wait.flow.json", Of::CustomerQueue),
    ("whisper-record.flow.json", Of::OutboundWhisper),
    ("whisper-no-record.flow.json", Of::OutboundWhisper),
];
const INSTANCE: &str =
    "arn:aws:connect:eu-central-1:111122223333:instance/c8c0e68d-2200-4265-82c0-1a2b3c4d5e6f";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/direct-dial")
}

fn file(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn json(name: &str) -> Value {
    serde_json::from_str(&file(name)).unwrap()
}

/// Every text among the parameters of every block of every flow.
fn texts() -> Vec<(String, String)> {
    let flows = FLOWS.map(|(name, _)| json(name));
    let blocks = flows.iter().flat_map(|flow| flow["Actions"].as_array().unwrap());
    blocks
        .flat_map(|block| leaves(&block["Parameters"]))
        .filter_map(|(path, value)| Some((path, value.as_str()?.to_owned())))
        .collect()
}

/// The letters and digits that follow a word, for each place of the word.
fn after<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = String> + 'a {
    text.split(word)
        .skip(1)
        .map(|rest| rest.chars().take_while(|sign| sign.is_ascii_alphanumeric()).collect())
}

#[test]
fn every_block_of_every_flow_is_as_its_page_says() {
    for (name, of) in FLOWS {
        assert_eq!(faults(&json(name), of), Vec::<String>::new(), "{name}");
    }
    let shipped =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let shipped: BTreeSet<_> = shipped.filter(|name| name.ends_with(".flow.json")).collect();
    assert_eq!(shipped, FLOWS.map(|(name, _)| name.to_owned()).into());
}

/// A fault is put into the flow at a path, and must be found by these words.
#[test]
fn each_fault_in_a_flow_is_found() {
    let sound = json("direct-dial.flow.json");
    let place = |id: &str| {
        let blocks = sound["Actions"].as_array().unwrap();
        format!("/Actions/{}", blocks.iter().position(|block| block["Identifier"] == id).unwrap())
    };
    let cases = [
        (
            place("own-queue") + "/Transitions/NextAction",
            json!("nowhere"),
            "nowhere is led to, and does not exist",
        ),
        (
            place("wait-flow") + "/Transitions/NextAction",
            json!("reason-error"),
            "to-agent: no path leads here",
        ),
        (place("own-queue") + "/Parameters", json!({}), "exactly one of its sources or queues"),
        (
            place("own-queue") + "/Parameters",
            json!({ "AgentId": "a $.External.agentId" }),
            "AgentId cannot be",
        ),
        (place("recording") + "/Parameters/RecordingBehavior", json!({}), "RecordedParticipants is missing"),
        (place("try-again") + "/Parameters/Count", json!("2"), "Count is no parameter"),
        (place("try-again") + "/Parameters/LoopCount", json!("101"), "LoopCount cannot be"),
        (place("to-team") + "/Transitions/Errors", json!([]), "handles {}, not"),
        (place("is-available") + "/Transitions/Conditions", json!([]), "other conditions than it may"),
        (place("hang-up") + "/Transitions/NextAction", json!("recording"), "Transitions must be []"),
        (place("hang-up") + "/Type", json!("HangUp"), "HangUp is no action of the table"),
        (place("hang-up") + "/Type", json!("EndFlowExecution"), "has no place in a flow of type ContactFlow"),
        (place("hang-up") + "/Identifier", json!("hang/up"), "that is no identifier"),
        ("/StartAction".to_owned(), json!("begin"), "begin is led to, and does not exist"),
        ("/Metadata/ActionMetadata/begin".to_owned(), json!({}), "its place in the designer"),
    ];
    for (path, value, fault) in cases {
        let mut flow = sound.clone();
        let (parent, name) = path.rsplit_once('/').unwrap();
        flow.pointer_mut(parent).unwrap()[name] = value;
        let found = faults(&flow, Of::ContactFlow).join("\n");
        assert!(found.contains(fault), "{path}: {found}");
    }

    let mut endless = json("whisper-no-record.flow.json");
    let branches = json!({ "NextAction": "recording", "Errors": [], "Conditions": [] });
    endless["Actions"][0]["Transitions"] = branches;
    assert!(faults(&endless, Of::OutboundWhisper).contains(&"recording: no path leads to an end".to_owned()));
}

#[test]
fn the_document_names_every_placeholder_and_every_attribute_and_no_other() {
    let document = file("README.md");
    let texts = texts();
    let placeholders: BTreeSet<_> =
        texts.iter().filter(|(_, text)| text.contains("{{")).map(|(_, text)| text.clone()).collect();
    let documented =
        document.split("`{{").skip(1).map(|rest| format!("{{{{{}}}}}", rest.split_once("}}").unwrap().0));
    assert_eq!(placeholders, documented.collect());

    let attributes: BTreeSet<_> =
        texts.iter().filter_map(|(path, _)| Some(path.strip_prefix("Attributes/")?.to_owned())).collect();
    let table = document.split_once("| attribute |").unwrap().1.split_once("\n\n").unwrap().0;
    let rows = table.lines().skip(2).map(|row| row.split('`').nth(1).unwrap().to_owned());
    assert_eq!(attributes, rows.collect());
    for (path, text) in &texts {
        for read in after(text, "$.Attributes.") {
            assert!(attributes.contains(&read), "{path} reads {read}, which no flow sets");
        }
    }
}

#[test]
fn recording_is_off_but_in_the_flow_that_says_so() {
    for (name, _) in FLOWS {
        let flow = json(name);
        let recorded = flow.pointer("/Actions/0/Parameters/RecordingBehavior/RecordedParticipants");
        let wanted = match name {
            "whisper-record.flow.json" => Some(json!(["Agent", "Customer"])),
            "direct-dial-wait.flow.json" => None,
            _ => Some(json!([])),
        };
        assert_eq!(recorded, wanted.as_ref(), "{name}");
        assert_eq!(
            flow["Actions"][1]["Parameters"]["Text"] == "This call is recorded.",
            name == "whisper-record.flow.json"
        );
    }
}

/// One run of the function.
struct Run {
    event: Value,
    users: Value,
    environment: Value,
}

impl Run {
    fn on(event: &str) -> Self {
        Self { event: json(&format!("lambda/{event}")), users: json!([priya()]), environment: json!({}) }
    }

    fn users(self, users: Value) -> Self {
        Self { users, ..self }
    }

    fn with(self, name: &str, table: &Value) -> Self {
        Self { environment: json!({ name: table.to_string() }), ..self }
    }

    fn set(mut self, path: &str, value: Value) -> Self {
        *self.event.pointer_mut(path).unwrap() = value;
        self
    }

    /// Its result. Every call of AWS in it is one that botocore would send and accept.
    fn result(self) -> Value {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("botocore");
        let mut process = Command::new(python(&folder))
            .arg("run_lambda.py")
            .current_dir(folder)
            .env_remove("AGENTS")
            .env_remove("CALLERS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let case = json!({ "event": self.event, "users": self.users, "environment": self.environment });
        process.stdin.take().unwrap().write_all(case.to_string().as_bytes()).unwrap();
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success());
        let result: Value = serde_json::from_slice(&output.stdout).unwrap();
        for call in result["calls"].as_array().unwrap() {
            assert_eq!(call["unfit"], json!([]));
        }
        result
    }

    fn outcome(self) -> (Value, usize) {
        let result = self.result();
        (result["answer"]["outcome"].clone(), result["calls"].as_array().unwrap().len())
    }
}

fn priya() -> Value {
    json!({
        "Id": "0d1e2f3a-0000-4000-8000-000000000001",
        "Arn": format!("{INSTANCE}/agent/0d1e2f3a-0000-4000-8000-000000000001"),
        "Username": "priya.raman@contoso.com",
        "IdentityInfo": { "FirstName": "Priya", "LastName": "Raman" },
        "Tags": { "extension": "4021", "direct-number": "+12065550142" },
    })
}

const PARAMETERS: &str = "/Details/Parameters/extension";

#[test]
fn an_extension_finds_its_agent_by_one_call() {
    let result = Run::on("event-extension.json").result();
    let answer = json!({
        "outcome": "agent",
        "agentId": "0d1e2f3a-0000-4000-8000-000000000001",
        "agentName": "Priya Raman",
        "extension": "4021",
        "callerName": "",
        "callerEntraId": "",
        "callerSource": "",
    });
    assert_eq!(result["answer"], answer);
    let filter = json!({ "TagFilter": { "TagCondition": { "TagKey": "extension", "TagValue": "4021" } } });
    let parameters = json!({ "InstanceId": "c8c0e68d-2200-4265-82c0-1a2b3c4d5e6f", "SearchFilter": filter });
    assert_eq!(result["calls"], json!([{ "parameters": parameters, "unfit": [] }]));
    // The flow reads nothing that the function does not answer with.
    for (path, text) in texts() {
        for name in after(&text, "$.External.") {
            assert!(answer.get(&name).is_some(), "{path} reads {name}");
        }
    }
}

#[test]
fn a_direct_number_finds_its_agent_without_an_extension() {
    let answer = Run::on("event-number.json").result()["answer"].clone();
    assert_eq!((&answer["outcome"], &answer["extension"]), (&json!("agent"), &json!("")));
}

#[test]
fn an_extension_or_number_that_nobody_has_is_unknown() {
    let unknown = json!("unknown");
    assert_eq!(Run::on("event-extension.json").users(json!([])).outcome(), (unknown.clone(), 1));
    assert_eq!(Run::on("event-number.json").users(json!([])).outcome(), (unknown.clone(), 1));
    // An answer that does not keep to the filter reaches nobody else.
    assert_eq!(Run::on("event-extension.json").set(PARAMETERS, json!("402")).outcome(), (unknown.clone(), 1));
    // "Timeout" is what Connect stores if nothing was entered.
    for entered in
        [json!("Timeout"), json!(""), json!("40*1"), json!("123456789"), json!("٤٠٢١"), Value::Null]
    {
        assert_eq!(Run::on("event-extension.json").set(PARAMETERS, entered).outcome(), (unknown.clone(), 0));
    }
}

#[test]
fn two_agents_with_one_extension_are_several_and_nobody_is_guessed() {
    let result = Run::on("event-extension.json").users(json!([priya(), priya()])).result();
    assert_eq!(result["answer"]["outcome"], "several");
    assert_eq!((&result["answer"]["agentId"], &result["answer"]["extension"]), (&json!(""), &json!("")));
}

#[test]
fn an_agent_who_logs_in_to_another_instance_is_elsewhere() {
    let mut other = priya();
    other["Arn"] = json!("arn:aws:connect:eu-central-1:111122223333:instance/another/agent/a");
    assert_eq!(Run::on("event-extension.json").users(json!([other])).outcome(), (json!("elsewhere"), 1));
    let table = json!({ "4021": "arn:aws:connect:eu-central-1:111122223333:instance/another/agent/a" });
    assert_eq!(Run::on("event-extension.json").with("AGENTS", &table).outcome(), (json!("elsewhere"), 0));
}

#[test]
fn a_table_of_agents_replaces_the_call() {
    for id in ["a".to_owned(), format!("{INSTANCE}/agent/a")] {
        let table = json!({ "4021": id });
        let result = Run::on("event-extension.json").with("AGENTS", &table).result();
        assert_eq!((&result["answer"]["agentId"], &result["calls"]), (&json!("a"), &json!([])));
        assert_eq!(Run::on("event-number.json").with("AGENTS", &table).outcome(), (json!("unknown"), 0));
    }
}

#[test]
fn a_caller_in_the_table_is_named_and_one_without_a_number_is_not() {
    let entra = "3f2b7c1e-0000-4000-8000-000000000002";
    let name = format!("Grace\n Holloway{}", "w".repeat(100));
    let table = json!({ "+12065550119": { "name": name, "entraId": entra } });
    let answer = Run::on("event-number.json").with("CALLERS", &table).result()["answer"].clone();
    assert_eq!(answer["callerName"], format!("Grace Holloway{}", "w".repeat(50)));
    assert_eq!((&answer["callerEntraId"], &answer["callerSource"]), (&json!(entra), &json!("teams")));
    for endpoint in [Value::Null, json!({ "Address": "anonymous", "Type": "TELEPHONE_NUMBER" })] {
        let run = Run::on("event-number.json").with("CALLERS", &table);
        let answer = run.set("/Details/ContactData/CustomerEndpoint", endpoint).result()["answer"].clone();
        assert_eq!((&answer["callerName"], &answer["callerSource"]), (&json!(""), &json!("")));
    }
}

#[test]
fn a_malformed_event_is_an_error_and_asks_aws_nothing() {
    let whole = || Run::on("event-extension.json");
    let malformed = [
        whole().set("", json!({})),
        whole().set("/Details", json!({ "Parameters": {} })),
        whole().set("/Details/Parameters", json!({ "extension": "4021" })),
        whole().set("/Details/Parameters/lookup", json!("everybody")),
        whole().set("/Details/ContactData/InstanceARN", Value::Null),
    ];
    for run in malformed {
        let result = run.result();
        assert!(result["raised"].is_string(), "{result}");
        assert_eq!(result["calls"], json!([]));
    }
}

#[test]
fn the_policy_allows_only_what_the_function_does() {
    let statements = json("lambda/policy.json")["Statement"].clone();
    let may: Vec<_> = statements.as_array().unwrap().iter().map(|one| &one["Action"]).collect();
    assert_eq!(may, [&json!("connect:SearchUsers"), &json!(["logs:CreateLogStream", "logs:PutLogEvents"])]);
    for resource in statements.as_array().unwrap().iter().map(|one| one["Resource"].as_str().unwrap()) {
        assert!(resource.starts_with("arn:aws:") && resource.contains(":REGION:ACCOUNT:"), "{resource}");
    }
}
