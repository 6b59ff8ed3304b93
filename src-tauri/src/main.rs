//! The desktop shell: windows, tray, notifications, keyring, browser. It carries out what the controller in `app`
//! decides, and decides nothing itself.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod autostart;
mod browser;
mod cli;
mod commands;
mod console;
mod demo;
mod doctor;
mod folder;
mod host;
mod logging;
mod machine;
mod notifications;
mod output;
mod probe;
mod quit;
mod run;
mod save_as;
mod secrets;
mod start_error;
mod tray;
mod wake;
mod webview;
mod windows;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    console::attach();
    webview::prepare();
    let cli = cli::Cli::parse();
    logging::start(cli.is_report(), cli.data_folder().as_deref());
    // The dependencies contain two TLS providers; without a choice the first connection would panic.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider was installed already");
    }
    match cli.run() {
        Ok(code) => code,
        Err(error) => {
            console::show_message(&error.to_string());
            error.exit_code()
        }
    }
}
