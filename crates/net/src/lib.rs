//! What clients of web services share: the one HTTP client and its proxy, bodies with a limit, causes of failures,
//! whether something on the way answered, `Retry-After`, back-off, and which addresses are on this machine.
//!
//! Helpers without state of the product. Knows no service, opens no connection of its own, and reads no clock.

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
