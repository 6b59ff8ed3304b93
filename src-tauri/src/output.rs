//! Writes the result of a command to standard output, whole or with an error. It must not be used for the log.

use std::io::{self, Write};

use crate::start_error::StartError;

/// Prints this text.
pub fn print(text: &str) -> Result<(), StartError> {
    write(io::stdout(), text)
}

/// Writes this text. A reader that closes the pipe early is no failure.
pub fn write(mut out: impl Write, text: &str) -> Result<(), StartError> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(StartError::Output(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accepts everything, and fails when it is flushed: a disk that is full at the last line.
    struct FullAtTheEnd(io::ErrorKind);

    impl Write for FullAtTheEnd {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_last_line_that_finds_no_room_is_a_failure() {
        let outcome = write(FullAtTheEnd(io::ErrorKind::StorageFull), "a line without its end");
        assert!(matches!(outcome, Err(StartError::Output(_))), "{outcome:?}");
    }

    #[test]
    fn a_reader_that_closes_the_pipe_early_is_no_failure() {
        assert!(write(FullAtTheEnd(io::ErrorKind::BrokenPipe), "a line\n").is_ok());
    }
}
