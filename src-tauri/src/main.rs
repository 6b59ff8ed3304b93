//! The desktop shell: windows, tray, notifications, keyring, browser. It carries what the controller in
//! `app` decides, and decides nothing itself.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod autostart;
mod browser;
mod cli;
mod commands;
mod demo;
mod doctor;
mod folder;
mod host;
mod logging;
mod machine;
mod notifications;
mod probe;
mod quit;
mod run;
mod save_as;
mod secrets;
mod start_error;
mod tray;
mod wake;
mod webkit;
mod windows;

use std::{io::Write, process::ExitCode};

use clap::Parser;

fn main() -> ExitCode {
    webkit::prepare();
    let cli = cli::Cli::parse();
    logging::start(cli.prints());
    // Two TLS providers are in the tree of dependencies; without a choice the first connection would panic.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider was there already");
    }
    match cli.run() {
        Ok(code) => code,
        Err(error) => {
            // Without a console there is nobody to tell; the exit code still says it.
            drop(writeln!(std::io::stderr(), "{error}"));
            error.exit_code()
        }
    }
}
