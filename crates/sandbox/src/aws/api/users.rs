//! DescribeUser, and what the API says about a user apart from their state. E-mail address and mobile number are in the
//! description only.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::error::ApiError;
use super::userdata::seconds;
use crate::world::World;
use crate::world::account::REGION;
use crate::world::centre::{GROUP, TAG, User};

const SECURITY_PROFILE: &str = "e1f5c2a0-3d47-4b8e-9a6f-0c1d2e3f4a5b";

pub(super) fn describe(world: &World, id: &str) -> Result<Value, ApiError> {
    let user = found(world, id)?;
    let mut described = summary(user);
    let names = json!({ "FirstName": user.given, "LastName": user.surname });
    let mut identity = names.as_object().cloned().unwrap_or_default();
    let more = [("Email", &user.email), ("Mobile", &user.mobile)];
    identity
        .extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?.into()))));
    described.insert("IdentityInfo".to_owned(), identity.into());
    described
        .insert("LastModifiedTime".to_owned(), json!(seconds(world.with(|state, _| state.centre.opened()))));
    described.insert("LastModifiedRegion".to_owned(), REGION.into());
    Ok(json!({ "User": described }))
}

/// The user with that id, who has not left.
pub(super) fn found<'a>(world: &'a World, id: &str) -> Result<&'a User, ApiError> {
    let user = Uuid::parse_str(id).ok().and_then(|id| world.staff().find(id));
    let user = user.filter(|user| !world.with(|state, _| state.centre.has_left(user.id)));
    user.ok_or_else(|| ApiError::not_found(format!("User not found: {id}")))
}

/// What a search shows of a user; the description has more.
pub(super) fn summary(user: &User) -> Map<String, Value> {
    let mut summary = Map::from_iter([
        ("Id".to_owned(), json!(user.id)),
        ("Arn".to_owned(), user.arn().into()),
        ("Username".to_owned(), user.username.clone().into()),
        ("IdentityInfo".to_owned(), json!({ "FirstName": user.given, "LastName": user.surname })),
        (
            "PhoneConfig".to_owned(),
            json!({ "PhoneType": "SOFT_PHONE", "AutoAccept": false, "AfterContactWorkTimeLimit": 0 }),
        ),
        ("RoutingProfileId".to_owned(), user.profile.id().into()),
        ("SecurityProfileIds".to_owned(), json!([SECURITY_PROFILE])),
        ("Tags".to_owned(), tags(user)),
    ]);
    if user.grouped {
        summary.insert("HierarchyGroupId".to_owned(), GROUP.into());
    }
    summary
}

fn tags(user: &User) -> Value {
    match user.entra {
        Some(person) => json!({ TAG: person }),
        None => json!({}),
    }
}
