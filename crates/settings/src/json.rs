//! Small values of the program in the data folder, kept as JSON: provenance, favourites, the draft of the wizard.
//!
//! Blocking. A file that cannot be read is named in the log and counts as none. What is in it is put aside first, so that
//! the next value that is kept does not replace it: people open these files, and editors write what they like.

use std::{
    borrow::Cow,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{atomic, bounded, odd};

/// The longest file of the program that is read, in bytes. The provenance of a day has some KB.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What is behind the name of a file that could not be read.
const ASIDE: &str = "unreadable";

/// Reads a file of the program; none if there is no such file, or it is torn or not the program's.
#[must_use]
pub fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let refused = |reason: &str| {
        tracing::warn!(file = %path.display(), reason, "a file cannot be read, and counts as none");
    };
    let bytes = match bounded::read(path, LONGEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            refused(&error.to_string());
            if error.kind() == io::ErrorKind::FileTooLarge {
                put_aside(path);
            }
            return None;
        }
    };
    match parse(&bytes) {
        Ok(value) => Some(value),
        Err(error) => {
            refused(&error.to_string());
            let is_nothing = bytes.iter().all(|byte| *byte == 0)
                || decoded(&bytes).is_some_and(|text| odd::trimmed(&text).is_empty());
            if !is_nothing {
                put_aside(path);
            }
            None
        }
    }
}

/// Reads JSON as editors and shells write it: with and without the mark before it, and as UTF-16.
///
/// # Errors
/// What the parser has to say.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    match decoded(bytes) {
        Some(text) => serde_json::from_str(&text),
        None => serde_json::from_slice(bytes),
    }
}

/// The text without its mark; none if it is in no encoding that is known.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let of_units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, []) = bytes.as_chunks::<2>() else { return None };
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok().map(Cow::Owned)
    };
    match bytes {
        [0xef, 0xbb, 0xbf, bytes @ ..] => str::from_utf8(bytes).ok().map(Cow::Borrowed),
        [0xff, 0xfe, bytes @ ..] => of_units(bytes, u16::from_le_bytes),
        [0xfe, 0xff, bytes @ ..] => of_units(bytes, u16::from_be_bytes),
        // JSON begins with two characters of ASCII (RFC 4627, section 3).
        [first, 0, ..] if *first != 0 => of_units(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => of_units(bytes, u16::from_be_bytes),
        bytes => str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// Gives what is in a file a second name. The next value is written to a new file, which then has the first one.
fn put_aside(path: &Path) {
    let aside = aside(path);
    let kept = match fs::remove_file(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        // Not every drive has second names.
        Ok(()) | Err(_) => fs::hard_link(path, &aside).or_else(|_| fs::rename(path, &aside)),
    };
    match kept {
        Ok(()) => tracing::warn!(file = %aside.display(), "what was in it is kept here"),
        Err(error) => tracing::warn!(file = %aside.display(), %error, "what was in it could not be kept"),
    }
}

fn aside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ASIDE);
    PathBuf::from(name)
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
    use proptest::prelude::*;

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

    #[test]
    fn what_cannot_be_read_is_put_aside_before_it_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("favourites.json");
        for torn in ["[\"Ada\",", "{\"another\": \"form\"}", "\u{feff}[\u{201c}Ada\u{201d}]"] {
            fs::write(&path, torn).unwrap();
            assert_eq!(read::<Vec<String>>(&path), None);
            assert_eq!(read::<Vec<String>>(&path), None, "twice");
            write(&path, &["Grace"]).unwrap();
            assert_eq!(fs::read_to_string(aside(&path)).unwrap(), torn);
            assert_eq!(read::<Vec<String>>(&path), Some(vec!["Grace".to_owned()]));
        }
    }

    #[test]
    fn a_file_without_anything_in_it_replaces_nothing_that_was_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("favourites.json");
        fs::write(&path, "[\"Ada\",").unwrap();
        assert_eq!(read::<Vec<String>>(&path), None);
        fs::remove_file(&path).unwrap();
        for nothing in [&b""[..], b"\xef\xbb\xbf", b" \r\n", &[0; 4096]] {
            fs::write(&path, nothing).unwrap();
            assert_eq!(read::<Vec<String>>(&path), None);
        }
        assert_eq!(fs::read_to_string(aside(&path)).unwrap(), "[\"Ada\",");
    }

    #[test]
    fn a_huge_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("favourites.json");
        fs::File::create(&path).unwrap().set_len(50 * 1024 * 1024).unwrap();
        assert_eq!(read::<Vec<String>>(&path), None);
        assert!(aside(&path).exists());
    }

    proptest! {
        #[test]
        fn a_value_is_read_in_every_encoding_that_editors_write(names in proptest::collection::vec(".{0,9}", 0..5)) {
            let text = serde_json::to_string(&names).unwrap();
            let marked = format!("\u{feff}{text}");
            let wide = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
            for bytes in [
                text.clone().into_bytes(),
                marked.clone().into_bytes(),
                wide(&marked, u16::to_le_bytes),
                wide(&marked, u16::to_be_bytes),
                wide(&text, u16::to_le_bytes),
                wide(&text, u16::to_be_bytes),
            ] {
                prop_assert_eq!(&parse::<Vec<String>>(&bytes).unwrap(), &names);
            }
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            drop(parse::<Vec<String>>(&bytes));
        }
    }
}
