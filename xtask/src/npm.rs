//! npm: checks that Node.js is new enough, and installs the packages of a lock file.

use std::{fs, path::Path, process::Command, time::SystemTime};

use crate::step::{self, Failure, Outcome};

/// The oldest Node.js that works with the tools of `ui/package.json`.
const NODE: (u32, u32) = (20, 19);

/// npm in this folder.
pub(crate) fn npm(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(args).current_dir(folder);
    command
}

/// Installs the npm packages of the folder's lock file, unless they are installed already.
pub(crate) fn install(name: &str, folder: &Path) -> Outcome {
    check_node()?;
    if is_missing(folder) {
        step::quietly(name, npm(folder, &["ci"]))?;
    }
    Ok(())
}

/// True if packages must be installed. A `node_modules` that is a link belongs to another checkout, which npm would
/// empty: it is kept up to date there.
fn is_missing(folder: &Path) -> bool {
    let modules = folder.join("node_modules");
    let installed = modules.join(".package-lock.json");
    !modules.is_symlink() && is_stale(modified(&folder.join("package-lock.json")), modified(&installed))
}

fn check_node() -> Outcome {
    let needed = format!("Node.js {}.{} or newer is needed, with npm", NODE.0, NODE.1);
    let output = Command::new("node").arg("--version").output();
    let said =
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    match version(&said) {
        Some(found) if found >= NODE => Ok(()),
        Some(_) => {
            Err(Failure::new(format!("{needed}; this is {said}. Install a newer one and start again.")))
        }
        None => Err(Failure::new(format!("{needed}; none was found. Install it and start again."))),
    }
}

/// Major and minor of "v20.19.5".
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// A result is stale if it is missing, or older than its source.
pub(crate) fn is_stale(source: Option<SystemTime>, made: Option<SystemTime>) -> bool {
    made.is_none_or(|made| source.is_some_and(|source| source > made))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::root;

    #[test]
    fn what_is_missing_or_older_than_its_source_is_stale() {
        let early = SystemTime::UNIX_EPOCH;
        let late = early + Duration::from_secs(1);
        assert!(is_stale(Some(early), None));
        assert!(is_stale(Some(late), Some(early)));
        assert!(!is_stale(Some(early), Some(late)));
        assert!(!is_stale(Some(early), Some(early)));
        assert!(!is_stale(None, Some(early)));
    }

    #[cfg(unix)]
    #[test]
    fn packages_of_another_checkout_are_left_alone() {
        let folder = std::env::temp_dir().join(format!("xtask-npm-{}", std::process::id()));
        let theirs = folder.join("theirs");
        fs::create_dir_all(&theirs).unwrap();
        fs::write(folder.join("package-lock.json"), "{}").unwrap();
        assert!(is_missing(&folder));
        std::os::unix::fs::symlink(&theirs, folder.join("node_modules")).unwrap();
        assert!(!is_missing(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert!(version("v9.11.2").unwrap() < NODE);
        assert!(version("v100.0.0").unwrap() > NODE);
        assert_eq!(version(""), None);
        assert_eq!(version("node: not found"), None);
    }

    #[test]
    fn the_node_version_is_the_one_that_the_packages_name() {
        for folder in ["ui", "tests/oidc"] {
            let package = fs::read_to_string(root().join(folder).join("package.json")).unwrap();
            assert!(package.contains(&format!("\"node\": \">={}.{}\"", NODE.0, NODE.1)), "{folder}");
        }
    }
}
