//! Standard error, which every program has.

use std::io::{self, Write};

/// It is there already.
pub fn attach() {}

/// Tells one sentence. If nobody hears it, the exit code still says it.
pub fn show_message(sentence: &str) {
    drop(writeln!(io::stderr(), "{sentence}"));
}
