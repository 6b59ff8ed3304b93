//! An ordinary day at Contoso: when each person comes, talks, meets, eats and goes. Pure and the same every day;
//! a clock of its own begins at any hour and may run faster. It must not know who the people are.

use std::num::NonZeroU16;

use jiff::{SignedDuration, Timestamp};

use super::presence::{Activity, Availability, Presence};

const MINUTE: i64 = 60;
const SLOT: i64 = 30 * MINUTE;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A day that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    started: Timestamp,
    /// The second of the day at which it started.
    from: i64,
    /// How many seconds of the day pass in a real one.
    pace: NonZeroU16,
}

impl Day {
    /// Begins at an hour of the clock; one past the end of the day begins at its end.
    pub(crate) fn new(hour: u8, pace: NonZeroU16, now: Timestamp) -> Self {
        Self { started: now, from: (i64::from(hour) * HOUR).min(DAY), pace }
    }

    pub(crate) fn pace(&self) -> NonZeroU16 {
        self.pace
    }

    /// The clock on Contoso's wall, "09:31".
    pub(crate) fn clock(&self, now: Timestamp) -> String {
        let second = self.elapsed(now).rem_euclid(DAY);
        format!("{:02}:{:02}", second / HOUR, second % HOUR / MINUTE)
    }

    /// What a person does now, and since when in real time, in microseconds.
    pub(crate) fn presence(&self, person: u64, now: Timestamp) -> (Presence, i64) {
        let second = self.elapsed(now);
        let today = second.div_euclid(DAY) * DAY;
        let mut part = (0, Presence::OFFLINE);
        for next in schedule(person) {
            if next.0 > second - today {
                break;
            }
            part = next;
        }
        let (start, presence) = part;
        let ahead = (today + start - self.from) * 1_000_000 / i64::from(self.pace.get());
        (presence, self.started.as_microsecond() + ahead)
    }

    /// What a person does now, with what came before it today and what comes after it.
    pub(crate) fn course(&self, person: u64, now: Timestamp) -> Course {
        let second = self.elapsed(now);
        let today = second.div_euclid(DAY) * DAY;
        let parts = schedule(person);
        let begun = parts.partition_point(|(start, _)| *start <= second - today);
        let real = |start: i64| {
            let ahead = (today + start - self.from) * 1_000 / i64::from(self.pace.get());
            self.started.saturating_add(SignedDuration::from_millis(ahead)).unwrap_or(self.started)
        };
        let (past, coming) = parts.split_at(begun);
        Course {
            past: past.iter().rev().map(|(start, presence)| (*presence, real(*start))).collect(),
            coming: coming.iter().map(|(start, presence)| (*presence, start - (second - today))).collect(),
            passed: past.last().map_or(0, |(start, _)| second - today - start),
            pace: self.pace,
        }
    }

    fn elapsed(&self, now: Timestamp) -> i64 {
        let passed = now.duration_since(self.started).as_millis() * i128::from(self.pace.get()) / 1000;
        self.from.saturating_add(i64::try_from(passed).unwrap_or(i64::MAX / 2))
    }
}

/// What somebody does, did before and will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Course {
    /// What they do, then what they did before, each with its real beginning.
    pub(crate) past: Vec<(Presence, Timestamp)>,
    /// What they will do, and in how many seconds of the day.
    pub(crate) coming: Vec<(Presence, i64)>,
    /// For how many seconds of the day they have done what they do.
    pub(crate) passed: i64,
    /// How many seconds of the day pass in a real one.
    pub(crate) pace: NonZeroU16,
}

/// A number below `limit` that is always the same for the person and the matter (the finalizer of SplitMix64).
pub(super) fn draw(person: u64, matter: i64, limit: i64) -> i64 {
    let mut mixed = person ^ (matter.unsigned_abs() + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)).cast_signed().rem_euclid(limit)
}

