use tempfile::TempDir;

use super::*;
use crate::machine::recent::CallsOwner;

fn person(number: usize) -> Person {
    Person {
        id: ObjectId::new(format!("{number:08x}-0000-4000-8000-00000000abcd")),
        name: format!("Łukasz O'Brien-Müller {number}"),
        given: "Łukasz".to_owned(),
        surname: format!("O'Brien-Müller {number}"),
        upn: format!("lukasz.obrien.mueller.{number}@contoso.com"),
        mail: (number.is_multiple_of(2)).then(|| format!("lukasz.{number}@contoso.com")),
        department: Some("Billing and contracts".to_owned()),
        job_title: Some("Senior adviser".to_owned()),
        numbers: vec![
            Number { kind: NumberKind::Work, as_written: "+44 (0)1632 960123 ext. 4000".to_owned() },
            Number { kind: NumberKind::Mobile, as_written: "+44 7700 900123".to_owned() },
        ],
    }
}

fn shelf(folder: &TempDir, of: &str) -> Shelf {
    Shelf { data: folder.path().to_path_buf(), of: of.to_owned() }
}

fn kept(count: usize) -> KeptPeople {
    KeptPeople { tenant: "contoso".to_owned(), people: (0..count).map(person).collect() }
}

fn photo() -> Photo {
    Photo::new(b"\xff\xd8\xff a picture".to_vec()).unwrap()
}

#[test]
fn people_and_photos_come_back_as_they_were_kept() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&folder, "a");
    shelf.save_people(kept(3)).unwrap();
    shelf.save_photo(&person(1).id, &photo()).unwrap();
    let KeptDirectory { people, photos } = shelf.read();
    assert_eq!(people, Some(kept(3)));
    let [KeptPhoto { who, photo: read, .. }] = photos.as_slice() else { panic!("one photo") };
    assert_eq!((who, read), (&person(1).id, &photo()));
    shelf.drop_photo(&person(1).id).unwrap();
    shelf.drop_photo(&person(2).id).unwrap();
    assert_eq!(shelf.read().photos, []);
}

#[test]
fn no_state_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&folder, "a");
    shelf.save_people(kept(1)).unwrap();
    let text = fs::read_to_string(shelf.people()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut keys: Vec<&str> = value["people"][0].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let known = ["department", "given", "id", "mail", "mobile", "name", "surname", "title", "upn", "work"];
    assert_eq!(keys, known);
}

#[test]
fn a_damaged_file_counts_as_none_and_the_photos_are_erased_with_it() {
    for damage in ["", "{\"of\":\"a\",\"ten", "[]", "{\"of\":\"a\",\"tenant\":\"contoso\",\"people\":[7]}"] {
        let folder = tempfile::tempdir().unwrap();
        let shelf = shelf(&folder, "a");
        shelf.save_photo(&person(1).id, &photo()).unwrap();
        fs::write(shelf.people(), damage).unwrap();
        let KeptDirectory { people, photos } = shelf.read();
        assert_eq!((people, photos.len()), (None, 0), "{damage}");
        assert!(!shelf.people().exists() && !shelf.photos().exists());
    }
}

#[test]
fn what_was_kept_for_another_registration_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    shelf(&folder, "a").save_people(kept(3)).unwrap();
    assert_eq!(shelf(&folder, "b").read().people, None);
    assert_eq!(shelf(&folder, "a").read().people, None);
}

#[test]
fn an_id_that_is_no_file_name_names_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&folder, "a");
    for id in ["", "..", "../people.json", "a/b", "a\\b", "C:", "connect:7", &"a".repeat(65)] {
        shelf.save_photo(&ObjectId::new(id), &photo()).unwrap();
        shelf.drop_photo(&ObjectId::new(id)).unwrap();
    }
    assert!(!shelf.photos().exists());
}

#[test]
fn what_is_no_picture_is_no_photo() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&folder, "a");
    shelf.save_people(kept(1)).unwrap();
    fs::create_dir_all(shelf.photos().join("a-folder")).unwrap();
    fs::write(shelf.photos().join("text"), "text").unwrap();
    fs::write(shelf.photos().join("large"), [b"\xff\xd8\xff".as_slice(), &vec![0; LARGEST_PHOTO]].concat())
        .unwrap();
    assert_eq!(shelf.read().photos, []);
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_this_person_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&folder, "a");
    shelf.save_people(kept(1)).unwrap();
    shelf.save_photo(&person(1).id, &photo()).unwrap();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(shelf.people()), mode(shelf.photos())), (0o600, 0o700));
    assert_eq!(mode(shelf.photo(&person(1).id).unwrap()), 0o600);
}

#[tokio::test]
async fn jobs_are_done_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let (report, mut reports) = mpsc::unbounded_channel();
    let jobs = start(folder.path(), "a".to_owned(), move |kept| drop(report.send(kept)));
    for job in [ShelfJob::People(Box::new(kept(2))), ShelfJob::Read, ShelfJob::Erase, ShelfJob::Read] {
        jobs.send(job).unwrap();
    }
    let people = |found| match found {
        Some(ShelfReport::People(kept)) => kept.people,
        Some(ShelfReport::Calls(_)) | None => panic!("not the people"),
    };
    assert_eq!(people(reports.recv().await), Some(kept(2)));
    assert_eq!(people(reports.recv().await), None);
    jobs.send(ShelfJob::People(Box::new(kept(1)))).unwrap();
    let (done, flushed) = oneshot::channel();
    jobs.send(ShelfJob::Flush(done)).unwrap();
    flushed.await.unwrap();
    assert!(folder.path().join("people.json").exists());
}

#[tokio::test]
async fn calls_have_a_file_of_their_own_which_is_removed_when_they_are_erased() {
    let folder = tempfile::tempdir().unwrap();
    let (report, mut reports) = mpsc::unbounded_channel();
    let jobs = start(folder.path(), "a".to_owned(), move |found| drop(report.send(found)));
    let whose = CallsOwner { tenant: "contoso".to_owned(), person: ObjectId::new("anna") };
    let calls = KeptCalls { whose, calls: Vec::new() };
    let all = [
        ShelfJob::People(Box::new(kept(1))),
        ShelfJob::Calls(Box::new(calls.clone())),
        ShelfJob::Erase,
        ShelfJob::ReadCalls,
        ShelfJob::EraseCalls,
        ShelfJob::EraseCalls,
        ShelfJob::ReadCalls,
    ];
    for job in all {
        jobs.send(job).unwrap();
    }
    let calls_of = |found| match found {
        Some(ShelfReport::Calls(calls)) => calls,
        Some(ShelfReport::People(_)) | None => panic!("not the calls"),
    };
    assert_eq!(calls_of(reports.recv().await), Some(calls));
    assert_eq!(calls_of(reports.recv().await), None);
    assert!(!folder.path().join("calls.json").exists());
}
