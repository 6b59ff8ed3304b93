//! Why the CCP page did not carry out an order. Does not decide about retries.

use crate::{agent::text, message::WireFailure};

/// Why an order was not carried out. The message of Connect is in [`Change::Refused`](crate::Change::Refused), for
/// the log. The exceptions are those of `connect.CTIExceptions` (amazon-connect-streams 2.28.2) and of the public API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The agent's state is not the one that the order was for, or the contact is gone. Nothing was done; the page has
    /// reported the current state before.
    Stale,
    /// The page has no agent: Streams is starting, or has lost the session. Nothing was done.
    NoAgent,
    /// Connect cannot dial the number (`BadEndpointException`).
    BadNumber,
    /// The instance does not call such numbers (`DestinationNotAllowedException`).
    NumberNotAllowed,
    /// Not possible in the current state of the agent or the contact (`InvalidStateException`).
    WrongState,
    /// Too many calls or requests for now (`QuotaExceededException`, `ThrottlingException`).
    Limit,
    /// The agent may not do it (`AccessDeniedException`, `OutboundContactNotPermittedException`).
    NotAllowed,
    /// The agent's session is over (`UnauthorizedException`, `RefreshTokenExpiredException`).
    LoggedOut,
    /// Connect does not accept the request (`InvalidParameterException`, `ValidationException`).
    Invalid,
    /// The agent's routing profile has no queue to call out on.
    NoQueue,
    /// Connect does not know the queue, or the contact (`ResourceNotFoundException`).
    NotFound,
    /// The service has a problem, or could not be reached (`InternalServiceException`, `NetworkingError`, a status
    /// of 500 or more); the order may still have been carried out.
    Unavailable,
    /// Connect refused it with an unknown word.
    Refused,
    /// Connect did not answer in time; the order may still have been carried out.
    TimedOut,
}

impl Failure {
    /// The reason, and the message for the log.
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
            // An unknown reason is still a failure.
            _ => Self::Refused,
        };
        (failure, without_numbers(&text(sentence)))
    }
}

/// The page removes numbers already, but a forged answer must not put one into the log either.
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
    fn a_number_in_a_refusal_is_removed() {
        let wire = WireFailure { code: "refused".into(), text: "+44 1632 960000\nis barred".into() };
        assert_eq!(Failure::read(wire), (Failure::Refused, "+… … … is barred".into()));
    }
}
