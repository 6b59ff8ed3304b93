//! Ids that a person pastes, or that a service sends. An accepted id is the same when it is read again.

use std::{fmt::Display, str::FromStr};

use people::PersonId;
use presence::aws::{InstanceArn, Region, RoleArn, UserId};
use settings::{ClientId, Tenant};

use crate::{assert_sentence, text};

pub(crate) fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    again::<Tenant>(text);
    again::<ClientId>(text);
    again::<Region>(text);
    again::<InstanceArn>(text);
    again::<RoleArn>(text);
    if let Ok(id) = UserId::new(text) {
        assert_eq!(id.as_str(), text);
    }
    if let Some(id) = PersonId::parse(text) {
        assert_eq!(PersonId::parse(&id.to_string()), Some(id));
    }
}

fn again<T: FromStr<Err: Display> + Display>(text: &str) {
    match text.parse::<T>() {
        Ok(id) => {
            let id = id.to_string();
            let is_plain = |byte: u8| byte.is_ascii_graphic();
            assert!(id.bytes().all(is_plain), "an id has an odd character: {id:?}");
            assert_eq!(id.parse::<T>().map(|again| again.to_string()).ok(), Some(id));
        }
        Err(reason) => assert_sentence(&reason.to_string()),
    }
}
