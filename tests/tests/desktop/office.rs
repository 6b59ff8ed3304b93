//! A desk in Contoso's office: a private desktop, Contoso, the data folder, and the real application on it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sandbox::{Sandbox, World};
use smoke::stage::{App, Page, Stage, Tray, until};

use crate::processes::has_window;

/// How long the application may take to start and reach both sides, on a slow machine with other tests.
pub const START: Duration = Duration::from_secs(40);
/// How long an answer to a click may take.
pub const CLICK: Duration = Duration::from_secs(20);
/// Long enough to see what is there already.
const LOOK: Duration = Duration::from_millis(500);
pub const DRAWER: &str = "ConnectPath Teams – Team Status";
pub const BOTH_AVAILABLE: &str = "In step: Available / Available";
pub const LOGIN_NEEDED: &str = "Teams Login needed";
pub const NOT_SET_UP: &str = "Not set up yet";
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
        let more = "[sync]\nhold = 1\n\n[calls]\nregion = \"GB\"\n";
        std::fs::write(self.settings_file(), format!("{text}\n{more}")).unwrap();
    }

    /// Starts the application as a person does.
    pub fn start(&self, args: &[&str]) -> App {
        self.stage.app(program(), self.arguments(args)).unwrap()
    }

    /// Starts the application under WebDriver, which takes its first window.
    pub async fn drive(&self, args: &[&str]) -> (App, Page) {
        let args = self.arguments(args).into_iter().map(Into::into);
        self.stage.drive(&program(), args).await.unwrap()
    }

    /// Opens the wizard from the tray of an application that is not set up: its window is the first one.
    pub async fn drive_set_up(&self) -> (App, Page) {
        let click = async {
            self.tooltip_is(NOT_SET_UP, START).await.click("Set up").await.unwrap();
        };
        let (driven, ()) = tokio::join!(self.drive(&["--hidden"]), click);
        driven
    }

    pub fn arguments(&self, args: &[&str]) -> Vec<String> {
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

    /// Clicks the close button of the drawer, and waits until nobody sees it.
    pub async fn close_drawer(&self, app: &App) {
        let window = self.stage.window(app, DRAWER, CLICK).await.unwrap();
        self.stage.close(&window).await.unwrap();
        until(CLICK, "a closed drawer", async || {
            let windows = self.stage.windows().await?;
            if has_window(app, &windows) { Err(format!("{windows:?}")) } else { Ok(()) }
        })
        .await
        .unwrap();
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

/// The built application.
pub fn program() -> PathBuf {
    let program = target().join("debug/connectpath-teams");
    assert!(program.exists(), "{} is missing. Build it: cargo build -p connectpath-teams", program.display());
    program
}
