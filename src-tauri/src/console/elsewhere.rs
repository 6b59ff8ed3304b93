//! Standard error, which every program has on these systems.

use std::io::{self, Write};

/// Nothing to do: standard error is open already.
pub fn attach() {}

/// Prints one sentence. If that fails, the exit code still reports the error.
pub fn show_message(sentence: &str) {
    drop(writeln!(io::stderr(), "{sentence}"));
}
