//! Small values of the program in the data folder, kept as JSON: provenance, favourites, the draft of the wizard.
//!
//! Blocking. A file that cannot be read is named in the log and left alone.

use std::{fs, io, path::Path};

use serde::{Serialize, de::DeserializeOwned};

use crate::atomic;

/// Reads a file of the program; none if there is no such file, or it is torn or not the program's.
#[must_use]
pub fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(file = %path.display(), %error, "a file cannot be read");
            return None;
        }
    };
    serde_json::from_slice(&bytes)
        .inspect_err(|error| tracing::warn!(file = %path.display(), %error, "a file is not ours or torn"))
        .ok()
}

/// Writes it, whole or not at all.
///
/// # Errors
/// As [`atomic::write`], or a value that is no JSON.
pub fn write<T: Serialize + ?Sized>(path: &Path, value: &T) -> io::Result<()> {
    atomic::write(path, &serde_json::to_vec(value)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_as_it_was_kept_and_a_torn_file_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("not yet there").join("names.json");
        assert_eq!(read::<Vec<String>>(&path), None);
        write(&path, ["Lunch", "Meeting"].as_slice()).unwrap();
        assert_eq!(read::<Vec<String>>(&path), Some(vec!["Lunch".to_owned(), "Meeting".to_owned()]));
        fs::write(&path, b"[\"Lunch\"").unwrap();
        assert_eq!(read::<Vec<String>>(&path), None);
    }
}
