//! What clients of web services share.
//!
//! [`client()`] makes the one HTTP client, with the [`Proxy`] of the settings. [`body`] reads an answer up to a limit,
//! [`Failure`] says why there is none, and [`Gateway`] whether something on the way answered in place of the service.
//! [`RetryAfter`] and [`Backoff`] say how long to wait before the next request. [`is_loopback`] says which addresses
//! are on this machine.
//!
//! Knows no service, opens no connection of its own, and reads no clock.

mod address;
mod answer;
mod backoff;
mod bypass;
mod client;
mod gateway;
mod jitter;
mod proxy;
mod retry_after;

pub use address::is_loopback;
pub use answer::{Failure, body, tidy};
pub use backoff::Backoff;
pub use bypass::{BadBypass, Bypass, BypassEntry};
pub use client::{NoClient, client};
pub use gateway::{Gateway, is_page};
pub use jitter::Jitter;
pub use proxy::{BadProxy, BadProxyUser, Proxy, ProxyAddress, ProxyScheme, ProxyUser};
pub use retry_after::RetryAfter;
