//! What a refusal of Entra means for the person: one class, one sentence, one next step.
//!
//! Decided by the OAuth error, then by `suberror`, and only if those leave it open by the AADSTS number:
//! the numbers may change (Entra: reference-error-codes).

use std::fmt;

/// What the person, or somebody else, must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The authorization ended: log in again.
    SignInAgain,
    /// Entra requires the person, for a second factor or a new password: log in again.
    AnotherCheck,
    /// Nobody has consented to the app: log in and do so, or let an administrator approve it.
    Unapproved,
    /// The person cancelled. Entra says the same to somebody who was stopped at "Need admin approval".
    Cancelled,
    /// An administrator must approve the app.
    Consent,
    /// A rule or the state of the account forbids it; an administrator must allow it.
    Blocked,
    /// The account does not belong to the tenant: log in with another one.
    OtherAccount,
    /// The registration does not accept our redirect.
    Redirect,
    /// The tenant has no such registration, or there is no such tenant.
    UnknownApp,
    /// The tenant is in another cloud than the configured one.
    OtherCloud,
    /// The registration is wrong in some other way; an administrator must correct it.
    Registration,
    /// Entra finds the request too long.
    TooLong,
    /// The client secret has expired.
    SecretExpired,
    /// The client secret is wrong.
    SecretWrong,
    /// The registration wants a client secret, and there is none.
    SecretMissing,
    /// The registration takes no client secret, and it was sent one.
    SecretUnwanted,
    /// The client secret grants application permissions, which must not be on a person's machine.
    AppPermissions,
    /// A temporary problem of the service.
    Transient,
    /// We sent too many requests: temporary, if we wait.
    TooOften,
    /// The sign-in service does not answer.
    Unreachable,
    /// A proxy answered in its place: temporary, until the proxy lets us through.
    Proxy,
    /// The login page of a network answered in its place: temporary, until the person logs in there.
    NetworkLogin,
    /// It is not known who logged in, so the login was dropped: log in again.
    Nobody,
    /// No port of this computer can be opened for the answer of the browser.
    NoPort,
}

impl Class {
    /// True if the same request may succeed later without any action.
    #[must_use]
    pub fn is_temporary(self) -> bool {
        match self {
            Self::Transient | Self::TooOften | Self::Unreachable | Self::Proxy | Self::NetworkLogin => true,
            Self::SignInAgain
            | Self::AnotherCheck
            | Self::Unapproved
            | Self::Cancelled
            | Self::Consent
            | Self::Blocked
            | Self::OtherAccount
            | Self::Redirect
            | Self::UnknownApp
            | Self::OtherCloud
            | Self::Registration
            | Self::TooLong
            | Self::SecretExpired
            | Self::SecretWrong
            | Self::SecretMissing
            | Self::SecretUnwanted
            | Self::AppPermissions
            | Self::Nobody
            | Self::NoPort => false,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignInAgain => "a new login is needed",
            Self::AnotherCheck => "Microsoft requires another check by the person",
            Self::Unapproved => "nobody has consented to the app",
            Self::Cancelled => "it was cancelled, or needs the approval of an administrator",
            Self::Consent => "an administrator must approve the app",
            Self::Blocked => "an administrator must allow it",
            Self::OtherAccount => "the account does not belong to the tenant",
            Self::Redirect => "the app registration does not accept the redirect",
            Self::UnknownApp => "the tenant has no such app registration",
            Self::OtherCloud => "the tenant is in another cloud",
            Self::Registration => "the app registration is not set up correctly",
            Self::TooLong => "the request is too long",
            Self::SecretExpired => "the client secret has expired",
            Self::SecretWrong => "the client secret is wrong",
            Self::SecretMissing => "the app registration requires a client secret",
            Self::SecretUnwanted => "the app registration takes no client secret",
            Self::AppPermissions => "the app registration has application permissions",
            Self::Transient => "the service has a problem",
            Self::TooOften => "the service asks for fewer requests",
            Self::Unreachable => "the service does not answer",
            Self::Proxy => "a proxy answered in place of the service",
            Self::NetworkLogin => "a network's login page answered in place of the service",
            Self::Nobody => "it is not known who logged in",
            Self::NoPort => "no port of this computer can be opened for the answer of the browser",
        })
    }
}

/// The words of a refusal that decide its class.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    /// `error`.
    pub(crate) error: &'a str,
    /// `error_subcode`, on the redirect only.
    pub(crate) subcode: Option<&'a str>,
    /// `suberror`, from the token endpoint only.
    pub(crate) suberror: Option<&'a str>,
    /// The AADSTS numbers, the decisive one first.
    pub(crate) codes: &'a [u32],
}

