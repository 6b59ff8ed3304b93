//! The command `doctor`: runs the checks of the crate `doctor`, also while the application runs, and prints the report.
//! It decides none of the checks.
//!
//! The lock of the data folder says whether the application runs. While this command holds it, no other copy can
//! use the authorization.

use std::{io::Write, path::PathBuf, process::ExitCode, sync::Arc};

use doctor::{AuthorizationSource, CheckContext, Report};
use jiff::Timestamp;
use settings::Policy;
use tokio::{runtime::Runtime, sync::mpsc};

use crate::{folder::Folder, output, probe::DesktopProbe, secrets::Secrets, start_error::StartError};

/// The exit code if a check failed.
const FAILED: u8 = 1;

/// The exit code if doctor itself could not run.
const NOT_RUN: u8 = 2;

/// Runs all checks of a data folder and prints them as text, or as one line of JSON. The exit code is 0 if no check
/// failed, even with warnings; 1 if a check failed; 2 if doctor itself could not run.
pub fn run(named: Option<PathBuf>, json: bool) -> ExitCode {
    match Folder::choose(named).and_then(|folder| examine(&folder, json)) {
        Ok(report) if report.has_failed() => ExitCode::from(FAILED),
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "{error}"));
            ExitCode::from(NOT_RUN)
        }
    }
}

fn examine(folder: &Folder, json: bool) -> Result<Report, StartError> {
    let (authorization, _lock) = match folder.lock_existing()? {
        Some(lock) => (AuthorizationSource::Keyring, Some(lock)),
        None => (AuthorizationSource::InUse, None),
    };
    let loaded = settings::load(folder.path(), &Policy::of_this_machine());
    let data_dir = folder.path().to_path_buf();
    let context = CheckContext { loaded, data_dir, proxy_in_use: None, authorization, now: Timestamp::now() };
    let probe = Arc::new(DesktopProbe::new(Secrets::start().map_err(StartError::Runtime)?));
    let runtime = Runtime::new().map_err(StartError::Runtime)?;
    let report = runtime.block_on(async {
        let (found, mut checks) = mpsc::unbounded_channel();
        doctor::run(context, probe, found).await;
        let mut all = Vec::new();
        while let Some(check) = checks.recv().await {
            all.push(check);
        }
        Report::new(all)
    });
    // Does not wait: a thread may be blocked by a desktop service that does not answer.
    runtime.shutdown_background();
    let text = if json {
        format!("{}\n", report.json().map_err(|error| StartError::Output(error.into()))?)
    } else {
        report.text()
    };
    output::print(&text)?;
    Ok(report)
}
