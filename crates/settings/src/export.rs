//! Makes a policy of settings, for an administrator to roll out.

use toml_edit::{Array, DocumentMut};

use crate::{Key, Settings, version::VERSION, writing::put};

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

/// The text of a policy that locks `settings`, each with a remark. Settings without a value are left out, and so is the
/// user name at the proxy, which is personal. No setting is a secret.
#[must_use]
pub fn export_policy(settings: &Settings) -> String {
    let mut document = DocumentMut::new();
    document.insert("version", i64::from(VERSION).into());
    for key in Key::all().filter(|key| !key.is_personal()) {
        let (section, name) = (key.section(), key.name());
        if key.value(settings, None).is_some() {
            put(&mut document, settings, key);
        } else if matches!(key, Key::Rows | Key::TeamsRows) {
            // An empty list locks the built-in table.
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
            name.leaf_decor_mut().set_prefix(format!("# {}\n", key.about()));
        }
    }
    for (_, section) in document.iter_mut() {
        if let Some(section) = section.as_table_mut() {
            section.decor_mut().set_prefix("\n");
        }
    }
    format!("{HEAD}{document}")
}
