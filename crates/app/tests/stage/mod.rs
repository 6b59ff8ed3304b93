//! A controller against the sandbox, with a host that records what it is asked for. The test plays the Connect window: it
//! sends the messages that the host script of the real window would send.

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

/// Calls `look` until it finds something. If that takes too long, the failure names what was seen last.
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

/// The machine of one agent, with the application and the sandbox.
pub struct Stage {
    /// Is kept because the sandbox runs as long as this.
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

    /// With this keyring, and `more` at the end of the settings, in the section `sync`.
    pub async fn with(keyring: Result<(), SecretsError>, more: &str) -> Self {
        Self::with_settings(keyring, |text| format!("{text}\n[sync]\nhold = 1\n{more}")).await
    }

    /// With the settings of the sandbox, changed by `edit`.
    pub async fn with_settings(keyring: Result<(), SecretsError>, edit: impl Fn(String) -> String) -> Self {
        Self::with_folder(keyring, |folder, sandbox| {
            std::fs::write(folder.join(settings::FILE), edit(sandbox.settings_toml())).unwrap();
        })
        .await
    }

    /// With the data folder that `make` fills.
    pub async fn with_folder(keyring: Result<(), SecretsError>, make: impl Fn(&Path, &Sandbox)) -> Self {
        // A second installation in the same process is refused, and the first one serves.
        drop(rustls::crypto::ring::default_provider().install_default());
        let sandbox = sandbox::start(sandbox::Options::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &sandbox);
        let world = sandbox.world();
        let desk = Desk {
            recorded: Arc::default(),
            page: Arc::default(),
            stamp: Arc::default(),
            has_state: Arc::default(),
            is_silent: Arc::default(),
            keyring: Arc::new(Mutex::new(keyring)),
            person: Arc::default(),
            world,
            clock_shift: Arc::default(),
        };
        let requests = start(&desk, &folder);
        Self { world: sandbox.world(), sandbox, requests, folder, desk }
    }

    /// The same machine after the process died: only the files and the keyring are left.
    pub fn restarted(self) -> Self {
        self.desk.recorded.lock().unwrap().trays.clear();
        let requests = start(&self.desk, &self.folder);
        Self { requests, ..self }
    }

    pub fn recorded<R>(&self, look: impl FnOnce(&Recorded) -> R) -> R {
        look(&self.desk.recorded.lock().unwrap())
    }

    /// The file of this name in the data folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Waits until the file of this name in the data folder is as wanted: files are written outside the controller's loop.
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

    /// Waits until `look` finds something in the list.
    pub async fn find<R>(&self, what: &str, look: impl Fn(&[Line]) -> Option<R>) -> R {
        wait(what, async || {
            let lines = self.lines().await.lines;
            look(&lines).ok_or(lines)
        })
        .await
    }

    /// Runs doctor, and waits for its last check.
    pub async fn run_doctor(&self) -> DoctorPage {
        self.requests.send(Request::Act(Action::RunDoctor));
        wait("the last check", async || {
            let (answer, page) = oneshot::channel();
            self.requests.send(Request::Doctor(answer));
            let page = page.await.unwrap();
            if page.running { Err(page) } else { Ok(page) }
        })
        .await
    }

    /// Waits until the view is as wanted; the failure shows the last view.
    pub async fn until(&self, what: &str, wanted: impl Fn(&View) -> bool) -> View {
        wait(what, async || {
            let view = self.view().await;
            if wanted(&view) { Ok(view) } else { Err((view, self.world.overview())) }
        })
        .await
    }

    /// Moves the time forward at once, on this machine and in the services.
    pub fn pass(&self, length: Duration) {
        self.world.let_pass(length);
        self.act(Action::SyncNow);
    }

