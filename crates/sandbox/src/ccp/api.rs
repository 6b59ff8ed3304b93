//! What the library asks of the panel (`api_request`): a method and its parameters in, data or an error out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Session;
use crate::Site;
use crate::world::agent::{Refused, Status};

/// A request, as the library words it.
#[derive(Debug, Deserialize)]
pub(super) struct Request {
    method: String,
    #[serde(default)]
    params: Value,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PutAgentState {
    state: ChosenState,
    // The library sends undefined, that is nothing, when its caller gave no options.
    #[serde(default)]
    enqueue_next_state: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct ChosenState {
    #[serde(rename = "agentStateARN")]
    arn: String,
}

// The service's own names for what went wrong.
enum Failure {
    State(Refused),
    Parameters(String),
    Method(String),
    Calls,
}

impl Failure {
    fn shape(&self) -> Value {
        let (kind, message) = match self {
            Self::State(refused) => ("InvalidStateException", refused.to_string()),
            Self::Parameters(reason) => ("ValidationException", reason.clone()),
            Self::Method(method) => ("ValidationException", format!("This instance does not know {method}.")),
            Self::Calls => ("BadEndpointException", "This instance places no calls.".to_owned()),
        };
        json!({ "type": kind, "message": message })
    }
}

pub(super) async fn call(
    State(site): State<Arc<Site>>,
    Session(_): Session,
    Json(request): Json<Request>,
) -> Json<Value> {
    let answer = match answer(&site, request) {
        Ok(data) => json!({ "data": data, "err": null }),
        // The library's other side sends errors as JSON inside a string.
        Err(failure) => json!({ "data": null, "err": failure.shape().to_string() }),
    };
    Json(answer)
}

fn answer(site: &Site, Request { method, params }: Request) -> Result<Value, Failure> {
    match method.as_str() {
        "putAgentState" => {
            let PutAgentState { state, enqueue_next_state } =
                serde_json::from_value(params).map_err(|error| Failure::Parameters(error.to_string()))?;
            let status = Status::by_arn(&state.arn).map_err(Failure::State)?;
            let enqueue = enqueue_next_state.unwrap_or(false);
            let put = site.world.with(|state, now| state.agent.put_state(status, enqueue, now));
            put.map(|()| json!({})).map_err(Failure::State)
        }
        "getEndpoints" => Ok(json!({ "endpoints": [] })),
        "createOutboundContact" => Err(Failure::Calls),
        // The library reports on itself; nobody here reads it.
        "sendClientLogs" | "sendSoftphoneCallMetrics" | "sendSoftphoneCallReport" => Ok(json!({})),
        _ => Err(Failure::Method(method)),
    }
}
