//! ListAgentStatuses and PutUserStatus. The list has the statuses that can be chosen; a user in a disabled one stays
//! there, so a reading may name a status that is not in the list.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::error::ApiError;
use super::page::Page;
use super::userdata::seconds;
use super::users;
use crate::world::World;
use crate::world::account::REGION;
use crate::world::agent::{Listed, StatusKind};

const MOST: i64 = 1000;
const TYPES: [&str; 3] = ["ROUTABLE", "CUSTOM", "OFFLINE"];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Chosen {
    agent_status_id: String,
}

pub(super) fn list(world: &World, query: &[(String, String)]) -> Result<Value, ApiError> {
    let all = |name: &str| -> Vec<&str> {
        query.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    };
    let types = all("AgentStatusTypes");
    if let Some(unknown) = types.iter().find(|known| !TYPES.contains(known)) {
        return Err(ApiError::invalid_parameter(format!("AgentStatusTypes knows no {unknown}")));
    }
    let wanted = all("maxResults").first().map(|text| text.parse::<i64>());
    let wanted = wanted.transpose().map_err(|error| ApiError::serialization(error.to_string()))?;
    let page = Page::new(&json!(types), &(1..=MOST), wanted, all("nextToken").first().copied())?;
    let listed: Vec<Listed> = world.with(|state, _| state.statuses.enabled().copied().collect());
    let listed = listed.into_iter().filter(|listed| types.is_empty() || types.contains(&kind(listed)));
    let (listed, next) = page.of(listed.collect());
    let listed: Vec<Value> = listed
        .iter()
        .map(|listed| {
            json!({
                "Id": listed.status.id(),
                "Arn": listed.status.arn(),
                "Name": listed.status.name,
                "Type": kind(listed),
                "LastModifiedTime": seconds(listed.modified),
                "LastModifiedRegion": REGION,
            })
        })
        .collect();
    let mut answer = json!({ "AgentStatusSummaryList": listed });
    if let (Some(answer), Some(next)) = (answer.as_object_mut(), next) {
        answer.insert("NextToken".to_owned(), next.into());
    }
    Ok(answer)
}

pub(super) fn put(world: &World, user: &str, chosen: &Chosen) -> Result<Value, ApiError> {
    let user = users::found(world, user)?;
    let found = world.with(|state, _| {
        let mut listed = state.statuses.enabled();
        listed.find(|listed| listed.status.id() == chosen.agent_status_id).map(|listed| listed.status)
    });
    let status = found.ok_or_else(|| ApiError::not_found("Agent status not found"))?;
    world.put_user_status(user, status);
    Ok(json!({}))
}

fn kind(listed: &Listed) -> &'static str {
    match listed.status.kind {
        StatusKind::Routable => "ROUTABLE",
        StatusKind::Offline => "OFFLINE",
        StatusKind::Custom | StatusKind::System => "CUSTOM",
    }
}
