//! The browser on Linux: a program. Which one, the person may say; what the desktops have is tried after it.

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

use super::{Started, command, send};

/// A program that still runs after this long has taken the address.
const STARTED: Duration = Duration::from_secs(2);

/// How often a program is asked meanwhile whether it has failed.
const POLL: Duration = Duration::from_millis(20);

/// Opens an address, says so, and waits until the browser has ended.
pub(super) fn open(url: &Url, started: Started) {
    let chosen = env::var("BROWSER").unwrap_or_default();
    start_first(browsers(&chosen, url), started);
}

/// The commands to try, in order: those of `$BROWSER`, which are separated by colons and have `%s` where the address
/// goes, then those of the desktops.
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

/// Starts the first of these commands that works, says so, and waits until it has ended.
fn start_first(commands: Vec<Vec<OsString>>, started: Started) {
    let mut last = BrowserError("no browser was found".to_owned());
    for words in commands {
        match start(&words) {
            Ok(child) => {
                send(started, Ok(()));
                if let Some(mut child) = child
                    && let Err(error) = child.wait()
                {
                    tracing::debug!("the browser was not waited for: {error}");
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
    send(started, Err(last));
}

/// The program if it still runs after a while; None if it has ended well.
fn start(words: &[OsString]) -> io::Result<Option<Child>> {
    let mut child = command(words)?;
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
