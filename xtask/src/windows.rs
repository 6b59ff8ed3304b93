//! `cargo xtask windows`: the workspace compiled for Windows on Debian, linted, and its tests run under Wine.
//!
//! It must not know what a test is about. What Wine cannot do is in [`limits`], with the reason.

mod limits;
mod table;
mod toolchain;
mod wine;

use std::env;

pub(crate) use wine::run as run_in_wine;

use self::{table::Table, toolchain::Toolchain, wine::Prefix};
use crate::{
    packages,
    step::{self, Failure, Outcome, say},
    ui,
};

/// The command by which this program starts itself to run a program of Windows.
pub(crate) const COMMAND: &str = "wine";

/// How far it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything compiles without a warning.
    Lints,
    /// Everything compiles, and the tests and the application run under Wine.
    Everything,
}

/// What runs on Linux only: it starts the application on a desktop of Linux, or checks the repository.
const ELSEWHERE: &[&str] =
    &["--exclude", "desktop-tests", "--exclude", "desktop-bench", "--exclude", "xtask"];

/// Reports "skipped" if the machine has no compiler for Windows and cannot get one.
pub(crate) fn windows(extent: Extent) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("This is for Debian. On Windows itself, run cargo xtask test."));
    }
    if let Err(failure) = packages::ensure(&[packages::BUILD, packages::MINGW]) {
        say(&format!("Windows: skipped. {failure}"));
        return Ok(());
    }
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(failure) => {
            say(&format!("Windows: skipped. {failure}"));
            return Ok(());
        }
    };
    ui::install()?;
    // Compiled into the application.
    ui::build()?;
    lints(toolchain)?;
    match extent {
        Extent::Lints => Ok(()),
        Extent::Everything => run(toolchain),
    }
}

fn lints(toolchain: Toolchain) -> Outcome {
    let mut lints = toolchain.lints();
    lints.args(["--workspace", "--all-targets"]).args(ELSEWHERE).args(toolchain.denied());
    step::openly("Windows: lints", lints)
}

/// Runs everything that can run under Wine, and prints the table.
fn run(toolchain: Toolchain) -> Outcome {
    if let Err(failure) = packages::ensure(&[packages::DESKTOP, packages::WINE]) {
        say(&format!("Wine: skipped. {failure}"));
        return Ok(());
    }
    let mut build = toolchain.cargo("build");
    build.args(["--package", "connectpath-teams"]);
    step::openly("Windows: build", build)?;
    let prefix = Prefix::prepare()?;
    toolchain.put_loader_beside_tests()?;

    let mut table = Table::default();
    let mut tests = toolchain.cargo("test");
    // As a list, because a path may have a space in it.
    let own =
        env::current_exe().map_err(|error| Failure::new(format!("xtask cannot find itself: {error}.")))?;
    let runner = format!("target.{}.runner=['{}', '{COMMAND}']", toolchain::TARGET, own.display());
    tests.args(["--config", &runner, "--workspace", "--no-fail-fast"]).args(ELSEWHERE);
    tests.arg("--").args(limits::skipped());
    prefix.give_to(&mut tests);
    let tested = step::watched_whole("Windows: tests under Wine", tests, |line| table.read(line));
    table.end();

    // On this system, with the application of the other.
    let mut application =
        crate::cargo(&["test", "--locked", "--no-fail-fast", "-p", "desktop-tests", "--test", "wine"]);
    // One after the other: a log-off ends all programs, and they share one registry.
    application.env("APPLICATION", toolchain.application()).args(["--", "--nocapture", "--test-threads=1"]);
    prefix.give_to(&mut application);
    let driven =
        step::watched_whole("Windows: the application under Wine", application, |line| table.read(line));
    table.end();
    prefix.end();

    for line in table.lines() {
        say(&line);
    }
    tested.and(driven)
}
