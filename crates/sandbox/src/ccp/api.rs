//! What the library asks of the panel (`api_request`): a method and its parameters in, data or an error out.
//! A request that changes something is recorded among the world's writes.

use std::sync::Arc;
use std::time::Duration;

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
use crate::world::agent::{Agent, DialRefusal, Dialable, NextDial, Queue, Refused, Stage, Statuses, Step};

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
    /// The control interface asked for this refusal.
    Wanted(DialRefusal),
    Parameters(String),
    Method(String),
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::State(refused)
    }
}

impl Failure {
    fn kind(&self) -> &'static str {
        match self {
            Self::State(refused) => exception(refused),
            Self::Wanted(refusal) => refusal.exception(),
            Self::Parameters(_) | Self::Method(_) => "ValidationException",
        }
    }

    fn shape(&self) -> Value {
        let message = match self {
            Self::State(refused) => refused.to_string(),
            Self::Wanted(_) => "The request was refused.".to_owned(),
            Self::Parameters(reason) => reason.clone(),
            Self::Method(method) => format!("This instance does not know {method}."),
        };
        json!({ "type": self.kind(), "message": message })
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
        | Refused::Uncleared
        | Refused::NotRoutable(_)
        | Refused::NoContact(_)
        | Refused::NotVoice
        | Refused::LiveContact
        | Refused::BadName(_)
        | Refused::NotCustom(_) => "InvalidStateException",
    }
}

/// When an answer comes.
enum When {
    Now,
    After(Duration),
    Never,
}

pub(super) async fn call(
    State(site): State<Arc<Site>>,
    Session(_): Session,
    Json(request): Json<Request>,
) -> Json<Value> {
    let (answer, when) = answer(&site, request);
    let mut stop = site.stop.clone();
    let stopped = stop.wait_for(|stop| *stop);
    match when {
        When::Now => {}
        When::After(late) => {
            let _ = tokio::time::timeout(late, stopped).await;
        }
        When::Never => {
            let _ = stopped.await;
        }
    }
    Json(match answer {
        Ok(data) => json!({ "data": data, "err": null }),
        // The library's other side sends errors as JSON inside a string.
        Err(failure) => json!({ "data": null, "err": failure.shape().to_string() }),
    })
}

fn answer(site: &Site, Request { method, params }: Request) -> (Result<Value, Failure>, When) {
    match method.as_str() {
        "getEndpoints" => return (Ok(json!({ "endpoints": [] })), When::Now),
        // The library reports on itself; nobody here reads it.
        "sendClientLogs" | "sendSoftphoneCallMetrics" | "sendSoftphoneCallReport" => {
            return (Ok(json!({})), When::Now);
        }
        _ => {}
    }
    let number = params["endpoint"]["phoneNumber"].as_str().map(str::to_owned);
    site.world.with(|state, now| {
        let next = if method == "createOutboundContact" { state.agent.take_next_dial() } else { None };
        let when = match next {
            Some(NextDial::Silent { .. }) => When::Never,
            Some(NextDial::Late { seconds }) => When::After(Duration::from_secs(seconds.into())),
            Some(NextDial::Refused { .. } | NextDial::Fails { .. }) | None => When::Now,
        };
        let changed = match next {
            Some(NextDial::Refused { why }) => Err(Failure::Wanted(why)),
            Some(NextDial::Silent { dials: false }) => {
                state.record_refused(&method, number, String::new(), now);
                return (Ok(json!({})), when);
            }
            Some(NextDial::Silent { dials: true } | NextDial::Late { .. } | NextDial::Fails { .. })
            | None => change(&mut state.agent, &state.statuses, &method, params, next, now),
        };
        let answer = match changed {
            Ok(asked) => {
                state.record_asked(asked, now);
                Ok(json!({}))
            }
            Err(failure) => {
                state.record_refused(&method, number, failure.kind().to_owned(), now);
                Err(failure)
            }
        };
        (answer, when)
    })
}

fn change(
    agent: &mut Agent,
    statuses: &Statuses,
    method: &str,
    params: Value,
    dial: Option<NextDial>,
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
            agent.dial(Dialable::parse(&number)?, queue, dial.and_then(NextDial::fate), now)?;
            AskedOfConnect::CreateOutboundContact { number, queue }
        }
        "acceptContact" => {
            agent.step(Step::Connect, Some(this_contact(params)?), now)?;
            AskedOfConnect::AcceptContact
        }
        "rejectContact" => {
            agent.step(Step::Reject, Some(this_contact(params)?), now)?;
            AskedOfConnect::RejectContact
        }
        "clearContact" | "completeContact" => {
            agent.step(Step::Clear, Some(this_contact(params)?), now)?;
            AskedOfConnect::ClearContact
        }
        "destroyConnection" => {
            let (contact, stage) = this_connection(agent, &read(params)?)?;
            let rings = matches!(stage, Stage::Ringing | Stage::Incoming);
            agent.step(if rings { Step::Reject } else { Step::End }, Some(contact), now)?;
            AskedOfConnect::DestroyConnection
        }
        "holdConnection" => {
            let (contact, _) = this_connection(agent, &read(params)?)?;
            agent.step(Step::Hold, Some(contact), now)?;
            AskedOfConnect::HoldConnection
        }
        "resumeConnection" => {
            let (contact, _) = this_connection(agent, &read(params)?)?;
            agent.step(Step::Resume, Some(contact), now)?;
            AskedOfConnect::ResumeConnection
        }
        "sendDigits" => {
            let SendDigits { connection, digits } = read(params)?;
            let (contact, _) = this_connection(agent, &connection)?;
            agent.send_digits(&digits, Some(contact))?;
            AskedOfConnect::SendDigits { digits }
        }
        _ => return Err(Failure::Method(method.to_owned())),
    })
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Failure> {
    serde_json::from_value(params).map_err(|error| Failure::Parameters(error.to_string()))
}

fn this_contact(params: Value) -> Result<Uuid, Failure> {
    let OfContact { contact_id } = read(params)?;
    Ok(contact_id)
}

fn this_connection(agent: &Agent, wanted: &OfConnection) -> Result<(Uuid, Stage), Refused> {
    let contact = agent.contacts().iter().find(|contact| contact.id == wanted.contact_id);
    let contact = contact.filter(|contact| has_connection(contact, &wanted.connection_id));
    contact.map(|contact| (contact.id, contact.stage)).ok_or(Refused::UnknownContact)
}
