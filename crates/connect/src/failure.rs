//! Why the CCP page did not carry out an order. Decides nothing about trying again.

use crate::{agent::text, message::WireFailure};

/// Why an order was not carried out. The words of Connect are in [`Change::Refused`](crate::Change::Refused), for the
/// log. The exceptions are those of `connect.CTIExceptions` (amazon-connect-streams 2.28.2) and of the public API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The agent's state is not the one it was ordered for, or its contact is gone. Nothing was done; the
    /// present state is told before.
    Stale,
    /// The page has no agent: Streams starts, or lost the session. Nothing was done.
    NoAgent,
    /// Connect cannot dial the number (`BadEndpointException`).
    BadNumber,
    /// The instance does not call such numbers (`DestinationNotAllowedException`).
    NumberNotAllowed,
    /// Not in the state that the agent, or the contact, is in (`InvalidStateException`).
    WrongState,
    /// Too many calls or requests for now (`QuotaExceededException`, `ThrottlingException`).
    Limit,
    /// The agent may not do it (`AccessDeniedException`, `OutboundContactNotPermittedException`).
    NotAllowed,
    /// The agent's session is over (`UnauthorizedException`, `RefreshTokenExpiredException`).
    LoggedOut,
    /// Connect does not accept what was asked (`InvalidParameterException`, `ValidationException`).
    Invalid,
    /// The agent's routing profile has no queue to call out on.
    NoQueue,
    /// Connect does not know the queue, or the contact (`ResourceNotFoundException`).
    NotFound,
    /// The service has a problem of its own, or was not reached (`InternalServiceException`, `NetworkingError`, a status
    /// of 500 or more); it may yet be done.
    Unavailable,
    /// Connect refused it in a word that is not known.
    Refused,
    /// Connect did not answer in time; it may yet be done.
    TimedOut,
}

impl Failure {
    /// The reason, and what the log may hold of it.
    pub(crate) fn read(WireFailure { code, text: sentence }: WireFailure) -> (Self, String) {
        let failure = match code.as_str() {
            "stale" => Self::Stale,
            "noAgent" => Self::NoAgent,
            "badNumber" => Self::BadNumber,
            "numberNotAllowed" => Self::NumberNotAllowed,
            "wrongState" => Self::WrongState,
            "limit" => Self::Limit,
            "notAllowed" => Self::NotAllowed,
            "loggedOut" => Self::LoggedOut,
            "invalid" => Self::Invalid,
            "noQueue" => Self::NoQueue,
            "notFound" => Self::NotFound,
            "unavailable" => Self::Unavailable,
            "timedOut" => Self::TimedOut,
            // A reason that is not known is at least no success.
            _ => Self::Refused,
        };
        (failure, without_numbers(&text(sentence)))
    }
}

/// The page leaves numbers out already; a forged answer may not bring one into a log either.
fn without_numbers(sentence: &str) -> String {
    let mut bare = String::with_capacity(sentence.len());
    for letter in sentence.chars() {
        if letter.is_control() {
            bare.push(' ');
        } else if !letter.is_numeric() {
            bare.push(letter);
        } else if !bare.ends_with('…') {
            bare.push('…');
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_a_refusal_is_not_taken_over() {
        let wire = WireFailure { code: "refused".into(), text: "+44 1632 960000\nis barred".into() };
        assert_eq!(Failure::read(wire), (Failure::Refused, "+… … … is barred".into()));
    }
}
