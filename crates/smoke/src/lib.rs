//! A private desktop for the real application, and the smoke test that runs on it.
//!
//! [`stage`] gives a started program a display, a session bus, a tray, a notification server, a keyring and a
//! browser of its own; the tests of the real application in `tests/` stand on it too. [`run`] is the smoke
//! test. Nothing here knows the application's insides: it is started as a process and seen from outside.

#[cfg(target_os = "linux")]
mod person;
#[cfg(target_os = "linux")]
mod report;
#[cfg(target_os = "linux")]
pub mod stage;
#[cfg(target_os = "linux")]
mod steps;

use std::path::PathBuf;

/// What the smoke test runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The application's program file.
    pub program: PathBuf,
}

/// How the smoke test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Steps that went as expected.
    pub passed: usize,
    /// Steps that did not; those that could not be tried count together.
    pub failed: usize,
}

#[cfg(target_os = "linux")]
pub use {person::sign_in, steps::run};

/// Says that there is no smoke test on this system: the private desktop is made of a D-Bus and an X server.
#[cfg(not(target_os = "linux"))]
pub async fn run(_options: Options) -> Outcome {
    use std::io::Write;

    // Without an output there is nobody to tell; the outcome says the same.
    let _ = writeln!(std::io::stdout(), "The smoke test needs Linux.\n0 passed, 1 failed");
    std::future::ready(Outcome { passed: 0, failed: 1 }).await
}
