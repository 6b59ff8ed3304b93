//! The agent as amazon-connect-streams expects it in `agent::update`: snapshot and configuration. Moments are
//! milliseconds here; the page makes them dates, because only a page can.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::world::USERNAME;
use crate::world::agent::{
    AGENT_ID, Agent, AgentError, Channel, Contact, Dialable, Direction, INSTANCE_ARN, Initiation, Queue,
    Stage, Status, StatusKind, Statuses,
};
use crate::world::words::Spoken;

/// The snapshot, with everything that changes.
pub(super) fn snapshot<'a>(agent: &Agent, statuses: &Statuses, spoken: &'a Spoken, now: Timestamp) -> Value {
    let (chosen, since) = agent.chosen();
    let words = spoken.words();
    // Unknown words replace those of the oldest contact.
    let own = agent.contacts().iter().enumerate().map(|(place, own)| {
        let word = |word: &'a Option<String>| word.as_deref().filter(|_| place == 0);
        let kind = word(&words.contact_type).unwrap_or_else(|| kind_of(own));
        contact(own, kind, word(&words.contact_state).unwrap_or_else(|| own.stage.state()))
    });
    let beside = spoken.beside().map(|(beside, words)| contact(beside, &words.kind, &words.state));
    let mut snapshot = json!({
        "state": state(agent, statuses),
        "agentAvailabilityState": {
            "state": statuses.name(chosen),
            "type": kind(chosen),
            "agentStateARN": chosen.arn(),
            "timeStamp": since.as_millisecond(),
        },
        "nextState": agent.next().map(|next| definition(next, statuses)),
        "contacts": own.chain(beside).collect::<Vec<_>>(),
        "snapshotTimestamp": now.as_millisecond(),
    });
    if words.unknown_fields {
        extend(&mut snapshot);
    }
    snapshot
}

/// The configuration, which seldom changes.
pub(super) fn configuration(agent: &Agent, statuses: &Statuses, spoken: &Spoken) -> Value {
    let words = spoken.words();
    let system = words.system_status.then_some(Status::FORCED_RELEASED);
    let enabled = statuses.enabled().map(|listed| listed.status);
    let states: Vec<_> = enabled.chain(system).map(|status| definition(status, statuses)).collect();
    let permissions: &[&str] = if agent.may_dial() { &["outboundCall"] } else { &[] };
    let profile = format!("{INSTANCE_ARN}/routing-profile/7c0d9a12-8b34-4e56-af78-1a2b3c4d5e6f");
    let mut configuration = json!({
        "name": "Priya Raman",
        "username": USERNAME,
        "agentARN": format!("{INSTANCE_ARN}/agent/{AGENT_ID}"),
        "agentStates": states,
        "agentPreferences": {},
        "dialableCountries": Dialable::countries(),
        "extension": null,
        "permissions": permissions,
        "softphoneEnabled": true,
        "softphoneAutoAccept": false,
        "routingProfile": {
            "name": "Billing",
            "routingProfileARN": profile,
            "routingProfileId": profile,
            "defaultOutboundQueue": queue(Queue::Billing),
            "queues": Queue::ALL.map(queue),
            "channelConcurrencyMap": { "VOICE": 1, "CHAT": 1, "TASK": 1, "EMAIL": 1 },
        },
    });
    if words.unknown_fields {
        extend(&mut configuration);
    }
    configuration
}

// Adds fields that no client knows, except to maps whose keys are free.
fn extend(value: &mut Value) {
    const MAPS: [&str; 5] =
        ["attributes", "segmentAttributes", "contactFeatures", "agentPreferences", "channelConcurrencyMap"];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if !MAPS.contains(&name.as_str()) {
                    extend(value);
                }
            }
            fields.insert("addedTomorrow".to_owned(), json!({ "type": "new", "values": [1, null] }));
        }
        Value::Array(values) => values.iter_mut().for_each(extend),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn queue(queue: Queue) -> Value {
    json!({ "name": queue.name(), "queueARN": queue.arn(), "queueId": queue.arn() })
}

fn kind(status: Status) -> &'static str {
    match status.kind {
        StatusKind::Routable => "routable",
        StatusKind::Custom => "not_routable",
        StatusKind::Offline => "offline",
        StatusKind::System => "system",
    }
}

fn definition(status: Status, statuses: &Statuses) -> Value {
    json!({ "agentStateARN": status.arn(), "name": statuses.name(status), "type": kind(status) })
}

/// The order in which contacts decide the agent's state, as in Connect: error, missed, rejected, on a contact,
/// after-contact work, incoming.
fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Failed => 0,
        Stage::Missed => 1,
        Stage::Rejected => 2,
        Stage::Dialling | Stage::RingingOut | Stage::Connected | Stage::OnHold => 3,
        Stage::AfterContactWork => 4,
        Stage::Ringing | Stage::Incoming => 5,
    }
}

