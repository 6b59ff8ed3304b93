//! The record on disk, in its own folder: one line for each entry, one file for each day or each two megabytes of it.
//!
//! Blocking. A crash costs the last line at most, and a line that cannot be read is skipped. When a new
//! file begins, files older than thirty days are removed, and the oldest ones if all together are too large.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use presence::timeline::TimelineEntry;

/// How long an entry is kept and shown.
pub(super) const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A file is not appended to beyond this size.
const FILE_BYTES: u64 = 2 << 20;

/// All files together have at most this size.
const ALL_BYTES: u64 = 32 << 20;

/// The folder in the data folder.
const FOLDER: &str = "timeline";

/// The record of one data folder.
#[derive(Debug, Clone)]
pub struct TimelineStore {
    data: PathBuf,
    file_bytes: u64,
    all_bytes: u64,
}

/// What was read, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimelineRecord {
    /// The entries, oldest first.
    pub entries: Vec<TimelineEntry>,
    /// How many lines could not be read.
    pub damaged: usize,
}

/// A file of the folder, named after its day and its number on that day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct DayFile {
    day: Date,
    number: u8,
    path: PathBuf,
}

impl TimelineStore {
    /// The record in this data folder. Its own folder is created with the first entry.
    pub fn new(data: &Path) -> Self {
        Self { data: data.to_path_buf(), file_bytes: FILE_BYTES, all_bytes: ALL_BYTES }
    }

    /// Adds an entry at the end.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(&self, entry: &TimelineEntry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let mut file = private(&self.current(entry.at())?)?;
        if !ends_with_a_line(&mut file)? {
            line.insert(0, b'\n');
        }
        // In one piece, so that a crash can only cut off the end of the line.
        file.write_all(&line)
    }

    /// The entries from `since` on that are not too old at `now`.
    pub fn read(&self, since: Timestamp, now: Timestamp) -> TimelineRecord {
        let since = since.max(oldest(now));
        let mut record = TimelineRecord::default();
        for path in self.files() {
            let part = read(&path);
            record.damaged += part.damaged;
            record.entries.extend(part.entries.into_iter().filter(|entry| entry.at() >= since));
        }
        record
    }

    /// The entries that are not too old at `now`, newest first, read file by file as they are asked for.
    pub fn newest_first(&self, now: Timestamp) -> impl Iterator<Item = TimelineEntry> + use<> {
        let since = oldest(now);
        let files = self.files().into_iter().rev();
        files.flat_map(|path| read(&path).entries.into_iter().rev()).filter(move |entry| entry.at() >= since)
    }

    /// Every file, oldest first.
    fn files(&self) -> Vec<PathBuf> {
        self.parts().into_iter().map(|part| part.path).collect()
    }

    fn parts(&self) -> Vec<DayFile> {
        let Ok(folder) = fs::read_dir(self.folder()) else { return Vec::new() };
        let mut parts: Vec<_> = folder.flatten().filter_map(|file| DayFile::named(file.path())).collect();
        parts.sort();
        parts
    }

    fn folder(&self) -> PathBuf {
        self.data.join(FOLDER)
    }

    /// The file for an entry of that time. Tidies up when a new one begins.
    fn current(&self, at: Timestamp) -> io::Result<PathBuf> {
        let day = day(at);
        let parts = self.parts();
        let last = parts.iter().rev().find(|part| part.day == day);
        let number = match last {
            Some(part) if size(&part.path) < self.file_bytes || part.number == u8::MAX => {
                return Ok(part.path.clone());
            }
            Some(part) => part.number + 1,
            None => 0,
        };
        make_private(&self.folder())?;
        self.tidy(&parts, at);
        Ok(self.folder().join(format!("{day}-{number:03}.jsonl")))
    }

    /// Removes the files that are too old, and the oldest ones if all together are too large. A file that cannot be
    /// removed is tried again when the next file begins.
    fn tidy(&self, parts: &[DayFile], now: Timestamp) {
        let first = day(oldest(now));
        let mut all: u64 = parts.iter().map(|part| size(&part.path)).sum();
        for part in parts {
            if part.day < first || all.saturating_add(self.file_bytes) > self.all_bytes {
                all = all.saturating_sub(size(&part.path));
                remove(&part.path);
            }
        }
    }
}

impl DayFile {
    fn named(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".jsonl")?;
        let (day, number) = name.rsplit_once('-')?;
        Some(Self { day: day.parse().ok()?, number: number.parse().ok()?, path })
    }
}

fn read(path: &Path) -> TimelineRecord {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::warn!(file = %path.display(), %error, "a file of the timeline cannot be read");
            return TimelineRecord::default();
        }
    };
    let mut record = TimelineRecord::default();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(entry) => record.entries.push(entry),
            Err(_) => record.damaged += 1,
        }
    }
    record
}

fn ends_with_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == [b'\n'])
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(file = %path.display(), %error, "an old file of the timeline could not be removed");
    }
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

fn oldest(now: Timestamp) -> Timestamp {
    now.checked_sub(KEPT).unwrap_or(Timestamp::MIN)
}

fn day(at: Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests;
