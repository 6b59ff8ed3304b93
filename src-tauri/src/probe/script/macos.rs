//! Looks for a proxy script in the network settings of macOS, as `scutil --proxy` prints them.

use std::process::{Command, Stdio};

/// Whether the system finds its proxies by a script, or searches for a script.
pub fn has_proxy_script() -> bool {
    let asked =
        Command::new("/usr/sbin/scutil").arg("--proxy").stdin(Stdio::null()).stderr(Stdio::null()).output();
    asked.is_ok_and(|asked| names_script(&String::from_utf8_lossy(&asked.stdout)))
}

fn names_script(text: &str) -> bool {
    text.lines().filter_map(|line| line.split_once(':')).any(|(key, value)| {
        matches!(key.trim(), "ProxyAutoConfigEnable" | "ProxyAutoDiscoveryEnable") && value.trim() == "1"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_distinguished_from_a_named_proxy() {
        assert!(names_script("<dictionary> {\n  ProxyAutoConfigEnable : 1\n  HTTPEnable : 0\n}"));
        assert!(names_script("  ProxyAutoDiscoveryEnable : 1"));
        assert!(!names_script("<dictionary> {\n  ProxyAutoConfigEnable : 0\n  HTTPEnable : 1\n}"));
    }
}
