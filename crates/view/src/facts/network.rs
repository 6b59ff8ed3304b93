//! What keeps the network from carrying what it should, as far as a look at it can tell.

/// Why requests do not arrive, although there is a network. Each has its own sentence and its own next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkFault {
    /// Nobody takes connections where the proxy should be.
    ProxyDown {
        /// Host and port of the proxy, here and below.
        proxy: String,
    },
    /// It asks for a name and a password, and none are known.
    PasswordMissing {
        /// See above.
        proxy: String,
    },
    /// It does not take the password that is known.
    PasswordRefused {
        /// See above.
        proxy: String,
    },
    /// It asks for a login that our own requests cannot give: NTLM, Kerberos, Digest.
    OtherLogin {
        /// See above.
        proxy: String,
        /// The kinds that it takes: "Negotiate, NTLM".
        kinds: String,
    },
    /// It lets nobody through to this host.
    Refuses {
        /// See above.
        proxy: String,
    },
    /// It does not reach this host itself.
    Unreached {
        /// See above.
        proxy: String,
    },
    /// A script says which proxy to take, and only web views can follow it.
    Script,
    /// Something on the way shows certificates of its own, and this machine does not trust whoever issues them.
    Inspected,
}

/// The faults on the way to each side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkFacts {
    /// On the way to Microsoft.
    pub microsoft: Option<NetworkFault>,
    /// On the way to Amazon Connect.
    pub connect: Option<NetworkFault>,
}

impl NetworkFault {
    /// Whether it stops web views as well: they follow scripts, and log in to proxies as the person of the machine.
    #[must_use]
    pub const fn stops_web_views(&self) -> bool {
        match self {
            Self::ProxyDown { .. }
            | Self::PasswordMissing { .. }
            | Self::PasswordRefused { .. }
            | Self::Refuses { .. }
            | Self::Unreached { .. }
            | Self::Inspected => true,
            Self::OtherLogin { .. } | Self::Script => false,
        }
    }
}
