//! Starts with the system, or not, as the settings say. Only for the person's own set-up, never for a demo.

use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt;

/// The name of the entry.
pub const NAME: &str = "connectpath-teams";

/// Makes the entry as wanted; a failure is logged, because the program runs all the same.
pub fn apply(app: &AppHandle, wanted: bool) {
    if let Err(error) = change(app, wanted) {
        tracing::warn!("starting with the system could not be changed: {error}");
    }
}

fn change(app: &AppHandle, wanted: bool) -> Result<(), Box<dyn std::error::Error>> {
    let manager = app.autolaunch();
    if manager.is_enabled()? == wanted {
        return Ok(());
    }
    if !wanted {
        return Ok(manager.disable()?);
    }
    manager.enable()?;
    #[cfg(target_os = "linux")]
    quote()?;
    Ok(())
}

/// The plugin writes the path unquoted: one with a space would never start.
#[cfg(target_os = "linux")]
fn quote() -> std::io::Result<()> {
    let Some(home) = std::env::home_dir() else { return Ok(()) };
    let entry = home.join(".config/autostart").join(format!("{NAME}.desktop"));
    let text = std::fs::read_to_string(&entry)?;
    let quoted = quoted(&text);
    if quoted == text { Ok(()) } else { std::fs::write(&entry, quoted) }
}

/// Quotes the program in the `Exec` line (Desktop Entry Specification, "The Exec key").
#[cfg(target_os = "linux")]
fn quoted(entry: &str) -> String {
    let lines = entry.lines().map(|line| {
        let Some((program, argument)) =
            line.strip_prefix("Exec=").and_then(|command| command.rsplit_once(" --"))
        else {
            return line.to_owned();
        };
        if !program.contains(' ') || program.starts_with('"') {
            return line.to_owned();
        }
        let mut escaped = String::with_capacity(program.len());
        for letter in program.chars() {
            match letter {
                // The value is a string with escapes of its own, so each backslash is written twice.
                '"' | '`' | '$' => escaped.push_str("\\\\"),
                '\\' => escaped.push_str("\\\\\\"),
                '%' => escaped.push('%'),
                _ => {}
            }
            escaped.push(letter);
        }
        format!("Exec=\"{escaped}\" --{argument}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_with_a_space_is_quoted() {
        let entry = "[Desktop Entry]\nExec=/opt/Connect Path/app --hidden\nTerminal=false";
        assert_eq!(quoted(entry), "[Desktop Entry]\nExec=\"/opt/Connect Path/app\" --hidden\nTerminal=false");
    }

    #[test]
    fn a_path_without_a_space_stays() {
        let entry = "[Desktop Entry]\nExec=/opt/app --hidden\nTerminal=false";
        assert_eq!(quoted(entry), entry);
    }

    #[test]
    fn quoting_twice_changes_nothing() {
        let once = quoted("Exec=/opt/50% of $me/app --hidden");
        assert_eq!(once, "Exec=\"/opt/50%% of \\\\$me/app\" --hidden");
        assert_eq!(quoted(&once), once);
    }
}
