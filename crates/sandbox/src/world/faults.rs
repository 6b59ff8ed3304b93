//! What goes wrong with the services of Microsoft and of AWS, as values: which requests a fault meets, for how long, and
//! what is answered in place of the right answer. It also counts every request. Pure: the time comes in. It must not
//! make an answer: that is done in `fault.rs`.

mod endpoint;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;
pub use endpoint::Endpoint;

/// Moments of requests that are remembered for each endpoint; the oldest make room.
const MOST_REQUESTS: usize = 10_000;

/// What becomes of the body of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Body {
    /// It comes as it is.
    Whole,
    /// A proxy's HTML page comes in its place.
    Proxy,
    /// The first half comes, and `Content-Length` promises the whole.
    Cut,
    /// Bytes come that are neither text nor JSON, called JSON.
    Garbage,
    /// Nothing comes.
    Empty,
    /// One byte a second comes.
    Dripping,
    /// It never ends.
    Endless,
    /// A `null` comes first in the list of a JSON answer.
    NullEntry,
    /// This text comes, called JSON.
    Text(String),
    /// The token answer is an odd one.
    Token(TokenOddity),
}

/// Token answers that servers were seen to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenOddity {
    /// `expires_in` is text.
    ExpiresAsText,
    /// `expires_in` has a fraction, as in 3599.0.
    ExpiresAsFraction,
    /// `expires_in` is 0.
    ExpiresZero,
    /// `expires_in` is before now.
    ExpiresNegative,
    /// `expires_in` is longer than anything lasts.
    ExpiresHuge,
    /// `expires_in` is missing.
    ExpiresMissing,
    /// `token_type` is missing.
    TypeMissing,
    /// `token_type` is another one than Bearer.
    TypeOther,
    /// `refresh_token` and `scope` are empty.
    RefreshEmpty,
    /// `scope`, `id_token` and `refresh_token` are null.
    Nulls,
    /// `ext_expires_in` and `not_before` are text.
    ExtensionsAsText,
}

/// Which of the requests to its endpoint a fault meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Meets {
    /// Every one.
    All,
    /// This many of the next requests.
    Next(u32),
    /// In turns: some pass, then it meets some.
    Cycle {
        /// How many pass.
        pass: u32,
        /// How many it meets then.
        meet: u32,
    },
}

/// One thing that goes wrong. With a status, the service is not asked, and what was asked for is not done; without one
/// the service does what was asked for, and its own answer is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The status of the service's refusal; None leaves its own answer.
    pub status: Option<StatusCode>,
    /// Headers that are added, as they are sent.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// True adds the claims challenge of continuous access evaluation.
    pub challenge: bool,
    /// What becomes of the body.
    pub body: Body,
    /// How long the answer is kept after it was decided.
    pub delay: Duration,
    /// Which requests it meets.
    pub meets: Meets,
    /// How long it continues; None is until it is cleared.
    pub lasts: Option<Duration>,
}

impl Fault {
    /// The service refuses with this status, in its own words.
    #[must_use]
    pub fn refusal(status: StatusCode) -> Self {
        Self { status: Some(status), ..Self::changed(Body::Whole) }
    }

    /// The service does what was asked for, and the body of its answer is changed.
    #[must_use]
    pub fn changed(body: Body) -> Self {
        Self {
            status: None,
            headers: Vec::new(),
            challenge: false,
            body,
            delay: Duration::ZERO,
            meets: Meets::All,
            lasts: None,
        }
    }

    /// The service does what was asked for, and answers only after this.
    #[must_use]
    pub fn slow(delay: Duration) -> Self {
        Self { delay, ..Self::changed(Body::Whole) }
    }

    /// One more header. Characters that no header can carry, such as a line break, are left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, text: &str) -> Self {
        let bytes: Vec<u8> = text.bytes().filter(|byte| *byte == b'\t' || !byte.is_ascii_control()).collect();
        self.headers.extend(HeaderValue::from_bytes(&bytes).ok().map(|value| (name, value)));
        self
    }

    /// One more `Retry-After`, whatever its text.
    #[must_use]
    pub fn with_retry_after(self, text: &str) -> Self {
        self.with_header(header::RETRY_AFTER, text)
    }
}

/// A fault that is set, as the overview shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FaultOverview {
    /// Where.
    pub endpoint: Endpoint,
    /// The status of the refusal; None if the service's own answer is changed.
    pub status: Option<u16>,
    /// What becomes of the body.
    pub body: Body,
    /// How long each answer is kept, in milliseconds.
    pub delay: u64,
    /// Which requests it meets; of the next ones, those that are left.
    pub meets: Meets,
    /// Until when.
    pub until: Option<Timestamp>,
    /// How many requests it has met.
    pub met: u64,
}

/// Who set a fault; a new fault of the same cause replaces the old one. The first one that meets a request counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// Graph is down.
    Down,
    /// Graph throttles.
    Throttled,
    /// Entra is slow.
    Slow,
    /// By [`World::set_fault`].
    Set(Endpoint),
}

impl Cause {
    fn endpoint(self) -> Endpoint {
        match self {
            Self::Down | Self::Throttled => Endpoint::Graph,
            Self::Slow => Endpoint::Token,
            Self::Set(endpoint) => endpoint,
        }
    }
}

#[derive(Debug)]
struct Active {
    fault: Fault,
    until: Option<Timestamp>,
    /// Requests to its endpoint so far.
    seen: u32,
    met: u64,
}

