//! Pages and errors of proxies and portals between us and Entra, and those of Entra.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::SignInError;

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html";

fn by(status: u16, kind: &str, body: &str) -> Option<Gateway> {
    at_tokens(
        StatusCode::from_u16(status).unwrap(),
        Some(kind).filter(|kind| !kind.is_empty()),
        body.as_bytes(),
    )
}

#[test]
fn a_page_or_word_of_something_on_the_way_is_never_taken_for_entras() {
    use Gateway::{NetworkLogin, Proxy};
    let page = "<!doctype html><html><body>Welcome to the hotel</body></html>";
    for (status, kind, body, who) in [
        (200, HTML, page, NetworkLogin),
        // Portals send their pages with any content type.
        (200, JSON, page, NetworkLogin),
        (200, "", page, NetworkLogin),
        (200, HTML, "\u{feff}  <html>", NetworkLogin),
        (200, HTML, "", NetworkLogin),
        (302, HTML, "", NetworkLogin),
        (307, JSON, "{}", NetworkLogin),
        (511, HTML, page, NetworkLogin),
        (407, HTML, page, Proxy),
        (407, JSON, r#"{"error":"invalid_grant","error_codes":[50173]}"#, Proxy),
        (403, HTML, page, Proxy),
        (403, JSON, "", Proxy),
        (404, HTML, page, Proxy),
        (401, "text/plain", "Unauthorized", Proxy),
        (403, JSON, r#"{"error":"access_denied","message":"Category: web mail"}"#, Proxy),
        (400, JSON, r#"{"error":{"code":"Forbidden","message":"invalid_grant"}}"#, Proxy),
        (400, JSON, r#"{"error":"blocked"}"#, Proxy),
        (403, JSON, r#"{"error":"invalid_grant"}"#, Proxy),
        (400, JSON, "[]", Proxy),
        (200, JSON, r#"{"status":"blocked by policy"}"#, Proxy),
        (200, JSON, r#"["access_token"]"#, Proxy),
    ] {
        assert_eq!(by(status, kind, body), Some(who), "{status} {kind} {body}");
    }
}

#[test]
fn an_answer_of_entra_is_recognised_whatever_its_content_type() {
    let refusal =
        r#"{"error":"invalid_grant","error_description":"AADSTS50173: revoked","error_codes":[50173]}"#;
    for (status, kind, body) in [
        (200, JSON, r#"{"access_token":"a"}"#),
        (200, "text/plain", r#"{"access_token":"a"}"#),
        (400, JSON, refusal),
        (401, "", refusal),
        (403, JSON, refusal),
        (400, JSON, r#"{"error":"invalid_grant","correlation_id":"94fb3b52"}"#),
        (400, JSON, r#"{"error":"invalid_request","error_codes":["90015"]}"#),
        (400, JSON, r#"{"error":"something_new","error_description":"AADSTS90015: too long"}"#),
        // Another provider that follows RFC 6749.
        (400, JSON, r#"{"error":"invalid_grant","error_description":"revoked"}"#),
        // Truncated: not understood, but not from something else.
        (200, JSON, r#"{"access_token":"a"#),
        (400, JSON, r#"{"error":"invalid_gr"#),
        (200, JSON, ""),
    ] {
        assert_eq!(by(status, kind, body), None, "{status} {kind} {body}");
    }
}

fn bodies() -> impl Strategy<Value = String> {
    let error = prop_oneof![
        Just(json!("invalid_grant")),
        Just(json!("access_denied")),
        Just(json!({ "code": "invalid_grant" })),
        "\\PC{0,10}".prop_map(Value::from),
        Just(Value::Null),
    ];
    let object = (error, "\\PC{0,20}", "[a-z]{0,6}").prop_map(|(error, text, name)| {
        json!({ "error": error, "message": text, "error_description": text, (name): 1 }).to_string()
    });
    prop_oneof![
        object,
        "(<|\\{|\\[|\"|\\PC){0,30}",
        Just("<html>AADSTS50173 invalid_grant</html>".to_owned())
    ]
}

proptest! {
    #[test]
    fn only_an_answer_of_entra_erases_a_refresh_token(
        status in prop_oneof![Just(200_u16), Just(302), Just(400), Just(401), Just(403), Just(407), 200..500_u16],
        kind in prop_oneof![Just(JSON), Just(HTML), Just("")],
        body in bodies(),
    ) {
        if by(status, kind, &body).is_none()
            && let Ok(refusal) = serde_json::from_str::<Refusal>(&body)
        {
            prop_assert!(!SignInError::from(refusal).erases_refresh_token(), "{}", body);
        }
    }

    #[test]
    fn no_bytes_cause_a_panic(status in 100..600_u16, body in proptest::collection::vec(any::<u8>(), 0..60)) {
        at_tokens(StatusCode::from_u16(status).unwrap(), None, &body);
    }
}
