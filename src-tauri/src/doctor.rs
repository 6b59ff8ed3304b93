//! The command `doctor`: runs the checks of `app` beside a running application, and prints what they found.
//!
//! The lock of the data folder says whether the application runs. While this command holds it, no other copy can
//! use the authorization.

use std::{io::Write, path::PathBuf, process::ExitCode, sync::Arc};

use doctor::{AuthorizationSource, CheckContext, Report};
use jiff::Timestamp;
use settings::Policy;
use tokio::{runtime::Runtime, sync::mpsc};

use crate::{folder::Folder, probe::Machine, secrets::Secrets, start_error::StartError};

/// Something does not work.
const FAILED: u8 = 1;

/// Doctor itself could not run.
const NOT_RUN: u8 = 2;

/// Runs all checks of a data folder and prints them: as text, or as one line of JSON. Ends with 0 when all is
/// well, warnings included; with 1 when something failed; with 2 when doctor itself could not run.
pub fn command(named: Option<PathBuf>, json: bool) -> ExitCode {
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
    let (authorization, _lock) = match folder.lock_if_there()? {
        Some(lock) => (AuthorizationSource::Keyring, Some(lock)),
        None => (AuthorizationSource::InUse, None),
    };
    let loaded = settings::load(folder.path(), &Policy::of_this_machine());
    let data_dir = folder.path().to_path_buf();
    let context = CheckContext { loaded, data_dir, proxy_in_use: None, authorization, now: Timestamp::now() };
    let machine = Arc::new(Machine::new(Secrets::start().map_err(StartError::Runtime)?));
    let runtime = Runtime::new().map_err(StartError::Runtime)?;
    let report = runtime.block_on(async {
        let (found, mut checks) = mpsc::unbounded_channel();
        doctor::run(context, machine, found).await;
        let mut all = Vec::new();
        while let Some(check) = checks.recv().await {
            all.push(check);
        }
        Report::new(all)
    });
    // A service of the desktop that does not answer holds its thread.
    runtime.shutdown_background();
    let text = if json {
        format!("{}\n", report.json().map_err(|error| StartError::Output(error.into()))?)
    } else {
        report.text()
    };
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(StartError::Output)?;
    Ok(report)
}
