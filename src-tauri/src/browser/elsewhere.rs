//! The browser on Windows and macOS: asked for by a call of the system, which returns as soon as it was asked.

use app::host::BrowserError;
use url::Url;

use super::{Started, send};

/// Opens an address, and says so.
pub(super) fn open(url: &Url, started: Started) {
    send(started, webbrowser::open(url.as_str()).map_err(|error| BrowserError(error.to_string())));
}
