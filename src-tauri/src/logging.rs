//! The log: one line an event on standard error. Secrets cannot get in, because their types do not print.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Our own rooms tell what they do; others only what is wrong. `RUST_LOG` says otherwise.
/// zbus complains about the connection that is closed at the end.
const DEFAULT: &str = "warn,zbus=error,connectpath_teams=info,app=info,connect=info,graph=info,people=info,\
                       presence=info,sandbox=info,settings=info,signin=info,smoke=info";

/// Starts the log. Beside a report it is quiet: what goes wrong stands in the report.
pub fn start(quiet: bool) {
    let usual = if quiet { "off" } else { DEFAULT };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}
