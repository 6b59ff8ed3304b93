//! Step 5: what will be saved line by line, and the policy that an administrator rolls out.

use std::path::Path;

use presence::mapping::Table;
use settings::{Key, Loaded, Settings, export_policy};
use view::{
    setup::{PolicyExport, SaveLine, SetupName},
    words::{fill, say},
};

use super::{
    draft::Draft,
    fields::name_words,
    known::{Known, SecretIs},
    rows::Cell,
    typed::{Typed, is_locked},
};

/// Whether the program begins anew with what is saved.
pub(super) fn needs_restart(draft: &Draft, loaded: &Loaded) -> bool {
    loaded.settings.needs_restart(&draft.wanted(loaded)).is_some()
}

/// Line by line, in the order of the steps.
pub(super) fn lines(draft: &Draft, known: &Known<'_>) -> Vec<SaveLine> {
    let loaded = known.basis.loaded;
    let (before, wanted) = (&loaded.settings, draft.wanted(loaded));
    let sources = &loaded.sources;
    let field = |name, value: String, changed| SaveLine {
        what: name_words(name),
        value: if value.is_empty() { say("setup.line.none") } else { value },
        changed,
        locked: is_locked(sources, name),
    };
    let now = Typed::of(&wanted, None);
    let expires = draft.now.secret_expires.trim();
    let secret = SaveLine {
        what: say("setup.check.secret"),
        value: say(match known.secret {
            SecretIs::Absent => "setup.line.none",
            SecretIs::Kept | SecretIs::Entered => "setup.line.keyring",
        }),
        changed: known.secret == SecretIs::Entered || draft.forget_secret,
        locked: false,
    };
    let consent = if wanted.admin_consent { "setup.line.yes" } else { "setup.line.no" };
    let mut lines = vec![
        field(SetupName::Tenant, now.tenant, wanted.tenant != before.tenant),
        field(SetupName::ClientId, now.client_id, wanted.client_id != before.client_id),
        secret,
    ];
    if !expires.is_empty() || draft.ends_otherwise() {
        lines.push(field(SetupName::SecretExpires, expires.to_owned(), draft.ends_otherwise()));
    }
    lines.extend([
        field(SetupName::AdminConsent, say(consent), wanted.admin_consent != before.admin_consent),
        field(SetupName::Instance, now.instance, wanted.instance != before.instance),
        field(SetupName::Start, now.start, wanted.connect_start != before.connect_start),
        field(SetupName::Mode, say(mode_key(&wanted)), wanted.connect_mode != before.connect_mode),
    ]);
    lines.push(SaveLine {
        what: say("setup.line.connectToTeams"),
        value: table(&wanted.connect_to_teams),
        changed: wanted.connect_to_teams != before.connect_to_teams,
        locked: sources.is_locked(Key::Rows) && sources.is_locked(Key::ConnectToTeams),
    });
    lines.push(SaveLine {
        what: say("setup.line.teamsToConnect"),
        value: table(&wanted.teams_to_connect),
        changed: wanted.teams_to_connect != before.teams_to_connect,
        locked: sources.is_locked(Key::TeamsRows) && sources.is_locked(Key::TeamsToConnect),
    });
    lines
}

fn mode_key(settings: &Settings) -> &'static str {
    match settings.connect_mode {
        presence::connect::Hosting::SameOrigin => "setup.line.sameOrigin",
        presence::connect::Hosting::ApprovedOrigin => "setup.line.approvedOrigin",
    }
}

/// "On. 18 rows, 2 of them yours."
fn table<R: Cell>(table: &Table<R>) -> String {
    let built_in = R::built_in();
    let own = table.rows().iter().filter(|row| !built_in.contains(row)).count().to_string();
    let all = table.rows().len().to_string();
    let key = if table.enabled { "setup.line.on" } else { "setup.line.off" };
    fill(key, &[("rows", &all), ("own", &own)])
}

/// Writes these settings as a policy into this folder, and says what came of it. Nothing is written over.
pub fn export(settings: &Settings, folder: &Path) -> PolicyExport {
    let policy = export_policy(settings);
    match settings::atomic::write_new(folder, "connectpath-teams-policy", "toml", policy.as_bytes()) {
        Ok(path) => {
            let file = path.display().to_string();
            PolicyExport::Saved { sentence: fill("setup.export.saved", &[("file", &file)]), file }
        }
        Err(error) => {
            let reason = error.to_string();
            PolicyExport::Failed { sentence: fill("setup.export.failed", &[("reason", &reason)]) }
        }
    }
}
