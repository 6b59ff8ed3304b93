//! The body of an answer, up to a limit, and why there is none.
//!
//! What is kept of a failure is short, has one line, and repeats no address: an address may hold a query.

use std::error::Error;

use reqwest::Response;
use secrecy::{ExposeSecret, SecretString};

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
            cause
                .map_or_else(|| "the request was not sent".to_owned(), |cause| tidy(&cause.to_string(), &[])),
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

/// A text of others as a part of a sentence: one line of at most 200 characters, without the full stop. An answer may
/// repeat the request, so each secret that was sent is replaced by "…".
#[must_use]
pub fn tidy(text: &str, sent: &[&SecretString]) -> String {
    let secrets = sent.iter().map(|secret| secret.expose_secret()).filter(|secret| !secret.is_empty());
    let text = secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "…"));
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
        assert_eq!(tidy(" Please\nretry\tagain later.. ", &[]), "Please retry again later");
        assert_eq!(tidy(&"ä".repeat(300), &[]).chars().count(), 200);
        assert_eq!(tidy("...", &[]), "");
    }

    #[test]
    fn a_text_that_repeats_a_secret_loses_it_before_it_is_cut() {
        let (token, key) = (SecretString::from("a.long.token"), SecretString::from("key"));
        let before = "x".repeat(195);
        assert_eq!(tidy(&format!("{before} a.long.token"), &[&token, &key]), format!("{before} …"));
        assert_eq!(tidy("Bearer a.long.token, key.", &[&token, &key]), "Bearer …, …");
        assert_eq!(tidy("nothing", &[&SecretString::from("")]), "nothing");
    }

    proptest! {
        #[test]
        fn a_tidy_text_has_one_short_line_and_no_secret(
            text in any::<String>(),
            secret in "[a-z.]{8,20}",
            place in any::<proptest::sample::Index>(),
        ) {
            let mut letters: Vec<char> = text.chars().collect();
            let at = place.index(letters.len() + 1);
            letters.splice(at..at, secret.chars());
            let text = tidy(&letters.into_iter().collect::<String>(), &[&SecretString::from(secret.as_str())]);
            prop_assert!(text.chars().count() <= 200 && !text.chars().any(char::is_control));
            prop_assert!(!text.contains(&secret), "{text}");
        }
    }
}
