//! Contoso's people: generated, and the same in every run. It must not know who asks, nor what Graph shows to
//! whom.

use std::collections::HashMap;
use std::num::NonZeroU16;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use uuid::{Builder, Uuid};

use super::day::Course as Hours;
use super::names;
use super::presence::Presence;

/// The service plan of Teams (service plan reference: TEAMS1).
pub(crate) const TEAMS_PLAN: Uuid = Uuid::from_u128(0x57ff_2da0_773e_42df_b2af_ffb7_a231_7929);
/// The extension of the agent, for people who dial the instance.
pub(crate) const EXTENSION: &str = "4000";
/// The place of the person who shares a number with the person two places later.
const SHARES: usize = 13;
/// How long each part of a drifting colleague's round lasts, in seconds.
const ROUND: [(Presence, i64); 6] = [
    (Presence::AVAILABLE, 240),
    (Presence::IN_A_CALL, 180),
    (Presence::AVAILABLE, 300),
    (Presence::IN_A_MEETING, 420),
    (Presence::AVAILABLE, 200),
    (Presence::AWAY, 140),
];
/// How many drift: about three changes a minute, however many people there are.
const DRIFTERS: usize = 12;

/// Which Teams licence a person has (Graph: resource `assignedPlan`, `capabilityStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TeamsPlan {
    Enabled,
    Deleted,
    Never,
}

/// What a colleague's presence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Still(Presence, Option<&'static str>),
    /// Goes round; the number is where it starts, in seconds.
    Drifting(i64),
}

/// A colleague's presence at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) presence: Presence,
    pub(crate) out_of_office: Option<&'static str>,
    /// Microseconds; grows with every change.
    pub(crate) version: i64,
}

/// Somebody in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) given: String,
    pub(crate) surname: String,
    /// User principal name and mail address.
    pub(crate) upn: String,
    pub(crate) title: &'static str,
    pub(crate) department: &'static str,
    pub(crate) office: &'static str,
    /// As somebody typed it.
    pub(crate) business_phone: Option<String>,
    pub(crate) mobile_phone: Option<String>,
    pub(crate) account_enabled: bool,
    pub(crate) teams_plan: TeamsPlan,
    course: Course,
}

impl Person {
    /// True for people who have Teams and work there; the others never have a presence.
    pub(crate) fn has_teams(&self) -> bool {
        self.account_enabled && self.teams_plan == TeamsPlan::Enabled
    }

    /// True for people who come in on an ordinary day.
    pub(crate) fn works(&self) -> bool {
        match self.course {
            Course::Still(presence, out_of_office) => {
                out_of_office.is_none() && presence != Presence::UNKNOWN && self.has_teams()
            }
            Course::Drifting(_) => true,
        }
    }
    pub(crate) fn display_name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    pub(crate) fn presence(&self, now: Timestamp) -> Seen {
        match self.course {
            Course::Still(presence, out_of_office) => Seen { presence, out_of_office, version: 0 },
            Course::Drifting(start) => {
                let (presence, left) = part_of_round(now, start);
                let since = now.saturating_sub(SignedDuration::from_secs(left)).unwrap_or(now);
                Seen { presence, out_of_office: None, version: since.as_second() * 1_000_000 }
            }
        }
    }

    /// What they do by themselves, with what came before. What never changes began with the world.
    pub(crate) fn course(&self, opened: Timestamp, now: Timestamp) -> Hours {
        let (past, passed) = match self.course {
            Course::Still(presence, _) => (vec![(presence, opened)], now.duration_since(opened).as_secs()),
            Course::Drifting(start) => {
                let (mut past, mut end) = (Vec::new(), now);
                for _ in 0..ROUND.len() {
                    let (presence, left) = part_of_round(end, start);
                    let since = Timestamp::from_second(end.as_second() - left).unwrap_or(end);
                    past.push((presence, since));
                    end = since.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(since);
                }
                let passed = past.first().map_or(0, |(_, since)| now.duration_since(*since).as_secs());
                (past, passed)
            }
        };
        Hours { past, coming: Vec::new(), passed, pace: NonZeroU16::MIN }
    }
}

