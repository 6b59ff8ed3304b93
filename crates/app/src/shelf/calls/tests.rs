use std::collections::BTreeSet;

use people::Roster;
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::{
    fixture::person,
    machine::recent::{Recent, RecentIn, RecentOut},
};

fn kept() -> KeptCalls {
    let call = |id: &str, way, number: Option<ShownNumber>, connected| KeptCall {
        name: "Łukasz O'Brien-Müller".to_owned(),
        over: CallOver {
            person: PersonId::parse(id).unwrap(),
            way,
            number,
            at: "2026-11-30T09:12:03.25Z".parse().unwrap(),
            connected,
        },
    };
    let number = |digits: Option<&str>| ShownNumber {
        e164: "+441632960029".to_owned(),
        digits: digits.map(str::to_owned),
    };
    let calls = vec![
        call("0a1b-2c", CallWay::Out, Some(number(Some("4025"))), Some(Duration::from_secs(222))),
        call("connect:u-1", CallWay::Missed, None, None),
        call("0a1b-2c", CallWay::In, Some(number(None)), Some(Duration::ZERO)),
    ];
    KeptCalls { whose: CallsOwner { tenant: "contoso".to_owned(), person: ObjectId::new("anna") }, calls }
}

#[test]
fn calls_come_back_as_they_were_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("not yet there");
    assert_eq!(read(&data), None);
    save(&data, kept()).unwrap();
    assert_eq!(read(&data), Some(kept()));
    let fewer = KeptCalls { calls: kept().calls.split_off(2), ..kept() };
    save(&data, fewer.clone()).unwrap();
    assert_eq!(read(&data), Some(fewer));
}

#[test]
fn a_file_that_is_torn_foreign_newer_or_too_long_counts_as_none() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), kept()).unwrap();
    let good = fs::read_to_string(file(folder.path())).unwrap();
    let newer = good.replace("\"version\":1", "\"version\":2");
    assert_ne!(newer, good);
    let long = format!("{good}{}", " ".repeat(usize::try_from(LARGEST).unwrap()));
    for text in ["", "[]", "{\"version\":1}", &good[..good.len() - 5], &newer, &long] {
        fs::write(file(folder.path()), text).unwrap();
        assert_eq!(read(folder.path()), None, "{}", &text[..text.len().min(80)]);
    }
    fs::write(file(folder.path()), &good).unwrap();
    assert_eq!(read(folder.path()), Some(kept()));
}

#[test]
fn a_call_has_nothing_but_what_is_shown_of_it() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), kept()).unwrap();
    let text = fs::read_to_string(file(folder.path())).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys = |value: &serde_json::Value| {
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort_unstable();
        keys
    };
    assert_eq!(keys(&value), ["calls", "person", "tenant", "version"]);
    assert_eq!(keys(&value["calls"][0]), ["at", "digits", "name", "number", "person", "seconds", "way"]);
    assert_eq!(keys(&value["calls"][1]), ["at", "name", "person", "way"]);
}

#[cfg(unix)]
#[test]
fn the_file_is_for_this_person_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    save(&data, kept()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&file(&data))), (0o700, 0o600));
}

const NUMBERS: [(&str, &str); 2] = [("anna", "+441632960001"), ("hiro", "+441632960002")];

fn roster() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(NUMBERS.map(|(id, number)| person(id, id, &[number])).into());
    roster
}

proptest! {
    /// Every number in the file belongs to a person of the list, whatever number they were called on.
    #[test]
    fn no_number_of_anybody_else_reaches_the_file(
        calls in vec(
            (
                select(vec!["anna", "hiro", "customer"]),
                prop_oneof!["\\+44163296000[12]", "\\+[1-9][0-9]{7,14}", "[0-9]{3,6}"],
                proptest::option::of("[0-9,]{1,6}"),
                select(vec![CallWay::Out, CallWay::In, CallWay::Missed]),
            ),
            1..40,
        ),
    ) {
        let (mut recent, roster, now) = (Recent::default(), roster(), Timestamp::UNIX_EPOCH);
        let whose = CallsOwner { tenant: "contoso".to_owned(), person: ObjectId::new("agent") };
        let inputs = [RecentIn::Begin { keeps: 500 }, RecentIn::SignedIn { whose }, RecentIn::Read(None)];
        for input in inputs {
            recent.on(input, &roster, now);
        }
        for (person, e164, digits, way) in calls {
            let number = Some(ShownNumber { e164, digits });
            let person = PersonId::Entra(ObjectId::new(person));
            let over = CallOver { person, way, number, at: now, connected: None };
            for out in recent.on(RecentIn::Ended(over), &roster, now) {
                let RecentOut::Keep(kept) = out else { continue };
                let text = serde_json::to_string(&CallsFile::from(kept)).unwrap();
                let value: serde_json::Value = serde_json::from_str(&text).unwrap();
                let rows = value["calls"].as_array().unwrap();
                let read: BTreeSet<(&str, &str)> = rows
                    .iter()
                    .filter_map(|row| Some((row["person"].as_str()?, row["number"].as_str()?)))
                    .collect();
                prop_assert!(read.is_subset(&NUMBERS.into()), "{}", text);
                // Nobody has an extension, so none is kept; the only other digits are those of the version and the
                // moment.
                let rest = text.replace("\"version\":1", "").replace("1970-01-01T00:00:00Z", "");
                let rest = NUMBERS.iter().fold(rest, |rest, (_, number)| rest.replace(number, ""));
                prop_assert!(!rest.contains(|letter: char| letter.is_ascii_digit()), "{}", text);
            }
        }
    }
}
