//! Wine: its folder with the made-up Windows, and running one program in it.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    sync::mpsc::{self, Sender},
    thread,
    time::{Duration, Instant},
};

use crate::{
    desktop::{Desktop, Kind},
    root,
    step::{self, Failure, Outcome, say},
};

/// A program without output for this time hangs.
const SILENCE: Duration = Duration::from_secs(5 * 60);
/// How often to look whether a program has ended.
const LOOK: Duration = Duration::from_millis(50);
/// How long the last output of a program may take after its end. Its end of the pipe does not close with it, because
/// Wine's services have inherited it.
const REST: Duration = Duration::from_millis(200);

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

    /// Adds the library from which Rust's standard library takes its random bytes.
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
    command.args(args);
    watch(command, SILENCE)
}

/// Runs a command, passes its output on, and ends it after a silence of this length.
fn watch(mut command: Command, silence: Duration) -> ExitCode {
    let name = command.get_program().to_owned();
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn() else {
        say(&format!("{} could not be started.", name.display()));
        return ExitCode::FAILURE;
    };
    let (sender, output) = mpsc::channel();
    let stdout = child.stdout.take();
    thread::spawn(move || stdout.map(|stdout| pass_on(stdout, &sender)));
    let mut last_output = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                while output.recv_timeout(REST).is_ok() {}
                return if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            }
            Err(_) => return ExitCode::FAILURE,
            Ok(None) if last_output.elapsed() < silence => {}
            Ok(None) => {
                say(&format!("It hangs: ended after {} s without output.", silence.as_secs()));
                drop(child.kill());
                drop(child.wait());
                return ExitCode::FAILURE;
            }
        }
        let waited_from = Instant::now();
        if output.recv_timeout(LOOK).is_ok() {
            last_output = Instant::now();
        } else {
            // Without a sender it returns at once.
            thread::sleep(LOOK.saturating_sub(waited_from.elapsed()));
        }
    }
}

/// Copies output to the output of this program, and reports each piece.
fn pass_on(mut from: impl Read, sender: &Sender<()>) {
    let mut piece = [0; 8192];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        let mut to = io::stdout().lock();
        if to.write_all(&piece[..length]).and_then(|()| to.flush()).is_err() || sender.send(()).is_err() {
            return;
        }
    }
}

fn program(name: &str) -> PathBuf {
    let debian = Path::new(DEBIAN).join(name);
    if debian.is_file() { debian } else { name.into() }
}

fn unusable(folder: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be used: {error}.", folder.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_with_output_may_take_longer_than_the_silence() {
        let talks = shell("for i in 1 2 3 4 5 6 7 8; do sleep 0.1; echo; done");
        assert_eq!(watch(talks, Duration::from_millis(600)), ExitCode::SUCCESS);
    }

    #[test]
    fn a_silent_program_is_ended() {
        assert_eq!(watch(shell("echo; exec sleep 600"), Duration::from_millis(100)), ExitCode::FAILURE);
    }

    #[test]
    fn a_failure_is_passed_on_although_somebody_keeps_the_output_open() {
        assert_eq!(watch(shell("sleep 3 & exit 3"), Duration::from_secs(60)), ExitCode::FAILURE);
    }
}
