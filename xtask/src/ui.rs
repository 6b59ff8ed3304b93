//! The drawer's page and the script of the CCP window, which are compiled into the application: installs what
//! npm must, and builds only when a source is newer than what was built.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use crate::{
    root,
    step::{self, Failure, Outcome},
};

/// The oldest Node.js that the tools of `ui/package.json` take.
const NODE: (u32, u32) = (20, 19);

/// Where the drawer and the CCP script are built to.
const BUILT: [&str; 2] = ["dist", "dist-ccp"];

fn folder() -> PathBuf {
    root().join("ui")
}

/// npm in the folder of the UI.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(args).current_dir(folder());
    command
}

/// Installs the npm packages of the lock file, unless they are installed already.
pub(crate) fn install() -> Outcome {
    check_node()?;
    let lock = folder().join("package-lock.json");
    let installed = folder().join("node_modules").join(".package-lock.json");
    if is_stale(modified(&lock), modified(&installed)) {
        step::quietly("npm packages", npm(&["ci"]))?;
    }
    Ok(())
}

/// Builds the drawer and the CCP script, unless they are up to date.
pub(crate) fn build() -> Outcome {
    let ui = folder();
    // Of the folders only `src` goes into what is built; the files beside it say how.
    let skip = |path: &Path| path.parent() == Some(&ui) && path.is_dir() && !path.ends_with("src");
    let unreadable = |error: io::Error| Failure::new(format!("The folder ui cannot be read: {error}."));
    // The catalog of texts belongs to Rust and the drawer alike.
    let texts = newest(&root().join("crates").join("app").join("text"), &skip).map_err(unreadable)?;
    let sources = newest(&ui, &skip).map_err(unreadable)?.max(texts);
    let up_to_date = BUILT.iter().all(|built| {
        let built = newest(&ui.join(built), &|_| false).unwrap_or_default();
        !is_stale(sources, built)
    });
    if up_to_date { Ok(()) } else { step::quietly("Build the UI", npm(&["run", "build"])) }
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

/// What was made is stale when it is missing or older than what it is made from.
fn is_stale(source: Option<SystemTime>, made: Option<SystemTime>) -> bool {
    made.is_none_or(|made| source.is_some_and(|source| source > made))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// When something below `folder` was last changed, folders included: they tell of files that are gone.
fn newest(folder: &Path, skip: &impl Fn(&Path) -> bool) -> io::Result<Option<SystemTime>> {
    let mut newest = None;
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            if skip(&path) {
                continue;
            }
            let metadata = entry.metadata()?;
            newest = newest.max(Some(metadata.modified()?));
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

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

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert!(version("v9.11.2").unwrap() < NODE);
        assert!(version("v100.0.0").unwrap() > NODE);
        assert_eq!(version(""), None);
        assert_eq!(version("node: not found"), None);
    }

    #[test]
    fn the_node_version_is_the_one_that_the_ui_names() {
        let package = fs::read_to_string(folder().join("package.json")).unwrap();
        assert!(package.contains(&format!("\"node\": \">={}.{}\"", NODE.0, NODE.1)));
    }

    #[test]
    fn the_newest_change_is_found_in_depth_and_skipped_folders_do_not_count() {
        let folder = std::env::temp_dir().join(format!("xtask-newest-{}", std::process::id()));
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::create_dir_all(folder.join("skipped")).unwrap();
        let far = SystemTime::now() + Duration::from_secs(1000);
        let farther = far + Duration::from_secs(1000);
        fs::File::create(folder.join("deep").join("file")).unwrap().set_modified(far).unwrap();
        fs::File::create(folder.join("skipped").join("file")).unwrap().set_modified(farther).unwrap();
        let found = newest(&folder, &|path| path.ends_with("skipped")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, Some(far));
    }
}
