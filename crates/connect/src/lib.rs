//! Amazon Connect: the agent's session as Streams tells it.
//!
//! Parses and checks what the CCP window says; everything from there is untrusted input. Must not know
//! windows, the network or Teams.

pub mod message;
