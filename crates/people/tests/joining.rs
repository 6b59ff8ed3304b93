//! One row for each person in whatever order data arrive, and joins that can be undone.

mod world;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use people::{Colleague, ConnectSeen, Country, Join, JoinedBy, Pairing, Person, PersonId, Roster};
use presence::{aws::UserId, identity::ObjectId, teams::TeamsState};
use proptest::{collection::btree_map, collection::btree_set, option, prelude::*};

use self::world::*;

/// All data that arrive.
#[derive(Debug, Clone)]
struct World {
    people: Vec<Person>,
    colleagues: Vec<Colleague>,
    confirmed: BTreeMap<UserId, ObjectId>,
    teams: BTreeMap<ObjectId, TeamsState>,
    connect: BTreeMap<UserId, ConnectSeen>,
    favourites: Vec<PersonId>,
    own: Option<ObjectId>,
    own_user: Option<UserId>,
}

/// A part of the data.
#[derive(Debug, Clone)]
enum Part {
    Page(Vec<Person>),
    Colleagues,
    Confirmed,
    Teams(ObjectId),
    Connect(UserId),
    Favourite(PersonId),
    Own,
    OwnUser,
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000)
}

fn until() -> Timestamp {
    now() + VALID_FOR
}

prop_compose! {
    fn world()(
        people in btree_map(object_ids(), person(), 0..10),
        colleagues in btree_map(user_ids(), colleague(), 0..6),
        confirmed in btree_map(user_ids(), object_ids(), 0..4),
        teams in btree_map(object_ids(), teams_states(), 0..10),
        connect in btree_map(user_ids(), connect_states(), 0..6),
        favourites in btree_set(person_ids(), 0..3),
        own in option::of(object_ids()),
        own_user in option::of(user_ids()),
    ) -> World {
        World {
            people: people.into_iter().map(|(id, person)| Person { id, ..person }).collect(),
            colleagues: colleagues.into_iter().map(|(user, colleague)| Colleague { user, ..colleague }).collect(),
            confirmed,
            teams,
            connect,
            favourites: favourites.into_iter().collect(),
            own,
            own_user,
        }
    }
}

/// The data, and their parts in two random orders.
fn in_parts() -> impl Strategy<Value = (World, Vec<Part>, Vec<Part>)> {
    world().prop_flat_map(|world| {
        let mut parts = vec![Part::Colleagues, Part::Confirmed, Part::Own, Part::OwnUser];
        parts.extend(world.people.chunks(3).map(|page| Part::Page(page.to_vec())));
        parts.extend(world.teams.keys().cloned().map(Part::Teams));
        parts.extend(world.connect.keys().cloned().map(Part::Connect));
        parts.extend(world.favourites.iter().cloned().map(Part::Favourite));
        (Just(world), Just(parts.clone()).prop_shuffle(), Just(parts).prop_shuffle())
    })
}

impl World {
    fn take(&self, roster: &mut Roster, part: &Part) {
        match part {
            Part::Page(page) => roster.add(page.clone()),
            Part::Colleagues => roster.set_colleagues(self.colleagues.clone()),
            Part::Confirmed => roster.set_confirmed_pairings(self.confirmed.clone()),
            Part::Teams(id) => roster.set_teams(id, self.teams[id].clone(), now(), until()),
            Part::Connect(user) => roster.set_connect(user, self.connect[user].clone(), now(), until()),
            Part::Favourite(id) => roster.set_favourite(id, true),
            Part::Own => self.own.iter().for_each(|own| roster.set_own(own.clone())),
            Part::OwnUser => roster.set_own_user(self.own_user.clone()),
        }
    }

    /// The final rows. States arrive a second time, because those of unknown people are ignored.
    fn rows(&self, parts: &[Part]) -> Vec<Row> {
        let mut roster = Roster::new(None, Some(Country::GB));
        let is_state = |part: &&Part| matches!(part, Part::Teams(_) | Part::Connect(_));
        for part in parts.iter().chain(parts.iter().filter(is_state)) {
            self.take(&mut roster, part);
        }
        roster.reorder(now(), true);
        rows(&roster)
    }

    fn roster(&self) -> Roster {
        let mut roster = Roster::new(None, Some(Country::GB));
        roster.replace_all(self.people.clone(), now());
        roster.set_colleagues(self.colleagues.clone());
        roster.set_confirmed_pairings(self.confirmed.clone());
        for (id, state) in &self.teams {
            roster.set_teams(id, state.clone(), now(), until());
        }
        for (user, seen) in &self.connect {
            roster.set_connect(user, seen.clone(), now(), until());
        }
        roster.set_favourites(self.favourites.clone());
        roster
    }
}

