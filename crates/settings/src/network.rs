//! The section `[network]`: the proxy of this application, who logs in there, and what is reached without it.
//!
//! What an address, a name or an entry may be is known by [`net`].

use net::{Bypass, BypassEntry, ProxyAddress, ProxyUser};
use toml::de::DeValue;
use toml_edit::{Array, Item};

use crate::document::{kind, text};

/// Takes `network.proxy`.
pub(crate) fn proxy(value: &DeValue<'_>) -> Result<ProxyAddress, String> {
    proxy_address(text(value)?)
}

/// Takes `network.user`.
pub(crate) fn user(value: &DeValue<'_>) -> Result<ProxyUser, String> {
    proxy_user(text(value)?)
}

/// Takes `network.bypass`: a list, which replaces the built-in one.
pub(crate) fn bypass(value: &DeValue<'_>) -> Result<Bypass, String> {
    let list = value
        .as_array()
        .ok_or_else(|| format!("must be a list of hosts in square brackets, not {}", kind(value)))?;
    let entries = list.iter().map(|entry| entry_of(text(entry.get_ref())?));
    entries.collect::<Result<_, _>>().map(Bypass::new)
}

/// Reads the address of a proxy as `network.proxy` may hold it.
///
/// # Errors
/// What is wrong, without a full stop; it follows the name of the setting, and repeats nothing of the address.
pub fn proxy_address(text: &str) -> Result<ProxyAddress, String> {
    text.trim().parse::<ProxyAddress>().map_err(|refused| refused.to_string())
}

/// Reads the name of a user at a proxy as `network.user` may hold it.
///
/// # Errors
/// What is wrong, without a full stop; it follows the name of the setting.
pub fn proxy_user(text: &str) -> Result<ProxyUser, String> {
    text.parse::<ProxyUser>().map_err(|refused| refused.to_string())
}

/// Reads a list as a person types it, with commas, semicolons or blanks between its entries.
///
/// # Errors
/// What is wrong, without a full stop; it follows the name of the setting.
pub fn bypass_list(text: &str) -> Result<Bypass, String> {
    let entries = text.split([',', ';', ' ', '\t', '\n']).filter(|entry| !entry.is_empty());
    entries.map(entry_of).collect::<Result<_, _>>().map(Bypass::new)
}

fn entry_of(text: &str) -> Result<BypassEntry, String> {
    text.parse::<BypassEntry>().map_err(|refused| refused.to_string())
}

/// The list as the file holds it.
pub(crate) fn bypass_item(bypass: &Bypass) -> Item {
    bypass.entries().iter().map(ToString::to_string).collect::<Array>().into()
}
