//! The program of the smoke test: `smoke-test PROGRAM`, started by `cargo xtask smoke`.

use std::{io::Write, process::ExitCode};

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let Some(program) = std::env::args_os().nth(1) else {
        return refuse("Which application? smoke-test PROGRAM");
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("The smoke test could not be started: {error}.")),
    };
    let outcome = runtime.block_on(smoke::run(program.as_ref()));
    if outcome.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The private desktop consists of a D-Bus and an X server.
#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    refuse("The smoke test needs Linux.")
}

fn refuse(why: &str) -> ExitCode {
    // If standard error is closed, the exit code is all that is left.
    let _ = writeln!(std::io::stderr(), "{why}");
    ExitCode::from(2)
}
