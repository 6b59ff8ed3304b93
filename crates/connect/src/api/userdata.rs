//! The current state of each user (`GetCurrentUserData`), as the same snapshot that the agent's own session has.
//!
//! The service returns no names here, and leaves out users who are logged out.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use presence::{
    aws::UserId,
    connect::{Activity, AgentSnapshot, AgentStatus, Channel, Contact, ContactId, StatusArn, StatusKind},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    ApiError, ConnectApi, Credentials, NextPage,
    entries::{Entries, lenient},
};
use crate::{
    agent::text,
    contact::{ContactState, Origin, activity},
};

/// The largest number of users in one request (API: `Filters.Agents`).
pub const AGENTS_A_CALL: usize = 100;

/// The current state of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserState {
    /// The user.
    pub user: UserId,
    /// The state.
    pub snapshot: AgentSnapshot,
}

/// A page of states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentUsers {
    /// The states. A user who is logged out is missing.
    pub users: Vec<UserState>,
    /// Entries that could not be read. Nothing is known of their users, and they may be anyone.
    pub skipped: usize,
    /// The next page, if there is one.
    pub next: Option<NextPage>,
}

impl ConnectApi {
    /// Reads a page of the states of these users, at most [`AGENTS_A_CALL`] of them. `statuses` are those of the
    /// instance: the answer does not say of which kind a status is, and names a queued one by its name only.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn current_users(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        (asked, statuses): (&[UserId], &[AgentStatus]),
        page: Option<&NextPage>,
    ) -> Result<CurrentUsers, ApiError> {
        let agents: BTreeSet<&str> = asked.iter().take(AGENTS_A_CALL).map(UserId::as_str).collect();
        let mut body = json!({ "Filters": { "Agents": agents }, "MaxResults": AGENTS_A_CALL });
        if let Some(NextPage(token)) = page {
            body["NextToken"] = token.as_str().into();
        }
        let url = self.address(&["metrics", "userdata", self.instance_id()], &[]);
        let answer: Answer =
            self.post(credentials, now, (url, &body), "it does not say what users do").await?;
        Ok(answer.read(statuses))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    // An answer without the list is an error: otherwise everybody would count as logged out.
    user_data_list: Entries<UserData>,
    #[serde(default)]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserData {
    user: Reference,
    status: Status,
    #[serde(default, deserialize_with = "lenient")]
    next_status: Option<String>,
    #[serde(default)]
    contacts: Option<Entries<ContactData>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reference {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Status {
    status_arn: String,
    #[serde(default, deserialize_with = "lenient")]
    status_name: Option<String>,
    status_start_timestamp: Epoch,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ContactData {
    contact_id: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    initiation_method: String,
    #[serde(default)]
    agent_contact_state: String,
    state_start_timestamp: Epoch,
}

/// A time in seconds since 1970, with a fraction (API: restJson1, `epoch-seconds`).
#[derive(Deserialize)]
#[serde(try_from = "f64")]
struct Epoch(Timestamp);

impl TryFrom<f64> for Epoch {
    type Error = jiff::Error;

    fn try_from(seconds: f64) -> Result<Self, jiff::Error> {
        let since = SignedDuration::try_from_secs_f64(seconds)?;
        Timestamp::from_duration(since).map(Self)
    }
}

impl Answer {
    fn read(self, statuses: &[AgentStatus]) -> CurrentUsers {
        let Entries { read, mut skipped } = self.user_data_list;
        let all = read.len();
        let users: Vec<UserState> = read.into_iter().filter_map(|data| data.read(statuses)).collect();
        skipped += all - users.len();
        CurrentUsers { users, skipped, next: NextPage::of(self.next_token) }
    }
}

impl UserData {
    fn read(self, statuses: &[AgentStatus]) -> Option<UserState> {
        let Entries { read, skipped } = self.contacts.unwrap_or_default();
        let since = self.status.status_start_timestamp.0;
        let mut contacts: Vec<Contact> = read.into_iter().map(ContactData::read).collect();
        // A contact that cannot be read still counts as a contact.
        contacts.extend((0..skipped).map(|number| Contact {
            id: ContactId::new(format!("unreadable-{number}")),
            channel: Channel::Other,
            activity: Activity::Connected,
            since,
        }));
        contacts.sort_by(|one, other| one.id.cmp(&other.id));
        let snapshot = AgentSnapshot {
            chosen: chosen(self.status, statuses),
            chosen_since: since,
            next: self.next_status.filter(|name| !name.is_empty()).map(|name| queued(text(name), statuses)),
            contacts,
        };
        Some(UserState { user: UserId::new(self.user.id).ok()?, snapshot })
    }
}

/// The name is the one that the answer has: it is newer than that of a list.
fn chosen(status: Status, statuses: &[AgentStatus]) -> AgentStatus {
    let arn = StatusArn::new(text(status.status_arn));
    let known = statuses.iter().find(|known| known.arn == arn);
    let named = status.status_name.map(text).filter(|name| !name.is_empty());
    AgentStatus {
        name: named.or_else(|| known.map(|known| known.name.clone())).unwrap_or_default(),
        // One that is not in the list was disabled, which only a custom one can be.
        kind: known.map_or(StatusKind::Custom, |known| known.kind),
        arn,
    }
}

/// A queued status has a name only. If the list has no such status, it is keyed by its name.
fn queued(name: String, statuses: &[AgentStatus]) -> AgentStatus {
    let known = statuses.iter().find(|known| known.name == name).cloned();
    known.unwrap_or_else(|| AgentStatus {
        arn: StatusArn::new(name.as_str()),
        name,
        kind: StatusKind::Custom,
    })
}

impl ContactData {
    fn read(self) -> Contact {
        let origin = match self.initiation_method.as_str() {
            "OUTBOUND" | "EXTERNAL_OUTBOUND" => Origin::Outbound,
            "CALLBACK" => Origin::Callback,
            _ => Origin::Inbound,
        };
        let (channel, activity) = channel(&self.channel)
            .zip(state(&self.agent_contact_state).map(|state| activity(state, origin)))
            // It may be any contact, so it counts as a connected one.
            .unwrap_or((Channel::Other, Activity::Connected));
        let since = self.state_start_timestamp.0;
        Contact { id: ContactId::new(text(self.contact_id)), channel, activity, since }
    }
}

/// API: `Channel`.
fn channel(word: &str) -> Option<Channel> {
    Some(match word {
        "VOICE" => Channel::Voice,
        "CHAT" => Channel::Chat,
        "TASK" => Channel::Task,
        "EMAIL" => Channel::Email,
        _ => return None,
    })
}

/// API: `ContactState`.
fn state(word: &str) -> Option<ContactState> {
    Some(match word {
        "INCOMING" | "PENDING" => ContactState::Offered,
        "CONNECTING" => ContactState::Connecting,
        "CONNECTED" => ContactState::Connected,
        "CONNECTED_ONHOLD" => ContactState::OnHold,
        "MISSED" => ContactState::Missed,
        "REJECTED" => ContactState::Rejected,
        "ERROR" => ContactState::Failed,
        "ENDED" => ContactState::Ended,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
