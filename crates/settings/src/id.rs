//! The two ids that an administrator copies from the Entra portal.
//!
//! Both become part of addresses, so only what an id can look like is accepted.

use std::{fmt, str::FromStr};

use thiserror::Error;
use uuid::fmt::Hyphenated;

/// The tenant: the GUID that the portal calls "Directory (tenant) ID", or one of the tenant's domain names.
/// The shared tenants ("common", "organizations", "consumers") are none: each agent belongs to one tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenant(String);

/// The app registration: the GUID that the portal calls "Application (client) ID".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(String);

/// The text is not a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be the Directory (tenant) ID or a domain name of the tenant")]
pub struct BadTenant;

/// The text is not a client ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be the Application (client) ID, 32 hex digits in five groups")]
pub struct BadClientId;

impl FromStr for Tenant {
    type Err = BadTenant;

    fn from_str(text: &str) -> Result<Self, BadTenant> {
        let text = text.to_ascii_lowercase();
        if is_guid(&text) || is_domain(&text) { Ok(Self(text)) } else { Err(BadTenant) }
    }
}

impl FromStr for ClientId {
    type Err = BadClientId;

    fn from_str(text: &str) -> Result<Self, BadClientId> {
        let text = text.to_ascii_lowercase();
        if is_guid(&text) { Ok(Self(text)) } else { Err(BadClientId) }
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_guid(text: &str) -> bool {
    text.parse::<Hyphenated>().is_ok()
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_a_guid_or_a_domain_name() {
        let guid = "6F1C2A9E-0000-4000-8000-0123456789ab";
        assert_eq!(guid.parse::<Tenant>().unwrap().to_string(), guid.to_ascii_lowercase());
        assert_eq!(
            "Contoso.onmicrosoft.com".parse::<Tenant>().unwrap().to_string(),
            "contoso.onmicrosoft.com"
        );
        for bad in ["", "common", "organizations", "a/b.c", "..", "contoso.com/", "-a.com", "{6f1c}"] {
            assert_eq!(bad.parse::<Tenant>(), Err(BadTenant), "{bad}");
        }
    }

    #[test]
    fn a_client_id_is_a_guid() {
        assert!("6f1c2a9e-0000-4000-8000-0123456789ab".parse::<ClientId>().is_ok());
        for bad in
            ["", "contoso.com", "6f1c2a9e00004000800001234567 89ab", "6f1c2a9g-0000-4000-8000-0123456789ab"]
        {
            assert_eq!(bad.parse::<ClientId>(), Err(BadClientId), "{bad}");
        }
    }
}
