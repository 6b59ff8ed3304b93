//! Which sections a settings file has, and which keys belong in each.
//!
//! Names only; what a key may say is known where it is read.

use crate::document::Known;

pub(crate) const ROOT: Known = Known {
    path: "",
    keys: &[
        "microsoft",
        "connect",
        "connect_api",
        "endpoints",
        "network",
        "sync",
        "teams",
        "calls",
        "drawer",
        "start_with_system",
        "theme",
        "notifications",
        "seats",
        "version",
    ],
};
pub(crate) const MICROSOFT: Known =
    Known { path: "microsoft", keys: &["tenant", "client_id", "admin_consent"] };
pub(crate) const CONNECT: Known = Known { path: "connect", keys: &["instance", "start", "mode"] };
pub(crate) const CONNECT_API: Known =
    Known { path: "connect_api", keys: &["region", "instance_arn", "role_arn"] };
pub(crate) const ENDPOINTS: Known =
    Known { path: "endpoints", keys: &["login", "graph", "ccp", "connect_api", "sts"] };
pub(crate) const NETWORK: Known = Known { path: "network", keys: &["proxy", "bypass"] };
pub(crate) const SYNC: Known = Known {
    path: "sync",
    keys: &[
        "connect_to_teams",
        "hold",
        "rows",
        "teams_to_connect",
        "teams_rows",
        "restore_idle",
        "held_for",
        "master",
        "offline_first",
        "force_rewrite",
        "dry_run",
    ],
};
pub(crate) const TEAMS: Known = Known { path: "teams", keys: &["status_message"] };
pub(crate) const CALLS: Known = Known { path: "calls", keys: &["region", "queue", "recent"] };
pub(crate) const DRAWER: Known = Known { path: "drawer", keys: &["limit", "compact", "photos", "cache"] };
pub(crate) const ROWS: Known = Known {
    path: "sync.rows",
    keys: &["when", "teams", "source", "only_while", "hold", "at_most_every", "override_person"],
};
pub(crate) const ROWS_WHEN: Known =
    Known { path: "sync.rows.when", keys: &["activity", "channel", "status", "kind"] };
pub(crate) const ROWS_ONLY_WHILE: Known = Known { path: "sync.rows.only_while", keys: TEAMS_ROWS_WHEN.keys };
pub(crate) const TEAMS_ROWS: Known = Known {
    path: "sync.teams_rows",
    keys: &["when", "connect", "source", "only_while", "hold", "at_most_every"],
};
pub(crate) const TEAMS_ROWS_WHEN: Known =
    Known { path: "sync.teams_rows.when", keys: &["availability", "detail"] };
pub(crate) const TEAMS_ROWS_ONLY_WHILE: Known =
    Known { path: "sync.teams_rows.only_while", keys: ROWS_WHEN.keys };
pub(crate) const TEAMS_ROWS_CONNECT: Known = Known { path: "sync.teams_rows.connect", keys: &["status"] };

/// Every section, the ones of a row last: their keys are looked for there last.
pub(crate) const SECTIONS: &[Known] = &[
    ROOT,
    MICROSOFT,
    CONNECT,
    ENDPOINTS,
    NETWORK,
    SYNC,
    TEAMS,
    CALLS,
    CONNECT_API,
    DRAWER,
    ROWS,
    ROWS_WHEN,
    TEAMS_ROWS,
    TEAMS_ROWS_WHEN,
];

/// The sections that hold settings.
#[cfg(test)]
pub(crate) const TOP_SECTIONS: &[Known] =
    &[ROOT, MICROSOFT, CONNECT, CONNECT_API, ENDPOINTS, NETWORK, SYNC, TEAMS, CALLS, DRAWER];

/// The settings above the first section.
#[cfg(test)]
pub(crate) const ROOT_ONLY: &[&str] = &["start_with_system", "theme", "notifications", "seats"];