/// The rows after a reorder.
fn settled(roster: &mut Roster) -> Vec<Row> {
    roster.reorder(now(), true);
    rows(roster)
}

proptest! {
    #[test]
    fn the_rows_do_not_depend_on_the_order_of_arrival((world, one, other) in in_parts()) {
        prop_assert_eq!(world.rows(&one), world.rows(&other));
    }

    /// The rows match a join of everybody, although the roster joins only those whose signs match.
    #[test]
    fn the_rows_match_a_join_of_everybody(world in world()) {
        let join = Join::new(&world.people, &world.colleagues, &world.confirmed, Some(Country::GB));
        let roster = world.roster();
        for Colleague { user, .. } in &world.colleagues {
            let entry = roster.get(&PersonId::Connect(user.clone())).unwrap();
            let (person, pairing) = match (join.person(user), join.proposed(user)) {
                (Some((person, by)), _) => (Some(person), Pairing::Joined(by)),
                (None, Some(person)) => (None, Pairing::Proposed(person.clone())),
                (None, None) => (None, Pairing::Alone),
            };
            prop_assert_eq!((entry.person().map(|person| &person.id), entry.pairing()), (person, &pairing));
        }
    }

    #[test]
    fn undoing_a_pairing_restores_the_rows(world in world(), user in user_ids(), id in object_ids()) {
        let mut roster = world.roster();
        roster.undo_pairing(&user);
        let before = settled(&mut roster);
        roster.confirm_pairing(user.clone(), id);
        let favourites = roster.on_lines(0, usize::MAX).filter(|entry| entry.is_favourite()).count();
        prop_assert!(favourites > 0 || !before.iter().any(|row| row.marks.0), "a mark of either side counts");
        settled(&mut roster);
        roster.undo_pairing(&user);
        prop_assert_eq!(settled(&mut roster), before);
    }

    #[test]
    fn removing_and_adding_one_side_restores_the_joins(world in world(), of_connect in any::<bool>()) {
        let mut roster = world.roster();
        let before: Vec<_> = settled(&mut roster).into_iter().map(|row| (row.id, row.sides, row.join)).collect();
        if of_connect {
            roster.set_colleagues(Vec::new());
            prop_assert!(rows(&roster).iter().all(|row| row.sides.1.is_none()));
            roster.set_colleagues(world.colleagues);
        } else {
            roster.replace_all(Vec::new(), now());
            prop_assert!(rows(&roster).iter().all(|row| row.sides.0.is_none()));
            roster.replace_all(world.people, now());
        }
        let mut after: Vec<_> = rows(&roster).into_iter().map(|row| (row.id, row.sides, row.join)).collect();
        let mut before = before;
        after.sort_by(|one, other| one.0.cmp(&other.0));
        before.sort_by(|one, other| one.0.cmp(&other.0));
        prop_assert_eq!(after, before);
    }
}

#[test]
fn a_proposed_pairing_can_be_confirmed_and_undone() {
    let person = Person {
        id: ObjectId::new("p"),
        name: "Ada Okafor".to_owned(),
        given: String::new(),
        surname: String::new(),
        upn: "ada@contoso.com".to_owned(),
        mail: None,
        department: None,
        job_title: None,
        numbers: Vec::new(),
    };
    let user = user_id(1);
    let colleague = Colleague {
        user: user.clone(),
        username: "aokafor".to_owned(),
        name: "Ada Okafor".to_owned(),
        object_id: None,
        mails: Vec::new(),
        number: None,
    };
    let mut roster = Roster::new(None, None);
    roster.add(vec![person.clone()]);
    roster.set_colleagues(vec![colleague]);
    let id = PersonId::Connect(user.clone());
    assert_eq!(roster.known(), 2);
    assert_eq!(roster.get(&id).unwrap().pairing(), &Pairing::Proposed(person.id.clone()));
    roster.confirm_pairing(user.clone(), person.id.clone());
    assert_eq!(roster.known(), 1);
    let entry = roster.get(&id).unwrap();
    assert_eq!(
        (entry.id(), entry.pairing()),
        (&PersonId::Entra(person.id.clone()), &Pairing::Joined(JoinedBy::Agent))
    );
    assert_eq!(roster.confirmed_pairings().get(&user), Some(&person.id));
    roster.undo_pairing(&user);
    assert_eq!((roster.known(), roster.confirmed_pairings().len()), (2, 0));
}
