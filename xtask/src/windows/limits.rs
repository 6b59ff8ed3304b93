//! What cannot be tested under Wine, and why. Each entry is a test that passes on Windows as far as anybody can tell from
//! Microsoft's documents, or a thing that no test can see here. A fault of ours is mended, and never listed.

/// A test, by the name that its program gives it, and the limit of Wine.
pub(super) const LIMITS: &[(&str, &str)] = &[(
    "watch::tests::folders_may_come_later_and_go_and_come_again",
    "Wine does not let a folder go while somebody watches it, so the test waits for ever",
)];

/// The arguments that leave those tests out.
pub(super) fn skipped() -> impl Iterator<Item = &'static str> {
    LIMITS.iter().flat_map(|(test, _)| ["--skip", test])
}
