//! `cargo xtask smoke`: the application against its own sandbox on a private desktop, step by step.

use std::process::Command;

use crate::{
    application, build,
    desktop::{Desktop, Kind},
    packages, program,
    step::{self, Beside, Failure, Outcome},
    ui,
};

const NAME: &str = "Smoke test";

/// Prepares the machine, builds, and runs the smoke test alone.
pub(crate) fn smoke() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "The smoke test needs Linux: its private desktop is a D-Bus and an X server.",
        ));
    }
    packages::ensure(&[packages::BUILD, packages::DESKTOP])?;
    ui::install()?;
    ui::build()?;
    build()?;
    let desktop = Desktop::start(Kind::Screen)?;
    step::openly(NAME, command(&desktop)?)
}

/// Starts the smoke test beside other tests, on their desktop. Everything is built.
pub(crate) fn beside(desktop: &Desktop) -> Outcome<Beside> {
    Ok(step::beside(NAME, command(desktop)?))
}

fn command(desktop: &Desktop) -> Outcome<Command> {
    let mut command = Command::new(program("smoke-test")?);
    command.arg(application()?);
    desktop.give_to(&mut command);
    Ok(command)
}
