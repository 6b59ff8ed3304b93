//! The log on Linux and macOS: standard error, which the desktop session keeps.

use std::{
    io::{self, IsTerminal, Stderr},
    path::Path,
};

/// Whether standard error is a terminal: a file gets plain text.
pub fn has_colours() -> bool {
    io::stderr().is_terminal()
}

/// Standard error only.
pub fn writer(_: Option<&Path>) -> fn() -> Stderr {
    io::stderr
}