/// The current part of a round that started this many seconds before the epoch, and how long it has lasted.
fn part_of_round(now: Timestamp, start: i64) -> (Presence, i64) {
    let mut left = (now.as_second() + start).rem_euclid(ROUND.iter().map(|(_, lasts)| lasts).sum());
    let mut presence = Presence::AVAILABLE;
    for (part, lasts) in ROUND {
        presence = part;
        if left < lasts {
            break;
        }
        left -= lasts;
    }
    (presence, left)
}

/// Everybody, the agent first.
#[derive(Debug)]
pub(crate) struct Directory {
    people: Vec<Person>,
    /// The people who can be hired, in this order.
    newcomers: [Person; names::NEWCOMERS.len()],
    agent: Person,
    places: HashMap<Uuid, usize>,
}

impl Directory {
    /// The agent, `licensed` colleagues with Teams, and some without.
    pub(crate) fn new(licensed: usize) -> Self {
        let agent = agent();
        let mut people = vec![agent.clone()];
        people.extend((0..licensed).map(colleague));
        people.extend((0..licensed.div_ceil(10)).map(|index| without_teams(licensed + index)));
        let newcomers = std::array::from_fn(newcomer);
        let places = people.iter().enumerate().map(|(place, person)| (person.id, place)).collect();
        Self { people, newcomers, agent, places }
    }

    pub(crate) fn agent(&self) -> &Person {
        &self.agent
    }

    pub(crate) fn people(&self) -> &[Person] {
        &self.people
    }

    /// Everybody, after this many were hired.
    pub(crate) fn employed(&self, hired: usize) -> impl Iterator<Item = &Person> {
        self.people.iter().chain(self.newcomers.iter().take(hired))
    }

    /// The next one who can be hired after this many.
    pub(crate) fn next_hire(&self, hired: usize) -> Option<&Person> {
        self.newcomers.get(hired)
    }

    /// Finds people who are hired later too: nobody can know their ids before.
    pub(crate) fn find(&self, id: Uuid) -> Option<&Person> {
        let place = self.places.get(&id).and_then(|place| self.people.get(*place));
        place.or_else(|| self.newcomers.iter().find(|person| person.id == id))
    }
}

fn agent() -> Person {
    Person {
        id: id_of("agent"),
        given: "Priya".to_owned(),
        surname: "Raman".to_owned(),
        upn: "priya.raman@contoso.com".to_owned(),
        title: "Adviser",
        department: "Billing",
        office: "Bristol 2.14",
        business_phone: Some(format!("+44 1632 960400 ext. {EXTENSION}")),
        mobile_phone: None,
        account_enabled: true,
        teams_plan: TeamsPlan::Enabled,
        course: Course::Still(Presence::AVAILABLE, None),
    }
}

fn colleague(index: usize) -> Person {
    let (given, surname) = name(index);
    let course = match index.checked_sub(names::FIRST.len()) {
        None => first_course(index),
        Some(later) if later % 2 == 0 && later / 2 < DRIFTERS => Course::Drifting(later as i64 * 97),
        Some(later) => Course::Still(
            pick(
                &[
                    Presence::AVAILABLE,
                    Presence::BUSY,
                    Presence::AVAILABLE,
                    Presence::OFFLINE,
                    Presence::AWAY,
                    Presence::IN_A_MEETING,
                    Presence::OFF_WORK,
                ],
                later,
            ),
            None,
        ),
    };
    Person {
        id: id_of(&format!("colleague {index}")),
        upn: address(&given, &surname, index),
        given,
        surname,
        title: pick(&names::TITLES, index),
        department: pick(&names::DEPARTMENTS, index / 2),
        office: pick(&names::OFFICES, index),
        business_phone: if index == SHARES {
            // The same number, in another spelling.
            business_phone(index + 2).map(|number| number.replacen('0', "+44 ", 1))
        } else {
            business_phone(index)
        },
        mobile_phone: (index % 3 == 1).then(|| format!("+44 7700 900{:03}", index % 1000)),
        account_enabled: true,
        teams_plan: TeamsPlan::Enabled,
        course,
    }
}

