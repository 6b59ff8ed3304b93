//! Opens the browser on Windows and macOS by a system call, which does not wait for the browser.

use app::host::BrowserError;
use url::Url;

use super::{StartReport, send_result};

/// Opens an address and reports the result.
pub(super) fn open(url: &Url, started: StartReport) {
    send_result(started, webbrowser::open(url.as_str()).map_err(|error| BrowserError(error.to_string())));
}
