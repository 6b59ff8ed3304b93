//! The client against a server on loopback that answers as Graph does, and as Graph does not.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

mod failures;
mod licence;
mod message;
mod organization;
mod people;
mod photo;
mod presence;
mod server;
