//! Recent calls.

use std::time::Duration;

use jiff::Timestamp;
use people::{Dialable, PersonId};
use view::facts::CallWay;

/// A call that is over, with somebody of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallOver {
    pub(crate) person: PersonId,
    pub(crate) name: String,
    pub(crate) way: CallWay,
    pub(crate) number: Option<Dialable>,
    pub(crate) at: Timestamp,
    pub(crate) connected: Option<Duration>,
}
