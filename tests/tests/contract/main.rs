//! The sandbox against what others say of the services that it plays: Microsoft's description of Graph, and AWS's own
//! client. A sign-in goes through the real pages.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod aws;
mod graph;
mod sign_in;
