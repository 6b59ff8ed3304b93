//! Makes a policy of settings, for an administrator to roll out.

use toml_edit::{Array, DocumentMut};

use crate::{
    Key, Settings,
    version::VERSION,
    writing::{put, value},
};

const HEAD: &str = "\
# Policy of ConnectPath Teams. Every setting in this file is locked: people cannot change it. Take out what they
# may decide themselves. The file holds no secret.
#
# Put it where only administrators can write:
#   Linux    /etc/connectpath-teams/policy.toml
#   macOS    /Library/Application Support/ConnectPath Teams/policy.toml
#   Windows  ConnectPath Teams\\policy.toml in ProgramData, or its lines as the value \"policy\" (REG_MULTI_SZ) of
#            the key HKLM\\Software\\Policies\\ConnectPath Teams

";

/// The text of a policy that locks every one of `settings`, each with a remark. What is not set is left out, and
/// so is everything personal: none of the settings is, and none is a secret.
#[must_use]
pub fn export_policy(settings: &Settings) -> String {
    let mut document = DocumentMut::new();
    document.insert("version", i64::from(VERSION).into());
    for key in Key::ALL {
        let (section, name) = key.parts();
        if value(settings, key, None).is_some() {
            put(&mut document, settings, key);
        } else if matches!(key, Key::Rows | Key::TeamsRows) {
            // No row of their own locks the built-in table.
            document[section][name] = Array::new().into();
        } else {
            continue;
        }
        let place = if section.is_empty() {
            Some(document.as_table_mut())
        } else {
            document.get_mut(section).and_then(toml_edit::Item::as_table_mut)
        };
        if let Some(mut name) = place.and_then(|place| place.key_mut(name)) {
            name.leaf_decor_mut().set_prefix(format!("# {}\n", about(key)));
        }
    }
    for (_, section) in document.iter_mut() {
        if let Some(section) = section.as_table_mut() {
            section.decor_mut().set_prefix("\n");
        }
    }
    format!("{HEAD}{document}")
}

/// What a setting is for, in one line.
fn about(key: Key) -> &'static str {
    match key {
        Key::StartWithSystem => "Start with the desktop session, hidden to the tray.",
        Key::Theme => "The colours of the windows: system, light, dark or contrast.",
        Key::Notifications => {
            "Which notifications there are: all, or important (logins, questions and problems only)."
        }
        Key::Tenant => "Directory (tenant) ID, or a domain name of the tenant.",
        Key::ClientId => "Application (client) ID.",
        Key::AdminConsent => "True once an administrator has consented to User.Read.All.",
        Key::Instance => "The Amazon Connect instance.",
        Key::ConnectStart => "Where the Connect Login begins: the company's sign-in to Amazon Connect.",
        Key::ConnectMode => "Whose page carries the CCP: same_origin or approved_origin.",
        Key::ConnectRegion => "The AWS region of the instance.",
        Key::InstanceArn => "The ARN of the instance whose agents' statuses are shown.",
        Key::RoleArn => "The ARN of the role that may read them: docs/connect-statuses.md.",
        Key::Login => "Where people sign in. Tokens come from here.",
        Key::Graph => "Microsoft Graph with its version. Tokens are sent here.",
        Key::Ccp => "Where the CCP is, if not at the instance.",
        Key::ConnectApi => "Where the service API of Amazon Connect is, if not in the region.",
        Key::Sts => "Where AWS gives credentials for a login, if not in the region. The login is sent here.",
        Key::Proxy => {
            "The proxy for everything that this application sends. Its password is typed in the window, never here."
        }
        Key::Bypass => "What is reached without that proxy: hosts, *.domain, addresses and ranges.",
        Key::ConnectToTeams => "Whether Teams follows Connect.",
        Key::TeamsToConnect => "Whether Connect follows Teams.",
        Key::Hold => "Seconds that a status must last before it counts.",
        Key::RestoreIdle => "Minutes without input after which somebody is asked before becoming available.",
        Key::HeldFor => "Hours for which a person's own choice in Teams is left alone at most.",
        Key::Master => "Which side leads when both changed at once: connect or teams.",
        Key::OfflineFirst => {
            "Whether Connect goes offline for a moment before available: confirm (if need be) or always."
        }
        Key::ForceRewrite => "Whether a forced sync writes even what Teams shows already.",
        Key::DryRun => "Whether decisions are only shown and nothing is written.",
        Key::Rows => "The table from Connect to Teams.",
        Key::TeamsRows => "The table from Teams to Connect.",
        Key::StatusMessage => {
            "What is put into the agent's Teams status message: off, number (the own number) or status (the Connect status)."
        }
        Key::Region => "The country of numbers that are written without a country code.",
        Key::Queue => "The queue that calls to colleagues go out on.",
        Key::RecentCalls => "Calls with colleagues that are kept on the machine; 0 keeps none.",
        Key::DrawerLimit => "People listed in the drawer; 0 lists all.",
        Key::DrawerCompact => "Whether the rows of the drawer are lower, so that more people fit.",
        Key::DrawerPhotos => "Whether photos of the people on screen are read from Microsoft and shown.",
        Key::DrawerCache => {
            "Whether the list of people and their photos are kept on disk, for a full drawer after a start."
        }
        Key::Seats => {
            "How many agents of the company use this application: Microsoft's limits are shared by them."
        }
    }
}
