//! Our own page around the CCP, for instances in which an administrator approves of its origin.

/// The scheme of our own page. One of its own, because a scheme that other programs share would approve of them
/// too.
pub const OWN_SCHEME: &str = "connectpath-teams";

/// What the administrator enters under "Approved origins" of the instance, exactly. Windows' webview has no
/// schemes of its own and serves them from a host that leads nowhere.
pub const APPROVED_ORIGIN: &str =
    if cfg!(windows) { "https://connectpath-teams.localhost" } else { "connectpath-teams://localhost" };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_that_of_the_scheme() {
        let written = if cfg!(windows) {
            format!("https://{OWN_SCHEME}.localhost")
        } else {
            format!("{OWN_SCHEME}://localhost")
        };
        assert_eq!(APPROVED_ORIGIN, written);
    }
}
