//! Whole logins against a server on loopback that behaves as Entra does, with a browser that follows
//! redirects.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

mod browser;
mod confidential;
mod login;
mod policy;
mod refresh;
mod server;
mod strangers;
