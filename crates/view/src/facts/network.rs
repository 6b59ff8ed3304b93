//! Why requests do not arrive although there is a network, as far as a check of the way to a service shows it.

/// What is in the way of our own requests. Each has its own sentence and its own next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkFault {
    /// Nothing accepts connections at the address of the proxy.
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
    /// Something on the way shows certificates of its own, and this machine does not trust their issuer.
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

/// Which way the pages of Connect take to the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebViewWay {
    /// The same as our own requests.
    AsOurRequests,
    /// By the system's proxy, while our own requests go by the one in the settings.
    BySystemProxy,
}

impl WebViewWay {
    /// The way on this system, named as [`std::env::consts::OS`] is. On macOS web views take no proxy from us: WebKit
    /// has no bypass list (`src-tauri/src/windows/proxy/macos.rs`).
    #[must_use]
    pub fn on(system: &str, settings_name_a_proxy: bool) -> Self {
        if system == "macos" && settings_name_a_proxy { Self::BySystemProxy } else { Self::AsOurRequests }
    }
}

impl NetworkFault {
    /// Whether it stops web views that take this way as well. They follow scripts, and log in to proxies as the person of
    /// the machine. A fault on the way of our own requests proves nothing about another way.
    #[must_use]
    pub const fn stops_web_views(&self, way: WebViewWay) -> bool {
        match (way, self) {
            (WebViewWay::BySystemProxy, _) => false,
            (
                WebViewWay::AsOurRequests,
                Self::ProxyDown { .. }
                | Self::PasswordMissing { .. }
                | Self::PasswordRefused { .. }
                | Self::Refuses { .. }
                | Self::Unreached { .. }
                | Self::Inspected,
            ) => true,
            (WebViewWay::AsOurRequests, Self::OtherLogin { .. } | Self::Script) => false,
        }
    }
}
