//! Starts a browser program on Linux: the person's choice first, then the usual openers of the desktops.

use std::{
    env,
    ffi::OsString,
    io,
    process::Child,
    thread,
    time::{Duration, Instant},
};

use app::host::BrowserError;
use url::Url;

use super::{StartReport, send_result, spawn_command};

/// A program that still runs after this time counts as started.
const STARTED: Duration = Duration::from_secs(2);

/// How often the program is checked until then.
const POLL: Duration = Duration::from_millis(20);

/// Opens an address, reports the start, and waits until the browser has ended.
pub(super) fn open(url: &Url, started: StartReport) {
    let chosen = env::var("BROWSER").unwrap_or_default();
    start_first(browsers(&chosen, url), started);
}

/// The commands to try, in order: those of `$BROWSER`, which are separated by colons and contain `%s` for the address,
/// then the usual ones.
fn browsers(chosen: &str, url: &Url) -> Vec<Vec<OsString>> {
    let chosen = chosen.split(':').filter(|line| !line.trim().is_empty()).map(|line| {
        let mut words: Vec<String> =
            line.split_ascii_whitespace().map(|word| word.replace("%s", url.as_str())).collect();
        if !line.contains("%s") {
            words.push(url.to_string());
        }
        words.into_iter().map(OsString::from).collect()
    });
    let usual = [&["xdg-open"][..], &["gio", "open"], &["x-www-browser"]]
        .into_iter()
        .map(|words| words.iter().copied().chain([url.as_str()]).map(OsString::from).collect());
    chosen.chain(usual).collect()
}

/// Starts the first command that works, reports the start, and waits until the program has ended.
fn start_first(commands: Vec<Vec<OsString>>, started: StartReport) {
    let mut last = BrowserError("no browser was found".to_owned());
    for words in commands {
        match start_and_watch(&words) {
            Ok(child) => {
                send_result(started, Ok(()));
                if let Some(mut child) = child
                    && let Err(error) = child.wait()
                {
                    tracing::debug!("waiting for the browser failed: {error}");
                }
                return;
            }
            Err(error) => {
                let program = words.first().map(|word| word.to_string_lossy()).unwrap_or_default();
                tracing::debug!("{program} did not open an address: {error}");
                if error.kind() != io::ErrorKind::NotFound {
                    last = BrowserError(format!("{program}: {error}"));
                }
            }
        }
    }
    send_result(started, Err(last));
}

/// Returns the program if it still runs after [`STARTED`]; None if it has ended successfully.
fn start_and_watch(words: &[OsString]) -> io::Result<Option<Child>> {
    let mut child = spawn_command(words)?;
    let until = Instant::now() + STARTED;
    while Instant::now() < until {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(None),
            Some(status) => return Err(io::Error::other(status.to_string())),
            None => thread::sleep(POLL),
        }
    }
    Ok(Some(child))
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
