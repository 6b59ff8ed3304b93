use presence::identity::ObjectId;
use proptest::prelude::*;

use super::*;

const NOBODY: FindContext = FindContext { found: Some(0) };

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_millis(milliseconds)
}

fn typed(text: &str) -> FindIn {
    FindIn::Typed(text.to_owned())
}

fn person(name: &str) -> DirectoryPerson {
    DirectoryPerson {
        id: ObjectId::new(name),
        name: name.to_owned(),
        given: None,
        surname: None,
        upn: format!("{name}@contoso.com"),
        mail: None,
        department: None,
        job_title: None,
        numbers: Vec::new(),
    }
}

fn answered(text: &str, people: &[&str]) -> FindIn {
    FindIn::Answered { text: text.to_owned(), people: people.iter().map(|name| person(name)).collect() }
}

/// "quinlan" was typed at 0 and is asked for at 600.
fn asking() -> Find {
    let mut find = Find::default();
    assert_eq!(find.on(typed("quinlan"), NOBODY, at(0)), []);
    assert_eq!(find.deadline(), Some(at(600)));
    assert_eq!(find.on(FindIn::Due, NOBODY, at(600)), [FindOut::Ask("quinlan".to_owned())]);
    assert_eq!(find.asked(), DirectorySearch::Asking);
    find
}

#[test]
fn a_text_that_finds_nobody_is_asked_for_once_when_it_has_settled() {
    let mut find = Find::default();
    for (time, text) in [(0, "qui"), (400, "quin"), (800, "quinlan"), (1000, " quinlan ")] {
        find.on(typed(text), NOBODY, at(time));
        assert_eq!(find.on(FindIn::Due, NOBODY, at(time)), []);
    }
    assert_eq!(find.on(FindIn::Due, NOBODY, at(1400)), [FindOut::Ask("quinlan".to_owned())]);
    assert_eq!((find.on(FindIn::Due, NOBODY, at(9000)), find.deadline()), (vec![], None), "once");
}

#[test]
fn a_text_that_matches_somebody_in_the_list_is_not_asked_for() {
    for found in [None, Some(1), Some(300)] {
        let mut find = Find::default();
        find.on(typed("quinlan"), FindContext { found }, at(0));
        assert_eq!(find.on(FindIn::Due, FindContext { found }, at(600)), []);
        assert_eq!((find.asked(), find.deadline()), (DirectorySearch::NotAsked, None));
    }
}

#[test]
fn short_texts_and_numbers_do_not_leave_the_machine() {
    for text in ["", "qu", "  qu ", "+44 1632 960123", "012", "(...)"] {
        let mut find = Find::default();
        find.on(typed(text), NOBODY, at(0));
        assert_eq!(find.deadline(), None, "{text}");
    }
}

#[test]
fn people_who_are_found_come_into_the_list_which_counts_them() {
    let mut find = asking();
    let out = find.on(answered("quinlan", &["Saoirse", "Noor"]), NOBODY, at(900));
    assert_eq!(out, [FindOut::Add(vec![person("Saoirse"), person("Noor")])]);
    find.on(FindIn::Added, FindContext { found: Some(2) }, at(900));
    assert_eq!(find.asked(), DirectorySearch::Found { count: 2 });

    let mut find = asking();
    find.on(answered("quinlan", &["Saoirse"]), NOBODY, at(900));
    find.on(FindIn::Added, NOBODY, at(900));
    assert_eq!(find.asked(), DirectorySearch::Nobody, "a person who matches by other rules is not shown");
}

#[test]
fn an_answer_for_another_text_changes_nothing_and_adds_nobody() {
    let mut find = asking();
    find.on(typed("quinlann"), NOBODY, at(700));
    assert_eq!(find.on(answered("quinlan", &["Saoirse"]), NOBODY, at(900)), []);
    assert_eq!((find.asked(), find.deadline()), (DirectorySearch::NotAsked, Some(at(1300))));
    find.on(FindIn::Due, NOBODY, at(1300));
    find.on(
        FindIn::Failed { text: "quinlan".to_owned(), next: NextRequest::Wait(at(60_000)) },
        NOBODY,
        at(1400),
    );
    assert_eq!(find.asked(), DirectorySearch::Asking);
    find.on(FindIn::Over, NOBODY, at(1500));
    assert_eq!(find.on(answered("quinlann", &["Saoirse"]), NOBODY, at(1600)), [], "the drawer is closed");
}

