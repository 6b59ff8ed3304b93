//! Settings: the built-in defaults under the user's file under the machine's policy, checked and explained.
//!
//! [`load`] reads `settings.toml` of a data folder and the [`Policy`], which locks what it sets. A file that
//! cannot be used is named with its line and the reason, is never written to, and the last good settings are
//! used in its place. [`save`] changes single settings in the user's file, [`export_policy`] writes settings as a
//! policy. Which settings there are is in one table, in the module `key`.
//!
//! Nothing here opens a connection or knows a secret.

pub mod atomic;
pub mod bounded;
mod conflict;
mod connect_api;
mod document;
mod endpoint;
mod export;
mod id;
mod instance;
mod items;
pub mod json;
mod key;
mod layer;
mod lines;
mod loading;
mod look;
mod mapping;
mod network;
mod odd;
mod policy;
mod problem;
mod reading;
mod rows;
mod saving;
mod sections;
mod slips;
mod sources;
mod states;
mod status_message;
mod tables;
mod teams_rows;
mod values;
mod version;
mod words;
mod writing;

use std::{fmt, time::Duration};

use net::{Bypass, Proxy, ProxyAddress, ProxyUser};
use presence::{
    aws::{InstanceArn, Region, RoleArn},
    connect::Hosting,
    engine::Rules,
    mapping::{ConnectToTeams, TeamsToConnect},
};
use thiserror::Error;
use url::Url;

pub use connect_api::ConnectApiPlan;
pub use endpoint::{instance_address, start_address};
pub use export::export_policy;
pub use id::{BadClientId, BadTenant, ClientId, Tenant};
pub use instance::Instance;
pub use key::Key;
pub use layer::Layer;
pub use loading::{FILE, LAST_GOOD, Loaded, NotKept, Note, load};
pub use look::{Notifications, Theme};
pub use mapping::Mapping;
pub use network::{bypass_list, proxy_address, proxy_user};
/// A country or territory, by its ISO 3166-1 code.
pub use phonenumber::country::Id as Country;
pub use policy::Policy;
#[cfg(unix)]
pub use policy::Trust;
pub use problem::Problem;
pub use saving::{NotSaved, save};
pub use sources::{Source, Sources};
pub use status_message::StatusMessage;
pub use values::{HELD_FOR, HOLD, IDLE, LIMIT, RECENT, REST};

/// How many people the drawer lists unless the file says otherwise.
pub const DRAWER_LIMIT: usize = 300;

/// How many calls with colleagues are kept, unless the file says otherwise.
pub const RECENT_CALLS: u32 = 50;

/// How many agents share the limits of Microsoft, unless the settings say so.
pub const SEATS: u32 = 100;

/// For how many agents the account's quota suffices if each machine reads colleagues' Connect statuses itself: 2 requests
/// a second for the whole account and region, ConnectPath included (Service Quotas, GetCurrentUserData).
pub const DIRECT_SEATS: u32 = 25;

/// The idle time after which nobody is made routable without being asked, unless the file says otherwise.
pub const RESTORE_IDLE: Duration = Duration::from_secs(5 * 60);

/// Everything that can be set, with its default if the file does not set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The Entra tenant (`microsoft.tenant`).
    pub tenant: Option<Tenant>,
    /// The app registration (`microsoft.client_id`).
    pub client_id: Option<ClientId>,
    /// Whether an administrator has consented to reading the directory (`microsoft.admin_consent`).
    pub admin_consent: bool,
    /// The Connect instance (`connect.instance`).
    pub instance: Option<Url>,
    /// Where Connect Login begins (`connect.start`): the company's own sign-in. None means the CCP itself.
    pub connect_start: Option<Url>,
    /// Whose page carries the CCP (`connect.mode`).
    pub connect_mode: Hosting,
    /// The AWS region of the instance, if it is given (`connect_api.region`); the ARN of the instance names it as well.
    pub connect_region: Option<Region>,
    /// The instance whose agents' statuses are read (`connect_api.instance_arn`).
    pub instance_arn: Option<InstanceArn>,
    /// The role that may read them (`connect_api.role_arn`).
    pub role_arn: Option<RoleArn>,
    /// Where people sign in (`endpoints.login`). Like every address here it ends with a slash.
    pub login: Url,
    /// Microsoft Graph with its version (`endpoints.graph`).
    pub graph: Url,
    /// Where the CCP is, if not at the instance (`endpoints.ccp`).
    pub ccp: Option<Url>,
    /// Where the service API of Amazon Connect is, if not in the instance's region (`endpoints.connect_api`).
    pub connect_api: Option<Url>,
    /// Where AWS gives credentials for a login, if not in the instance's region (`endpoints.sts`).
    pub sts: Option<Url>,
    /// The proxy of this application (`network.proxy`); none means the system's.
    pub proxy: Option<ProxyAddress>,
    /// Who logs in to that proxy, if it asks (`network.user`). The password is in the keyring.
    pub proxy_user: Option<ProxyUser>,
    /// What is reached without that proxy (`network.bypass`).
    pub bypass: Bypass,
    /// The table Connect → Teams: `sync.connect_to_teams`, `sync.hold` and `sync.rows` over its defaults.
    pub connect_to_teams: ConnectToTeams,
    /// The table Teams → Connect: `sync.teams_to_connect`, `sync.hold` and `sync.teams_rows` over its defaults.
    pub teams_to_connect: TeamsToConnect,
    /// The idle time after which nobody is made routable without being asked (`sync.restore_idle`, in minutes).
    pub restore_idle: Duration,
    /// The other rules of the engine: `sync.held_for` (in hours), `sync.master`, `sync.offline_first` and
    /// `sync.force_rewrite`.
    pub rules: Rules,
    /// Whether decisions are shown and nothing is written (`sync.dry_run`).
    pub dry_run: bool,
    /// What is put into the agent's status message in Teams (`teams.status_message`).
    pub status_message: StatusMessage,
    /// Where numbers without a country code belong (`calls.region`).
    pub call_region: Option<Country>,
    /// The ARN of the queue that calls to colleagues go out on; none means the agent's own (`calls.queue`).
    pub call_queue: Option<String>,
    /// How many calls with colleagues are kept on this machine; 0 keeps none (`calls.recent`).
    pub recent_calls: u32,
    /// How many people the drawer lists; none lists all (`drawer.limit`; 0 means all).
    pub drawer_limit: Option<usize>,
    /// Whether rows of the list are lower, so that more people fit (`drawer.compact`).
    pub drawer_compact: bool,
    /// Whether photos of the people on screen are read and shown (`drawer.photos`).
    pub drawer_photos: bool,
    /// Whether the list of people and their photos are kept on disk, so that the drawer is full at once after a start
    /// (`drawer.cache`).
    pub drawer_cache: bool,
    /// How many agents of the company use this application, as far as is known (`seats`): the limits of Microsoft are
    /// shared by all of them.
    pub seats: u32,
    /// Whether the app starts with the system (`start_with_system`).
    pub start_with_system: bool,
    /// The colours of the windows (`theme`).
    pub theme: Theme,
    /// Which notifications are sent (`notifications`).
    pub notifications: Notifications,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tenant: None,
            client_id: None,
            admin_consent: false,
            instance: None,
            connect_start: None,
            connect_mode: Hosting::USUAL,
            connect_region: None,
            instance_arn: None,
            role_arn: None,
            login: endpoint::default_login(),
            graph: endpoint::default_graph(),
            ccp: None,
            connect_api: None,
            sts: None,
            proxy: None,
            proxy_user: None,
            bypass: Bypass::default(),
            connect_to_teams: ConnectToTeams::default(),
            teams_to_connect: TeamsToConnect::default(),
            restore_idle: RESTORE_IDLE,
            rules: Rules::default(),
            dry_run: false,
            status_message: StatusMessage::Off,
            call_region: None,
            call_queue: None,
            recent_calls: RECENT_CALLS,
            drawer_limit: Some(DRAWER_LIMIT),
            drawer_compact: false,
            drawer_photos: true,
            drawer_cache: true,
            seats: SEATS,
            start_with_system: false,
            theme: Theme::System,
            notifications: Notifications::All,
        }
    }
}

