//! What the agent dials, and what becomes of it: numbers that can be dialled, the refusals of Streams, and the error
//! states of an agent. Values only.

use serde::{Deserialize, Serialize};

use super::Refused;

/// The countries the instance may call, as in `getDialableCountries`, and how their numbers begin.
const COUNTRIES: [(&str, &str); 6] =
    [("gb", "+44"), ("ie", "+353"), ("us", "+1"), ("de", "+49"), ("pt", "+351"), ("pl", "+48")];
/// Digits after the plus sign (ITU-T E.164: at most 15; no country has shorter ones than this).
const E164_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A number that the instance dials: E.164, in a country it may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialable(String);

impl Dialable {
    pub(crate) fn parse(text: &str) -> Result<Self, Refused> {
        let digits = text.strip_prefix('+').filter(|digits| !digits.starts_with('0'));
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
        let known = digits.is_some_and(|digits| E164_DIGITS.contains(&digits.len()));
        let called = COUNTRIES.iter().any(|(_, prefix)| text.starts_with(prefix));
        if known && called { Ok(Self(text.to_owned())) } else { Err(Refused::BadNumber) }
    }

    /// ISO codes of the countries, as Streams names them.
    pub(crate) fn countries() -> [&'static str; 6] {
        COUNTRIES.map(|(code, _)| code)
    }
}

impl From<Dialable> for String {
    fn from(Dialable(number): Dialable) -> Self {
        number
    }
}

/// The error state of an agent, by the words of Streams (`AgentErrorStates`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the words of Streams")]
pub enum AgentError {
    Error,
    AgentHungUp,
    BadAddressAgent,
    BadAddressCustomer,
    Default,
    FailedConnectAgent,
    FailedConnectCustomer,
    InvalidLocale,
    LineEngagedAgent,
    LineEngagedCustomer,
    MissedCallAgent,
    MissedCallCustomer,
    MultipleCcpWindows,
    RealtimeCommunicationError,
}

impl AgentError {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::Error,
        Self::AgentHungUp,
        Self::BadAddressAgent,
        Self::BadAddressCustomer,
        Self::Default,
        Self::FailedConnectAgent,
        Self::FailedConnectCustomer,
        Self::InvalidLocale,
        Self::LineEngagedAgent,
        Self::LineEngagedCustomer,
        Self::MissedCallAgent,
        Self::MissedCallCustomer,
        Self::MultipleCcpWindows,
        Self::RealtimeCommunicationError,
    ];

    /// The word of Streams.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::AgentHungUp => "AgentHungUp",
            Self::BadAddressAgent => "BadAddressAgent",
            Self::BadAddressCustomer => "BadAddressCustomer",
            Self::Default => "Default",
            Self::FailedConnectAgent => "FailedConnectAgent",
            Self::FailedConnectCustomer => "FailedConnectCustomer",
            Self::InvalidLocale => "InvalidLocale",
            Self::LineEngagedAgent => "LineEngagedAgent",
            Self::LineEngagedCustomer => "LineEngagedCustomer",
            Self::MissedCallAgent => "MissedCallAgent",
            Self::MissedCallCustomer => "MissedCallCustomer",
            Self::MultipleCcpWindows => "MultipleCcpWindows",
            Self::RealtimeCommunicationError => "RealtimeCommunicationError",
        }
    }
}

/// Why Connect refuses an outbound call, whatever the agent has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the words of the service")]
pub enum DialRefusal {
    InvalidState,
    BadEndpoint,
    LimitExceeded,
    QuotaExceeded,
    AccessDenied,
    Throttling,
    InternalService,
}

impl DialRefusal {
    /// The name of the exception.
    #[must_use]
    pub fn exception(self) -> &'static str {
        match self {
            Self::InvalidState => "InvalidStateException",
            Self::BadEndpoint => "BadEndpointException",
            Self::LimitExceeded => "LimitExceededException",
            Self::QuotaExceeded => "QuotaExceededException",
            Self::AccessDenied => "AccessDeniedException",
            Self::Throttling => "ThrottlingException",
            Self::InternalService => "InternalServiceException",
        }
    }
}

/// What happens to the next call that an application dials over the agent panel. Once; the one after it is as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum NextDial {
    /// Connect refuses it.
    Refused {
        /// Why.
        why: DialRefusal,
    },
    /// The answer never comes.
    Silent {
        /// True if the call is made all the same.
        dials: bool,
    },
    /// The call is made at once, and the answer comes this much later.
    Late {
        /// The seconds.
        seconds: u32,
    },
    /// The call is made, and a second later it ends in this error.
    Fails {
        /// Which.
        error: AgentError,
    },
}

impl NextDial {
    pub(crate) fn fate(self) -> Option<AgentError> {
        match self {
            Self::Fails { error } => Some(error),
            Self::Refused { .. } | Self::Silent { .. } | Self::Late { .. } => None,
        }
    }
}