#[test]
fn what_was_answered_is_known_until_the_drawer_closes() {
    let mut find = asking();
    find.on(answered("quinlan", &[]), NOBODY, at(900));
    assert_eq!(find.asked(), DirectorySearch::Nobody);
    find.on(typed("quin"), NOBODY, at(1000));
    find.on(typed("quinlan"), NOBODY, at(1100));
    assert_eq!((find.asked(), find.deadline()), (DirectorySearch::Nobody, None));
    find.on(FindIn::Over, NOBODY, at(1200));
    find.on(typed("quinlan"), NOBODY, at(1300));
    assert_eq!((find.asked(), find.deadline()), (DirectorySearch::NotAsked, Some(at(1900))));
}

#[test]
fn a_directory_that_does_not_answer_is_asked_again_when_it_may_be() {
    let mut find = asking();
    find.on(
        FindIn::Failed { text: "quinlan".to_owned(), next: NextRequest::OnceMore(at(1900)) },
        NOBODY,
        at(900),
    );
    assert_eq!((find.asked(), find.deadline()), (DirectorySearch::Asking, Some(at(1900))), "that is soon");
    assert_eq!(find.on(FindIn::Due, NOBODY, at(1900)).len(), 1);
    find.on(
        FindIn::Failed { text: "quinlan".to_owned(), next: NextRequest::Wait(at(12_000)) },
        NOBODY,
        at(2000),
    );
    assert_eq!((find.asked(), find.deadline()), (DirectorySearch::NoAnswer, Some(at(12_000))));
    assert_eq!(find.on(FindIn::Due, NOBODY, at(12_000)).len(), 1);
    find.on(FindIn::Held { text: "quinlan".to_owned(), until: at(40_000) }, NOBODY, at(12_000));
    assert_eq!((find.asked(), find.deadline()), (DirectorySearch::NoAnswer, Some(at(40_000))));
    assert_eq!(
        find.on(FindIn::Due, FindContext { found: Some(1) }, at(40_000)),
        [],
        "somebody came into the list"
    );
}

#[test]
fn a_text_that_was_not_asked_for_without_a_login_is_asked_for_after_it() {
    let mut find = asking();
    find.on(FindIn::SignedOut, NOBODY, at(601));
    assert_eq!(find.asked(), DirectorySearch::NotAsked);
    let due = find.deadline().unwrap();
    assert_eq!(find.on(FindIn::Due, NOBODY, due), [FindOut::Ask("quinlan".to_owned())]);
}

proptest! {
    /// Whatever is typed and answered: at most one question for each text that was unchanged for long enough, and
    /// nobody is added who was not asked for by what is in the field.
    #[test]
    fn each_text_is_asked_for_once(steps in prop::collection::vec((0_u8..5, 0_usize..3, 0_i64..900), 1..60)) {
        let texts = ["quinlan", "oberhuber", "vandenberghe"];
        let (mut find, mut now, mut field) = (Find::default(), at(0), "");
        let mut asked: Vec<String> = Vec::new();
        for (kind, which, wait) in steps {
            now += SignedDuration::from_millis(wait);
            let out = match kind {
                0 | 1 => { field = texts[which]; find.on(typed(field), NOBODY, now) }
                2 => find.on(answered(texts[which], &["Saoirse"]), NOBODY, now),
                _ => find.on(FindIn::Due, NOBODY, now),
            };
            for out in out {
                match out {
                    FindOut::Ask(text) => {
                        prop_assert_eq!(&text, field);
                        asked.push(text);
                    }
                    FindOut::Add(_) => {
                        prop_assert_eq!(texts[which], field);
                        prop_assert!(asked.iter().any(|text| text == field));
                        find.on(FindIn::Added, FindContext { found: Some(1) }, now);
                    }
                }
            }
        }
    }
}
