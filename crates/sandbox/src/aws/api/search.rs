//! SearchUsers: all users, or those that a condition finds, in pages.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::error::ApiError;
use super::page::Page;
use super::users;
use crate::world::World;
use crate::world::centre::{TAG, User};

const MOST: i64 = 500;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Asked {
    #[serde(default)]
    instance_id: Option<String>,
    #[serde(default)]
    next_token: Option<String>,
    #[serde(default)]
    max_results: Option<i64>,
    #[serde(default)]
    search_criteria: Option<Criteria>,
    #[serde(default)]
    search_filter: Option<SearchFilter>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Criteria {
    #[serde(default)]
    string_condition: Option<StringCondition>,
    #[serde(default)]
    and_conditions: Option<Vec<Criteria>>,
    #[serde(default)]
    or_conditions: Option<Vec<Criteria>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StringCondition {
    field_name: String,
    value: String,
    comparison_type: Comparison,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Comparison {
    StartsWith,
    Contains,
    Exact,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct SearchFilter {
    #[serde(default)]
    tag_filter: Option<TagFilter>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct TagFilter {
    #[serde(default)]
    tag_condition: Option<TagCondition>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct TagCondition {
    tag_key: String,
    #[serde(default)]
    tag_value: Option<String>,
}

/// The instance that a search is in.
pub(super) fn instance(asked: &Asked) -> Result<String, ApiError> {
    asked.instance_id.clone().ok_or_else(|| ApiError::invalid_request("InstanceId is required"))
}

pub(super) fn search(world: &World, asked: Asked) -> Result<Value, ApiError> {
    let what = json!([asked.search_criteria, asked.search_filter]);
    let page = Page::new(&what, &(1..=MOST), asked.max_results, asked.next_token.as_deref())?;
    let tag =
        asked.search_filter.and_then(|filter| filter.tag_filter).and_then(|filter| filter.tag_condition);
    let mut found = Vec::new();
    for user in world.staff().users() {
        let fits = asked.search_criteria.as_ref().map_or(Ok(true), |criteria| fits(user, criteria))?;
        if fits && tag.as_ref().is_none_or(|tag| has(user, tag)) {
            found.push(user);
        }
    }
    found.retain(|user| !world.with(|state, _| state.centre.has_left(user.id)));
    let total = found.len();
    let (found, next) = page.of(found);
    let found: Vec<_> = found.into_iter().map(users::summary).collect();
    let mut answer = json!({ "Users": found, "ApproximateTotalCount": total });
    if let (Some(answer), Some(next)) = (answer.as_object_mut(), next) {
        answer.insert("NextToken".to_owned(), next.into());
    }
    Ok(answer)
}

fn fits(user: &User, criteria: &Criteria) -> Result<bool, ApiError> {
    if let Some(condition) = &criteria.string_condition
        && !meets(user, condition)?
    {
        return Ok(false);
    }
    if let Some(all) = &criteria.and_conditions {
        for criteria in all {
            if !fits(user, criteria)? {
                return Ok(false);
            }
        }
    }
    let Some(any) = &criteria.or_conditions else { return Ok(true) };
    for criteria in any {
        if fits(user, criteria)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn meets(user: &User, condition: &StringCondition) -> Result<bool, ApiError> {
    let field = match condition.field_name.to_lowercase().as_str() {
        "username" => user.username.clone(),
        "firstname" => user.given.clone(),
        "lastname" => user.surname.clone(),
        "routingprofileid" => user.profile.id().to_owned(),
        "resourceid" => user.id.to_string(),
        _ => {
            let message = format!("FieldName {} is not supported", condition.field_name);
            return Err(ApiError::invalid_parameter(message));
        }
    };
    let (field, value) = (field.to_lowercase(), condition.value.to_lowercase());
    Ok(match condition.comparison_type {
        Comparison::StartsWith => field.starts_with(&value),
        Comparison::Contains => field.contains(&value),
        Comparison::Exact => field == value,
    })
}

fn has(user: &User, tag: &TagCondition) -> bool {
    let value = user.entra.map(|person| person.to_string()).filter(|_| tag.tag_key == TAG);
    value.is_some_and(|value| tag.tag_value.as_ref().is_none_or(|wanted| *wanted == value))
}
