//! The administrator's guide to colleagues' Connect statuses: its policies and settings work, and allow nothing else.

#![expect(clippy::unwrap_used, reason = "a guide that cannot be read is a failed test")]

use std::{collections::BTreeMap, fs};

use serde_json::Value;
use settings::{FILE, Policy, load};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/connect-statuses.md");
const INSTANCE: &str = "arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE-ID";

/// The code blocks of this language.
fn blocks(language: &str) -> Vec<String> {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let fence = format!("\n```{language}\n");
    let opened = guide.split(&fence).skip(1);
    opened.map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// The statements of the policy in this JSON block.
fn statements(block: usize) -> Vec<Value> {
    let policy: Value = serde_json::from_str(&blocks("json")[block]).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    policy["Statement"].as_array().unwrap().clone()
}

/// The texts of a value that is one text, or a list.
fn texts(value: &Value) -> Vec<&str> {
    match value.as_array() {
        Some(list) => list.iter().map(|text| text.as_str().unwrap()).collect(),
        None => vec![value.as_str().unwrap()],
    }
}

#[test]
fn the_trust_policy_trusts_one_issuer_and_one_audience() {
    assert_eq!(blocks("json").len(), 2);
    let statements = statements(0);
    let [statement] = statements.as_slice() else { unreachable!("one statement") };
    assert_eq!(statement["Effect"], "Allow");
    assert_eq!(texts(&statement["Action"]), ["sts:AssumeRoleWithWebIdentity"]);
    let provider = statement["Principal"]["Federated"].as_str().unwrap();
    let issuer = provider.split_once("oidc-provider/").unwrap().1;
    assert_eq!(issuer, "login.microsoftonline.com/TENANT-ID/v2.0");
    let condition = &statement["Condition"]["StringEquals"];
    assert_eq!(condition[format!("{issuer}:aud")], "CLIENT-ID");
}

#[test]
fn the_role_may_do_exactly_the_four_actions_in_one_instance() {
    let statements = statements(1);
    let mut allowed = BTreeMap::new();
    for statement in &statements {
        assert_eq!(statement["Effect"], "Allow");
        for action in texts(&statement["Action"]) {
            let resources = texts(&statement["Resource"]);
            // The Service Authorization Reference's resource types, by their ARNs below the instance.
            let kinds: Vec<&str> = resources.iter().map(|arn| arn.strip_prefix(INSTANCE).unwrap()).collect();
            assert!(allowed.insert(action, kinds).is_none(), "{action} twice");
        }
    }
    let expected = BTreeMap::from([
        ("connect:DescribeUser", vec!["/agent/*"]),
        ("connect:GetCurrentUserData", vec!["/agent/*", "/agent-group/*", "/queue/*", "/routing-profile/*"]),
        ("connect:ListAgentStatuses", vec!["/agent-state/*"]),
        ("connect:SearchUsers", vec![""]),
    ]);
    assert_eq!(allowed, expected);
}

#[test]
fn the_settings_of_the_guide_are_valid() {
    let toml = blocks("toml");
    let [settings] = toml.as_slice() else { unreachable!("one block of settings") };
    let settings = settings
        .replace("REGION", "eu-west-2")
        .replace("ACCOUNT", "111122223333")
        .replace("INSTANCE-ID", "0a1b2c3d-0000-4000-8000-000000000001");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), settings).unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.problem, None);
    assert!(loaded.settings.role_arn.is_some() && loaded.settings.instance_arn.is_some());
    assert!(loaded.settings.seats <= settings::DIRECT_SEATS);
}
