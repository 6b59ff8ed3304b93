//! The entry on Linux: a file in the autostart folder of the person (XDG Desktop Application Autostart
//! Specification). It is written again when it would start another program, as after a move or an update.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use tauri::{AppHandle, Manager, process};
use thiserror::Error;

use super::{ARGUMENT, NAME};

/// Why the entry is not as wanted.
#[derive(Debug, Error)]
pub enum EntryError {
    /// The file or the folder cannot be read or written.
    #[error(transparent)]
    File(#[from] io::Error),
    /// Desktop entries are text in UTF-8.
    #[error("the path of the program is not UTF-8")]
    NotText,
    /// The desktop has no place for it.
    #[error("no home folder was found")]
    NoHome,
}

/// Makes the entry as wanted.
pub fn apply(app: &AppHandle, wanted: bool) -> Result<(), EntryError> {
    let program = process::current_binary(&app.env())?;
    let folder =
        folder(|name| env::var_os(name).map(PathBuf::from), env::home_dir()).ok_or(EntryError::NoHome)?;
    apply_in(&folder, program.to_str().ok_or(EntryError::NotText)?, wanted)
}

/// A path that is not absolute counts for none (XDG Base Directory Specification).
fn folder(variable: impl Fn(&str) -> Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    let config = variable("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    Some(config.or_else(|| Some(home?.join(".config")))?.join("autostart"))
}

fn apply_in(folder: &Path, program: &str, wanted: bool) -> Result<(), EntryError> {
    let path = folder.join(format!("{NAME}.desktop"));
    let current = match fs::read(&path) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    match change(current.as_deref(), program, wanted) {
        Change::Keep => {}
        Change::Write(text) => {
            fs::create_dir_all(folder)?;
            settings::atomic::write(&path, text.as_bytes())?;
            tracing::info!("the program starts with the system from now on");
        }
        Change::Remove => {
            fs::remove_file(&path)?;
            tracing::info!("the program does not start with the system any more");
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

/// What is to be done about an entry. One that starts the right program may have more in it, a delay for instance.
fn change(current: Option<&str>, program: &str, wanted: bool) -> Change {
    let has = |key, value: &str| current.is_some_and(|text| values(text, key).any(|found| found == value));
    if has("Hidden", "true") || has("X-GNOME-Autostart-enabled", "false") {
        // Removing it would let an entry of the same name start that is there for all people.
        return Change::Keep;
    }
    let exec = exec(program);
    match (wanted, current) {
        (false, None) => Change::Keep,
        (false, Some(_)) => Change::Remove,
        (true, Some(_)) if has("Exec", &exec) && has("Type", "Application") => Change::Keep,
        (true, _) => Change::Write(format!(
            "[Desktop Entry]\nType=Application\nVersion=1.5\nName=ConnectPath Teams\nExec={exec}\nIcon={NAME}\n\
             StartupNotify=false\nTerminal=false\n"
        )),
    }
}

/// The values of a key in the main group. There is one at most in a valid file; white space around the sign of
/// equality counts for nothing (Desktop Entry Specification, "Entries").
fn values<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    let group = text.lines().skip_while(|line| line.trim() != "[Desktop Entry]").skip(1);
    group.take_while(|line| !line.starts_with('[')).filter_map(move |line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| value.trim())
    })
}

/// The command line (Desktop Entry Specification, "The Exec key").
fn exec(program: &str) -> String {
    // The characters that an argument without quotes may not have.
    let reserved = |letter: char| " \t\n\"'\\><~|&;$*?#()`".contains(letter);
    if !program.contains(reserved) {
        return format!("{} {ARGUMENT}", program.replace('%', "%%"));
    }
    let mut quoted = String::with_capacity(program.len() + 2);
    for letter in program.chars() {
        match letter {
            // In quotes these are escaped; the backslashes are doubled, because a value has escapes of its own.
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
