//! Use a display and a bus of their own. The same bus takes the part of the system bus.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Instant,
};

use smoke::stage::Stage;
use zbus::{connection, interface, zvariant::Value};

use super::*;

/// A time without input that ends a wait.
const LONG: Duration = Duration::from_millis(300);

struct ScreenSaver(Arc<AtomicBool>);

#[interface(name = "org.freedesktop.ScreenSaver")]
impl ScreenSaver {
    fn get_active(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

struct IdleMonitor;

#[interface(name = "org.gnome.Mutter.IdleMonitor")]
impl IdleMonitor {
    fn get_idletime(&self) -> u64 {
        90_000
    }
}

struct Session;

#[interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn locked_hint(&self) -> bool {
        true
    }
}

/// An X server that nobody sees and nobody else uses.
struct Xvfb {
    server: Child,
    display: String,
}

impl Xvfb {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb");
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("its output")).read_line(&mut number).expect("its number");
        Self { server, display: format!(":{}", number.trim()) }
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

/// The address of the stage's bus.
fn address(stage: &Stage) -> String {
    let command = stage.command("env");
    let (_, value) =
        command.as_std().get_envs().find(|(name, _)| *name == "DBUS_SESSION_BUS_ADDRESS").expect("a bus");
    value.and_then(|value| value.to_str()).expect("an address").to_owned()
}

fn platform(address: &str, display: &str, changed: &Sender<()>) -> Platform {
    let bus = |address: String, signals| {
        Bus::new(move || Builder::address(address.as_str()), signals, changed.clone())
    };
    Platform {
        session: bus(address.to_owned(), SCREEN_COVERED),
        system: bus(address.to_owned(), LOCKED_HINT),
        x_server: XServer::new(Some(display.to_owned())),
    }
}

async fn read(mut platform: Platform) -> (Platform, Reading) {
    tokio::task::spawn_blocking(move || {
        let reading = platform.read();
        (platform, reading)
    })
    .await
    .expect("a reading")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_service_is_read_and_a_missing_one_is_unknown() {
    let stage = Stage::start("machine").await.expect("a stage");
    let address = address(&stage);
    let server = Xvfb::start();

    let (changed, _changes) = mpsc::channel();
    let (platform, reading) = read(platform(&address, &server.display, &changed)).await;
    let idle = reading.idle.expect("the X server reports input");
    assert!(idle < Duration::from_secs(60), "{idle:?}");
    assert_eq!(reading.locked, None, "nothing reports a lock");

    let covered = Arc::new(AtomicBool::new(false));
    let desktop = connection::Builder::address(address.as_str())
        .and_then(|builder| {
            builder.serve_at("/org/freedesktop/ScreenSaver", ScreenSaver(Arc::clone(&covered)))
        })
        .and_then(|builder| builder.serve_at("/org/gnome/Mutter/IdleMonitor/Core", IdleMonitor))
        .and_then(|builder| builder.serve_at("/org/freedesktop/login1/session/auto", Session))
        .expect("services")
        .build()
        .await
        .expect("a connection");
    desktop.request_name("org.freedesktop.ScreenSaver").await.expect("a name");
    let (platform, reading) = read(platform).await;
    assert_eq!(reading.locked, Some(false));
    covered.store(true, Ordering::Relaxed);
    let (platform, reading) = read(platform).await;
    assert_eq!(reading.locked, Some(true));

    covered.store(false, Ordering::Relaxed);
    desktop.request_name("org.freedesktop.login1").await.expect("a name");
    desktop.request_name("org.gnome.Mutter.IdleMonitor").await.expect("a name");
    let (platform, reading) = read(platform).await;
    assert_eq!(reading, Reading { idle: Some(Duration::from_secs(90)), locked: Some(true) });

    drop(desktop);
    drop(stage);
    drop(server);
    let (_, reading) = read(platform).await;
    assert_eq!(reading, Reading { idle: None, locked: None }, "the bus and the display have ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_is_reported_at_once_and_so_is_the_end_of_a_bus() {
    let stage = Stage::start("lock").await.expect("a stage");
    let address = address(&stage);
    let (changed, changes) = mpsc::channel();
    let (platform, _) = read(platform(&address, "", &changed)).await;
    let desktop =
        connection::Builder::address(address.as_str()).expect("a bus").build().await.expect("a bus");
    let properties = HashMap::from([("LockedHint", Value::from(true))]);
    let none: [&str; 0] = [];
    let hint = ("org.freedesktop.login1.Session", &properties, &none[..]);
    let path = "/org/freedesktop/login1/session/_32";
    desktop
        .emit_signal(None::<()>, path, "org.freedesktop.DBus.Properties", "PropertiesChanged", &hint)
        .await
        .expect("a signal");
    assert_eq!(changes.recv_timeout(ANSWER_LIMIT), Ok(()), "of logind");
    let saver = "org.freedesktop.ScreenSaver";
    desktop
        .emit_signal(None::<()>, "/org/freedesktop/ScreenSaver", saver, "ActiveChanged", &true)
        .await
        .expect("a signal");
    assert_eq!(changes.recv_timeout(ANSWER_LIMIT), Ok(()), "of the screen saver");
    drop(stage);
    assert_eq!(changes.recv_timeout(ANSWER_LIMIT), Ok(()), "the bus has ended");
    drop(platform);
}

/// Input as from a device, by the XTEST extension.
fn move_pointer(display: &str) -> Result<(), Box<dyn std::error::Error>> {
    use x11rb::{connection::Connection as _, protocol::xproto, protocol::xtest};
    let (connection, screen) = x11rb::connect(Some(display))?;
    let root = connection.setup().roots[screen].root;
    let place = xproto::query_pointer(&connection, root)?.reply()?;
    let x = if place.root_x > 100 { 50 } else { 150 };
    xtest::fake_input(&connection, xproto::MOTION_NOTIFY_EVENT, 0, x11rb::CURRENT_TIME, root, x, 40, 0)?
        .check()?;
    Ok(())
}

#[test]
fn a_movement_ends_idleness_on_the_x_server() {
    let server = Xvfb::start();
    let mut x_server = XServer::new(Some(server.display.clone()));
    let begun = Instant::now();
    while x_server.idle().expect("the X server answers") < LONG {
        assert!(begun.elapsed() < 20 * LONG, "the idle time must grow without input");
        thread::yield_now();
    }
    move_pointer(&server.display).expect("a movement");
    assert!(x_server.idle().expect("the X server answers") < LONG);
}

#[test]
fn the_x_server_inside_wayland_is_not_asked() {
    let display = |variables: &[(&str, &str)]| {
        x11_display(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(display(&[("DISPLAY", ":1")]), Some(":1".to_owned()));
    assert_eq!(
        display(&[("DISPLAY", ":1"), ("WAYLAND_DISPLAY", ""), ("XDG_SESSION_TYPE", "x11")]),
        Some(":1".to_owned())
    );
    assert_eq!(display(&[("DISPLAY", ":1"), ("WAYLAND_DISPLAY", "wayland-0")]), None);
    assert_eq!(display(&[("DISPLAY", ":1"), ("XDG_SESSION_TYPE", "wayland")]), None);
    assert_eq!(display(&[("DISPLAY", "")]), None);
}

#[test]
fn one_lock_is_enough() {
    assert_eq!(combine_locks(Some(false), Some(true)), Some(true));
    assert_eq!(combine_locks(Some(true), None), Some(true));
    assert_eq!(combine_locks(None, Some(false)), Some(false));
    assert_eq!(combine_locks(None, None), None);
}
