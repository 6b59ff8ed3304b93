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
/// The shared tenants ("common", "organizations", "consumers") are not accepted: each agent belongs to one tenant.
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

/// The words before the application's GUID in an address: `…/appId/…`, `client_id=…`.
const OF_CLIENT: [&str; 5] = ["appid", "client_id", "clientid", "applicationid", "application_id"];

/// What an application's own address begins with; some have the tenant's GUID first.
const OF_API: [&str; 1] = ["api"];

/// The words before the tenant's GUID in an address: `…/tenantId/…`, `tenant=…`.
const OF_TENANT: [&str; 5] = ["tenant", "tenantid", "tenant_id", "directoryid", "directory_id"];

/// The words before a GUID of neither: of a person, a group, the registration as an object.
const OF_OBJECT: [&str; 5] = ["objectid", "object_id", "oid", "userid", "groupid"];

/// The names of these ids in the portal.
const CLIENT: &str = "an Application (client) ID";
const TENANT: &str = "a Directory (tenant) ID";
const OBJECT: &str = "an Object ID";

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
                    None => only_guid_after(&bare, &OF_TENANT)
                        .or_else(|| only_guid(&bare).filter(|_| other_kind(&bare, TENANT).is_none())),
                },
            );
        let odd = || other_kind(&bare, TENANT).or_else(|| odd_in(&bare));
        found.map(Self).ok_or_else(|| BadTenant { odd: odd() })
    }
}

impl FromStr for ClientId {
    type Err = BadClientId;

    fn from_str(text: &str) -> Result<Self, BadClientId> {
        let bare = odd::trimmed(text).to_ascii_lowercase();
        let found = guid(&bare)
            .or_else(|| only_guid_after(&bare, &OF_CLIENT))
            .or_else(|| only_guid(&bare).filter(|_| other_kind(&bare, CLIENT).is_none()));
        let odd = || other_kind(&bare, CLIENT).or_else(|| odd_in(&bare));
        found.map(Self).ok_or_else(|| BadClientId { odd: odd() })
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

/// The only GUID of an address, however often it occurs.
fn only_guid(text: &str) -> Option<String> {
    if !text.contains(['/', ':', '=']) {
        return None;
    }
    let mut found = guids(text).map(|(_, id)| id);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The only GUID after one of these words, whatever other GUIDs there are.
fn only_guid_after(text: &str, words: &[&str]) -> Option<String> {
    let mut found = guids(text).filter(|(before, _)| words.contains(&label(before))).map(|(_, id)| id);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The end of a refusal if a text holds an id of another kind than the wanted one.
fn other_kind(text: &str, wanted: &str) -> Option<String> {
    let kinds = [(CLIENT, &OF_CLIENT[..]), (CLIENT, &OF_API), (TENANT, &OF_TENANT), (OBJECT, &OF_OBJECT)];
    let of =
        |before: &str| kinds.iter().find(|(_, words)| words.contains(&label(before))).map(|(kind, _)| *kind);
    let first = folder_of_sign_in(text).map(|_| TENANT);
    let mut found = first.into_iter().chain(guids(text).filter_map(|(before, _)| of(before)));
    let other = found.find(|kind| *kind != wanted)?;
    Some(format!("is the address of {other}"))
}

/// The word before a GUID, without what is between them: `api` of `api://`.
fn label(before: &str) -> &str {
    let before = before.trim_end_matches(['/', ':', '=', ' ', '{', '(', '"']);
    before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// Each GUID, with the text before it.
fn guids(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.char_indices().filter_map(|(at, _)| Some((text.get(..at)?, guid_at(text, at)?)))
}

/// The GUID that begins at a byte, unless it is part of a longer run of digits.
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

/// The character that makes a text no id: an invisible one, or one that no id has.
fn odd_in(text: &str) -> Option<String> {
    odd::inside(text).or_else(|| {
        // A text that is no attempt at an id gets no hint.
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
    fn an_id_of_the_other_kind_is_refused_by_its_name() {
        for (text, kind) in [
            (format!("api://{OTHER}"), "an Application (client) ID"),
            (
                format!("https://portal.azure.com/#view/ApplicationMenuBlade/~/Overview/appId/{OTHER}"),
                "an Application (client) ID",
            ),
            (format!("https://example.com/?client_id={OTHER}"), "an Application (client) ID"),
            (format!("clientId: {OTHER}"), "an Application (client) ID"),
            (format!("https://entra.microsoft.com/#view/User/objectId/{OTHER}"), "an Object ID"),
        ] {
            let refused = text.parse::<Tenant>().unwrap_err().to_string();
            assert!(refused.ends_with(&format!("; it is the address of {kind}")), "{text}: {refused}");
        }
        for (text, kind) in [
            (
                format!("https://entra.microsoft.com/#view/Microsoft_AAD/tenantId/{ID}"),
                "a Directory (tenant) ID",
            ),
            (format!("https://example.com/?tenant={ID}"), "a Directory (tenant) ID"),
            (format!("https://login.microsoftonline.com/{ID}/v2.0"), "a Directory (tenant) ID"),
            (format!("https://portal.azure.com/#view/App/objectId/{ID}/x"), "an Object ID"),
        ] {
            let refused = text.parse::<ClientId>().unwrap_err().to_string();
            assert!(refused.ends_with(&format!("; it is the address of {kind}")), "{text}: {refused}");
        }
        let both = format!("https://entra.microsoft.com/#view/App/appId/{OTHER}/tenantId/{ID}");
        assert_eq!(both.parse::<Tenant>().unwrap().to_string(), ID);
        assert_eq!(both.parse::<ClientId>().unwrap().to_string(), OTHER);
        assert_eq!(format!("tenant: {ID}").parse::<Tenant>().unwrap().to_string(), ID);
        assert_eq!(format!("clientId: {OTHER}").parse::<ClientId>().unwrap().to_string(), OTHER);
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
