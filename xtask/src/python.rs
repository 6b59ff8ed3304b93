//! Python: an environment of its own for the packages of a requirements file, beside it. For Linux only.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    npm::is_stale,
    step::{self, Outcome},
};

/// Installs the packages of the folder's `requirements.txt` into its `.venv`, unless they are installed already.
pub(crate) fn install(name: &str, folder: &Path) -> Outcome {
    let requirements = folder.join("requirements.txt");
    let environment = environment(folder);
    // Written after the last package, so that an interrupted installation does not count.
    let installed = environment.join("installed");
    let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    if !is_stale(modified(&requirements), modified(&installed)) {
        return Ok(());
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&environment);
    step::quietly("Python environment", make)?;
    let mut fill = Command::new(programs(folder).join("python"));
    fill.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]);
    fill.arg(&requirements);
    step::quietly(name, fill)?;
    fs::write(&installed, "")
        .map_err(|error| step::Failure::new(format!("{} cannot be written: {error}.", installed.display())))
}

/// Where the programs of the folder's packages are installed.
pub(crate) fn programs(folder: &Path) -> PathBuf {
    environment(folder).join("bin")
}

fn environment(folder: &Path) -> PathBuf {
    folder.join(".venv")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::root;

    #[test]
    fn every_package_is_pinned_by_its_hash() {
        for folder in ["tests/botocore", "xtask/deny"] {
            let requirements = fs::read_to_string(root().join(folder).join("requirements.txt")).unwrap();
            assert!(requirements.lines().count() > 0);
            for line in requirements.lines() {
                assert!(line.contains("==") && line.contains(" --hash=sha256:"), "{line}");
            }
        }
    }
}
