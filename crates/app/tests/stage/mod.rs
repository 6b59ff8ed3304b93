//! A controller against the sandbox, with a host that records. The Connect window is played by the test:
//! it says what the host script of the real window would say.

use std::{
    collections::HashMap,
    fmt::Debug,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use app::{
    Config, Request, Requests,
    host::{BrowserError, CcpPlan, Host, SaveAs},
};
use doctor::{NotificationService, Probe, TrayHost};
use jiff::{SignedDuration, Timestamp};
use sandbox::{Sandbox, Status, World};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use settings::{Policy, Settings};
use signin::{SecretsAnswer, SecretsError, SecretsOrder};
use tokio::sync::oneshot;
use url::Url;
use view::{
    Action, Banner, Line, Lines, Notice, NoticeKind, SettingsPage, Tray, TrayAction, View,
    controls::Controls, doctor::DoctorPage,
};

/// The name of the policy file.
#[cfg(unix)]
pub const POLICY: &str = "policy.toml";

/// What the outside was asked for.
#[derive(Debug, Default)]
pub struct Recorded {
    pub trays: Vec<Tray>,
    /// The notifications that stand, one of a kind.
    pub notices: Vec<Notice>,
    /// Every notification that was shown.
    pub told: Vec<Notice>,
    /// Every page that a browser was opened for.
    pub pages: Vec<Url>,
    /// What the CCP page was ordered to do, as JSON.
    pub orders: Vec<Value>,
    pub ccp: Vec<CcpPlan>,
    /// Every Connect login window that was opened.
    pub connect_logins: Vec<CcpPlan>,
    /// Every page that the settings window was shown at.
    pub shown: Vec<SettingsPage>,
    /// What the desktop was told to use.
    pub settings: Vec<Settings>,
    pub exited: bool,
    /// How often the settings window was closed.
    pub closed_settings: u32,
    /// Where the person saves every file; they cancel each dialog while there is none.
    pub saves_in: Option<PathBuf>,
    /// What they were asked.
    pub dialogs: Vec<SaveAs>,
    pub secrets: HashMap<String, String>,
}

/// What the person does in the browser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Person {
    #[default]
    SignsIn,
    Cancels,
    HasNoBrowser,
    /// The browser shows the page, and nothing more happens.
    Waits,
    /// The desktop never says whether a browser opened.
    IsNotAnswered,
}

/// The desktop's part.
#[derive(Clone)]
pub struct Desk {
    recorded: Arc<Mutex<Recorded>>,
    /// The CCP page's way back, the stamp of the state that it said last, and whether it still knows it.
    page: Arc<Mutex<Option<Requests>>>,
    stamp: Arc<AtomicU64>,
    knows: Arc<AtomicBool>,
    /// The page answers nothing.
    silent: Arc<AtomicBool>,
    keyring: Result<(), SecretsError>,
    person: Arc<Mutex<Person>>,
    world: World,
    /// How far somebody set the clock of this machine.
    set: Arc<Mutex<SignedDuration>>,
}

