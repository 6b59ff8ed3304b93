//! The service API of Amazon Connect: which operation a request is for, and whether the policy and the quota let it
//! through. What each operation answers is in the files below. A reading shows one moment of the world.

mod page;
mod search;
mod statuses;
mod userdata;
mod users;

use std::sync::Arc;

use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{ApiError, numbered};
use super::sigv4;
use crate::Site;
use crate::world::account::{Caller, instance_arn};
use crate::world::agent::INSTANCE_ARN;
use crate::world::quota::Operation;

/// Bytes of a request's body.
const LARGEST: usize = 1024 * 1024;
/// Characters of an instance id (Connect: InstanceId).
const INSTANCE_ID: std::ops::RangeInclusive<usize> = 1..=100;

/// A request that is for an operation.
#[derive(Debug)]
struct Call {
    operation: Operation,
    /// As it was given, an id or an ARN.
    instance: String,
    user: Option<String>,
    query: Vec<(String, String)>,
    body: Bytes,
}

pub(super) async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    match decide(&site, &parts, body) {
        Ok(answer) => numbered(Json(answer).into_response()),
        Err(error) => error.into_response(),
    }
}

fn decide(site: &Site, parts: &Parts, body: Bytes) -> Result<Value, ApiError> {
    let caller = site.world.with(|state, now| sigv4::caller(parts, &body, &state.account, now))?;
    let call = Call::of(parts, body)?;
    if !site.world.with(|state, now| state.quota.take(call.operation, now)) {
        return Err(ApiError::throttled());
    }
    allowed(site, &call, &caller)?;
    match call.operation {
        Operation::GetCurrentUserData => userdata::read(&site.world, read(&call.body)?),
        Operation::SearchUsers => search::search(&site.world, read(&call.body)?),
        Operation::DescribeUser => users::describe(&site.world, call.user()),
        Operation::ListAgentStatuses => statuses::list(&site.world, &call.query),
        Operation::PutUserStatus => statuses::put(&site.world, call.user(), &read(&call.body)?),
    }
}

impl Call {
    fn of(parts: &Parts, body: Bytes) -> Result<Self, ApiError> {
        let path: Vec<String> = parts.uri.path().split('/').skip(1).map(decoded).collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let call = |operation, instance: &str, user: Option<&str>, body| Self {
            operation,
            instance: instance.to_owned(),
            user: user.map(str::to_owned),
            query: query(parts.uri.query().unwrap_or_default()),
            body,
        };
        Ok(match (&parts.method, path.as_slice()) {
            (&Method::POST, ["metrics", "userdata", instance]) => {
                call(Operation::GetCurrentUserData, instance, None, body)
            }
            (&Method::POST, ["search-users"]) => {
                let instance = search::instance(&read(&body)?)?;
                call(Operation::SearchUsers, &instance, None, body)
            }
            (&Method::GET, ["users", instance, user]) => {
                call(Operation::DescribeUser, instance, Some(user), body)
            }
            (&Method::PUT, ["users", instance, user, "status"]) => {
                call(Operation::PutUserStatus, instance, Some(user), body)
            }
            (&Method::GET, ["agent-status", instance]) => {
                call(Operation::ListAgentStatuses, instance, None, body)
            }
            _ => return Err(ApiError::unknown_operation()),
        })
    }

    fn user(&self) -> &str {
        self.user.as_deref().unwrap_or_default()
    }

    /// The resource on which a policy has to allow the action.
    fn resource(&self, instance: &str) -> String {
        match self.operation {
            Operation::GetCurrentUserData | Operation::SearchUsers => instance.to_owned(),
            Operation::DescribeUser | Operation::PutUserStatus => {
                format!("{instance}/agent/{}", self.user())
            }
            Operation::ListAgentStatuses => format!("{instance}/agent-state/*"),
        }
    }
}

// The policy comes before the instance: a caller without rights learns nothing.
fn allowed(site: &Site, call: &Call, caller: &Caller) -> Result<(), ApiError> {
    if !INSTANCE_ID.contains(&call.instance.chars().count()) {
        return Err(ApiError::invalid_parameter("InstanceId must have 1 to 100 characters"));
    }
    let instance = match call.instance.starts_with("arn:") {
        true => call.instance.clone(),
        false => instance_arn(&call.instance),
    };
    let ours = instance == INSTANCE_ARN;
    let action = call.operation.action();
    let may = site.world.with(|state, _| {
        let role = state.account.role();
        role.allows(action) && (ours || role.every_instance)
    });
    if !may {
        return Err(ApiError::access_denied(&caller.arn(), action, &call.resource(&instance)));
    }
    if ours { Ok(()) } else { Err(ApiError::not_found(format!("Instance not found: {}", call.instance))) }
}

fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

fn query(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|error| ApiError::serialization(error.to_string()))
}
