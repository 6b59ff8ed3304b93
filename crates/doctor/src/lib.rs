//! Doctor: checks what works on this machine with this set-up, and says what to do about the rest.
//!
//! [`run`] runs all checks in parallel, each group with a time limit, and sends each result as soon as it is known.
//! [`Report`] writes them as text or JSON. The application uses [`diagnose_network`] and [`check_instance`] while it runs.
//! A [`Probe`] gives access to the desktop.
//!
//! It changes nothing that lasts, and reports no secret, no telephone number and nothing about a colleague.

mod authorization;
mod connect_api;
mod desktop;
mod files;
mod finding;
pub mod from_settings;
mod hop;
mod instance;
mod network;
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

pub use network::NetworkDiagnosis;
pub use probe::{Drawing, NotificationService, Probe, TrayHost};
pub use report::Report;

use finding::Finding;
use network::{Network, findings};
use view::{
    doctor::{Check, Topic},
    words::say,
};

/// How long a group of checks may take.
const LIMIT: Duration = Duration::from_secs(8);

/// The topics about reading colleagues' Connect statuses directly.
const CONNECT_API: [Topic; 3] = [Topic::ConnectTrust, Topic::ConnectRole, Topic::ConnectQuota];

/// The input of the checks.
#[derive(Debug)]
pub struct CheckContext {
    /// The settings, and the problems found in them.
    pub loaded: Loaded,
    /// The data folder.
    pub data_dir: PathBuf,
    /// The proxy that the running application uses; its password need not be read from the keyring.
    pub proxy_in_use: Option<Proxy>,
    /// Where the agent's authorization comes from.
    pub authorization: AuthorizationSource,
    /// The time by this machine's clock.
    pub now: Timestamp,
}

/// Where the agent's authorization comes from. Two processes never use the same refresh token.
#[derive(Debug, Clone)]
pub enum AuthorizationSource {
    /// The application is logged in and passes on what it uses.
    Session {
        /// The access token.
        access: SecretString,
        /// The rights that it grants.
        granted: Vec<String>,
        /// The ID token that was issued with it.
        id_token: Option<IdToken>,
    },
    /// The application runs and is not logged in.
    LoggedOut,
    /// The application does not run: the refresh token in the keyring may be used.
    Keyring,
    /// The application runs as another process, which uses the refresh token.
    InUse,
}

/// Runs all checks, and sends each result as soon as it is known, in any order. Returns after the last one.
pub async fn run(context: CheckContext, probe: Arc<dyn Probe>, found: mpsc::UnboundedSender<Check>) {
    let CheckContext { loaded, data_dir, proxy_in_use, authorization, now } = context;
    let set = loaded.settings.configured();
    let mut groups = Groups { running: JoinSet::new(), found };
    groups.send(&[Topic::Settings], &files::settings(&loaded, &data_dir));
    groups.add([Topic::CallQueue], queue::queue(loaded.settings.clone(), data_dir.clone()));
    groups.add([Topic::Disk], files::disk(data_dir));
    groups.add([Topic::Keyring], desktop::keyring(Arc::clone(&probe)));
    groups.add([Topic::Notifications], desktop::notifications(Arc::clone(&probe)));
    groups.add([Topic::Tray], desktop::tray(Arc::clone(&probe)));
    groups.add([Topic::Versions], desktop::versions(Arc::clone(&probe)));
    let proxy = with_password(loaded.settings.proxy(), proxy_in_use.as_ref(), &*probe).await;
    match net::client(proxy.as_ref()) {
        Ok(client) => {
            groups.add_connected(&Network::new(client, proxy), &loaded, &set, authorization, &probe, now);
        }
        Err(error) => groups.send_unconnected(&error.to_string()),
    }
    while groups.running.join_next().await.is_some() {}
}

/// Adds the password to the proxy: that of the proxy in use, which also knows whether it was refused, or that of the keyring.
async fn with_password(proxy: Option<Proxy>, in_use: Option<&Proxy>, probe: &dyn Probe) -> Option<Proxy> {
    let proxy = proxy?;
    // A proxy in use without a password is not shared: the checks must not pass it the keyring's.
    let proxy = match in_use.filter(|in_use| in_use.login().is_some() || in_use.is_refused()) {
        Some(in_use) => proxy.sharing_password_of(in_use),
        None => proxy,
    };
    if let Some(account) = from_settings::proxy_account(&proxy)
        && proxy.login().is_none()
        && !proxy.is_refused()
    {
        let asked = timeout(LIMIT, probe.secrets(account, SecretsOrder::Load)).await;
        proxy.use_password(asked.ok().and_then(Result::ok).and_then(Result::ok).flatten());
    }
    Some(proxy)
}

/// The addresses that the application needs.
#[derive(Debug, Clone)]
pub struct ServiceUrls {
    /// Microsoft's sign-in service.
    pub login: Url,
    /// Microsoft Graph.
    pub graph: Url,
    /// The CCP.
    pub connect: Url,
}

/// Finds out why requests to Microsoft and to Connect, in this order, do or do not arrive.
pub async fn diagnose_network(
    http: reqwest::Client,
    proxy: Option<Proxy>,
    probe: Arc<dyn Probe>,
    urls: ServiceUrls,
) -> [NetworkDiagnosis; 2] {
    let network = Network::new(http, proxy);
    let has_script = query_script(&probe).await.unwrap_or(false);
    let diagnose = async |url: &Url| {
        timeout(LIMIT, network.diagnose(url, has_script)).await.unwrap_or(NetworkDiagnosis::NotKnown)
    };
    let (login, graph, connect) =
        tokio::join!(diagnose(&urls.login), diagnose(&urls.graph), diagnose(&urls.connect));
    [login.and(graph), connect]
}

