//! Step 5: what will be saved, line by line.

use presence::mapping::Table;
use settings::{Key, Loaded, Settings};
use view::{
    setup::{SaveLine, SetupName},
    words::{fill, say},
};

use super::{
    checks::TenantName,
    draft::Draft,
    fields::name_words,
    known::{Known, SecretIs},
    rows::Cell,
    typed::{Typed, is_locked},
};

/// Whether the program restarts with what is saved.
pub(super) fn needs_restart(draft: &Draft, loaded: &Loaded) -> bool {
    loaded.settings.needs_restart(&draft.wanted(loaded)).is_some()
}

/// Line by line, in the order of the steps. What changes is marked if there is a set-up that it differs from.
pub(super) fn lines(draft: &Draft, known: &Known<'_>) -> Vec<SaveLine> {
    let loaded = known.basis.loaded;
    let (before, wanted) = (&loaded.settings, draft.wanted(loaded));
    let sources = &loaded.sources;
    let is_update = before.configured().is_ok();
    let line = |what: String, value: String, changed: bool, locked: bool| SaveLine {
        what,
        value: if value.is_empty() { say("setup.line.none") } else { value },
        changed: changed && is_update,
        locked,
    };
    let field = |name, value, changed| line(name_words(name), value, changed, is_locked(sources, name));
    let now = Typed::of(&wanted, None);
    let tenant = known.basis.lights.login.found().and_then(|found| found.tenant.as_ref());
    let tenant = tenant.map(TenantName::words).filter(|words| !words.is_empty()).unwrap_or(now.tenant);
    let expires = draft.now.secret_expires.trim();
    let secret = say(match known.secret {
        SecretIs::Absent => "setup.line.none",
        SecretIs::Kept | SecretIs::Entered => "setup.line.keyring",
    });
    let is_new = known.secret == SecretIs::Entered || draft.forget_secret;
    let mut lines = vec![
        field(SetupName::Tenant, tenant, wanted.tenant != before.tenant),
        field(SetupName::ClientId, now.client_id, wanted.client_id != before.client_id),
        line(say("setup.check.secret"), secret, is_new, false),
    ];
    if !expires.is_empty() || draft.has_other_expiry() {
        lines.push(field(SetupName::SecretExpires, expires.to_owned(), draft.has_other_expiry()));
    }
    let consent = if wanted.admin_consent { "setup.line.yes" } else { "setup.line.no" };
    lines.extend([
        field(SetupName::AdminConsent, say(consent), wanted.admin_consent != before.admin_consent),
        field(SetupName::Instance, now.instance, wanted.instance != before.instance),
    ]);
    let starts_elsewhere = wanted.connect_start != before.connect_start;
    if wanted.connect_start.is_some() || starts_elsewhere && is_update {
        lines.push(field(SetupName::Start, now.start, starts_elsewhere));
    }
    let mode = say(mode_key(&wanted));
    lines.push(field(SetupName::Mode, mode, wanted.connect_mode != before.connect_mode));
    let tables = [
        (Key::Rows, Key::ConnectToTeams, "setup.line.connectToTeams"),
        (Key::TeamsRows, Key::TeamsToConnect, "setup.line.teamsToConnect"),
    ];
    let [forth, back] =
        tables.map(|(rows, switch, what)| (say(what), sources.is_locked(rows) && sources.is_locked(switch)));
    let (new_forth, new_back) = (&wanted.connect_to_teams, &wanted.teams_to_connect);
    lines.push(line(forth.0, table(new_forth), is_other(new_forth, &before.connect_to_teams), forth.1));
    lines.push(line(back.0, table(new_back), is_other(new_back, &before.teams_to_connect), back.1));
    let hold = fill("setup.line.seconds", &[("seconds", &new_forth.hold.as_secs().to_string())]);
    let holds_otherwise = new_forth.hold != before.connect_to_teams.hold;
    lines.push(line(say("setup.line.hold"), hold, holds_otherwise, sources.is_locked(Key::Hold)));
    lines
}

/// The hold has a line of its own.
fn is_other<R: Cell>(wanted: &Table<R>, before: &Table<R>) -> bool {
    (wanted.enabled, wanted.rows()) != (before.enabled, before.rows())
}

fn mode_key(settings: &Settings) -> &'static str {
    match settings.connect_mode {
        presence::connect::Hosting::SameOrigin => "setup.line.sameOrigin",
        presence::connect::Hosting::ApprovedOrigin => "setup.line.approvedOrigin",
    }
}

/// "On, with 2 custom rows".
fn table<R: Cell>(table: &Table<R>) -> String {
    let built_in = R::built_in();
    let own = table.rows().iter().filter(|row| !built_in.contains(row)).count();
    match own {
        _ if !table.enabled => say("setup.line.off"),
        0 => say("setup.line.proposed"),
        1 => say("setup.line.ownOne"),
        own => fill("setup.line.own", &[("own", &own.to_string())]),
    }
}
