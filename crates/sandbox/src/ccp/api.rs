//! What the library asks of the panel (`api_request`): a method and its parameters in, data or an error out.
//! What changes something is remembered with the world's writes.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Session;
use super::snapshot::has_connection;
use crate::Site;
use crate::world::AskedOfConnect;
use crate::world::agent::{Agent, Dialable, Queue, Refused, Stage, Statuses};

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

#[derive(Debug, Deserialize)]
struct CreateOutboundContact {
    endpoint: Endpoint,
    #[serde(rename = "queueARN")]
    queue: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    #[serde(rename = "type")]
    kind: String,
    phone_number: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfContact {
    contact_id: Uuid,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfConnection {
    contact_id: Uuid,
    connection_id: String,
}

#[derive(Debug, Deserialize)]
struct SendDigits {
    #[serde(flatten)]
    connection: OfConnection,
    digits: String,
}

// The service's own names for what went wrong.
enum Failure {
    State(Refused),
    Parameters(String),
    Method(String),
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::State(refused)
    }
}

impl Failure {
    fn shape(&self) -> Value {
        let (kind, message) = match self {
            Self::State(refused) => (exception(refused), refused.to_string()),
            Self::Parameters(reason) => ("ValidationException", reason.clone()),
            Self::Method(method) => ("ValidationException", format!("This instance does not know {method}.")),
        };
        json!({ "type": kind, "message": message })
    }
}

fn exception(refused: &Refused) -> &'static str {
    match refused {
        Refused::BadNumber => "BadEndpointException",
        Refused::MayNotDial => "AccessDeniedException",
        Refused::UnknownStatus(_) | Refused::UnknownQueue(_) | Refused::UnknownContact => {
            "ResourceNotFoundException"
        }
        Refused::BadDigits => "ValidationException",
        Refused::NotLoggedIn
        | Refused::HasContact
        | Refused::NotRoutable(_)
        | Refused::NoContact(_)
        | Refused::NotVoice
        | Refused::LiveContact
        | Refused::BadName(_)
        | Refused::NotCustom(_) => "InvalidStateException",
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
        "getEndpoints" => return Ok(json!({ "endpoints": [] })),
        // The library reports on itself; nobody here reads it.
        "sendClientLogs" | "sendSoftphoneCallMetrics" | "sendSoftphoneCallReport" => return Ok(json!({})),
        _ => {}
    }
    site.world.with(|state, now| {
        let asked = change(&mut state.agent, &state.statuses, &method, params, now)?;
        state.record_asked(asked, now);
        Ok(json!({}))
    })
}

fn change(
    agent: &mut Agent,
    statuses: &Statuses,
    method: &str,
    params: Value,
    now: Timestamp,
) -> Result<AskedOfConnect, Failure> {
    Ok(match method {
        "putAgentState" => {
            let PutAgentState { state, enqueue_next_state } = read(params)?;
            let status = statuses.by_arn(&state.arn)?;
            let next = enqueue_next_state.unwrap_or(false);
            agent.put_state(status, next, now)?;
            AskedOfConnect::PutAgentState { status: status.name, next }
        }
        "createOutboundContact" => {
            let CreateOutboundContact { endpoint, queue } = read(params)?;
            let number = endpoint.phone_number.filter(|_| endpoint.kind == "phone_number");
            let number = number.ok_or(Refused::BadNumber)?;
            let queue = Queue::by_arn(&queue)?;
            agent.dial(Dialable::parse(&number)?, queue, now)?;
            AskedOfConnect::CreateOutboundContact { number, queue }
        }
        "acceptContact" => {
            this_contact(agent, read(params)?)?;
            agent.connect(now)?;
            AskedOfConnect::AcceptContact
        }
        "rejectContact" => {
            this_contact(agent, read(params)?)?;
            agent.reject(now)?;
            AskedOfConnect::RejectContact
        }
        "clearContact" | "completeContact" => {
            this_contact(agent, read(params)?)?;
            agent.clear(now)?;
            AskedOfConnect::ClearContact
        }
        "destroyConnection" => {
            let ringing = this_connection(agent, &read(params)?)? == Stage::Ringing;
            if ringing {
                agent.reject(now)?;
            } else {
                agent.end(now)?;
            }
            AskedOfConnect::DestroyConnection
        }
        "holdConnection" => {
            this_connection(agent, &read(params)?)?;
            agent.hold(now)?;
            AskedOfConnect::HoldConnection
        }
        "resumeConnection" => {
            this_connection(agent, &read(params)?)?;
            agent.resume(now)?;
            AskedOfConnect::ResumeConnection
        }
        "sendDigits" => {
            let SendDigits { connection, digits } = read(params)?;
            this_connection(agent, &connection)?;
            agent.send_digits(&digits)?;
            AskedOfConnect::SendDigits { digits }
        }
        _ => return Err(Failure::Method(method.to_owned())),
    })
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Failure> {
    serde_json::from_value(params).map_err(|error| Failure::Parameters(error.to_string()))
}

fn this_contact(agent: &Agent, OfContact { contact_id }: OfContact) -> Result<(), Refused> {
    let here = agent.contact().is_some_and(|contact| contact.id == contact_id);
    if here { Ok(()) } else { Err(Refused::UnknownContact) }
}

fn this_connection(agent: &Agent, wanted: &OfConnection) -> Result<Stage, Refused> {
    let contact = agent.contact().filter(|contact| contact.id == wanted.contact_id);
    let contact = contact.filter(|contact| has_connection(contact, &wanted.connection_id));
    contact.map(|contact| contact.stage).ok_or(Refused::UnknownContact)
}
