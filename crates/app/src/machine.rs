//! The machines of the controller: each owns one part of its state, and is tested by value.
//!
//! An input and the time go in, what is to be done comes out as plain values, and the machine names its next deadline.
//! A machine must not carry out anything, wait, open a file or a connection, make words, or change another machine:
//! facts of others are arguments. `tests/rooms.rs` holds that.

pub(crate) mod ccp;
pub(crate) mod connect_login;
pub(crate) mod orders;
