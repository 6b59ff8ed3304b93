//! Why a settings file or a policy cannot be used, and on which line.
//!
//! Does not know which values the keys of a text may have.

use std::{io, path::PathBuf};

use thiserror::Error;

use crate::{Layer, odd};

/// A settings file or policy that cannot be used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{}: {reason}.", .file.display(), .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1, if one line is to blame.
    pub line: Option<usize>,
    /// What is wrong, without a full stop.
    pub reason: String,
    /// Which of the two files it is.
    pub layer: Layer,
}

/// The longest settings file or policy that is read, in bytes. One with a row for each of 50 statuses has 10,000.
pub(crate) const LONGEST: u64 = 1024 * 1024;

/// Why a file was not read, without a full stop.
pub(crate) fn unreadable(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::FileTooLarge {
        format!("the file is too large: a settings file may have {} KB at most", LONGEST / 1024)
    } else {
        format!("the file cannot be read: {}", error.kind())
    }
}

/// The text of a file, or the line and the reason why there is none. An empty file is a problem: it is what a full
/// disk leaves. The mark that editors of Windows put before a text stays, so that it can be written again.
pub(crate) fn text_of(bytes: Vec<u8>) -> Result<String, (Option<usize>, String)> {
    if let Some(wide) = wide(&bytes) {
        return Err((None, format!("the text is {wide}; save the file as UTF-8")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).and_then(|bytes| str::from_utf8(bytes).ok());
        let before = before.unwrap_or_default();
        let byte = error.as_bytes().get(good).copied().unwrap_or_default();
        let column = odd::column(before, good);
        let words = foreign(byte).map(|name| format!(", which is {name} in Windows' own encoding"));
        let words = words.unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        (Some(line), format!("the text is not UTF-8: column {column} is byte {byte:02X}{words}"))
    })?;
    if odd::trimmed(&text).is_empty() {
        return Err((None, "the file is empty".to_owned()));
    }
    Ok(text)
}

/// The name of an encoding with two or four bytes for a character, with and without the mark before the text.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    /// How many bytes of a text are examined.
    const EXAMINED: usize = 512;
    let zeros =
        |from: usize| bytes.iter().take(EXAMINED).skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(EXAMINED) / 2;
    let mostly = |count: usize| half > 0 && count * 5 > half * 4;
    match (bytes, mostly(zeros(0)), mostly(zeros(1))) {
        ([0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..], _, _) => Some("UTF-32"),
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _, _) => Some("UTF-16"),
        // A power cut leaves nothing but zeros.
        (_, true, true) => None,
        (_, true, _) | (_, _, true) => Some("UTF-16"),
        (_, false, false) => None,
    }
}

/// The characters that people type most in Windows-1252, by the byte that is not UTF-8.
fn foreign(byte: u8) -> Option<&'static str> {
    match byte {
        0x93 | 0x94 => Some("a curly quotation mark"),
        0x91 | 0x92 => Some("a curly apostrophe"),
        0x96 | 0x97 => Some("a dash"),
        0xa0 => Some("a no-break space"),
        0xc0..=0xff => Some("a letter with an accent"),
        _ => None,
    }
}

/// The line of a byte, counted from 1. A mistake at the end of the text belongs to its last line that is not blank.
pub(crate) fn line(text: &str, at: usize) -> usize {
    let at = at.min(text.trim_end().len());
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
