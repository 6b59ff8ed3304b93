//! A number as an order names it: what was shown, and what is kept of a call. It does not know whose it is.

use people::Dialable;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallNumber {
    /// In E.164.
    pub(crate) e164: String,
    /// What is sent after connection, if anything.
    pub(crate) digits: Option<String>,
}

impl From<&Dialable> for CallNumber {
    fn from(number: &Dialable) -> Self {
        Self { e164: number.e164.clone(), digits: number.digits.clone() }
    }
}

impl CallNumber {
    /// True for the same number with the same digits after it.
    pub(crate) fn is(&self, number: &Dialable) -> bool {
        self.e164 == number.e164 && self.digits == number.digits
    }

    /// The same if nobody has such a number any more: nothing but its digits is known.
    pub(crate) fn unread(&self) -> Dialable {
        Dialable {
            e164: self.e164.clone(),
            words: self.e164.clone(),
            digits: self.digits.clone(),
            country: None,
        }
    }
}