impl Host for Desk {
    fn now(&self) -> Timestamp {
        self.world.now() + *self.set.lock().unwrap()
    }
    fn elapsed(&self) -> Duration {
        // What passes in the world passes here, and nobody sets that.
        Duration::try_from(self.world.now().duration_since(Timestamp::UNIX_EPOCH)).unwrap()
    }
    fn view_changed(&self, _revision: u64) {}
    fn show_drawer(&self) {}
    fn close_drawer(&self) {}
    fn set_tray(&self, tray: Tray) {
        self.recorded.lock().unwrap().trays.push(tray);
    }
    fn notify(&self, notice: Notice) {
        let mut recorded = self.recorded.lock().unwrap();
        recorded.notices.retain(|earlier| earlier.kind != notice.kind);
        recorded.notices.push(notice.clone());
        recorded.told.push(notice);
    }
    fn withdraw(&self, kind: NoticeKind) {
        self.recorded.lock().unwrap().notices.retain(|notice| notice.kind != kind);
    }
    fn order_ccp(&self, script: String) {
        let json = script.split_once("__ccp(").unwrap().1.trim_end_matches(");");
        let order: Value = serde_json::from_str(json).unwrap();
        // A page that is well answers at once, and a test is about something else.
        match (order["op"].as_str(), &*self.page.lock().unwrap()) {
            (Some("ask"), _) if self.silent.load(Ordering::Relaxed) => {}
            (Some("ask"), Some(page)) => {
                let knows = self.knows.load(Ordering::Relaxed);
                let stamp = knows.then(|| self.stamp.load(Ordering::Relaxed));
                let alive = json!({
                    "kind": "alive", "id": order["id"], "stamp": stamp, "snapshotMs": 0, "online": true, "socket": true, "broken": null
                });
                page.send(Request::Ccp(alive.to_string()));
            }
            _ => self.recorded.lock().unwrap().orders.push(order),
        }
    }
    fn open_browser(&self, url: &Url) -> oneshot::Receiver<Result<(), BrowserError>> {
        self.recorded.lock().unwrap().pages.push(url.clone());
        let (url, person) = (url.clone(), *self.person.lock().unwrap());
        let (answer, receiver) = oneshot::channel();
        tokio::spawn(async move {
            let opened = match person {
                Person::SignsIn | Person::Cancels | Person::Waits => Ok(()),
                Person::HasNoBrowser => Err(BrowserError("there is none".to_owned())),
                Person::IsNotAnswered => std::future::pending().await,
            };
            drop(answer.send(opened));
            let browser = reqwest::Client::new();
            match person {
                // What Entra refuses is seen by the application, too.
                Person::SignsIn => drop(sandbox::sign_in(&browser, &url).await),
                Person::Cancels => drop(browser.post(url).form(&[("answer", "cancel")]).send().await),
                Person::HasNoBrowser | Person::Waits | Person::IsNotAnswered => {}
            }
        });
        receiver
    }
    fn open_ccp(&self, plan: CcpPlan) {
        self.recorded.lock().unwrap().ccp.push(plan);
    }
    fn open_connect_login(&self, plan: CcpPlan) {
        self.recorded.lock().unwrap().connect_logins.push(plan);
    }
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
    fn settings_changed(&self, settings: &Settings) {
        self.recorded.lock().unwrap().settings.push(settings.clone());
    }
    fn show_settings(&self, page: SettingsPage) {
        self.recorded.lock().unwrap().shown.push(page);
    }
    fn close_settings(&self) {
        self.recorded.lock().unwrap().closed_settings += 1;
    }
    fn save_as(&self, wanted: SaveAs) -> oneshot::Receiver<Option<PathBuf>> {
        let (answer, receiver) = oneshot::channel();
        let mut recorded = self.recorded.lock().unwrap();
        let chosen = recorded.saves_in.as_ref().map(|folder| folder.join(&wanted.name));
        recorded.dialogs.push(wanted);
        answer.send(chosen).unwrap();
        receiver
    }
    fn can_start_with_system(&self) -> bool {
        true
    }
    fn open_folder(&self) {}
    fn open_settings_file(&self) {}
    fn probe(&self) -> Arc<dyn Probe> {
        Arc::new(self.clone())
    }
    fn exit(&self) {
        self.recorded.lock().unwrap().exited = true;
    }
}

impl Probe for Desk {
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        Host::secrets(self, account, order)
    }
    fn notifications(&self) -> NotificationService {
        NotificationService::System
    }
    fn tray(&self) -> TrayHost {
        TrayHost::System
    }
    fn versions(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Looks until it is found; what was seen last is told in the failure.
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
            keyring,
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

    /// The person saves every file in this folder, or cancels every dialog.
    pub fn saves_in(&self, folder: Option<&Path>) {
        self.desk.recorded.lock().unwrap().saves_in = folder.map(Path::to_path_buf);
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
        let statuses = Status::ALL.iter().map(|status| {
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

/// A voice contact as the CCP page tells it.
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
