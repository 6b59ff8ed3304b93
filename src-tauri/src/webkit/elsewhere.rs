//! Other systems' web views need nothing.

use std::process::Command;

use crate::start_error::StartError;

/// Nothing to prepare.
pub fn prepare() {}

/// Nothing was prepared.
pub fn forget(_: &mut Command) {}

/// There always is a display.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn require_display() -> Result<(), StartError> {
    Ok(())
}
