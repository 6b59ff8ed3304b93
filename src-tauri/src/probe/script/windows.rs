//! Looks for a proxy script in the internet settings of Windows: the person's, the machine's, and those of a policy.

use winreg::{
    RegKey,
    enums::{HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE},
};

/// The keys, below the person's and the machine's part of the registry.
const PLACES: [&str; 2] = [
    r"Software\Microsoft\Windows\CurrentVersion\Internet Settings",
    r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings",
];

/// Whether the system finds its proxies by a script, or is set explicitly to search for a script. The default search says
/// nothing about the network, and is stored elsewhere.
pub fn has_proxy_script() -> bool {
    [HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE]
        .into_iter()
        .flat_map(|root| PLACES.map(|place| RegKey::predef(root).open_subkey(place)))
        .flatten()
        .any(|key| {
            let script: Option<String> = key.get_value("AutoConfigURL").ok();
            let searches: Option<u32> = key.get_value("AutoDetect").ok();
            script.is_some_and(|script| !script.trim().is_empty()) || searches == Some(1)
        })
}
