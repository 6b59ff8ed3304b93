//! What is done with the bare windows and then with the application while they are measured, as a person does it.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use sandbox::Sandbox;
use smoke::stage::{App, Stage, StageError, until};
use thiserror::Error;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::sleep,
};

use crate::{
    cost::{memory, rest},
    report::{Measured, Windows},
    screen::{Opening, ScreenError, opening},
};

/// How many openings a median is of.
const OPENINGS: usize = 5;
/// How long a start or an opening takes to finish its work in the background.
const SETTLE: Duration = Duration::from_secs(10);
/// How long wake-ups and processor time are counted while nothing is done. The application asks for presences every
/// quarter of a minute.
const REST: Duration = Duration::from_secs(60);
/// Between closing the drawer and opening it again.
const AWAY: Duration = Duration::from_secs(3);
/// How long the application may take to start and to reach both sides, or to end.
const START: Duration = Duration::from_secs(40);
/// The longest that a closed drawer may be kept.
const RELEASE: Duration = Duration::from_secs(600);

const DRAWER: &str = "ConnectPath Teams – Team Status";
const IN_STEP: &str = "In step: Available / Available";

/// Why nothing was measured.
#[derive(Debug, Error)]
pub enum BenchError {
    #[error(transparent)]
    Stage(#[from] StageError),
    #[error(transparent)]
    Screen(#[from] ScreenError),
    #[error("Contoso: {0}")]
    Contoso(String),
    #[error("the page of the bare windows: {0}")]
    Page(#[from] std::io::Error),
}

/// Measures the bare windows and then the application, on a desktop of their own.
pub async fn measure(program: &Path, bare: &Path) -> Result<Measured, BenchError> {
    let mut stage = Stage::start("bench").await?;
    stage.add_tray_host().await?;
    stage.add_keyring().await?;
    stage.add_person().await?;
    // The very first start reads everything from the disk, so it is not measured.
    bare_windows(&stage, bare, Duration::ZERO).await?;
    let bare = bare_windows(&stage, bare, REST).await?;
    let desk = Desk::new(stage, program).await?;
    desk.application(bare).await
}

/// One hidden bare window, at rest, and then a visible one beside it.
async fn bare_windows(stage: &Stage, program: &Path, time: Duration) -> Result<Windows, BenchError> {
    let mut command = stage.command(program);
    command.arg(serve().await?).stdin(Stdio::piped());
    let mut app = stage.start_command(command, "bare-windows")?;
    until(START, "the page of the hidden window", async || {
        let pages = pages(&app);
        if pages == 1 { Ok(()) } else { Err(format!("{pages} pages")) }
    })
    .await?;
    sleep(SETTLE).await;
    let (idle, rest) = (memory(&app.family()), rest(|| app.family(), time).await);
    let mut input = app.take_stdin();
    let opening = opening(stage.display(), "Bare", async {
        match &mut input {
            Some(input) => Ok::<_, BenchError>(input.write_all(b"open\n").await?),
            None => Ok(()),
        }
    })
    .await?;
    sleep(SETTLE).await;
    let open = memory(&app.family());
    app.kill().await?;
    Ok(Windows { idle, open, rest, opening })
}

/// Serves a page with nothing but a colour, for as long as this process lives.
async fn serve() -> Result<String, BenchError> {
    const PAGE: &str = "<!doctype html><title>Bare</title><body style=\"background:#24527a\">";
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{PAGE}",
                PAGE.len()
            );
            // A page that does not come is missing on the screen, which is noticed.
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    Ok(address)
}

/// How many pages a program shows: each has a process.
fn pages(app: &App) -> usize {
    let is_page = |pid: &u32| {
        let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        command.split(|byte| *byte == 0).next().is_some_and(|program| program.ends_with(b"/WebKitWebProcess"))
    };
    app.family().iter().filter(|pid| is_page(pid)).count()
}

/// The application's desk: declared before the application, so that it ends after it.
struct Desk {
    stage: Stage,
    _contoso: Sandbox,
    program: PathBuf,
    data: PathBuf,
}

impl Desk {
    /// Signs in once, so that every later start finds the session in the keyring.
    async fn new(stage: Stage, program: &Path) -> Result<Self, BenchError> {
        let contoso = sandbox::start(sandbox::Options { port: 0, people: 40 }).await;
        let contoso = contoso.map_err(|error| BenchError::Contoso(error.to_string()))?;
        let data = stage.folder("connectpath-teams")?;
        std::fs::write(data.join("settings.toml"), contoso.settings_toml())?;
        let desk = Self { stage, _contoso: contoso, program: program.to_owned(), data };
        let app = desk.start()?;
        until(START, "a tray menu with Teams Login", async || {
            let tray = desk.stage.tray(AWAY).await?;
            Ok(tray.click("Teams Login").await?)
        })
        .await?;
        let page = desk.stage.opened_after(0, START).await?;
        smoke::sign_in(&page).await.map_err(|error| BenchError::Contoso(error.to_string()))?;
        desk.in_step().await?;
        desk.open().await?;
        desk.quit(app).await?;
        Ok(desk)
    }

    async fn application(&self, bare: Windows) -> Result<Measured, BenchError> {
        let mut cold = Vec::new();
        for _ in 1..OPENINGS {
            let app = self.start()?;
            self.in_step().await?;
            sleep(AWAY).await;
            cold.push(self.open().await?);
            self.quit(app).await?;
        }
        let app = self.start()?;
        self.in_step().await?;
        sleep(SETTLE).await;
        let idle = memory(&app.family());
        let quiet = rest(|| app.family(), REST).await;
        cold.push(self.open().await?);
        sleep(SETTLE).await;
        let open = memory(&app.family());
        let mut again = Vec::new();
        for _ in 0..OPENINGS {
            self.close(&app).await?;
            sleep(AWAY).await;
            again.push(self.open().await?);
        }
        self.close(&app).await?;
        sleep(SETTLE).await;
        let hidden = memory(&app.family());
        let hidden_rest = rest(|| app.family(), REST).await;
        until(RELEASE, "the end of the closed drawer's page", async || {
            let pages = pages(&app);
            if pages == 1 { Ok(()) } else { Err(format!("{pages} pages")) }
        })
        .await?;
        sleep(SETTLE).await;
        let released = memory(&app.family());
        let after_release = self.open().await?;
        self.quit(app).await?;
        Ok(Measured { bare, idle, quiet, open, hidden, hidden_rest, released, cold, again, after_release })
    }

    fn start(&self) -> Result<App, BenchError> {
        let args = ["--hidden".into(), "--data-dir".into(), self.data.clone().into_os_string()];
        Ok(self.stage.app(&self.program, args)?)
    }

    async fn in_step(&self) -> Result<(), BenchError> {
        until(START, &format!("a tray that says \"{IN_STEP}\""), async || {
            let tooltip = self.stage.tray(AWAY).await?.tooltip().await?;
            if tooltip == IN_STEP { Ok(()) } else { Err(tooltip) }
        })
        .await?;
        Ok(())
    }

    /// A left click on the tray.
    async fn open(&self) -> Result<Opening, BenchError> {
        let tray = self.stage.tray(AWAY).await?;
        opening(self.stage.display(), DRAWER, async { Ok::<_, BenchError>(tray.activate().await?) }).await
    }

    /// The close button of the drawer.
    async fn close(&self, app: &App) -> Result<(), BenchError> {
        let window = self.stage.window(app, DRAWER, START).await?;
        self.stage.close(&window).await?;
        until(START, "a closed drawer", async || {
            let windows = self.stage.windows().await?;
            if windows.iter().any(|window| window.title == DRAWER) {
                Err(format!("{windows:?}"))
            } else {
                Ok(())
            }
        })
        .await?;
        Ok(())
    }

    async fn quit(&self, mut app: App) -> Result<(), BenchError> {
        self.stage.tray(AWAY).await?.click("Quit").await?;
        app.wait(START).await?;
        Ok(())
    }
}
