//! A private desktop: display, session bus, tray, notifications, keyring and browser for one program.
//!
//! Every stage has its own folders, and its own bus without service activation. So stages run side by side, and
//! nothing of the real desktop is seen or touched. Every wait has a limit. A stage never looks into the program under
//! test: it sees what a person and a desktop would see.

mod bus;
mod display;
mod error;
mod home;
mod limit;
mod machine;
mod notifications;
mod page;
mod process;
mod tray;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{io::AsyncWriteExt, process::Command};
use url::Url;

pub use display::{Key, Window};
pub use error::StageError;
pub use limit::until;
pub use notifications::Notification;
pub use page::Page;
pub use process::App;
pub use tray::{MenuLine, Tray};

/// How long a part of the desktop may take to start.
const START: Duration = Duration::from_secs(10);
/// The keyring's name on the bus.
const SECRETS: &str = "org.freedesktop.secrets";

/// A private desktop. Dropping it ends its processes and removes its folder; drop the [`App`]s first.
#[derive(Debug)]
pub struct Stage {
    notifications: notifications::Notifications,
    items: tray::Items,
    machine: machine::Machine,
    keyring: Option<App>,
    bus: bus::Bus,
    display: display::Display,
    home: home::Home,
}

impl Stage {
    /// A display, a session bus, notifications and a browser. `name` becomes part of the folder's name.
    ///
    /// Uses the display of the machine if there is one; else the stage starts its own.
    ///
    /// # Errors
    /// When a tool is missing or a part does not start.
    pub async fn start(name: &str) -> Result<Self, StageError> {
        let home = home::Home::create(name)?;
        let display = display::Display::open(&home).await?;
        let bus = bus::Bus::start(&home).await?;
        let notifications = notifications::Notifications::default();
        notifications.serve(bus.connection()).await?;
        let (items, machine) = (tray::Items::default(), machine::Machine::default());
        Ok(Self { notifications, items, machine, keyring: None, bus, display, home })
    }

    /// Adds a tray host: programs that wait for one show their icon now.
    ///
    /// # Errors
    /// When the bus refuses.
    pub async fn add_tray_host(&self) -> Result<(), StageError> {
        self.items.serve(self.bus.connection()).await
    }

    /// Adds an unlocked, empty keyring.
    ///
    /// # Errors
    /// When gnome-keyring-daemon is missing or does not take its name on the bus.
    pub async fn add_keyring(&mut self) -> Result<(), StageError> {
        let mut keyring = self.start_keyring(&["--unlock"])?;
        // The password of the new keyring is the line before the end: empty.
        if let Some(mut password) = keyring.take_stdin() {
            password.write_all(b"\n").await.map_err(|error| StageError::DidNotStart {
                tool: "gnome-keyring-daemon".to_owned(),
                reason: error.to_string(),
            })?;
        }
        self.bus.owner_of(SECRETS, START).await?;
        self.keyring = Some(keyring);
        Ok(())
    }

    /// Adds a locked keyring, on a desktop where nobody answers its question for the password.
    ///
    /// # Errors
    /// As [`Self::add_keyring`].
    pub async fn add_locked_keyring(&mut self) -> Result<(), StageError> {
        self.keyring = Some(self.start_keyring(&[])?);
        self.bus.owner_of(SECRETS, START).await
    }

    fn start_keyring(&self, args: &[&str]) -> Result<App, StageError> {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(args).args(["--components=secrets", "--foreground"]).stdin(Stdio::piped());
        App::spawn(command, Some("gnome-keyring"))
    }

