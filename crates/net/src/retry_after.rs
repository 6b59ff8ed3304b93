//! How long a server wants us to wait, in every form that servers use.
//!
//! Says how long, within limits that no server can move. The caller decides what waits.

use std::time::{Duration, SystemTime};

use httpdate::HttpDate;
use reqwest::header::HeaderMap;

/// Azure's own forms, in milliseconds (Azure SDK: core-rest-pipeline, throttlingRetryStrategy).
const IN_MILLISECONDS: [&str; 2] = ["retry-after-ms", "x-ms-retry-after-ms"];

/// How long a server asks to wait before the next request. Always between [`RetryAfter::SHORTEST`] and
/// [`RetryAfter::LONGEST`], whatever it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RetryAfter {
    wait: Duration,
    capped: bool,
}

impl RetryAfter {
    /// The shortest wait: without it, a server that says 0 would get requests without end.
    pub const SHORTEST: Duration = Duration::from_secs(1);
    /// The longest wait: after it we try whether the server works again.
    pub const LONGEST: Duration = Duration::from_mins(15);

    /// For a server that asks for this wait.
    #[must_use]
    pub fn new(asked: Duration) -> Self {
        Self { wait: asked.clamp(Self::SHORTEST, Self::LONGEST), capped: asked > Self::LONGEST }
    }

    /// What an answer asks for; none if it says nothing that can be read. The longest counts if it says several.
    ///
    /// Reads `Retry-After` in seconds, whole or with a fraction, and in the three forms of a date (RFC 9110,
    /// 10.2.3 and 5.6.7), several of them in one header or in many, and Azure's forms in milliseconds. A negative
    /// number and a date in the past ask for no wait. A date counts from the answer's own `Date`; if it has none, from
    /// `now`, when the answer came.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        let sent = texts(headers, "date").find_map(date).unwrap_or(now);
        let usual = texts(headers, "retry-after").filter_map(|text| usual(text, sent));
        let milliseconds = IN_MILLISECONDS.into_iter().flat_map(|name| texts(headers, name));
        let milliseconds = milliseconds.filter_map(|text| number(text, 0.001));
        usual.chain(milliseconds).max().map(Self::new)
    }

    /// How long to wait.
    #[must_use]
    pub const fn wait(self) -> Duration {
        self.wait
    }

    /// True if the server asked for more than [`RetryAfter::LONGEST`]: the next request is a probe, which it did not
    /// agree to.
    #[must_use]
    pub const fn is_capped(self) -> bool {
        self.capped
    }
}

fn texts<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
}

/// `Retry-After`, from the moment when the answer was sent. A date holds a comma too, so it is tried first.
fn usual(text: &str, sent: SystemTime) -> Option<Duration> {
    match date(text) {
        Some(date) => Some(date.duration_since(sent).unwrap_or_default()),
        None => number(text, 1.0),
    }
}

fn date(text: &str) -> Option<SystemTime> {
    text.parse::<HttpDate>().ok().map(SystemTime::from)
}

/// The largest of the numbers that a proxy may have joined by commas; `unit` is in seconds.
fn number(text: &str, unit: f64) -> Option<Duration> {
    // The parser also knows words and exponents.
    let is_plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit() || b".+-".contains(&byte));
    let numbers = text.split(',').map(str::trim).filter(is_plain).filter_map(|text| text.parse::<f64>().ok());
    numbers.map(|number| seconds(number * unit)).max()
}

