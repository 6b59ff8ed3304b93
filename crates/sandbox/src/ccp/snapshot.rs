//! The agent as amazon-connect-streams expects it in `agent::update`: snapshot and configuration. Moments are
//! milliseconds here; the page makes them dates, because only a page can.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::world::USERNAME;
use crate::world::agent::{Agent, Channel, Contact, INSTANCE_ARN, Stage, Status, StatusKind};

const QUEUE: &str = "4d1b7a60-2f0e-4c55-9a3d-7e8f90a1b2c3";
const AGENT_ID: &str = "c2d3e4f5-0617-4829-9abc-def012345678";
/// The number that customers dial.
const INSTANCE_NUMBER: &str = "+441632960000";

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

/// What does not.
pub(super) fn configuration() -> Value {
    let queue = queue();
    let profile = format!("{INSTANCE_ARN}/routing-profile/7c0d9a12-8b34-4e56-af78-1a2b3c4d5e6f");
    json!({
        "name": "Priya Raman",
        "username": USERNAME,
        "agentARN": format!("{INSTANCE_ARN}/agent/{AGENT_ID}"),
        "agentStates": Status::ALL.map(definition),
        "agentPreferences": {},
        "dialableCountries": ["gb", "ie", "us", "de", "pt", "pl"],
        "extension": null,
        "permissions": ["outboundCall"],
        "softphoneEnabled": true,
        "softphoneAutoAccept": false,
        "routingProfile": {
            "name": "Billing",
            "routingProfileARN": profile,
            "routingProfileId": profile,
            "defaultOutboundQueue": queue,
            "queues": [
                queue,
                {
                    "name": null,
                    "queueARN": format!("{INSTANCE_ARN}/queue/agent/{AGENT_ID}"),
                    "queueId": format!("{INSTANCE_ARN}/queue/agent/{AGENT_ID}"),
                },
            ],
            "channelConcurrencyMap": { "VOICE": 1, "CHAT": 1, "TASK": 1, "EMAIL": 1 },
        },
    })
}

fn queue() -> Value {
    let arn = format!("{INSTANCE_ARN}/queue/{QUEUE}");
    json!({ "name": "Billing", "queueARN": arn, "queueId": arn })
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

// A contact covers the chosen status by a system one, and a missed contact by an error.
fn state(agent: &Agent) -> Value {
    let covered = agent.contact().map(|contact| match contact.stage {
        Stage::Ringing => ("PendingBusy", "system", contact.since),
        Stage::Connected | Stage::OnHold => ("Busy", "system", contact.since),
        Stage::AfterContactWork => ("AfterCallWork", "system", contact.since),
        Stage::Missed => ("MissedCallAgent", "error", contact.since),
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
    let state = match contact.stage {
        Stage::Ringing => "connecting",
        Stage::Connected | Stage::OnHold => "connected",
        Stage::AfterContactWork => "ended",
        Stage::Missed => "missed",
    };
    let line = match contact.stage {
        Stage::Ringing => "connecting",
        Stage::Connected => "connected",
        Stage::OnHold => "hold",
        Stage::AfterContactWork | Stage::Missed => "disconnected",
    };
    let agent_line = match contact.stage {
        Stage::OnHold => "connected",
        Stage::Ringing | Stage::Connected | Stage::AfterContactWork | Stage::Missed => line,
    };
    let queue = queue();
    json!({
        "contactId": contact.id,
        "initialContactId": null,
        "type": kind,
        "initiationMethod": "inbound",
        "state": { "type": state, "timestamp": contact.since.as_millisecond() },
        "queue": queue,
        "queueTimestamp": contact.queued_at.as_millisecond(),
        "contactDuration": 0,
        "attributes": {},
        "segmentAttributes": {},
        "contactFeatures": {},
        "customerEndpoint": endpoint(&contact.number),
        "connectSystemEndpoint": endpoint(INSTANCE_NUMBER),
        "connections": [
            connection(contact, "agent", false, agent_line, &null_endpoint()),
            connection(contact, "inbound", true, line, &endpoint(&contact.number)),
        ],
    })
}

fn connection(contact: &Contact, kind: &str, initial: bool, line: &str, endpoint: &Value) -> Value {
    json!({
        "connectionId": format!("{}-{kind}", contact.id),
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
