//! What holds after any history of people, presences and clicks.

#![expect(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use people::{LineRef, Person, Roster};
use presence::{
    identity::ObjectId,
    teams::{Availability, Detail, TeamsState},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Something that happens to the list.
#[derive(Debug, Clone)]
enum Step {
    Add(Vec<Person>),
    Replace(Vec<Person>),
    Teams(ObjectId, TeamsState),
    Age,
    Toggle,
    Reorder { force: bool },
    Own(ObjectId),
    Favourite(ObjectId, bool),
    Search(&'static str),
    Wait(i64),
}

/// A row's person, presence, since when, when last seen, and whether it is a favourite.
type Row = (Person, Option<TeamsState>, Option<Timestamp>, Option<Timestamp>, bool);

/// Everything that can be seen.
#[derive(Debug, PartialEq)]
struct Seen {
    rows: Vec<Row>,
    known: usize,
    found: Option<usize>,
    hides_offline: bool,
}

fn ids() -> impl Strategy<Value = ObjectId> {
    (0..12_u8).prop_map(|number| ObjectId::new(format!("id-{number:02}")))
}

fn person() -> impl Strategy<Value = Person> {
    (ids(), "[A-Da-d]{1,2}", option::of("[a-b]")).prop_map(|(id, name, department)| Person {
        upn: format!("{id}@contoso.com"),
        id,
        name,
        given: String::new(),
        surname: String::new(),
        mail: None,
        department,
        job_title: None,
        numbers: Vec::new(),
    })
}

/// How long a presence may be used.
const BELIEVED: SignedDuration = SignedDuration::from_secs(30);

fn states() -> impl Strategy<Value = TeamsState> {
    select(vec![
        TeamsState::plain(Availability::Available),
        TeamsState::plain(Availability::DoNotDisturb),
        TeamsState::plain(Availability::Away),
        TeamsState::plain(Availability::Offline),
        TeamsState::plain(Availability::Unknown),
        TeamsState::with(Availability::Busy, Detail::InCall),
        TeamsState::with(Availability::Offline, Detail::OutOfOffice),
    ])
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => vec(person(), 0..6).prop_map(Step::Add),
        2 => vec(person(), 0..14).prop_map(Step::Replace),
        12 => (ids(), states()).prop_map(|(id, state)| Step::Teams(id, state)),
        1 => Just(Step::Age),
        1 => Just(Step::Toggle),
        5 => prop::bool::weighted(0.2).prop_map(|force| Step::Reorder { force }),
        1 => ids().prop_map(Step::Own),
        2 => (ids(), any::<bool>()).prop_map(|(id, on)| Step::Favourite(id, on)),
        1 => select(vec!["", " ", "a", "b", "dd", "contoso", "id-0 a", "id-1"]).prop_map(Step::Search),
        5 => (0..8_i64).prop_map(Step::Wait),
    ];
    vec(step, 1..60)
}

fn take(roster: &mut Roster, step: Step, now: Timestamp) {
    match step {
        Step::Add(people) => roster.add(people),
        Step::Replace(people) => roster.replace_all(people, now),
        Step::Teams(id, state) => roster.set_teams(&id, state, now, now + BELIEVED),
        Step::Age => roster.age(now),
        Step::Toggle => roster.toggle_offline(),
        Step::Reorder { force } => roster.reorder(now, force),
        Step::Own(id) => roster.set_own(id),
        Step::Favourite(id, on) => roster.set_favourite(&id, on),
        Step::Search(typed) => roster.search(typed),
        Step::Wait(_) => {}
    }
}

fn listed(roster: &Roster) -> Vec<ObjectId> {
    roster.ids_in(0, usize::MAX)
}

fn seen(roster: &Roster) -> Seen {
    let rows = listed(roster)
        .iter()
        .map(|id| {
            let entry = roster.get(id).expect("who is listed is known");
            (
                entry.person().clone(),
                entry.teams().cloned(),
                entry.since(),
                entry.last_seen(),
                entry.is_favourite(),
            )
        })
        .collect();
    Seen { rows, known: roster.known(), found: roster.found(), hides_offline: roster.hides_offline() }
}

/// Whether two lists have those in both in the same order.
fn same_order(before: &[ObjectId], after: &[ObjectId]) -> bool {
    let common = |of: &[ObjectId], other: &[ObjectId]| -> Vec<ObjectId> {
        of.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    common(before, after) == common(after, before)
}

/// The lines of these people.
fn under_heads(favourites: Vec<ObjectId>, others: Vec<ObjectId>) -> Vec<LineRef> {
    let section = |head, people: Vec<ObjectId>| {
        let head = if people.is_empty() { None } else { Some(head) };
        head.into_iter().chain(people.into_iter().map(LineRef::Person)).collect::<Vec<_>>()
    };
    [section(LineRef::Favourites, favourites), section(LineRef::Everyone, others)].concat()
}

proptest! {
    #[test]
    fn the_list_keeps_its_laws(limit in option::of(1..10_usize), steps in steps()) {
        let mut roster = Roster::new(limit, None);
        let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
        let mut own = None;
        let mut moved: Option<Timestamp> = None;
        for step in steps {
            if let Step::Wait(seconds) = step {
                now += SignedDuration::from_secs(seconds);
            }
            if let Step::Own(id) = &step {
                own = Some(id.clone());
            }
            let (before, visible, revision) = (listed(&roster), seen(&roster), roster.revision());
            let contradicts_itself = match &step {
                Step::Add(people) | Step::Replace(people) => {
                    people.iter().map(|person| &person.id).collect::<HashSet<_>>().len() < people.len()
                }
                Step::Teams(..)
                | Step::Age
                | Step::Toggle
                | Step::Reorder { .. }
                | Step::Own(_)
                | Step::Favourite(..)
                | Step::Search(_)
                | Step::Wait(_) => false,
            };
            take(&mut roster, step.clone(), now);
            let after = listed(&roster);

            // Each person once, the own person never, nobody forgotten, the limit respected.
            let once: HashSet<&ObjectId> = after.iter().collect();
            prop_assert_eq!(once.len(), after.len());
            prop_assert!(own.as_ref().is_none_or(|own| !once.contains(own)));
            prop_assert_eq!(after.len(), roster.listed());
            prop_assert!(after.len() <= limit.unwrap_or(usize::MAX));
            prop_assert_eq!(roster.all_ids().len(), roster.known());
            prop_assert!(after.iter().all(|id| roster.all_ids().contains(id)));
            if let Some(found) = roster.found() {
                prop_assert_eq!(after.len(), found.min(limit.unwrap_or(usize::MAX)));
            } else if !roster.hides_offline() {
                prop_assert_eq!(after.len(), roster.known().min(limit.unwrap_or(usize::MAX)));
            }

            // Favourites first, each section under its head, no head without people.
            let favourites: HashSet<ObjectId> = roster.favourites().into_iter().collect();
            let (liked, others): (Vec<_>, Vec<_>) = after.iter().cloned().partition(|id| favourites.contains(id));
            prop_assert_eq!(roster.lines(), under_heads(liked, others));

            // The revision grows with what can be seen, and only then, unless a page contradicts itself.
            let changed = seen(&roster) != visible;
            prop_assert!(!changed || roster.revision() > revision);
            prop_assert!(changed || contradicts_itself || roster.revision() == revision);

            // Rows pass each other only in a reorder, and not too often unless asked.
            match step {
                Step::Teams(..) | Step::Age | Step::Wait(_) => prop_assert_eq!(&before, &after),
                Step::Own(_) => prop_assert!(same_order(&before, &after)),
                Step::Favourite(ref id, _) => {
                    let others = |ids: Vec<ObjectId>| -> Vec<_> { ids.into_iter().filter(|other| other != id).collect() };
                    prop_assert!(same_order(&others(before), &others(after)));
                }
                Step::Reorder { force: false } if before != after => {
                    prop_assert!(moved.is_none_or(|at| now.duration_since(at) >= SignedDuration::from_secs(5)));
                    moved = Some(now);
                }
                Step::Reorder { force: true } if before != after => moved = Some(now),
                Step::Add(_)
                | Step::Replace(_)
                | Step::Toggle
                | Step::Reorder { .. }
                | Step::Search(_) => {}
            }

            // The same presence again changes nothing.
            if let Step::Teams(id, state) = step {
                let (visible, revision) = (seen(&roster), roster.revision());
                let at = now + SignedDuration::from_secs(1);
                roster.set_teams(&id, state, at, at + BELIEVED);
                prop_assert_eq!((seen(&roster), roster.revision()), (visible, revision));
            }
        }

        // After a reorder: favourites, then who is there, each group A to Z, nobody offline while they are hidden.
        roster.search("");
        roster.reorder(now, true);
        let ranks: Vec<_> = listed(&roster)
            .iter()
            .map(|id| {
                let entry = roster.get(id).expect("who is listed is known");
                let name = &entry.person().name;
                (!entry.is_favourite(), !entry.is_there(), name.to_lowercase(), name.clone(), id.clone())
            })
            .collect();
        prop_assert!(ranks.is_sorted());
        if roster.hides_offline() {
            let offline = TeamsState::plain(Availability::Offline);
            let entries = listed(&roster);
            let mut entries = entries.iter().filter_map(|id| roster.get(id));
            let is_hidden = entries.any(|entry| !entry.is_favourite() && entry.teams() == Some(&offline) && entry.last_seen().is_none());
            prop_assert!(!is_hidden);
        }
    }
}
