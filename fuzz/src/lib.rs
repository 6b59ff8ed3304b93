//! The code that reads foreign text, as targets of a fuzzer: bytes go in, and a law that does not hold panics.
//!
//! A target calls a room as the application does, through its public functions, and checks what must hold whatever
//! the text says. The corpus of each is in `corpus/NAME`; every test run replays it, and `cargo xtask fuzz` continues
//! from there. It must not know how a text is read.

#![expect(clippy::expect_used, reason = "a law that does not hold ends the run")]

mod addresses;
#[cfg(unix)]
mod aws;
mod ccp;
mod claims;
#[cfg(unix)]
mod graph;
mod ids;
mod names;
mod numbers;
#[cfg(unix)]
mod service;
#[cfg(unix)]
mod settings;
#[cfg(unix)]
mod token;
mod waits;

/// Something that reads foreign text.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, which is that of its corpus.
    pub name: &'static str,
    /// Reads the bytes and checks the laws. Panics if one does not hold.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "addresses", run: addresses::run },
    #[cfg(unix)]
    Target { name: "aws", run: aws::run },
    Target { name: "ccp", run: ccp::run },
    Target { name: "claims", run: claims::run },
    #[cfg(unix)]
    Target { name: "graph", run: graph::run },
    Target { name: "ids", run: ids::run },
    Target { name: "names", run: names::run },
    Target { name: "numbers", run: numbers::run },
    #[cfg(unix)]
    Target { name: "policy", run: settings::policy },
    #[cfg(unix)]
    Target { name: "settings", run: settings::file },
    #[cfg(unix)]
    Target { name: "token", run: token::run },
    Target { name: "waits", run: waits::run },
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// The bytes as text; nothing if they are none, so that the fuzzer spends its time on text.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// The first byte, which chooses what is done, and the rest.
fn choice(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    Some((usize::from(*first), rest))
}

/// A sentence for a person, or a part of one: it says something, in one line.
fn assert_sentence(sentence: &str) {
    assert!(!sentence.trim().is_empty(), "an error says nothing");
    assert!(!sentence.chars().any(char::is_control), "an error has several lines: {sentence:?}");
}
