//! Keys for states and variants. They stay the same in every language, and when a status is renamed.

use presence::{connect::ConnectState, teams::TeamsState};
use serde_json::Value;

/// "connected/voice", or the ARN of the chosen status.
pub(super) fn connect_key(state: &ConnectState) -> String {
    match state {
        ConnectState::Contact { activity, channel } => format!("{}/{}", key(activity), key(channel)),
        ConnectState::Chosen(status) => status.arn.to_string(),
    }
}

/// "busy/inMeeting", "available"; unknown words are added as they were read.
pub(super) fn teams_key(state: &TeamsState) -> String {
    let detail = state.detail.map(|detail| key(&detail));
    let parts = [Some(key(&state.availability)), detail, state.unknown.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// The name of a plain variant, as it is kept on disk.
pub(super) fn key<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        Ok(_) | Err(_) => String::new(),
    }
}
