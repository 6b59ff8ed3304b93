//! What is put into the agent's status message in Teams. Only the values and their words; it is written elsewhere.

/// What the agent's status message in Teams is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusMessage {
    /// Nothing of ours.
    #[default]
    Off,
    /// The agent's own direct number, with its extension.
    Number,
    /// The name of the status that the agent has in Amazon Connect.
    Status,
}

/// The words of `teams.status_message`.
pub(crate) const STATUS_MESSAGES: &[(&str, StatusMessage)] =
    &[("off", StatusMessage::Off), ("number", StatusMessage::Number), ("status", StatusMessage::Status)];
