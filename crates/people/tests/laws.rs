//! Laws that hold after any history of people, states, joins and clicks.

mod world;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};
use people::{Colleague, ConnectSeen, Entry, Join, LineRef, Pairing, Person, PersonId, Reachability, Roster};
use presence::{aws::UserId, identity::ObjectId, teams::TeamsState};
use proptest::{collection::vec, option, prelude::*, sample::select};

use self::world::*;

/// A change of the list.
#[derive(Debug, Clone)]
enum Step {
    Add(Vec<Person>),
    Replace(Vec<Person>),
    /// A full list without this person, in which everybody else is unchanged.
    Leave(ObjectId),
    Colleagues(Vec<Colleague>),
    Teams(ObjectId, TeamsState),
    Connect(UserId, ConnectSeen),
    Confirm(UserId, ObjectId),
    Undo(UserId),
    Age,
    Toggle,
    Group(bool),
    Reorder {
        force: bool,
    },
    Own(ObjectId),
    OwnUser(Option<UserId>),
    Favourite(PersonId, bool),
    Waiting(PersonId, bool),
    Called(PersonId),
    CalledBefore(Vec<PersonId>),
    Department(Option<String>),
    Photo(ObjectId, Option<String>),
    Search(&'static str),
    Wait(i64),
}

/// Everything that is visible.
#[derive(Debug, PartialEq)]
struct Seen {
    heads: Vec<LineRef>,
    rows: Vec<Row>,
    known: usize,
    found: Option<usize>,
    left_out: usize,
    hides_offline: bool,
    is_grouped: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let lists = prop_oneof![
        2 => vec(person(), 0..6).prop_map(Step::Add),
        2 => vec(person(), 0..14).prop_map(Step::Replace),
        2 => object_ids().prop_map(Step::Leave),
        3 => vec(colleague(), 0..6).prop_map(Step::Colleagues),
        8 => (object_ids(), teams_states()).prop_map(|(id, state)| Step::Teams(id, state)),
        8 => (user_ids(), connect_states()).prop_map(|(user, seen)| Step::Connect(user, seen)),
        2 => (user_ids(), object_ids()).prop_map(|(user, id)| Step::Confirm(user, id)),
        1 => user_ids().prop_map(Step::Undo),
        1 => (object_ids(), option::of("[ab]")).prop_map(|(id, version)| Step::Photo(id, version)),
        4 => (0..8_i64).prop_map(Step::Wait),
    ];
    let clicks = prop_oneof![
        1 => Just(Step::Age),
        1 => Just(Step::Toggle),
        1 => any::<bool>().prop_map(Step::Group),
        4 => prop::bool::weighted(0.2).prop_map(|force| Step::Reorder { force }),
        1 => object_ids().prop_map(Step::Own),
        1 => option::of(user_ids()).prop_map(Step::OwnUser),
        2 => (person_ids(), any::<bool>()).prop_map(|(id, on)| Step::Favourite(id, on)),
        1 => (person_ids(), any::<bool>()).prop_map(|(id, on)| Step::Waiting(id, on)),
        1 => person_ids().prop_map(Step::Called),
        1 => vec(person_ids(), 0..4).prop_map(Step::CalledBefore),
        1 => option::of("[ab]").prop_map(Step::Department),
        1 => select(vec!["", " ", "a", "b", "dd", "contoso", "id-0 a", "id-1", "960001"]).prop_map(Step::Search),
    ];
    vec(prop_oneof![2 => lists, 1 => clicks], 1..60)
}

fn take(roster: &mut Roster, step: Step, now: Timestamp) {
    match step {
        Step::Add(people) => roster.add(people),
        Step::Replace(people) => roster.replace_all(people, now),
        Step::Colleagues(colleagues) => roster.set_colleagues(colleagues),
        Step::Teams(id, state) => roster.set_teams(&id, state, now, now + VALID_FOR),
        Step::Connect(user, seen) => roster.set_connect(&user, seen, now, now + VALID_FOR),
        Step::Confirm(user, id) => roster.confirm_pairing(user, id),
        Step::Undo(user) => roster.undo_pairing(&user),
        Step::Age => roster.expire_states(now),
        Step::Toggle => roster.toggle_offline(),
        Step::Group(on) => roster.set_grouped(on),
        Step::Reorder { force } => roster.reorder(now, force),
        Step::Own(id) => roster.set_own(id),
        Step::OwnUser(user) => roster.set_own_user(user),
        Step::Favourite(id, on) => roster.set_favourite(&id, on),
        Step::Waiting(id, on) => roster.set_waited_for(&id, on),
        Step::Called(id) => roster.record_call(&id),
        Step::CalledBefore(ids) => roster.record_earlier_calls(ids),
        Step::Department(department) => roster.set_own_department(department),
        Step::Photo(id, version) => roster.set_photo(&id, version),
        Step::Search(typed) => roster.search(typed),
        // The law replaces Leave by a full list.
        Step::Leave(_) | Step::Wait(_) => {}
    }
}

fn listed(roster: &Roster) -> Vec<PersonId> {
    roster.on_lines(0, usize::MAX).map(|entry| entry.id().clone()).collect()
}

fn seen(roster: &Roster) -> Seen {
    let is_head = |line: &LineRef| match line {
        LineRef::Favourites | LineRef::Everyone | LineRef::Department(_) => true,
        LineRef::Person(_) => false,
    };
    Seen {
        heads: roster.lines_in(0, usize::MAX).filter(is_head).collect(),
        rows: rows(roster),
        known: roster.known(),
        found: roster.found(),
        left_out: roster.left_out(),
        hides_offline: roster.hides_offline(),
        is_grouped: roster.is_grouped(),
    }
}

/// Offline on every side that the person has, as far as each was read.
fn is_offline(entry: &Entry) -> bool {
    let is_read = (entry.person().is_none() || entry.teams().is_some())
        && (entry.colleague().is_none() || entry.connect().is_some());
    is_read && entry.reachability() == Reachability::Offline
}

/// Whether the common elements of two lists have the same order.
fn same_order(before: &[PersonId], after: &[PersonId]) -> bool {
    let common = |of: &[PersonId], other: &[PersonId]| -> Vec<PersonId> {
        of.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    common(before, after) == common(after, before)
}

/// Whether somebody is listed under the heading of the agent's own department.
fn is_near(roster: &Roster, entry: &Entry, own: Option<&str>) -> bool {
    let department = |name: &str| name.trim().to_lowercase();
    let is_cut = roster.left_out() > 0 && roster.found().is_none();
    is_cut
        && own.is_some_and(|own| entry.department().is_some_and(|name| department(name) == department(own)))
}

/// The expected lines: each section under its heading, no heading without people.
fn expected_lines(roster: &Roster, own: Option<&str>) -> Vec<LineRef> {
    let mut lines = Vec::new();
    let mut head = None;
    for entry in roster.on_lines(0, usize::MAX) {
        let section = match (entry.is_favourite(), roster.is_grouped()) {
            (true, _) => LineRef::Favourites,
            (false, false) if !is_near(roster, entry, own) => LineRef::Everyone,
            (false, _) => LineRef::Department(entry.department().unwrap_or_default().to_lowercase()),
        };
        if head.as_ref() != Some(&section) {
            lines.push(section.clone());
            head = Some(section);
        }
        lines.push(LineRef::Person(entry.id().clone()));
    }
    lines
}

/// The lines, with departments in lower case.
fn lines(roster: &Roster) -> Vec<LineRef> {
    let lines = roster.lines_in(0, usize::MAX);
    lines
        .map(|line| match line {
            LineRef::Department(name) => LineRef::Department(name.to_lowercase()),
            LineRef::Favourites | LineRef::Everyone | LineRef::Person(_) => line,
        })
        .collect()
}

proptest! {
    #[test]
    fn the_list_keeps_its_laws(limit in option::of(1..10_usize), steps in steps()) {
        let mut roster = Roster::new(limit, None);
        let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
        let (mut own, mut own_user, mut department) = (None, None, None);
        let (mut people, mut colleagues): (BTreeMap<ObjectId, Person>, BTreeMap<UserId, Colleague>) = Default::default();
        let mut moved: Option<Timestamp> = None;
        for step in steps {
            let step = if let Step::Leave(gone) = step {
                Step::Replace(people.values().filter(|person| person.id != gone).cloned().collect())
            } else {
                step
            };
            let mut has_duplicates = false;
            match &step {
                Step::Wait(seconds) => now += SignedDuration::from_secs(*seconds),
                Step::Own(id) => own = Some(id.clone()),
                Step::OwnUser(user) => own_user = user.clone(),
                Step::Add(page) | Step::Replace(page) => {
                    if matches!(step, Step::Replace(_)) {
                        people.clear();
                    }
                    let ids: HashSet<ObjectId> = page.iter().map(|person| person.id.clone()).collect();
                    has_duplicates = ids.len() < page.len();
                    people.extend(page.iter().map(|person| (person.id.clone(), person.clone())));
                }
                Step::Department(own) => department.clone_from(own),
                Step::Colleagues(all) => colleagues = all.iter().map(|colleague| (colleague.user.clone(), colleague.clone())).collect(),
                Step::Leave(_) | Step::Teams(..) | Step::Connect(..) | Step::Confirm(..) | Step::Undo(_) | Step::Age | Step::Toggle
                | Step::Group(_) | Step::Reorder { .. } | Step::Favourite(..) | Step::Waiting(..) | Step::Called(_) | Step::CalledBefore(_)
                | Step::Photo(..) | Step::Search(_) => {}
            }
            let (before, visible, revision) = (listed(&roster), seen(&roster), roster.revision());
            let was_cut = roster.left_out() > 0;
            take(&mut roster, step.clone(), now);
            let after = listed(&roster);

            // Each row is listed once, and the limit holds.
            let once: HashSet<&PersonId> = after.iter().collect();
            prop_assert_eq!(once.len(), after.len());
            prop_assert_eq!(after.len(), roster.listed());
            prop_assert!(after.len() <= limit.unwrap_or(usize::MAX));
            prop_assert_eq!(roster.entries().count(), roster.known());
            let all: BTreeSet<&PersonId> = roster.entries().map(|entry| entry.id()).collect();
            prop_assert!(after.iter().all(|id| all.contains(id)));
            if let Some(found) = roster.found() {
                prop_assert_eq!(after.len(), found.min(limit.unwrap_or(usize::MAX)));
            } else if !roster.hides_offline() {
                prop_assert_eq!(after.len(), roster.known().min(limit.unwrap_or(usize::MAX)));
            }

            // Everybody is in exactly one row, the agent in none, and no row has two people.
            let shown: Vec<ObjectId> = roster.entries().filter_map(|entry| Some(entry.person()?.id.clone())).collect();
            let used: Vec<UserId> = roster.entries().filter_map(|entry| Some(entry.colleague()?.user.clone())).collect();
            let others: Vec<ObjectId> = people.keys().filter(|id| own.as_ref() != Some(*id)).cloned().collect();
            prop_assert_eq!(shown.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>(), others);
            prop_assert_eq!(shown.len(), shown.iter().collect::<HashSet<_>>().len());
            prop_assert_eq!(used.len(), used.iter().collect::<HashSet<_>>().len());
            prop_assert!(own_user.as_ref().is_none_or(|own| !used.contains(own)));
            for user in colleagues.keys().filter(|user| own_user.as_ref() != Some(*user) && !used.contains(*user)) {
                let entry = roster.get(&PersonId::Connect(user.clone())).expect("nobody is lost");
                prop_assert_eq!(entry.person().map(|person| &person.id), own.as_ref(), "only the agent has no row");
            }
            for entry in roster.entries() {
                let row = match (entry.person(), entry.colleague()) {
                    (Some(person), _) => PersonId::Entra(person.id.clone()),
                    (None, Some(colleague)) => PersonId::Connect(colleague.user.clone()),
                    (None, None) => panic!("a row of nobody"),
                };
                prop_assert_eq!(entry.id(), &row);
                let joined = entry.person().is_some() && entry.colleague().is_some();
                prop_assert_eq!(joined, matches!(entry.pairing(), Pairing::Joined(_)));
                if let Some(user) = roster.user_of(&row) {
                    prop_assert_eq!(roster.get(&PersonId::Connect(user.clone())).map(|entry| entry.id()), Some(&row));
                }
            }

            // The rows match a join of everybody, although the roster joins only those whose signs match.
            let own_person = own.as_ref().filter(|_| own_user.is_some());
            let join = Join::new(
                people.values().filter(|person| own_person != Some(&person.id)),
                colleagues.values().filter(|colleague| own_user.as_ref() != Some(&colleague.user)),
                roster.confirmed_pairings(),
                None,
            );
            for user in colleagues.keys() {
                let entry = roster.get(&PersonId::Connect(user.clone())).expect("nobody is lost");
                let person = join.person(user).map(|(person, _)| person);
                prop_assert_eq!(entry.person().map(|person| &person.id), person);
            }

            // Favourites come first, each section has its heading, and no heading is without people.
            prop_assert_eq!(lines(&roster), expected_lines(&roster, department.as_deref()));
            for id in roster.favourites() {
                prop_assert!(roster.get(&id).is_none_or(|entry| entry.is_favourite()));
            }

            // The revision grows with visible changes, and only then, unless a page contains a person twice.
            let changed = seen(&roster) != visible;
            prop_assert!(!changed || roster.revision() > revision);
            prop_assert!(changed || has_duplicates || roster.revision() == revision);

            // Rows change their order only in a reorder, and not too often unless it is forced.
            match step {
                Step::Teams(..)
                | Step::Connect(..)
                | Step::Age
                | Step::Waiting(..)
                | Step::Photo(..)
                | Step::Wait(_) => prop_assert_eq!(&before, &after),
                // If there is room for all without the agent, the own department comes first no longer.
                Step::Own(_) | Step::OwnUser(_) if colleagues.is_empty() && was_cut == (roster.left_out() > 0) => {
                    prop_assert!(same_order(&before, &after));
                }
                Step::Called(_) | Step::CalledBefore(_) => prop_assert!(same_order(&before, &after)),
                Step::Favourite(ref id, _) => {
                    let row = roster.get(id).map_or(id, |entry| entry.id());
                    let others = |ids: Vec<PersonId>| -> Vec<_> { ids.into_iter().filter(|other| other != row).collect() };
                    prop_assert!(same_order(&others(before), &others(after)));
                }
                Step::Reorder { force: false } if before != after => {
                    prop_assert!(moved.is_none_or(|at| now.duration_since(at) >= SignedDuration::from_secs(5)));
                    moved = Some(now);
                }
                Step::Reorder { force: true } if before != after => moved = Some(now),
                Step::Add(_)
                | Step::Replace(_)
                | Step::Leave(_)
                | Step::Colleagues(_)
                | Step::Confirm(..)
                | Step::Undo(_)
                | Step::Toggle
                | Step::Group(_)
                | Step::Reorder { .. }
                | Step::Own(_)
                | Step::OwnUser(_)
                | Step::Department(_)
                | Step::Search(_) => {}
            }

            // Setting the same state again changes nothing.
            if let Step::Teams(id, state) = step {
                let (visible, revision) = (seen(&roster), roster.revision());
                let at = now + SignedDuration::from_secs(1);
                roster.set_teams(&id, state, at, at + VALID_FOR);
                prop_assert_eq!((seen(&roster), roster.revision()), (visible, revision));
            } else if let Step::Connect(user, state) = step {
                let (visible, revision) = (seen(&roster), roster.revision());
                let at = now + SignedDuration::from_secs(1);
                roster.set_connect(&user, state, at, at + VALID_FOR);
                prop_assert_eq!((seen(&roster), roster.revision()), (visible, revision));
            }
        }

        // After a reorder: favourites, then people who are there, each group A to Z, and nobody who is hidden as offline.
        roster.search("");
        roster.set_grouped(false);
        roster.reorder(now, true);
        let ranks: Vec<_> = roster
            .on_lines(0, usize::MAX)
            .map(|entry| {
                let name = entry.name();
                let is_near = is_near(&roster, entry, department.as_deref());
                (!entry.is_favourite(), !entry.is_favourite() && !is_near, !entry.is_there(), name.to_lowercase(), name, entry.id())
            })
            .collect();
        prop_assert!(ranks.is_sorted());
        if roster.hides_offline() {
            let mut rows = roster.on_lines(0, usize::MAX);
            prop_assert!(!rows.any(|entry| !entry.is_favourite() && is_offline(entry)));
        }
    }
}