    /// Lets so much time pass twice, and waits each time until the own presence was read: everything that was due has been
    /// decided and sent by then.
    pub async fn settle(&self, length: Duration) {
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

    /// Sets the clock of this machine forward or back; no time passes.
    pub fn set_clock(&self, by: SignedDuration) {
        *self.desk.clock_shift.lock().unwrap() += by;
    }

    /// Waits until the banner has this title.
    pub async fn until_titled(&self, title: &str) -> Banner {
        let titled = |view: &View| view.banner.as_ref().is_some_and(|banner| banner.title == title);
        self.until(title, titled).await.banner.unwrap()
    }

    /// Sets what the person does in the browser from now on.
    pub fn set_person(&self, person: Person) {
        *self.desk.person.lock().unwrap() = person;
    }

    /// Sets how the person answers each dialog for a file from now on.
    pub fn set_saves(&self, saves: Saves) {
        self.desk.recorded.lock().unwrap().saves = saves;
    }

    /// Answers the open dialog as the person; None cancels it.
    pub fn answer_dialog(&self, file: Option<&Path>) {
        let dialog = self.desk.recorded.lock().unwrap().dialog.take().unwrap();
        dialog.send(file.map(Path::to_path_buf)).unwrap();
    }

    /// Sets what the keyring answers from now on.
    pub fn set_keyring(&self, keyring: Result<(), SecretsError>) {
        *self.desk.keyring.lock().unwrap() = keyring;
    }

    /// Sets whether the CCP page answers the question whether it is alive.
    pub fn set_page_answers(&self, answers: bool) {
        self.desk.is_silent.store(!answers, Ordering::Relaxed);
    }

    pub fn act(&self, action: Action) {
        self.requests.send(Request::Act(action));
    }

    /// Waits until the sandbox's world is as wanted.
    pub async fn until_world(&self, what: &str, wanted: impl Fn(&World) -> bool) {
        wait(what, async || if wanted(&self.world) { Ok(()) } else { Err(self.world.overview()) }).await;
    }

    pub async fn sign_in(&self) {
        self.until("asks for a login", |view| view.banner.is_some()).await;
        self.requests.send(Request::Act(Action::TeamsLogin));
        self.until("signed in", |view| view.banner.is_none() && view.own.name == "Priya Raman").await;
    }

    /// Signs in, and waits until the agent is available on both sides.
    pub async fn start_work(&self) {
        self.sign_in().await;
        self.report_agent("priya.raman");
        self.report_status("Available");
        let both = |view: &View| view.own.connect.words == "Available" && view.own.teams.words == "Available";
        self.until("available on both sides", both).await;
    }

    /// Reports from Connect who the agent is.
    pub fn report_agent(&self, username: &str) {
        self.report_agent_with_more(username, &[]);
    }

    /// The same, with more custom statuses.
    pub fn report_agent_with_more(&self, username: &str, more: &[String]) {
        self.report_agent_of(username, more, None);
    }

    /// The same, after an administrator disabled a status.
    pub fn report_agent_without(&self, username: &str, disabled: &str) {
        self.report_agent_of(username, &[], Some(disabled));
    }

    fn report_agent_of(&self, username: &str, more: &[String], disabled: Option<&str>) {
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
        self.send_from_page(&json!({"kind": "hostReady"}));
        self.send_from_page(&json!({
            "kind": "agent", "username": username, "name": "Priya Raman", "statuses": statuses,
            "outbound": true, "countries": ["gb", "us"], "softphone": true
        }));
    }

    /// Reports from Connect which status is chosen, without contacts.
    pub fn report_status(&self, name: &str) {
        self.report_state(name, &[]);
    }

    /// Reports from Connect which status is chosen, and which contacts there are.
    pub fn report_state(&self, name: &str, contacts: &[Value]) {
        let stamp = self.desk.stamp.fetch_add(1, Ordering::Relaxed) + 1;
        self.send_from_page(&json!({
            "kind": "state", "chosen": {"arn": arn(name), "name": name}, "chosenMs": 0, "next": null,
            "contacts": contacts, "stamp": stamp
        }));
    }

    /// Reports from the page that this order was carried out.
    pub fn report_done(&self, order: &Value) {
        self.send_from_page(&json!({"kind": "reply", "id": order["id"], "error": null}));
    }

    /// Waits for an order of this kind, and takes it from the recorded ones.
    pub async fn take_order(&self, op: &str) -> Value {
        wait(op, async || {
            let orders = &mut self.desk.recorded.lock().unwrap().orders;
            match orders.iter().position(|order| order["op"] == op) {
                Some(at) => Ok(orders.remove(at)),
                None => Err(orders.clone()),
            }
        })
        .await
    }

    /// Sends a message of the CCP page.
    pub fn send_from_page(&self, message: &Value) {
        match message["kind"].as_str() {
            Some("state") => self.desk.has_state.store(true, Ordering::Relaxed),
            Some("agent" | "reply") | None => {}
            Some(_) => self.desk.has_state.store(false, Ordering::Relaxed),
        }
        self.requests.send(Request::Ccp(message.to_string()));
    }

    /// Changes the text of one of the settings files, as a person or an administrator would, and reports the change.
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

/// The ARN of a status of the sandbox.
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

fn start(desk: &Desk, folder: &tempfile::TempDir) -> Requests {
    let (requests, inbox) = app::channel();
    let policy = policy(folder.path());
    let loaded = settings::load(folder.path(), &policy);
    let config = Config { loaded, policy, data_dir: folder.path().to_path_buf() };
    *desk.page.lock().unwrap() = Some(requests.clone());
    app::start(desk.clone(), inbox, config).unwrap();
    // The drawer is open, because the tests check what it shows.
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
