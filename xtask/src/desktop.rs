//! A virtual desktop: a screen (Xvfb) and, if asked for, a session bus and a keyring of its own.
//!
//! It is kept by a helper, which is this program again in a process group of its own, so that Ctrl+C does not
//! take the screen away from an application that is still quitting. The helper lives until its standard input
//! closes. The process that holds the other end keeps the desktop. However that process ends, nothing is left
//! behind.

mod helper;

use std::{
    env,
    io::{self, BufRead, BufReader, PipeWriter},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

pub(crate) use helper::keep;

use crate::{
    root,
    step::{Failure, Outcome},
};

/// The command by which this program starts itself as the helper.
pub(crate) const COMMAND: &str = "desktop";

/// How often a picture of the screen is taken.
pub(crate) const PICTURE_EVERY: Duration = Duration::from_secs(3);

/// The helper prints `NAME=value` for each variable, then this; or a sentence, and ends.
const READY: &str = "ready";

/// What belongs to the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A screen. The tests bring their own buses.
    Screen,
    /// A screen, a session bus and a keyring; pictures are taken.
    Session,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Session => "session",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Screen, Self::Session].into_iter().find(|kind| kind.name() == name)
    }
}

/// Where the picture of the screen is saved.
pub(crate) fn picture() -> PathBuf {
    root().join("target").join("screenshots").join("drawer.png")
}

/// A running desktop. It ends when this is dropped, unless it was left to somebody else.
#[derive(Debug)]
pub(crate) struct Desktop {
    variables: Vec<(String, String)>,
    keep: Option<PipeWriter>,
    helper: Child,
}

impl Desktop {
    /// Starts the helper and waits until the desktop is ready.
    pub(crate) fn start(kind: Kind) -> Outcome<Self> {
        let lost = |error: io::Error| Failure::new(format!("The virtual desktop did not start: {error}."));
        let (input, keep) = io::pipe().map_err(lost)?;
        let mut command = Command::new(env::current_exe().map_err(lost)?);
        command.args([COMMAND, kind.name()]).stdin(input).stdout(Stdio::piped());
        own_group(&mut command);
        let mut helper = command.spawn().map_err(lost)?;
        let lines = helper.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines());
        let variables = variables(lines.map_while(Result::ok))?;
        Ok(Self { variables, keep: Some(keep), helper })
    }

    /// Makes a command run on this desktop, whatever other one the environment names.
    pub(crate) fn give_to(&self, command: &mut Command) {
        for foreign in ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
            command.env_remove(foreign);
        }
        command
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .env("GDK_BACKEND", "x11")
            // There is no portal, no accessibility bus and no graphics card; programs must not wait for them.
            .env("GTK_USE_PORTAL", "0")
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }

    /// The desktop then lives as long as that command.
    pub(crate) fn leave_to(mut self, command: &mut Command) {
        if let Some(keep) = self.keep.take() {
            command.stdin(keep);
        }
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        if let Some(keep) = self.keep.take() {
            drop(keep);
            drop(self.helper.wait());
        }
    }
}

fn variables(lines: impl Iterator<Item = String>) -> Outcome<Vec<(String, String)>> {
    let mut variables = Vec::new();
    let mut reasons = Vec::new();
    for line in lines {
        match line.split_once('=') {
            Some((name, value)) => variables.push((name.to_owned(), value.to_owned())),
            None if line == READY => return Ok(variables),
            None => reasons.push(line),
        }
    }
    reasons.insert(0, "The virtual desktop did not start.".to_owned());
    Err(Failure::new(reasons.join(" ")))
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;

    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Outcome<Vec<(String, String)>> {
        variables(text.lines().map(str::to_owned))
    }

    #[test]
    fn the_variables_end_when_the_helper_is_ready() {
        let expected = [("DISPLAY", ":7"), ("BUS", "unix:path=/run/bus,guid=1")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(heard("DISPLAY=:7\nBUS=unix:path=/run/bus,guid=1\nready\nlater=1").unwrap(), expected);
    }

    #[test]
    fn a_helper_that_gives_up_says_why() {
        let failure = heard("DISPLAY=:7\nXvfb ended early.").unwrap_err();
        assert_eq!(failure.to_string(), "The virtual desktop did not start. Xvfb ended early.");
    }

    #[test]
    fn every_kind_is_known_by_its_name() {
        for kind in [Kind::Screen, Kind::Session] {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::named("window"), None);
    }
}
