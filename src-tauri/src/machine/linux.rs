//! Idleness from GNOME (Mutter) or the X server, the lock from logind or the screen saver, which signal it.
//! No service is started by being asked.
//!
//! KDE's `GetSessionIdleTime` is left out: on Wayland it answers 0 for ever or not at all, and with X11 the
//! X server reports the same.

use std::{sync::mpsc::Sender, thread, time::Duration};

use x11rb::{protocol::screensaver, rust_connection::RustConnection};
use zbus::{
    blocking::{Connection, MessageIterator, Proxy, connection::Builder},
    proxy::MethodFlags,
    zvariant::{DynamicDeserialize, OwnedValue},
};

use super::Seen;

/// How long a service may take to answer.
const ANSWER: Duration = Duration::from_secs(2);

/// A lock is reported by a signal.
pub const SIGNALS_LOCK: bool = true;

/// logind's `LockedHint`. The session has a path of its own, whose signals are not those of `auto`.
const LOCKED_HINT: &str = "type='signal',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',\
     path_namespace='/org/freedesktop/login1/session',arg0='org.freedesktop.login1.Session'";

const COVERED: &str = "type='signal',interface='org.freedesktop.ScreenSaver',member='ActiveChanged'";

/// All that can be asked on Linux.
pub struct Platform {
    session: Bus,
    system: Bus,
    screen: Screen,
}

impl Platform {
    /// The buses and the display of this session. Nothing is opened yet. Whoever has the other end of `told` is to look
    /// again.
    pub fn new(changed: &Sender<()>) -> Self {
        let display = x11_display(|name| std::env::var(name).ok());
        Self {
            session: Bus::new(Builder::session, COVERED, changed.clone()),
            system: Bus::new(Builder::system, LOCKED_HINT, changed.clone()),
            screen: Screen::new(display),
        }
    }

    /// Asks them all.
    pub fn look(&mut self) -> Seen {
        Seen { idle: self.idle(), locked: self.locked() }
    }

    fn idle(&mut self) -> Option<Duration> {
        let mutter = self.session.ask::<u64>(
            "org.gnome.Mutter.IdleMonitor",
            "/org/gnome/Mutter/IdleMonitor/Core",
            "org.gnome.Mutter.IdleMonitor",
            "GetIdletime",
            &(),
        );
        mutter.map(Duration::from_millis).or_else(|| self.screen.idle())
    }

    /// A screen saver that covers the screen counts as a lock: nobody is looking.
    fn locked(&mut self) -> Option<bool> {
        // `auto`: the session of this process, or the one that its person sees (org.freedesktop.login1(5)).
        let hint = self.system.ask::<OwnedValue>(
            "org.freedesktop.login1",
            "/org/freedesktop/login1/session/auto",
            "org.freedesktop.DBus.Properties",
            "Get",
            &("org.freedesktop.login1.Session", "LockedHint"),
        );
        let covered = self.session.ask::<bool>(
            "org.freedesktop.ScreenSaver",
            "/org/freedesktop/ScreenSaver",
            "org.freedesktop.ScreenSaver",
            "GetActive",
            &(),
        );
        either(hint.and_then(|value| bool::try_from(value).ok()), covered)
    }
}

/// Locked where one says so, open where one says so and none the contrary.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one || other),
        (known, None) | (None, known) => known,
    }
}

/// A bus, connected when it is first asked and again after it was lost, and heard while it is connected.
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

    /// Calls a method. None: no bus, no such service, no answer in time, or another type than expected.
    fn ask<R>(
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
                let connection = (self.open)()?.method_timeout(ANSWER).build()?;
                hear(&connection, self.signals, self.changed.clone())?;
                connection
            }
        };
        Ok(self.connection.insert(connection))
    }
}

/// Tells of each such signal until the connection ends, and of its end.
fn hear(connection: &Connection, signals: &'static str, changed: Sender<()>) -> zbus::Result<()> {
    let messages = MessageIterator::for_match_rule(signals, connection, None)?;
    thread::Builder::new().name("lock".to_owned()).spawn(move || {
        // What it says is asked for by the look.
        for _message in messages {
            if changed.send(()).is_err() {
                return;
            }
        }
        // Nobody is there to look any more only at the end of the program.
        let _ = changed.send(());
    })?;
    Ok(())
}

/// The X server's own clock of input (MIT-SCREEN-SAVER).
struct Screen {
    display: Option<String>,
    connection: Option<(RustConnection, usize)>,
}

impl Screen {
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
        let idle = since_input(&connection)
            .inspect_err(|error| tracing::debug!("the X server does not report input: {error}"))
            .ok()?;
        self.connection = Some(connection);
        idle
    }
}

fn since_input(
    (connection, screen): &(RustConnection, usize),
) -> Result<Option<Duration>, x11rb::errors::ReplyError> {
    use x11rb::connection::Connection as _;
    let Some(screen) = connection.setup().roots.get(*screen) else { return Ok(None) };
    let info = screensaver::query_info(connection, screen.root)?.reply()?;
    Ok(Some(Duration::from_millis(info.ms_since_user_input.into())))
}

/// The display where this session's input arrives. The X server inside Wayland hears only a part of it.
fn x11_display(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let wayland =
        set("WAYLAND_DISPLAY").is_some() || set("XDG_SESSION_TYPE").is_some_and(|kind| kind == "wayland");
    if wayland { None } else { set("DISPLAY") }
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