    /// Removes the keyring, as in a session that starts it late. What it keeps stays in its file.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn remove_keyring(&mut self) -> Result<(), StageError> {
        match self.keyring.take() {
            Some(mut keyring) => keyring.kill().await,
            None => Ok(()),
        }
    }

    /// Adds a person at the machine: programs learn that there is input now and that the screen is not locked.
    ///
    /// # Errors
    /// When the bus refuses.
    pub async fn add_person(&self) -> Result<(), StageError> {
        self.machine.serve(self.bus.connection()).await
    }

    /// Sets for how long nobody has touched the machine; zero brings the person back.
    ///
    /// # Errors
    /// When the bus refuses.
    pub async fn set_idle(&self, idle: Duration) -> Result<(), StageError> {
        self.machine.set_idle(self.bus.connection(), idle).await
    }

    /// A command in the stage's environment, not started yet.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        self.home.apply(&mut command);
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus.address()).env("DISPLAY", self.display.name());
        command
    }

    /// Starts a program on this desktop, in a process group of its own.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn app(
        &self,
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Result<App, StageError> {
        let mut command = self.command(program);
        command.args(args);
        App::spawn(command, None)
    }

    /// Starts a prepared [`Stage::command`]. `package` is named when the program is missing.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start_command(&self, command: Command, package: &'static str) -> Result<App, StageError> {
        App::spawn(command, Some(package))
    }

    /// A folder inside the stage, created if it is missing, for its owner only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(&self, name: &str) -> Result<PathBuf, StageError> {
        self.home.folder(name)
    }

    /// The name of the display, for programs that look at its pixels.
    #[must_use]
    pub fn display(&self) -> &str {
        self.display.name()
    }

    /// The folder of everything.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.home.root()
    }

    /// The tray icon that was registered last and whose program still runs.
    ///
    /// # Errors
    /// When none comes within `limit`.
    pub async fn tray(&self, limit: Duration) -> Result<Tray, StageError> {
        self.items.newest(self.bus.connection(), limit).await
    }

    /// All notifications so far, the oldest first. A replaced one shows its last text.
    #[must_use]
    pub fn notifications(&self) -> Vec<Notification> {
        self.notifications.all()
    }

    /// An open notification whose title or body contains `words`.
    ///
    /// # Errors
    /// When none comes within `limit`.
    pub async fn notification(&self, words: &str, limit: Duration) -> Result<Notification, StageError> {
        until(limit, &format!("a notification with \"{words}\""), async || {
            let all = self.notifications();
            let found = all.iter().rev().find(|one| one.is_open && one.says(words)).cloned();
            found.ok_or_else(|| format!("{all:?}"))
        })
        .await
    }

    /// Clicks a notification: `action` is the key of a button, or "default" for the notification itself.
    ///
    /// # Errors
    /// When the notification offers no such action, or the bus refuses.
    pub async fn click_notification(
        &self,
        notification: &Notification,
        action: &str,
    ) -> Result<(), StageError> {
        self.notifications.click(self.bus.connection(), notification, action).await
    }

    /// The addresses that programs opened in the browser, the oldest first.
    ///
    /// # Errors
    /// When the browser's record cannot be read, or holds something that is no address.
    pub fn opened(&self) -> Result<Vec<Url>, StageError> {
        self.home.opened()
    }

    /// The address opened after the first `known` ones.
    ///
    /// # Errors
    /// When none is opened within `limit`.
    pub async fn opened_after(&self, known: usize, limit: Duration) -> Result<Url, StageError> {
        until(limit, "an address in the browser", async || {
            let opened = self.opened()?;
            opened.get(known).cloned().ok_or_else(|| format!("{} opened", opened.len()))
        })
        .await
    }

    /// The windows that are on the screen now, of all programs.
    ///
    /// # Errors
    /// When the display does not answer.
    pub async fn windows(&self) -> Result<Vec<Window>, StageError> {
        self.display.windows().await
    }

    /// Asks a window's program to close it, as the button of its title bar does.
    ///
    /// # Errors
    /// When the display does not answer.
    pub async fn close(&self, window: &Window) -> Result<(), StageError> {
        self.display.close(window).await
    }

    /// Presses a key in a window, wherever the focus is.
    ///
    /// # Errors
    /// When the display does not answer.
    pub async fn press(&self, window: &Window, key: Key) -> Result<(), StageError> {
        self.display.press(window, key).await
    }

    /// A window of `app` (or of a process it started) whose title contains `title`, once it is on the screen.
    ///
    /// # Errors
    /// When none is there within `limit`.
    pub async fn window(&self, app: &App, title: &str, limit: Duration) -> Result<Window, StageError> {
        until(limit, &format!("a window \"{title}\""), async || {
            let windows = self.windows().await?;
            let family = app.family();
            let own = |window: &&Window| window.pid.is_some_and(|pid| family.contains(&pid));
            let found = windows.iter().filter(own).find(|window| window.title.contains(title)).cloned();
            found.ok_or_else(|| format!("{windows:?}"))
        })
        .await
    }
}
