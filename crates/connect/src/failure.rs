//! Why the CCP page did not carry out an order. Decides nothing about trying again.

use crate::{agent::text, message::WireFailure};

/// Why an order was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The agent's state is not the one it was ordered for, or its contact is gone. Nothing was done; the
    /// present state is told before.
    Stale,
    /// The page has no agent: Streams starts, or lost the session. Nothing was done.
    NoAgent,
    /// Connect cannot dial the number (`BadEndpointException`).
    BadNumber,
    /// Connect refused it, with its own sentence, which may be empty and holds no number.
    Refused(String),
    /// Connect did not answer in time; it may yet be done.
    TimedOut,
}

impl Failure {
    pub(crate) fn read(WireFailure { code, text: sentence }: WireFailure) -> Self {
        match code.as_str() {
            "stale" => Self::Stale,
            "noAgent" => Self::NoAgent,
            "badNumber" => Self::BadNumber,
            "timedOut" => Self::TimedOut,
            // A reason that is not known is at least no success.
            _ => Self::Refused(without_numbers(&text(sentence))),
        }
    }
}

/// The page leaves numbers out already; a forged answer may not bring one into a log either.
fn without_numbers(sentence: &str) -> String {
    let mut bare = String::with_capacity(sentence.len());
    for letter in sentence.chars() {
        if !letter.is_numeric() {
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
        let told = WireFailure { code: "refused".into(), text: "+44 1632 960000 is barred".into() };
        assert_eq!(Failure::read(told), Failure::Refused("+… … … is barred".into()));
    }
}
