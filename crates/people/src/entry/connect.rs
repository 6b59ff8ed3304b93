//! The side of a person in Amazon Connect: the user and their state. It knows nothing about Teams.

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, ConnectState},
    mapping::Target,
    redate::Redate,
};

use super::expiring::Expiring;
use crate::{Colleague, Reachability, connect_reachability};

/// The last state of a colleague in Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectSeen {
    /// The state; none if they are logged out.
    pub state: Option<ConnectState>,
    /// Since when, by the contact centre's clock; none if that is not known.
    pub since: Option<Timestamp>,
    /// How many contacts they have.
    pub contacts: usize,
    /// The reachability by that state, see [`connect_reachability`].
    pub reachability: Reachability,
}

impl ConnectSeen {
    /// The state of somebody who is logged in. `asks_for` is the target in Teams that the agent's own table has for it.
    #[must_use]
    pub fn of(snapshot: &AgentSnapshot, asks_for: Option<Target>) -> Self {
        let state = snapshot.state();
        Self {
            reachability: connect_reachability(&state, asks_for),
            since: Some(snapshot.since()),
            contacts: snapshot.contacts.len(),
            state: Some(state),
        }
    }

    /// The state of somebody who is logged out, if known since then.
    #[must_use]
    pub fn logged_out(since: Option<Timestamp>) -> Self {
        Self { state: None, since, contacts: 0, reachability: Reachability::Offline }
    }
}

/// A user of Connect, and their state.
#[derive(Debug, Clone)]
pub(crate) struct ConnectSide {
    pub(crate) colleague: Colleague,
    pub(super) seen: Option<Expiring<ConnectSeen>>,
}

impl ConnectSide {
    pub(crate) fn new(colleague: Colleague) -> Self {
        Self { colleague: colleague.shown(), seen: None }
    }

    /// The name to show for somebody who is only in Connect.
    pub(super) fn name(&self) -> &str {
        self.colleague.name_shown()
    }

    /// Sets the state. Returns whether the row looks different.
    pub(super) fn set_state(&mut self, seen: ConnectSeen, now: Timestamp, until: Timestamp) -> bool {
        let Some(read) = &mut self.seen else {
            self.seen = Some(Expiring::new(seen, now, until));
            return true;
        };
        let was_expired = read.renew(now, until);
        let differs = read.value != seen;
        read.value = seen;
        differs || was_expired
    }
}

impl Redate for ConnectSeen {
    fn redate(&mut self, by: SignedDuration) {
        let Self { state: _, since, contacts: _, reachability: _ } = self;
        since.redate(by);
    }
}

impl Redate for ConnectSide {
    fn redate(&mut self, by: SignedDuration) {
        let Self { colleague: _, seen } = self;
        seen.redate(by);
    }
}
