//! The table of all settings: where each is in a file, what it is for, and how it is read and written.
//!
//! Everything else about a setting follows from its entry: its [`Key`], the names that a section may hold, reading, saving,
//! locks, the remarks of an exported policy, the notice that a restart is needed. So a new setting is one entry here and a
//! field of [`Settings`]. What a value may be is said by the functions that the entries name.

use std::{fmt, str::FromStr};

use toml::de::DeValue;
use toml_edit::Item;

use crate::{
    Settings,
    document::{Section, flag, text, word},
    endpoint::{self, Service},
    items,
    look::{NOTIFICATIONS, THEMES},
    network, rows,
    status_message::STATUS_MESSAGES,
    tables, teams_rows,
    values::{held_for, hold, id, idle, limit, queue, recent, region, seats},
    words::{MASTERS, MODES, OFFLINE_FIRSTS},
};

/// An entry of the table.
struct Setting {
    /// The section that holds it; empty above the first one.
    section: &'static str,
    name: &'static str,
    /// What it is for, in one line; an exported policy has it as a remark.
    about: &'static str,
    marks: &'static [Mark],
    /// Reads its value from a text into the settings, and changes nothing else.
    read: fn(&Entry<'_, '_, '_>, &mut Settings),
    /// Its value in a file; none if the key is left out. Rows keep what they can of the value that the file had before.
    write: fn(&Settings, Option<&Item>) -> Option<Item>,
}

/// What is special about a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A running program can use another value only after a restart.
    Restart,
    /// It belongs to one person, so an exported policy leaves it out.
    Personal,
}

/// A setting in a text that is being read.
struct Entry<'s, 't, 'i> {
    section: &'s Section<'t, 'i>,
    name: &'static str,
}

impl Entry<'_, '_, '_> {
    /// Puts the value into a field, if the text has one that `take` can use.
    fn set<T, F: From<T>>(&self, field: &mut F, take: impl FnOnce(&DeValue<'_>) -> Result<T, String>) {
        if let Some(value) = self.section.read(self.name, take) {
            *field = value.into();
        }
    }

    fn set_id<T: FromStr<Err: ToString>>(&self, field: &mut Option<T>) {
        self.set(field, id::<T>);
    }

    fn set_word<T: Copy>(&self, field: &mut T, words: &[(&'static str, T)]) {
        self.set(field, |value| word(value, words));
    }

    fn set_address<F: From<url::Url>>(&self, field: &mut F, service: Service) {
        self.set(field, |value| endpoint::parse(service, self.section.layer(), text(value)?));
    }
}

/// Makes the keys of the table. An entry is `Key("name in its section", "what it is for", marks…) { read, write }`.
macro_rules! settings {
    ($($section:literal {
        $($key:ident($name:literal, $about:literal $(, $mark:ident)*) { read: $read:expr, write: $write:expr, })+
    })+) => {
        /// One setting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[doc = $about] $key,)+)+
        }

        /// The sections, and the settings of each. In a section rows come last, as TOML wants it.
        pub(crate) const SECTIONS: &[(&str, &[Key])] = &[$(($section, &[$(Key::$key),+])),+];

        impl Key {
            fn setting(self) -> &'static Setting {
                match self {
                    $($(Self::$key => {
                        static SETTING: Setting = Setting {
                            section: $section,
                            name: $name,
                            about: $about,
                            marks: &[$(Mark::$mark),*],
                            read: $read,
                            write: $write,
                        };
                        &SETTING
                    })+)+
                }
            }
        }
    };
}