pub(crate) fn classify(words: Words<'_>) -> Class {
    let by_number = || words.codes.iter().copied().find_map(number);
    match words.error {
        "server_error" | "temporarily_unavailable" => Class::Transient,
        "access_denied" if words.subcode == Some("cancel") => Class::Cancelled,
        "access_denied" => by_number().unwrap_or(Class::Blocked),
        "invalid_grant" => match words.suberror {
            Some("consent_required") => {
                by_number().filter(|class| *class == Class::Consent).unwrap_or(Class::Unapproved)
            }
            Some("basic_action" | "additional_action") => {
                by_number().filter(|class| *class == Class::OtherAccount).unwrap_or(Class::AnotherCheck)
            }
            Some("user_password_expired" | "bad_token" | "token_expired" | "client_mismatch") => {
                Class::SignInAgain
            }
            Some("message_only" | "protection_policy_required") => Class::Blocked,
            Some(_) | None => by_number().unwrap_or(Class::SignInAgain),
        },
        "consent_required" => by_number().unwrap_or(Class::Unapproved),
        "interaction_required" | "login_required" => by_number().unwrap_or(Class::AnotherCheck),
        // The request is the same for everybody, so the fault is in the registration.
        _ => by_number().unwrap_or(Class::Registration),
    }
}

