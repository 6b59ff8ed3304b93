//! Every single setting by its name, and who set it.
//!
//! One list, so that reading, writing, locks and the export cannot forget a key.

use std::{collections::BTreeSet, fmt};

/// One setting, by the place where the file holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `start_with_system`
    StartWithSystem,
    /// `theme`
    Theme,
    /// `notifications`
    Notifications,
    /// `microsoft.tenant`
    Tenant,
    /// `microsoft.client_id`
    ClientId,
    /// `microsoft.admin_consent`
    AdminConsent,
    /// `connect.instance`
    Instance,
    /// `connect.start`
    ConnectStart,
    /// `connect.mode`
    ConnectMode,
    /// `connect_api.region`
    ConnectRegion,
    /// `connect_api.instance_arn`
    InstanceArn,
    /// `connect_api.role_arn`
    RoleArn,
    /// `endpoints.login`
    Login,
    /// `endpoints.graph`
    Graph,
    /// `endpoints.ccp`
    Ccp,
    /// `endpoints.connect_api`
    ConnectApi,
    /// `endpoints.sts`
    Sts,
    /// `network.proxy`
    Proxy,
    /// `network.bypass`
    Bypass,
    /// `sync.connect_to_teams`
    ConnectToTeams,
    /// `sync.teams_to_connect`
    TeamsToConnect,
    /// `sync.hold`
    Hold,
    /// `sync.restore_idle`
    RestoreIdle,
    /// `sync.held_for`
    HeldFor,
    /// `sync.master`
    Master,
    /// `sync.offline_first`
    OfflineFirst,
    /// `sync.force_rewrite`
    ForceRewrite,
    /// `sync.dry_run`
    DryRun,
    /// `sync.rows`: the table Connect → Teams as a whole.
    Rows,
    /// `sync.teams_rows`: the table Teams → Connect as a whole.
    TeamsRows,
    /// `teams.status_message`
    StatusMessage,
    /// `calls.region`
    Region,
    /// `calls.queue`
    Queue,
    /// `calls.recent`
    RecentCalls,
    /// `drawer.limit`
    DrawerLimit,
    /// `drawer.compact`
    DrawerCompact,
    /// `drawer.photos`
    DrawerPhotos,
    /// `drawer.cache`
    DrawerCache,
    /// `seats`
    Seats,
}

impl Key {
    /// All of them, section by section. In a section rows come last, as TOML wants it.
    pub const ALL: [Self; 39] = [
        Self::StartWithSystem,
        Self::Theme,
        Self::Notifications,
        Self::Seats,
        Self::Tenant,
        Self::ClientId,
        Self::AdminConsent,
        Self::Instance,
        Self::ConnectStart,
        Self::ConnectMode,
        Self::ConnectRegion,
        Self::InstanceArn,
        Self::RoleArn,
        Self::Login,
        Self::Graph,
        Self::Ccp,
        Self::ConnectApi,
        Self::Sts,
        Self::Proxy,
        Self::Bypass,
        Self::ConnectToTeams,
        Self::TeamsToConnect,
        Self::Hold,
        Self::RestoreIdle,
        Self::HeldFor,
        Self::Master,
        Self::OfflineFirst,
        Self::ForceRewrite,
        Self::DryRun,
        Self::Rows,
        Self::TeamsRows,
        Self::StatusMessage,
        Self::Region,
        Self::Queue,
        Self::RecentCalls,
        Self::DrawerLimit,
        Self::DrawerCompact,
        Self::DrawerPhotos,
        Self::DrawerCache,
    ];

    /// Its section and its name in there; the section is empty for what stands above the first one.
    pub(crate) const fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::StartWithSystem => ("", "start_with_system"),
            Self::Theme => ("", "theme"),
            Self::Notifications => ("", "notifications"),
            Self::Seats => ("", "seats"),
            Self::Tenant => ("microsoft", "tenant"),
            Self::ClientId => ("microsoft", "client_id"),
            Self::AdminConsent => ("microsoft", "admin_consent"),
            Self::Instance => ("connect", "instance"),
            Self::ConnectStart => ("connect", "start"),
            Self::ConnectMode => ("connect", "mode"),
            Self::ConnectRegion => ("connect_api", "region"),
            Self::InstanceArn => ("connect_api", "instance_arn"),
            Self::RoleArn => ("connect_api", "role_arn"),
            Self::Login => ("endpoints", "login"),
            Self::Graph => ("endpoints", "graph"),
            Self::Ccp => ("endpoints", "ccp"),
            Self::ConnectApi => ("endpoints", "connect_api"),
            Self::Sts => ("endpoints", "sts"),
            Self::Proxy => ("network", "proxy"),
            Self::Bypass => ("network", "bypass"),
            Self::ConnectToTeams => ("sync", "connect_to_teams"),
            Self::TeamsToConnect => ("sync", "teams_to_connect"),
            Self::Hold => ("sync", "hold"),
            Self::RestoreIdle => ("sync", "restore_idle"),
            Self::HeldFor => ("sync", "held_for"),
            Self::Master => ("sync", "master"),
            Self::OfflineFirst => ("sync", "offline_first"),
            Self::ForceRewrite => ("sync", "force_rewrite"),
            Self::DryRun => ("sync", "dry_run"),
            Self::Rows => ("sync", "rows"),
            Self::TeamsRows => ("sync", "teams_rows"),
            Self::StatusMessage => ("teams", "status_message"),
            Self::Region => ("calls", "region"),
            Self::Queue => ("calls", "queue"),
            Self::RecentCalls => ("calls", "recent"),
            Self::DrawerLimit => ("drawer", "limit"),
            Self::DrawerCompact => ("drawer", "compact"),
            Self::DrawerPhotos => ("drawer", "photos"),
            Self::DrawerCache => ("drawer", "cache"),
        }
    }
}

/// As it is written in the file: "sync.hold".
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            ("", name) => f.write_str(name),
            (section, name) => write!(f, "{section}.{name}"),
        }
    }
}

/// A file that settings come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The machine's policy.
    Policy,
    /// The person's own file.
    User,
}

/// Where the value of a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It is built in.
    Default,
    /// The person's own file.
    User,
    /// The machine's policy, which locks it.
    Policy,
}

/// Where the value of each setting comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    pub(crate) user: BTreeSet<Key>,
    pub(crate) policy: BTreeSet<Key>,
}

impl Sources {
    /// Where the value of `key` comes from.
    #[must_use]
    pub fn of(&self, key: Key) -> Source {
        if self.policy.contains(&key) {
            Source::Policy
        } else if self.user.contains(&key) {
            Source::User
        } else {
            Source::Default
        }
    }

    /// Whether only an administrator can change `key`.
    #[must_use]
    pub fn is_locked(&self, key: Key) -> bool {
        self.policy.contains(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::{ROOT_ONLY, TOP_SECTIONS};

    #[test]
    fn every_key_that_can_be_read_is_in_the_list_and_no_other() {
        let read: BTreeSet<String> = TOP_SECTIONS
            .iter()
            .flat_map(|section| section.keys.iter().map(|key| (section.path, *key)))
            .filter(|(path, key)| !path.is_empty() || ROOT_ONLY.contains(key))
            .map(|(path, key)| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") })
            .collect();
        let known: BTreeSet<String> = Key::ALL.iter().map(ToString::to_string).collect();
        assert_eq!(read, known);
        assert_eq!(known.len(), Key::ALL.len());
    }
}
