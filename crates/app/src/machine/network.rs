//! Why requests do not arrive: while a side fails, the way to both is looked at now and then, and what is found is shown
//! on the cards of both.
//!
//! It looks at nothing itself, and decides nothing about the requests.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use view::facts::NetworkFacts;

/// How soon a known fault is looked at again, and an unexplained failure at first.
const SOON: Duration = Duration::from_secs(30);

/// How long it takes at most for the next look at a failure that no look explains.
const LATE: Duration = Duration::from_secs(300);

/// A look that has not ended by then has found nothing.
const LIMIT: Duration = Duration::from_secs(20);

/// How a side is at the end of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    /// Its last answer came.
    Works,
    /// Its last answer did not come.
    Fails,
    /// It has not answered yet.
    NotKnown,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NetworkIn {
    /// A turn ends.
    Turn {
        /// How Microsoft's services are.
        microsoft: Health,
        /// How the CCP is.
        connect: Health,
    },
    /// Something of the network has changed: what was found may not be so any more.
    Changed,
    /// The answer to [`NetworkOut::Look`] with this number.
    Found(u64, NetworkFacts),
    /// The deadline has come.
    Due,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NetworkOut {
    /// Look at the way to both sides.
    Look(u64),
    /// What was in the way is gone: whatever waits need not wait any longer.
    Free,
    /// What is shown has changed.
    Touch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing fails.
    Idle,
    Looking {
        until: Timestamp,
    },
    Waiting {
        until: Timestamp,
    },
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Network {
    stage: Stage,
    number: u64,
    wait: Duration,
    found: NetworkFacts,
}

impl Default for Network {
    fn default() -> Self {
        Self { stage: Stage::Idle, number: 0, wait: SOON, found: NetworkFacts::default() }
    }
}

impl Network {
    pub(crate) fn on(&mut self, input: NetworkIn, now: Timestamp) -> Vec<NetworkOut> {
        match (input, self.stage) {
            (NetworkIn::Turn { microsoft, connect }, stage) => {
                let mut out = self.works(microsoft, connect);
                if stage == Stage::Idle && [microsoft, connect].contains(&Health::Fails) {
                    out.push(self.look(now));
                }
                out
            }
            (NetworkIn::Changed, Stage::Waiting { .. }) => {
                self.wait = SOON;
                vec![self.look(now)]
            }
            (NetworkIn::Found(number, found), Stage::Looking { .. }) if number == self.number => {
                self.found(found, now)
            }
            (NetworkIn::Due, Stage::Looking { until }) if until <= now => {
                self.found(NetworkFacts::default(), now)
            }
            (NetworkIn::Due, Stage::Waiting { until }) if until <= now => vec![self.look(now)],
            // A late answer, or a change while nothing fails.
            (NetworkIn::Changed | NetworkIn::Found(..) | NetworkIn::Due, _) => Vec::new(),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Idle => None,
            Stage::Looking { until } | Stage::Waiting { until } => Some(until),
        }
    }

    /// What is known to be in the way.
    pub(crate) fn faults(&self) -> &NetworkFacts {
        &self.found
    }

    /// What works has nothing in its way.
    fn works(&mut self, microsoft: Health, connect: Health) -> Vec<NetworkOut> {
        let before = self.found.clone();
        self.found.microsoft.take_if(|_| microsoft == Health::Works);
        self.found.connect.take_if(|_| connect == Health::Works);
        if microsoft == Health::Works && connect != Health::Fails
            || connect == Health::Works && microsoft != Health::Fails
        {
            (self.stage, self.wait) = (Stage::Idle, SOON);
        }
        Vec::from_iter((self.found != before).then_some(NetworkOut::Touch))
    }

    fn look(&mut self, now: Timestamp) -> NetworkOut {
        self.number += 1;
        self.stage = Stage::Looking { until: later(now, LIMIT) };
        NetworkOut::Look(self.number)
    }

    fn found(&mut self, found: NetworkFacts, now: Timestamp) -> Vec<NetworkOut> {
        let is_free = |before: &Option<_>, after: &Option<_>| before.is_some() && after.is_none();
        let freed =
            is_free(&self.found.microsoft, &found.microsoft) || is_free(&self.found.connect, &found.connect);
        let is_new = self.found != found;
        let is_explained = found != NetworkFacts::default();
        self.found = found;
        self.stage = Stage::Waiting { until: later(now, self.wait) };
        self.wait = if is_explained { SOON } else { (self.wait * 2).min(LATE) };
        let mut out = Vec::new();
        out.extend(is_new.then_some(NetworkOut::Touch));
        out.extend(freed.then_some(NetworkOut::Free));
        out
    }
}

impl Redate for Network {
    fn redate(&mut self, by: SignedDuration) {
        let Self { stage, number: _, wait: _, found: _ } = self;
        match stage {
            Stage::Idle => {}
            Stage::Looking { until } | Stage::Waiting { until } => until.redate(by),
        }
    }
}

#[cfg(test)]
mod tests;
