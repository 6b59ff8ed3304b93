//! The reasons why a number cannot be dialled. Checks no number itself.

use thiserror::Error;

/// A number that cannot be dialled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{number}\" cannot be dialled: {reason}")]
pub struct NotDialable {
    /// The number as it is written.
    pub number: String,
    /// The reason.
    pub reason: NumberFault,
}

/// What keeps a number from being dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NumberFault {
    /// It has no digits.
    #[error("it has no digits")]
    Empty,
    /// Something in it is not part of any telephone number.
    #[error("it is not written as a telephone number")]
    Strange,
    /// Some of its digits are written as letters.
    #[error("it has letters in place of digits")]
    Letters,
    /// It may be two numbers, or one with an unclear second part.
    #[error("it may be two numbers")]
    Several,
    /// It has no country code, and no region is set.
    #[error("it has no country code, and no region is set")]
    NoRegion,
    /// No country has its country code.
    #[error("no country has its country code")]
    NoSuchCountry,
    /// It is an extension alone, or a short number as for emergencies.
    #[error("it is an extension or a short number")]
    Internal,
    /// It has no area code.
    #[error("it has no area code")]
    NoAreaCode,
    /// It begins with the code of another country, without a plus.
    #[error("it begins with a country code, but without a plus")]
    NoPlus,
    /// The country has no numbers that begin like it.
    #[error("there are no such numbers")]
    NoSuchNumber,
    /// It has too few digits.
    #[error("it is too short")]
    TooShort,
    /// It has too many digits: perhaps it is two numbers.
    #[error("it is too long")]
    TooLong,
}
