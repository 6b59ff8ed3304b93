//! Joins by each sign, and laws over random inputs.

use proptest::prelude::*;

use super::*;
use crate::{Number, NumberKind};

fn id(name: &str) -> ObjectId {
    ObjectId::new(name)
}

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

fn person(name: &str) -> Person {
    Person {
        id: id(name),
        name: name.to_owned(),
        given: String::new(),
        surname: String::new(),
        upn: format!("{name}@contoso.example"),
        mail: None,
        department: None,
        job_title: None,
        numbers: Vec::new(),
    }
}

fn colleague(name: &str) -> Colleague {
    Colleague {
        user: user(name),
        username: name.to_owned(),
        name: String::new(),
        object_id: None,
        mails: Vec::new(),
        number: None,
    }
}

fn join(people: &[Person], colleagues: &[Colleague]) -> Join {
    Join::new(people, colleagues, &BTreeMap::new(), Some(Country::GB))
}

fn joined_with(join: &Join, name: &str) -> Option<(String, JoinedBy)> {
    join.person(&user(name)).map(|(person, by)| (person.as_str().to_owned(), by))
}

#[test]
fn the_surest_sign_decides() {
    let people = [
        person("anna"),
        Person { mail: Some("Bo.Lind@Contoso.example".to_owned()), ..person("bo") },
        Person { mail: Some("carl@contoso.example".to_owned()), upn: "c1".to_owned(), ..person("carl") },
        Person {
            numbers: vec![Number { kind: NumberKind::Work, as_written: "01632 960029".to_owned() }],
            ..person("dora")
        },
    ];
    let colleagues = [
        Colleague {
            object_id: Some(id("anna")),
            username: "bo@contoso.example".to_owned(),
            ..colleague("1")
        },
        Colleague { username: "BO.LIND@contoso.example ".to_owned(), ..colleague("2") },
        Colleague {
            mails: vec!["old@x.example".to_owned(), "carl@contoso.example".to_owned()],
            ..colleague("3")
        },
        Colleague { number: Some("+44 1632 960029".to_owned()), ..colleague("4") },
        colleague("5"),
    ];
    let join = join(&people, &colleagues);
    let found = ["1", "2", "3", "4", "5"].map(|user| joined_with(&join, user));
    let joined = |name: &str, by| Some((name.to_owned(), by));
    assert_eq!(
        found,
        [
            joined("anna", JoinedBy::Tag),
            joined("bo", JoinedBy::Username),
            joined("carl", JoinedBy::Mail),
            joined("dora", JoinedBy::Number),
            None
        ]
    );
}

#[test]
fn a_user_who_matches_two_people_is_joined_with_neither() {
    let shared = |name: &str| Person { mail: Some("desk@contoso.example".to_owned()), ..person(name) };
    let desk = Colleague { username: "desk@contoso.example".to_owned(), ..colleague("desk") };
    assert_eq!(
        joined_with(&join(&[shared("anna"), shared("bo")], std::slice::from_ref(&desk)), "desk"),
        None
    );
    // A weaker sign does not join them either.
    let mails = vec!["anna@contoso.example".to_owned()];
    assert_eq!(
        joined_with(&join(&[shared("anna"), shared("bo")], &[Colleague { mails, ..desk }]), "desk"),
        None
    );
}

#[test]
fn two_users_who_match_one_person_are_both_left_unjoined() {
    let claims = |name: &str| Colleague { object_id: Some(id("anna")), ..colleague(name) };
    let both = join(&[person("anna")], &[claims("1"), claims("2")]);
    assert_eq!((joined_with(&both, "1"), joined_with(&both, "2")), (None, None));
}

#[test]
fn a_user_whose_tag_names_an_unknown_person_is_joined_with_nobody() {
    let gone = Colleague {
        object_id: Some(id("somebody who left")),
        username: "anna@contoso.example".to_owned(),
        ..colleague("1")
    };
    assert_eq!(joined_with(&join(&[person("anna")], &[gone]), "1"), None);
}

