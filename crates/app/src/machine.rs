//! The machines: each owns one part of the state, takes inputs with the time, and answers with effects as values.
//!
//! A machine has private fields, an `on` that takes an input and `now`, and a `deadline` that names when it is to be
//! asked next. What others know comes in as arguments. It must not take another machine or the controller, name the
//! host, spawn, wait, touch a file, or make sentences: the controller carries out its effects, and words are found
//! where the view is built. So every fault of a machine can be shown by value, without a clock or a server.

pub(crate) mod call;
