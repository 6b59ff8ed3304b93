//! What cannot be tested under Wine, and why. Each entry is a test that passes on Windows as far as can be concluded from
//! Microsoft's documents, or a thing that no test can see here. Faults of our own are fixed, never listed.

/// A test, by the name that its program gives it, and the limit of Wine.
pub(super) const LIMITS: &[(&str, &str)] = &[
    (
        "watch::tests::folders_may_come_later_and_go_and_come_again",
        "Wine does not let a folder go while somebody watches it, so the test waits for ever",
    ),
    (
        "whoever_reads_a_policy_while_it_is_replaced_reads_the_old_one_whole",
        "Wine replaces no file that somebody has open, which Windows 10 and later do",
    ),
    ("a_login_with_pkce_brings_tokens_and_says_who_it_is", NODE),
    ("refresh_tokens_rotate_and_a_used_one_ends_the_authorization", NODE),
    ("who_turns_away_is_not_logged_in", NODE),
];

const NODE: &str = "starts node, and there is none for Windows here";

/// The arguments that leave those tests out.
pub(super) fn skipped() -> impl Iterator<Item = &'static str> {
    LIMITS.iter().flat_map(|(test, _)| ["--skip", test])
}