fn seconds(number: f64) -> Duration {
    if number <= 0.0 {
        return Duration::ZERO;
    }
    Duration::try_from_secs_f64(number).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    /// 1994-11-06 08:48:37 UTC: a minute before the date that RFC 9110 writes in three forms.
    const NOW: Duration = Duration::from_secs(784_111_717);

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW
    }

    fn read(headers: &[(&'static str, &str)]) -> Option<RetryAfter> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        RetryAfter::from_headers(&map, now())
    }

    fn asked(seconds: f64) -> Option<RetryAfter> {
        Some(RetryAfter::new(Duration::from_secs_f64(seconds)))
    }

    #[test]
    fn a_wait_has_a_floor_and_a_cap_and_says_if_it_was_capped() {
        for (asked, wait, capped) in [
            (0, 1, false),
            (1, 1, false),
            (17, 17, false),
            (900, 900, false),
            (901, 900, true),
            (u64::MAX, 900, true),
        ] {
            let asked = RetryAfter::new(Duration::from_secs(asked));
            assert_eq!((asked.wait().as_secs(), asked.is_capped()), (wait, capped));
        }
    }

    #[test]
    fn seconds_are_read_in_every_form() {
        for (text, seconds) in [
            ("17", 17.0),
            (" 17\t", 17.0),
            ("+17", 17.0),
            ("017", 17.0),
            ("3.5", 3.5),
            ("3.", 3.0),
            ("120.000", 120.0),
            ("0", 0.0),
            ("0.2", 0.0),
            ("-0", 0.0),
            ("-1", 0.0),
            ("-99999999999999999999", 0.0),
            ("86400", 86_400.0),
            ("18446744073709551615", 86_400.0),
            ("99999999999999999999", 86_400.0),
            ("5, 10", 10.0),
            ("5,5", 5.0),
            ("soon, 5", 5.0),
        ] {
            assert_eq!(read(&[("retry-after", text)]), asked(seconds), "{text}");
        }
        let endless = "9".repeat(5000);
        assert_eq!(read(&[("retry-after", &endless)]), asked(86_400.0));
    }

    #[test]
    fn a_date_is_read_in_its_three_forms() {
        for (text, seconds) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 60.0),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 60.0),
            ("Sun Nov  6 08:49:37 1994", 60.0),
            (" Sun, 06 Nov 1994 08:49:37 GMT ", 60.0),
            ("Sun, 06 Nov 1994 08:48:37 GMT", 0.0),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ] {
            assert_eq!(read(&[("retry-after", text)]), asked(seconds), "{text}");
        }
    }

    #[test]
    fn a_date_counts_from_the_servers_own_clock() {
        let until = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(read(&[("date", "Sun, 06 Nov 1994 08:49:30 GMT"), until]), asked(7.0));
        assert_eq!(read(&[("date", "yesterday"), until]), asked(60.0));
        assert_eq!(read(&[("date", "Sun, 06 Nov 1994 09:49:30 GMT"), until]), asked(0.0));
    }

    #[test]
    fn azure_speaks_in_milliseconds() {
        assert_eq!(read(&[("retry-after-ms", "2500")]), asked(2.5));
        assert_eq!(read(&[("x-ms-retry-after-ms", " 1500.0 ")]), asked(1.5));
        assert_eq!(read(&[("x-ms-retry-after-ms", "0")]), asked(0.0));
        assert_eq!(read(&[("retry-after-ms", "18446744073709551615")]), asked(86_400.0));
        assert_eq!(read(&[("retry-after-ms", "Sun, 06 Nov 1994 08:49:37 GMT")]), None);
    }

    #[test]
    fn the_longest_of_several_counts() {
        assert_eq!(read(&[("retry-after", "5"), ("retry-after", "30"), ("retry-after", "10")]), asked(30.0));
        assert_eq!(read(&[("retry-after", "5"), ("retry-after-ms", "4200")]), asked(5.0));
        assert_eq!(read(&[("retry-after", "soon"), ("retry-after-ms", "4200")]), asked(4.2));
        assert_eq!(
            read(&[("retry-after", "5"), ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]),
            asked(60.0)
        );
    }

    #[test]
    fn a_header_that_cannot_be_read_asks_for_nothing() {
        assert_eq!(read(&[]), None);
        for text in [
            "",
            " ",
            ",",
            "soon",
            "inf",
            "NaN",
            "infinity",
            "1e3",
            "0x10",
            "5s",
            "1:30",
            ".",
            "+",
            "-",
            "1.2.3",
            "1-2",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET",
        ] {
            assert_eq!(read(&[("retry-after", text)]), None, "{text}");
        }
    }

    fn header() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
        let name = prop::sample::select(vec!["retry-after", "retry-after-ms", "x-ms-retry-after-ms", "date"]);
        let text = prop_oneof![
            any::<i64>().prop_map(|number| number.to_string()),
            any::<f64>().prop_map(|number| number.to_string()),
            (0u64..253_402_300_800)
                .prop_map(|at| { httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(at)) }),
            "[0-9., +-]{0,40}",
        ];
        (name, prop_oneof![text.prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..60)])
    }

    fn map(headers: &[(&'static str, Vec<u8>)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            // Bytes that no header can hold do not arrive.
            if let Ok(value) = HeaderValue::from_bytes(value) {
                map.append(*name, value);
            }
        }
        map
    }

    proptest! {
        #[test]
        fn no_header_leads_out_of_the_limits(
            headers in prop::collection::vec(header(), 0..4),
            at in 0u64..=u64::from(u32::MAX),
        ) {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
            if let Some(read) = RetryAfter::from_headers(&map(&headers), at) {
                prop_assert!((RetryAfter::SHORTEST..=RetryAfter::LONGEST).contains(&read.wait()));
                prop_assert!(!read.is_capped() || read.wait() == RetryAfter::LONGEST);
            }
        }

        #[test]
        fn one_more_header_never_shortens_the_wait(
            headers in prop::collection::vec(header(), 0..4),
            more in header(),
        ) {
            prop_assume!(more.0 != "date");
            let before = RetryAfter::from_headers(&map(&headers), now());
            let all: Vec<_> = headers.into_iter().chain([more]).collect();
            let after = RetryAfter::from_headers(&map(&all), now());
            prop_assert!(after.map(RetryAfter::wait) >= before.map(RetryAfter::wait));
        }

        #[test]
        fn whole_seconds_are_obeyed_within_the_limits(seconds in any::<u64>()) {
            let expected = RetryAfter::new(Duration::from_secs(seconds));
            prop_assert_eq!(read(&[("retry-after", &seconds.to_string())]), Some(expected));
        }
    }
}
