//! The log on Windows: standard error and a file for each day, because a program with windows has no visible standard
//! error.

use std::{fs, io, path::Path};

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::writer::{BoxMakeWriter, MakeWriterExt};

/// The folder of the files, in the data folder.
const FOLDER: &str = "log";
/// The number of days that are kept.
const DAYS: usize = 7;

/// No: consoles of older Windows print the colour codes as text.
pub fn has_colours() -> bool {
    false
}

/// Standard error, and the file if the folder can be written to.
pub fn writer(folder: Option<&Path>) -> BoxMakeWriter {
    match folder.and_then(file) {
        Some(file) => BoxMakeWriter::new(io::stderr.and(file)),
        None => BoxMakeWriter::new(io::stderr),
    }
}

fn file(folder: &Path) -> Option<RollingFileAppender> {
    let folder = folder.join(FOLDER);
    // The appender would print an error if the folder did not exist.
    fs::create_dir_all(&folder).ok()?;
    let file =
        RollingFileAppender::builder().rotation(Rotation::DAILY).filename_suffix("log").max_log_files(DAYS);
    file.build(folder).ok()
}
