//! Why something cannot happen now, in one sentence each.

use thiserror::Error;

/// Why something cannot happen now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// There is no such status.
    #[error("There is no status {0:?}.")]
    UnknownStatus(String),
    /// The routing profile has no such queue.
    #[error("The agent's routing profile has no queue {0:?}.")]
    UnknownQueue(String),
    /// The agent does not have that contact, or the contact not that connection.
    #[error("The agent has no such contact.")]
    UnknownContact,
    /// Nobody is logged in to Connect.
    #[error("The agent is not logged in to Connect.")]
    NotLoggedIn,
    /// One contact at a time, until it is cleared.
    #[error("The agent already has a contact. Clear it first.")]
    HasContact,
    /// Missed, rejected and failed contacts keep the agent until they are cleared.
    #[error("The agent has a contact that was missed, rejected or failed. Clear it first.")]
    Uncleared,
    /// Contacts come to a routable status only.
    #[error("The agent is in {0:?}, which takes no contacts. Choose Available first.")]
    NotRoutable(&'static str),
    /// The contact must be in another stage.
    #[error("There is no contact that is {0}.")]
    NoContact(&'static str),
    /// Only voice can be held, and takes digits.
    #[error("Only a voice contact can do that.")]
    NotVoice,
    /// A status cannot be set on a live contact.
    #[error("The agent is handling a live contact. Queue the status as the next one.")]
    LiveContact,
    /// The security profile allows no outbound calls.
    #[error("The agent may not place outbound calls.")]
    MayNotDial,
    /// It is no number of the form +441632960000, or the country is not called.
    #[error("The number is not E.164, or its country cannot be called.")]
    BadNumber,
    /// There are no keys for them.
    #[error("Digits are 0 to 9, the star, the hash sign, and a comma for a pause.")]
    BadDigits,
    /// No status can be called that.
    #[error("A status has a name of its own, of 1 to 127 characters, not {0:?}.")]
    BadName(String),
    /// The routable status and the offline one are always there.
    #[error("{0:?} is no custom status, so it is always there.")]
    NotCustom(&'static str),
}
