//! A controller against the sandbox, with a host that records. The test plays the Connect window:
//! it sends what the host script of the real window would send.

mod desk;

use std::{
    fmt::Debug,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, atomic::Ordering},
    time::{Duration, Instant},
};

use app::{Config, Request, Requests};
use jiff::SignedDuration;
use sandbox::{Sandbox, Status, World};
use serde_json::{Value, json};
use settings::Policy;
use signin::SecretsError;
use tokio::sync::oneshot;
use view::{Action, Banner, Line, Lines, TrayAction, View, controls::Controls, doctor::DoctorPage};

pub use self::desk::{Desk, Person, Recorded, Saves};

/// The name of the policy file.
#[cfg(unix)]
pub const POLICY: &str = "policy.toml";

/// Looks until it is found; the failure names what was seen last.
pub async fn wait<T, Seen: Debug>(what: &str, mut look: impl AsyncFnMut() -> Result<T, Seen>) -> T {
    let limit = Instant::now() + Duration::from_secs(20);
    loop {
        match look().await {
            Ok(found) => return found,
            Err(seen) => assert!(Instant::now() < limit, "{what}: {seen:#?}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// One agent's machine.
pub struct Stage {
    /// Runs as long as the stage.
    pub sandbox: Sandbox,
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
        Self::set(keyring, |text| format!("{text}\n[sync]\nhold = 1\n{more}")).await
    }

    /// With the settings of the sandbox as they are edited here.
    pub async fn set(keyring: Result<(), SecretsError>, edit: impl Fn(String) -> String) -> Self {
        Self::made(keyring, |folder, sandbox| {
            std::fs::write(folder.join(settings::FILE), edit(sandbox.settings_toml())).unwrap();
        })
        .await
    }

    /// With the data folder as it is made here.
    pub async fn made(keyring: Result<(), SecretsError>, make: impl Fn(&Path, &Sandbox)) -> Self {
        // A second call in the same process finds it installed, which is what is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
        let sandbox = sandbox::start(sandbox::Options::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &sandbox);
        let world = sandbox.world();
        let desk = Desk {
            recorded: Arc::default(),
            page: Arc::default(),
            stamp: Arc::default(),
            knows: Arc::default(),
            silent: Arc::default(),
            keyring: Arc::new(Mutex::new(keyring)),
            person: Arc::default(),
            world,
            set: Arc::default(),
        };
        let requests = begin(&desk, &folder);
        Self { world: sandbox.world(), sandbox, requests, folder, desk }
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

    /// The file of this name in the data folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Waits until the file of this name in the data folder is as wanted: what is kept is written beside the loop.
    pub async fn until_kept(&self, name: &str, wanted: impl Fn(&str) -> bool) {
        wait(name, async || match std::fs::read_to_string(self.file(name)) {
            Ok(text) if wanted(&text) => Ok(()),
            seen => Err(format!("{seen:?}")),
        })
        .await;
    }

    pub async fn view(&self) -> View {
        let (answer, view) = oneshot::channel();
        self.requests.send(Request::View(answer));
        view.await.unwrap()
    }

    pub async fn controls(&self) -> Controls {
        let (answer, controls) = oneshot::channel();
        self.requests.send(Request::Controls(answer));
        controls.await.unwrap()
    }

    pub async fn lines(&self) -> Lines {
        let (answer, lines) = oneshot::channel();
        self.requests.send(Request::Lines { start: 0, count: 500, answer });
        lines.await.unwrap()
    }

    /// Waits until something is found in the list.
    pub async fn find<R>(&self, what: &str, look: impl Fn(&[Line]) -> Option<R>) -> R {
        wait(what, async || {
            let lines = self.lines().await.lines;
            look(&lines).ok_or(lines)
        })
        .await
    }

    /// Runs doctor, and waits for its last check.
    pub async fn doctor(&self) -> DoctorPage {
        self.requests.send(Request::Act(Action::RunDoctor));
        wait("the last check", async || {
            let (answer, page) = oneshot::channel();
            self.requests.send(Request::Doctor(answer));
            let page = page.await.unwrap();
            if page.running { Err(page) } else { Ok(page) }
        })
        .await
    }

    /// Waits until the view is as wanted; the view in the failure says what it was instead.
    pub async fn until(&self, what: &str, wanted: impl Fn(&View) -> bool) -> View {
        wait(what, async || {
            let view = self.view().await;
            if wanted(&view) { Ok(view) } else { Err((view, self.world.overview())) }
        })
        .await
    }

    /// Lets time pass at once, on this machine and everywhere else.
    pub fn pass(&self, length: Duration) {
        self.world.let_pass(length);
        self.act(Action::SyncNow);
    }

    /// Lets so much time pass twice, and waits each time until the own presence was read: whatever was due has been decided,
    /// and has left, by then.
    pub async fn let_be(&self, length: Duration) {
        for _ in 0..2 {
            let read = self.world.overview().reads.len();
            self.pass(length);
            self.until_world("read once more", |world| world.overview().reads.len() > read).await;
        }
    }

    /// Waits until the application has ended.
    pub async fn until_exited(&self) {
        wait("the end", async || if self.recorded(|seen| seen.exited) { Ok(()) } else { Err(()) }).await;
    }

    /// Somebody sets the clock of this machine, and nothing else happens.
    pub fn set_clock(&self, by: SignedDuration) {
        *self.desk.set.lock().unwrap() += by;
    }

    /// Waits until the banner has this title.
    pub async fn until_titled(&self, title: &str) -> Banner {
        let titled = |view: &View| view.banner.as_ref().is_some_and(|banner| banner.title == title);
        self.until(title, titled).await.banner.unwrap()
    }

    /// What the person does in the browser from now on.
    pub fn person(&self, person: Person) {
        *self.desk.person.lock().unwrap() = person;
    }

    /// What becomes of every dialog for a file from now on.
    pub fn saves(&self, saves: Saves) {
        self.desk.recorded.lock().unwrap().saves = saves;
    }

    /// The person answers the dialog that is open.
    pub fn answers_dialog(&self, file: Option<&Path>) {
        let dialog = self.desk.recorded.lock().unwrap().dialog.take().unwrap();
        dialog.send(file.map(Path::to_path_buf)).unwrap();
    }

    /// What becomes of everything that the keyring is asked from now on.
    pub fn set_keyring(&self, keyring: Result<(), SecretsError>) {
        *self.desk.keyring.lock().unwrap() = keyring;
    }

    /// Whether the CCP page answers the question if it lives.
    pub fn page_answers(&self, answers: bool) {
        self.desk.silent.store(!answers, Ordering::Relaxed);
    }

    pub fn act(&self, action: Action) {
        self.requests.send(Request::Act(action));
    }

    /// Waits until Contoso is as wanted.
    pub async fn until_world(&self, what: &str, wanted: impl Fn(&World) -> bool) {
        wait(what, async || if wanted(&self.world) { Ok(()) } else { Err(self.world.overview()) }).await;
    }

    pub async fn sign_in(&self) {
        self.until("asks for a login", |view| view.banner.is_some()).await;
        self.requests.send(Request::Act(Action::TeamsLogin));
        self.until("signed in", |view| view.banner.is_none() && view.own.name == "Priya Raman").await;
    }

    /// Signs in and is available on both sides.
    pub async fn start_work(&self) {
        self.sign_in().await;
        self.agent("priya.raman");
        self.chosen("Available");
        let both = |view: &View| view.own.connect.words == "Available" && view.own.teams.words == "Available";
        self.until("available on both sides", both).await;
    }

    /// Connect says who the agent is.
    pub fn agent(&self, username: &str) {
        self.agent_of(username, &[]);
    }

    /// The same, with more custom statuses.
    pub fn agent_of(&self, username: &str, more: &[String]) {
        self.agent_with(username, more, None);
    }

    /// The same, after an administrator disabled a status.
    pub fn agent_without(&self, username: &str, disabled: &str) {
        self.agent_with(username, &[], Some(disabled));
    }

    fn agent_with(&self, username: &str, more: &[String], disabled: Option<&str>) {
        let statuses = Status::ALL.iter().filter(|status| Some(status.name) != disabled).map(|status| {
            let kind = match status.kind {
                sandbox::StatusKind::Routable => "routable",
                sandbox::StatusKind::Custom => "not_routable",
                sandbox::StatusKind::Offline => "offline",
                sandbox::StatusKind::System => "system",
            };
            json!({"arn": status.arn(), "name": status.name, "type": kind})
        });
        let more = more
            .iter()
            .map(|name| json!({"arn": format!("arn:more/{name}"), "name": name, "type": "not_routable"}));
        let statuses: Vec<Value> = statuses.chain(more).collect();
        self.say(&json!({"kind": "hostReady"}));
        self.say(&json!({
            "kind": "agent", "username": username, "name": "Priya Raman", "statuses": statuses,
            "outbound": true, "countries": ["gb", "us"], "softphone": true
        }));
    }

    /// Connect says which status is chosen.
    pub fn chosen(&self, name: &str) {
        self.state(name, &[]);
    }

    /// Connect says which status is chosen, and which contacts there are.
    pub fn state(&self, name: &str, contacts: &[Value]) {
        let stamp = self.desk.stamp.fetch_add(1, Ordering::Relaxed) + 1;
        self.say(&json!({
            "kind": "state", "chosen": {"arn": arn(name), "name": name}, "chosenMs": 0, "next": null,
            "contacts": contacts, "stamp": stamp
        }));
    }

    /// The page carried out the order with this id.
    pub fn done(&self, order: &Value) {
        self.say(&json!({"kind": "reply", "id": order["id"], "error": null}));
    }

    /// Waits for an order and takes it.
    pub async fn order(&self, op: &str) -> Value {
        wait(op, async || {
            let orders = &mut self.desk.recorded.lock().unwrap().orders;
            match orders.iter().position(|order| order["op"] == op) {
                Some(at) => Ok(orders.remove(at)),
                None => Err(orders.clone()),
            }
        })
        .await
    }

    /// The CCP page says something.
    pub fn say(&self, message: &Value) {
        match message["kind"].as_str() {
            Some("state") => self.desk.knows.store(true, Ordering::Relaxed),
            Some("agent" | "reply") | None => {}
            Some(_) => self.desk.knows.store(false, Ordering::Relaxed),
        }
        self.requests.send(Request::Ccp(message.to_string()));
    }

    /// Changes the text of one of the settings files, as a person or an administrator would, and says so.
    pub fn rewrite(&self, name: &str, change: impl FnOnce(String) -> String) {
        let file = self.folder.path().join(name);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        settings::atomic::write(&file, change(text).as_bytes()).unwrap();
        self.requests.send(Request::SettingsChanged);
    }

    pub fn quit(&self) {
        self.requests.send(Request::Tray(TrayAction::Quit));
    }
}

/// The ARN of a status of Contoso.
pub fn arn(name: &str) -> String {
    Status::ALL.iter().find(|status| status.name == name).unwrap().arn()
}

/// A voice contact as the CCP page reports it.
pub fn voice(state: &str, inbound: bool, number: &str) -> Value {
    json!({
        "id": "contact-1", "type": "voice", "state": state, "stateMs": 0, "inbound": inbound, "onHold": false,
        "number": number
    })
}

fn begin(desk: &Desk, folder: &tempfile::TempDir) -> Requests {
    let (requests, inbox) = app::channel();
    let policy = policy(folder.path());
    let loaded = settings::load(folder.path(), &policy);
    let config = Config { loaded, policy, data_dir: folder.path().to_path_buf() };
    *desk.page.lock().unwrap() = Some(requests.clone());
    app::start(desk.clone(), inbox, config).unwrap();
    // The tests look at what the drawer shows, so it is open.
    requests.send(Request::DrawerOpen(true));
    requests
}

/// The policy of this machine, in the data folder.
#[cfg(unix)]
fn policy(folder: &Path) -> Policy {
    use std::os::unix::fs::MetadataExt;
    let owner = std::fs::metadata(folder).unwrap().uid();
    Policy::at(folder.join(POLICY), settings::Trust::of(owner, folder))
}

#[cfg(not(unix))]
fn policy(_: &Path) -> Policy {
    Policy::none()
}
