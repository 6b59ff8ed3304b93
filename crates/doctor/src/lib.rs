//! Doctor: what works on this machine and in this set-up, what does not, and what to do about it.
//!
//! [`run`] makes all checks of a [`Case`] side by side, each group with a time limit, and reports each as it ends;
//! [`Report`] writes them as text or JSON. [`look_at_network`] and [`look_at_instance`] are the parts that the application
//! uses while it runs. The desktop is asked through a [`Probe`].
//!
//! It changes nothing that lasts. Nothing it reports holds a secret, a number or anything of a colleague.

mod authorization;
mod connect_api;
mod desktop;
mod files;
mod finding;
mod hop;
mod instance;
mod network;
pub mod of_settings;
mod probe;
mod queue;
mod registration;
mod report;

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;
use net::Proxy;
use presence::connect::Hosting;
use secrecy::SecretString;
use settings::{Configured, Loaded};
use signin::{IdToken, SecretsOrder};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
    time::timeout,
};
use url::Url;

pub use network::Looked;
pub use probe::{Drawing, NotificationService, Probe, TrayHost};
pub use report::Report;

use finding::Finding;
use network::Network;
use view::{
    doctor::{Check, Topic},
    words::say,
};

/// How long a group of checks may take.
const LIMIT: Duration = Duration::from_secs(8);

/// The topics about reading colleagues' Connect statuses directly.
const CONNECT_API: [Topic; 3] = [Topic::ConnectTrust, Topic::ConnectRole, Topic::ConnectQuota];

/// What is looked at.
#[derive(Debug)]
pub struct Case {
    /// The settings, and what was wrong with them.
    pub loaded: Loaded,
    /// The data folder.
    pub data_dir: PathBuf,
    /// The proxy that the application uses, if it runs: what is known of its password need not be asked of the keyring.
    pub proxy_in_use: Option<Proxy>,
    /// What may be done with the agent's authorization.
    pub authorization: Authorization,
    /// The time that this machine believes it is.
    pub now: Timestamp,
}

/// What may be done with the agent's authorization. A refresh token is never used by two processes.
#[derive(Debug, Clone)]
pub enum Authorization {
    /// The application is logged in, and this is what it uses.
    Session {
        /// The access token.
        access: SecretString,
        /// The rights that it carries.
        granted: Vec<String>,
        /// The ID token that came with it.
        id_token: Option<IdToken>,
    },
    /// The application runs and is not logged in.
    LoggedOut,
    /// The application does not run: what the keyring holds may be used.
    Keyring,
    /// The application runs as another process, and uses it.
    InUse,
}

/// Runs all checks and sends each as soon as it is known, in no order; ends after the last one.
pub async fn run(case: Case, probe: Arc<dyn Probe>, found: mpsc::UnboundedSender<Check>) {
    let Case { loaded, data_dir, proxy_in_use, authorization, now } = case;
    let set = loaded.settings.configured();
    let mut groups = Groups { running: JoinSet::new(), found };
    groups.report(&[Topic::Settings], &files::settings(&loaded, &data_dir));
    groups.add([Topic::CallQueue], queue::queue(loaded.settings.clone(), data_dir.clone()));
    groups.add([Topic::Disk], files::disk(data_dir));
    groups.add([Topic::Keyring], desktop::keyring(Arc::clone(&probe)));
    groups.add([Topic::Notifications], desktop::notifications(Arc::clone(&probe)));
    groups.add([Topic::Tray], desktop::tray(Arc::clone(&probe)));
    groups.add([Topic::Versions], desktop::versions(Arc::clone(&probe)));
    let proxy = with_password(loaded.settings.proxy(), proxy_in_use.as_ref(), &*probe).await;
    match net::client(proxy.as_ref()) {
        Ok(client) => {
            groups.connected(&Network::new(client, proxy), &loaded, &set, authorization, &probe, now);
        }
        Err(error) => groups.unconnected(&error.to_string()),
    }
    while groups.running.join_next().await.is_some() {}
}

