//! The scene of the smoke test: Contoso, a private desktop, and the application on it; and the first day, on
//! which Teams follows Connect.

mod both_ways;

use std::{
    fmt::Display,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use sandbox::{AskedOfConnect, Sandbox, World};
use thiserror::Error;
use tokio::time::sleep;

use super::contoso;
use crate::stage::{App, Notification, Stage, StageError, Tray, until};

/// The hold of this test, as it is written into the settings.
const HOLD: Duration = Duration::from_secs(1);
/// What a write may take after its hold: one read, the write, and the reads that confirm it.
const WRITE: Duration = Duration::from_secs(3);
/// How long the application may take to start and reach both sides, on a slow machine.
const START: Duration = Duration::from_secs(30);
/// How long an answer to a click may take.
const CLICK: Duration = Duration::from_secs(10);
/// Long enough to see what is there already.
const LOOK: Duration = Duration::from_millis(200);
/// Between two reads of own presence, as the application does them by itself.
const POLL: Duration = Duration::from_secs(12);
/// How long quitting may take: the application gives itself 5 s.
const QUIT: Duration = Duration::from_secs(6);

/// Words of the application that the steps look for.
const LOGIN_NEEDED: &str = "Teams Login needed";
const TEAMS_LOGIN: &str = "Teams Login";
const NEEDS_LOGIN: &str = "Teams needs a login.";
const SYNC_NOW: &str = "Sync now";
const BOTH_AVAILABLE: &str = "In step: Available / Available";

/// Why a step failed.
#[derive(Debug, Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Stage(#[from] StageError),
    #[error("Contoso: {0}")]
    Contoso(String),
    #[error("{0}")]
    Seen(String),
}

impl Failure {
    fn contoso(error: impl Display) -> Self {
        Self::Contoso(error.to_string())
    }
}

type Step = Result<String, Failure>;

/// The scene. The order of the fields is the order in which they end.
pub(super) struct Scene {
    app: App,
    stage: Stage,
    contoso: Sandbox,
    world: World,
    program: PathBuf,
    data: PathBuf,
    login_icon: Option<u64>,
}

impl Scene {
    /// Starts Contoso and the desktop, and the application for the first time.
    pub(super) async fn prepare(program: &Path) -> Result<Self, Failure> {
        let contoso =
            sandbox::start(sandbox::Options { port: 0, people: 40 }).await.map_err(Failure::contoso)?;
        let mut stage = Stage::start("smoke-test").await?;
        stage.add_tray_host().await?;
        stage.add_keyring().await?;
        let data = stage.folder("connectpath-teams")?;
        write_settings(&data, &contoso, "")?;
        let app = start(&stage, program, &data)?;
        let world = contoso.world();
        Ok(Self { app, stage, contoso, world, program: program.to_owned(), data, login_icon: None })
    }

    /// The application asks for Teams Login; the person clicks the notification and signs in.
    pub(super) async fn sign_in(&mut self) -> Step {
        let tray = self.tooltip_is(LOGIN_NEEDED, START).await?;
        self.login_icon = Some(tray.icon().await?);
        if !tray.menu().await?.iter().any(|line| line.label == TEAMS_LOGIN && line.is_enabled) {
            return Err(Failure::Seen(format!(
                "\"{TEAMS_LOGIN}\" was expected in the tray menu; seen: none"
            )));
        }
        let notice = self.stage.notification(NEEDS_LOGIN, CLICK).await?;
        self.press(&notice, TEAMS_LOGIN).await?;
        let page = self.stage.opened_after(0, CLICK).await?;
        crate::sign_in(&page).await.map_err(Failure::contoso)?;
        until(CLICK, "a tray that asks for no login", async || {
            let tray = self.stage.tray(LOOK).await?;
            let menu = tray.menu().await?;
            let asks = menu.iter().any(|line| line.label == TEAMS_LOGIN);
            if asks { Err(format!("{menu:?}")) } else { Ok(()) }
        })
        .await?;
        Ok(format!("tray and notification asked, the browser opened {}", page.path()))
    }

    /// The agent's Connect session is live, and both states are known.
    pub(super) async fn connect_session(&mut self) -> Step {
        let tray = self.tooltip_is(BOTH_AVAILABLE, START).await?;
        if Some(tray.icon().await?) == self.login_icon {
            return Err(Failure::Seen("another tray sign than that of Teams Login was expected".to_owned()));
        }
        Ok(format!("the tray says \"{BOTH_AVAILABLE}\""))
    }

