//! Who logged in, read from the claims of an ID token. A token may lack any of the usual names.
//!
//! Without a person (`oid`) and a directory (`tid`) there is no identity.

use presence::identity::ObjectId;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::jwt::payload;

/// The claims with a name of the user, the best first (Microsoft identity platform: id-token-claims-reference).
const NAMES: [&str; 4] = ["preferred_username", "upn", "unique_name", "email"];
/// Part of the name of a guest in the host directory, in any letter case.
const GUEST: &str = "#EXT#";
/// The longest address (RFC 5321, 4.5.3.1: 64 characters, the sign and 255).
const LONGEST: usize = 320;

/// Who logged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The person (`oid`).
    pub object_id: ObjectId,
    /// The directory (`tid`).
    pub tenant_id: String,
    /// The name that the person logs in with, such as the user principal name. For a guest, that of their own
    /// organisation if it can be read; for a token without names, the id of the person.
    pub upn: String,
    /// The display name (`name`), or the user principal name without one.
    pub name: String,
}

impl Identity {
    /// The account that the sign-in page can offer; none if the name is no address.
    #[must_use]
    pub fn login_hint(&self) -> Option<&str> {
        Some(self.upn.as_str()).filter(|upn| is_address(upn))
    }

    /// Who the ID token is about; none if it does not say. [`Grant::who`](crate::Grant::who) says why that is trusted.
    pub(crate) fn read(id_token: &SecretString) -> Option<Self> {
        payload::<Claims>(id_token).and_then(|Claims(claims)| Self::of(&claims))
    }

    fn of(claims: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| {
            let text = claims.get(name).and_then(Value::as_str).map(str::trim);
            text.filter(|text| !text.is_empty())
        };
        let (oid, tid) = (text("oid")?, text("tid")?);
        let upn = NAMES.into_iter().filter_map(text).map(typed).next().unwrap_or_else(|| oid.to_owned());
        Some(Self {
            object_id: ObjectId::new(oid),
            tenant_id: tid.to_owned(),
            name: text("name").map_or_else(|| upn.clone(), str::to_owned),
            upn,
        })
    }
}

#[derive(Deserialize)]
struct Claims(Map<String, Value>);

/// The name as the person types it: without a provider in front of it, as in `live.com#priya@example.com`, and for a
/// guest the name in the home organisation, which comes before the mark:
/// `priya_example.com#EXT#@contoso.onmicrosoft.com`.
fn typed(name: &str) -> String {
    let mark =
        name.as_bytes().windows(GUEST.len()).position(|part| part.eq_ignore_ascii_case(GUEST.as_bytes()));
    if let Some(home) = mark.and_then(|at| name.get(..at)) {
        // The underscore stands for the @; no domain contains one.
        let address = home.rsplit_once('_').map(|(user, domain)| format!("{user}@{domain}"));
        return address.filter(|address| is_address(address)).unwrap_or_else(|| name.to_owned());
    }
    let behind = name.rsplit_once('#').map(|(_, behind)| behind).filter(|behind| is_address(behind));
    behind.unwrap_or(name).to_owned()
}

/// True for `user@domain.example` without characters that have a meaning in an address of a page.
pub(crate) fn is_address(text: &str) -> bool {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || ".@_-+'!~^$%&*=?/{}|`".contains(c));
    let parts = text.split_once('@').filter(|(user, domain)| !user.is_empty() && !domain.contains('@'));
    let is_domain = |domain: &str| {
        domain.contains('.') && domain.split('.').all(|label| !label.is_empty()) && !domain.contains('_')
    };
    text.len() <= LONGEST && is_plain && parts.is_some_and(|(_, domain)| is_domain(domain))
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const OID: &str = "fa8bf3dc-eca7-46b7-bad1-db199b62afc3";

    fn token(claims: &str) -> SecretString {
        SecretString::from(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)))
    }

    fn with(more: &Value) -> Identity {
        let mut claims = json!({ "oid": OID, "tid": "t" });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Identity::read(&token(&claims.to_string())).unwrap()
    }

    #[test]
    fn a_person_is_named_by_the_best_name_that_there_is() {
        for (claims, upn, hint) in [
            (json!({ "preferred_username": "p@contoso.com", "upn": "q@contoso.com" }), "p@contoso.com", true),
            (
                json!({ "preferred_username": " ", "upn": "q@contoso.com", "email": "e@x.example" }),
                "q@contoso.com",
                true,
            ),
            (json!({ "preferred_username": null, "unique_name": "u@contoso.com" }), "u@contoso.com", true),
            (json!({ "email": "priya@example.com" }), "priya@example.com", true),
            (json!({ "unique_name": "live.com#priya@example.com" }), "priya@example.com", true),
            (
                json!({ "preferred_username": "priya_gmail.com#EXT#@contoso.onmicrosoft.com" }),
                "priya@gmail.com",
                true,
            ),
            (
                json!({ "upn": "pri_ya_mail.example#ext#@contoso.onmicrosoft.com" }),
                "pri_ya@mail.example",
                true,
            ),
            // Not to be read, so only shown.
            (
                json!({ "upn": "priya#EXT#@contoso.onmicrosoft.com" }),
                "priya#EXT#@contoso.onmicrosoft.com",
                false,
            ),
            (json!({ "preferred_username": "+44 20 7946 0000" }), "+44 20 7946 0000", false),
            (json!({ "preferred_username": 7 }), OID, false),
            (json!({}), OID, false),
        ] {
            let who = with(&claims);
            assert_eq!((who.upn.as_str(), who.name.as_str()), (upn, upn), "{claims}");
            assert_eq!(who.login_hint(), hint.then_some(upn), "{claims}");
        }
        assert_eq!(with(&json!({ "name": "Priya Raman" })).name, "Priya Raman");
    }

    #[test]
    fn without_a_person_or_a_directory_it_is_nobody() {
        let who = Identity::read(&token(
            r#"{"oid":"AB-1","tid":"t","preferred_username":"p@contoso.com","name":" "}"#,
        ));
        assert_eq!(who.map(|who| who.object_id), Some(ObjectId::new("ab-1")));
        for claims in [
            r#"{"tid":"t","preferred_username":"p@contoso.com"}"#,
            r#"{"oid":"","tid":"t","preferred_username":"p@contoso.com"}"#,
            r#"{"oid":null,"tid":"t"}"#,
            r#"{"oid":7,"tid":"t"}"#,
            r#"{"oid":"ab-1","preferred_username":"p@contoso.com"}"#,
            "[]",
        ] {
            assert_eq!(Identity::read(&token(claims)), None, "{claims}");
        }
        assert_eq!(Identity::read(&SecretString::from("opaque")), None);
    }

    fn names() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-z_.]{1,8}",
            Just("#EXT#".to_owned()),
            Just("#".to_owned()),
            Just("@".to_owned()),
            Just("_".to_owned()),
            "\\PC{0,4}"
        ];
        proptest::collection::vec(part, 0..7).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_login_hint_is_an_address_and_nothing_else(name in names()) {
            let who = with(&json!({ "preferred_username": name }));
            prop_assert!(!who.upn.is_empty() && !who.name.is_empty());
            if let Some(hint) = who.login_hint() {
                prop_assert_eq!(hint.matches('@').count(), 1, "{}", hint);
                prop_assert!(!hint.contains('#') && !hint.contains(char::is_whitespace), "{}", hint);
            }
        }

        #[test]
        fn no_id_token_causes_a_panic(text in "\\PC{0,60}", claims in "\\PC{0,60}") {
            drop(Identity::read(&SecretString::from(text)));
            drop(Identity::read(&token(&claims)));
        }
    }
}
