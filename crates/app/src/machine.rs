//! The machines of the application: each owns one part of the state and decides what follows from what comes in.
//!
//! A machine takes an input, a context with what it needs to know of others, and the time; it returns what it asks for,
//! as values, and names its next deadline. It never reads a clock, waits, spawns, touches a file, a window or the
//! network, and never changes another machine: the controller carries out and routes. It finds no words either; `view`
//! does.

mod ask_again;
pub(crate) mod cache;
pub(crate) mod call;
pub(crate) mod ccp;
pub(crate) mod colleagues;
pub(crate) mod connect_login;
pub(crate) mod doctor;
pub(crate) mod ending;
pub(crate) mod find;
pub(crate) mod front;
pub(crate) mod gate;
pub(crate) mod incoming;
pub(crate) mod licence;
pub(crate) mod login;
pub(crate) mod message;
pub(crate) mod network;
pub(crate) mod orders;
pub(crate) mod own;
pub(crate) mod photos;
pub(crate) mod proxy;
mod reading;
pub(crate) mod recent;
pub(crate) mod settings;
pub(crate) mod sync;
pub(crate) mod team;
pub(crate) mod wizard;
