//! Use a store with the entry length of Windows, in which a process can end after any change.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard},
};

use keyring_core::{
    Credential,
    api::{CredentialApi, CredentialStoreApi},
};

use super::*;

#[derive(Debug, Default)]
struct Kept {
    entries: BTreeMap<String, Vec<u8>>,
    /// The number of changes before the process ends; None if it does not end.
    changes: Option<usize>,
}

#[derive(Debug, Clone, Default)]
struct Narrow(Arc<Mutex<Kept>>);

#[derive(Debug)]
struct NarrowEntry {
    kept: Narrow,
    user: String,
}

impl Narrow {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().expect("no test panicked in here")
    }

    fn store(&self) -> Arc<CredentialStore> {
        Arc::new(self.clone())
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> Result<()>) -> Result<()> {
        let mut kept = self.lock();
        match &mut kept.changes {
            Some(0) => return Err(Error::PlatformFailure("the process ended".into())),
            Some(left) => *left -= 1,
            None => {}
        }
        change(&mut kept.entries)
    }
}

impl CredentialStoreApi for Narrow {
    fn vendor(&self) -> String {
        "narrow".to_owned()
    }

    fn id(&self) -> String {
        "narrow".to_owned()
    }

    fn build(&self, service: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        assert_eq!(service, IDENTIFIER);
        Ok(Entry::new_with_credential(Arc::new(NarrowEntry { kept: self.clone(), user: user.to_owned() })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for NarrowEntry {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        if secret.len() > LONGEST_ENTRY {
            return Err(Error::TooLong("secret".to_owned(), 2560));
        }
        self.kept.change(|entries| {
            entries.insert(self.user.clone(), secret.to_vec());
            Ok(())
        })
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        self.kept.lock().entries.get(&self.user).cloned().ok_or(Error::NoEntry)
    }

    fn delete_credential(&self) -> Result<()> {
        self.kept.change(|entries| entries.remove(&self.user).map(drop).ok_or(Error::NoEntry))
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some((IDENTIFIER.to_owned(), self.user.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A secret of this length, different for each letter.
fn secret(letter: char, length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| if at % 7 == 0 { b'0' + u8::try_from(at % 10).expect("a digit") } else { letter as u8 })
        .collect()
}

const LENGTHS: [usize; 7] =
    [1, LONGEST_ENTRY, LONGEST_ENTRY + 1, 2 * LONGEST_ENTRY, 2 * LONGEST_ENTRY + 1, 9000, LONGEST];

#[test]
fn a_secret_of_any_length_replaces_one_of_any_length_without_remains() {
    for first in LENGTHS {
        for second in LENGTHS {
            let kept = Narrow::default();
            let store = kept.store();
            let account = Account::new(&store, "priya", &[]);
            for (letter, length) in [('x', first), ('y', second)] {
                account.store(&secret(letter, length)).expect("stored");
                assert_eq!(account.load().expect("read"), Some(secret(letter, length)));
            }
            let entries = kept.lock().entries.len();
            let parts = if second <= LONGEST_ENTRY { 0 } else { second.div_ceil(LONGEST_ENTRY) };
            assert_eq!(entries, 1 + parts, "{first} then {second}");
            account.delete().expect("deleted");
            assert!(kept.lock().entries.is_empty());
            assert_eq!(account.load().expect("read"), None);
        }
    }
}

#[test]
fn wherever_the_process_ends_one_secret_is_whole_and_another_can_be_stored() {
    for first in LENGTHS {
        for second in LENGTHS {
            // More changes than any of these secrets needs.
            for changes in 0..40 {
                let kept = Narrow::default();
                let store = kept.store();
                let account = Account::new(&store, "priya", &[]);
                account.store(&secret('x', first)).expect("stored");
                kept.lock().changes = Some(changes);
                let done = account.store(&secret('y', second)).is_ok();
                kept.lock().changes = None;

                let found = account.load().expect("read");
                let whole = [secret('x', first), secret('y', second)];
                assert!(found.as_ref().is_some_and(|found| whole.contains(found)), "after {changes} changes");
                assert!(!done || found.as_ref() == whole.last());

                account.store(&secret('z', 6000)).expect("stored");
                assert_eq!(account.load().expect("read"), Some(secret('z', 6000)));
                assert_eq!(kept.lock().entries.len(), 4, "nothing of the others is left");
            }
        }
    }
}

#[test]
fn a_secret_with_a_missing_part_is_not_returned() {
    let kept = Narrow::default();
    let store = kept.store();
    let account = Account::new(&store, "priya", &[]);
    account.store(&secret('x', 9000)).expect("stored");
    let part = kept.lock().entries.keys().find(|name| name.contains('#')).cloned().expect("a part");
    kept.lock().entries.remove(&part);
    assert_eq!(account.load().expect("read"), None);
}

#[test]
fn a_secret_that_is_too_long_is_refused_and_the_old_one_is_kept() {
    let kept = Narrow::default();
    let store = kept.store();
    let account = Account::new(&store, "priya", &[]);
    account.store(&secret('x', 9000)).expect("stored");
    assert!(matches!(account.store(&secret('y', LONGEST + 1)), Err(Error::TooLong(..))));
    assert_eq!(account.load().expect("read"), Some(secret('x', 9000)));
}

#[test]
fn accounts_are_separate() {
    let kept = Narrow::default();
    let store = kept.store();
    Account::new(&store, "a", &[]).store(&secret('x', 9000)).expect("stored");
    Account::new(&store, "b", &[]).store(&secret('y', 9000)).expect("stored");
    Account::new(&store, "a", &[]).delete().expect("deleted");
    assert_eq!(Account::new(&store, "b", &[]).load().expect("read"), Some(secret('y', 9000)));
}
