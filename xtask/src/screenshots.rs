//! `cargo xtask screenshots`: pictures of every state of every window, from the built interface over made-up data.
//!
//! What is taken and what is checked is decided in `ui/dev/screenshots`; this prepares the machine and starts it.

use std::ffi::OsString;

use crate::{
    step::{self, Outcome},
    ui,
};

/// Takes the pictures that changed. `args` are names of scenes, or `--readme`.
pub(crate) fn screenshots(args: &[OsString]) -> Outcome {
    ui::install()?;
    let mut command = ui::npm(&["run", "--silent", "screenshots", "--"]);
    command.args(args);
    step::openly("Take the pictures", command)
}
