//! Reads files that should be small, and refuses a large one at once.
//!
//! Blocking. Knows nothing of their contents.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// As [`fs::read`]; [`io::ErrorKind::FileTooLarge`] for a longer one, and [`io::ErrorKind::InvalidInput`] for anything
/// but a file, such as a pipe, on which a reader would block.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !found.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    read_open(&mut File::open(path)?, limit)
}

/// As [`read`], of a file that is open.
///
/// # Errors
/// As [`read`].
pub fn read_open(file: &mut File, limit: u64) -> io::Result<Vec<u8>> {
    let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
    if file.metadata()?.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // It may grow while it is read.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) { Ok(bytes) } else { Err(too_large()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_limit_is_read_and_a_longer_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, [b'a'; 10]).unwrap();
        assert_eq!(read(&file, 10).unwrap().len(), 10);
        assert_eq!(read(&file, 9).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path(), 9).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(read(&folder.path().join("none"), 9).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
