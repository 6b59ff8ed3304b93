//! A list in pages: how many entries, from where, and the token for the next page. A token is valid only for the list
//! that it came from. It must not know what is listed.

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::super::error::ApiError;

/// Bytes of a fingerprint.
const PRINT: usize = 16;
/// Bytes of a place.
const PLACE: usize = 8;

/// Which part of a list is asked for.
#[derive(Debug)]
pub(super) struct Page {
    start: usize,
    length: usize,
    print: [u8; PRINT],
}

impl Page {
    /// `asked` is everything of the request but the page.
    pub(super) fn new(
        asked: &Value,
        limits: &RangeInclusive<i64>,
        wanted: Option<i64>,
        token: Option<&str>,
    ) -> Result<Self, ApiError> {
        let length = wanted.unwrap_or_else(|| *limits.end());
        if !limits.contains(&length) {
            return Err(ApiError::invalid_parameter(format!(
                "MaxResults must be from {} to {}, not {length}",
                limits.start(),
                limits.end()
            )));
        }
        let digest: [u8; 32] = Sha256::digest(asked.to_string()).into();
        let mut print = [0; PRINT];
        for (byte, known) in print.iter_mut().zip(digest) {
            *byte = known;
        }
        let start = match token {
            None => 0,
            Some(token) => {
                start(token, print).ok_or_else(|| ApiError::invalid_parameter("NextToken is not valid"))?
            }
        };
        Ok(Self { start, length: usize::try_from(length).unwrap_or_default(), print })
    }

    /// The page's entries out of all, and the token for the next one.
    pub(super) fn of<T>(&self, all: Vec<T>) -> (Vec<T>, Option<String>) {
        let end = self.start.saturating_add(self.length);
        let more = (end < all.len()).then(|| {
            let place = u64::try_from(end).unwrap_or(u64::MAX).to_be_bytes();
            URL_SAFE_NO_PAD.encode([place.as_slice(), self.print.as_slice()].concat())
        });
        (all.into_iter().skip(self.start).take(self.length).collect(), more)
    }
}

fn start(token: &str, print: [u8; PRINT]) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (place, rest) = bytes.split_first_chunk::<PLACE>()?;
    (rest == print).then(|| usize::try_from(u64::from_be_bytes(*place)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pages_lead_from_one_to_the_next_and_end() {
        let asked = json!({ "Agents": ["a"] });
        let (mut token, mut seen) = (None, Vec::new());
        loop {
            let page = Page::new(&asked, &(1..=100), Some(3), token.as_deref()).unwrap();
            let (part, more) = page.of((0..8).collect());
            seen.extend(part);
            token = more;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..8).collect::<Vec<_>>());
    }

    #[test]
    fn a_token_of_another_list_or_a_length_out_of_bounds_is_refused() {
        let page = Page::new(&json!(1), &(1..=100), Some(1), None).unwrap();
        let (_, token) = page.of(vec![1, 2]);
        assert!(Page::new(&json!(2), &(1..=100), None, token.as_deref()).is_err());
        for token in ["", "x", "AAAA"] {
            assert!(Page::new(&json!(1), &(1..=100), None, Some(token)).is_err(), "{token}");
        }
        for length in [-1, 0, 101] {
            assert!(Page::new(&json!(1), &(1..=100), Some(length), None).is_err(), "{length}");
        }
    }
}
