//! Reads the idle time from GNOME (Mutter) or the X server, and the lock from logind or the screen saver, which signal
//! its changes. It must not start a service by a question.
//!
//! KDE's `GetSessionIdleTime` is left out: on Wayland it always answers 0 or not at all, and with X11 the X
//! server reports the same.

use std::{sync::mpsc::Sender, thread, time::Duration};

use x11rb::{protocol::screensaver, rust_connection::RustConnection};
use zbus::{
    blocking::{Connection, MessageIterator, Proxy, connection::Builder},
    proxy::MethodFlags,
    zvariant::{DynamicDeserialize, OwnedValue},
};

use super::Reading;

/// How long a service may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// Linux signals a lock.
pub const SIGNALS_LOCK: bool = true;

/// Changes of logind's `LockedHint`. The signals come from the session's own path, not from `auto`.
const LOCKED_HINT: &str = "type='signal',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',\
     path_namespace='/org/freedesktop/login1/session',arg0='org.freedesktop.login1.Session'";

/// Changes of the screen saver.
const SCREEN_COVERED: &str = "type='signal',interface='org.freedesktop.ScreenSaver',member='ActiveChanged'";

/// The sources on Linux.
pub struct Platform {
    session: Bus,
    system: Bus,
    x_server: XServer,
}

impl Platform {
    /// The buses and the display of this session. Nothing is opened yet. `changed` gets a message when the state may have
    /// changed.
    pub fn new(changed: &Sender<()>) -> Self {
        let display = x11_display(|name| std::env::var(name).ok());
        Self {
            session: Bus::new(Builder::session, SCREEN_COVERED, changed.clone()),
            system: Bus::new(Builder::system, LOCKED_HINT, changed.clone()),
            x_server: XServer::new(display),
        }
    }

    /// Reads all sources.
    pub fn read(&mut self) -> Reading {
        Reading { idle: self.idle(), locked: self.locked() }
    }

    fn idle(&mut self) -> Option<Duration> {
        let mutter = self.session.call::<u64>(
            "org.gnome.Mutter.IdleMonitor",
            "/org/gnome/Mutter/IdleMonitor/Core",
            "org.gnome.Mutter.IdleMonitor",
            "GetIdletime",
            &(),
        );
        mutter.map(Duration::from_millis).or_else(|| self.x_server.idle())
    }

    /// A screen saver that covers the screen counts as a lock, because nobody sees the screen.
    fn locked(&mut self) -> Option<bool> {
        // `auto`: the session of this process, or else the person's graphical session (org.freedesktop.login1(5)).
        let hint = self.system.call::<OwnedValue>(
            "org.freedesktop.login1",
            "/org/freedesktop/login1/session/auto",
            "org.freedesktop.DBus.Properties",
            "Get",
            &("org.freedesktop.login1.Session", "LockedHint"),
        );
        let covered = self.session.call::<bool>(
            "org.freedesktop.ScreenSaver",
            "/org/freedesktop/ScreenSaver",
            "org.freedesktop.ScreenSaver",
            "GetActive",
            &(),
        );
        combine_locks(hint.and_then(|value| bool::try_from(value).ok()), covered)
    }
}

/// Locked if one source says so. Unlocked if one source says so and none contradicts.
fn combine_locks(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one || other),
        (known, None) | (None, known) => known,
    }
}

/// A bus, connected at its first call and again after the connection was lost. Its signals are forwarded while it is
/// connected.
struct Bus {
    open: Box<dyn Fn() -> zbus::Result<Builder<'static>> + Send>,
    signals: &'static str,
    changed: Sender<()>,
    connection: Option<Connection>,
}

impl Bus {
    fn new(
        open: impl Fn() -> zbus::Result<Builder<'static>> + Send + 'static,
        signals: &'static str,
        changed: Sender<()>,
    ) -> Self {
        Self { open: Box::new(open), signals, changed, connection: None }
    }

    /// Calls a method. None if there is no bus, no such service, no answer in time, or an answer of another type.
    fn call<R>(
        &mut self,
        service: &'static str,
        path: &'static str,
        interface: &'static str,
        method: &'static str,
        arguments: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) -> Option<R>
    where
        R: for<'d> DynamicDeserialize<'d>,
    {
        let answer = self.connect().and_then(|connection| {
            Proxy::new(connection, service, path, interface)?.call_with_flags(
                method,
                MethodFlags::NoAutoStart.into(),
                arguments,
            )
        });
        answer
            .inspect_err(|error| {
                tracing::debug!("{service} did not answer: {error}");
                if !matches!(error, zbus::Error::MethodError(..)) {
                    self.connection = None;
                }
            })
            .ok()
            .flatten()
    }

    fn connect(&mut self) -> zbus::Result<&Connection> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let connection = (self.open)()?.method_timeout(ANSWER_LIMIT).build()?;
                forward_signals(&connection, self.signals, self.changed.clone())?;
                connection
            }
        };
        Ok(self.connection.insert(connection))
    }
}

/// Sends to `changed` for each signal, and once more when the connection ends.
fn forward_signals(connection: &Connection, signals: &'static str, changed: Sender<()>) -> zbus::Result<()> {
    let messages = MessageIterator::for_match_rule(signals, connection, None)?;
    thread::Builder::new().name("lock".to_owned()).spawn(move || {
        // The next reading fetches the state itself.
        for _message in messages {
            if changed.send(()).is_err() {
                return;
            }
        }
        // Sending fails only at the end of the program.
        let _ = changed.send(());
    })?;
    Ok(())
}

/// The X server, which measures the time since the last input (MIT-SCREEN-SAVER).
struct XServer {
    display: Option<String>,
    connection: Option<(RustConnection, usize)>,
}

impl XServer {
    fn new(display: Option<String>) -> Self {
        Self { display, connection: None }
    }

    fn idle(&mut self) -> Option<Duration> {
        let display = self.display.as_deref()?;
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => x11rb::connect(Some(display))
                .inspect_err(|error| tracing::debug!("the X server was not reached: {error}"))
                .ok()?,
        };
        let idle = read_idle_time(&connection)
            .inspect_err(|error| tracing::debug!("the X server does not report input: {error}"))
            .ok()?;
        self.connection = Some(connection);
        idle
    }
}

fn read_idle_time(
    (connection, screen): &(RustConnection, usize),
) -> Result<Option<Duration>, x11rb::errors::ReplyError> {
    use x11rb::connection::Connection as _;
    let Some(screen) = connection.setup().roots.get(*screen) else { return Ok(None) };
    let info = screensaver::query_info(connection, screen.root)?.reply()?;
    Ok(Some(Duration::from_millis(info.ms_since_user_input.into())))
}

/// The display that receives this session's input. None under Wayland, whose X server receives only a part of it.
fn x11_display(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let wayland =
        set("WAYLAND_DISPLAY").is_some() || set("XDG_SESSION_TYPE").is_some_and(|kind| kind == "wayland");
    if wayland { None } else { set("DISPLAY") }
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
