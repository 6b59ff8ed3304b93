//! Small values of the program in the data folder, kept as JSON: provenance, favourites, the draft of the wizard.
//!
//! Blocking. A file that cannot be read is named in the log and counts as none. It is put aside first, so that the next
//! value that is kept does not replace it: people open these files, editors write what they like, and a drive may refuse
//! today what it reads tomorrow. While it cannot be put aside, nothing is written in its place.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{atomic, bounded, odd};

/// The longest file of the program that is read, in bytes. The provenance of a day has some KB.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The ending that the name of a file gets if it could not be read.
const ASIDE: &str = "unreadable";

/// The files that could not be read and could not be put aside either, because another program has them open.
static UNREAD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Reads a file of the program; none if there is no such file, or it cannot be read, is torn or not the program's.
#[must_use]
pub fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    read_by(path, |path| bounded::read(path, LONGEST))
}

fn read_by<T: DeserializeOwned>(path: &Path, reader: impl FnOnce(&Path) -> io::Result<Vec<u8>>) -> Option<T> {
    let refused = |reason: &str| {
        tracing::warn!(file = %path.display(), reason, "a file cannot be read, and counts as none");
    };
    let bytes = match reader(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            refused(&error.to_string());
            put_aside_or_keep(path);
            return None;
        }
    };
    match parse(&bytes) {
        Ok(value) => {
            with_unread(|files| files.remove(path));
            Some(value)
        }
        Err(error) => {
            refused(&error.to_string());
            let is_nothing = bytes.iter().all(|byte| *byte == 0)
                || decoded(&bytes).is_some_and(|text| odd::trimmed(&text).is_empty());
            if is_nothing {
                with_unread(|files| files.remove(path));
            } else {
                put_aside_or_keep(path);
            }
            None
        }
    }
}

/// Reads JSON as editors and shells write it: with and without the mark before it, and as UTF-16.
///
/// # Errors
/// The parser's error.
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

fn with_unread<T>(change: impl FnOnce(&mut BTreeSet<PathBuf>) -> T) -> T {
    change(&mut UNREAD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Puts a file aside; if that fails, it is kept from being replaced.
fn put_aside_or_keep(path: &Path) {
    match put_aside(path) {
        Ok(()) => with_unread(|files| files.remove(path)),
        Err(error) => {
            tracing::warn!(file = %path.display(), %error, "it cannot be put aside, so nothing is written in its place");
            with_unread(|files| files.insert(path.to_path_buf()))
        }
    };
}

/// Gives a file another name.
fn put_aside(path: &Path) -> io::Result<()> {
    let aside = aside(path);
    match fs::rename(path, &aside) {
        Ok(()) => tracing::warn!(file = %aside.display(), "what could not be read is kept here"),
        // Another program removed it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(())
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
/// As [`atomic::write`], or a value that is no JSON. If there is a file that could not be read, and it still cannot be put
/// aside: why not.
pub fn write<T: Serialize + ?Sized>(path: &Path, value: &T) -> io::Result<()> {
    let bytes = serde_json::to_vec(value)?;
    if with_unread(|files| files.contains(path)) {
        put_aside(path)?;
        with_unread(|files| files.remove(path));
    }
    atomic::write(path, &bytes)
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
    fn a_file_that_the_drive_refuses_to_read_is_put_aside_whatever_the_reason() {
        // EIO, EACCES and ESTALE of Linux, a sharing violation of Windows.
        for code in [5, 13, 116, 32] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("favourites.json");
            write(&path, &["Ada"]).unwrap();
            let refuses = |_: &Path| Err(io::Error::from_raw_os_error(code));
            assert_eq!(read_by::<Vec<String>>(&path, refuses), None);
            write(&path, &["Grace"]).unwrap();
            assert_eq!(fs::read_to_string(aside(&path)).unwrap(), "[\"Ada\"]", "{code}");
            assert_eq!(read::<Vec<String>>(&path), Some(vec!["Grace".to_owned()]));
        }
    }

    #[test]
    fn nothing_is_written_in_place_of_a_file_that_cannot_be_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("joins.json");
        let held = |_: &Path| Err(io::ErrorKind::PermissionDenied.into());
        for text in ["[\"Ada\"]", "[\"Ada\","] {
            fs::write(&path, text).unwrap();
            // A folder that is not empty cannot be replaced by a file.
            fs::create_dir_all(aside(&path).join("held")).unwrap();
            let found = if text.ends_with(']') { read_by::<Vec<String>>(&path, held) } else { read(&path) };
            assert_eq!(found, None);
            write(&path, &["Grace"]).unwrap_err();
            write(&path, &["Grace"]).unwrap_err();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            fs::remove_dir_all(aside(&path)).unwrap();
            write(&path, &["Grace"]).unwrap();
            assert_eq!(fs::read_to_string(aside(&path)).unwrap(), text);
            fs::remove_file(aside(&path)).unwrap();
        }
    }

    #[test]
    fn a_file_that_can_be_read_again_can_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("joins.json");
        fs::write(&path, "[\"Ada\"]").unwrap();
        fs::create_dir_all(aside(&path).join("held")).unwrap();
        let held = |_: &Path| Err(io::ErrorKind::PermissionDenied.into());
        assert_eq!(read_by::<Vec<String>>(&path, held), None);
        assert_eq!(read::<Vec<String>>(&path), Some(vec!["Ada".to_owned()]));
        write(&path, &["Grace"]).unwrap();
        assert!(aside(&path).is_dir());
    }

    #[test]
    fn a_file_without_anything_in_it_replaces_nothing_that_was_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("favourites.json");
        fs::write(&path, "[\"Ada\",").unwrap();
        assert_eq!(read::<Vec<String>>(&path), None);
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
        fn any_bytes_are_parsed_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            drop(parse::<Vec<String>>(&bytes));
        }
    }
}
