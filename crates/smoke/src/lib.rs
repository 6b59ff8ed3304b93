//! A private desktop for the real application, and the smoke test that runs on it.
//!
//! [`stage`] gives a started program a display, a session bus, a tray, a notification server, a keyring and a
//! browser of its own; the desktop tests in `tests/` and the measurements in `bench` use it too. [`run`] is the smoke
//! test, started by `cargo xtask smoke`. Nothing here knows the application's insides: it is started as a process and
//! seen from outside. No product crate depends on this one, except for its own tests.
#![cfg(target_os = "linux")]

mod person;
mod report;
pub mod stage;
mod steps;

pub use person::sign_in;
pub use report::Outcome;
pub use steps::run;
