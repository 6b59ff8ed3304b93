//! Why requests do not arrive, in words: what is seen, and what to do about it. Doctor and the cards say the same.

use crate::{
    facts::NetworkFault,
    model::NetworkCause,
    words::{fill, say},
};

/// The code of a fault, for the windows.
#[must_use]
pub const fn cause(fault: &NetworkFault) -> NetworkCause {
    match fault {
        NetworkFault::ProxyDown { .. } => NetworkCause::ProxyDown,
        NetworkFault::PasswordMissing { .. } => NetworkCause::PasswordMissing,
        NetworkFault::PasswordRefused { .. } => NetworkCause::PasswordRefused,
        NetworkFault::OtherLogin { .. } => NetworkCause::OtherLogin,
        NetworkFault::Refuses { .. } => NetworkCause::Refuses,
        NetworkFault::Unreached { .. } => NetworkCause::Unreached,
        NetworkFault::Script => NetworkCause::Script,
        NetworkFault::Inspected => NetworkCause::Inspected,
    }
}

/// What is seen, as a sentence.
#[must_use]
pub fn saw(fault: &NetworkFault) -> String {
    match fault {
        NetworkFault::ProxyDown { proxy } => fill("network.proxyDown.saw", &[("proxy", proxy)]),
        NetworkFault::PasswordMissing { proxy } => fill("network.passwordMissing.saw", &[("proxy", proxy)]),
        NetworkFault::PasswordRefused { proxy } => fill("network.passwordRefused.saw", &[("proxy", proxy)]),
        NetworkFault::OtherLogin { proxy, kinds } => {
            fill("network.otherLogin.saw", &[("proxy", proxy), ("kinds", kinds)])
        }
        NetworkFault::Refuses { proxy } => fill("network.refuses.saw", &[("proxy", proxy)]),
        NetworkFault::Unreached { proxy } => fill("network.unreached.saw", &[("proxy", proxy)]),
        NetworkFault::Script => say("network.script.saw"),
        NetworkFault::Inspected => say("network.inspected.saw"),
    }
}

/// What to do about it, as a sentence.
#[must_use]
pub fn to_do(fault: &NetworkFault) -> String {
    say(match cause(fault) {
        NetworkCause::ProxyDown => "network.proxyDown.toDo",
        NetworkCause::PasswordMissing => "network.passwordMissing.toDo",
        NetworkCause::PasswordRefused => "network.passwordRefused.toDo",
        NetworkCause::OtherLogin => "network.otherLogin.toDo",
        NetworkCause::Refuses => "network.refuses.toDo",
        NetworkCause::Unreached => "network.unreached.toDo",
        NetworkCause::Script => "network.script.toDo",
        NetworkCause::Inspected => "network.inspected.toDo",
    })
}

/// Both in one, as the cards say it.
#[must_use]
pub fn sentence(fault: &NetworkFault) -> String {
    format!("{} {}", saw(fault), to_do(fault))
}

/// The foot of the drawer has no room for more.
pub(super) fn short(fault: &NetworkFault) -> String {
    say(match cause(fault) {
        NetworkCause::ProxyDown => "network.proxyDown.short",
        NetworkCause::PasswordMissing => "network.passwordMissing.short",
        NetworkCause::PasswordRefused => "network.passwordRefused.short",
        NetworkCause::OtherLogin => "network.otherLogin.short",
        NetworkCause::Refuses => "network.refuses.short",
        NetworkCause::Unreached => "network.unreached.short",
        NetworkCause::Script => "network.script.short",
        NetworkCause::Inspected => "network.inspected.short",
    })
}
