//! What cannot be tested under Wine, and why. Each entry is a test that passes on Windows according to Microsoft's
//! documents. Faults of our own are fixed, never listed.

/// The name of each test in its test program, and the limit of Wine.
pub(super) const LIMITS: &[(&str, &str)] = &[
    (
        "watch::tests::folders_may_come_later_and_go_and_come_again",
        "Wine does not remove a folder that is watched, so the test waits for ever",
    ),
    (
        "wizard::export::a_reader_of_a_policy_that_is_replaced_reads_all_of_the_old_one",
        "Wine does not replace a file that a process has open; Windows 10 and later do",
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
