//! An agent's machine with the sandbox's settings, on which the tests run doctor.

use std::sync::{Arc, Mutex};

use doctor::{AuthorizationSource, CheckContext, Drawing, NotificationService, Probe, TrayHost};
use jiff::Timestamp;
use sandbox::Sandbox;
use secrecy::{ExposeSecret, SecretString};
use settings::{Policy, Settings};
use signin::{Grant, LoginOptions, Registration, SecretsAnswer, SecretsError, SecretsOrder, SignIn};
use tokio::sync::{mpsc, oneshot};
use view::doctor::{Check, CheckStatus, Topic};

/// The probe of a made-up machine.
#[derive(Default)]
pub struct Machine {
    pub keyring: Option<SecretsError>,
    pub refresh_token: Mutex<Option<String>>,
    pub entry: Mutex<Option<String>>,
    pub bare: bool,
    pub script: bool,
    pub proxy_password: Option<String>,
    pub no_web_view: bool,
    pub drawing: Option<Drawing>,
}

impl Probe for Machine {
    fn secrets(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        let (answer, receiver) = oneshot::channel();
        if account.starts_with("proxy/") {
            let password = self.proxy_password.clone().map(SecretString::from);
            drop(answer.send(self.keyring.map_or(Ok(password), Err)));
            return receiver;
        }
        if account.ends_with("/client-secret") {
            drop(answer.send(self.keyring.map_or(Ok(None), Err)));
            return receiver;
        }
        let entry = if account == "doctor" { &self.entry } else { &self.refresh_token };
        let mut entry = entry.lock().unwrap();
        let done = self.keyring.map_or(Ok(()), Err).map(|()| match order {
            SecretsOrder::Load => entry.clone().map(SecretString::from),
            SecretsOrder::Store(secret) => {
                *entry = Some(secret.expose_secret().to_owned());
                None
            }
            SecretsOrder::Delete => {
                *entry = None;
                None
            }
            SecretsOrder::Look => None,
        });
        answer.send(done).unwrap();
        receiver
    }
    fn notifications(&self) -> NotificationService {
        if self.bare {
            NotificationService::Missing
        } else {
            NotificationService::Service { name: "dunst 1.9".to_owned(), actions: true }
        }
    }
    fn tray(&self) -> TrayHost {
        if self.bare { TrayHost::Missing } else { TrayHost::Host }
    }
    fn web_view(&self) -> Option<String> {
        (!self.no_web_view).then(|| "WebKitGTK 2.48".to_owned())
    }

    fn drawing(&self) -> Drawing {
        self.drawing.clone().unwrap_or(Drawing::Usual)
    }

    fn has_proxy_script(&self) -> bool {
        self.script
    }

    fn system(&self) -> String {
        "Debian 12".to_owned()
    }
}

/// An agent's machine with the sandbox's settings.
pub struct Bench {
    pub sandbox: Sandbox,
    pub folder: tempfile::TempDir,
    pub machine: Arc<Machine>,
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(Machine::default(), |text| text).await
    }

    /// `settings` changes the text of the settings file.
    pub async fn with(machine: Machine, settings: impl FnOnce(String) -> String) -> Self {
        // A second call in the same process fails because it is installed already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let sandbox = sandbox::start(sandbox::Options::default()).await.unwrap();
        let folder = private_folder();
        std::fs::write(folder.path().join(settings::FILE), settings(sandbox.settings_toml())).unwrap();
        Self { sandbox, folder, machine: Arc::new(machine) }
    }

    pub fn settings(&self) -> Settings {
        settings::load(self.folder.path(), &Policy::none()).settings
    }

    /// Logs in, and saves the refresh token in the keyring.
    pub async fn save_login(&self, admin_consent: bool) {
        let grant = self.log_in(admin_consent).await;
        *self.machine.refresh_token.lock().unwrap() =
            grant.refresh.map(|token| token.expose_secret().to_owned());
    }

    /// Logs in.
    pub async fn log_in(&self, admin_consent: bool) -> Grant {
        let set = self.settings().configured().unwrap();
        let registration = Registration {
            scopes: signin::scopes(&set.graph, admin_consent),
            authority: set.login,
            tenant: set.tenant.to_string(),
            client_id: set.client_id.to_string(),
        };
        let attempt =
            SignIn::new(reqwest::Client::new(), registration).begin(LoginOptions::default()).await.unwrap();
        let url = attempt.url().clone();
        let browser = tokio::spawn(async move {
            sandbox::sign_in(&reqwest::Client::new(), &url).await.unwrap();
        });
        let grant = attempt.finish().await.unwrap();
        browser.await.unwrap();
        grant
    }

    pub async fn run(&self, authorization: AuthorizationSource, now: Timestamp) -> Vec<Check> {
        let loaded = settings::load(self.folder.path(), &Policy::none());
        let data_dir = self.folder.path().to_path_buf();
        let (found, mut checks) = mpsc::unbounded_channel();
        let probe: Arc<dyn Probe> = self.machine.clone();
        doctor::run(CheckContext { loaded, data_dir, proxy_in_use: None, authorization, now }, probe, found)
            .await;
        let mut all = Vec::new();
        while let Some(check) = checks.recv().await {
            all.push(check);
        }
        assert_eq!(all.len(), Topic::ALL.len(), "each topic once");
        all
    }

    /// Runs all checks while the application does not run.
    pub async fn checks(&self) -> Vec<Check> {
        self.run(AuthorizationSource::Keyring, Timestamp::now()).await
    }
}

/// The check of a topic.
pub fn of(checks: &[Check], topic: Topic) -> &Check {
    checks.iter().find(|check| check.check == topic).unwrap()
}

/// The topics of the failed checks.
pub fn failed(checks: &[Check]) -> Vec<Topic> {
    let mut failed: Vec<Topic> =
        checks.iter().filter(|check| check.status == CheckStatus::Failed).map(|check| check.check).collect();
    failed.sort();
    failed
}

/// A folder with the permissions that the application sets.
fn private_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    folder
}
