//! Looks for a proxy script in the settings of GNOME and KDE. GLib, and so WebKitGTK, follows both.

use std::{env, fs, path::PathBuf};

use gtk::gio::{Settings, SettingsSchemaSource, prelude::SettingsExt};

/// Whether the desktop finds its proxies by a script, or searches for a script.
pub fn has_proxy_script() -> bool {
    gnome_has_script() || kde_has_script()
}

/// "auto" means a script at `autoconfig-url`, or a search for one (gsettings-desktop-schemas).
fn gnome_has_script() -> bool {
    const SCHEMA: &str = "org.gnome.system.proxy";
    // GLib ends the process if the schema does not exist.
    let known = SettingsSchemaSource::default().and_then(|source| source.lookup(SCHEMA, true));
    known.is_some() && Settings::new(SCHEMA).string("mode") == "auto"
}

fn kde_has_script() -> bool {
    let config = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    let text = config.or_else(home).and_then(|config| fs::read_to_string(config.join("kioslaverc")).ok());
    text.is_some_and(|text| names_script(&text))
}

/// `ProxyType` is 2 for a script and 3 for a search for one (KIO: KProtocolManager::ProxyType).
fn names_script(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).skip_while(|line| *line != "[Proxy Settings]").skip(1);
    lines
        .by_ref()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .any(|(key, value)| key.trim() == "ProxyType" && matches!(value.trim(), "2" | "3"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_of_kde_is_distinguished_from_a_named_proxy() {
        for (text, is_script) in [
            ("[Proxy Settings]\nProxy Config Script=http://wpad/x.pac\nProxyType=2\n", true),
            ("[$Version]\na=1\n[Proxy Settings]\nProxyType = 3\n", true),
            ("[Proxy Settings]\nProxyType=1\nhttpProxy=http://proxy 8080\n", false),
            ("[Proxy Settings]\n[Other]\nProxyType=2\n", false),
            ("ProxyType=2\n", false),
            ("", false),
        ] {
            assert_eq!(names_script(text), is_script, "{text}");
        }
    }
}
