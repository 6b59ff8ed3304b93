//! Amazon Connect: the agent's own session, as the CCP window reports it, and the service API for everybody else.
//!
//! [`Session`] is the state machine of the window: it takes a [`Message`] and returns a [`Change`]; an [`Order`] goes
//! back to the page. All messages are untrusted input. Only [`api`] uses the network. Must not know windows or Teams.

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
