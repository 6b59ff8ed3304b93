//! Reading and writing presence (Graph: presence-get, cloudcommunications-getpresencesbyuserid,
//! presence-setpresence and its sisters). What a write does is decided in `world/presence.rs`.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::{Span, SpanRelativeTo};
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Caller;
use super::error::GraphError;
use super::status_message::{self, shown as shown_message};
use super::users::context;
use crate::Site;
use crate::world::Written;
use crate::world::directory::Person;
use crate::world::grants::Scope;
use crate::world::presence::{PreferredPresence, Presence, SessionExpiry, SessionPresence, Shown};

/// Ids in one call (cloudcommunications-getpresencesbyuserid).
const MOST_IDS: usize = 650;

pub(super) async fn own(caller: Caller, State(site): State<Arc<Site>>) -> Result<Json<Value>, GraphError> {
    read(&caller, &site, site.world.directory().agent())
}

pub(super) async fn of(
    caller: Caller,
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, GraphError> {
    let id = Uuid::parse_str(&id).map_err(|_| GraphError::not_found())?;
    let person = site.world.directory().find(id);
    match person {
        Some(person) => read(&caller, &site, person),
        None if caller.may(Scope::PresenceReadAll) => Err(GraphError::not_found()),
        None => Err(GraphError::presence_forbidden()),
    }
}

fn read(caller: &Caller, site: &Site, person: &Person) -> Result<Json<Value>, GraphError> {
    let own = person.id == site.world.directory().agent().id;
    if !(caller.may(Scope::PresenceReadAll) || own && caller.may(Scope::PresenceRead)) {
        return Err(GraphError::presence_forbidden());
    }
    let mut answer = presence_of(site, person);
    if let Some(answer) = answer.as_object_mut() {
        let of = format!("users('{}')/presence/$entity", person.id);
        answer.insert("@odata.context".to_owned(), context(site, &of).into());
    }
    Ok(Json(answer))
}

#[derive(Debug, Deserialize)]
struct Many {
    ids: Vec<String>,
}

pub(super) async fn many(
    caller: Caller,
    State(site): State<Arc<Site>>,
    body: Bytes,
) -> Result<Json<Value>, GraphError> {
    let Many { mut ids } = parse(&body)?;
    if ids.is_empty() || ids.len() > MOST_IDS {
        let message = format!("The number of ids must be between 1 and {MOST_IDS}, and is {}.", ids.len());
        return Err(GraphError::bad_argument(message));
    }
    if !caller.may(Scope::PresenceReadAll) {
        return Err(GraphError::presence_forbidden());
    }
    // The order of the answer is not documented, so it is not the order of the question.
    ids.sort_unstable();
    ids.dedup();
    let one = |id: String| {
        let person = Uuid::parse_str(&id).ok().and_then(|id| site.world.directory().find(id));
        person.map_or_else(|| unknown(&id), |person| presence_of(&site, person))
    };
    let value: Vec<Value> = ids.into_iter().map(one).collect();
    let of = context(&site, "Collection(microsoft.graph.presence)");
    Ok(Json(json!({ "@odata.context": of, "value": value })))
}

fn presence_of(site: &Site, person: &Person) -> Value {
    let own = person.id == site.world.directory().agent().id;
    site.world.with(|state, now| {
        let messages = &state.status_message;
        if own {
            let Shown { presence, version } = state.own.settle(now);
            // The version counts changes of the message, too.
            let shown = Shown { presence, version: version.max(messages.version()) };
            return shape(&json!(person.id), shown, None, &shown_message(messages.current(now), true));
        }
        let seen = state.floor.seen(person, now);
        let shown = Shown { presence: seen.presence, version: seen.version };
        let message = shown_message(messages.of(person.id, now), false);
        shape(&json!(person.id), shown, seen.out_of_office, &message)
    })
}

fn unknown(id: &str) -> Value {
    shape(&json!(id), Shown { presence: Presence::UNKNOWN, version: 0 }, None, &Value::Null)
}

fn shape(id: &Value, shown: Shown, out_of_office: Option<&str>, message: &Value) -> Value {
    json!({
        "id": id,
        "availability": shown.presence.availability,
        "activity": shown.presence.activity,
        "outOfOfficeSettings": { "isOutOfOffice": out_of_office.is_some(), "message": out_of_office },
        "sequenceNumber": format!("A{:016}", shown.version),
        "statusMessage": message,
        "workLocation": null,
    })
}

pub(super) async fn write_own(
    caller: Caller,
    State(site): State<Arc<Site>>,
    Path(action): Path<String>,
    body: Bytes,
) -> Result<StatusCode, GraphError> {
    write(&caller, &site, true, &action, &body)
}

pub(super) async fn write_of(
    caller: Caller,
    State(site): State<Arc<Site>>,
    Path((id, action)): Path<(String, String)>,
    body: Bytes,
) -> Result<StatusCode, GraphError> {
    let own = Uuid::parse_str(&id).is_ok_and(|id| id == site.world.directory().agent().id);
    write(&caller, &site, own, &action, &body)
}

/// The body of every write; which parts are needed depends on the action.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    session_id: Option<String>,
    availability: Option<String>,
    activity: Option<String>,
    expiration_duration: Option<String>,
}

