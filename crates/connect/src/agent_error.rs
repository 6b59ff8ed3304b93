//! The error states of an agent: what went wrong with the last call. Contains no texts.

/// An error state of the agent (amazon-connect-streams 2.28.2, `AgentErrorStates`). It lasts until its contact is
/// cleared. For a call that the agent dials, *customer* is the called person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentError {
    /// The agent hung up before it was connected.
    AgentHungUp,
    /// The agent's own number cannot be dialled (desk phone).
    BadAddressAgent,
    /// The number of the other side cannot be dialled.
    BadAddressCustomer,
    /// The agent's side could not be connected: there is no audio.
    FailedConnectAgent,
    /// The other side could not be connected.
    FailedConnectCustomer,
    /// The agent's own line is engaged (desk phone).
    LineEngagedAgent,
    /// The other side's line is engaged.
    LineEngagedCustomer,
    /// The agent's side was not answered.
    MissedCallAgent,
    /// The other side did not answer.
    MissedCallCustomer,
    /// The softphone is open in more than one window.
    MultipleCcpWindows,
    /// The sound could not be set up.
    RealtimeCommunicationError,
    /// `Error`, `Default`, `InvalidLocale`, and every unknown word: no more is known.
    Other,
}

impl AgentError {
    pub(crate) fn read(word: &str) -> Self {
        match word {
            "AgentHungUp" => Self::AgentHungUp,
            "BadAddressAgent" => Self::BadAddressAgent,
            "BadAddressCustomer" => Self::BadAddressCustomer,
            "FailedConnectAgent" => Self::FailedConnectAgent,
            "FailedConnectCustomer" => Self::FailedConnectCustomer,
            "LineEngagedAgent" => Self::LineEngagedAgent,
            "LineEngagedCustomer" => Self::LineEngagedCustomer,
            "MissedCallAgent" => Self::MissedCallAgent,
            "MissedCallCustomer" => Self::MissedCallCustomer,
            "MultipleCcpWindows" => Self::MultipleCcpWindows,
            "RealtimeCommunicationError" => Self::RealtimeCommunicationError,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_as_the_error_of_its_name_and_an_unknown_one_as_other() {
        for word in [
            "AgentHungUp",
            "BadAddressAgent",
            "BadAddressCustomer",
            "FailedConnectAgent",
            "FailedConnectCustomer",
            "LineEngagedAgent",
            "LineEngagedCustomer",
            "MissedCallAgent",
            "MissedCallCustomer",
            "MultipleCcpWindows",
            "RealtimeCommunicationError",
        ] {
            assert_eq!(format!("{:?}", AgentError::read(word)), word);
        }
        for word in ["Error", "Default", "InvalidLocale", "Other", "lineEngagedCustomer", ""] {
            assert_eq!(AgentError::read(word), AgentError::Other, "{word}");
        }
    }
}
