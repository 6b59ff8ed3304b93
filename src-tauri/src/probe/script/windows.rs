//! The internet settings of Windows: the person's, the machine's, and those that a policy sets.

use winreg::{
    RegKey,
    enums::{HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE},
};

/// Below the person's and the machine's part of the registry.
const PLACES: [&str; 2] = [
    r"Software\Microsoft\Windows\CurrentVersion\Internet Settings",
    r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings",
];

/// Whether the system finds its proxies by a script, or is set to search for one. That it searches unless it is set not to
/// says nothing, and is kept elsewhere.
pub fn has_one() -> bool {
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
