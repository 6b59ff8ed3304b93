//! The body of an answer, up to a limit, and why there is none.
//!
//! What is kept of a failure is short, has one line, and repeats no address: an address may hold a query.

use std::error::Error;

use reqwest::Response;

/// The longest text of others that [`tidy`] keeps, in characters.
const LONGEST: usize = 200;

/// Why there is no whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The time for the answer is over.
    TimedOut,
    /// No connection, or it broke: the innermost cause, which says what happened.
    Unreachable(String),
    /// The body is longer than allowed.
    TooLong,
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::TimedOut;
        }
        // The outer causes repeat the address with its query.
        let mut cause: Option<&dyn Error> = error.source();
        while let Some(inner) = cause.and_then(Error::source) {
            cause = Some(inner);
        }
        Self::Unreachable(
            cause.map_or_else(|| "the request was not sent".to_owned(), |cause| tidy(&cause.to_string())),
        )
    }
}

/// Reads the body of an answer, if it has at most `most` bytes. Never holds more than that and one chunk.
///
/// # Errors
/// See [`Failure`].
pub async fn body(answer: &mut Response, most: usize) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if chunk.len() > most.saturating_sub(body.len()) {
            return Err(Failure::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A text of others as a part of a sentence: one line of at most 200 characters, without the full stop.
#[must_use]
pub fn tidy(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    async fn read(length: usize, most: usize) -> Result<Vec<u8>, Failure> {
        body(&mut Response::from(http::Response::new(vec![b'x'; length])), most).await
    }

    #[tokio::test]
    async fn a_body_may_have_its_limit_and_no_byte_more() {
        assert_eq!(read(0, 0).await, Ok(Vec::new()));
        assert_eq!(read(9, 10).await.map(|body| body.len()), Ok(9));
        assert_eq!(read(10, 10).await.map(|body| body.len()), Ok(10));
        assert_eq!(read(11, 10).await, Err(Failure::TooLong));
        assert_eq!(read(1, 0).await, Err(Failure::TooLong));
    }

    #[test]
    fn a_text_of_others_fits_into_a_sentence() {
        assert_eq!(tidy(" Please\nretry\tagain later.. "), "Please retry again later");
        assert_eq!(tidy(&"ä".repeat(300)).chars().count(), 200);
        assert_eq!(tidy("..."), "");
    }

    proptest! {
        #[test]
        fn a_tidy_text_has_one_short_line(text in any::<String>()) {
            let text = tidy(&text);
            prop_assert!(text.chars().count() <= 200 && !text.chars().any(char::is_control));
        }
    }
}