fn newcomer(index: usize) -> Person {
    let (given, surname) = names::NEWCOMERS[index];
    let person = colleague(index);
    Person {
        id: id_of(&format!("newcomer {index}")),
        given: given.to_owned(),
        surname: surname.to_owned(),
        upn: address(given, surname, index),
        course: Course::Still(Presence::AVAILABLE, None),
        ..person
    }
}

// No licence, a licence that was taken away, and a leaver whose account is off though the licence still runs.
fn without_teams(index: usize) -> Person {
    let person = colleague(index);
    let (teams_plan, account_enabled) =
        pick(&[(TeamsPlan::Never, true), (TeamsPlan::Deleted, true), (TeamsPlan::Enabled, false)], index);
    Person { teams_plan, account_enabled, course: Course::Still(Presence::UNKNOWN, None), ..person }
}

// The drawer's first people show every kind of presence there is.
fn first_course(index: usize) -> Course {
    let still = |presence| Course::Still(presence, None);
    match index {
        1 | 7 => still(Presence::IN_A_CALL),
        2 => still(Presence::IN_A_MEETING),
        3 => still(Presence::BUSY),
        5 => still(Presence::PRESENTING),
        6 => still(Presence::BE_RIGHT_BACK),
        10 => Course::Still(Presence::OUT_OF_OFFICE, Some("Back on Monday")),
        11 => still(Presence::DO_NOT_DISTURB),
        12 => still(Presence::AWAY),
        13 | 15 => still(Presence::OFFLINE),
        14 => still(Presence::UNKNOWN),
        _ => still(Presence::AVAILABLE),
    }
}

fn name(index: usize) -> (String, String) {
    if let Some((given, surname)) = names::FIRST.get(index) {
        return ((*given).to_owned(), (*surname).to_owned());
    }
    let later = index - names::FIRST.len();
    // 41 and 43 share no divisor: every pair comes once before any comes twice.
    let (given, surname) = (pick(&names::GIVEN, later * 17), pick(&names::SURNAMES, later * 29));
    if later < names::GIVEN.len() * names::SURNAMES.len() {
        return (given.to_owned(), surname.to_owned());
    }
    let second = pick(&names::SURNAMES, later / names::SURNAMES.len());
    (given.to_owned(), format!("{surname}-{second}"))
}

// The spellings that administrators really type, within the ranges kept for fiction; every seventh has none.
fn business_phone(index: usize) -> Option<String> {
    let number = 21 + index % 900;
    match index % 7 {
        0 => Some(format!("+44 1632 960{number:03} ext. {}", 4000 + number)),
        1 => Some(format!("01632 960{number:03}")),
        2 => Some(format!("+49 (0)30 23125 {number:03}")),
        3 => Some(format!("(+44) 1632-960-{number:03}")),
        4 => Some(format!("+441632960{number:03};ext={}", 4000 + number)),
        5 => Some(format!("tel:+1-425-555-01{:02}", number % 100)),
        _ => None,
    }
}

fn address(given: &str, surname: &str, index: usize) -> String {
    let tail = if index < names::FIRST.len() { String::new() } else { index.to_string() };
    format!("{}.{}{tail}@contoso.com", plain(given), plain(surname))
}

fn plain(name: &str) -> String {
    let mut letters = String::new();
    for letter in name.nfd() {
        match letter {
            'ı' => letters.push('i'),
            'ł' | 'Ł' => letters.push('l'),
            'ø' => letters.push('o'),
            'ß' => letters.push_str("ss"),
            'Þ' => letters.push_str("th"),
            letter if letter.is_ascii_alphanumeric() || letter == '-' => {
                letters.push(letter.to_ascii_lowercase());
            }
            _ => {}
        }
    }
    letters
}

/// An id that is the same in every run.
pub(super) fn id_of(what: &str) -> Uuid {
    let digest: [u8; 32] = Sha256::digest(format!("contoso {what}")).into();
    let mut bytes = [0; 16];
    for (byte, random) in bytes.iter_mut().zip(digest) {
        *byte = random;
    }
    Builder::from_random_bytes(bytes).into_uuid()
}

fn pick<T: Copy, const N: usize>(from: &[T; N], index: usize) -> T {
    const { assert!(N > 0) };
    from[index % N]
}

#[cfg(test)]
mod tests;
