//! How often a token that is refused is renewed: the access token once, and after that with growing waits; the ID token
//! once in a while. A service that refuses good tokens refuses the next one too.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};

const FIRST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(30 * 60);
/// An ID token lasts for an hour or so. If AWS takes a new one for an old one, a clock is wrong, and no newer one
/// helps.
const ID_TOKEN: Duration = Duration::from_secs(10 * 60);

/// The last renewals because of a refusal.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    last: Option<(Timestamp, Duration)>,
    id_token: Option<Timestamp>,
}

impl Doubts {
    /// Whether a refusal at this time leads to a renewal.
    pub(super) fn renew(&mut self, now: Timestamp) -> bool {
        let wait = match self.last {
            Some((at, _)) if now < at => FIRST,
            Some((at, wait)) if now < later(at, wait) => return false,
            // Refused again soon after the wait: it was no help.
            Some((at, wait)) if now < later(at, wait * 2) => (wait * 2).min(LONGEST),
            Some(_) | None => FIRST,
        };
        self.last = Some((now, wait));
        true
    }

    /// Whether an ID token that has ended leads to a renewal at this time.
    pub(super) fn renew_id_token(&mut self, now: Timestamp) -> bool {
        let renews = self.id_token.is_none_or(|at| now < at || later(at, ID_TOKEN) <= now);
        if renews {
            self.id_token = Some(now);
        }
        renews
    }
}

impl Redate for Doubts {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last, id_token } = self;
        id_token.redate(by);
        if let Some((at, _)) = last {
            at.redate(by);
        }
    }
}
