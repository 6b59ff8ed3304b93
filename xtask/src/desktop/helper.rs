//! The helper's side: the servers of a virtual desktop, for as long as standard input stays open.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::{Kind, PICTURE_EVERY, READY, picture};
use crate::{
    root,
    step::{Failure, Outcome, say},
};

/// How long a server may take until it is ready.
const READY_WITHIN: Duration = Duration::from_secs(15);

/// Keeps a desktop until standard input closes.
pub(crate) fn keep(kind: Kind) -> Outcome {
    let (end, ended) = mpsc::channel::<()>();
    thread::spawn(move || {
        // Whatever ends the reading: nobody holds the other end any more.
        drop(io::copy(&mut io::stdin().lock(), &mut io::sink()));
        drop(end);
    });

    let (_screen, number) = Server::start(Command::new("Xvfb").args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
        // Without it the server resets whenever its last program leaves, and drops programs that come meanwhile.
        "-noreset",
    ]))?;
    let display = format!(":{number}");
    say(&format!("DISPLAY={display}"));
    let session = match kind {
        Kind::Screen => None,
        Kind::Session => Some(Session::start()?),
    };
    say(READY);

    loop {
        match ended.recv_timeout(PICTURE_EVERY) {
            Err(mpsc::RecvTimeoutError::Timeout) if session.is_some() => take_picture(&display),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

/// A server process, which ends with this value.
struct Server(Child);

impl Server {
    /// Starts it and waits for its first line: the sign that it is ready.
    fn start(command: &mut Command) -> Outcome<(Self, String)> {
        let name = command.get_program().display().to_string();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut server = Self(child.map_err(|error| Failure::not_started(command, &error))?);
        let (sender, line) = mpsc::channel();
        if let Some(stdout) = server.0.stdout.take() {
            thread::spawn(move || {
                let mut first = String::new();
                if BufReader::new(stdout).read_line(&mut first).is_ok_and(|length| length > 0) {
                    drop(sender.send(first));
                }
            });
        }
        let first = line
            .recv_timeout(READY_WITHIN)
            .map_err(|_| Failure::new(format!("{name} ended early or did not get ready.")))?;
        Ok((server, first.trim().to_owned()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A session bus, a keyring on it, and the folder of their sockets.
struct Session {
    _bus: Server,
    folder: PathBuf,
}

impl Session {
    fn start() -> Outcome<Self> {
        // Short, because the path of a socket must fit into 108 bytes.
        let folder = env::temp_dir().join(format!("connectpath-{}", process::id()));
        // Left over from an earlier process with that number. Another user's cannot be removed, so making ours fails.
        drop(fs::remove_dir_all(&folder));
        private_folder(&folder)?;
        let config = root().join("xtask").join("session.conf");
        let (bus, address) = Server::start(
            Command::new("dbus-daemon")
                .arg(format!("--config-file={}", config.display()))
                .args(["--nofork", "--nopidfile", "--print-address=1"])
                .env("XDG_RUNTIME_DIR", &folder),
        )?;
        let session = Self { _bus: bus, folder };
        for (name, value) in [
            ("DBUS_SESSION_BUS_ADDRESS", address.clone()),
            ("XDG_RUNTIME_DIR", session.folder.display().to_string()),
        ] {
            say(&format!("{name}={value}"));
        }
        session.unlock_keyring(&address)?;
        Ok(session)
    }

    /// Returns when the keyring is ready; it ends with its bus. If there is none, the application says what
    /// that means. Its folder is not the person's: theirs has another password, and nothing to do with this.
    fn unlock_keyring(&self, address: &str) -> Outcome {
        let data = root().join("target").join("demo-keyring");
        if !data.is_dir() {
            private_folder(&data)?;
        }
        let keyring = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--daemonize", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", address)
            .env("XDG_RUNTIME_DIR", &self.folder)
            .env("XDG_DATA_HOME", data)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut keyring) = keyring {
            // The empty password.
            drop(keyring.stdin.take().map(|mut input| input.write_all(b"\n")));
            drop(keyring.wait());
        }
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn private_folder(folder: &Path) -> Outcome {
    make_private(folder)
        .map_err(|error| Failure::new(format!("The folder {} cannot be made: {error}.", folder.display())))
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

/// If a picture fails, the next one follows in a moment.
fn take_picture(display: &str) {
    let file = picture();
    let part = file.with_extension("part");
    if let Some(folder) = file.parent() {
        drop(fs::create_dir_all(folder));
    }
    let taken = Command::new("import")
        .args(["-silent", "-window", "root"])
        .arg(format!("png:{}", part.display()))
        .env("DISPLAY", display)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if taken.is_ok_and(|status| status.success()) {
        drop(fs::rename(part, file));
    }
}
