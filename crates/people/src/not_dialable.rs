//! Why a number cannot be dialled.
//!
//! Words for the reasons; finds none of them.

use thiserror::Error;

/// A number that cannot be dialled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{number}\" cannot be dialled: {reason}")]
pub struct NotDialable {
    /// The number as it is written.
    pub number: String,
    /// Why.
    pub reason: Reason,
}

/// What keeps a number from being dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Reason {
    /// There is nothing that could be a number.
    #[error("it has no digits")]
    Empty,
    /// Something in it belongs to no telephone number.
    #[error("it is not written as a telephone number")]
    Strange,
    /// Some of its digits are written as letters.
    #[error("it has letters in place of digits")]
    Letters,
    /// It may be two numbers, or one whose second part nobody can place.
    #[error("it may be two numbers")]
    Several,
    /// It is spelled for one country, and nobody said which.
    #[error("it has no country code, and no region is set")]
    NoRegion,
    /// No country has its code.
    #[error("no country has its country code")]
    NoSuchCountry,
    /// It is an extension alone, or a short number as for emergencies.
    #[error("it is an extension or a short number")]
    Internal,
    /// It can be dialled inside one area only.
    #[error("it has no area code")]
    NoAreaCode,
    /// It is a number of another country, written without a plus.
    #[error("it begins with a country code, but without a plus")]
    NoPlus,
    /// The country has no numbers that begin like it.
    #[error("there are no such numbers")]
    NoSuchNumber,
    /// It has too few digits.
    #[error("it is too short")]
    TooShort,
    /// It has too many digits: two numbers in one, perhaps.
    #[error("it is too long")]
    TooLong,
}
