//! The drawer's page and the script of the CCP window, which are compiled into the application: builds only when a
//! source is newer than what was built.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use crate::{
    npm::{self, is_stale},
    root,
    step::{self, Failure, Outcome},
};

/// Where the drawer and the CCP script are built to.
const BUILT: [&str; 2] = ["dist", "dist-ccp"];

fn folder() -> PathBuf {
    root().join("ui")
}

/// npm in the folder of the UI.
pub(crate) fn npm(args: &[&str]) -> Command {
    npm::npm(&folder(), args)
}

/// Installs the packages of the UI.
pub(crate) fn install() -> Outcome {
    npm::install("npm packages", &folder())
}

/// Builds the drawer and the CCP script, unless they are up to date.
pub(crate) fn build() -> Outcome {
    let ui = folder();
    // `src` is the only folder that is built; the files beside it configure the build.
    let skip = |path: &Path| path.parent() == Some(&ui) && path.is_dir() && !path.ends_with("src");
    let unreadable = |error: io::Error| Failure::new(format!("The folder ui cannot be read: {error}."));
    // The catalogue of texts is used by Rust and by the drawer.
    let texts = newest(&root().join("crates").join("view").join("text"), &skip).map_err(unreadable)?;
    let sources = newest(&ui, &skip).map_err(unreadable)?.max(texts);
    let up_to_date = BUILT.iter().all(|built| {
        let built = newest(&ui.join(built), &|_| false).unwrap_or_default();
        !is_stale(sources, built)
    });
    if up_to_date { Ok(()) } else { step::quietly("Build the UI", npm(&["run", "build"])) }
}

/// When something below `folder` was last changed, folders included: a folder changes when a file in it is deleted.
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