settings! {
    "" {
        StartWithSystem("start_with_system", "Start with the desktop session, hidden to the tray.") {
            read: |entry, settings| entry.set(&mut settings.start_with_system, flag),
            write: |settings, _| Some(settings.start_with_system.into()),
        }
        Theme("theme", "The colours of the windows: system, light, dark or contrast.") {
            read: |entry, settings| entry.set_word(&mut settings.theme, THEMES),
            write: |settings, _| items::word(THEMES, settings.theme),
        }
        Notifications("notifications", "Which notifications there are: all, or important (logins, questions and problems only).") {
            read: |entry, settings| entry.set_word(&mut settings.notifications, NOTIFICATIONS),
            write: |settings, _| items::word(NOTIFICATIONS, settings.notifications),
        }
        Seats("seats", "How many agents of the company use this application: Microsoft's limits are shared by them.") {
            read: |entry, settings| entry.set(&mut settings.seats, seats),
            write: |settings, _| Some(items::number(settings.seats)),
        }
    }
    "microsoft" {
        Tenant("tenant", "Directory (tenant) ID, or a domain name of the tenant.", Restart) {
            read: |entry, settings| entry.set_id(&mut settings.tenant),
            write: |settings, _| settings.tenant.as_ref().map(items::text),
        }
        ClientId("client_id", "Application (client) ID.", Restart) {
            read: |entry, settings| entry.set_id(&mut settings.client_id),
            write: |settings, _| settings.client_id.as_ref().map(items::text),
        }
        AdminConsent("admin_consent", "True once an administrator has consented to User.Read.All.", Restart) {
            read: |entry, settings| entry.set(&mut settings.admin_consent, flag),
            write: |settings, _| Some(settings.admin_consent.into()),
        }
    }
    "connect" {
        Instance("instance", "The Amazon Connect instance.", Restart) {
            read: |entry, settings| entry.set_address(&mut settings.instance, Service::Connect),
            write: |settings, _| settings.instance.as_ref().map(items::text),
        }
        ConnectStart("start", "Where the Connect Login begins: the company's sign-in to Amazon Connect.", Restart) {
            read: |entry, settings| entry.set(&mut settings.connect_start, |value| endpoint::parse_page(text(value)?)),
            write: |settings, _| settings.connect_start.as_ref().map(items::text),
        }
        ConnectMode("mode", "Whose page carries the CCP: same_origin or approved_origin.", Restart) {
            read: |entry, settings| entry.set_word(&mut settings.connect_mode, MODES),
            write: |settings, _| items::word(MODES, settings.connect_mode),
        }
    }
    // Before `connect_api`, which has a `region` as well: one in the wrong section is most likely this one.
    "calls" {
        Region("region", "The country of numbers that are written without a country code.") {
            read: |entry, settings| entry.set(&mut settings.call_region, region),
            write: |settings, _| settings.call_region.map(|region| items::text(&region.as_ref())),
        }
        Queue("queue", "The queue that calls to colleagues go out on.") {
            read: |entry, settings| entry.set(&mut settings.call_queue, queue),
            write: |settings, _| settings.call_queue.as_ref().map(items::text),
        }
        RecentCalls("recent", "Calls with colleagues that are kept on the machine; 0 keeps none.") {
            read: |entry, settings| entry.set(&mut settings.recent_calls, recent),
            write: |settings, _| Some(items::number(settings.recent_calls)),
        }
    }
    "connect_api" {
        ConnectRegion("region", "The AWS region of the instance.", Restart) {
            read: |entry, settings| entry.set_id(&mut settings.connect_region),
            write: |settings, _| settings.connect_region.as_ref().map(items::text),
        }
        InstanceArn("instance_arn", "The ARN of the instance whose agents' statuses are shown.", Restart) {
            read: |entry, settings| entry.set_id(&mut settings.instance_arn),
            write: |settings, _| settings.instance_arn.as_ref().map(items::text),
        }
        RoleArn("role_arn", "The ARN of the role that may read them: docs/connect-statuses.md.", Restart) {
            read: |entry, settings| entry.set_id(&mut settings.role_arn),
            write: |settings, _| settings.role_arn.as_ref().map(items::text),
        }
    }
    "endpoints" {
        Login("login", "Where people sign in. Tokens come from here.", Restart) {
            read: |entry, settings| entry.set_address(&mut settings.login, Service::Login),
            write: |settings, _| Some(items::text(&settings.login)),
        }
        Graph("graph", "Microsoft Graph with its version. Tokens are sent here.", Restart) {
            read: |entry, settings| entry.set_address(&mut settings.graph, Service::Graph),
            write: |settings, _| Some(items::text(&settings.graph)),
        }
        Ccp("ccp", "Where the CCP is, if not at the instance.", Restart) {
            read: |entry, settings| entry.set_address(&mut settings.ccp, Service::Connect),
            write: |settings, _| settings.ccp.as_ref().map(items::text),
        }
        ConnectApi("connect_api", "Where the service API of Amazon Connect is, if not in the region.", Restart) {
            read: |entry, settings| entry.set_address(&mut settings.connect_api, Service::ConnectApi),
            write: |settings, _| settings.connect_api.as_ref().map(items::text),
        }
        Sts("sts", "Where AWS gives credentials for a login, if not in the region. The login is sent here.", Restart) {
            read: |entry, settings| entry.set_address(&mut settings.sts, Service::Sts),
            write: |settings, _| settings.sts.as_ref().map(items::text),
        }
    }
    "network" {
        Proxy("proxy", "The proxy for everything that this application sends. Its password is typed in the window, never here.", Restart) {
            read: |entry, settings| entry.set(&mut settings.proxy, network::proxy),
            write: |settings, _| settings.proxy.as_ref().map(items::text),
        }
        ProxyUser("user", "The user name at that proxy, if it asks for a login.", Restart, Personal) {
            read: |entry, settings| entry.set(&mut settings.proxy_user, network::user),
            write: |settings, _| settings.proxy_user.as_ref().map(items::text),
        }
        Bypass("bypass", "What is reached without that proxy: hosts, *.domain, addresses and ranges.", Restart) {
            read: |entry, settings| entry.set(&mut settings.bypass, network::bypass),
            write: |settings, _| Some(network::bypass_item(&settings.bypass)),
        }
    }
    "sync" {
        ConnectToTeams("connect_to_teams", "Whether Teams follows Connect.") {
            read: |entry, settings| entry.set(&mut settings.connect_to_teams.enabled, flag),
            write: |settings, _| Some(settings.connect_to_teams.enabled.into()),
        }
        TeamsToConnect("teams_to_connect", "Whether Connect follows Teams.") {
            read: |entry, settings| entry.set(&mut settings.teams_to_connect.enabled, flag),
            write: |settings, _| Some(settings.teams_to_connect.enabled.into()),
        }
        Hold("hold", "Seconds that a status must last before it counts.") {
            read: |entry, settings| {
                entry.set(&mut settings.connect_to_teams.hold, hold);
                settings.teams_to_connect.hold = settings.connect_to_teams.hold;
            },
            write: |settings, _| Some(items::units(settings.connect_to_teams.hold, 1)),
        }
        RestoreIdle("restore_idle", "Minutes without input after which somebody is asked before becoming available.") {
            read: |entry, settings| entry.set(&mut settings.restore_idle, idle),
            write: |settings, _| Some(items::units(settings.restore_idle, 60)),
        }
        HeldFor("held_for", "Hours for which a person's own choice in Teams is left alone at most.") {
            read: |entry, settings| entry.set(&mut settings.rules.held_for, held_for),
            write: |settings, _| Some(items::units(settings.rules.held_for, 3600)),
        }
        Master("master", "Which side leads when both changed at once: connect or teams.") {
            read: |entry, settings| entry.set_word(&mut settings.rules.master, MASTERS),
            write: |settings, _| items::word(MASTERS, settings.rules.master),
        }
        OfflineFirst("offline_first", "Whether Connect goes offline for a moment before available: confirm (if need be) or always.") {
            read: |entry, settings| entry.set_word(&mut settings.rules.offline_first, OFFLINE_FIRSTS),
            write: |settings, _| items::word(OFFLINE_FIRSTS, settings.rules.offline_first),
        }
        ForceRewrite("force_rewrite", "Whether a forced sync writes even what Teams shows already.") {
            read: |entry, settings| entry.set(&mut settings.rules.force_rewrite, flag),
            write: |settings, _| Some(settings.rules.force_rewrite.into()),
        }
        DryRun("dry_run", "Whether decisions are only shown and nothing is written.") {
            read: |entry, settings| entry.set(&mut settings.dry_run, flag),
            write: |settings, _| Some(settings.dry_run.into()),
        }
        Rows("rows", "The table from Connect to Teams.") {
            read: |entry, settings| rows::read(entry.section, entry.name, &mut settings.connect_to_teams),
            write: |settings, old| tables::connect_rows(&settings.connect_to_teams, old),
        }
        TeamsRows("teams_rows", "The table from Teams to Connect.") {
            read: |entry, settings| teams_rows::read(entry.section, entry.name, &mut settings.teams_to_connect),
            write: |settings, old| tables::teams_rows(&settings.teams_to_connect, old),
        }
    }
    "teams" {
        StatusMessage("status_message", "What is put into the agent's Teams status message: off, number (the own number) or status (the Connect status).") {
            read: |entry, settings| entry.set_word(&mut settings.status_message, STATUS_MESSAGES),
            write: |settings, _| items::word(STATUS_MESSAGES, settings.status_message),
        }
    }
    "drawer" {
        DrawerLimit("limit", "People listed in the drawer; 0 lists all.") {
            read: |entry, settings| entry.set(&mut settings.drawer_limit, limit),
            write: |settings, _| Some(items::number(settings.drawer_limit.unwrap_or(0))),
        }
        DrawerCompact("compact", "Whether the rows of the drawer are lower, so that more people fit.") {
            read: |entry, settings| entry.set(&mut settings.drawer_compact, flag),
            write: |settings, _| Some(settings.drawer_compact.into()),
        }
        DrawerPhotos("photos", "Whether photos of the people on screen are read from Microsoft and shown.") {
            read: |entry, settings| entry.set(&mut settings.drawer_photos, flag),
            write: |settings, _| Some(settings.drawer_photos.into()),
        }
        DrawerCache("cache", "Whether the list of people and their photos are kept on disk, for a full drawer after a start.") {
            read: |entry, settings| entry.set(&mut settings.drawer_cache, flag),
            write: |settings, _| Some(settings.drawer_cache.into()),
        }
    }
}

