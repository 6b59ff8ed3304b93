//! Any text of a directory is shown as one visible line of limited length, without marks of direction.

#![expect(clippy::unwrap_used, reason = "an id that is none is a failed test")]

mod fixture;

use jiff::{SignedDuration, Timestamp};
use people::{Colleague, LineRef, Person, Roster};
use presence::{aws::UserId, identity::ObjectId, shown};
use proptest::{collection::vec, option, prelude::*, sample::select};

use fixture::person;

fn user(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

fn names(roster: &Roster) -> Vec<&str> {
    roster.on_lines(0, usize::MAX).map(people::Entry::name).collect()
}

fn ordered(mut roster: Roster) -> Roster {
    roster.reorder(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1), true);
    roster
}

#[test]
fn an_invisible_name_is_replaced_by_an_address() {
    let mut roster = Roster::new(None, None);
    let blank = ["\u{200b}", "\u{2800}\u{2800}", "\u{3164}", "\u{301}\u{301}", "", " \n"];
    roster.add(blank.iter().enumerate().map(|(n, name)| person(&format!("u{n}"), name)).collect());
    let mail =
        Person { upn: "\u{200b}".to_owned(), mail: Some("m@contoso.com".to_owned()), ..person("u6", "") };
    let parts =
        Person { upn: String::new(), given: "Ana".to_owned(), surname: "Lee".to_owned(), ..person("u7", "") };
    let nothing = Person { upn: String::new(), ..person("u8", "\u{ad}") };
    roster.add(vec![mail, parts, nothing]);
    let roster = ordered(roster);
    assert_eq!(
        names(&roster),
        [
            "Ana Lee",
            "m@contoso.com",
            "u0@contoso.com",
            "u1@contoso.com",
            "u2@contoso.com",
            "u3@contoso.com",
            "u4@contoso.com",
            "u5@contoso.com",
            "u8"
        ]
    );
}

#[test]
fn somebody_without_an_address_is_listed_by_their_name() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![Person { upn: String::new(), ..person("u1", "No UPN") }]);
    assert_eq!(names(&roster), ["No UPN"]);
}

#[test]
fn people_are_sorted_and_found_by_what_is_shown() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("z", "\u{202e}Bea"), person("y", "\u{200b}"), person("x", "A\u{ad}da\nLee")]);
    let mut roster = ordered(roster);
    assert_eq!(names(&roster), ["Ada Lee", "Bea", "y@contoso.com"]);
    for typed in ["ada lee", "A\u{200b}da", "\u{202e}ada"] {
        roster.search(typed);
        assert_eq!(names(&roster), ["Ada Lee"], "{typed:?}");
    }
    roster.search("\u{200b}");
    assert_eq!(roster.found(), None, "nothing is searched");
}

#[test]
fn a_user_of_connect_alone_has_a_visible_name() {
    let colleague = |id: &str, name: &str, username: &str, mails: Vec<&str>| Colleague {
        user: user(id),
        username: username.to_owned(),
        name: name.to_owned(),
        object_id: None,
        mails: mails.into_iter().map(str::to_owned).collect(),
        number: None,
    };
    let mut roster = Roster::new(None, None);
    roster.set_colleagues(vec![
        colleague("u-1", "\u{3164}", "ada", vec![]),
        colleague("u-2", "\u{202e}Bea", "b", vec![]),
        colleague("u-3", "", "\u{2800}", vec!["\u{200b}", "c@contoso.com"]),
        colleague("u-4", "", " ", vec![]),
    ]);
    let roster = ordered(roster);
    assert_eq!(names(&roster), ["ada", "Bea", "c@contoso.com", "u-4"]);
}

fn text() -> impl Strategy<Value = String> {
    let sign = select(vec![
        '\u{202e}', '\u{2066}', '\u{2069}', '\u{200b}', '\u{200d}', '\n', '\r', '\u{2028}', '\u{2800}',
        '\u{3164}', '\u{301}', ' ', 'a', 'א', '👩',
    ]);
    prop_oneof![
        any::<String>(),
        vec(sign, 0..300).prop_map(|letters| letters.into_iter().collect::<String>()),
        "[A-Z][a-z]{1,5}"
    ]
}

fn anybody() -> impl Strategy<Value = Person> {
    let texts = (text(), text(), text(), text());
    ("[a-f]{1,2}", texts, option::of(text()), option::of(text()), option::of(text())).prop_map(
        |(id, (name, given, surname, upn), mail, department, job_title)| Person {
            id: ObjectId::new(id),
            name,
            given,
            surname,
            upn,
            mail,
            department,
            job_title,
            numbers: Vec::new(),
        },
    )
}

fn any_user() -> impl Strategy<Value = Colleague> {
    (0..6_u8, text(), text(), vec(text(), 0..2)).prop_map(|(number, username, name, mails)| Colleague {
        user: user(&format!("u-{number}")),
        username,
        name,
        object_id: None,
        mails,
        number: None,
    })
}

/// Whether the text is a visible line already.
fn is_shown(text: &str) -> bool {
    shown::line(text).as_deref() == Some(text)
}

proptest! {
    #[test]
    fn every_row_and_every_heading_is_a_visible_line(
        people in vec(anybody(), 0..12),
        again in vec(anybody(), 0..12),
        users in vec(any_user(), 0..6),
    ) {
        let mut roster = Roster::new(None, None);
        roster.set_grouped(true);
        roster.add(people);
        roster.set_colleagues(users);
        roster.replace_all(again, Timestamp::UNIX_EPOCH);
        for entry in roster.entries() {
            prop_assert!(is_shown(entry.name()), "{:?}", entry.name());
            prop_assert!(entry.department().is_none_or(is_shown));
        }
        for line in roster.lines_in(0, usize::MAX) {
            if let LineRef::Department(name) = line {
                prop_assert!(name.is_empty() || is_shown(&name), "{name:?}");
            }
        }
    }
}
