//! What a refusal of Entra means for the person: one class, one sentence, one next step.
//!
//! Decided by the OAuth error, then by `suberror`, and only where those leave it open by the AADSTS number:
//! the numbers may change (Entra: reference-error-codes).

use std::fmt;

/// What the person, or somebody else, must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The authorization ended: log in again.
    SignInAgain,
    /// Entra wants to see the person, for a second factor or a consent: log in again, and answer.
    AnotherCheck,
    /// The person cancelled. Entra says the same to somebody who was stopped at "Need admin approval".
    Cancelled,
    /// An administrator must approve of the app.
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
    /// The registration does not fit in some other way; an administrator must mend it.
    Registration,
    /// The client secret has expired.
    SecretExpired,
    /// The client secret is wrong.
    SecretWrong,
    /// The registration wants a client secret, and there is none.
    SecretMissing,
    /// The registration takes no client secret, and it was sent one.
    SecretUnwanted,
    /// The client secret opens rights of the application itself, which must not lie on a desk.
    AppPermissions,
    /// It passes by itself.
    Transient,
    /// We asked too often: it passes by itself, if we wait.
    TooOften,
    /// The sign-in service does not answer.
    Unreachable,
}

impl Class {
    /// True where the same request may succeed later, without anybody doing anything.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Transient | Self::TooOften | Self::Unreachable)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignInAgain => "a new login is needed",
            Self::AnotherCheck => "Microsoft wants another check by the person",
            Self::Cancelled => "it was cancelled, or needs the approval of an administrator",
            Self::Consent => "an administrator must approve of the app",
            Self::Blocked => "an administrator must allow it",
            Self::OtherAccount => "the account does not belong to the tenant",
            Self::Redirect => "the app registration does not accept the redirect",
            Self::UnknownApp => "the tenant has no such app registration",
            Self::OtherCloud => "the tenant is in another cloud",
            Self::Registration => "the app registration does not fit",
            Self::SecretExpired => "the client secret has expired",
            Self::SecretWrong => "the client secret is wrong",
            Self::SecretMissing => "the app registration wants a client secret",
            Self::SecretUnwanted => "the app registration takes no client secret",
            Self::AppPermissions => "the app registration has application permissions",
            Self::Transient => "the service has a problem of its own",
            Self::TooOften => "the service asks for fewer requests",
            Self::Unreachable => "the service does not answer",
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
            Some("consent_required" | "basic_action" | "additional_action") => Class::AnotherCheck,
            Some("user_password_expired" | "bad_token" | "token_expired" | "client_mismatch") => {
                Class::SignInAgain
            }
            Some("message_only" | "protection_policy_required") => Class::Blocked,
            Some(_) | None => by_number().unwrap_or(Class::SignInAgain),
        },
        "interaction_required" | "login_required" | "consent_required" => {
            by_number().unwrap_or(Class::AnotherCheck)
        }
        // The request is the same for everybody, so what is wrong with it lies in the registration.
        _ => by_number().unwrap_or(Class::Registration),
    }
}

/// The class of an AADSTS number that says more than the OAuth error it comes with.
fn number(code: u32) -> Option<Class> {
    Some(match code {
        // Expired, unused for 90 days, revoked, sign-in frequency, password changed, code used twice.
        70_000 | 70_008 | 700_082 | 700_084 | 50_173 | 70_043 | 50_089 | 50_132 | 50_133 | 54_005 => {
            Class::SignInAgain
        }
        // No session, password expired, second factor, device, external check, consent missing.
        50_055 | 50_058 | 50_072 | 50_074 | 50_076 | 50_078 | 50_079 | 50_097 | 50_158 | 65_001 | 700_020 => {
            Class::AnotherCheck
        }
        65_004 => Class::Cancelled,
        90_094 | 90_095 => Class::Consent,
        // Not assigned, disabled, locked, Conditional Access, app disabled.
        50_105 | 50_057 | 50_053 | 53_000..=53_011 | 530_001..=530_099 | 7_000_112 => Class::Blocked,
        50_034 | 50_020 => Class::OtherAccount,
        // Another address, and one of the single-page kind.
        50_011 | 9_002_326 | 9_002_327 => Class::Redirect,
        700_016 | 70_001 | 90_002 | 900_023 => Class::UnknownApp,
        90_038 | 900_432 => Class::OtherCloud,
        // Single tenant, rights missing in the registration, unknown scope.
        50_194 | 650_052 | 650_056 | 650_057 | 70_011 => Class::Registration,
        7_000_222 => Class::SecretExpired,
        7_000_215 => Class::SecretWrong,
        7_000_218 => Class::SecretMissing,
        700_025 => Class::SecretUnwanted,
        50_033 | 90_006 | 90_012 | 90_024 | 90_033 | 90_055 => Class::Transient,
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
    fn the_oauth_error_decides_where_it_can() {
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
            ("invalid_grant", 65_001, Class::AnotherCheck),
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
        ];
        for (error, code, expected) in table {
            assert_eq!(class(error, None, None, &[code]), expected, "{error} {code}");
        }
    }

    #[test]
    fn an_unknown_number_does_not_hide_the_next() {
        assert_eq!(class("invalid_grant", None, None, &[1, 50_076]), Class::AnotherCheck);
    }
}
