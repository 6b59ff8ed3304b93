//! Stores a secret that is longer than an entry may be in several entries. It must be read whole or not at all, even if
//! the process ended while it was stored.
//!
//! The entry of the account is the *head*. It contains the secret itself, or names the one of two *rows* of further
//! entries that contains the parts. A new secret is written to the other row; then the head is switched by one write;
//! then the old row is deleted. The row that the head names is never written to.

use std::{collections::HashMap, sync::Arc};

use keyring_core::{Entry, Error, Result, api::CredentialStore};

use crate::folder::IDENTIFIER;

/// The longest entry of Windows, in bytes (`CRED_MAX_CREDENTIAL_BLOB_SIZE`). Used on every system, so that all systems
/// treat a long token alike.
pub const LONGEST_ENTRY: usize = 2560;

/// The largest number of parts: far more than any token needs.
const MAX_PARTS: usize = 16;

/// The beginning of a head that names parts. No token begins with a control character.
const HEAD_MARK: &str = "\u{1}parts";

/// The longest secret that is kept, in bytes.
pub const LONGEST: usize = LONGEST_ENTRY * MAX_PARTS;

/// One of the two rows of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    A,
    B,
}

impl Row {
    const ALL: [Self; 2] = [Self::A, Self::B];

    fn name(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// A head that names parts: their row, their number, and their length in bytes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    row: Row,
    parts: usize,
    bytes: usize,
}

impl Head {
    fn write(self) -> String {
        format!("{HEAD_MARK} {} {} {}", self.row.name(), self.parts, self.bytes)
    }

    /// None if the text is the secret itself.
    fn read(text: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(text).ok()?.strip_prefix(HEAD_MARK)?.split_ascii_whitespace();
        let name = words.next()?;
        let row = Row::ALL.into_iter().find(|row| row.name() == name)?;
        Some(Self { row, parts: words.next()?.parse().ok()?, bytes: words.next()?.parse().ok()? })
    }
}

/// The entries of one account.
pub struct Account<'a> {
    store: &'a Arc<CredentialStore>,
    name: &'a str,
    modifiers: HashMap<&'a str, &'a str>,
}

impl<'a> Account<'a> {
    /// The entries are looked up when they are needed. `modifiers` are the options with which the store creates them.
    pub fn new(store: &'a Arc<CredentialStore>, name: &'a str, modifiers: &[(&'a str, &'a str)]) -> Self {
        Self { store, name, modifiers: modifiers.iter().copied().collect() }
    }

    /// The whole secret. None if there is none, or if a part of it is missing.
    pub fn load(&self) -> Result<Option<Vec<u8>>> {
        let Some(text) = read(&self.head()?)? else { return Ok(None) };
        let Some(head) = Head::read(&text) else { return Ok(Some(text)) };
        let mut whole = Vec::with_capacity(head.bytes.min(LONGEST));
        for number in 0..head.parts.min(MAX_PARTS) {
            let Some(part) = read(&self.part(head.row, number)?)? else { break };
            whole.extend(part);
        }
        if whole.len() == head.bytes {
            return Ok(Some(whole));
        }
        tracing::warn!("a part of a secret is missing in the keyring, so none of it is used");
        Ok(None)
    }

    /// Stores the secret in place of the current one.
    ///
    /// # Errors
    /// When it is longer than [`LONGEST`], or the keyring fails. The old secret is then still stored.
    pub fn store(&self, secret: &[u8]) -> Result<()> {
        let old = read(&self.head()?)?.and_then(|text| Head::read(&text));
        if secret.len() <= LONGEST_ENTRY {
            self.head()?.set_secret(secret)?;
            return self.delete_rows(&Row::ALL);
        }
        if secret.len() > LONGEST {
            return Err(Error::TooLong("secret".to_owned(), u32::try_from(LONGEST).unwrap_or(u32::MAX)));
        }
        let row = old.map_or(Row::A, |old| old.row.other());
        // A process that ended early may have left more parts there.
        self.delete_rows(&[row])?;
        let parts = secret.chunks(LONGEST_ENTRY);
        let head = Head { row, parts: parts.len(), bytes: secret.len() };
        for (number, part) in parts.enumerate() {
            self.part(row, number)?.set_secret(part)?;
        }
        self.head()?.set_secret(head.write().as_bytes())?;
        self.delete_rows(&[row.other()])
    }

    /// Deletes the secret.
    pub fn delete(&self) -> Result<()> {
        delete(&self.head()?)?;
        self.delete_rows(&Row::ALL)
    }

    /// Deletes rows from their ends: if this is interrupted, the rest can still be found from its beginning.
    fn delete_rows(&self, rows: &[Row]) -> Result<()> {
        for row in rows {
            let mut found = Vec::new();
            for number in 0..MAX_PARTS {
                let entry = self.part(*row, number)?;
                if read(&entry)?.is_none() {
                    break;
                }
                found.push(entry);
            }
            for entry in found.iter().rev() {
                delete(entry)?;
            }
        }
        Ok(())
    }

    fn head(&self) -> Result<Entry> {
        self.entry(self.name)
    }

    fn part(&self, row: Row, number: usize) -> Result<Entry> {
        self.entry(&format!("{}#{}{number}", self.name, row.name()))
    }

    fn entry(&self, name: &str) -> Result<Entry> {
        let modifiers = Some(&self.modifiers).filter(|modifiers| !modifiers.is_empty());
        self.store.build(IDENTIFIER, name, modifiers)
    }
}

fn read(entry: &Entry) -> Result<Option<Vec<u8>>> {
    match entry.get_secret() {
        Ok(secret) => Ok(Some(secret)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

fn delete(entry: &Entry) -> Result<()> {
    match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
