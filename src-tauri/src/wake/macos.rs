//! Does not listen on macOS: the controller's clock notices a sleep, and the next attempt notices that the network is
//! connected again.

use app::Requests;

/// Does nothing.
#[expect(clippy::needless_pass_by_value, reason = "the same signature on every system")]
pub fn watch(_requests: Requests) {}
