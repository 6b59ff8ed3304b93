//! The X display: the machine's own, or an invisible one; which windows are on it, their close buttons and keys.

use std::time::Duration;

use tokio::process::Command;
use x11rb::{
    CURRENT_TIME,
    connection::Connection,
    protocol::xproto::{
        AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
        KeyButMask, KeyPressEvent, MapState, Window as Id,
    },
    rust_connection::RustConnection,
};

use super::{START, StageError, home::Home, process::App};

/// How long the display may take to list its windows.
const ANSWER: Duration = Duration::from_secs(5);
/// The longest title that is read, in bytes / 4.
const TITLE: u32 = 256;

/// A window on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    id: Id,
    /// Its title.
    pub title: String,
    /// The process that made it, if the window names it.
    pub pid: Option<u32>,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
}

impl Window {
    /// Whether both are one window, whatever its title and size are by now.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// A key that a dialog knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Takes the default button.
    Enter,
    /// Cancels.
    Escape,
}

impl Key {
    /// As X names it (`keysymdef.h`).
    fn symbol(self) -> u32 {
        match self {
            Self::Enter => 0xff0d,
            Self::Escape => 0xff1b,
        }
    }
}

#[derive(Debug)]
pub(super) struct Display {
    name: String,
    /// Dropping it stops the server; none if the machine has a display.
    _server: Option<App>,
}

impl Display {
    pub(super) async fn open(home: &Home) -> Result<Self, StageError> {
        if let Some(name) = std::env::var("DISPLAY").ok().filter(|name| !name.is_empty()) {
            return Ok(Self { name, _server: None });
        }
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"])
            .current_dir(home.root());
        let (server, number) = App::spawn_and_read_line(command, "xvfb", START).await?;
        Ok(Self { name: format!(":{number}"), _server: Some(server) })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Asks a window's program to close it, as the button of a title bar does (ICCCM 4.2.8.1).
    pub(super) async fn close(&self, window: &Window) -> Result<(), StageError> {
        let (name, id) = (self.name.clone(), window.id);
        let asked = tokio::task::spawn_blocking(move || close(&name, id)).await;
        let asked = asked.map_err(|ended| StageError::Display(ended.to_string()))?;
        asked.map_err(|error| StageError::Display(error.to_string()))
    }

    /// Presses a key in a window and lets it go, wherever the focus is.
    pub(super) async fn press(&self, window: &Window, key: Key) -> Result<(), StageError> {
        let (name, id) = (self.name.clone(), window.id);
        let pressed = tokio::task::spawn_blocking(move || press(&name, id, key)).await;
        let pressed = pressed.map_err(|ended| StageError::Display(ended.to_string()))?;
        pressed.map_err(|error| StageError::Display(error.to_string()))
    }

    /// The windows that can be seen, those without a title left out.
    pub(super) async fn windows(&self) -> Result<Vec<Window>, StageError> {
        let name = self.name.clone();
        let listed = tokio::task::spawn_blocking(move || list(&name));
        match tokio::time::timeout(ANSWER, listed).await {
            Ok(Ok(windows)) => windows.map_err(|error| StageError::Display(error.to_string())),
            Ok(Err(ended)) => Err(StageError::Display(ended.to_string())),
            Err(_elapsed) => Err(StageError::Display("nothing for 5 s".to_owned())),
        }
    }
}

fn close(name: &str, id: Id) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (connection, _screen) = RustConnection::connect(Some(name))?;
    let protocols = connection.intern_atom(false, b"WM_PROTOCOLS")?.reply()?.atom;
    let delete = connection.intern_atom(false, b"WM_DELETE_WINDOW")?.reply()?.atom;
    let message = ClientMessageEvent::new(32, id, protocols, [delete, CURRENT_TIME, 0, 0, 0]);
    connection.send_event(false, id, EventMask::NO_EVENT, message)?.check()?;
    Ok(())
}

fn press(name: &str, id: Id, key: Key) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (connection, screen) = RustConnection::connect(Some(name))?;
    let (least, most) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let keys = connection.get_keyboard_mapping(least, most - least + 1)?.reply()?;
    let mut symbols = keys.keysyms.chunks(keys.keysyms_per_keycode.into());
    let at = symbols.position(|symbols| symbols.contains(&key.symbol())).ok_or("no such key")?;
    let code = least + u8::try_from(at)?;
    let root = connection.setup().roots.get(screen).ok_or("no screen")?.root;
    for kind in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
        let event = KeyPressEvent {
            response_type: kind,
            detail: code,
            sequence: 0,
            time: CURRENT_TIME,
            root,
            event: id,
            child: x11rb::NONE,
            root_x: 0,
            root_y: 0,
            event_x: 0,
            event_y: 0,
            state: KeyButMask::default(),
            same_screen: true,
        };
        connection.send_event(true, id, EventMask::NO_EVENT, event)?.check()?;
    }
    Ok(())
}

fn list(name: &str) -> Result<Vec<Window>, Box<dyn std::error::Error + Send + Sync>> {
    let (connection, _screen) = RustConnection::connect(Some(name))?;
    let utf8 = connection.intern_atom(false, b"UTF8_STRING")?.reply()?.atom;
    let net_name = connection.intern_atom(false, b"_NET_WM_NAME")?.reply()?.atom;
    let net_pid = connection.intern_atom(false, b"_NET_WM_PID")?.reply()?.atom;
    let roots = connection.setup().roots.iter().map(|screen| screen.root);
    // A window manager puts windows into frames of its own, so the whole tree is walked.
    let mut waiting: Vec<Id> = roots.collect();
    let mut found = Vec::new();
    while let Some(id) = waiting.pop() {
        // A window that went away meanwhile is no window on the screen.
        let Ok(tree) = connection.query_tree(id)?.reply() else { continue };
        waiting.extend(tree.children);
        let Ok(attributes) = connection.get_window_attributes(id)?.reply() else { continue };
        let Ok(title) = connection.get_property(false, id, net_name, utf8, 0, TITLE)?.reply() else {
            continue;
        };
        let pid = connection.get_property(false, id, net_pid, AtomEnum::CARDINAL, 0, 1)?.reply();
        let Ok(size) = connection.get_geometry(id)?.reply() else { continue };
        if attributes.map_state == MapState::VIEWABLE && !title.value.is_empty() {
            found.push(Window {
                id,
                title: String::from_utf8_lossy(&title.value).into_owned(),
                pid: pid.ok().and_then(|pid| pid.value32()?.next()),
                width: size.width,
                height: size.height,
            });
        }
    }
    Ok(found)
}
