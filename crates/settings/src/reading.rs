//! From the text of a settings file to [`Settings`], or to the first mistake in it.

use std::{ops::RangeInclusive, str::FromStr, time::Duration};

use toml::de::{DeTable, DeValue};

use crate::{
    Settings,
    document::{Known, Mistake, Mistakes, Section, flag, text, whole},
    endpoint::{self, Service},
    rows,
};

const ROOT: Known =
    Known { path: "", keys: &["microsoft", "connect", "endpoints", "sync", "drawer", "start_with_system"] };
const MICROSOFT: Known = Known { path: "microsoft", keys: &["tenant", "client_id", "admin_consent"] };
const CONNECT: Known = Known { path: "connect", keys: &["instance"] };
const ENDPOINTS: Known = Known { path: "endpoints", keys: &["login", "graph", "ccp"] };
const SYNC: Known = Known { path: "sync", keys: &["connect_to_teams", "hold", "rows"] };
const DRAWER: Known = Known { path: "drawer", keys: &["limit"] };

/// Every section, the ones of a row last: their keys are looked for there last.
pub(crate) const SECTIONS: &[Known] =
    &[ROOT, MICROSOFT, CONNECT, ENDPOINTS, SYNC, DRAWER, rows::ROW, rows::WHEN];

const HOLD: RangeInclusive<u32> = 0..=3600;
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
    let drawer = root.section("drawer", DRAWER, SECTIONS);
    let defaults = Settings::default();

    let mut table = defaults.connect_to_teams;
    table.enabled = sync.read("connect_to_teams", flag).unwrap_or(table.enabled);
    table.hold = sync.read("hold", hold).unwrap_or(table.hold);
    rows::read(&sync, &mut table.rows, mistakes);

    Settings {
        tenant: microsoft.read("tenant", id),
        client_id: microsoft.read("client_id", id),
        admin_consent: microsoft.read("admin_consent", flag).unwrap_or(defaults.admin_consent),
        instance: connect.read("instance", |value| endpoint::parse(Service::Connect, text(value)?)),
        login: endpoints
            .read("login", |value| endpoint::parse(Service::Login, text(value)?))
            .unwrap_or(defaults.login),
        graph: endpoints
            .read("graph", |value| endpoint::parse(Service::Graph, text(value)?))
            .unwrap_or(defaults.graph),
        ccp: endpoints.read("ccp", |value| endpoint::parse(Service::Connect, text(value)?)),
        connect_to_teams: table,
        drawer_limit: drawer.read("limit", limit).unwrap_or(defaults.drawer_limit),
        start_with_system: root.read("start_with_system", flag).unwrap_or(defaults.start_with_system),
    }
}

/// Takes a hold in seconds.
pub(crate) fn hold(value: &DeValue<'_>) -> Result<Duration, String> {
    whole(value, " of seconds", HOLD).map(|seconds| Duration::from_secs(seconds.into()))
}

fn limit(value: &DeValue<'_>) -> Result<Option<usize>, String> {
    let limit = whole(value, "", LIMIT)?;
    Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0))
}

fn id<T: FromStr<Err: ToString>>(value: &DeValue<'_>) -> Result<T, String> {
    text(value)?.parse().map_err(|refused: T::Err| refused.to_string())
}