/// The class of an AADSTS number that says more than the OAuth error it comes with.
fn number(code: u32) -> Option<Class> {
    Some(match code {
        // Expired, unused for 90 days, revoked, sign-in frequency, password changed, code used twice or for another
        // tenant, password wrong, ticket or assertion expired.
        70_000
        | 70_008
        | 700_082
        | 700_084
        | 50_173
        | 70_043
        | 50_089
        | 50_132
        | 50_133
        | 54_005
        | 700_005
        | 50_056
        | 50_064
        | 50_085
        | 50_126
        | 50_139
        | 500_133
        | 81_004..=81_010
        | 90_086 => Class::SignInAgain,
        // No session, password expired or to be changed, second factor, device, external check, an interruption.
        50_055 | 50_058 | 50_072 | 50_074 | 50_076 | 50_078 | 50_079 | 50_097 | 50_125 | 50_135 | 50_140
        | 50_142 | 50_144 | 50_158 | 50_168 | 50_187 | 50_199 | 51_006 | 500_121 | 700_020 => {
            Class::AnotherCheck
        }
        65_001 | 90_008 => Class::Unapproved,
        65_004 => Class::Cancelled,
        90_093..=90_095 | 90_099 => Class::Consent,
        // Not assigned, disabled (a guest, too), locked, tenant restrictions, cross-tenant access, device, legal age,
        // Conditional Access, hours, app disabled.
        50_105
        | 50_057
        | 500_571
        | 50_053
        | 50_002
        | 500_021
        | 500_022
        | 500_212
        | 500_213
        | 1_000_104
        | 50_005
        | 50_015
        | 50_127
        | 50_129
        | 50_131
        | 50_155
        | 54_000
        | 53_000..=53_099
        | 530_001..=530_099
        | 80_012
        | 130_007
        | 130_008
        | 135_011
        | 1_000_031
        | 7_000_112 => Class::Blocked,
        // Not in this tenant: not added, not found, invited and not there yet, passed through from elsewhere, personal,
        // of another tenant than the session or the device, and guests where there are none.
        50_034 | 50_020 | 500_207 | 500_208 | 16_000 | 16_001 | 16_003 | 160_021 | 50_014 | 50_136
        | 50_143 | 50_177 | 50_178 | 50_197 | 51_004 | 81_011 | 81_012 | 90_072 | 90_084 | 90_125 => {
            Class::OtherAccount
        }
        // Another redirect, or one of a single-page registration.
        50_011 | 70_004 | 900_971 | 9_002_326 | 9_002_327 => Class::Redirect,
        // Or the tenant cannot be determined.
        700_016 | 700_011 | 70_001 | 90_002 | 900_023 | 50_059 | 50_128 | 90_019 => Class::UnknownApp,
        90_038 | 900_382 | 900_432 | 90_043 | 90_051 => Class::OtherCloud,
        // Single tenant, resource or rights missing, unknown scope, a certificate, a protocol that it does not allow.
        50_194
        | 50_001
        | 500_011
        | 500_014
        | 650_051..=650_057
        | 65_002
        | 65_005
        | 28_002
        | 28_003
        | 70_011
        | 700_022
        | 700_023
        | 700_030
        | 700_027
        | 700_054
        | 70_003
        | 70_005
        | 50_003
        | 50_146
        | 9_002_332 => Class::Registration,
        90_015 => Class::TooLong,
        7_000_222 => Class::SecretExpired,
        7_000_215 => Class::SecretWrong,
        7_000_218 => Class::SecretMissing,
        700_025 => Class::SecretUnwanted,
        // Of Entra, of what it asks in turn, and of a password agent.
        50_000 | 50_033 | 50_087 | 50_088 | 50_166 | 51_005 | 70_012 | 80_001 | 80_002 | 80_005 | 80_007
        | 80_013 | 80_014 | 90_006 | 90_012 | 90_024 | 90_033 | 90_036 | 90_055 | 90_090 | 90_091
        | 40_010 | 501_621 => Class::Transient,
        50_196 => Class::TooOften,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(error: &str, subcode: Option<&str>, suberror: Option<&str>, codes: &[u32]) -> Class {
        classify(Words { error, subcode, suberror, codes })
    }

    #[test]
    fn the_oauth_error_decides_if_it_can() {
        assert_eq!(class("temporarily_unavailable", None, None, &[700_082]), Class::Transient);
        assert_eq!(class("access_denied", Some("cancel"), None, &[65_004]), Class::Cancelled);
        assert_eq!(class("interaction_required", None, None, &[]), Class::AnotherCheck);
        assert_eq!(class("invalid_grant", None, None, &[]), Class::SignInAgain);
        assert_eq!(class("invalid_request", None, None, &[]), Class::Registration);
    }

    #[test]
    fn the_suberror_comes_before_the_number() {
        assert_eq!(class("invalid_grant", None, Some("token_expired"), &[53_003]), Class::SignInAgain);
        assert_eq!(class("invalid_grant", None, Some("basic_action"), &[50_173]), Class::AnotherCheck);
        assert_eq!(class("invalid_grant", None, Some("something_new"), &[53_003]), Class::Blocked);
    }

    #[test]
    fn every_class_of_numbers_is_known() {
        let table = [
            ("invalid_grant", 70_008, Class::SignInAgain),
            ("invalid_grant", 700_082, Class::SignInAgain),
            ("invalid_grant", 50_173, Class::SignInAgain),
            ("invalid_grant", 54_005, Class::SignInAgain),
            ("invalid_grant", 50_076, Class::AnotherCheck),
            ("invalid_grant", 65_001, Class::Unapproved),
            ("access_denied", 65_004, Class::Cancelled),
            ("access_denied", 90_094, Class::Consent),
            ("invalid_grant", 50_057, Class::Blocked),
            ("interaction_required", 53_003, Class::Blocked),
            ("invalid_grant", 530_032, Class::Blocked),
            ("unauthorized_client", 7_000_112, Class::Blocked),
            ("invalid_request", 50_020, Class::OtherAccount),
            ("unauthorized_client", 700_016, Class::UnknownApp),
            ("invalid_request", 90_002, Class::UnknownApp),
            ("invalid_request", 900_432, Class::OtherCloud),
            ("invalid_request", 50_011, Class::Redirect),
            ("invalid_request", 50_194, Class::Registration),
            ("invalid_client", 7_000_222, Class::SecretExpired),
            ("invalid_client", 7_000_215, Class::SecretWrong),
            ("invalid_client", 7_000_218, Class::SecretMissing),
            ("invalid_client", 700_025, Class::SecretUnwanted),
            ("invalid_grant", 50_196, Class::TooOften),
            ("invalid_request", 90_033, Class::Transient),
            ("interaction_required", 90_072, Class::OtherAccount),
            ("invalid_grant", 90_072, Class::OtherAccount),
            ("invalid_grant", 50_177, Class::OtherAccount),
            ("invalid_grant", 50_178, Class::OtherAccount),
            ("interaction_required", 16_000, Class::OtherAccount),
            ("access_denied", 16_003, Class::OtherAccount),
            ("invalid_grant", 51_004, Class::OtherAccount),
            ("invalid_grant", 50_014, Class::OtherAccount),
            ("invalid_request", 50_128, Class::UnknownApp),
            ("invalid_grant", 500_571, Class::Blocked),
            ("access_denied", 500_212, Class::Blocked),
            ("invalid_grant", 500_011, Class::Registration),
            ("invalid_resource", 500_014, Class::Registration),
            ("unauthorized_client", 700_030, Class::Registration),
            ("invalid_request", 90_015, Class::TooLong),
            ("access_denied", 90_093, Class::Consent),
            ("invalid_grant", 80_002, Class::Transient),
        ];
        for (error, code, expected) in table {
            assert_eq!(class(error, None, None, &[code]), expected, "{error} {code}");
        }
    }

    #[test]
    fn a_missing_consent_is_named_in_all_its_forms() {
        assert_eq!(class("consent_required", None, None, &[]), Class::Unapproved);
        assert_eq!(class("invalid_grant", None, Some("consent_required"), &[65_001]), Class::Unapproved);
        assert_eq!(class("interaction_required", None, None, &[65_001]), Class::Unapproved);
        assert_eq!(class("invalid_grant", None, Some("consent_required"), &[90_094]), Class::Consent);
        assert_eq!(class("consent_required", None, None, &[90_095]), Class::Consent);
    }

    #[test]
    fn an_account_of_another_tenant_is_not_asked_for_another_check() {
        assert_eq!(class("invalid_grant", None, Some("basic_action"), &[90_072]), Class::OtherAccount);
    }

    #[test]
    fn an_unknown_number_does_not_hide_the_next() {
        assert_eq!(class("invalid_grant", None, None, &[1, 50_076]), Class::AnotherCheck);
        // "Error validating credentials", before the reason.
        assert_eq!(class("invalid_grant", None, None, &[70_002, 70_008]), Class::SignInAgain);
    }
}
