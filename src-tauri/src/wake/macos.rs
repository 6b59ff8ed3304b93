//! Nothing is heard on macOS: the controller's clock notices a sleep, and a network that is back is noticed when the
//! next attempt is due.

use app::Requests;

/// Does nothing.
#[expect(clippy::needless_pass_by_value, reason = "the same signature on every system")]
pub fn watch(_requests: Requests) {}
