//! How long an authorization lasts, as far as the tenant's rule is known, and when to remind of its end.
//!
//! Pure: time is an argument. Holds no token. The tenant's rule cannot be read (Entra: sign-in frequency is a
//! Conditional Access control), so it is learned from how long authorizations lasted.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;
use serde::{Deserialize, Serialize};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The assumption until the rule is known. It is also how long an unused refresh token lasts
/// (Entra: refresh-tokens).
const USUAL: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// A reminder before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reminder {
    /// A week ahead.
    Week,
    /// A day ahead.
    Day,
}

impl Reminder {
    /// How long before the end.
    #[must_use]
    pub const fn ahead(self) -> Duration {
        match self {
            Self::Week => Duration::from_secs(7 * DAY.as_secs()),
            Self::Day => DAY,
        }
    }
}

/// How this tenant ends an authorization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Rule {
    /// Nothing is known: 90 days after the login.
    #[default]
    Unknown,
    /// A fixed time after the login.
    AfterLogin(Duration),
    /// It lasted longer than expected: 90 days after the last use.
    Unused,
}

/// What is known of one person's authorization.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// When the person logged in.
    since: Option<Timestamp>,
    /// When it last returned an access token.
    worked: Option<Timestamp>,
    #[serde(default)]
    rule: Rule,
    /// The last reminder that was shown for this authorization.
    reminded: Option<Reminder>,
}

impl Period {
    /// The person logged in.
    pub fn logged_in(&mut self, now: Timestamp) {
        *self = Self { since: Some(now), worked: Some(now), rule: self.rule, reminded: None };
    }

    /// It returned an access token.
    pub fn worked(&mut self, now: Timestamp) {
        self.since.get_or_insert(now);
        if self.rule != Rule::Unused && self.renew_by().is_some_and(|end| end < now) {
            self.rule = Rule::Unused;
            self.reminded = None;
        }
        self.worked = Some(now);
    }

    /// It ended because of its age, some time after it last worked. The expected end is kept if it fits; else the last
    /// time that it worked counts, so that the next reminder comes too early rather than too late.
    pub fn ended_by_age(&mut self, now: Timestamp) {
        let Some((since, worked)) = self.since.zip(self.worked) else { return };
        let length = |end: Timestamp| Duration::try_from(end.duration_since(since)).unwrap_or_default();
        let (least, most) = (length(worked), length(now));
        let expected = match self.rule {
            Rule::Unknown | Rule::Unused => USUAL,
            Rule::AfterLogin(length) => length,
        };
        let fits = (least..=most).contains(&expected);
        let seen = if least.is_zero() { most } else { least };
        self.rule = Rule::AfterLogin(if fits { expected } else { seen });
    }

    /// When a new login is needed, as far as that is known.
    #[must_use]
    pub fn renew_by(&self) -> Option<Timestamp> {
        let (start, length) = match self.rule {
            Rule::Unknown => (self.since?, USUAL),
            Rule::AfterLogin(length) => (self.since?, length),
            Rule::Unused => (self.worked?, USUAL),
        };
        start.checked_add(length).ok()
    }

