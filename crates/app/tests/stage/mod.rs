//! A controller against the sandbox, with a host that records. The Connect window is played by the test:
//! it says what the host script of the real window would say.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use app::{
    Config, Request, Requests,
    host::{
        BrowserError, CcpPlan, Host, Notice, SecretsAnswer, SecretsError, SecretsOrder, Tray, TrayAction,
    },
    view::{Action, Lines, View},
};
use sandbox::{Sandbox, Status, World};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio::sync::oneshot;
use url::Url;

/// What the outside was asked for.
#[derive(Debug, Default)]
pub struct Recorded {
    pub trays: Vec<Tray>,
    pub notices: Vec<Notice>,
    pub ccp: Vec<CcpPlan>,
    pub exited: bool,
    secrets: HashMap<String, String>,
}

/// The desktop's part.
#[derive(Clone)]
pub struct Desk {
    recorded: Arc<Mutex<Recorded>>,
    keyring: Result<(), SecretsError>,
    signs_in: bool,
}

impl Host for Desk {
    fn drawer_changed(&self, _revision: u64) {}
    fn show_drawer(&self) {}
    fn close_drawer(&self) {}
    fn set_tray(&self, tray: Tray) {
        self.recorded.lock().unwrap().trays.push(tray);
    }
    fn notify(&self, notice: Notice) {
        self.recorded.lock().unwrap().notices.push(notice);
    }
    fn open_browser(&self, url: &Url) -> Result<(), BrowserError> {
        let (url, signs_in) = (url.clone(), self.signs_in);
        tokio::spawn(async move {
            if signs_in {
                sandbox::sign_in(&reqwest::Client::new(), &url).await.unwrap();
            }
        });
        Ok(())
    }
    fn open_ccp(&self, plan: CcpPlan) {
        self.recorded.lock().unwrap().ccp.push(plan);
    }
    fn open_connect_login(&self, _plan: CcpPlan) {}
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        let (answer, receiver) = oneshot::channel();
        let secrets = &mut self.recorded.lock().unwrap().secrets;
        let done = self.keyring.map(|()| match order {
            SecretsOrder::Load => secrets.get(&account).map(|token| SecretString::from(token.clone())),
            SecretsOrder::Store(token) => {
                secrets.insert(account, token.expose_secret().to_owned());
                None
            }
            SecretsOrder::Delete => {
                secrets.remove(&account);
                None
            }
        });
        answer.send(done).unwrap();
        receiver
    }
    fn open_settings(&self) {}
    fn exit(&self) {
        self.recorded.lock().unwrap().exited = true;
    }
}

/// One agent's machine.
pub struct Stage {
    /// Runs as long as the stage.
    _sandbox: Sandbox,
    pub world: World,
    pub requests: Requests,
    folder: tempfile::TempDir,
    desk: Desk,
}

impl Stage {
    pub async fn start() -> Self {
        Self::with(Ok(()), "").await
    }

    pub async fn with(keyring: Result<(), SecretsError>, more: &str) -> Self {
        // A second call in the same process finds it installed, which is what is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
        let sandbox = sandbox::start(sandbox::Options::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let text = format!("{}\n[sync]\nhold = 1\n{more}", sandbox.settings_toml());
        std::fs::write(folder.path().join(settings::FILE), text).unwrap();
        let desk = Desk { recorded: Arc::default(), keyring, signs_in: true };
        let requests = begin(&desk, &folder);
        Self { world: sandbox.world(), _sandbox: sandbox, requests, folder, desk }
    }

    /// The same machine after the process died: the files and the keyring are all that is left.
    pub fn restarted(self) -> Self {
        self.desk.recorded.lock().unwrap().trays.clear();
        let requests = begin(&self.desk, &self.folder);
        Self { requests, ..self }
    }

    pub fn recorded<R>(&self, look: impl FnOnce(&Recorded) -> R) -> R {
        look(&self.desk.recorded.lock().unwrap())
    }

    pub async fn view(&self) -> View {
        let (answer, view) = oneshot::channel();
        self.requests.send(Request::View(answer));
        view.await.unwrap()
    }

    pub async fn lines(&self) -> Lines {
        let (answer, lines) = oneshot::channel();
        self.requests.send(Request::Lines { start: 0, count: 500, answer });
        lines.await.unwrap()
    }

    /// Waits until the view is as wanted; the view in the failure says what it was instead.
    pub async fn until(&self, what: &str, wanted: impl Fn(&View) -> bool) -> View {
        let limit = Instant::now() + Duration::from_secs(20);
        loop {
            let view = self.view().await;
            if wanted(&view) {
                return view;
            }
            assert!(Instant::now() < limit, "{what}: {view:#?}\n{:#?}", self.world.overview());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until Contoso is as wanted.
    pub async fn until_world(&self, what: &str, wanted: impl Fn(&World) -> bool) {
        let limit = Instant::now() + Duration::from_secs(20);
        while !wanted(&self.world) {
            assert!(Instant::now() < limit, "{what}: {:#?}", self.world.overview());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn sign_in(&self) {
        self.until("asks for a login", |view| view.banner.is_some()).await;
        self.requests.send(Request::Act(Action::TeamsLogin));
        self.until("signed in", |view| view.banner.is_none() && view.own.name == "Priya Raman").await;
    }

    /// Connect says who the agent is.
    pub fn agent(&self, username: &str) {
        let statuses: Vec<_> = Status::ALL
            .iter()
            .map(|status| {
                let kind = match status.kind {
                    sandbox::StatusKind::Routable => "routable",
                    sandbox::StatusKind::Custom => "not_routable",
                    sandbox::StatusKind::Offline => "offline",
                };
                json!({"arn": status.arn(), "name": status.name, "type": kind})
            })
            .collect();
        self.say(&json!({"kind": "hostReady"}));
        self.say(
            &json!({"kind": "agent", "username": username, "name": "Priya Raman", "statuses": statuses}),
        );
    }

    /// Connect says which status is chosen.
    pub fn chosen(&self, name: &str) {
        let status = Status::ALL.iter().find(|status| status.name == name).unwrap();
        self.say(&json!({
            "kind": "state", "chosen": status.arn(), "chosenMs": 0, "next": null, "contacts": []
        }));
    }

    fn say(&self, message: &serde_json::Value) {
        self.requests.send(Request::Ccp(message.to_string()));
    }

    pub fn quit(&self) {
        self.requests.send(Request::Tray(TrayAction::Quit));
    }
}

fn begin(desk: &Desk, folder: &tempfile::TempDir) -> Requests {
    let (requests, inbox) = app::channel();
    let config = Config { loaded: settings::load(folder.path()), data_dir: folder.path().to_path_buf() };
    app::start(desk.clone(), inbox, config).unwrap();
    requests
}
