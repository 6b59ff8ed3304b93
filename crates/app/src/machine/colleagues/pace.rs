//! How often Amazon Connect is asked: one number for each interval, and what follows from the seats of the company.
//!
//! The quota of the service API is 2 requests a second for the account in a region, ConnectPath included; half of it is
//! for the desks (Service Quotas: GetCurrentUserData 2, SearchUsers 2, DescribeUser 10, ListAgentStatuses 10).

use std::time::Duration;

use jiff::Timestamp;
use net::Jitter;
use presence::moment::later;

use super::super::reading::used_for;

/// The shortest usual time between two readings of states.
const SHORTEST: Duration = Duration::from_secs(15);
/// The shortest time between two readings when somebody waits for the second one.
const HURRIED: Duration = Duration::from_secs(5);
/// How many requests for states all desks make in a second, usually.
const REQUESTS_A_SECOND: u32 = 1;
/// How many they may make for a short time: all that the quota has.
const QUOTA_A_SECOND: u32 = 2;
/// How many users all desks look up in a second.
const LOOKUPS_A_SECOND: u32 = 5;

/// Between two requests of this desk.
pub(super) const BETWEEN_REQUESTS: Duration = Duration::from_secs(1);
/// However often a person asks for it, the users and the statuses are read once in this time.
pub(super) const BETWEEN_REFRESHES: Duration = Duration::from_secs(60);
/// The users and the statuses of the instance are read again after this.
const LIST: Duration = Duration::from_secs(3600);
/// Addresses of a user are read again after this.
pub(super) const ADDRESSES: Duration = Duration::from_secs(24 * 3600);
/// Credentials last an hour, and are not used at its end.
pub(super) const CREDENTIALS_FOR: Duration = Duration::from_secs(55 * 60);
/// A token that ends so soon may end on its way.
pub(super) const SOON: Duration = Duration::from_secs(30);

/// See the module.
#[derive(Debug)]
pub(super) struct RequestPace {
    seats: u32,
    jitter: Jitter,
}

impl RequestPace {
    pub(super) fn new(seats: u32, seed: u64) -> Self {
        Self { seats, jitter: Jitter::new(seed) }
    }

    pub(super) fn set_seats(&mut self, seats: u32) {
        self.seats = seats;
    }

    /// When states are read the next time, usually, if a reading takes this many requests.
    pub(super) fn usual(&mut self, now: Timestamp, calls: u32) -> Timestamp {
        let interval = self.interval(calls);
        later(now, self.jitter.spread(interval))
    }

    /// When the users and the statuses are read again.
    pub(super) fn list(&mut self, now: Timestamp) -> Timestamp {
        later(now, self.jitter.spread(LIST))
    }

    /// When the next user is looked up.
    pub(super) fn addresses(&mut self, now: Timestamp) -> Timestamp {
        let share = Duration::from_secs(u64::from(self.seats)) / LOOKUPS_A_SECOND;
        later(now, self.jitter.spread(BETWEEN_REQUESTS.max(share)))
    }

    /// The shortest time between two readings of states.
    pub(super) fn shortest(&self, calls: u32) -> Duration {
        HURRIED.max(self.requests(calls) / QUOTA_A_SECOND)
    }

    /// How long a state that is read now may be used, if each user is read once in this many readings.
    pub(super) fn used_for(&self, calls: u32, rounds: u32) -> Duration {
        used_for(self.interval(calls), rounds)
    }

    /// Between two readings, before jitter.
    fn interval(&self, calls: u32) -> Duration {
        SHORTEST.max(self.requests(calls) / REQUESTS_A_SECOND)
    }

    /// How long all desks take for one reading each, at one request a second.
    fn requests(&self, calls: u32) -> Duration {
        Duration::from_secs(u64::from(self.seats) * u64::from(calls))
    }
}
