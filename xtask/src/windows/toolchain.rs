//! Which compiler makes programs for Windows here: the pinned one, if it has the standard library for Windows, else
//! Debian's, which has the sources of the standard library.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    cargo, packages, root,
    step::{Failure, Outcome},
};

/// The target, as Rust names it.
pub(super) const TARGET: &str = "x86_64-pc-windows-gnu";

/// The loader of WebView2, a library that must be beside the program.
const LOADER: &str = "WebView2Loader.dll";

/// A compiler for Windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toolchain {
    /// As `rust-toolchain.toml` names it.
    Pinned,
    /// Debian's, of another version: its warnings are not denied, because a lint may be new there.
    Debian,
}

impl Toolchain {
    /// The one that is here, or that Debian's packages bring.
    pub(super) fn find() -> Outcome<Self> {
        let mut asked = Command::new("rustc");
        asked.args(["--print", "target-libdir", "--target", TARGET]).current_dir(root());
        let folder = asked.output().ok().filter(|output| output.status.success());
        let folder = folder.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
        if folder.is_some_and(|folder| folder.is_dir()) {
            return Ok(Self::Pinned);
        }
        packages::ensure(&[packages::RUST_FOR_WINDOWS])?;
        Ok(Self::Debian)
    }

    /// Cargo for Windows, with this subcommand and the versions of the lock file.
    pub(super) fn cargo(self, subcommand: &str) -> Command {
        match self {
            Self::Pinned => cargo(&[subcommand, "--locked", "--target", TARGET]),
            Self::Debian => {
                let mut command = Command::new("/usr/bin/cargo");
                command.args([subcommand, "--locked", "--target", TARGET]).current_dir(root());
                // It compiles the standard library itself, which needs what is not stable yet.
                command
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("RUSTDOC", "/usr/bin/rustdoc")
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort,panic_unwind,proc_macro,test")
                    .env("CARGO_TARGET_DIR", self.folder());
                command
            }
        }
    }

    /// The command that lints; Debian's has only the lints of the compiler.
    pub(super) fn lints(self) -> Command {
        match self {
            Self::Pinned => self.cargo("clippy"),
            Self::Debian => self.cargo("check"),
        }
    }

    /// The end of the command that lints.
    pub(super) fn denied(self) -> &'static [&'static str] {
        match self {
            Self::Pinned => &["--", "-D", "warnings"],
            Self::Debian => &[],
        }
    }

    /// The application for Windows.
    pub(super) fn application(self) -> PathBuf {
        self.folder().join(TARGET).join("debug").join("connectpath-teams.exe")
    }

    /// The tests of the application look for the loader beside themselves.
    pub(super) fn put_loader_beside_tests(self) -> Outcome {
        let built = self.folder().join(TARGET).join("debug");
        fs::copy(built.join(LOADER), built.join("deps").join(LOADER)).map(drop).map_err(|error| {
            Failure::new(format!("{} cannot be copied: {error}.", built.join(LOADER).display()))
        })
    }

    /// The folder of what was built: compilers must not share it.
    fn folder(self) -> PathBuf {
        let target = root().join("target");
        match self {
            Self::Pinned => target,
            Self::Debian => target.join("debian"),
        }
    }
}