/// The proxy with its password: that of the proxy in use, which also knows whether it was refused, or what the keyring has.
async fn with_password(proxy: Option<Proxy>, in_use: Option<&Proxy>, probe: &dyn Probe) -> Option<Proxy> {
    let proxy = proxy?;
    // One without a password is not shared: what is found in the keyring is for the checks only.
    let proxy = match in_use.filter(|in_use| in_use.login().is_some() || in_use.is_refused()) {
        Some(in_use) => proxy.sharing_password_of(in_use),
        None => proxy,
    };
    if let Some(account) = of_settings::proxy_account(&proxy)
        && proxy.login().is_none()
        && !proxy.is_refused()
    {
        let asked = timeout(LIMIT, probe.secrets(account, SecretsOrder::Load)).await;
        proxy.use_password(asked.ok().and_then(Result::ok).and_then(Result::ok).flatten());
    }
    Some(proxy)
}

/// The addresses that the application cannot do without.
#[derive(Debug, Clone)]
pub struct Sides {
    /// Microsoft's sign-in service.
    pub login: Url,
    /// Microsoft Graph.
    pub graph: Url,
    /// The CCP.
    pub connect: Url,
}

/// What keeps requests from Microsoft and from Connect, in this order, as far as a look can find out.
pub async fn look_at_network(
    http: reqwest::Client,
    proxy: Option<Proxy>,
    probe: Arc<dyn Probe>,
    sides: Sides,
) -> [Looked; 2] {
    let network = Network::new(http, proxy);
    let script = script(&probe).await.unwrap_or(false);
    let look = async |url: &Url| timeout(LIMIT, network.look(url, script)).await.unwrap_or(Looked::NotKnown);
    let (login, graph, connect) = tokio::join!(look(&sides.login), look(&sides.graph), look(&sides.connect));
    [login.and(graph), connect]
}

/// Asks the system whether it has a script for its proxies.
fn script(probe: &Arc<dyn Probe>) -> network::Script {
    let probe = Arc::clone(probe);
    tokio::task::spawn_blocking(move || probe.has_proxy_script())
}

/// The way to an instance, whether it is one, and whether it approves of our own page.
pub async fn look_at_instance(
    http: reqwest::Client,
    proxy: Option<Proxy>,
    ccp: Url,
    mode: Hosting,
) -> [Check; 3] {
    let [way, seen, approved] = instance::instance(Network::new(http, proxy), ccp, mode).await;
    [way.of(Topic::NetworkInstance), seen.of(Topic::Instance), approved.of(Topic::ApprovedOrigin)]
}

/// The rights that a login did not bring, and what the licence filter says with those that it brought.
pub async fn look_at_rights(
    http: reqwest::Client,
    set: &Configured,
    (access, granted): (SecretString, Vec<String>),
) -> (Vec<String>, Check) {
    let (missing, licence) = authorization::of_session(http, set, access, &granted).await;
    (missing, licence.of(Topic::LicenceFilter))
}

/// What is reported of a topic that was not looked at before the end.
pub fn not_checked(topic: Topic) -> Check {
    Finding::not_checked(say("doctor.unfinished")).and_do(say("doctor.lateToDo")).of(topic)
}

struct Groups {
    running: JoinSet<()>,
    found: mpsc::UnboundedSender<Check>,
}

