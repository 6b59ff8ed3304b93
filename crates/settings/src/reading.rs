//! From the text of a settings file to [`Settings`], or to the first mistake in it.

use std::{ops::RangeInclusive, str::FromStr, time::Duration};

use presence::{
    connect::Hosting,
    mapping::{ConnectToTeams, TeamsToConnect},
};
use toml::de::{DeTable, DeValue};

use crate::{
    Country, Settings,
    document::{Known, Mistake, Mistakes, Section, flag, text, whole, word},
    endpoint::{self, Service},
    rows, teams_rows,
};

const ROOT: Known = Known {
    path: "",
    keys: &["microsoft", "connect", "endpoints", "sync", "calls", "drawer", "start_with_system"],
};
const MICROSOFT: Known = Known { path: "microsoft", keys: &["tenant", "client_id", "admin_consent"] };
const CONNECT: Known = Known { path: "connect", keys: &["instance", "start", "mode"] };
const ENDPOINTS: Known = Known { path: "endpoints", keys: &["login", "graph", "ccp"] };
const SYNC: Known = Known {
    path: "sync",
    keys: &["connect_to_teams", "hold", "rows", "teams_to_connect", "teams_rows", "restore_idle"],
};
const CALLS: Known = Known { path: "calls", keys: &["region", "queue"] };
const DRAWER: Known = Known { path: "drawer", keys: &["limit"] };

/// Every section, the ones of a row last: their keys are looked for there last.
pub(crate) const SECTIONS: &[Known] = &[
    ROOT,
    MICROSOFT,
    CONNECT,
    ENDPOINTS,
    SYNC,
    CALLS,
    DRAWER,
    rows::ROW,
    rows::WHEN,
    teams_rows::ROW,
    teams_rows::WHEN,
];

const MODES: &[(&str, Hosting)] =
    &[("same_origin", Hosting::SameOrigin), ("approved_origin", Hosting::ApprovedOrigin)];

const HOLD: RangeInclusive<u32> = 0..=3600;
const REST: RangeInclusive<u32> = 1..=86_400;
const IDLE: RangeInclusive<u32> = 1..=720;
const LIMIT: RangeInclusive<u32> = 0..=1_000_000;

/// Reads the text of a settings file.
pub(crate) fn parse(source: &str) -> Result<Settings, Mistake> {
    let document = DeTable::parse(source).map_err(|error| Mistake {
        at: error.span().map(|span| span.start),
        reason: format!("this is not TOML: {}", plain(error.message())),
    })?;
    let mistakes = Mistakes::default();
    let settings = read(&Section::new(document.get_ref(), 0, ROOT, SECTIONS, &mistakes), &mistakes);
    mistakes.first().map_or(Ok(settings), Err)
}

/// The parser's words, but for the two mistakes that people make most, which it words for experts.
fn plain(message: &str) -> &str {
    match message.split_once(", expected") {
        Some(("string values must be quoted", _)) => "a value is missing, or is text without quotation marks",
        Some(("invalid basic string", _)) => "the closing quotation mark is missing",
        Some(_) | None => message,
    }
}

fn read(root: &Section<'_, '_>, mistakes: &Mistakes) -> Settings {
    let microsoft = root.section("microsoft", MICROSOFT, SECTIONS);
    let connect = root.section("connect", CONNECT, SECTIONS);
    let endpoints = root.section("endpoints", ENDPOINTS, SECTIONS);
    let sync = root.section("sync", SYNC, SECTIONS);
    let calls = root.section("calls", CALLS, SECTIONS);
    let drawer = root.section("drawer", DRAWER, SECTIONS);
    let defaults = Settings::default();

    let (forth, back) = (defaults.connect_to_teams, defaults.teams_to_connect);
    let hold = sync.read("hold", hold).unwrap_or(forth.hold);
    let mut rows = forth.rows().to_vec();
    rows::read(&sync, &mut rows, mistakes);
    let enabled = sync.read("connect_to_teams", flag).unwrap_or(forth.enabled);
    let connect_to_teams = ConnectToTeams::new(enabled, hold, rows);

    let mut rows = back.rows().to_vec();
    teams_rows::read(&sync, &mut rows, mistakes);
    let enabled = sync.read("teams_to_connect", flag).unwrap_or(back.enabled);
    let teams_to_connect = TeamsToConnect::new(enabled, hold, rows);

    Settings {
        tenant: microsoft.read("tenant", id),
        client_id: microsoft.read("client_id", id),
        admin_consent: microsoft.read("admin_consent", flag).unwrap_or(defaults.admin_consent),
        instance: connect.read("instance", |value| endpoint::parse(Service::Connect, text(value)?)),
        connect_start: connect.read("start", |value| endpoint::parse_page(text(value)?)),
        connect_mode: connect.read("mode", |value| word(value, MODES)).unwrap_or(defaults.connect_mode),
        login: endpoints
            .read("login", |value| endpoint::parse(Service::Login, text(value)?))
            .unwrap_or(defaults.login),
        graph: endpoints
            .read("graph", |value| endpoint::parse(Service::Graph, text(value)?))
            .unwrap_or(defaults.graph),
        ccp: endpoints.read("ccp", |value| endpoint::parse(Service::Connect, text(value)?)),
        connect_to_teams,
        teams_to_connect,
        restore_idle: sync.read("restore_idle", idle).unwrap_or(defaults.restore_idle),
        call_region: calls.read("region", region),
        call_queue: calls.read("queue", queue),
        drawer_limit: drawer.read("limit", limit).unwrap_or(defaults.drawer_limit),
        start_with_system: root.read("start_with_system", flag).unwrap_or(defaults.start_with_system),
    }
}

/// Takes a hold in seconds.
pub(crate) fn hold(value: &DeValue<'_>) -> Result<Duration, String> {
    whole(value, " of seconds", HOLD).map(|seconds| Duration::from_secs(seconds.into()))
}

/// Takes the rest of a row between two writes in seconds.
pub(crate) fn rest(value: &DeValue<'_>) -> Result<Duration, String> {
    whole(value, " of seconds", REST).map(|seconds| Duration::from_secs(seconds.into()))
}

fn idle(value: &DeValue<'_>) -> Result<Duration, String> {
    whole(value, " of minutes", IDLE).map(|minutes| Duration::from_secs(u64::from(minutes) * 60))
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

/// Takes an ARN; `of` is what it names.
pub(crate) fn arn<'t>(value: &'t DeValue<'_>, of: &str) -> Result<&'t str, String> {
    let arn = text(value)?;
    if arn.starts_with("arn:") {
        Ok(arn)
    } else {
        Err(format!("must be the ARN of a {of}, which starts with arn:"))
    }
}

fn limit(value: &DeValue<'_>) -> Result<Option<usize>, String> {
    let limit = whole(value, "", LIMIT)?;
    Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0))
}

fn id<T: FromStr<Err: ToString>>(value: &DeValue<'_>) -> Result<T, String> {
    text(value)?.parse().map_err(|refused: T::Err| refused.to_string())
}