impl Body {
    fn session(&self) -> Result<&str, GraphError> {
        let session = self.session_id.as_deref().filter(|session| !session.is_empty());
        session.ok_or_else(|| GraphError::bad_argument("[SessionId]: The SessionId field is required."))
    }

    fn presence(&self) -> Result<Presence, GraphError> {
        let word = |word: &Option<String>, name: &str| {
            let missing = || GraphError::bad_argument(format!("[{name}]: The {name} field is required."));
            word.clone().ok_or_else(missing)
        };
        let availability = word(&self.availability, "Availability")?;
        let activity = word(&self.activity, "Activity")?;
        let known = known(&availability).zip(known(&activity));
        let (availability, activity) = known.ok_or_else(invalid)?;
        Ok(Presence { availability, activity })
    }

    fn expiration(&self) -> Result<Option<Duration>, GraphError> {
        let Some(text) = &self.expiration_duration else { return Ok(None) };
        let malformed = || GraphError::bad_argument("[ExpirationDuration]: The value is not a duration.");
        // Only ISO 8601; the parser would take friendlier spellings too.
        let span: Span = text.starts_with('P').then(|| text.parse().ok()).flatten().ok_or_else(malformed)?;
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| malformed())?;
        Duration::try_from(duration).map(Some).map_err(|_| out_of_range())
    }
}

fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    let word: StrDeserializer<'_, WordError> = word.into_deserializer();
    T::deserialize(word).ok()
}

fn invalid() -> GraphError {
    GraphError::bad_argument("Request argument is invalid.")
}

fn out_of_range() -> GraphError {
    GraphError::bad_argument("The provided [ExpirationDuration] is out of range.")
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, GraphError> {
    let refused = "Unable to read JSON request payload. Ensure the Content-Type header is set and the payload is valid.";
    serde_json::from_slice(body).map_err(|_| GraphError::bad_query(refused))
}

fn write(
    caller: &Caller,
    site: &Site,
    own: bool,
    action: &str,
    body: &[u8],
) -> Result<StatusCode, GraphError> {
    if action == "setStatusMessage" {
        let asked: status_message::Body = parse(body)?;
        may_write(caller, own)?;
        return site.world.with(|state, now| {
            let message = asked.message(now)?;
            let text = message.as_ref().map(|message| message.text.clone());
            let expires_at = message.as_ref().and_then(|message| message.expires_at);
            state.status_message.set(message, now);
            state.record(Written::SetStatusMessage { text, expires_at }, now);
            Ok(StatusCode::OK)
        });
    }
    let body: Body = parse(body)?;
    let session = match action {
        // A missing session is noticed before a missing permission is.
        "setPresence" | "clearPresence" => Some(body.session()?),
        "setUserPreferredPresence" | "clearUserPreferredPresence" => None,
        _ => return Err(GraphError::no_such_path()),
    };
    may_write(caller, own)?;
    match (session, action) {
        (Some(session), "setPresence") => set_session(site, session, &body)?,
        (Some(session), _) => clear_session(site, session)?,
        (None, "setUserPreferredPresence") => prefer(site, &body)?,
        (None, _) => site.world.with(|state, now| {
            state.own.clear_preferred();
            state.record(Written::ClearUserPreferredPresence, now);
        }),
    }
    Ok(StatusCode::OK)
}

fn may_write(caller: &Caller, own: bool) -> Result<(), GraphError> {
    if !caller.may(Scope::PresenceReadWrite) {
        return Err(GraphError::presence_forbidden());
    }
    if own { Ok(()) } else { Err(GraphError::not_yours()) }
}

fn set_session(site: &Site, session: &str, body: &Body) -> Result<(), GraphError> {
    let presence = SessionPresence::new(body.presence()?).ok_or_else(invalid)?;
    let expiry = match body.expiration()? {
        Some(after) => SessionExpiry::new(after).ok_or_else(out_of_range)?,
        None => SessionExpiry::SHORTEST,
    };
    site.world.with(|state, now| {
        state.own.set_session(session, presence, expiry, now);
        let expires_in = expiry.get().as_secs();
        state.record(Written::SetPresence { presence: presence.get(), expires_in }, now);
    });
    Ok(())
}

fn clear_session(site: &Site, session: &str) -> Result<(), GraphError> {
    site.world.with(|state, now| {
        if !state.own.clear_session(session, now) {
            return Err(GraphError::not_found());
        }
        state.record(Written::ClearPresence, now);
        Ok(())
    })
}

fn prefer(site: &Site, body: &Body) -> Result<(), GraphError> {
    let presence = PreferredPresence::new(body.presence()?).ok_or_else(invalid)?;
    let lasts = body.expiration()?.unwrap_or_else(|| presence.usual_expiry());
    site.world.with(|state, now| {
        state.own.prefer(presence, lasts, now);
        let expires_in = lasts.as_secs();
        state.record(Written::SetUserPreferredPresence { presence: presence.get(), expires_in }, now);
    });
    Ok(())
}
