//! `timeline`: prints why something was written, or not. It only reads files, so it can be used while the application
//! runs.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use jiff::ZonedDateTime;
use timeline::{ReportForm, Since, report};

use crate::{folder::Folder, output, start_error::StartError};

/// Which part of the timeline is printed, and in which form.
#[derive(Debug, Clone, Copy, Args)]
pub struct Timeline {
    /// From then on: "2h", "today", a date, or a date with a time.
    #[arg(long, value_name = "WHEN")]
    since: Option<Since>,
    /// As CSV, oldest first, with every field and times in UTC.
    #[arg(long)]
    csv: bool,
    /// Why Teams shows what it shows, as of the last entry.
    #[arg(long, conflicts_with_all = ["csv", "since"])]
    why: bool,
}

impl Timeline {
    /// Prints the timeline.
    pub fn run(self, data_dir: Option<PathBuf>) -> Result<ExitCode, StartError> {
        let folder = Folder::choose(data_dir)?;
        let now = ZonedDateTime::now();
        let form = match self {
            Self { why: true, .. } => ReportForm::Why,
            Self { csv: true, .. } => ReportForm::Csv,
            Self { .. } => ReportForm::Table,
        };
        let since = self.since.map(|since| since.at(&now));
        let text = report(folder.path(), form, since, now.timestamp());
        output::print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}
