//! The sandbox over its sockets, as its clients meet it.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod app;
mod aws;
mod calls;
mod ccp;
mod control;
mod entra;
mod graph;
mod panel;
mod trouble;
