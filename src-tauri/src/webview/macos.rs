//! Nothing to prepare or to check: WebKit is a part of macOS.

use std::process::Command;

use doctor::Drawing;

use crate::start_error::StartError;

/// Nothing to prepare.
pub fn prepare() {}

/// Nothing was prepared.
pub fn clean_environment(_: &mut Command) {}

/// The system decides.
pub fn current_drawing() -> Drawing {
    Drawing::Usual
}

/// It is always there.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn require() -> Result<(), StartError> {
    Ok(())
}
