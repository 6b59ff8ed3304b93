//! `mapping check`: says what is wrong with the mapping tables of a file. Reads files alone, also while the application
//! runs.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Subcommand};

use crate::{folder::Folder, start_error::StartError};

/// What is to be done with the mapping.
#[derive(Debug, Clone, Args)]
pub struct Mapping {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Looks for loops, rows that never apply, and statuses that are not there.
    ///
    /// A loop is a chain of statuses in Teams and Connect that goes on without anybody, if each write is answered as
    /// if somebody had made it by hand.
    ///
    /// Exit code: 0 where there is no loop, 1 where there is one, 2 where a file cannot be read. Rows that never apply
    /// and statuses that the instance does not have are listed and do no harm.
    Check(Check),
}

#[derive(Debug, Clone, Args)]
struct Check {
    /// A settings.toml or policy.toml.
    file: PathBuf,
    /// The statuses of the instance, a list as in statuses.json of the data folder, which is used otherwise.
    #[arg(long, value_name = "FILE")]
    statuses: Option<PathBuf>,
}

impl Mapping {
    /// Does it and prints the outcome.
    pub fn run(self, data_dir: Option<PathBuf>) -> Result<ExitCode, StartError> {
        let Command::Check(check) = self.command;
        let folder = Folder::choose(data_dir)?;
        let checked = app::mapping::check(&check.file, folder.path(), check.statuses.as_deref())?;
        match io::stdout().write_all(checked.text.as_bytes()) {
            Ok(()) => {}
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => return Err(StartError::Output(error)),
        }
        Ok(if checked.is_safe { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
