//! The entry on Windows: a value under the person's own `Run` key, never under the machine's. Task Manager's own value
//! (`StartupApproved`) is not touched, so that an entry that the person switched off there stays off. Run under Wine,
//! never on a real Windows.

use std::{ffi::OsString, io};

use tauri::{AppHandle, Manager, process};
use winreg::{RegKey, enums::HKEY_CURRENT_USER};

use super::{ARGUMENT, NAME};

const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";

/// Creates, updates or removes the entry.
pub fn apply(app: &AppHandle, is_wanted: bool) -> io::Result<()> {
    let program = process::current_binary(&app.env())?;
    let (run, _) = RegKey::predef(HKEY_CURRENT_USER).create_subkey(RUN)?;
    let current: Option<OsString> = run.get_value(NAME).ok();
    let line = command_line(program.into_os_string());
    match (is_wanted, current) {
        (false, None) => Ok(()),
        (false, Some(_)) => run.delete_value(NAME),
        (true, Some(current)) if current == line => Ok(()),
        (true, _) => run.set_value(NAME, &line),
    }
}

/// Quotes the program: a path without quotes ends at its first space, and no path contains quotes.
fn command_line(program: OsString) -> OsString {
    let mut line = OsString::from("\"");
    line.push(program);
    line.push("\" ");
    line.push(ARGUMENT);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_quoted() {
        let line = command_line(r"C:\Program Files\ConnectPath Teams\app.exe".into());
        assert_eq!(line, r#""C:\Program Files\ConnectPath Teams\app.exe" --hidden"#);
    }
}
