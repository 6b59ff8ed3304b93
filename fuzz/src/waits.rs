//! Headers that ask for a wait, one a line: `name: value`.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};
use net::RetryAfter;

/// A day of 2026, so that the same dates are in the past every time.
const NOW: Duration = Duration::from_secs(1_790_000_000);

pub(crate) fn run(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let name = parts.next().and_then(|name| HeaderName::from_bytes(name.trim_ascii()).ok());
        let value = parts.next().and_then(|value| HeaderValue::from_bytes(value.trim_ascii()).ok());
        // A map of headers has a limit, as the client's has.
        if let (Some(name), Some(value)) = (name, value)
            && headers.try_append(name, value).is_err()
        {
            return;
        }
    }
    if let Some(asked) = RetryAfter::from_headers(&headers, SystemTime::UNIX_EPOCH + NOW) {
        let limits = RetryAfter::SHORTEST..=RetryAfter::LONGEST;
        assert!(limits.contains(&asked.wait()), "{asked:?}");
        assert!(!asked.is_capped() || asked.wait() == RetryAfter::LONGEST, "{asked:?}");
    }
}
