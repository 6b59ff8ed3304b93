//! The stage's folders, its environment, and its browser, which only records what it should open.

use std::{
    fs::{DirBuilder, OpenOptions, Permissions, read_to_string},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use tokio::process::Command;
use url::Url;

use super::StageError;

/// Writes each first argument to a line of a file beside the folder of the script.
const BROWSER: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$(dirname \"$0\")/../opened\"\n";

/// What a desktop session may have set and a private one must not see.
const FOREIGN: [&str; 13] = [
    "WAYLAND_DISPLAY",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_DESKTOP",
    "DESKTOP_SESSION",
    "GNOME_KEYRING_CONTROL",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
];

/// The private folders.
#[derive(Debug)]
pub(super) struct Home {
    root: TempDir,
}

impl Home {
    pub(super) fn create(name: &str) -> Result<Self, StageError> {
        let root = tempfile::Builder::new()
            .prefix(&format!("stage-{name}-"))
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        let home = Self { root };
        for folder in ["run", "config", "data", "cache", "state", "home", "bin"] {
            home.folder(folder)?;
        }
        // Programs have two ways to open a browser; both find this one first.
        let browser = home.root().join("bin/xdg-open");
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o700)
            .open(browser)?
            .write_all(BROWSER.as_bytes())?;
        Ok(home)
    }

    pub(super) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(super) fn folder(&self, name: &str) -> Result<PathBuf, StageError> {
        let path = self.root().join(name);
        DirBuilder::new().recursive(true).mode(0o700).create(&path)?;
        Ok(path)
    }

    /// Sets the environment of a program on this stage, display and bus excepted.
    pub(super) fn apply(&self, command: &mut Command) {
        for name in FOREIGN {
            command.env_remove(name);
        }
        // The real home's file, because the private home has none.
        if std::env::var_os("XAUTHORITY").is_none()
            && let Some(file) = std::env::home_dir().map(|home| home.join(".Xauthority"))
            && file.exists()
        {
            command.env("XAUTHORITY", file);
        }
        let mut path = vec![self.root().join("bin")];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        // A folder that cannot be in PATH leaves the browser to BROWSER's full path alone.
        if let Ok(path) = std::env::join_paths(path) {
            command.env("PATH", path);
        }
        command
            .env("HOME", self.root().join("home"))
            .env("XDG_RUNTIME_DIR", self.root().join("run"))
            .env("XDG_CONFIG_HOME", self.root().join("config"))
            .env("XDG_DATA_HOME", self.root().join("data"))
            .env("XDG_CACHE_HOME", self.root().join("cache"))
            .env("XDG_STATE_HOME", self.root().join("state"))
            .env("BROWSER", self.root().join("bin/xdg-open"))
            .env("LC_ALL", "C.UTF-8")
            // GTK and GLib start services of the real desktop unless they are switched off.
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_USE_PORTAL", "0")
            .env("GIO_USE_VFS", "local")
            .env("GSETTINGS_BACKEND", "memory")
            .env("GDK_BACKEND", "x11")
            // Without a graphics card the other renderer costs time and memory.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }

    pub(super) fn opened(&self) -> Result<Vec<Url>, StageError> {
        let record = match read_to_string(self.root().join("opened")) {
            Ok(record) => record,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        // A line without its end is still being written.
        let whole = record.rsplit_once('\n').map_or("", |(lines, _)| lines);
        whole.lines().map(|line| Url::parse(line).map_err(|_| StageError::Address(line.to_owned()))).collect()
    }
}
