//! What Conditional Access wants to see in a new token: a JSON object, in a challenge written in base64.

use serde_json::{Map, Value};
use signin::Claims;

use crate::text;

pub(crate) fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    for claims in [Claims::from_json(text), Claims::from_challenge(text)].into_iter().flatten() {
        let object = serde_json::from_str::<Map<String, Value>>(claims.as_str());
        assert!(object.is_ok(), "claims are no object");
        assert_eq!(Claims::from_json(claims.as_str()), Some(claims.clone()));
    }
}
