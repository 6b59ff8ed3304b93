//! Where requests go, and which endpoints include others. It must not know what goes wrong there.

use serde::{Deserialize, Serialize};

/// Where requests go. `Graph` and `Everything` include several of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Endpoint {
    /// Reading the agent's own presence.
    OwnPresence,
    /// Writing presence: sessions and the preferred presence.
    Writes,
    /// Reading other people's presence.
    Colleagues,
    /// The list of people, `/users`.
    Directory,
    /// Photos of people.
    Photos,
    /// The signed-in person, `/me`.
    Me,
    /// Entra's token endpoint.
    Token,
    /// Everything of Graph.
    Graph,
    /// Everything of Microsoft: Graph and the token endpoint.
    Everything,
    /// The service API of Amazon Connect.
    ConnectApi,
    /// The Security Token Service of AWS.
    Sts,
}

impl Endpoint {
    /// Every endpoint.
    pub const ALL: [Self; 11] = [
        Self::OwnPresence,
        Self::Writes,
        Self::Colleagues,
        Self::Directory,
        Self::Photos,
        Self::Me,
        Self::Token,
        Self::Graph,
        Self::Everything,
        Self::ConnectApi,
        Self::Sts,
    ];

    /// True if a fault of this endpoint concerns a request to `other`.
    pub(super) fn covers(self, other: Self) -> bool {
        match self {
            Self::Everything => !other.is_of_amazon(),
            Self::Graph => other != Self::Token && !other.is_of_amazon(),
            Self::OwnPresence
            | Self::Writes
            | Self::Colleagues
            | Self::Directory
            | Self::Photos
            | Self::Me
            | Self::Token
            | Self::ConnectApi
            | Self::Sts => self == other,
        }
    }

    /// True for the services of AWS.
    fn is_of_amazon(self) -> bool {
        matches!(self, Self::ConnectApi | Self::Sts)
    }
}
