//! What somebody does to the contact centre, and what is seen of it from above: every operation of the control API
//! under `connect` is a method here.

use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;
use uuid::Uuid;

use super::super::agent::{Channel, Refused, Stage, Status};
use super::super::hand::NoSuchPerson;
use super::super::{State, World};
use super::seat::SeatMove;
use super::{Reading, Sight, User, Who};

/// Why a colleague cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the errors inside say it")]
pub enum CannotMove {
    #[error(transparent)]
    NoSuchPerson(#[from] NoSuchPerson),
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// A user of Connect, as the control API and tests see them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectUser {
    /// The id in Connect.
    pub id: Uuid,
    /// The username.
    pub username: String,
    /// First name and last name.
    pub name: String,
    /// The person in Entra, whether or not Connect shows it; None if Entra does not know them.
    pub person: Option<Uuid>,
    /// True for the agent who is signed in.
    pub agent: bool,
    /// True once they have left.
    pub left: bool,
    /// True while somebody has moved them by hand.
    pub moved: bool,
    /// The chosen status' name; None while they are logged out.
    pub status: Option<&'static str>,
    /// Since when.
    pub since: Option<Timestamp>,
    /// The next status' name.
    pub next: Option<&'static str>,
    /// Their contacts.
    pub contacts: Vec<ContactOverview>,
}

/// A contact of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactOverview {
    /// Its channel.
    pub channel: Channel,
    /// How far it is.
    pub stage: Stage,
    /// Since when.
    pub since: Timestamp,
}

impl World {
    /// The users of Connect whose name or username contains the text, at most `limit`, the agent first.
    #[must_use]
    pub fn connect_users(&self, text: &str, limit: usize) -> Vec<ConnectUser> {
        let text = text.trim().to_lowercase();
        let fits = |words: &str| words.to_lowercase().contains(&text);
        let found = self.staff().users().iter().filter(|user| fits(&user.name()) || fits(&user.username));
        self.with(|state, now| found.take(limit).map(|user| self.seen(state, user, now)).collect())
    }

    /// Moves a colleague in Connect; in Teams they continue as before. The agent has operations of their own.
    ///
    /// # Errors
    /// There is no such colleague, or Connect refuses it.
    pub fn move_in_connect(&self, user: Uuid, how: &SeatMove) -> Result<(), CannotMove> {
        let user = self.colleague_in_connect(user)?;
        self.with(|state, now| {
            if *how == SeatMove::AsUsual {
                state.centre.give_back(user.id);
                return Ok(());
            }
            let sight = Sight::new(self.directory(), &state.floor, &state.agent, now);
            let mut seat = state.centre.seat(user, sight);
            seat.apply(how, &state.statuses, now)?;
            state.centre.put(user, seat);
            Ok(())
        })
    }

    /// Removes a colleague's user from Connect, or adds it again.
    ///
    /// # Errors
    /// There is no such colleague.
    pub fn set_left(&self, user: Uuid, left: bool) -> Result<(), NoSuchPerson> {
        let user = self.colleague_in_connect(user)?;
        self.with(|state, _| state.centre.set_left(user.id, left));
        Ok(())
    }

    /// Sets how the API's readings differ from the real states.
    pub fn set_reading(&self, reading: Reading) {
        self.with(|state, now| {
            let sight = Sight::new(self.directory(), &state.floor, &state.agent, now);
            state.centre.set_reading(reading, self.staff().users(), sight);
        });
    }

    /// The administrator of Connect gives a status another name.
    ///
    /// # Errors
    /// There is no such status, or the name is none.
    pub fn rename_status(&self, name: &str, to: &str) -> Result<(), Refused> {
        self.with(|state, now| state.statuses.rename(name, to, now))
    }

    /// The administrator of Connect disables a status, or enables it again. An agent in it stays in it.
    ///
    /// # Errors
    /// There is no such status, or it is no custom one.
    pub fn set_status_enabled(&self, name: &str, enabled: bool) -> Result<(), Refused> {
        self.with(|state, now| state.statuses.set_enabled(name, enabled, now))
    }

    /// Chooses a status for a user, as `PutUserStatus` does.
    pub(crate) fn put_user_status(&self, user: &User, status: Status) {
        self.with(|state, now| {
            if user.who == Who::Agent {
                state.agent.be_put(status, now);
            } else {
                let sight = Sight::new(self.directory(), &state.floor, &state.agent, now);
                let mut seat = state.centre.seat(user, sight);
                seat.choose(status, now);
                state.centre.put(user, seat);
            }
        });
    }

    fn colleague_in_connect(&self, user: Uuid) -> Result<&User, NoSuchPerson> {
        self.staff().find(user).filter(|user| user.who != Who::Agent).ok_or(NoSuchPerson)
    }

    fn seen(&self, state: &State, user: &User, now: Timestamp) -> ConnectUser {
        let shown = state.centre.shown(user, Sight::new(self.directory(), &state.floor, &state.agent, now));
        let contacts = shown.iter().flat_map(|shown| &shown.contacts);
        ConnectUser {
            id: user.id,
            username: user.username.clone(),
            name: user.name(),
            person: match user.who {
                Who::Agent => Some(self.directory().agent().id),
                Who::Person(person) => Some(person),
                Who::Stranger => None,
            },
            agent: user.who == Who::Agent,
            left: state.centre.has_left(user.id),
            moved: state.centre.moved.contains_key(&user.id),
            status: shown.as_ref().map(|shown| state.statuses.name(shown.status)),
            since: shown.as_ref().map(|shown| shown.since),
            next: shown.as_ref().and_then(|shown| shown.next).map(|next| state.statuses.name(next)),
            contacts: contacts
                .map(|contact| ContactOverview {
                    channel: contact.channel,
                    stage: contact.stage,
                    since: contact.since,
                })
                .collect(),
        }
    }
}
