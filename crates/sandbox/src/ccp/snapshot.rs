//! The agent as amazon-connect-streams expects it in `agent::update`: snapshot and configuration. Moments are
//! milliseconds here; the page makes them dates, because only a page can.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::world::USERNAME;
use crate::world::agent::{
    AGENT_ID, Agent, Channel, Contact, Dialable, Direction, INSTANCE_ARN, Queue, Stage, Status, StatusKind,
};

/// The number that customers dial, and that the agent's calls show.
const INSTANCE_NUMBER: &str = "+441632960000";
/// The agent's own number.
const DIRECT_NUMBER: &str = "+441632960400";

/// What changes.
pub(super) fn snapshot(agent: &Agent, now: Timestamp) -> Value {
    let (chosen, since) = agent.chosen();
    json!({
        "state": state(agent),
        "agentAvailabilityState": {
            "state": chosen.name,
            "type": kind(chosen),
            "agentStateARN": chosen.arn(),
            "timeStamp": since.as_millisecond(),
        },
        "nextState": agent.next().map(definition),
        "contacts": agent.contact().map(contact).into_iter().collect::<Vec<_>>(),
        "snapshotTimestamp": now.as_millisecond(),
    })
}

/// What seldom does.
pub(super) fn configuration(agent: &Agent) -> Value {
    let permissions: &[&str] = if agent.may_dial() { &["outboundCall"] } else { &[] };
    let profile = format!("{INSTANCE_ARN}/routing-profile/7c0d9a12-8b34-4e56-af78-1a2b3c4d5e6f");
    json!({
        "name": "Priya Raman",
        "username": USERNAME,
        "agentARN": format!("{INSTANCE_ARN}/agent/{AGENT_ID}"),
        "agentStates": Status::ALL.map(definition),
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
    })
}

fn queue(queue: Queue) -> Value {
    json!({ "name": queue.name(), "queueARN": queue.arn(), "queueId": queue.arn() })
}

fn kind(status: Status) -> &'static str {
    match status.kind {
        StatusKind::Routable => "routable",
        StatusKind::Custom => "not_routable",
        StatusKind::Offline => "offline",
    }
}

fn definition(status: Status) -> Value {
    json!({ "agentStateARN": status.arn(), "name": status.name, "type": kind(status) })
}

// A contact covers the chosen status by a system one, and one that came to nothing by an error.
fn state(agent: &Agent) -> Value {
    let covered = agent.contact().map(|contact| {
        let (name, kind) = match contact.stage {
            Stage::Dialling => ("Dialing", "system"),
            Stage::RingingOut => ("CallingCustomer", "system"),
            Stage::Ringing => ("PendingBusy", "system"),
            Stage::Connected | Stage::OnHold => ("Busy", "system"),
            Stage::AfterContactWork => ("AfterCallWork", "system"),
            Stage::Missed | Stage::Rejected => ("MissedCallAgent", "error"),
            Stage::Failed => ("FailedConnectAgent", "error"),
        };
        (name, kind, contact.since)
    });
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
                "name": chosen.name,
                "type": kind(chosen),
                "startTimestamp": since.as_millisecond(),
            })
        }
    }
}

fn contact(contact: &Contact) -> Value {
    let kind = match contact.channel {
        Channel::Voice => "voice",
        Channel::Chat => "chat",
        Channel::Task => "task",
        Channel::Email => "email",
    };
    // The agent's line and the other side's; holding silences the other side only.
    let (agent_line, line) = match contact.stage {
        Stage::Dialling | Stage::Ringing => ("connecting", "connecting"),
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
    let system_number = match contact.queue {
        Queue::Agent => DIRECT_NUMBER,
        Queue::Billing | Queue::Colleagues => INSTANCE_NUMBER,
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
        "initiationMethod": began,
        "state": { "type": contact.stage.state(), "timestamp": contact.since.as_millisecond() },
        "queue": queue(contact.queue),
        "queueTimestamp": contact.queued_at.as_millisecond(),
        "contactDuration": 0,
        "attributes": attributes,
        "segmentAttributes": {},
        "contactFeatures": {},
        "customerEndpoint": endpoint(&contact.number),
        "connectSystemEndpoint": endpoint(system_number),
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
