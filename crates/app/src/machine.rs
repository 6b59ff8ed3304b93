//! The machines of the controller. A machine has private state; an input and the time go in, effects as plain values
//! come out, and it names its next deadline. What it needs to know of others comes in with the input.
//!
//! A machine must not name the trait `Host`, spawn, wait, open a file, or make words for people; none changes another.

pub(crate) mod login;
