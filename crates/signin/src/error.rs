//! Why a login or a refresh failed.
//!
//! Texts for people contain no error numbers; the numbers are kept as details for support.

use net::RetryAfter;
use thiserror::Error;

use crate::{Claims, Gateway, class::Class};

/// Why a login or a refresh failed. The texts are sentences without the full stop; none holds a code or a token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignInError {
    /// Entra refused.
    #[error("the login was not completed: {class}")]
    Refused {
        /// What that means for the person.
        class: Class,
        /// Details for support.
        details: Box<Details>,
        /// What the next request must pass on, if Conditional Access requires it.
        claims: Option<Claims>,
    },
    /// Somebody of another tenant than the configured one logged in. No token was kept.
    #[error("the login was not completed: the account belongs to another tenant")]
    OtherTenant {
        /// The user principal name.
        upn: String,
    },
    /// The client secret grants application permissions. No token was kept.
    #[error("the login was not started: the app registration has application permissions")]
    AppPermissions,
    /// The browser did not come back in time.
    #[error("the browser did not come back within 10 minutes")]
    NoAnswer,
    /// No port of this computer could be opened for the answer of the browser.
    #[error("no port of this computer could be opened for the answer of the browser: {0}")]
    NoPort(String),
    /// No connection to the sign-in service, or it was lost, or no answer in time.
    #[error("the sign-in service could not be reached: {0}")]
    Unreachable(String),
    /// The sign-in service has a problem, or asks for fewer requests.
    #[error("the sign-in service has a problem (status {status})")]
    Server {
        /// The HTTP status: 429 or 5xx.
        status: u16,
        /// How long the service asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// Something on the way answered in place of the sign-in service. That decides nothing about the login.
    #[error("{class} answered in place of the sign-in service", class = of_gateway(*.by))]
    Gateway {
        /// What it was.
        by: Gateway,
        /// How long it asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// An answer that Entra does not give.
    #[error("the sign-in service's answer could not be understood")]
    Malformed,
    /// The answer does not say whose login it is. No token was kept.
    #[error("the sign-in service did not say who logged in")]
    Nobody,
    /// The answer to somebody's refresh token is for another person. Nothing of the answer was kept.
    #[error("the sign-in service answered for another person")]
    OtherPerson,
    /// The configured address of the sign-in service cannot have a path.
    #[error("the address of the sign-in service cannot be used")]
    Address,
}

fn of_gateway(by: Gateway) -> &'static str {
    match by {
        Gateway::NetworkLogin => "a network's login page",
        Gateway::Proxy => "a proxy",
    }
}

/// Details of a refusal for support.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// The OAuth error.
    pub error: String,
    /// The AADSTS numbers, the decisive one first.
    pub codes: Vec<u32>,
    /// The `suberror` of the token endpoint, if there is one.
    pub suberror: Option<String>,
    /// Entra's id of the request.
    pub correlation_id: Option<String>,
    /// The account that it is about, if Entra names it.
    pub account: Option<String>,
}