    /// The reminder that is due and has not been shown.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Option<Reminder> {
        [Reminder::Day, Reminder::Week]
            .into_iter()
            .filter(|reminder| self.reminded.is_none_or(|shown| shown < *reminder))
            .find(|reminder| self.at(*reminder).is_some_and(|at| at <= now))
    }

    /// When the next reminder is due.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        [Reminder::Week, Reminder::Day]
            .into_iter()
            .filter(|reminder| self.reminded.is_none_or(|shown| shown < *reminder))
            .filter_map(|reminder| self.at(reminder))
            .min()
    }

    /// A reminder was shown.
    pub fn remind(&mut self, reminder: Reminder) {
        self.reminded = Some(reminder);
    }

    /// The clock was set by `by`, and now shows `now`. Each time moves with it, unless it would then be in the future:
    /// such a time is from an earlier run, when the clock was right.
    pub fn set_clock(&mut self, by: SignedDuration, now: Timestamp) {
        let Self { since, worked, rule: _, reminded: _ } = self;
        for moment in [since, worked].into_iter().flatten() {
            let mut moved = *moment;
            moved.redate(by);
            if moved <= now {
                *moment = moved;
            }
        }
    }

    /// When a reminder is due; none if that is before half of the period, where it would only disturb.
    fn at(&self, reminder: Reminder) -> Option<Timestamp> {
        let end = self.renew_by()?;
        let at = end.checked_sub(reminder.ahead()).ok()?;
        let length = Duration::try_from(end.duration_since(self.since?)).ok()?;
        (length >= 2 * reminder.ahead()).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Timestamp {
        Timestamp::UNIX_EPOCH + DAY * day
    }

    fn logged_in() -> Period {
        let mut period = Period::default();
        period.logged_in(day(0));
        period
    }

    /// The period after an authorization that was used daily and ended after `days`.
    fn learned(days: u32) -> Period {
        let mut period = logged_in();
        (0..=days).for_each(|past| period.worked(day(past)));
        period.ended_by_age(day(days + 1));
        period.logged_in(day(days + 1));
        period
    }

    #[test]
    fn a_first_authorization_is_expected_to_last_90_days() {
        assert_eq!(Period::default().renew_by(), None);
        let mut period = logged_in();
        period.worked(day(60));
        assert_eq!(period.renew_by(), Some(day(90)));
        assert_eq!(period.due(day(82)), None);
        assert_eq!(period.due(day(83)), Some(Reminder::Week));
    }

    #[test]
    fn an_authorization_that_outlives_90_days_ends_only_by_not_being_used() {
        let mut period = logged_in();
        period.remind(Reminder::Day);
        period.worked(day(91));
        assert_eq!(period.renew_by(), Some(day(181)));
        period.worked(day(150));
        assert_eq!((period.renew_by(), period.due(day(200))), (Some(day(240)), None));
    }

    #[test]
    fn the_tenants_rule_is_learned_from_an_end() {
        let period = learned(30);
        assert_eq!(period.renew_by(), Some(day(61)));
        assert_eq!(period.next(), Some(day(54)));
    }

    #[test]
    fn an_end_that_nobody_saw_keeps_the_expected_period_if_it_fits() {
        let mut period = logged_in();
        period.worked(day(70));
        period.ended_by_age(day(95));
        period.logged_in(day(100));
        assert_eq!(period.renew_by(), Some(day(190)));
    }

    #[test]
    fn an_end_before_any_use_is_taken_from_when_it_was_seen() {
        let mut period = logged_in();
        period.ended_by_age(day(1));
        period.logged_in(day(1));
        assert_eq!(period.renew_by(), Some(day(2)));
    }

    #[test]
    fn each_reminder_is_due_once() {
        let mut period = learned(30);
        assert_eq!(period.due(day(53)), None);
        assert_eq!(period.due(day(54)), Some(Reminder::Week));
        period.remind(Reminder::Week);
        assert_eq!(period.due(day(59)), None);
        assert_eq!(period.next(), Some(day(60)));
        assert_eq!(period.due(day(60)), Some(Reminder::Day));
        period.remind(Reminder::Day);
        assert_eq!((period.due(day(60)), period.next()), (None, None));
    }

    #[test]
    fn a_machine_that_slept_over_the_first_reminder_shows_the_second_alone() {
        let mut period = learned(30);
        assert_eq!(period.due(day(60)), Some(Reminder::Day));
        period.remind(Reminder::Day);
        assert_eq!(period.due(day(60)), None);
    }

    #[test]
    fn a_daily_login_is_not_announced() {
        let period = learned(1);
        assert_eq!((period.due(day(3)), period.next()), (None, None));
    }

    #[test]
    fn a_clock_that_is_set_moves_its_dates_but_none_into_the_future() {
        let years = SignedDuration::try_from(DAY * 20_000).unwrap();
        // Logged in while the clock was right, used after it had begun in 1970 again; then it was corrected.
        let mut period = Period { since: Some(day(20_010)), ..logged_in() };
        period.worked(day(40));
        period.set_clock(years, day(20_040));
        assert_eq!((period.since, period.worked), (Some(day(20_010)), Some(day(20_040))));
        period.set_clock(-years, day(40));
        assert_eq!((period.since, period.worked), (Some(day(10)), Some(day(40))));
    }

    #[test]
    fn a_new_login_begins_a_new_period_of_the_same_length() {
        let mut period = learned(30);
        period.remind(Reminder::Day);
        period.logged_in(day(60));
        assert_eq!(period.renew_by(), Some(day(90)));
        assert_eq!(period.due(day(83)), Some(Reminder::Week));
    }
}
