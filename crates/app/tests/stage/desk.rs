//! The host of a controller under test: it records what it is asked for, and answers as the person of the test would.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use app::{
    Request, Requests,
    host::{BrowserError, CcpPlan, Host, SaveAs},
};
use doctor::{Drawing, NotificationService, Probe, TrayHost};
use jiff::{SignedDuration, Timestamp};
use sandbox::World;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use settings::Settings;
use signin::{SecretsAnswer, SecretsError, SecretsOrder};
use tokio::sync::oneshot;
use url::Url;
use view::{Notice, NoticeKind, SettingsPage, Tray};

/// What the controller asked the host for.
#[derive(Debug, Default)]
pub struct Recorded {
    pub trays: Vec<Tray>,
    /// The notifications that are open, one of each kind.
    pub notices: Vec<Notice>,
    /// Every notification that was shown.
    pub notified: Vec<Notice>,
    /// Every page that was opened in the browser.
    pub pages: Vec<Url>,
    /// What the CCP page was ordered to do, as JSON.
    pub orders: Vec<Value>,
    /// Every CCP window that was opened.
    pub ccp: Vec<CcpPlan>,
    /// The proxy that each run set for the windows.
    pub proxies: Vec<Option<net::Proxy>>,
    /// Every Connect login window that was opened.
    pub connect_logins: Vec<CcpPlan>,
    /// Every page that was shown in the settings window.
    pub shown: Vec<SettingsPage>,
    /// The settings that the desktop was given.
    pub settings: Vec<Settings>,
    pub exited: bool,
    /// How often the settings window was closed.
    pub closed_settings: u32,
    /// How the person answers each dialog for a file.
    pub saves: Saves,
    /// Every dialog for a file that was opened.
    pub dialogs: Vec<SaveAs>,
    /// The dialog that the person has not answered yet.
    pub dialog: Option<oneshot::Sender<Option<PathBuf>>>,
    pub secrets: HashMap<String, String>,
    /// How often the person was asked to unlock the keyring.
    pub unlocking: u32,
}

/// How the person answers a dialog for a file.
#[derive(Debug, Default)]
pub enum Saves {
    #[default]
    Cancels,
    /// Saves under the proposed name in this folder.
    In(PathBuf),
    /// Leaves the dialog open until [`super::Stage::answer_dialog`].
    Later,
    /// The desktop opens no dialog.
    HasNoDialog,
}

/// What the person does in the browser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Person {
    #[default]
    SignsIn,
    Cancels,
    HasNoBrowser,
    /// The browser shows the page, and the person does nothing.
    Waits,
    /// The desktop never reports whether a browser was opened.
    IsNotAnswered,
}

/// The desktop, as the controller's host.
#[derive(Clone)]
pub struct Desk {
    pub(super) recorded: Arc<Mutex<Recorded>>,
    /// The channel of the CCP page to the controller.
    pub(super) page: Arc<Mutex<Option<Requests>>>,
    /// The stamp of the state that the page reported last.
    pub(super) stamp: Arc<AtomicU64>,
    /// True if the page still has that state.
    pub(super) has_state: Arc<AtomicBool>,
    /// True if the page answers no question.
    pub(super) is_silent: Arc<AtomicBool>,
    pub(super) keyring: Arc<Mutex<Result<(), SecretsError>>>,
    pub(super) person: Arc<Mutex<Person>>,
    pub(super) world: World,
    /// By how much the clock of this machine was set.
    pub(super) clock_shift: Arc<Mutex<SignedDuration>>,
}

impl Host for Desk {
    fn now(&self) -> Timestamp {
        self.world.now() + *self.clock_shift.lock().unwrap()
    }
    fn elapsed(&self) -> Duration {
        // Time passes as in the sandbox's world, and setting the clock does not change it.
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
        recorded.notified.push(notice);
    }
    fn withdraw(&self, kind: NoticeKind) {
        self.recorded.lock().unwrap().notices.retain(|notice| notice.kind != kind);
    }
    fn order_ccp(&self, script: String) {
        let json = script.split_once("__ccp(").unwrap().1.trim_end_matches(");");
        let order: Value = serde_json::from_str(json).unwrap();
        // A healthy page answers at once; tests about a silent one say so.
        match (order["op"].as_str(), &*self.page.lock().unwrap()) {
            (Some("ping"), _) if self.is_silent.load(Ordering::Relaxed) => {}
            (Some("ping"), Some(page)) => {
                let has_state = self.has_state.load(Ordering::Relaxed);
                let stamp = has_state.then(|| self.stamp.load(Ordering::Relaxed));
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
                // The application sees a refusal of Entra by itself.
                Person::SignsIn => drop(sandbox::sign_in(&browser, &url).await),
                Person::Cancels => drop(browser.post(url).form(&[("answer", "cancel")]).send().await),
                Person::HasNoBrowser | Person::Waits | Person::IsNotAnswered => {}
            }
        });
        receiver
    }
    fn use_proxy(&self, proxy: Option<net::Proxy>) {
        self.recorded.lock().unwrap().proxies.push(proxy);
    }
    fn open_ccp(&self, plan: CcpPlan) {
        self.recorded.lock().unwrap().ccp.push(plan);
    }
    fn open_connect_login(&self, plan: CcpPlan) {
        self.recorded.lock().unwrap().connect_logins.push(plan);
    }
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        let (answer, receiver) = oneshot::channel();
        let keyring = *self.keyring.lock().unwrap();
        let recorded = &mut *self.recorded.lock().unwrap();
        if keyring == Err(SecretsError::Locked) && !matches!(order, SecretsOrder::Look) {
            recorded.unlocking += 1;
        }
        let secrets = &mut recorded.secrets;
        let done = keyring.map(|()| match order {
            SecretsOrder::Load => secrets.get(&account).map(|token| SecretString::from(token.clone())),
            SecretsOrder::Store(token) => {
                secrets.insert(account, token.expose_secret().to_owned());
                None
            }
            SecretsOrder::Delete => {
                secrets.remove(&account);
                None
            }
            SecretsOrder::Look => None,
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
        match &recorded.saves {
            Saves::Cancels => answer.send(None).unwrap(),
            Saves::In(folder) => answer.send(Some(folder.join(&wanted.name))).unwrap(),
            Saves::Later => recorded.dialog = Some(answer),
            Saves::HasNoDialog => drop(answer),
        }
        recorded.dialogs.push(wanted);
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
    fn has_proxy_script(&self) -> bool {
        false
    }
    fn web_view(&self) -> Option<String> {
        Some("WebKitGTK 2.48".to_owned())
    }

    fn drawing(&self) -> Drawing {
        Drawing::Usual
    }
    fn system(&self) -> String {
        "Debian 12".to_owned()
    }
}