impl SignInError {
    /// What the person must do.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::Refused { class, .. } => *class,
            Self::OtherTenant { .. } => Class::OtherAccount,
            Self::AppPermissions => Class::AppPermissions,
            Self::NoAnswer => Class::Cancelled,
            Self::Unreachable(_) => Class::Unreachable,
            Self::NoPort(_) => Class::NoPort,
            Self::Server { .. } | Self::Malformed => Class::Transient,
            Self::Gateway { by: Gateway::NetworkLogin, .. } => Class::NetworkLogin,
            Self::Gateway { by: Gateway::Proxy, .. } => Class::Proxy,
            Self::Nobody | Self::OtherPerson => Class::Nobody,
            Self::Address => Class::Registration,
        }
    }

    /// Details for support, if Entra refused.
    #[must_use]
    pub fn details(&self) -> Option<&Details> {
        let Self::Refused { details, .. } = self else { return None };
        Some(details)
    }

    /// What the next request must pass on, if Conditional Access requires it.
    #[must_use]
    pub fn claims(&self) -> Option<&Claims> {
        let Self::Refused { claims, .. } = self else { return None };
        claims.as_ref()
    }

    /// How long the service asks to wait before the next request, if it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Server { retry_after, .. } | Self::Gateway { retry_after, .. } => *retry_after,
            Self::Refused { .. }
            | Self::OtherTenant { .. }
            | Self::AppPermissions
            | Self::NoAnswer
            | Self::NoPort(_)
            | Self::Unreachable(_)
            | Self::Malformed
            | Self::Nobody
            | Self::OtherPerson
            | Self::Address => None,
        }
    }

    /// True if the authorization ended because of its age: the next one will last as long.
    #[must_use]
    pub fn ends_by_age(&self) -> bool {
        // Expired, the 24 hours of a single-page registration, sign-in frequency (Entra: reference-error-codes).
        const AGE: [u32; 3] = [70_008, 700_084, 70_043];
        self.details().is_some_and(|details| details.codes.iter().any(|code| AGE.contains(code)))
    }

    /// True if a requested scope needs a consent that nobody has given.
    #[must_use]
    pub fn lacks_consent(&self) -> bool {
        // Not consented, and two cases in which only an administrator can help (Entra: reference-error-codes).
        const CONSENT: [u32; 3] = [65_001, 90_094, 90_095];
        self.details().is_some_and(|details| {
            details.codes.iter().any(|code| CONSENT.contains(code))
                || [Some(details.error.as_str()), details.suberror.as_deref()]
                    .contains(&Some("consent_required"))
        })
    }

    /// True if a requested scope is not available, so that fewer scopes may be granted: not consented to, or unknown
    /// (RFC 6749, 5.2: `invalid_scope`; Entra: reference-error-codes).
    #[must_use]
    pub fn refuses_the_rights(&self) -> bool {
        // Invalid scope; declined by the user; the resource does not have the scope.
        const RIGHTS: [u32; 3] = [70_011, 65_004, 650_053];
        let is_scope = self.details().is_some_and(|details| {
            details.error == "invalid_scope" || details.codes.iter().any(|code| RIGHTS.contains(code))
        });
        is_scope || self.lacks_consent()
    }

    /// True if the refresh token that was sent is no longer valid, so that only a new login helps. Not for a refusal by
    /// an administrator's rule, which may allow it tomorrow or at another place. Not for a refusal without a number and
    /// an id: Entra sends both, so it may be from a proxy.
    #[must_use]
    pub fn erases_refresh_token(&self) -> bool {
        let ended = self.details().is_some_and(|details| {
            let is_signed = !details.codes.is_empty() || details.correlation_id.is_some();
            details.error == "invalid_grant" && is_signed
        });
        ended && matches!(self.class(), Class::SignInAgain | Class::AnotherCheck)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::refusal::{LONGEST_WORD, Refusal};

    fn refused(error: &str, description: &str) -> SignInError {
        Refusal { error: error.to_owned(), error_description: description.to_owned(), ..Refusal::default() }
            .into()
    }

    #[test]
    fn numbers_are_found_in_the_description_and_stay_out_of_the_sentence() {
        let error = refused(
            "access_denied",
            "AADSTS90094: The grant requires admin permission. Trace ID: 1 Correlation ID: 9f2c-41 Timestamp: 2026",
        );
        assert_eq!(error.class(), Class::Consent);
        let details = error.details().unwrap();
        assert_eq!(
            (details.codes.as_slice(), details.correlation_id.as_deref()),
            (&[90_094][..], Some("9f2c-41"))
        );
        assert_eq!(error.to_string(), "the login was not completed: an administrator must approve the app");
    }

    #[test]
    fn only_an_ended_grant_erases_the_refresh_token() {
        assert!(
            refused("invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity.")
                .erases_refresh_token()
        );
        assert!(refused("invalid_grant", "AADSTS50076: multi-factor authentication").erases_refresh_token());
        let unsigned = refused("invalid_grant", "the grant is revoked");
        assert_eq!((unsigned.class(), unsigned.erases_refresh_token()), (Class::SignInAgain, false));
        for kept in [
            refused("invalid_grant", "AADSTS53003: blocked by Conditional Access"),
            refused("invalid_grant", "AADSTS50196: client request loop"),
            refused("interaction_required", "AADSTS50076"),
            refused("invalid_client", "AADSTS7000222"),
            refused("temporarily_unavailable", ""),
            SignInError::Unreachable("no route".to_owned()),
            SignInError::Malformed,
            SignInError::Nobody,
            SignInError::OtherPerson,
            SignInError::Gateway { by: Gateway::Proxy, retry_after: None },
            SignInError::Gateway { by: Gateway::NetworkLogin, retry_after: None },
            SignInError::Server { status: 503, retry_after: None },
            SignInError::NoAnswer,
            SignInError::OtherTenant { upn: "priya@fabrikam.com".to_owned() },
            SignInError::AppPermissions,
        ] {
            assert!(!kept.erases_refresh_token(), "{kept:?}");
        }
    }

    #[test]
    fn the_account_is_named_if_entra_names_it() {
        let named =
            |description: &str| refused("access_denied", description).details().unwrap().account.clone();
        let described = "AADSTS50020: User account 'priya@gmail.com' from identity provider 'live.com' does not exist \
                         in tenant 'Contoso' and cannot access the application";
        assert_eq!(named(described).as_deref(), Some("priya@gmail.com"));
        for hidden in [
            "AADSTS50020: User account '{EmailHidden}' from identity provider 'live.com'",
            "AADSTS50020: User account 'priya",
            "AADSTS50020: User account '<b>p@x.example</b>' from",
            "AADSTS50034: no account",
        ] {
            assert_eq!(named(hidden), None, "{hidden}");
        }
    }

    #[test]
    fn only_a_missing_consent_counts_as_one() {
        let suberror = Some("consent_required".to_owned());
        let said = Refusal { error: "invalid_grant".to_owned(), suberror, ..Refusal::default() };
        for lacking in [
            refused("invalid_grant", "AADSTS65001: no consent"),
            refused("access_denied", "AADSTS90094: The grant requires admin permission."),
            refused("consent_required", ""),
            said.into(),
        ] {
            assert!(lacking.lacks_consent(), "{lacking:?}");
        }
        for other in [
            refused("interaction_required", "AADSTS50076: multi-factor authentication"),
            refused("invalid_grant", "AADSTS53003: blocked by Conditional Access"),
            SignInError::NoAnswer,
        ] {
            assert!(!other.lacks_consent(), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn every_description_of_entra_is_read_or_ignored(error in "\\PC{0,30}", text in "(AADSTS|[0-9]|\\PC){0,60}") {
            let refused = refused(&error, &text);
            let details = refused.details().expect("a refusal has details");
            prop_assert!(details.error.len() <= LONGEST_WORD);
            prop_assert!(!refused.to_string().contains("AADSTS"));
        }
    }
}
