//! A desk in Contoso's office: a private desktop, Contoso, the data folder, and the real application on it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use sandbox::{Sandbox, World};
use smoke::stage::{App, Stage, Tray, until};

/// How long the application may take to start and reach both sides, on a slow machine with other tests.
pub const START: Duration = Duration::from_secs(40);
/// How long an answer to a click may take.
pub const CLICK: Duration = Duration::from_secs(20);
/// Long enough to see what is there already.
const LOOK: Duration = Duration::from_millis(500);
pub const DRAWER: &str = "Team status";
pub const BOTH_AVAILABLE: &str = "In step: Available / Available";
pub const LOGIN_NEEDED: &str = "Teams Login needed";
/// How many people Contoso has.
pub const PEOPLE: usize = 40;

/// Declared before the applications that run at it, so that they end first.
pub struct Desk {
    pub stage: Stage,
    pub contoso: Sandbox,
    pub data: PathBuf,
}

impl Desk {
    /// A desk with settings, without tray host and keyring.
    pub async fn new(name: &str) -> Self {
        let contoso = sandbox::start(sandbox::Options { port: 0, people: PEOPLE }).await.unwrap();
        let stage = Stage::start(name).await.unwrap();
        let data = stage.folder("connectpath-teams").unwrap();
        let desk = Self { stage, contoso, data };
        desk.write_settings(&desk.contoso.settings_toml());
        desk
    }

    /// A desk as most people have it.
    pub async fn complete(name: &str) -> Self {
        let mut desk = Self::new(name).await;
        desk.stage.add_tray_host().await.unwrap();
        desk.stage.add_keyring().await.unwrap();
        desk
    }

    pub fn world(&self) -> World {
        self.contoso.world()
    }

    pub fn settings_file(&self) -> PathBuf {
        self.data.join("settings.toml")
    }

    pub fn write_settings(&self, text: &str) {
        std::fs::write(self.settings_file(), format!("{text}\n[sync]\nhold = 1\n")).unwrap();
    }

    /// Starts the application as a person does.
    pub fn start(&self, args: &[&str]) -> App {
        self.stage.app(program(), self.arguments(args)).unwrap()
    }

    /// Starts the application under WebDriver, which takes its first window.
    pub async fn drive(&self, args: &[&str]) -> (App, Client) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = self.stage.command("WebKitWebDriver");
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = self.stage.start_command(command, "webkit2gtk-driver").unwrap();
        until(CLICK, "WebKitWebDriver at its port", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.map_err(|error| error.to_string())
        })
        .await
        .unwrap();
        let options = serde_json::json!({ "binary": program(), "args": self.arguments(args) });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let session = builder.capabilities(capabilities).connect(&address);
        let client = tokio::time::timeout(START, session).await.expect("a window for WebDriver").unwrap();
        (driver, client)
    }

    fn arguments(&self, args: &[&str]) -> Vec<String> {
        let data = ["--data-dir".to_owned(), self.data.to_str().unwrap().to_owned()];
        data.into_iter().chain(args.iter().map(|arg| (*arg).to_owned())).collect()
    }

    /// Clicks Teams Login in the tray and signs in in the browser.
    pub async fn sign_in(&self) {
        let known = self.stage.opened().unwrap().len();
        self.tooltip_is(LOGIN_NEEDED, START).await.click("Teams Login").await.unwrap();
        let page = self.stage.opened_after(known, CLICK).await.unwrap();
        smoke::sign_in(&page).await.unwrap();
    }

    /// The tray, once it says exactly this.
    pub async fn tooltip_is(&self, wanted: &str, limit: Duration) -> Tray {
        until(limit, &format!("a tray that says \"{wanted}\""), async || {
            let tray = self.stage.tray(LOOK).await?;
            let tooltip = tray.tooltip().await?;
            if tooltip == wanted { Ok(tray) } else { Err(format!("\"{tooltip}\"")) }
        })
        .await
        .unwrap()
    }

    /// Own presence as colleagues see it, once it is this.
    pub async fn shown_becomes(&self, wanted: sandbox::Presence) {
        let world = self.world();
        until(CLICK, &format!("{wanted:?} in Teams"), async || {
            let shown = world.overview().presence;
            if shown == wanted { Ok(()) } else { Err(format!("{shown:?}")) }
        })
        .await
        .unwrap();
    }
}

/// `target/`, from this test's place in `target/debug/deps/`.
pub fn target() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).map(Path::to_path_buf).unwrap()
}

fn program() -> PathBuf {
    let program = target().join("debug/connectpath-teams");
    assert!(program.exists(), "{} is missing. Build it: cargo build -p connectpath-teams", program.display());
    program
}