impl Groups {
    /// What needs a connection.
    fn connected(
        &mut self,
        network: &Network,
        loaded: &Loaded,
        set: &Result<Configured, settings::Missing>,
        authorization: Authorization,
        probe: &Arc<dyn Probe>,
        now: Timestamp,
    ) {
        let settings = &loaded.settings;
        let (login, there) = network::at_login(settings);
        self.add([Topic::NetworkLogin, Topic::Clock], network::login(network.clone(), login, there, now));
        let graph = settings.graph.clone();
        self.add([Topic::NetworkGraph, Topic::Certificates], network::graph(network.clone(), graph.clone()));
        let ccp = settings.ccp.as_ref().or(settings.instance.as_ref()).cloned();
        self.add([Topic::Proxy], network::proxy(network.clone(), graph, ccp.clone(), script(probe)));
        let instance = [Topic::NetworkInstance, Topic::Instance, Topic::ApprovedOrigin];
        match ccp {
            Some(ccp) => self.add(instance, instance::instance(network.clone(), ccp, settings.connect_mode)),
            None => self.report(&instance, &Finding::not_checked(say("doctor.noInstance"))),
        }
        let registration = [Topic::Registration, Topic::Redirect];
        let rights = [Topic::Scopes, Topic::LicenceFilter];
        match set {
            Ok(set) => {
                let http = network.client().clone();
                self.add(registration, registration::registration(http.clone(), set.clone()));
                let (proof, proven) = oneshot::channel();
                let probe = Arc::clone(probe);
                let rights_of =
                    authorization::rights(http.clone(), set.clone(), (authorization, proof), probe);
                self.add(rights, rights_of);
                self.connect_api(http, set, settings.seats, proven, now);
            }
            Err(_) => {
                let finding = Finding::not_checked(say("doctor.notSetUp"));
                self.report(&registration, &finding);
                self.report(&rights, &finding);
                self.report(&CONNECT_API, &finding);
            }
        }
    }

    /// What reading colleagues' statuses from Amazon Connect takes. `proven` brings the ID token of whoever looks at the
    /// authorization: a refresh token is used once.
    fn connect_api(
        &mut self,
        http: reqwest::Client,
        set: &Configured,
        seats: u32,
        proven: oneshot::Receiver<IdToken>,
        now: Timestamp,
    ) {
        match &set.connect_api {
            Some(plan) => {
                let desk = connect_api::Desk::new(plan.clone(), set.client_id.to_string(), seats, now);
                self.add(CONNECT_API, connect_api::connect_api(http, desk, proven));
            }
            None => self.report(&CONNECT_API, &Finding::good(say("doctor.connectApi.notUsed"))),
        }
    }

    /// The same, if no secure connection can be made at all.
    fn unconnected(&self, reason: &str) {
        let to_do = say("doctor.certificates.storeToDo");
        self.report(&[Topic::Certificates], &Finding::failed(reason.to_owned(), to_do));
        let needs_it = [
            Topic::Registration,
            Topic::Redirect,
            Topic::Scopes,
            Topic::LicenceFilter,
            Topic::Instance,
            Topic::ApprovedOrigin,
            Topic::ConnectTrust,
            Topic::ConnectRole,
            Topic::ConnectQuota,
            Topic::NetworkLogin,
            Topic::NetworkGraph,
            Topic::NetworkInstance,
            Topic::Proxy,
            Topic::Clock,
        ];
        self.report(&needs_it, &Finding::not_checked(say("doctor.noConnections")));
    }

    /// Starts a group, which answers for all of its topics.
    fn add<const N: usize>(
        &mut self,
        topics: [Topic; N],
        work: impl Future<Output = [Finding; N]> + Send + 'static,
    ) {
        let found = self.found.clone();
        self.running.spawn(async move {
            let late = || Finding::failed(say("doctor.late"), say("doctor.lateToDo"));
            let findings = timeout(LIMIT, work).await.unwrap_or_else(|_| std::array::from_fn(|_| late()));
            for (topic, finding) in topics.into_iter().zip(findings) {
                // Nobody listens any longer: the window was closed.
                drop(found.send(finding.of(topic)));
            }
        });
    }

    fn report(&self, topics: &[Topic], finding: &Finding) {
        for topic in topics {
            drop(self.found.send(finding.clone().of(*topic)));
        }
    }
}
