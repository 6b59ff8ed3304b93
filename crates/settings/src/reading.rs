//! From the text of a settings file to [`Settings`], or to the first mistake in it.

use std::{collections::BTreeMap, ops::RangeInclusive, str::FromStr, time::Duration};

use presence::{
    connect::Hosting,
    engine::Rules,
    mapping::{ConnectToTeams, TeamsToConnect},
};
use toml::de::{DeTable, DeValue};

use crate::{
    Country, Key, Layer, Settings,
    document::{Mistake, Mistakes, Section, flag, text, whole, word},
    endpoint::{self, Service},
    look::{NOTIFICATIONS, THEMES},
    network, rows,
    sections::{
        CALLS, CONNECT, CONNECT_API, DRAWER, ENDPOINTS, MICROSOFT, NETWORK, ROOT, SECTIONS, SYNC, TEAMS,
    },
    slips,
    status_message::STATUS_MESSAGES,
    sync::{MASTERS, OFFLINE_FIRSTS},
    teams_rows,
    values::{HELD_FOR, IDLE, LIMIT, RECENT, arn, hold},
    version,
};

/// The words of `connect.mode`.
pub(crate) const MODES: &[(&str, Hosting)] =
    &[("same_origin", Hosting::SameOrigin), ("approved_origin", Hosting::ApprovedOrigin)];

/// What `seats` may be.
const SEATS: RangeInclusive<u32> = 1..=100_000;

/// What a text says.
#[derive(Debug)]
pub(crate) struct Read {
    /// The settings: what the text says over what was there before.
    pub(crate) settings: Settings,
    /// The settings that the text holds, each with its place in bytes.
    pub(crate) given: BTreeMap<Key, usize>,
}

impl Read {
    /// No text, which leaves `base` as it is.
    pub(crate) fn nothing(base: Settings) -> Self {
        Self { settings: base, given: BTreeMap::new() }
    }
}

/// Reads the text of a settings file or of a policy, over `base`.
pub(crate) fn parse(source: &str, layer: Layer, base: Settings) -> Result<Read, Mistake> {
    let document = DeTable::parse(source).map_err(|error| {
        slips::mistake(source, layer, error.span().map(|span| span.start), error.message())
    })?;
    if let Some(mistake) = slips::swallowed(source, layer) {
        return Err(mistake);
    }
    let document = document.get_ref();
    version::check(document)?;
    let mistakes = Mistakes::default();
    let root = Section::new(document, 0, ROOT, SECTIONS, &mistakes);
    let settings = read(&root, &mistakes, layer, base);
    mistakes.first().map_or_else(|| Ok(Read { settings, given: given(document) }), Err)
}

fn given(document: &DeTable<'_>) -> BTreeMap<Key, usize> {
    let find = |table: &DeTable<'_>, name: &str| {
        table.iter().find(|(key, _)| key.get_ref() == name).map(|(key, _)| key.span().start)
    };
    let place = |key: &Key| match key.parts() {
        ("", name) => find(document, name),
        (section, name) => {
            let (_, section) = document.iter().find(|(key, _)| key.get_ref() == section)?;
            find(section.get_ref().as_table()?, name)
        }
    };
    Key::ALL.into_iter().filter_map(|key| Some((key, place(&key)?))).collect()
}

