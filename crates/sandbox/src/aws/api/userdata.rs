//! GetCurrentUserData: who is logged in, in which status, with which contacts. No names of people, and no numbers of
//! customers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::error::ApiError;
use super::page::Page;
use crate::world::World;
use crate::world::agent::{Channel, Contact, INSTANCE_ARN, Stage, Statuses};
use crate::world::centre::{GROUP, Leavers, Shown, Sight, User, Who};
use crate::world::words::Spoken;

const MOST: i64 = 100;
const MOST_IN_FILTER: usize = 100;
const MOST_STATES: usize = 9;
const MOST_GROUPS: usize = 1;
/// How many contacts of a channel an agent has at most, as in the agent panel's configuration.
const SLOTS: u32 = 1;
const CHANNELS: [Channel; 4] = [Channel::Voice, Channel::Chat, Channel::Task, Channel::Email];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Asked {
    #[serde(default)]
    filters: Option<Filters>,
    #[serde(default)]
    next_token: Option<String>,
    #[serde(default)]
    max_results: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Filters {
    #[serde(default)]
    agents: Option<Vec<String>>,
    #[serde(default)]
    queues: Option<Vec<String>>,
    #[serde(default)]
    routing_profiles: Option<Vec<String>>,
    #[serde(default)]
    user_hierarchy_groups: Option<Vec<String>>,
    #[serde(default)]
    contact_filter: Option<ContactFilter>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ContactFilter {
    #[serde(default)]
    contact_states: Vec<String>,
}

/// The one filter of a reading.
#[derive(Debug)]
enum Filter {
    Agents(Vec<String>),
    Queues(Vec<String>),
    Profiles(Vec<String>),
    Groups(Vec<String>),
}

impl Filter {
    fn of(filters: &Filters) -> Result<Self, ApiError> {
        let given = [
            filters.agents.clone().map(|ids| ("Agents", MOST_IN_FILTER, Self::Agents(ids))),
            filters.queues.clone().map(|ids| ("Queues", MOST_IN_FILTER, Self::Queues(ids))),
            filters
                .routing_profiles
                .clone()
                .map(|ids| ("RoutingProfiles", MOST_IN_FILTER, Self::Profiles(ids))),
            filters
                .user_hierarchy_groups
                .clone()
                .map(|ids| ("UserHierarchyGroups", MOST_GROUPS, Self::Groups(ids))),
        ];
        let mut given = given.into_iter().flatten();
        let (Some((name, most, filter)), None) = (given.next(), given.next()) else {
            return Err(ApiError::invalid_parameter(
                "Exactly one of the filters Agents, Queues, RoutingProfiles and UserHierarchyGroups is required",
            ));
        };
        if !(1..=most).contains(&filter.ids().len()) {
            return Err(ApiError::invalid_parameter(format!("{name} must have from 1 to {most} ids")));
        }
        Ok(filter)
    }

    fn ids(&self) -> &[String] {
        match self {
            Self::Agents(ids) | Self::Queues(ids) | Self::Profiles(ids) | Self::Groups(ids) => ids,
        }
    }
}

pub(super) fn read(world: &World, asked: Asked) -> Result<Value, ApiError> {
    let filters = asked.filters.unwrap_or_default();
    let filter = Filter::of(&filters)?;
    let states = filters.contact_filter.map(|filter| filter.contact_states).unwrap_or_default();
    if states.len() > MOST_STATES {
        return Err(ApiError::invalid_parameter("ContactStates must have at most 9 states"));
    }
    let page = Page::new(
        &json!([format!("{filter:?}"), states]),
        &(1..=MOST),
        asked.max_results,
        asked.next_token.as_deref(),
    )?;
    world.with(|state, now| {
        if let Filter::Agents(ids) = &filter
            && state.centre.reading().leavers == Leavers::Refused
            && let Some(unknown) = ids.iter().find(|id| {
                let user = Uuid::parse_str(id).ok().and_then(|id| world.staff().find(id));
                user.is_none_or(|user| state.centre.has_left(user.id))
            })
        {
            return Err(ApiError::not_found(format!("User not found: {unknown}")));
        }
        let sight = Sight::new(world.directory(), &state.floor, &state.agent, now);
        let users = world.staff().users().iter().filter(|user| filter.fits(user));
        let read = state.centre.read(users, sight).into_iter();
        let read = read.map(|(user, shown)| {
            let contacts = contacts(user, &shown, &state.spoken);
            (user, shown, contacts)
        });
        let read: Vec<_> =
            read.filter(|(_, _, contacts)| filter.meets(contacts) && in_states(contacts, &states)).collect();
        let total = read.len();
        let (read, next) = page.of(read);
        let list: Vec<Value> = read
            .into_iter()
            .map(|(user, shown, contacts)| entry(user, &shown, &contacts, &state.statuses))
            .collect();
        let mut answer = json!({ "UserDataList": list, "ApproximateTotalCount": total });
        if let (Some(answer), Some(next)) = (answer.as_object_mut(), next) {
            answer.insert("NextToken".to_owned(), next.into());
        }
        if state.spoken.words().unknown_fields {
            extend(&mut answer);
        }
        Ok(answer)
    })
}

impl Filter {
    fn fits(&self, user: &User) -> bool {
        match self {
            Self::Agents(ids) => ids.iter().any(|id| *id == user.id.to_string()),
            Self::Profiles(ids) => ids.iter().any(|id| is(id, user.profile.id(), &user.profile.arn())),
            Self::Groups(ids) => user.grouped && ids.iter().any(|id| is(id, GROUP, &group_arn())),
            Self::Queues(_) => true,
        }
    }

    /// The queues of a user are those of their contacts.
    fn meets(&self, contacts: &[Value]) -> bool {
        match self {
            Self::Agents(_) | Self::Profiles(_) | Self::Groups(_) => true,
            Self::Queues(ids) => contacts.iter().any(|contact| {
                let queue = |part: &str| contact["Queue"][part].as_str().unwrap_or_default();
                ids.iter().any(|id| is(id, queue("Id"), queue("Arn")))
            }),
        }
    }
}

fn is(given: &str, id: &str, arn: &str) -> bool {
    given == id || given == arn
}

fn group_arn() -> String {
    format!("{INSTANCE_ARN}/agent-group/{GROUP}")
}

fn in_states(contacts: &[Value], states: &[String]) -> bool {
    states.is_empty()
        || contacts
            .iter()
            .any(|contact| states.iter().any(|state| contact["AgentContactState"] == state.as_str()))
}

fn entry(user: &User, shown: &Shown, contacts: &[Value], statuses: &Statuses) -> Value {
    let active = |channel: Channel| {
        let count = shown.contacts.iter().filter(|contact| contact.channel == channel).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let slots = |count: &dyn Fn(Channel) -> u32| -> BTreeMap<&str, u32> {
        CHANNELS.into_iter().map(|channel| (word(channel), count(channel))).collect()
    };
    let mut entry = json!({
        "User": { "Id": user.id, "Arn": user.arn() },
        "RoutingProfile": { "Id": user.profile.id(), "Arn": user.profile.arn() },
        "Status": {
            "StatusStartTimestamp": seconds(shown.since),
            "StatusArn": shown.status.arn(),
            "StatusName": statuses.name(shown.status),
        },
        "AvailableSlotsByChannel": slots(&|channel| SLOTS.saturating_sub(active(channel))),
        "MaxSlotsByChannel": slots(&|_| SLOTS),
        "ActiveSlotsByChannel": slots(&active),
        "Contacts": contacts,
    });
    if let Some(entry) = entry.as_object_mut() {
        if let Some(next) = shown.next {
            entry.insert("NextStatus".to_owned(), statuses.name(next).into());
        }
        if user.grouped {
            let path = json!({ "LevelOne": { "Id": GROUP, "Arn": group_arn() } });
            entry.insert("HierarchyPath".to_owned(), path);
        }
    }
    entry
}

// The agent's contacts have the words of the agent panel, unknown ones included.
fn contacts(user: &User, shown: &Shown, spoken: &Spoken) -> Vec<Value> {
    let mut contacts: Vec<Value> = shown.contacts.iter().map(contact).collect();
    if user.who == Who::Agent {
        let words = spoken.words();
        let renamed = [("Channel", &words.contact_type), ("AgentContactState", &words.contact_state)];
        for (name, word) in renamed {
            if let (Some(contact), Some(word)) = (contacts.first_mut(), word) {
                contact[name] = word.to_uppercase().into();
            }
        }
        contacts.extend(spoken.beside().map(|(beside, words)| {
            let mut contact = contact(beside);
            contact["Channel"] = words.kind.to_uppercase().into();
            contact["AgentContactState"] = words.state.to_uppercase().into();
            contact
        }));
    }
    contacts
}

fn contact(contact: &Contact) -> Value {
    let arn = contact.queue.arn();
    let mut entry = Map::from_iter([
        ("ContactId".to_owned(), json!(contact.id)),
        ("Channel".to_owned(), json!(word(contact.channel))),
        ("InitiationMethod".to_owned(), json!(contact.initiation.word().to_uppercase())),
        ("AgentContactState".to_owned(), json!(state(contact.stage))),
        ("StateStartTimestamp".to_owned(), json!(seconds(contact.since))),
        ("Queue".to_owned(), json!({ "Id": arn.rsplit('/').next(), "Arn": arn })),
    ]);
    if let Some(connected) = contact.connected_at {
        entry.insert("ConnectedToAgentTimestamp".to_owned(), json!(seconds(connected)));
    }
    entry.into()
}

fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "VOICE",
        Channel::Chat => "CHAT",
        Channel::Task => "TASK",
        Channel::Email => "EMAIL",
    }
}

fn state(stage: Stage) -> &'static str {
    match stage {
        Stage::Incoming => "INCOMING",
        Stage::Dialling | Stage::RingingOut | Stage::Ringing => "CONNECTING",
        Stage::Connected => "CONNECTED",
        Stage::OnHold => "CONNECTED_ONHOLD",
        Stage::AfterContactWork => "ENDED",
        Stage::Missed => "MISSED",
        Stage::Rejected => "REJECTED",
        Stage::Failed => "ERROR",
    }
}

/// Seconds since the epoch, as the protocol writes moments.
pub(super) fn seconds(moment: Timestamp) -> f64 {
    // Milliseconds of any year that counts are exact.
    moment.as_millisecond() as f64 / 1_000.0
}

// Fields that no client knows.
fn extend(answer: &mut Value) {
    if let Some(list) = answer["UserDataList"].as_array_mut() {
        for entry in list {
            entry["AddedTomorrow"] = json!({ "Type": "NEW", "Values": [1, null] });
        }
    }
    answer["AddedTomorrow"] = json!(true);
}