    /// A custom status becomes Busy in Teams, not before its hold.
    pub(super) async fn custom_status(&mut self) -> Step {
        let known = self.world.overview().writes.len();
        let begun = Timestamp::now();
        self.world.choose_status("Training").map_err(Failure::contoso)?;
        self.shown_becomes("Busy/Busy", HOLD + WRITE).await?;
        let took = Timestamp::now().duration_since(begun);
        let writes = contoso::new_writes(&self.world, known);
        if let Some(early) =
            writes.iter().find(|write| write.at.duration_since(begun) < SignedDuration::from_secs(1))
        {
            return Err(Failure::Seen(format!(
                "no write before the hold of 1 s was expected; seen: {early:?}"
            )));
        }
        self.tooltip_is("In step: Training / Busy", CLICK).await?;
        Ok(format!("Training is Busy in Teams after {:.2} s", took.as_secs_f32()))
    }

    /// Available again gives Teams back.
    pub(super) async fn back_to_available(&mut self) -> Step {
        self.world.choose_status("Available").map_err(Failure::contoso)?;
        self.shown_becomes("Available/Available", HOLD + WRITE).await?;
        self.tooltip_is(BOTH_AVAILABLE, CLICK).await?;
        Ok(format!("Teams is Available; ours is {}", contoso::ours(&self.world)))
    }

    /// A connected voice contact is In a call.
    pub(super) async fn contact_connects(&mut self) -> Step {
        self.world.ring(sandbox::Channel::Voice, "+44 20 7946 0018").map_err(Failure::contoso)?;
        sleep(HOLD / 2).await;
        self.world.connect_contact().map_err(Failure::contoso)?;
        self.shown_becomes("Busy/InACall", HOLD + WRITE).await?;
        self.tooltip_is("In step: On a call / In a call", CLICK).await?;
        Ok("Teams says In a call".to_owned())
    }

    /// After-contact work is still the call; when it is done, In a call is given back.
    pub(super) async fn contact_ends(&mut self) -> Step {
        self.world.end_contact().map_err(Failure::contoso)?;
        self.tooltip_is("In step: After contact work / In a call", CLICK).await?;
        self.world.clear_contact().map_err(Failure::contoso)?;
        self.shown_becomes("Available/Available", HOLD + WRITE).await?;
        let ours = contoso::ours(&self.world);
        if ours.contains("InACall") {
            return Err(Failure::Seen(format!("no In a call of ours was expected; seen: {ours}")));
        }
        self.tooltip_is(BOTH_AVAILABLE, CLICK).await?;
        Ok(format!("Teams is Available; ours is {ours}"))
    }

    /// A status shorter than the hold writes nothing.
    pub(super) async fn short_status(&mut self) -> Step {
        let known = self.world.overview().writes.len();
        self.world.choose_status("Training").map_err(Failure::contoso)?;
        sleep(HOLD * 2 / 5).await;
        self.world.choose_status("Available").map_err(Failure::contoso)?;
        self.settle().await?;
        let new = contoso::new_writes(&self.world, known);
        if new.is_empty() {
            return Ok("Training for 0.4 s wrote nothing".to_owned());
        }
        Err(Failure::Seen(format!("no write was expected; seen: {new:?}")))
    }

    /// After a crash the application logs in again from the keyring, and writes nothing twice.
    pub(super) async fn crash_and_restart(&mut self) -> Step {
        let pages = self.stage.opened()?.len();
        let before = self.world.overview();
        self.app.kill().await?;
        self.app = start_hidden(&self.stage, &self.program, &self.data)?;
        self.tooltip_is(BOTH_AVAILABLE, START).await?;
        self.settle().await?;
        if self.stage.opened()?.len() != pages || self.world.overview().sign_ins != before.sign_ins {
            return Err(Failure::Seen(
                "a sign-in from the keyring was expected; seen: the browser".to_owned(),
            ));
        }
        let new = contoso::new_values(&self.world, before.writes.len());
        if !new.is_empty() {
            return Err(Failure::Seen(format!("no write but renewals was expected; seen: {new:?}")));
        }
        Ok("killed, started again, signed in from the keyring, nothing written twice".to_owned())
    }

    /// Quit gives back what was written, and leaves the agent logged in to Connect.
    pub(super) async fn quit(&mut self) -> Step {
        let agent = self.world.overview().agent;
        self.stage.tray(CLICK).await?.click("Quit").await?;
        let status = self.app.wait(QUIT).await?;
        if !status.success() {
            return Err(Failure::Seen(format!("exit code 0 was expected; seen: {status}")));
        }
        let ours = contoso::ours(&self.world);
        if ours != "nothing" {
            return Err(Failure::Seen(format!("nothing of ours was expected in Teams; seen: {ours}")));
        }
        let after = self.world.overview().agent;
        if !after.logged_in || after.chosen != agent.chosen {
            return Err(Failure::Seen(format!("an agent left alone was expected; seen: {after:?}")));
        }
        Ok(format!("presence taken back, the agent is still logged in and {}", after.chosen))
    }

