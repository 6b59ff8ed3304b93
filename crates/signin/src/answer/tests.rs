//! Odd token answers, one by one and at random.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;

const HOUR: u64 = 3599;

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_025_600)
}

fn read(body: &Value) -> Option<TokenAnswer> {
    serde_json::from_str(&body.to_string()).ok()
}

/// The usual answer with one field changed.
fn with(name: &str, value: Value) -> Value {
    let mut body = json!({
        "token_type": "Bearer", "scope": "openid profile https://graph.microsoft.com/User.Read", "expires_in": HOUR,
        "ext_expires_in": HOUR, "access_token": "example-access", "refresh_token": "example-refresh",
    });
    body[name] = value;
    body
}

fn without(name: &str) -> Value {
    let mut body = with(name, Value::Null);
    body.as_object_mut().unwrap().remove(name);
    body
}

fn life(body: &Value) -> u64 {
    read(body).unwrap().lifetime(now()).as_secs()
}

fn jwt(claims: &Value) -> String {
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

#[test]
fn a_lifetime_is_read_in_every_form_and_kept_within_its_limits() {
    for (said, seconds) in [
        (json!(3599), HOUR),
        (json!("3599"), HOUR),
        (json!(" 3599 "), HOUR),
        (json!(3599.0), HOUR),
        (json!(3599.9), HOUR),
        (json!("3599.0"), HOUR),
        (json!("+3599"), HOUR),
        (json!(0), 60),
        (json!("0"), 60),
        (json!(-1), 60),
        (json!("-3599"), 60),
        (json!(0.5), 60),
        (json!(u64::MAX), Grant::LONGEST.as_secs()),
        (json!(1e300), Grant::LONGEST.as_secs()),
        (json!("9".repeat(400)), Grant::LONGEST.as_secs()),
        // None of these is a number.
        (Value::Null, 600),
        (json!(""), 600),
        (json!("soon"), 600),
        (json!("1e9"), 600),
        (json!("inf"), 600),
        (json!("NaN"), 600),
        (json!("3,599"), 600),
        (json!(true), 600),
        (json!([3599]), 600),
    ] {
        assert_eq!(life(&with("expires_in", said.clone())), seconds, "{said}");
    }
}

#[test]
fn a_lifetime_that_the_answer_omits_is_read_from_the_token() {
    let of = |claims: Value| {
        let mut body = without("expires_in");
        body["access_token"] = jwt(&claims).into();
        life(&body)
    };
    // A clock of ours that is wrong by days changes nothing.
    assert_eq!(of(json!({ "iat": 1_000_000, "exp": 1_004_500 })), 4500);
    assert_eq!(of(json!({ "exp": 1_796_025_600 + 4500 })), 4500);
    assert_eq!(of(json!({ "exp": 1_796_025_600 - 4500 })), 60);
    assert_eq!(of(json!({ "exp": u64::MAX })), Grant::LONGEST.as_secs());
    assert_eq!(of(json!({ "iat": 5 })), 600);
    assert_eq!(life(&without("expires_in")), 600, "an opaque token says nothing");
}

#[test]
fn a_token_is_a_bearer_token_or_none() {
    for bearer in [json!("Bearer"), json!("bearer"), json!("BEARER"), Value::Null, json!(""), json!(7)] {
        assert!(read(&with("token_type", bearer.clone())).is_some(), "{bearer}");
    }
    assert!(read(&without("token_type")).is_some());
    for other in ["pop", "mac", "N_A", "Bearer, pop"] {
        assert!(read(&with("token_type", other.into())).is_none(), "{other}");
    }
    for none in [Value::Null, json!(""), json!(" "), json!(7), json!({})] {
        assert!(read(&with("access_token", none.clone())).is_none(), "{none}");
    }
}

#[test]
fn what_is_empty_or_null_is_missing() {
    for empty in [Value::Null, json!(""), json!("  "), json!(0), json!([])] {
        let answer = |name: &str| read(&with(name, empty.clone())).unwrap();
        assert!(answer("refresh_token").refresh_token().is_none(), "{empty}");
        assert!(answer("scope").scopes().is_none(), "{empty}");
        assert!(answer("id_token").id_token().is_none(), "{empty}");
    }
    let listed = read(&with("scope", json!(["openid", "User.Read profile"]))).unwrap();
    assert_eq!(listed.scopes().unwrap().len(), 3);
}

#[test]
fn an_answer_shows_none_of_its_tokens() {
    let body = json!({ "access_token": "s3cr3t", "refresh_token": "s3cr3t", "id_token": "s3cr3t" });
    let answer = read(&body).unwrap();
    assert!(!format!("{answer:?}").contains("s3cr3t"), "{answer:?}");
    assert_eq!(serde_json::to_value(&answer).unwrap(), Value::Null);
}

fn values() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number.clone(),
        number.prop_map(|number| number.to_string().into()),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("Bearer")),
        Just(json!("eyJ.eyJleHAiOjF9.x")),
        Just(json!([])),
        Just(json!({})),
    ]
}

proptest! {
    #[test]
    fn every_answer_has_a_lifetime_within_the_limits_and_no_blank_field(
        fields in proptest::collection::vec((0..6_usize, values()), 0..8),
        odd in any::<bool>(),
    ) {
        const NAMES: [&str; 6] =
            ["access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token"];
        let mut body: Map<String, Value> =
            fields.into_iter().map(|(at, value)| (NAMES[at].to_owned(), value)).collect();
        if !odd {
            body.insert("access_token".to_owned(), json!("a"));
        }
        if let Some(answer) = read(&Value::from(body)) {
            let life = answer.lifetime(now());
            prop_assert!((Grant::SHORTEST..=Grant::LONGEST).contains(&life), "{life:?}");
            prop_assert!(!answer.access_token().secret().trim().is_empty());
            prop_assert!(answer.refresh_token().is_none_or(|token| !token.secret().trim().is_empty()));
            prop_assert!(answer.scopes().is_none_or(|scopes| !scopes.is_empty()));
        }
    }

    #[test]
    fn no_lifetime_of_a_token_causes_a_panic(exp in any::<f64>(), iat in any::<Option<f64>>()) {
        let mut body = without("expires_in");
        body["access_token"] = jwt(&json!({ "exp": exp, "iat": iat })).into();
        prop_assert!((60..=Grant::LONGEST.as_secs()).contains(&life(&body)));
    }
}
