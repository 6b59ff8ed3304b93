//! Amazon Connect: the agent's session as Streams tells it.
//!
//! Parses and checks what the CCP window says; everything from there is untrusted input. Must not know
//! windows, the network or Teams.

mod agent;
mod call;
mod change;
mod failure;
mod hosting;
pub mod message;
mod pulse;
mod session;

pub use agent::Agent;
pub use call::Call;
pub use change::{Change, Phase};
pub use failure::Failure;
pub use hosting::{APPROVED_ORIGIN, OWN_SCHEME};
pub use message::{Alive, LONGEST_MESSAGE, Message, Order, WireError};
pub use session::Session;
