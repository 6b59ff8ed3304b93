//! What cannot be tested under Wine, and why. Each entry is a test that passes on Windows as far as anybody can tell from
//! Microsoft's documents, or a thing that no test can see here. A fault of ours is mended, and never listed.

/// A test, by the name that its program gives it, and the limit of Wine.
pub(super) const LIMITS: &[(&str, &str)] = &[];

/// The arguments that leave those tests out.
pub(super) fn skipped() -> impl Iterator<Item = &'static str> {
    LIMITS.iter().flat_map(|(test, _)| ["--skip", test])
}