// The parts of the day by their first second; the first one began the evening before.
fn schedule(person: u64) -> Vec<(i64, Presence)> {
    let come = 8 * HOUR + draw(person, 100, 90) * MINUTE;
    let go = 16 * HOUR + 30 * MINUTE + draw(person, 101, 90) * MINUTE;
    let lunch = 23 * SLOT + draw(person, 102, 4) * SLOT;
    let back = lunch + (1 + draw(person, 103, 2)) * SLOT;
    let mut parts = vec![(go - DAY, Presence::OFFLINE), (come, Presence::AVAILABLE)];
    for slot in 16..36 {
        let start = slot * SLOT;
        if start < come || start + SLOT > go || (lunch..back).contains(&start) {
            continue;
        }
        let within = |from: i64, presence: Presence, lasts: i64| {
            [(start + from * MINUTE, presence), (start + (from + lasts) * MINUTE, Presence::AVAILABLE)]
        };
        let early = draw(person, 200 + slot, 10);
        match draw(person, slot, 10) {
            0 => {
                parts.push((start, Presence::IN_A_MEETING));
                parts.push((start + (5 + early) * MINUTE, Presence::PRESENTING));
                parts.push((start + SLOT, Presence::AVAILABLE));
            }
            1 | 2 => parts.extend(within(0, Presence::IN_A_MEETING, 30)),
            3..=6 => parts.extend(within(early, Presence::IN_A_CALL, 4 + draw(person, 300 + slot, 14))),
            7 => parts.extend(within(early, Presence::AWAY, 8)),
            8 => parts.extend(within(0, FOCUSING, 30)),
            _ => {}
        }
    }
    parts.extend([(lunch, Presence::BE_RIGHT_BACK), (back, Presence::AVAILABLE), (go, Presence::OFFLINE)]);
    parts.sort_by_key(|(start, _)| *start);
    // If one part ends as another begins, the beginning one counts.
    parts.dedup_by(|after, before| {
        let together = after.0 == before.0;
        if together && after.1 != Presence::AVAILABLE {
            before.1 = after.1;
        }
        together
    });
    parts.dedup_by_key(|(_, presence)| *presence);
    parts
}

const FOCUSING: Presence = Presence::new(Availability::DoNotDisturb, Activity::Focusing);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const EVERYBODY: std::ops::Range<u64> = 0..200;

    fn start() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn at(hour: u8) -> Vec<Presence> {
        let day = Day::new(hour, NonZeroU16::MIN, start());
        EVERYBODY.map(|person| day.presence(person, start()).0).collect()
    }

    fn share(presences: &[Presence], wanted: impl Fn(&Presence) -> bool) -> usize {
        presences.iter().filter(|presence| wanted(presence)).count()
    }

    #[test]
    fn the_office_is_empty_at_night_and_full_by_day() {
        for night in [0, 3, 7, 18, 23] {
            assert_eq!(share(&at(night), |presence| *presence != Presence::OFFLINE), 0, "at {night}");
        }
        for day in [10, 11, 15, 16] {
            assert_eq!(share(&at(day), |presence| *presence == Presence::OFFLINE), 0, "at {day}");
        }
    }

    #[test]
    fn everybody_has_lunch_and_the_day_has_everything() {
        for person in EVERYBODY {
            let lunch = schedule(person).into_iter().filter(|(_, part)| *part == Presence::BE_RIGHT_BACK);
            assert_eq!(lunch.count(), 1, "{person}");
        }
        let seen: HashSet<_> = EVERYBODY.flat_map(schedule).map(|(_, part)| part).collect();
        for presence in
            [Presence::AVAILABLE, Presence::IN_A_CALL, Presence::PRESENTING, Presence::AWAY, FOCUSING]
        {
            assert!(seen.contains(&presence), "{presence:?}");
        }
    }

    #[test]
    fn meetings_begin_on_the_half_hour() {
        for (start, part) in EVERYBODY.flat_map(schedule) {
            assert!(part != Presence::IN_A_MEETING || start % SLOT == 0, "{start}");
        }
    }

    #[test]
    fn the_parts_follow_each_other_and_each_is_another() {
        for person in EVERYBODY {
            for pair in schedule(person).windows(2) {
                assert!(pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1, "{person}: {pair:?}");
            }
        }
    }

    #[test]
    fn the_version_grows_exactly_when_the_presence_changes() {
        let day = Day::new(7, NonZeroU16::new(60).unwrap(), start());
        for person in 0..20 {
            let mut before = day.presence(person, start());
            // Two days, so that midnight is passed.
            for second in 1..2 * DAY / MINUTE {
                let after = day.presence(person, start() + SignedDuration::from_secs(second));
                assert_eq!(
                    before.0 != after.0,
                    before.1 < after.1,
                    "{person} at {second}: {before:?} {after:?}"
                );
                before = after;
            }
        }
    }

    #[test]
    fn a_faster_clock_shows_the_same_day() {
        let (slow, fast) =
            (Day::new(9, NonZeroU16::MIN, start()), Day::new(9, NonZeroU16::new(60).unwrap(), start()));
        let later = |seconds| start() + SignedDuration::from_secs(seconds);
        assert_eq!(
            (slow.clock(later(3600)), fast.clock(later(60))),
            ("10:00".to_owned(), "10:00".to_owned())
        );
        for person in EVERYBODY {
            assert_eq!(slow.presence(person, later(3600)).0, fast.presence(person, later(60)).0);
        }
        assert_eq!(Day::new(23, NonZeroU16::MIN, start()).clock(later(3600)), "00:00");
    }
}
