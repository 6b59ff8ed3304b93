//! Wine: its folder with the made-up Windows, and running one program in it.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    desktop::{Desktop, Kind},
    root,
    step::{self, Failure, Outcome, say},
};

/// A program that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(5 * 60);
/// How often to look whether a program has ended.
const LOOK: Duration = Duration::from_millis(50);

/// Where Debian keeps its programs; elsewhere they are on the path.
const DEBIAN: &str = "/usr/lib/wine";

/// A library of Windows that Wine has from version 9 on.
const RANDOM: &str = "bcryptprimitives.dll";

/// A made-up loader of WebView2, in Wine's folder.
const LOADER: &str = "WebView2Loader.dll";

/// A made-up Windows and the screen that it draws on.
pub(super) struct Prefix {
    folder: PathBuf,
    screen: Desktop,
}

impl Prefix {
    /// A fresh one, because a test must not find what an earlier one left.
    pub(super) fn prepare() -> Outcome<Self> {
        let folder = root().join("target").join("wine");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
        }
        fs::create_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
        let prefix = Self { folder, screen: Desktop::start(Kind::Screen)? };
        let mut init = Command::new(program("wine64"));
        init.args(["wineboot", "--init"]);
        prefix.give_to(&mut init);
        step::quietly("Wine", init)?;
        prefix.add_random()?;
        Self::library("WebView2Loader.c", &prefix.folder.join(LOADER), "-lole32")?;
        Ok(prefix)
    }

    /// Makes a command use this folder.
    pub(super) fn give_to(&self, command: &mut Command) {
        self.screen.give_to(command);
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = [PathBuf::from(DEBIAN)].into_iter().chain(env::split_paths(&path));
        if let Ok(path) = env::join_paths(folders) {
            command.env("PATH", path);
        }
        // Nothing is installed for those, and nobody would answer Wine's question about it.
        command
            .env("WINEPREFIX", &self.folder)
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            .env("WINEDEBUG", "-all");
    }

    /// Ends what still runs in it.
    pub(super) fn end(self) {
        let mut server = Command::new(program("wineserver"));
        server.arg("--kill");
        self.give_to(&mut server);
        // It reports a failure if nothing runs any more.
        drop(server.output());
    }

    /// The standard library of Rust takes its random bytes from there.
    fn add_random(&self) -> Outcome {
        let system = self.folder.join("drive_c").join("windows").join("system32");
        if system.join(RANDOM).exists() {
            return Ok(());
        }
        Self::library("bcryptprimitives.c", &system.join(RANDOM), "-ladvapi32")
    }

    fn library(source: &str, library: &Path, uses: &str) -> Outcome {
        let mut compile = Command::new("x86_64-w64-mingw32-gcc");
        compile.args(["-O2", "-shared", "-o"]).arg(library);
        compile.arg(root().join("xtask").join("wine").join(source)).arg(uses);
        step::quietly(source, compile)
    }
}

/// Runs one program of Windows, and ends it if it hangs. Cargo calls this for each test program.
pub(crate) fn run(args: &[OsString]) -> ExitCode {
    let mut command = Command::new(program("wine64"));
    command.args(args).stdin(Stdio::null());
    let begun = Instant::now();
    let Ok(mut child) = command.spawn() else {
        say("wine64 could not be started.");
        return ExitCode::FAILURE;
    };
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return ExitCode::SUCCESS,
            Ok(Some(_)) | Err(_) => return ExitCode::FAILURE,
            Ok(None) if begun.elapsed() < LIMIT => thread::sleep(LOOK),
            Ok(None) => {
                say(&format!("It hangs: ended after {} s.", LIMIT.as_secs()));
                drop(child.kill());
                drop(child.wait());
                return ExitCode::FAILURE;
            }
        }
    }
}

fn program(name: &str) -> PathBuf {
    let debian = Path::new(DEBIAN).join(name);
    if debian.is_file() { debian } else { name.into() }
}

fn unusable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be used: {error}.", folder.display()))
}
