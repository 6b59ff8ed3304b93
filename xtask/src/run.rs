//! `cargo xtask run`: the application with its sandbox, on the screen or, if there is none, on a virtual one.

use std::{env, ffi::OsString, process::Command};

use crate::{
    application, build,
    desktop::{self, Desktop, Kind},
    packages,
    step::{Failure, Outcome, say},
    ui,
};

/// Prepares the machine, builds, and becomes the demonstration.
pub(crate) fn run(args: &[OsString]) -> Outcome {
    let screen = has_screen();
    let wanted: &[_] =
        if screen { &[packages::BUILD] } else { &[packages::BUILD, packages::DESKTOP, packages::PICTURE] };
    packages::ensure(wanted)?;
    ui::install()?;
    ui::build()?;
    build()?;

    let mut demo = Command::new(application()?);
    demo.arg("demo");
    if !screen {
        let desktop = Desktop::start(Kind::Session)?;
        desktop.give_to(&mut demo);
        demo.arg("--sign-in");
        say(&format!(
            "This machine has no screen, so the application runs on a virtual one, and the sandbox logs in by \
             itself.\nA picture of the screen is saved every {} s: {}\nCtrl+C ends it.",
            desktop::PICTURE_EVERY.as_secs(),
            desktop::picture().display()
        ));
        desktop.leave_to(&mut demo);
    }
    demo.args(args);
    become_it(demo)
}

fn has_screen() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Ctrl+C and a termination then reach the application itself, which takes its time to quit cleanly.
#[cfg(unix)]
fn become_it(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt;

    let error = command.exec();
    Err(Failure::not_started(&command, &error))
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Outcome {
    let status = command.status().map_err(|error| Failure::not_started(&command, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("The application ended: {status}."))) }
}
