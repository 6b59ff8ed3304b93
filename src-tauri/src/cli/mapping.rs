//! `mapping check`: reports what is wrong with the mapping tables of a file. It only reads files, so it can be used while
//! the application runs.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Subcommand};

use crate::{folder::Folder, output, start_error::StartError};

/// The commands on a mapping.
#[derive(Debug, Clone, Args)]
pub struct Mapping {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Looks for loops, rows that never apply, and statuses that do not exist.
    ///
    /// A loop is a chain of statuses in Teams and Connect that continues without any person, if each write is answered
    /// as if a person had made it by hand.
    ///
    /// Exit code: 0 if there is no loop, 1 if there is one, 2 if the check failed or its result could not be printed.
    /// Rows that never apply and statuses that the instance does not have are listed and do no harm.
    Check(Check),
}

#[derive(Debug, Clone, Args)]
struct Check {
    /// A settings.toml or policy.toml.
    file: PathBuf,
    /// The statuses of the instance, as a list like statuses.json; default: statuses.json of the data folder.
    #[arg(long, value_name = "FILE")]
    statuses: Option<PathBuf>,
}

impl Mapping {
    /// Runs the command and prints the result.
    pub fn run(self, data_dir: Option<PathBuf>) -> Result<ExitCode, StartError> {
        let Command::Check(check) = self.command;
        check.run(Folder::choose(data_dir), io::stdout())
    }
}

impl Check {
    /// An error has another exit code than a loop.
    fn run(self, folder: Result<Folder, StartError>, out: impl Write) -> Result<ExitCode, StartError> {
        match folder.and_then(|folder| self.is_safe(&folder, out)) {
            Ok(true) => Ok(ExitCode::SUCCESS),
            Ok(false) => Ok(ExitCode::FAILURE),
            Err(error) => Err(StartError::NotChecked(Box::new(error))),
        }
    }

    fn is_safe(&self, folder: &Folder, out: impl Write) -> Result<bool, StartError> {
        let checked = wizard::mapping::check(&self.file, folder.path(), self.statuses.as_deref())?;
        output::write(out, &checked.text)?;
        Ok(checked.is_safe)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SAFE: &str = "[sync]\nteams_to_connect = false\n";

    const LOOP: &str = "\
[sync]
teams_to_connect = true

[[sync.teams_rows]]
when = { availability = \"busy\" }
connect = { status = \"arn:training\" }

[[sync.teams_rows]]
when = { availability = \"do_not_disturb\" }
connect = { status = \"arn:coaching\" }

[[sync.rows]]
when = { status = \"arn:training\" }
teams = \"do_not_disturb\"
";

    /// Every write to it fails.
    struct Full(io::ErrorKind);

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The program's exit code for a file with this text.
    fn exit_code(
        text: &str,
        folder: impl FnOnce(PathBuf) -> Result<Folder, StartError>,
        out: impl Write,
    ) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("policy.toml");
        fs::write(&file, text).expect("written");
        let outcome = Check { file, statuses: None }.run(folder(dir.path().to_path_buf()), out);
        // An exit code cannot be compared, only shown.
        format!("{:?}", outcome.unwrap_or_else(|error| error.exit_code()))
    }

    fn shown(code: u8) -> String {
        format!("{:?}", ExitCode::from(code))
    }

    #[test]
    fn the_exit_code_is_0_without_a_loop_and_1_with_one() {
        let choose = |dir| Folder::choose(Some(dir));
        assert_eq!(exit_code(SAFE, choose, io::sink()), shown(0));
        assert_eq!(exit_code(LOOP, choose, io::sink()), shown(1));
        // A reader that closes the pipe early is not a failure.
        assert_eq!(exit_code(SAFE, choose, Full(io::ErrorKind::BrokenPipe)), shown(0));
        assert_eq!(exit_code(LOOP, choose, Full(io::ErrorKind::BrokenPipe)), shown(1));
    }

    #[test]
    fn the_exit_code_is_2_if_the_check_fails_or_its_result_cannot_be_printed() {
        let choose = |dir| Folder::choose(Some(dir));
        assert_eq!(exit_code("[sync", choose, io::sink()), shown(2));
        for text in [SAFE, LOOP] {
            assert_eq!(exit_code(text, |_| Err(StartError::NoHome), io::sink()), shown(2));
            assert_eq!(exit_code(text, choose, Full(io::ErrorKind::StorageFull)), shown(2));
        }
    }
}