impl Key {
    /// All of them, section by section.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        SECTIONS.iter().flat_map(|(_, keys)| keys.iter().copied())
    }

    /// The section that holds it; empty above the first one.
    pub(crate) fn section(self) -> &'static str {
        self.setting().section
    }

    /// Its name in the section.
    pub(crate) fn name(self) -> &'static str {
        self.setting().name
    }

    /// What it is for, in one line.
    pub(crate) fn about(self) -> &'static str {
        self.setting().about
    }

    /// Whether a running program can use another value only after a restart.
    pub(crate) fn needs_restart(self) -> bool {
        self.setting().marks.contains(&Mark::Restart)
    }

    /// Whether it belongs to one person.
    pub(crate) fn is_personal(self) -> bool {
        self.setting().marks.contains(&Mark::Personal)
    }

    /// Reads its value from its section into the settings.
    pub(crate) fn read(self, section: &Section<'_, '_>, settings: &mut Settings) {
        (self.setting().read)(&Entry { section, name: self.name() }, settings);
    }

    /// Its value in a file that had the `old` one; none if the key is left out.
    pub(crate) fn value(self, settings: &Settings, old: Option<&Item>) -> Option<Item> {
        (self.setting().write)(settings, old)
    }

    /// Whether it is the same in both.
    pub(crate) fn is_same(self, one: &Settings, other: &Settings) -> bool {
        let text = |settings| self.value(settings, None).map(|item| item.to_string());
        text(one) == text(other)
    }
}

/// As it is written in the file: "sync.hold".
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.section(), self.name()) {
            ("", name) => f.write_str(name),
            (section, name) => write!(f, "{section}.{name}"),
        }
    }
}

#[cfg(test)]
mod tests;
