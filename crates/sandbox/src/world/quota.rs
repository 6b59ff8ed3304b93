//! How many requests Amazon Connect takes: a token bucket for each operation, shared by everybody in the account. Pure:
//! the time comes in. It must not know who asks.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;

/// An operation of the Connect service API that is played here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names of the API")]
pub enum Operation {
    GetCurrentUserData,
    SearchUsers,
    DescribeUser,
    ListAgentStatuses,
    PutUserStatus,
}

impl Operation {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::GetCurrentUserData,
        Self::SearchUsers,
        Self::DescribeUser,
        Self::ListAgentStatuses,
        Self::PutUserStatus,
    ];

    /// The action that a policy allows.
    #[must_use]
    pub fn action(self) -> &'static str {
        match self {
            Self::GetCurrentUserData => "connect:GetCurrentUserData",
            Self::SearchUsers => "connect:SearchUsers",
            Self::DescribeUser => "connect:DescribeUser",
            Self::ListAgentStatuses => "connect:ListAgentStatuses",
            Self::PutUserStatus => "connect:PutUserStatus",
        }
    }

    /// Requests a second, and how many may come at once (Service Quotas; Connect API reference: throttling).
    fn limits(self) -> (i64, i64) {
        match self {
            Self::GetCurrentUserData | Self::SearchUsers | Self::PutUserStatus => (2, 5),
            Self::DescribeUser | Self::ListAgentStatuses => (10, 10),
        }
    }
}

/// What became of the requests to an operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Taken {
    /// How many a second are taken by others of the account.
    pub by_others: f64,
    /// Requests that were let through.
    pub passed: u64,
    /// Requests that were throttled.
    pub throttled: u64,
}

/// More than any account makes.
const MOST: f64 = 1_000_000.0;
/// One request, in the smallest parts that a bucket knows.
const ONE: i64 = 1_000_000;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    parts: i64,
    at: Timestamp,
}

/// The account's buckets.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    buckets: BTreeMap<Operation, Bucket>,
    taken: BTreeMap<Operation, Taken>,
}

impl Quota {
    /// A request comes: true if it is let through.
    pub(crate) fn take(&mut self, operation: Operation, now: Timestamp) -> bool {
        self.fill(operation, now);
        let passes = self.buckets.get_mut(&operation).is_some_and(|bucket| {
            let passes = bucket.parts >= ONE;
            bucket.parts -= if passes { ONE } else { 0 };
            passes
        });
        let taken = self.taken.entry(operation).or_default();
        *(if passes { &mut taken.passed } else { &mut taken.throttled }) += 1;
        passes
    }

    pub(crate) fn overview(&self) -> BTreeMap<Operation, Taken> {
        let taken = |operation| self.taken.get(&operation).copied().unwrap_or_default();
        Operation::ALL.into_iter().map(|operation| (operation, taken(operation))).collect()
    }

    // What others took so far is settled at their old pace.
    fn set_by_others(&mut self, operation: Operation, by_others: f64, now: Timestamp) {
        self.fill(operation, now);
        self.taken.entry(operation).or_default().by_others = by_others.clamp(0.0, MOST);
    }

    fn fill(&mut self, operation: Operation, now: Timestamp) {
        let (rate, burst) = operation.limits();
        let by_others = self.taken.get(&operation).map_or(0.0, |taken| taken.by_others);
        let bucket = self.buckets.entry(operation).or_insert(Bucket { parts: burst * ONE, at: now });
        let passed = now.duration_since(bucket.at).as_micros().max(0);
        // The float is in range, and parts of a millionth of a request do not matter.
        let left = i128::from(rate * ONE) - (by_others * ONE as f64) as i128;
        let filled = i128::from(bucket.parts) + passed * left / i128::from(ONE);
        bucket.parts = i64::try_from(filled.clamp(0, i128::from(burst * ONE))).unwrap_or(0);
        bucket.at = now;
    }
}

impl World {
    /// Others of the account make this many requests a second. If they make as many as the quota, nothing is left.
    pub fn set_taken_by_others(&self, operation: Operation, by_others: f64) {
        self.with(|state, now| state.quota.set_by_others(operation, by_others, now));
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_millis(milliseconds)
    }

    fn passed(quota: &mut Quota, operation: Operation, moments: impl Iterator<Item = i64>) -> usize {
        moments.filter(|moment| quota.take(operation, at(*moment))).count()
    }

    #[test]
    fn five_come_at_once_and_then_two_a_second() {
        let mut quota = Quota::default();
        assert_eq!(passed(&mut quota, Operation::GetCurrentUserData, [0; 20].into_iter()), 5);
        assert_eq!(passed(&mut quota, Operation::GetCurrentUserData, (0..=10_000).step_by(10)), 20);
        let counted = quota.overview()[&Operation::GetCurrentUserData];
        assert_eq!((counted.passed, counted.throttled), (25, 996));
    }

    #[test]
    fn each_operation_has_its_own_bucket() {
        let mut quota = Quota::default();
        assert_eq!(passed(&mut quota, Operation::SearchUsers, [0; 9].into_iter()), 5);
        assert_eq!(passed(&mut quota, Operation::DescribeUser, [0; 20].into_iter()), 10);
    }

    #[test]
    fn requests_of_others_count_against_the_quota() {
        let mut quota = Quota::default();
        quota.set_by_others(Operation::GetCurrentUserData, 1.5, at(0));
        assert_eq!(passed(&mut quota, Operation::GetCurrentUserData, [0; 9].into_iter()), 5);
        assert_eq!(passed(&mut quota, Operation::GetCurrentUserData, (0..=10_000).step_by(100)), 5);
        quota.set_by_others(Operation::GetCurrentUserData, 2.0, at(20_000));
        passed(&mut quota, Operation::GetCurrentUserData, [20_000; 9].into_iter());
        assert_eq!(passed(&mut quota, Operation::GetCurrentUserData, (20_001..=90_000).step_by(100)), 0);
    }
}
