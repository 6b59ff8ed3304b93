//! `cargo xtask bench`: builds what is measured and starts the program that measures it. A number that misses its aim
//! is no failure.

use std::{env, path::PathBuf, process::Command};

use crate::{
    application, cargo, packages, root,
    step::{self, Failure, Outcome},
    ui,
};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What the application costs on a desktop: memory, wake-ups, time.
    Desktop,
    /// How long the list of people takes with few and with very many people.
    List,
    /// How many requests a desk sends to Microsoft.
    Requests,
}

pub(crate) fn bench(part: Part) -> Outcome {
    match part {
        Part::Desktop => desktop(),
        Part::List => step::openly("Measure the list", cargo(&["bench", "--package", "people", "--locked"])),
        // Requests are counted, not timed, so the quick build of the `dev` profile will do.
        Part::Requests => step::openly(
            "Count the requests of a desk",
            cargo(&["bench", "--package", "app", "--bench", "requests", "--profile", "dev", "--locked"]),
        ),
    }
}

fn desktop() -> Outcome {
    packages::ensure(&[packages::BUILD, packages::DESKTOP])?;
    ui::install()?;
    ui::build()?;
    // One after the other: together they would share features that the application alone does not have.
    for package in ["connectpath-teams", "desktop-bench"] {
        let name = format!("Build {package} for release");
        step::openly(&name, cargo(&["build", "--release", "--locked", "--package", package]))?;
    }
    let mut bench = Command::new(released("desktop-bench")?);
    bench
        .args([released("connectpath-teams")?, released("bare-windows")?])
        .arg(root().join("target").join("bench").join("desktop.json"))
        // It starts a screen of its own: of the same size everywhere, and nobody moves a window on it.
        .env_remove("DISPLAY");
    step::openly("Measure the desktop", bench)
}

/// A program of the release profile, in the folder beside the one where Cargo puts this program.
fn released(name: &str) -> Outcome<PathBuf> {
    let application = application()?;
    let target = application.parent().and_then(|profile| profile.parent());
    let target = target.ok_or_else(|| Failure::new("xtask does not lie in a target folder."))?;
    Ok(target.join("release").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}
