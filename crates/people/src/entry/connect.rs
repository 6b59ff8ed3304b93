//! The side of a person in Amazon Connect: which user it is, and what they do.

use jiff::{SignedDuration, Timestamp};
use presence::{connect::ConnectState, redate::Redate};

use super::read::Read;
use crate::{Badge, Colleague};

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

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct ConnectSide {
    pub(crate) colleague: Colleague,
    pub(super) seen: Option<Read<ConnectSeen>>,
}

impl ConnectSide {
    pub(crate) fn new(colleague: Colleague) -> Self {
        Self { colleague, seen: None }
    }

    /// The name to show where Connect alone knows somebody.
    pub(super) fn name(&self) -> &str {
        let Colleague { name, username, .. } = &self.colleague;
        if name.trim().is_empty() { username } else { name }
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
