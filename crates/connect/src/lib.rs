//! Amazon Connect: the agent's session as Streams tells it, and the service API for everybody else.
//!
//! Parses and checks what the CCP window says; everything from there is untrusted input. Only [`api`] reaches the network.
//! Must not know windows or Teams.

mod agent;
mod agent_error;
pub mod api;
mod call;
mod change;
mod contact;
mod failure;
mod hosting;
mod inbound;
pub mod message;
mod pulse;
mod session;

pub use agent::Agent;
pub use agent_error::AgentError;
pub use call::{Call, FlowCaller, Inbound, Reached};
pub use change::{Change, Phase};
pub use failure::Failure;
pub use hosting::{APPROVED_ORIGIN, OWN_SCHEME};
pub use message::{Alive, LONGEST_MESSAGE, Message, Order, WireError};
pub use session::Session;
