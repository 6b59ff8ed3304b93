//! The tenant: `/organization` (Graph: organization-list). With User.Read alone, a person sees its id, its name and its
//! domains, and null for everything else.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Map, Value, json};

use super::Caller;
use super::error::GraphError;
use super::users::context;
use crate::Site;
use crate::world::TENANT;
use crate::world::grants::Scope;

/// The properties that are shown when nothing is selected, as far as anybody asks for them.
const USUAL: [&str; 5] = ["id", "displayName", "verifiedDomains", "city", "technicalNotificationMails"];

pub(super) async fn list(
    caller: Caller,
    State(site): State<Arc<Site>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, GraphError> {
    let hidden = site.world.with(|state, _| state.policy.nameless);
    if hidden || !caller.may(Scope::UserRead) {
        return Err(GraphError::directory_forbidden());
    }
    if let Some(other) = query.keys().find(|name| name.as_str() != "$select") {
        return Err(GraphError::bad_query(format!("The query option '{other}' is not supported.")));
    }
    let selected = query.get("$select").map(|select| select.split(',').map(str::trim).collect());
    let fields: Vec<&str> = selected.unwrap_or_else(|| USUAL.to_vec());
    let mut organization = Map::new();
    for field in fields {
        let value = value(field).ok_or_else(|| {
            GraphError::bad_query(format!(
                "Could not find a property named '{field}' on type 'organization'."
            ))
        })?;
        organization.insert(field.to_owned(), value);
    }
    Ok(Json(json!({ "@odata.context": context(&site, "organization"), "value": [organization] })))
}

fn value(field: &str) -> Option<Value> {
    let domain = |name, is_default, is_initial| {
        json!({
            "capabilities": "Email, OfficeCommunicationsOnline",
            "isDefault": is_default,
            "isInitial": is_initial,
            "name": name,
            "type": "Managed",
        })
    };
    Some(match field {
        "id" => json!(TENANT),
        "displayName" => json!("Contoso"),
        "verifiedDomains" => {
            json!([domain("contoso.onmicrosoft.com", false, true), domain("contoso.com", true, false)])
        }
        "city" | "technicalNotificationMails" => Value::Null,
        _ => return None,
    })
}
