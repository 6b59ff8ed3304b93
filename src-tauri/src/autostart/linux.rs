//! The entry on Linux: a file in the person's autostart folder (XDG Desktop Application Autostart Specification).
//! The file is written again if it would start another program, for instance after a move or an update.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use tauri::{AppHandle, Manager, process};
use thiserror::Error;

use super::{ARGUMENT, NAME};

/// Why the entry could not be changed.
#[derive(Debug, Error)]
pub enum EntryError {
    /// The file or the folder cannot be read or written.
    #[error(transparent)]
    File(#[from] io::Error),
    /// Desktop entries are text in UTF-8.
    #[error("the path of the program is not UTF-8")]
    NotText,
    /// There is no folder for the entry.
    #[error("no home folder was found")]
    NoHome,
}

/// Creates, updates or removes the entry.
pub fn apply(app: &AppHandle, is_wanted: bool) -> Result<(), EntryError> {
    let program = process::current_binary(&app.env())?;
    let folder = autostart_folder(|name| env::var_os(name).map(PathBuf::from), env::home_dir())
        .ok_or(EntryError::NoHome)?;
    apply_in_folder(&folder, program.to_str().ok_or(EntryError::NotText)?, is_wanted)
}

/// A path that is not absolute is ignored (XDG Base Directory Specification).
fn autostart_folder(variable: impl Fn(&str) -> Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    let config = variable("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    Some(config.or_else(|| Some(home?.join(".config")))?.join("autostart"))
}

fn apply_in_folder(folder: &Path, program: &str, is_wanted: bool) -> Result<(), EntryError> {
    let path = folder.join(format!("{NAME}.desktop"));
    let current = match fs::read(&path) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    match plan_change(current.as_deref(), program, is_wanted) {
        Change::Keep => {}
        Change::Write(text) => {
            fs::create_dir_all(folder)?;
            settings::atomic::write(&path, text.as_bytes())?;
            tracing::info!("the program now starts with the system");
        }
        Change::Remove => {
            fs::remove_file(&path)?;
            tracing::info!("the program no longer starts with the system");
        }
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Change {
    Keep,
    Write(String),
    Remove,
}

/// Compares an entry with the wanted one. An entry that starts the right program may contain more, a delay for instance.
fn plan_change(current: Option<&str>, program: &str, is_wanted: bool) -> Change {
    let has = |key, value: &str| current.is_some_and(|text| values(text, key).any(|found| found == value));
    if has("Hidden", "true") || has("X-GNOME-Autostart-enabled", "false") {
        // Without this file a system-wide entry of the same name would start the program.
        return Change::Keep;
    }
    let exec = exec_line(program);
    match (is_wanted, current) {
        (false, None) => Change::Keep,
        (false, Some(_)) => Change::Remove,
        (true, Some(_)) if has("Exec", &exec) && has("Type", "Application") => Change::Keep,
        (true, _) => Change::Write(format!(
            "[Desktop Entry]\nType=Application\nVersion=1.5\nName=ConnectPath Teams\nExec={exec}\nIcon={NAME}\n\
             StartupNotify=false\nTerminal=false\n"
        )),
    }
}

/// The values of a key in the main group. A valid file has at most one; white space around the equals sign is ignored
/// (Desktop Entry Specification, "Entries").
fn values<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    let group = text.lines().skip_while(|line| line.trim() != "[Desktop Entry]").skip(1);
    group.take_while(|line| !line.starts_with('[')).filter_map(move |line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| value.trim())
    })
}

/// The command line of the entry (Desktop Entry Specification, "The Exec key").
fn exec_line(program: &str) -> String {
    // An argument without quotes must not contain these characters.
    let reserved = |letter: char| " \t\n\"'\\><~|&;$*?#()`".contains(letter);
    if !program.contains(reserved) {
        return format!("{} {ARGUMENT}", program.replace('%', "%%"));
    }
    let mut quoted = String::with_capacity(program.len() + 2);
    for letter in program.chars() {
        match letter {
            // Quotes require an escape for these. The backslashes are doubled, because the value itself is escaped too.
            '"' | '`' | '$' => quoted.extend(["\\\\", letter.encode_utf8(&mut [0; 4])]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ => quoted.push(letter),
        }
    }
    format!("\"{quoted}\" {ARGUMENT}")
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
