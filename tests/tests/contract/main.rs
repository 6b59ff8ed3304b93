//! The sandbox against independent descriptions of the services that it simulates: Microsoft's OpenAPI of Graph, and AWS's
//! own client. A sign-in goes through the real pages. And the flows of `docs/direct-dial`, against AWS's pages.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::path::{Path, PathBuf};

mod aws;
mod direct_dial;
mod flow_actions;
mod flow_language;
mod graph;
mod sign_in;

/// The Python that has botocore, beside its list of packages.
fn python(folder: &Path) -> PathBuf {
    let place: &[&str] = if cfg!(windows) { &["Scripts", "python.exe"] } else { &["bin", "python"] };
    place.iter().fold(folder.join(".venv"), |path, part| path.join(part))
}