/// The settings without which nothing can be reached, all of them given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// The Entra tenant.
    pub tenant: Tenant,
    /// The app registration.
    pub client_id: ClientId,
    /// Whether an administrator has consented to reading the directory.
    pub admin_consent: bool,
    /// Where people sign in.
    pub login: Url,
    /// Microsoft Graph with its version.
    pub graph: Url,
    /// Where the CCP is.
    pub ccp: Url,
    /// Where Connect Login begins, if not at the CCP.
    pub connect_start: Option<Url>,
    /// Whose page carries the CCP.
    pub connect_mode: Hosting,
    /// The addresses and the role with which colleagues' Connect statuses are read; none if that is not set up.
    pub connect_api: Option<ConnectApiPlan>,
}

/// The keys that are absent, as they are written in the file: "microsoft.tenant and connect.instance".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", list(.keys, "and"))]
pub struct Missing {
    keys: Vec<&'static str>,
}

/// The settings that are used after a restart only, as they are written in the file: "connect.instance".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedsRestart {
    keys: Vec<Key>,
}

impl fmt::Display for NeedsRestart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.keys.iter().map(ToString::to_string).collect();
        f.write_str(&list(&names, "and"))
    }
}

impl Settings {
    /// The settings of `newer` that a program that began with these can use only after a restart: another tenant,
    /// application, instance or address needs another sign-in, another proxy needs other connections. None if all of
    /// these are the same.
    #[must_use]
    pub fn needs_restart(&self, newer: &Self) -> Option<NeedsRestart> {
        let keys: Vec<Key> =
            Key::all().filter(|key| key.needs_restart() && !key.is_same(self, newer)).collect();
        (!keys.is_empty()).then_some(NeedsRestart { keys })
    }

    /// The proxy that everything goes through, without its password; none means the system's.
    #[must_use]
    pub fn proxy(&self) -> Option<Proxy> {
        let address = self.proxy.clone()?;
        Some(Proxy::new(address, self.proxy_user.clone(), self.bypass.clone()))
    }

    /// The settings without which nothing can be reached.
    ///
    /// # Errors
    /// Names the keys that are absent.
    pub fn configured(&self) -> Result<Configured, Missing> {
        let ccp = self.ccp.as_ref().or(self.instance.as_ref());
        if let (Some(tenant), Some(client_id), Some(ccp)) = (&self.tenant, &self.client_id, ccp) {
            return Ok(Configured {
                tenant: tenant.clone(),
                client_id: client_id.clone(),
                admin_consent: self.admin_consent,
                login: self.login.clone(),
                graph: self.graph.clone(),
                ccp: ccp.clone(),
                connect_start: self.connect_start.clone(),
                connect_mode: self.connect_mode,
                connect_api: ConnectApiPlan::of(self),
            });
        }
        let absent = [
            ("microsoft.tenant", self.tenant.is_none()),
            ("microsoft.client_id", self.client_id.is_none()),
            ("connect.instance", ccp.is_none()),
        ];
        Err(Missing { keys: absent.into_iter().filter(|(_, absent)| *absent).map(|(key, _)| key).collect() })
    }
}

/// "a", "a and b", "a, b and c".
fn list<T: AsRef<str>>(items: &[T], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., end] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}
