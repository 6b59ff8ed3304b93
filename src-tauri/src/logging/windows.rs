//! Standard error and a file for each day, because nobody sees the first of a program with windows.

use std::{fs, io, path::Path};

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::writer::{BoxMakeWriter, MakeWriterExt};

/// The folder of the files, in the data folder.
const FOLDER: &str = "log";
/// So many days are kept.
const DAYS: usize = 7;

/// The console of older Windows shows the codes of colours as they are.
pub fn takes_colours() -> bool {
    false
}

/// Both, as far as the folder can be written to.
pub fn writer(folder: Option<&Path>) -> BoxMakeWriter {
    match folder.and_then(file) {
        Some(file) => BoxMakeWriter::new(io::stderr.and(file)),
        None => BoxMakeWriter::new(io::stderr),
    }
}

fn file(folder: &Path) -> Option<RollingFileAppender> {
    let folder = folder.join(FOLDER);
    // It would complain that there is nothing to remove.
    fs::create_dir_all(&folder).ok()?;
    let file =
        RollingFileAppender::builder().rotation(Rotation::DAILY).filename_suffix("log").max_log_files(DAYS);
    file.build(folder).ok()
}
