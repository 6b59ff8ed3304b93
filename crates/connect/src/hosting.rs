//! Our own page around the CCP, for instances whose administrator has approved its origin.

/// The scheme of our own page. It is not shared with other programs, because their pages would be approved too.
pub const OWN_SCHEME: &str = "connectpath-teams";

/// What the administrator enters under "Approved origins" of the instance, exactly. WebView2 has no
/// custom schemes and serves them from a host name that does not exist.
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
