//! Why a settings file or a policy cannot be used, and on which line.
//!
//! Looks at a text as a text; what its keys may say is not known here.

use std::path::PathBuf;

use thiserror::Error;

use crate::Layer;

/// A settings file or policy that cannot be used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{}: {reason}.", .file.display(), .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1, where one line is to blame.
    pub line: Option<usize>,
    /// What is wrong, without a full stop.
    pub reason: String,
    /// Which of the two files it is.
    pub layer: Layer,
}

/// The text of a file, or the line and the reason why there is none. An empty file is a problem: it is what a full
/// disk leaves.
pub(crate) fn text_of(bytes: Vec<u8>) -> Result<String, (Option<usize>, String)> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count();
        (Some(before + 1), "the text is not UTF-8".to_owned())
    })?;
    if text.trim().is_empty() {
        return Err((None, "the file is empty".to_owned()));
    }
    Ok(text)
}

/// The line of a byte, counted from 1. What is missed at the end of the text is missed on its last line with
/// anything on it.
pub(crate) fn line(text: &str, at: usize) -> usize {
    let at = at.min(text.trim_end().len());
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