fn read(root: &Section<'_, '_>, mistakes: &Mistakes, layer: Layer, defaults: Settings) -> Settings {
    let microsoft = root.section("microsoft", MICROSOFT, SECTIONS);
    let connect = root.section("connect", CONNECT, SECTIONS);
    let connect_api = root.section("connect_api", CONNECT_API, SECTIONS);
    let endpoints = root.section("endpoints", ENDPOINTS, SECTIONS);
    let network = root.section("network", NETWORK, SECTIONS);
    let sync = root.section("sync", SYNC, SECTIONS);
    let teams = root.section("teams", TEAMS, SECTIONS);
    let calls = root.section("calls", CALLS, SECTIONS);
    let drawer = root.section("drawer", DRAWER, SECTIONS);

    let (forth, back, rules) = (defaults.connect_to_teams, defaults.teams_to_connect, defaults.rules);
    let hold = sync.read("hold", hold).unwrap_or(forth.hold);
    // A layer that has rows has the whole table: what stood there before is not mixed into it.
    let before = if sync.has("rows") { ConnectToTeams::default() } else { forth.clone() };
    let mut rows = before.rows().to_vec();
    rows::read(&sync, &mut rows, mistakes);
    let enabled = sync.read("connect_to_teams", flag).unwrap_or(forth.enabled);
    let connect_to_teams = ConnectToTeams::new(enabled, hold, rows);

    let before = if sync.has("teams_rows") { TeamsToConnect::default() } else { back.clone() };
    let mut rows = before.rows().to_vec();
    teams_rows::read(&sync, &mut rows, mistakes);
    let enabled = sync.read("teams_to_connect", flag).unwrap_or(back.enabled);
    let teams_to_connect = TeamsToConnect::new(enabled, hold, rows);

    let address = |service| move |value: &DeValue<'_>| endpoint::parse(service, layer, text(value)?);
    Settings {
        tenant: microsoft.read("tenant", id).or(defaults.tenant),
        client_id: microsoft.read("client_id", id).or(defaults.client_id),
        admin_consent: microsoft.read("admin_consent", flag).unwrap_or(defaults.admin_consent),
        instance: connect.read("instance", address(Service::Connect)).or(defaults.instance),
        connect_start: connect
            .read("start", |value| endpoint::parse_page(text(value)?))
            .or(defaults.connect_start),
        connect_mode: connect.read("mode", |value| word(value, MODES)).unwrap_or(defaults.connect_mode),
        connect_region: connect_api.read("region", id).or(defaults.connect_region),
        instance_arn: connect_api.read("instance_arn", id).or(defaults.instance_arn),
        role_arn: connect_api.read("role_arn", id).or(defaults.role_arn),
        login: endpoints.read("login", address(Service::Login)).unwrap_or(defaults.login),
        graph: endpoints.read("graph", address(Service::Graph)).unwrap_or(defaults.graph),
        ccp: endpoints.read("ccp", address(Service::Connect)).or(defaults.ccp),
        connect_api: endpoints.read("connect_api", address(Service::ConnectApi)).or(defaults.connect_api),
        sts: endpoints.read("sts", address(Service::Sts)).or(defaults.sts),
        proxy: network.read("proxy", network::proxy).or(defaults.proxy),
        bypass: network.read("bypass", network::bypass).unwrap_or(defaults.bypass),
        connect_to_teams,
        teams_to_connect,
        restore_idle: sync.read("restore_idle", idle).unwrap_or(defaults.restore_idle),
        rules: Rules {
            held_for: sync.read("held_for", held_for).unwrap_or(rules.held_for),
            master: sync.read("master", |value| word(value, MASTERS)).unwrap_or(rules.master),
            offline_first: sync
                .read("offline_first", |value| word(value, OFFLINE_FIRSTS))
                .unwrap_or(rules.offline_first),
            force_rewrite: sync.read("force_rewrite", flag).unwrap_or(rules.force_rewrite),
        },
        dry_run: sync.read("dry_run", flag).unwrap_or(defaults.dry_run),
        status_message: teams
            .read("status_message", |value| word(value, STATUS_MESSAGES))
            .unwrap_or(defaults.status_message),
        call_region: calls.read("region", region).or(defaults.call_region),
        call_queue: calls.read("queue", queue).or(defaults.call_queue),
        recent_calls: calls.read("recent", recent).unwrap_or(defaults.recent_calls),
        drawer_limit: drawer.read("limit", limit).unwrap_or(defaults.drawer_limit),
        drawer_compact: drawer.read("compact", flag).unwrap_or(defaults.drawer_compact),
        drawer_photos: drawer.read("photos", flag).unwrap_or(defaults.drawer_photos),
        drawer_cache: drawer.read("cache", flag).unwrap_or(defaults.drawer_cache),
        seats: root.read("seats", seats).unwrap_or(defaults.seats),
        start_with_system: root.read("start_with_system", flag).unwrap_or(defaults.start_with_system),
        theme: root.read("theme", |value| word(value, THEMES)).unwrap_or(defaults.theme),
        notifications: root
            .read("notifications", |value| word(value, NOTIFICATIONS))
            .unwrap_or(defaults.notifications),
    }
}

fn idle(value: &DeValue<'_>) -> Result<Duration, String> {
    whole(value, " of minutes", IDLE).map(|minutes| Duration::from_secs(u64::from(minutes) * 60))
}

fn seats(value: &DeValue<'_>) -> Result<u32, String> {
    whole(value, " of agents", SEATS)
}

fn held_for(value: &DeValue<'_>) -> Result<Duration, String> {
    whole(value, " of hours", HELD_FOR).map(|hours| Duration::from_secs(u64::from(hours) * 3600))
}

fn region(value: &DeValue<'_>) -> Result<Country, String> {
    let code = text(value)?;
    code.parse().map_err(|_| match code.to_ascii_uppercase().parse::<Country>() {
        Ok(meant) => format!("must be the two capital letters of a country: {}", meant.as_ref()),
        Err(_) => "must be the two capital letters of a country, such as GB".to_owned(),
    })
}

fn queue(value: &DeValue<'_>) -> Result<String, String> {
    arn(value, "queue").map(str::to_owned)
}

fn recent(value: &DeValue<'_>) -> Result<u32, String> {
    whole(value, " of calls", RECENT)
}

fn limit(value: &DeValue<'_>) -> Result<Option<usize>, String> {
    let limit = whole(value, "", LIMIT)?;
    Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0))
}

fn id<T: FromStr<Err: ToString>>(value: &DeValue<'_>) -> Result<T, String> {
    text(value)?.parse().map_err(|refused: T::Err| refused.to_string())
}