impl Active {
    fn is_in_force(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until) && self.left() != Meets::Next(0)
    }

    fn left(&self) -> Meets {
        match self.fault.meets {
            Meets::Next(count) => Meets::Next(count.saturating_sub(self.seen)),
            other @ (Meets::All | Meets::Cycle { .. }) => other,
        }
    }

    fn meets_next(&mut self) -> bool {
        let before = self.seen;
        self.seen = self.seen.wrapping_add(1);
        let meets = match self.fault.meets {
            Meets::All => true,
            Meets::Next(count) => before < count,
            Meets::Cycle { pass, meet } => {
                before.checked_rem(pass.saturating_add(meet)).is_some_and(|at| at >= pass)
            }
        };
        self.met += u64::from(meets);
        meets
    }
}

#[derive(Debug, Default)]
struct Requests {
    count: u64,
    at: VecDeque<Timestamp>,
}

/// Every fault that is set, and every request.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    active: BTreeMap<Cause, Active>,
    requests: BTreeMap<Endpoint, Requests>,
}

impl Faults {
    pub(crate) fn set(&mut self, cause: Cause, fault: Fault, now: Timestamp) {
        let until = fault.lasts.map(|lasts| now.saturating_add(lasts).unwrap_or(Timestamp::MAX));
        self.active.insert(cause, Active { fault, until, seen: 0, met: 0 });
    }

    pub(crate) fn end(&mut self, cause: Cause) {
        self.active.remove(&cause);
    }

    pub(crate) fn clear(&mut self) {
        self.active.clear();
    }

    /// Counts a request, and returns the fault that it meets.
    pub(crate) fn request(&mut self, endpoint: Endpoint, now: Timestamp) -> Option<Fault> {
        let requests = self.requests.entry(endpoint).or_default();
        requests.count += 1;
        if requests.at.len() >= MOST_REQUESTS {
            requests.at.pop_front();
        }
        requests.at.push_back(now);
        self.active.retain(|_, active| active.is_in_force(now));
        let covering = self.active.iter_mut().filter(|(cause, _)| cause.endpoint().covers(endpoint));
        covering
            .map(|(_, active)| active)
            .find_map(|active| active.meets_next().then(|| active.fault.clone()))
    }

    pub(crate) fn is_set(&self, cause: Cause) -> bool {
        self.active.contains_key(&cause)
    }

    /// Until when a fault continues, if it has an end that is still to come.
    pub(crate) fn until(&self, cause: Cause, now: Timestamp) -> Option<Timestamp> {
        self.active.get(&cause).and_then(|active| active.until).filter(|until| now < *until)
    }

    pub(crate) fn overview(&self, now: Timestamp) -> Vec<FaultOverview> {
        let active = self.active.iter().filter(|(_, active)| active.is_in_force(now));
        active
            .map(|(cause, active)| FaultOverview {
                endpoint: cause.endpoint(),
                status: active.fault.status.map(|status| status.as_u16()),
                body: active.fault.body.clone(),
                delay: u64::try_from(active.fault.delay.as_millis()).unwrap_or(u64::MAX),
                meets: active.left(),
                until: active.until,
                met: active.met,
            })
            .collect()
    }

    /// How many requests there were, by endpoint.
    pub(crate) fn counts(&self) -> BTreeMap<Endpoint, u64> {
        let count = |endpoint: Endpoint| {
            let covered = self.requests.iter().filter(|(other, _)| endpoint.covers(**other));
            covered.map(|(_, requests)| requests.count).sum()
        };
        Endpoint::ALL.into_iter().map(|endpoint| (endpoint, count(endpoint))).collect()
    }

    /// When the latest requests came, oldest first.
    pub(crate) fn moments(&self, endpoint: Endpoint) -> Vec<Timestamp> {
        let covered = self.requests.iter().filter(|(other, _)| endpoint.covers(**other));
        let mut moments: Vec<_> = covered.flat_map(|(_, requests)| requests.at.iter().copied()).collect();
        moments.sort_unstable();
        moments
    }
}

impl World {
    /// Sets the fault of an endpoint, in place of the previous one. If several concern a request, that of the smaller
    /// endpoint meets it.
    pub fn set_fault(&self, endpoint: Endpoint, fault: Fault) {
        self.with(|state, now| state.faults.set(Cause::Set(endpoint), fault, now));
    }

    /// Ends the fault of an endpoint.
    pub fn end_fault(&self, endpoint: Endpoint) {
        self.with(|state, _| state.faults.end(Cause::Set(endpoint)));
    }

    /// Ends every fault of Microsoft's services: an outage, throttling and slowness too.
    pub fn clear_faults(&self) {
        self.with(|state, _| state.faults.clear());
    }

    /// When requests came, by the world's time, oldest first; the latest 10,000 of each endpoint.
    #[must_use]
    pub fn requests(&self, endpoint: Endpoint) -> Vec<Timestamp> {
        self.with(|state, _| state.faults.moments(endpoint))
    }

    /// The most requests that ever came within any `window` of the world's time, among those that are remembered.
    #[must_use]
    pub fn most_requests_within(&self, endpoint: Endpoint, window: Duration) -> usize {
        let moments = self.requests(endpoint);
        let starts = moments.iter().enumerate();
        starts
            .map(|(index, start)| {
                let end = start.saturating_add(window).unwrap_or(Timestamp::MAX);
                moments.partition_point(|moment| *moment < end) - index
            })
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
