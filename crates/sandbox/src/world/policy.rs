//! What can keep a person from their tokens apart from what was issued: rules of the tenant, the state of the
//! registration, and bad days of the sign-in service. Values only; how each is worded is in `entra/error.rs`.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Why Entra refuses everybody at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// Conditional Access wants a second factor: the next sign-in by hand is enough.
    SecondFactor,
    /// An administrator has to approve of the application; a person cannot.
    AdminConsent,
    /// The person is not assigned to the application.
    NotAssigned,
    /// The account is disabled.
    Disabled,
    /// Conditional Access forbids it.
    Blocked,
    /// The account is of another tenant.
    Guest,
    /// The account belongs to no tenant that is known here: it passed through from elsewhere.
    Elsewhere,
    /// The account is a guest's, and disabled.
    GuestDisabled,
    /// Nobody has consented to the application.
    NoConsent,
    /// The tenant does not know the resource that tokens are asked for.
    NoResource,
    /// The request is too long.
    TooLong,
    /// The application is not registered in this tenant.
    UnknownApplication,
    /// The redirect is registered under another platform.
    Redirect,
    /// The tenant is in another cloud.
    OtherCloud,
    /// The application has no right to what it asks for.
    NotRequired,
    /// Too many requests for the same.
    Loop,
    /// The service has a bad day.
    Unavailable,
}

impl Refusal {
    /// True if the person is sent back with it from the sign-in page.
    pub(crate) fn meets_the_person(self) -> bool {
        match self {
            Self::AdminConsent
            | Self::NotAssigned
            | Self::Disabled
            | Self::Blocked
            | Self::Guest
            | Self::Elsewhere
            | Self::GuestDisabled
            | Self::NoConsent
            | Self::NoResource
            | Self::TooLong
            | Self::UnknownApplication
            | Self::OtherCloud
            | Self::NotRequired
            | Self::Unavailable => true,
            Self::SecondFactor | Self::Redirect | Self::Loop => false,
        }
    }

    /// True if it meets a client that redeems a code.
    pub(crate) fn meets_a_code(self) -> bool {
        matches!(self, Self::Redirect | Self::Unavailable)
    }

    /// True if it meets a client that uses a refresh token.
    pub(crate) fn meets_a_refresh(self) -> bool {
        match self {
            Self::SecondFactor
            | Self::Elsewhere
            | Self::GuestDisabled
            | Self::NoConsent
            | Self::NoResource
            | Self::TooLong
            | Self::NotAssigned
            | Self::Disabled
            | Self::Blocked
            | Self::UnknownApplication
            | Self::OtherCloud
            | Self::Loop
            | Self::Unavailable => true,
            Self::AdminConsent | Self::Guest | Self::Redirect | Self::NotRequired => false,
        }
    }
}

/// What an ID token says of the person in place of the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum IdTokenOddity {
    /// Only `email` among the names of the user.
    EmailOnly,
    /// Only `unique_name`, with the provider in front of it.
    UniqueNameOnly,
    /// A guest's name in this directory.
    Guest,
    /// No name of the user at all.
    Nameless,
    /// Another person (`oid`).
    OtherPerson,
    /// No person.
    Nobody,
}

/// The secret of the registration, which makes it a confidential one.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ClientSecret {
    /// The secret.
    pub secret: SecretString,
    /// Until when it is taken; none means for ever.
    #[serde(default)]
    pub expires: Option<Timestamp>,
    /// The application permissions of the registration, for example `Presence.ReadWrite.All`.
    #[serde(default)]
    pub roles: Vec<String>,
}

impl ClientSecret {
    pub(crate) fn is(&self, sent: &SecretString) -> bool {
        self.secret.expose_secret() == sent.expose_secret()
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientSecret").field("expires", &self.expires).field("roles", &self.roles).finish()
    }
}

/// Every rule and trouble that applies.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    pub(crate) refusal: Option<Refusal>,
    pub(crate) secret: Option<ClientSecret>,
    /// Graph takes only tokens that were asked for with the claims of its challenge.
    pub(crate) challenge: bool,
    /// The person who signs in is of another tenant.
    pub(crate) stranger: bool,
    /// What ID tokens say of the person, if not the usual.
    pub(crate) id_token: Option<IdTokenOddity>,
    /// The rights that need an administrator were not approved of.
    pub(crate) unapproved: bool,
    /// Rights without approval are left out of a login's grant, as other providers do, instead of refused.
    pub(crate) grants_less: bool,
    /// The directory does not show people the tenant's names.
    pub(crate) nameless: bool,
}
