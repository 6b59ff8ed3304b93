//! What a colleague does in Connect while they live through their day: the other side of what Teams shows of the same
//! hours. Pure and the same every day. It must not know who the people are, nor where somebody put them by hand.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::super::agent::{Channel, Contact, Direction, Stage, Status};
use super::super::day::{Course, draw};
use super::super::directory::id_of;
use super::super::presence::{Activity, Availability, Presence};

/// Seconds of the day that a contact rings before the colleague takes it.
const RINGS: i64 = 6;
/// When the second contact of two comes.
const SECOND: i64 = 20;
/// When some customers are put on hold, and when they are taken back.
const HOLD: std::ops::Range<i64> = 40..80;
/// How long after-contact work takes.
const AFTER: i64 = 45;
/// How long before lunch it is chosen as the next status.
const AHEAD: i64 = 15 * 60;

/// Somebody who is logged in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) status: Status,
    pub(crate) since: Timestamp,
    pub(crate) next: Option<Status>,
    pub(crate) contacts: Vec<Contact>,
}

/// What Connect shows of somebody; None while they are logged out.
pub(super) fn shown(person: Uuid, course: &Course) -> Option<Shown> {
    let (presence, began) = course.past.first().copied()?;
    let status = status(presence)?;
    // Calls do not end a status.
    let same = course.past.iter().take_while(|(past, _)| self::status(*past) == Some(status));
    let since = same.last().map_or(began, |(_, since)| *since);
    let contacts = match course.past.get(1) {
        _ if is_call(presence) => talking(person, began, course),
        Some((before, call)) if is_call(*before) && course.passed < AFTER => {
            let over = |(index, channel)| {
                let offered = offered(*call, index, course);
                let connected_at = Some(later(offered, RINGS, course));
                let contact = contact(person, offered, index, channel, Stage::AfterContactWork);
                Contact { since: began, connected_at, ..contact }
            };
            channels(person, *call).into_iter().enumerate().map(over).collect()
        }
        Some(_) | None => Vec::new(),
    };
    let lunch = |(presence, left): &(Presence, i64)| *presence == Presence::BE_RIGHT_BACK && *left <= AHEAD;
    let next = (!contacts.is_empty() && course.coming.iter().any(lunch)).then_some(Status::LUNCH);
    Some(Shown { status, since, next, contacts })
}

/// The status that somebody chooses for what they do; None if they log out.
fn status(presence: Presence) -> Option<Status> {
    Some(match (presence.availability, presence.activity) {
        (Availability::Offline, _) => return None,
        (Availability::Available | Availability::PresenceUnknown, _) => Status::AVAILABLE,
        (Availability::Busy, Activity::InACall | Activity::InAConferenceCall) => Status::AVAILABLE,
        (Availability::Busy, Activity::InAMeeting) | (_, Activity::Presenting) => Status::TRAINING,
        (Availability::Busy | Availability::DoNotDisturb, _) => Status::COACHING,
        (Availability::BeRightBack, _) => Status::LUNCH,
        (Availability::Away, _) => Status::BREAK,
    })
}

fn is_call(presence: Presence) -> bool {
    presence == Presence::IN_A_CALL
}

fn talking(person: Uuid, began: Timestamp, course: &Course) -> Vec<Contact> {
    let holds = draw(seed(person), began.as_second(), 3) == 0 && HOLD.contains(&course.passed);
    let arrived = |index: &usize| *index == 0 || course.passed >= SECOND;
    let channels = channels(person, began).into_iter().enumerate();
    channels
        .filter(|(index, _)| arrived(index))
        .map(|(index, channel)| {
            let offered = offered(began, index, course);
            let rings = course.passed < RINGS + if index == 0 { 0 } else { SECOND };
            let taken = later(offered, RINGS, course);
            let (stage, since, connected_at) = match (rings, channel) {
                (true, _) => (Stage::Ringing, offered, None),
                (false, Channel::Voice) if holds => (Stage::OnHold, taken, Some(taken)),
                (false, _) => (Stage::Connected, taken, Some(taken)),
            };
            Contact { since, connected_at, ..contact(person, offered, index, channel, stage) }
        })
        .collect()
}

fn offered(began: Timestamp, index: usize, course: &Course) -> Timestamp {
    if index == 0 { began } else { later(began, SECOND, course) }
}