    /// False once the application has ended.
    pub(super) fn is_running(&mut self) -> bool {
        self.app.is_running().unwrap_or(false)
    }

    pub(super) fn log_tail(&self, lines: usize) -> String {
        self.app.log_tail(lines)
    }

    /// Presses a button of a notification.
    async fn press(&self, notice: &Notification, label: &str) -> Result<(), Failure> {
        let Some((key, _)) = notice.actions.iter().find(|(_, words)| words == label) else {
            return Err(Failure::Seen(format!("a button \"{label}\" was expected; seen: {notice:?}")));
        };
        Ok(self.stage.click_notification(notice, key).await?)
    }

    async fn sync_now(&self) -> Result<(), Failure> {
        Ok(self.stage.tray(CLICK).await?.click(SYNC_NOW).await?)
    }

    /// Lets a hold pass and then waits for a read of own presence: a write that was due has happened by then.
    async fn settle(&self) -> Result<(), Failure> {
        sleep(HOLD).await;
        self.read_now().await
    }

    /// Waits for a read of own presence that begins after this call.
    async fn read_now(&self) -> Result<(), Failure> {
        let answered = || self.world.overview().reads.iter().filter(|read| read.answered).count();
        let known = answered();
        self.sync_now().await?;
        until(CLICK, "a read of own presence", async || {
            if answered() > known { Ok(()) } else { Err(format!("{known} reads")) }
        })
        .await?;
        Ok(())
    }

    async fn chosen_becomes(&self, wanted: &str, limit: Duration) -> Result<(), Failure> {
        until(limit, &format!("{wanted} in Connect"), async || {
            let agent = self.world.overview().agent;
            if agent.chosen == wanted {
                Ok(())
            } else {
                Err(format!("{}, next {:?}", agent.chosen, agent.next))
            }
        })
        .await?;
        Ok(())
    }

    /// Checks that exactly this status was asked for after the first `known` requests.
    fn one_status(&self, known: usize, status: &'static str, next: bool) -> Result<(), Failure> {
        self.statuses_are(known, &[AskedOfConnect::PutAgentState { status, next }])
    }

    fn statuses_are(&self, known: usize, wanted: &[AskedOfConnect]) -> Result<(), Failure> {
        let asked = contoso::new_statuses(&self.world, known);
        if asked == wanted {
            return Ok(());
        }
        Err(Failure::Seen(format!("{wanted:?} was expected to be asked of Connect; seen: {asked:?}")))
    }

    async fn shown_becomes(&self, wanted: &str, limit: Duration) -> Result<(), Failure> {
        let world = &self.world;
        until(limit, &format!("{wanted} in Teams"), async || {
            let shown = contoso::shown(world);
            if shown == wanted { Ok(()) } else { Err(shown) }
        })
        .await?;
        Ok(())
    }

    async fn tooltip_is(&self, wanted: &str, limit: Duration) -> Result<Tray, Failure> {
        let what = format!("a tray that says \"{wanted}\"");
        let found = until(limit, &what, async || {
            let tray = self.stage.tray(LOOK).await?;
            let tooltip = tray.tooltip().await?;
            if tooltip == wanted { Ok(tray) } else { Err(format!("\"{tooltip}\"")) }
        });
        Ok(found.await?)
    }
}

fn write_settings(data: &Path, contoso: &Sandbox, more: &str) -> Result<(), StageError> {
    let settings = format!("{}\n[sync]\nhold = {}\n{more}", contoso.settings_toml(), HOLD.as_secs());
    Ok(std::fs::write(data.join("settings.toml"), settings)?)
}

/// As a person starts it: with the drawer.
fn start(stage: &Stage, program: &Path, data: &Path) -> Result<App, StageError> {
    stage.app(program, [std::ffi::OsStr::new("--data-dir"), data.as_os_str()])
}

/// As the system starts it: to the tray.
fn start_hidden(stage: &Stage, program: &Path, data: &Path) -> Result<App, StageError> {
    stage.app(
        program,
        [std::ffi::OsStr::new("--hidden"), std::ffi::OsStr::new("--data-dir"), data.as_os_str()],
    )
}
