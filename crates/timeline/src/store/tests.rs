use jiff::SignedDuration;
use presence::timeline::{Input, TimedInput};
use proptest::{collection::vec, prelude::*};

use super::*;

const START: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn at(seconds: i64) -> Timestamp {
    START + SignedDuration::from_secs(seconds)
}

/// An entry that differs from those of all other times.
fn entry(seconds: i64) -> TimelineEntry {
    TimelineEntry::Input(TimedInput { at: at(seconds), seen: Input::Back(seconds % 2 == 0) })
}

fn store(folder: &Path) -> TimelineStore {
    TimelineStore { file_bytes: 400, all_bytes: 2000, ..TimelineStore::new(folder) }
}

fn times(record: &TimelineRecord) -> Vec<Timestamp> {
    record.entries.iter().map(TimelineEntry::at).collect()
}

fn all(store: &TimelineStore, now: Timestamp) -> TimelineRecord {
    store.read(Timestamp::MIN, now)
}

#[test]
fn what_was_kept_is_read_in_both_orders() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("not yet there"));
    assert_eq!(all(&store, START), TimelineRecord::default());
    for seconds in 0..12 {
        store.append(&entry(seconds)).unwrap();
    }
    assert!(store.files().len() > 1, "{:?}", store.files());
    let record = all(&store, at(60));
    assert_eq!(record.entries, (0..12).map(entry).collect::<Vec<_>>());
    let newest: Vec<_> = store.newest_first(at(60)).collect();
    assert_eq!(newest, (0..12).rev().map(entry).collect::<Vec<_>>());
    assert_eq!(times(&store.read(at(9), at(60))), [at(9), at(10), at(11)]);
}

#[test]
fn a_torn_last_line_is_the_only_one_that_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let store = TimelineStore::new(folder.path());
    store.append(&entry(1)).unwrap();
    store.append(&entry(2)).unwrap();
    let path = store.files().pop().unwrap();
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(fs::metadata(&path).unwrap().len() - 9).unwrap();
    store.append(&entry(3)).unwrap();
    let record = all(&store, at(60));
    assert_eq!((times(&record), record.damaged), (vec![at(1), at(3)], 1));
}

#[test]
fn garbage_in_the_middle_is_skipped_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let store = TimelineStore::new(folder.path());
    store.append(&entry(1)).unwrap();
    let path = store.files().pop().unwrap();
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"\0\0\0\xff\n{\"at\":1}\n\n[]\n").unwrap();
    store.append(&entry(2)).unwrap();
    let record = all(&store, at(60));
    assert_eq!((times(&record), record.damaged), (vec![at(1), at(2)], 3));
}

#[test]
fn what_is_older_than_thirty_days_is_not_shown_and_is_removed_with_its_file() {
    const DAY: i64 = 24 * 60 * 60;
    let folder = tempfile::tempdir().unwrap();
    let store = TimelineStore::new(folder.path());
    for day in 0..40 {
        store.append(&entry(day * DAY)).unwrap();
    }
    let now = at(39 * DAY + 1);
    let record = all(&store, now);
    assert_eq!(record.entries.first(), Some(&entry(10 * DAY)));
    assert_eq!(record.entries.len(), 30);
    assert!(store.files().len() <= 31);
    assert_eq!(all(&store, at(80 * DAY)), TimelineRecord::default());
}

#[test]
fn all_files_together_stay_below_their_limit() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    for seconds in 0..200 {
        store.append(&entry(seconds)).unwrap();
    }
    let bytes: u64 = store.files().iter().map(|path| size(path)).sum();
    // Only as much is removed as one more file needs.
    assert!((1200..=2000 + 100).contains(&bytes), "{bytes}");
    let record = all(&store, at(300));
    assert_eq!(record.entries.last(), Some(&entry(199)));
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FOLDER), b"a file").unwrap();
    assert!(TimelineStore::new(folder.path()).append(&entry(1)).is_err());
}

#[cfg(unix)]
#[test]
fn the_record_is_for_this_person_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = TimelineStore::new(folder.path());
    store.append(&entry(1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&store.folder()), mode(&store.files()[0])), (0o700, 0o600));
}

/// What happens to a store.
#[derive(Debug, Clone)]
enum Act {
    Append,
    /// The power fails: the last file loses this many bytes at its end.
    Cut(u64),
    Pass(i64),
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => Just(Act::Append),
        1 => (1_u64..200).prop_map(Act::Cut),
        1 => (1_i64..400_000).prop_map(Act::Pass),
    ]
}

proptest! {
    /// What is read was appended, in that order. Only what was cut off and the beginning may be missing.
    #[test]
    fn what_is_read_was_appended(acts in vec(acts(), 1..80)) {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        let (mut seconds, mut appended, mut cut) = (0, Vec::new(), 0);
        for act in acts {
            match act {
                Act::Append => {
                    seconds += 1;
                    store.append(&entry(seconds)).unwrap();
                    appended.push(at(seconds));
                }
                Act::Cut(bytes) => {
                    if let Some(path) = store.files().pop() {
                        let file = OpenOptions::new().write(true).open(&path).unwrap();
                        let lost = bytes.min(size(&path));
                        file.set_len(size(&path) - lost).unwrap();
                        cut += lost;
                    }
                }
                Act::Pass(length) => seconds += length,
            }
        }
        let read = times(&all(&store, at(seconds)));
        let mut rest = appended.iter();
        for found in &read {
            prop_assert!(rest.any(|known| known == found), "{found} was not appended, or not there");
        }
        if cut == 0 {
            prop_assert!(appended.ends_with(&read));
            prop_assert!(appended.is_empty() || read.last() == appended.last());
        }
    }
}
