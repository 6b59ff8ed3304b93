//! `cargo xtask bench`: what the application costs on a desktop. It runs the real program against the sandbox on a
//! private desktop and measures it from outside, beside bare windows of the same web view, in one run and never at the
//! same time: libraries that other web views have loaded already would make it look small.
//!
//! It measures and judges nothing but its own aims; a slow machine fails no test.

#[cfg(target_os = "linux")]
mod cost;
#[cfg(target_os = "linux")]
mod report;
#[cfg(target_os = "linux")]
mod scene;
#[cfg(target_os = "linux")]
mod screen;

use std::{io::Write, process::ExitCode};

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> ExitCode {
    let mut paths = std::env::args_os().skip(1).map(std::path::PathBuf::from);
    let (Some(program), Some(bare), Some(file)) = (paths.next(), paths.next(), paths.next()) else {
        return say("usage: desktop-bench PROGRAM BARE-WINDOWS RESULT.json", ExitCode::from(2));
    };
    let measured = match scene::measure(&program, &bare).await {
        Ok(measured) => measured,
        Err(error) => return say(&format!("Nothing was measured: {error}"), ExitCode::FAILURE),
    };
    let saved = report::save(&measured, &file);
    let table = report::table(&measured);
    match saved {
        Ok(()) => say(&format!("{table}\nAll of it: {}", file.display()), ExitCode::SUCCESS),
        Err(error) => say(&format!("{table}\n{}: {error}", file.display()), ExitCode::FAILURE),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    say("The desktop is measured on Linux only: it needs a D-Bus and an X server.", ExitCode::FAILURE)
}

/// Prints, and returns the code.
fn say(text: &str, code: ExitCode) -> ExitCode {
    // If the output is closed, nobody reads it.
    drop(writeln!(std::io::stdout(), "{text}"));
    code
}
