//! Standard error, which systems of this kind keep for a program that nobody watches.

use std::{
    io::{self, IsTerminal, Stderr},
    path::Path,
};

/// Whoever redirects it wants plain text.
pub fn takes_colours() -> bool {
    io::stderr().is_terminal()
}

/// No file of our own.
pub fn writer(_: Option<&Path>) -> fn() -> Stderr {
    io::stderr
}