// A contact hides the chosen status behind a system one; a missed, rejected or failed one hides it behind an error, and
// so does an error without a contact.
fn state(agent: &Agent, statuses: &Statuses) -> Value {
    let of_contact = agent.contacts().iter().min_by_key(|contact| rank(contact.stage)).map(|contact| {
        let (name, kind) = match contact.stage {
            Stage::Dialling => ("Dialing", "system"),
            Stage::RingingOut => ("CallingCustomer", "system"),
            Stage::Incoming => ("Pending", "system"),
            Stage::Ringing => ("PendingBusy", "system"),
            Stage::Connected | Stage::OnHold => ("Busy", "system"),
            Stage::AfterContactWork => ("AfterCallWork", "system"),
            Stage::Missed | Stage::Rejected => (AgentError::MissedCallAgent.word(), "error"),
            Stage::Failed => (contact.error.unwrap_or(AgentError::Error).word(), "error"),
        };
        (name, kind, contact.since)
    });
    let covered = agent.error().map(|(error, since)| (error.word(), "error", since)).or(of_contact);
    match covered {
        Some((name, kind, since)) => json!({
            "agentStateARN": null,
            "name": name,
            "type": kind,
            "startTimestamp": since.as_millisecond(),
        }),
        None => {
            let (chosen, since) = agent.chosen();
            json!({
                "agentStateARN": chosen.arn(),
                "name": statuses.name(chosen),
                "type": kind(chosen),
                "startTimestamp": since.as_millisecond(),
            })
        }
    }
}

fn kind_of(contact: &Contact) -> &'static str {
    match (contact.channel, contact.initiation) {
        (Channel::Voice, Initiation::Callback) => "queue_callback",
        (Channel::Voice, _) => "voice",
        (Channel::Chat, _) => "chat",
        (Channel::Task, _) => "task",
        (Channel::Email, _) => "email",
    }
}

fn contact(contact: &Contact, kind: &str, state: &str) -> Value {
    // The agent's line and the other side's; holding silences the other side only.
    let (agent_line, line) = match contact.stage {
        Stage::Dialling | Stage::Incoming | Stage::Ringing => ("connecting", "connecting"),
        Stage::RingingOut => ("connected", "connecting"),
        Stage::Connected => ("connected", "connected"),
        Stage::OnHold => ("connected", "hold"),
        Stage::AfterContactWork | Stage::Missed | Stage::Rejected | Stage::Failed => {
            ("disconnected", "disconnected")
        }
    };
    let began = match contact.direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
    };
    let attributes: Map<String, Value> = contact
        .attributes
        .iter()
        .map(|(name, value)| (name.clone(), json!({ "name": name, "value": value })))
        .collect();
    json!({
        "contactId": contact.id,
        "initialContactId": null,
        "type": kind,
        "initiationMethod": contact.initiation.word(),
        "state": { "type": state, "timestamp": contact.since.as_millisecond() },
        "queue": queue(contact.queue),
        "queueTimestamp": contact.queued_at.as_millisecond(),
        "contactDuration": 0,
        "attributes": attributes,
        "segmentAttributes": {},
        "contactFeatures": {},
        "customerEndpoint": endpoint(&contact.number),
        "connectSystemEndpoint": contact.dialled.as_deref().map(endpoint),
        "connections": [
            connection(contact, "agent", false, agent_line, &null_endpoint()),
            connection(contact, began, true, line, &endpoint(&contact.number)),
        ],
    })
}

/// The id of one side's connection; `kind` is "agent", or who began the contact.
fn connection_id(contact: &Contact, kind: &str) -> String {
    format!("{}-{kind}", contact.id)
}

/// True when the contact has a connection of that id.
pub(super) fn has_connection(contact: &Contact, id: &str) -> bool {
    ["agent", "inbound", "outbound"].iter().any(|kind| connection_id(contact, kind) == id)
}

fn connection(contact: &Contact, kind: &str, initial: bool, line: &str, endpoint: &Value) -> Value {
    json!({
        "connectionId": connection_id(contact, kind),
        "contactId": contact.id,
        "type": kind,
        "initial": initial,
        "state": { "type": line, "timestamp": contact.line_since.as_millisecond() },
        "endpoint": endpoint,
        "address": endpoint,
    })
}

fn endpoint(number: &str) -> Value {
    json!({ "endpointARN": null, "type": "phone_number", "name": null, "phoneNumber": number })
}

fn null_endpoint() -> Value {
    json!({ "endpointARN": null, "type": null, "name": null, "phoneNumber": null })
}

#[cfg(test)]
mod tests;