/// What reaches somebody at that moment: mostly a call, sometimes two things at once.
fn channels(person: Uuid, began: Timestamp) -> Vec<Channel> {
    match draw(seed(person), began.as_second() + 1, 10) {
        0..=5 => vec![Channel::Voice],
        6 => vec![Channel::Chat],
        7 => vec![Channel::Email],
        8 => vec![Channel::Task],
        _ => vec![Channel::Chat, Channel::Task],
    }
}

fn contact(person: Uuid, offered: Timestamp, index: usize, channel: Channel, stage: Stage) -> Contact {
    let id = id_of(&format!("contact {person} {} {index}", offered.as_millisecond()));
    // Few agents dial.
    let dialled = channel == Channel::Voice && draw(seed(person), offered.as_second() + 2, 8) == 0;
    let direction = if dialled { Direction::Outbound } else { Direction::Inbound };
    Contact::of_colleague(id, channel, direction, stage, offered)
}

fn later(moment: Timestamp, seconds: i64, course: &Course) -> Timestamp {
    let real = SignedDuration::from_millis(seconds * 1_000 / i64::from(course.pace.get()));
    moment.saturating_add(real).unwrap_or(moment)
}

fn seed(person: Uuid) -> u64 {
    person.as_u64_pair().0
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use super::super::super::day::Day;
    use super::*;

    fn start() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    /// What some people do from before they come until after lunch, every 20 seconds.
    fn morning() -> Vec<(Presence, Option<Shown>, Timestamp)> {
        let day = Day::new(7, NonZeroU16::MIN, start());
        let mut all = Vec::new();
        for person in 0..10 {
            let person = id_of(&format!("somebody {person}"));
            for second in (0..6 * 3600).step_by(20) {
                let now = start() + SignedDuration::from_secs(second);
                let course = day.course(person.as_u64_pair().1, now);
                let (presence, _) = day.presence(person.as_u64_pair().1, now);
                all.push((presence, shown(person, &course), now));
            }
        }
        all
    }

    #[test]
    fn both_sides_show_the_same_hours() {
        for (presence, shown, now) in morning() {
            let Some(shown) = shown else {
                assert_eq!(presence, Presence::OFFLINE, "a colleague who is logged out is offline in Teams");
                continue;
            };
            assert!(shown.since <= now && shown.contacts.iter().all(|contact| contact.since <= now));
            let live = shown.contacts.iter().any(|contact| contact.stage.is_live());
            assert_eq!(live, presence == Presence::IN_A_CALL, "{presence:?}");
            assert_eq!(presence == Presence::BE_RIGHT_BACK, shown.status == Status::LUNCH);
        }
    }

    #[test]
    fn a_day_has_every_channel_and_stage_two_contacts_at_once_and_a_next_status() {
        let morning = morning();
        let shown: Vec<&Shown> = morning.iter().filter_map(|(_, shown, _)| shown.as_ref()).collect();
        let contacts = || shown.iter().flat_map(|shown| &shown.contacts);
        for channel in [Channel::Voice, Channel::Chat, Channel::Task, Channel::Email] {
            assert!(contacts().any(|contact| contact.channel == channel), "{channel:?}");
        }
        for stage in [Stage::Ringing, Stage::Connected, Stage::OnHold, Stage::AfterContactWork] {
            assert!(contacts().any(|contact| contact.stage == stage), "{stage:?}");
        }
        assert!(shown.iter().any(|shown| shown.contacts.len() == 2));
        assert!(shown.iter().any(|shown| shown.next == Some(Status::LUNCH)));
        assert!(contacts().any(|contact| contact.direction == Direction::Outbound));
    }

    #[test]
    fn a_contact_keeps_its_id_until_its_after_contact_work_is_done() {
        let day = Day::new(9, NonZeroU16::MIN, start());
        let person = id_of("somebody");
        let mut before: Vec<Uuid> = Vec::new();
        for second in (0..3600).step_by(5) {
            let course = day.course(person.as_u64_pair().1, start() + SignedDuration::from_secs(second));
            let ids: Vec<_> =
                shown(person, &course).unwrap().contacts.iter().map(|contact| contact.id).collect();
            assert!(before.is_empty() || ids.is_empty() || ids.iter().any(|id| before.contains(id)));
            before = ids;
        }
    }
}
