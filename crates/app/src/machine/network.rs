//! Why requests do not arrive: while a side fails, the network to both is checked from time to time, and the result is
//! shown on the cards of both.
//!
//! It checks nothing itself, and decides nothing about the requests.

use std::time::Duration;

use doctor::NetworkDiagnosis;
use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use view::facts::{NetworkFacts, NetworkFault};

/// How soon a known fault is looked at again, and an unexplained failure at first.
const SOON: Duration = Duration::from_secs(30);

/// The longest time until the next look at a failure that no look explains.
const LATE: Duration = Duration::from_secs(300);

/// A check that has not ended after this says nothing.
const LIMIT: Duration = Duration::from_secs(20);

/// The health of a side at the end of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SideHealth {
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
        /// The health of Microsoft's services.
        microsoft: SideHealth,
        /// The health of the CCP.
        connect: SideHealth,
    },
    /// Something about the network has changed: what was found may have changed too.
    Changed,
    /// The answer to [`NetworkOut::Look`] with this number: the way to Microsoft and to Connect.
    Found(u64, [NetworkDiagnosis; 2]),
    /// The deadline has come.
    Due,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NetworkOut {
    /// Look at the way to both sides.
    Look(u64),
    /// The fault is gone: what waits for the network can be tried again.
    Free,
    /// What is shown has changed.
    Touch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LookStage {
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
pub(crate) struct NetworkWatch {
    stage: LookStage,
    number: u64,
    wait: Duration,
    found: NetworkFacts,
    /// Something was in the way, and nothing has arrived since.
    is_blocked: [bool; 2],
}

impl Default for NetworkWatch {
    fn default() -> Self {
        Self {
            stage: LookStage::Idle,
            number: 0,
            wait: SOON,
            found: NetworkFacts::default(),
            is_blocked: [false; 2],
        }
    }
}

impl NetworkWatch {
    pub(crate) fn on(&mut self, input: NetworkIn, now: Timestamp) -> Vec<NetworkOut> {
        match (input, self.stage) {
            (NetworkIn::Turn { microsoft, connect }, stage) => {
                let mut out = self.works(microsoft, connect);
                if stage == LookStage::Idle && [microsoft, connect].contains(&SideHealth::Fails) {
                    out.push(self.look(now));
                }
                out
            }
            (NetworkIn::Changed, LookStage::Waiting { .. }) => {
                self.wait = SOON;
                vec![self.look(now)]
            }
            (NetworkIn::Found(number, found), LookStage::Looking { .. }) if number == self.number => {
                self.found(found, now)
            }
            (NetworkIn::Due, LookStage::Looking { until }) if until <= now => {
                self.found([NetworkDiagnosis::NotKnown, NetworkDiagnosis::NotKnown], now)
            }
            (NetworkIn::Due, LookStage::Waiting { until }) if until <= now => vec![self.look(now)],
            // A late answer, or a change while nothing fails.
            (NetworkIn::Changed | NetworkIn::Found(..) | NetworkIn::Due, _) => Vec::new(),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        match self.stage {
            LookStage::Idle => None,
            LookStage::Looking { until } | LookStage::Waiting { until } => Some(until),
        }
    }

    /// What is known to be in the way.
    pub(crate) fn faults(&self) -> &NetworkFacts {
        &self.found
    }

    /// A side that works has no fault in its way.
    fn works(&mut self, microsoft: SideHealth, connect: SideHealth) -> Vec<NetworkOut> {
        let before = self.found.clone();
        self.found.microsoft.take_if(|_| microsoft == SideHealth::Works);
        self.found.connect.take_if(|_| connect == SideHealth::Works);
        for (is_blocked, health) in self.is_blocked.iter_mut().zip([microsoft, connect]) {
            *is_blocked &= health != SideHealth::Works;
        }
        if microsoft == SideHealth::Works && connect != SideHealth::Fails
            || connect == SideHealth::Works && microsoft != SideHealth::Fails
        {
            (self.stage, self.wait) = (LookStage::Idle, SOON);
        }
        Vec::from_iter((self.found != before).then_some(NetworkOut::Touch))
    }

    fn look(&mut self, now: Timestamp) -> NetworkOut {
        self.number += 1;
        self.stage = LookStage::Looking { until: later(now, LIMIT) };
        NetworkOut::Look(self.number)
    }

    fn found(&mut self, [microsoft, connect]: [NetworkDiagnosis; 2], now: Timestamp) -> Vec<NetworkOut> {
        let before = self.found.clone();
        let [blocks_microsoft, blocks_connect] = &mut self.is_blocked;
        let freed = [
            take(microsoft, &mut self.found.microsoft, blocks_microsoft),
            take(connect, &mut self.found.connect, blocks_connect),
        ];
        let is_explained = self.found != NetworkFacts::default();
        self.stage = LookStage::Waiting { until: later(now, self.wait) };
        self.wait = if is_explained { SOON } else { (self.wait * 2).min(LATE) };
        let mut out = Vec::new();
        out.extend((self.found != before).then_some(NetworkOut::Touch));
        out.extend(freed.contains(&true).then_some(NetworkOut::Free));
        out
    }
}

/// Takes over what a look at one side found. True if what was in the way is gone: only an answer shows that, neither a
/// look without an end nor a failure that has no explanation.
fn take(looked: NetworkDiagnosis, found: &mut Option<NetworkFault>, is_blocked: &mut bool) -> bool {
    match looked {
        NetworkDiagnosis::NotKnown => false,
        NetworkDiagnosis::Unexplained => {
            *found = None;
            false
        }
        NetworkDiagnosis::Fault(fault) => {
            (*found, *is_blocked) = (Some(fault), true);
            false
        }
        NetworkDiagnosis::Reached => {
            *found = None;
            std::mem::take(is_blocked)
        }
    }
}

impl Redate for NetworkWatch {
    fn redate(&mut self, by: SignedDuration) {
        let Self { stage, number: _, wait: _, found: _, is_blocked: _ } = self;
        match stage {
            LookStage::Idle => {}
            LookStage::Looking { until } | LookStage::Waiting { until } => until.redate(by),
        }
    }
}

#[cfg(test)]
mod tests;
