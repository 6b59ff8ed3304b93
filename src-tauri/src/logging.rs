//! The log: one line an event. Secrets cannot get in, because their types do not print.

#[cfg_attr(windows, path = "logging/windows.rs")]
#[cfg_attr(not(windows), path = "logging/elsewhere.rs")]
mod place;

use std::path::Path;

use tracing_subscriber::EnvFilter;

/// Our own crates log what they do, others only warnings. `RUST_LOG` overrides this.
/// zbus complains about the connection that is closed at the end.
const DEFAULT: &str = "warn,zbus=error,connectpath_teams=info,app=info,connect=info,graph=info,people=info,\
                       presence=info,sandbox=info,settings=info,signin=info";

/// Starts the log. Beside a report it is quiet: what goes wrong is in the report. `folder` is the data folder of an
/// application that goes on running.
pub fn start(quiet: bool, folder: Option<&Path>) {
    let usual = if quiet { "off" } else { DEFAULT };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(place::takes_colours());
    log.with_writer(place::writer(folder)).init();
}
