//! The entry on macOS: a launch agent, written by Tauri's plugin. It is written again if it names another program, for
//! instance after a move or an update. Compiled by the workflow only, never run by us.

use std::{env, fs, io};

use tauri::{AppHandle, Manager, Wry, plugin::TauriPlugin, process};
use tauri_plugin_autostart::{Builder, ManagerExt};

use super::{ARGUMENT, NAME};

/// The plugin that writes the launch agent.
pub fn plugin() -> TauriPlugin<Wry> {
    Builder::new().app_name(NAME).arg(ARGUMENT).build()
}

/// Creates, updates or removes the entry.
pub fn apply(app: &AppHandle, is_wanted: bool) -> Result<(), Box<dyn std::error::Error>> {
    let manager = app.autolaunch();
    match (is_wanted, manager.is_enabled()?) {
        (false, false) => Ok(()),
        (false, true) => Ok(manager.disable()?),
        (true, true) if names_this_program(app)? => Ok(()),
        (true, _) => Ok(manager.enable()?),
    }
}

fn names_this_program(app: &AppHandle) -> io::Result<bool> {
    let program = process::current_binary(&app.env())?.canonicalize()?;
    let home = env::home_dir().ok_or(io::ErrorKind::NotFound)?;
    let agent = fs::read_to_string(home.join("Library/LaunchAgents").join(format!("{NAME}.plist")))?;
    Ok(agent.contains(&format!("<string>{}</string>", program.display())))
}
