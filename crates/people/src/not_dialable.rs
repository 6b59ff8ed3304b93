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
    /// It is spelled for one country, and nobody said which.
    #[error("it has no country code, and no region is set")]
    NoRegion,
    /// No country has its code.
    #[error("no country has its country code")]
    NoSuchCountry,
    /// It has too few digits: an extension alone, or a number without its area code.
    #[error("it is too short")]
    TooShort,
    /// It has too many digits: two numbers in one, perhaps.
    #[error("it is too long")]
    TooLong,
}
