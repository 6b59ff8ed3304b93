//! The two ids that an administrator copies from the Entra portal.
//!
//! Both become part of addresses, so only what an id can look like is accepted. What people copy along with it is taken
//! off: blanks, braces, `urn:uuid:`, the address that it is a part of.

use std::{fmt, str::FromStr};

use thiserror::Error;
use url::Url;
use uuid::{Uuid, fmt::Hyphenated};

use crate::odd;

/// The tenant: the GUID that the portal calls "Directory (tenant) ID", or one of the tenant's domain names.
/// The shared tenants ("common", "organizations", "consumers") are none: each agent belongs to one tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenant(String);

/// The app registration: the GUID that the portal calls "Application (client) ID".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(String);

/// The text is not a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be the Directory (tenant) ID or a domain name of the tenant{}", .odd.as_deref().map(|odd| format!("; it {odd}")).unwrap_or_default())]
pub struct BadTenant {
    /// The character that is to blame, in words: "has a blank in it, at character 3".
    odd: Option<String>,
}

/// The text is not a client ID.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be the Application (client) ID, 32 hex digits in five groups{}", .odd.as_deref().map(|odd| format!("; it {odd}")).unwrap_or_default())]
pub struct BadClientId {
    /// The character that is to blame, in words: "has a blank in it, at character 3".
    odd: Option<String>,
}

/// The hosts of sign-in addresses, whose first folder is the tenant (Microsoft identity platform, "National clouds";
/// the last two are issuers of version 1).
const SIGN_IN: [&str; 6] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "login.microsoft.com",
    "login.windows.net",
    "sts.windows.net",
];

/// As long as a GUID with hyphens.
const GUID: usize = Hyphenated::LENGTH;

impl FromStr for Tenant {
    type Err = BadTenant;

    fn from_str(text: &str) -> Result<Self, BadTenant> {
        let bare = odd::trimmed(text).to_ascii_lowercase();
        let found =
            guid(&bare).or_else(|| is_domain(&bare).then(|| bare.clone())).or_else(
                || match folder_of_sign_in(&bare) {
                    Some(folder) => guid(&folder).or_else(|| is_domain(&folder).then_some(folder)),
                    None => only_guid(&bare),
                },
            );
        found.map(Self).ok_or_else(|| BadTenant { odd: odd_in(&bare) })
    }
}

impl FromStr for ClientId {
    type Err = BadClientId;

