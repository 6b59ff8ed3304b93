//! The side of a person in Amazon Connect: which user it is, and what they do.

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, ConnectState},
    mapping::Target,
    redate::Redate,
};

use super::read::Read;
use crate::{Badge, Colleague, connect_badge};

/// What was last read of a colleague in Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectSeen {
    /// What they do; none: they are logged out.
    pub state: Option<ConnectState>,
    /// Since when, by the contact centre's clock; none if nobody knows.
    pub since: Option<Timestamp>,
    /// How many contacts they have.
    pub contacts: usize,
    /// The badge of that, see [`connect_badge`](crate::connect_badge).
    pub badge: Badge,
}

impl ConnectSeen {
    /// Somebody who is logged in. `asks_for` is what their state asks of Teams by the agent's own table.
    #[must_use]
    pub fn of(snapshot: &AgentSnapshot, asks_for: Option<Target>) -> Self {
        let state = snapshot.state();
        Self {
            badge: connect_badge(&state, asks_for),
            since: Some(snapshot.since()),
            contacts: snapshot.contacts.len(),
            state: Some(state),
        }
    }

    /// Somebody who is logged out, since then as far as seen.
    #[must_use]
    pub fn logged_out(since: Option<Timestamp>) -> Self {
        Self { state: None, since, contacts: 0, badge: Badge::Offline }
    }
}

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct ConnectSide {
    pub(crate) colleague: Colleague,
    pub(super) seen: Option<Read<ConnectSeen>>,
}

impl ConnectSide {
    pub(crate) fn new(colleague: Colleague) -> Self {
        Self { colleague: colleague.shown(), seen: None }
    }

    /// The name to show if Connect alone knows somebody.
    pub(super) fn name(&self) -> &str {
        self.colleague.name_shown()
    }

    /// Returns whether it looks different now.
    pub(super) fn see(&mut self, seen: ConnectSeen, now: Timestamp, until: Timestamp) -> bool {
        let Some(read) = &mut self.seen else {
            self.seen = Some(Read::new(seen, now, until));
            return true;
        };
        let was_aged = read.again(now, until);
        let differs = read.what != seen;
        read.what = seen;
        differs || was_aged
    }
}

impl Redate for ConnectSeen {
    fn redate(&mut self, by: SignedDuration) {
        let Self { state: _, since, contacts: _, badge: _ } = self;
        since.redate(by);
    }
}

impl Redate for ConnectSide {
    fn redate(&mut self, by: SignedDuration) {
        let Self { colleague: _, seen } = self;
        seen.redate(by);
    }
}
