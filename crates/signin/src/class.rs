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
    /// An administrator must allow it.
    Administrator,
    /// The registration does not fit; an administrator must mend it.
    Registration,
    /// The registration wants a secret that we do not have, or does not want the one it was sent.
    Secret,
    /// It passes by itself.
    Transient,
    /// The sign-in service does not answer.
    Unreachable,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignInAgain => "a new login is needed",
            Self::AnotherCheck => "Microsoft wants another check by the person",
            Self::Cancelled => "it was cancelled, or needs the approval of an administrator",
            Self::Administrator => "an administrator must allow it",
            Self::Registration => "the app registration does not fit",
            Self::Secret => "the app registration and its client secret do not fit",
            Self::Transient => "the service has a problem of its own",
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
        "access_denied" => by_number().unwrap_or(Class::Administrator),
        "invalid_grant" => match words.suberror {
            Some("consent_required" | "basic_action" | "additional_action") => Class::AnotherCheck,
            Some("user_password_expired" | "bad_token" | "token_expired" | "client_mismatch") => {
                Class::SignInAgain
            }
            Some("message_only" | "protection_policy_required") => Class::Administrator,
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
        // Admin consent, not assigned, disabled, locked, Conditional Access, app disabled, wrong tenant.
        90_094
        | 90_095
        | 50_105
        | 50_057
        | 50_053
        | 53_000..=53_011
        | 530_001..=530_099
        | 7_000_112
        | 50_034
        | 50_020 => Class::Administrator,
        // Unknown app, redirect address, single tenant, rights missing in the registration, redirect of the
        // single-page kind, unknown tenant.
        700_016 | 70_001 | 50_011 | 50_194 | 650_052 | 650_056 | 650_057 | 70_011 | 9_002_326 | 9_002_327
        | 90_002 | 900_023 | 90_038 | 900_432 => Class::Registration,
        7_000_215 | 7_000_222 | 7_000_218 | 700_025 => Class::Secret,
        50_033 | 90_006 | 90_012 | 90_024 | 90_033 | 90_055 | 50_196 => Class::Transient,
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
        assert_eq!(class("invalid_grant", None, Some("something_new"), &[53_003]), Class::Administrator);
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
            ("access_denied", 90_094, Class::Administrator),
            ("invalid_grant", 50_057, Class::Administrator),
            ("interaction_required", 53_003, Class::Administrator),
            ("invalid_grant", 530_032, Class::Administrator),
            ("unauthorized_client", 7_000_112, Class::Administrator),
            ("unauthorized_client", 700_016, Class::Registration),
            ("invalid_request", 50_011, Class::Registration),
            ("invalid_request", 50_194, Class::Registration),
            ("invalid_client", 7_000_218, Class::Secret),
            ("invalid_client", 7_000_222, Class::Secret),
            ("invalid_client", 700_025, Class::Secret),
            ("invalid_grant", 50_196, Class::Transient),
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