/// Asks the system whether it has a script for its proxies.
fn query_script(probe: &Arc<dyn Probe>) -> network::ScriptQuery {
    let probe = Arc::clone(probe);
    tokio::task::spawn_blocking(move || probe.has_proxy_script())
}

/// Checks the connection to an instance, whether it is one, and whether it approves of our own page.
pub async fn check_instance(
    http: reqwest::Client,
    proxy: Option<Proxy>,
    ccp: Url,
    mode: Hosting,
) -> [Check; 3] {
    let [way, seen, approved] = instance::instance(Network::new(http, proxy), ccp, mode).await;
    [way.of(Topic::NetworkInstance), seen.of(Topic::Instance), approved.of(Topic::ApprovedOrigin)]
}

/// Returns the rights that a login did not grant, and the check of the licence filter with those that it granted.
pub async fn check_rights(
    http: reqwest::Client,
    set: &Configured,
    (access, granted): (SecretString, Vec<String>),
) -> (Vec<String>, Check) {
    let (missing, licence) = authorization::of_session(http, set, access, &granted).await;
    (missing, licence.of(Topic::LicenceFilter))
}

/// The result of a topic that was not checked before the end.
pub fn not_checked(topic: Topic) -> Check {
    Finding::not_checked(say("doctor.unfinished")).and_do(say("doctor.lateToDo")).of(topic)
}

/// The groups of checks that are running, and where their results go.
struct Groups {
    running: JoinSet<()>,
    found: mpsc::UnboundedSender<Check>,
}

impl Groups {
    /// Starts the groups that need a connection.
    fn add_connected(
        &mut self,
        network: &Network,
        loaded: &Loaded,
        set: &Result<Configured, settings::Missing>,
        authorization: AuthorizationSource,
        probe: &Arc<dyn Probe>,
        now: Timestamp,
    ) {
        let settings = &loaded.settings;
        let (login, expected) = findings::login_address(settings);
        self.add([Topic::NetworkLogin, Topic::Clock], findings::login(network.clone(), login, expected, now));
        let graph = settings.graph.clone();
        self.add([Topic::NetworkGraph, Topic::Certificates], findings::graph(network.clone(), graph.clone()));
        let ccp = settings.ccp.as_ref().or(settings.instance.as_ref()).cloned();
        self.add([Topic::Proxy], findings::proxy(network.clone(), graph, ccp.clone(), query_script(probe)));
        let instance = [Topic::NetworkInstance, Topic::Instance, Topic::ApprovedOrigin];
        match ccp {
            Some(ccp) => self.add(instance, instance::instance(network.clone(), ccp, settings.connect_mode)),
            None => self.send(&instance, &Finding::not_checked(say("doctor.noInstance"))),
        }
        let registration = [Topic::Registration, Topic::Redirect];
        let rights = [Topic::Scopes, Topic::LicenceFilter];
        match set {
            Ok(set) => {
                let http = network.client().clone();
                self.add(registration, registration::registration(http.clone(), set.clone()));
                let (id_token_sender, id_token) = oneshot::channel();
                let probe = Arc::clone(probe);
                let rights_of =
                    authorization::rights(http.clone(), set.clone(), (authorization, id_token_sender), probe);
                self.add(rights, rights_of);
                self.add_connect_api(http, set, settings.seats, id_token, now);
            }
            Err(_) => {
                let finding = Finding::not_checked(say("doctor.notSetUp"));
                self.send(&registration, &finding);
                self.send(&rights, &finding);
                self.send(&CONNECT_API, &finding);
            }
        }
    }

    /// Starts the checks of reading colleagues' statuses from Amazon Connect. `id_token` comes from the check of the
    /// authorization, because a refresh token is used once.
    fn add_connect_api(
        &mut self,
        http: reqwest::Client,
        set: &Configured,
        seats: u32,
        id_token: oneshot::Receiver<IdToken>,
        now: Timestamp,
    ) {
        match &set.connect_api {
            Some(plan) => {
                let context =
                    connect_api::ApiContext::new(plan.clone(), set.client_id.to_string(), seats, now);
                self.add(CONNECT_API, connect_api::connect_api(http, context, id_token));
            }
            None => self.send(&CONNECT_API, &Finding::good(say("doctor.connectApi.notUsed"))),
        }
    }

    /// Sends the results of the same groups if no secure connection is possible at all.
    fn send_unconnected(&self, reason: &str) {
        let to_do = say("doctor.certificates.storeToDo");
        self.send(&[Topic::Certificates], &Finding::failed(reason.to_owned(), to_do));
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
        self.send(&needs_it, &Finding::not_checked(say("doctor.noConnections")));
    }

    /// Starts a group of checks, with one finding for each of its topics.
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
                // The receiver is gone if the window was closed.
                drop(found.send(finding.of(topic)));
            }
        });
    }

    fn send(&self, topics: &[Topic], finding: &Finding) {
        for topic in topics {
            drop(self.found.send(finding.clone().of(*topic)));
        }
    }
}