#[test]
fn the_agent_decides_if_nothing_else_can() {
    let named = |name: &str, user: &str| Colleague { name: name.to_owned(), ..colleague(user) };
    let people = [Person { id: id("zoe"), ..person("Zoë Neill") }, person("anna"), person("bo")];
    let colleagues = [named("Zoe Neill", "1"), named("anna", "2"), named("anna", "3")];
    let proposed = join(&people, &colleagues);
    assert_eq!(proposed.proposed(&user("1")), Some(&id("zoe")), "a name alone joins nobody");
    assert_eq!((joined_with(&proposed, "1"), proposed.proposed(&user("2"))), (None, None));
    let confirmed = BTreeMap::from([(user("1"), id("zoe")), (user("2"), id("anna"))]);
    let join = Join::new(&people, &colleagues, &confirmed, None);
    assert_eq!(joined_with(&join, "1"), Some(("zoe".to_owned(), JoinedBy::Agent)));
    assert_eq!(joined_with(&join, "2"), Some(("anna".to_owned(), JoinedBy::Agent)));
    assert_eq!(join.proposed(&user("3")), None);
}

#[test]
fn a_surer_sign_outweighs_the_agent() {
    let colleagues = [Colleague { username: "anna@contoso.example".to_owned(), ..colleague("1") }];
    let confirmed = BTreeMap::from([(user("1"), id("bo"))]);
    let join = Join::new(&[person("anna"), person("bo")], &colleagues, &confirmed, None);
    assert_eq!(joined_with(&join, "1"), Some(("anna".to_owned(), JoinedBy::Username)));
}

const NAMES: [&str; 4] = ["anna", "bo", "carl", "dora"];

fn any_person() -> impl Strategy<Value = Person> {
    let name = || prop::sample::select(NAMES.to_vec());
    (0_u8..9, name(), name(), prop::option::of(name()), prop::option::of(0_u8..3)).prop_map(
        |(number, name, upn, mail, dialled)| Person {
            id: id(&format!("p{number}")),
            upn: format!("{upn}@contoso.example"),
            mail: mail.map(|mail| format!("{mail}@contoso.example")),
            numbers: dialled
                .map(|last| Number { kind: NumberKind::Work, as_written: format!("+44163296000{last}") })
                .into_iter()
                .collect(),
            ..person(name)
        },
    )
}

fn any_colleague() -> impl Strategy<Value = Colleague> {
    let name = || prop::sample::select(NAMES.to_vec());
    let tag = prop::option::weighted(0.3, 0_u8..12);
    let mails = prop::collection::vec(name(), 0..2);
    (0_u8..9, name(), any::<bool>(), tag, mails, prop::option::of(0_u8..3)).prop_map(
        |(number, name, is_address, tag, mails, dialled)| Colleague {
            user: user(&format!("u{number}")),
            username: if is_address { format!("{name}@contoso.example") } else { name.to_owned() },
            name: name.to_owned(),
            object_id: tag.map(|tag| id(&format!("p{tag}"))),
            mails: mails.into_iter().map(|mail| format!("{mail}@contoso.example")).collect(),
            number: dialled.map(|last| format!("+44163296000{last}")),
        },
    )
}

proptest! {
    #[test]
    fn a_join_is_one_to_one_and_independent_of_order(
        people in prop::collection::vec(any_person(), 0..8),
        colleagues in prop::collection::vec(any_colleague(), 0..8),
        confirmed in prop::collection::btree_map((0_u8..9).prop_map(|number| user(&format!("u{number}"))), (0_u8..9).prop_map(|number| id(&format!("p{number}"))), 0..4),
    ) {
        // Ids are unique on each side.
        let people: Vec<Person> = people.into_iter().map(|person| (person.id.clone(), person)).collect::<BTreeMap<_, _>>().into_values().collect();
        let colleagues: Vec<Colleague> = colleagues.into_iter().map(|one| (one.user.clone(), one)).collect::<BTreeMap<_, _>>().into_values().collect();
        let join = Join::new(&people, &colleagues, &confirmed, None);
        let taken: Vec<&ObjectId> = join.iter().map(|(_, person)| person).collect();
        let each: BTreeSet<&ObjectId> = taken.iter().copied().collect();
        prop_assert_eq!(taken.len(), each.len(), "two users are joined with one person");
        for (user, person) in join.iter() {
            prop_assert!(people.iter().any(|known| known.id == *person));
            prop_assert!(colleagues.iter().any(|known| known.user == *user));
            prop_assert_eq!(join.proposed(user), None, "a joined user needs no proposal");
        }
        let (mut reversed_people, mut reversed_colleagues) = (people, colleagues);
        reversed_people.reverse();
        reversed_colleagues.reverse();
        prop_assert_eq!(&Join::new(&reversed_people, &reversed_colleagues, &confirmed, None), &join);
    }
}
