//! The program on the stage: a tray icon whose menu does what each line says. And what the tests ask of it.

use std::{path::Path, time::Duration};

use futures_util::StreamExt;
use ksni::TrayMethods;
use smoke::stage::{App, Stage, until};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ConnectionExt, CreateWindowAux, PropMode, WindowClass},
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

pub const SOON: Duration = Duration::from_secs(10);

/// Starts this file again as the program on the stage.
pub fn program(stage: &Stage) -> App {
    stage.app(std::env::current_exe().unwrap(), ["--ignored", "--exact", "the_program_on_the_stage"]).unwrap()
}

pub async fn tooltip_becomes(stage: &Stage, wanted: &str) {
    until(SOON, wanted, async || {
        let tray = stage.tray(SOON).await?;
        let tooltip = tray.tooltip().await?;
        if tooltip == wanted { Ok(()) } else { Err(tooltip) }
    })
    .await
    .unwrap();
}

pub fn is_running(pid: u32) -> bool {
    // A zombie has ended; its new parent just has not looked yet.
    std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).is_ok_and(|stat| {
        stat.rsplit_once(')').is_some_and(|(_, state)| !state.trim_start().starts_with('Z'))
    })
}

/// The program itself, until "Quit".
pub async fn play() {
    let (sender, mut orders) = unbounded_channel();
    let icon = Icon { words: "Ready".to_owned(), orders: sender };
    let handle = icon.assume_sni_available(true).spawn().await.unwrap();
    let bus = zbus::Connection::session().await.unwrap();
    let server = zbus::Proxy::new(
        &bus,
        "org.freedesktop.Notifications",
        "/org/freedesktop/Notifications",
        "org.freedesktop.Notifications",
    )
    .await
    .unwrap();
    let mut shown = None;
    while let Some(order) = orders.recv().await {
        match order {
            "Notify" => {
                let mut clicks = server.receive_signal("ActionInvoked").await.unwrap();
                let hints = std::collections::HashMap::<String, zbus::zvariant::Value>::new();
                let note = ("tea", 0_u32, "", "Tea", "Tea is ready", vec!["pour", "Pour"], hints, -1_i32);
                let _: u32 = server.call("Notify", &note).await.unwrap();
                let click = clicks.next().await.unwrap();
                let (_, key): (u32, String) = click.body().deserialize().unwrap();
                handle.update(|icon: &mut Icon| icon.words = format!("Clicked {key}")).await;
            }
            "Browse" => {
                let browser = std::env::var("BROWSER").unwrap();
                std::process::Command::new(browser).arg("http://127.0.0.1/a?b=c&d=e%20f").status().unwrap();
            }
            "Show" => shown = Some(window("Tea time")),
            _ => break,
        }
    }
    drop(shown);
}

fn window(title: &str) -> RustConnection {
    let (connection, screen) = x11rb::connect(None).unwrap();
    let root = &connection.setup().roots[screen];
    let id = connection.generate_id().unwrap();
    connection
        .create_window(
            0,
            id,
            root.root,
            0,
            0,
            320,
            200,
            0,
            WindowClass::INPUT_OUTPUT,
            0,
            &CreateWindowAux::new(),
        )
        .unwrap();
    let atom = |name: &[u8]| connection.intern_atom(false, name).unwrap().reply().unwrap().atom;
    let name = atom(b"_NET_WM_NAME");
    connection.change_property8(PropMode::REPLACE, id, name, atom(b"UTF8_STRING"), title.as_bytes()).unwrap();
    let pid = atom(b"_NET_WM_PID");
    connection
        .change_property32(PropMode::REPLACE, id, pid, AtomEnum::CARDINAL, &[std::process::id()])
        .unwrap();
    connection.map_window(id).unwrap();
    connection.flush().unwrap();
    connection
}

struct Icon {
    words: String,
    orders: UnboundedSender<&'static str>,
}

impl ksni::Tray for Icon {
    fn id(&self) -> String {
        "stand-in".to_owned()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.words = "Left click".to_owned();
    }

    fn tool_tip(&self) -> ksni::ToolTip {
        ksni::ToolTip { title: self.words.clone(), ..Default::default() }
    }

    fn menu(&self) -> Vec<ksni::MenuItem<Self>> {
        let item = |label: &'static str, enabled| {
            ksni::MenuItem::from(ksni::menu::StandardItem {
                label: label.to_owned(),
                enabled,
                activate: Box::new(move |icon: &mut Self| icon.orders.send(label).unwrap()),
                ..Default::default()
            })
        };
        vec![
            item("Notify", true),
            item("Browse", true),
            item("Show", true),
            ksni::MenuItem::Separator,
            item("Greyed", false),
            item("Quit", true),
        ]
    }
}
