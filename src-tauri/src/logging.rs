//! Starts the log, which has one line for each event. No secret may be in it: the types of secrets do not print them.

#[cfg_attr(windows, path = "logging/windows.rs")]
#[cfg_attr(not(windows), path = "logging/elsewhere.rs")]
mod place;

use std::path::Path;

use tracing_subscriber::EnvFilter;

/// The usual filter: our own crates log what they do, others only warnings. `RUST_LOG` overrides it. zbus would warn of
/// the connection that is closed at the end.
const DEFAULT: &str = "warn,zbus=error,connectpath_teams=info,app=info,connect=info,graph=info,people=info,\
                       presence=info,sandbox=info,settings=info,signin=info";

/// Starts the log. It is quiet for a command that prints a report, because the report names the errors. `folder` is the
/// data folder, if the application runs.
pub fn start(is_quiet: bool, folder: Option<&Path>) {
    let usual = if is_quiet { "off" } else { DEFAULT };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(place::has_colours());
    log.with_writer(place::writer(folder)).init();
}