    fn from_str(text: &str) -> Result<Self, BadClientId> {
        let bare = odd::trimmed(text).to_ascii_lowercase();
        let found = guid(&bare)
            .or_else(|| after(&bare, "client_id=").or_else(|| after(&bare, "appid/")))
            // The only one of a sign-in address is the tenant's.
            .or_else(|| if folder_of_sign_in(&bare).is_some() { None } else { only_guid(&bare) });
        found.map(Self).ok_or_else(|| BadClientId { odd: odd_in(&bare) })
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

/// A GUID in any of its spellings: with hyphens, without, in braces, behind `urn:uuid:`.
fn guid(text: &str) -> Option<String> {
    let bare = text.strip_prefix(['{', '(']).and_then(|text| text.strip_suffix(['}', ')'])).unwrap_or(text);
    Uuid::try_parse(bare.trim()).ok().map(|id| id.hyphenated().to_string())
}

/// The only GUID of an address, however often it is there.
fn only_guid(text: &str) -> Option<String> {
    if !text.contains(['/', ':', '=']) {
        return None;
    }
    let places = text.char_indices().map(|(at, _)| at);
    let mut found = places.filter_map(|at| guid_at(text, at));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The GUID behind a word.
fn after(text: &str, word: &str) -> Option<String> {
    guid_at(text, text.find(word)? + word.len())
}

/// The GUID that begins at a byte, and no longer run of digits.
fn guid_at(text: &str, at: usize) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_hexdigit() || c == '-';
    let part = text.get(at..at + GUID)?.parse::<Hyphenated>().ok()?;
    let is_apart = !text.get(..at)?.ends_with(is_digit) && !text.get(at + GUID..)?.starts_with(is_digit);
    is_apart.then(|| part.to_string())
}

/// The first folder of a sign-in address.
fn folder_of_sign_in(text: &str) -> Option<String> {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&address).ok()?;
    SIGN_IN.contains(&url.host_str()?).then(|| url.path_segments()?.next().map(str::to_owned))?
}

/// What is odd in what should have been an id: what cannot be seen, or a character that no id has.
fn odd_in(text: &str) -> Option<String> {
    odd::inside(text).or_else(|| {
        // Of something that is no attempt at an id there is nothing to say.
        let is_attempt = (GUID - 4..=GUID + 2).contains(&text.chars().count()) && !text.contains('/');
        let is_usual = |c: char| c.is_ascii_hexdigit() || matches!(c, '-' | '{' | '}');
        let (at, c) = text.chars().enumerate().find(|(_, c)| is_attempt && !is_usual(*c))?;
        Some(format!("has “{}” in it, at character {}, which is no hex digit", c.escape_debug(), at + 1))
    })
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
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "6f1c2a9e-0000-4000-8000-0123456789ab";
    const OTHER: &str = "0a1b2c3d-0000-4000-8000-0123456789ab";

    #[test]
    fn a_tenant_is_a_guid_or_a_domain_name() {
        let guid = "6F1C2A9E-0000-4000-8000-0123456789ab";
        assert_eq!(guid.parse::<Tenant>().unwrap().to_string(), guid.to_ascii_lowercase());
        assert_eq!(
            "Contoso.onmicrosoft.com".parse::<Tenant>().unwrap().to_string(),
            "contoso.onmicrosoft.com"
        );
        for bad in ["", "common", "organizations", "a/b.c", "..", "contoso.com/", "-a.com", "{6f1c}"] {
            assert!(bad.parse::<Tenant>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_client_id_is_a_guid() {
        assert!(ID.parse::<ClientId>().is_ok());
        for bad in
            ["", "contoso.com", "6f1c2a9e00004000800001234567 89ab", "6f1c2a9g-0000-4000-8000-0123456789ab"]
        {
            assert!(bad.parse::<ClientId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_copied_along_with_an_id_is_taken_off() {
        for text in [
            "6f1c2a9e-0000-4000-8000-0123456789ab ",
            "\t6F1C2A9E-0000-4000-8000-0123456789AB\r\n",
            "\u{a0}6f1c2a9e-0000-4000-8000-0123456789ab\u{200b}",
            "{6f1c2a9e-0000-4000-8000-0123456789ab}",
            "( 6f1c2a9e-0000-4000-8000-0123456789ab )",
            "urn:uuid:6f1c2a9e-0000-4000-8000-0123456789ab",
            "6f1c2a9e0000400080000123456789ab",
        ] {
            assert_eq!(text.parse::<Tenant>().unwrap().to_string(), ID, "{text:?}");
            assert_eq!(text.parse::<ClientId>().unwrap().to_string(), ID, "{text:?}");
        }
    }

    #[test]
    fn the_address_around_an_id_is_taken_off() {
        let authorize =
            format!("https://login.microsoftonline.com/{ID}/oauth2/v2.0/authorize?client_id={OTHER}&x=1");
        for text in [
            format!("https://login.microsoftonline.com/{ID}"),
            format!("login.microsoftonline.us/{ID}/v2.0"),
            format!("https://sts.windows.net/{ID}/"),
            format!("https://entra.microsoft.com/#view/Microsoft_AAD/tenantId/{ID}"),
            authorize.clone(),
        ] {
            assert_eq!(text.parse::<Tenant>().unwrap().to_string(), ID, "{text}");
        }
        let domain = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2";
        assert_eq!(domain.parse::<Tenant>().unwrap().to_string(), "contoso.onmicrosoft.com");
        for text in [
            format!("api://{OTHER}"),
            authorize,
            format!(
                "https://portal.azure.com/#view/ApplicationMenuBlade/~/Overview/appId/{OTHER}/tenant/{ID}"
            ),
        ] {
            assert_eq!(text.parse::<ClientId>().unwrap().to_string(), OTHER, "{text}");
        }
        for neither in [
            format!("https://login.microsoftonline.com/{ID}/"),
            format!("api://{ID}/{OTHER}"),
            format!("api://{ID}0"),
        ] {
            assert!(neither.parse::<ClientId>().is_err(), "{neither}");
        }
        assert!("https://login.microsoftonline.com/common/".parse::<Tenant>().is_err());
    }

    #[test]
    fn the_character_that_is_to_blame_is_named() {
        for (text, end) in [
            (
                "6f1c2a9e\u{2013}0000-4000-8000-0123456789ab",
                "; it has a dash in place of a hyphen in it, at character 9",
            ),
            ("6f1c2a9e-0000-4000-8000-01234\u{200b}56789ab", "has an invisible space in it, at character 30"),
            (
                "6f1c2a9e-0000-4000-8000-o123456789ab",
                "; it has “o” in it, at character 25, which is no hex digit",
            ),
            ("6f1c2a9e 0000", "; it has a blank in it, at character 9"),
            ("contoso", "32 hex digits in five groups"),
        ] {
            let refused = text.parse::<ClientId>().unwrap_err().to_string();
            assert!(refused.ends_with(end), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_an_id_and_stays_one(text in "\\PC{0,60}|[0-9a-f{}() /:=.-]{0,80}|.*client_id=.*") {
            if let Ok(tenant) = text.parse::<Tenant>() {
                prop_assert!(is_domain(&tenant.0) || tenant.0.parse::<Hyphenated>().is_ok());
                prop_assert_eq!(&tenant.to_string().parse::<Tenant>().unwrap(), &tenant);
            }
            if let Ok(client) = text.parse::<ClientId>() {
                prop_assert!(client.0.parse::<Hyphenated>().is_ok());
            }
        }

        #[test]
        fn an_id_is_found_in_whatever_people_copy_with_it(id in any::<u128>(), before in "[ \t\u{a0}\u{200b}]{0,3}", after in "[ \r\n\u{feff}]{0,3}") {
            let id = Uuid::from_u128(id);
            for text in [format!("{id}"), format!("{{{id}}}"), format!("{}", id.urn()), format!("{}", id.simple())] {
                let text = format!("{before}{text}{after}");
                prop_assert_eq!(text.parse::<ClientId>().unwrap().to_string(), id.to_string());
                prop_assert_eq!(text.parse::<Tenant>().unwrap().to_string(), id.to_string());
            }
        }
    }
}
