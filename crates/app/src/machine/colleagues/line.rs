//! The last answer to each kind of request, and until when none of that kind is sent.
//!
//! A refusal that only an administrator can end stops its own kind; a missing answer, or one that asks for fewer
//! requests, stops all kinds, because it is one service and one quota. It sends nothing.

use std::time::Duration;

use connect::api::{ApiError, ErrorKind};
use jiff::{SignedDuration, Timestamp};
use net::Backoff;
use presence::{moment::later, redate::Redate};
use view::facts::Trouble;

/// A right or a trust that is missing does not come by itself.
const NOT_ALLOWED: Duration = Duration::from_secs(600);
/// The first and the longest wait after other failures, before jitter.
const WAITS: (Duration, Duration) = (Duration::from_secs(15), Duration::from_secs(300));

/// The kinds of request, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Errand {
    Credentials,
    Users,
    Statuses,
    States,
    Addresses,
}

impl Errand {
    const ALL: [Self; 5] = [Self::Credentials, Self::Users, Self::Statuses, Self::States, Self::Addresses];

    const fn index(self) -> usize {
        match self {
            Self::Credentials => 0,
            Self::Users => 1,
            Self::Statuses => 2,
            Self::States => 3,
            Self::Addresses => 4,
        }
    }
}

/// One kind of request.
#[derive(Debug)]
struct ErrandLine {
    wait: Option<Timestamp>,
    trouble: Option<Trouble<ApiError>>,
}

/// See the module.
#[derive(Debug)]
pub(super) struct ErrandLines {
    lines: [ErrandLine; 5],
    backoff: Backoff,
    /// No request at all leaves before this, because of this error.
    hold: Option<(Timestamp, ErrorKind)>,
}

impl ErrandLines {
    pub(super) fn new(seed: u64) -> Self {
        let (first, longest) = WAITS;
        let lines = Errand::ALL.map(|_| ErrandLine { wait: None, trouble: None });
        Self { lines, backoff: Backoff::new(first, longest, seed), hold: None }
    }

    /// The earliest moment for a request of this kind.
    pub(super) fn not_before(&self, errand: Errand) -> Option<Timestamp> {
        self.lines[errand.index()].wait.max(self.hold.map(|(until, _)| until))
    }

    /// What is wrong, the most urgent first.
    pub(super) fn trouble(&self) -> Option<&Trouble<ApiError>> {
        self.lines.iter().find_map(|line| line.trouble.as_ref())
    }

    pub(super) fn succeeded(&mut self, errand: Errand) {
        let line = &mut self.lines[errand.index()];
        (line.wait, line.trouble) = (None, None);
        // New credentials say nothing about a service that refuses them again and again.
        if errand == Errand::Credentials {
            return;
        }
        self.backoff.succeeded();
        self.hold = None;
        for line in &mut self.lines {
            line.trouble.take_if(|trouble| stops_all(&trouble.error));
        }
    }

    pub(super) fn failed(&mut self, errand: Errand, error: ApiError, now: Timestamp) {
        let own = self.backoff.failed_asked(error.retry_after());
        let line = &mut self.lines[errand.index()];
        if stops_all(&error) {
            self.hold = Some((later(now, own), error.kind()));
        } else if error.kind() == ErrorKind::NotAllowed {
            line.wait = Some(later(now, own.max(NOT_ALLOWED)));
        } else {
            line.wait = Some(later(now, own));
        }
        let since = line.trouble.take().map_or(now, |trouble| trouble.since);
        line.trouble = Some(Trouble { error, since });
    }

    /// There is another ID token: a refusal of the last one says nothing about it.
    pub(super) fn login_renewed(&mut self) {
        self.lines[Errand::Credentials.index()].wait = None;
    }

    /// There is no ID token to ask with.
    pub(super) fn lacks_login(&mut self, now: Timestamp) {
        let line = &mut self.lines[Errand::Credentials.index()];
        let since = line.trouble.take().map_or(now, |trouble| trouble.since);
        line.trouble = Some(Trouble { error: ApiError::Expired, since });
    }

    /// Refused kinds are tried again: somebody may have corrected the cause.
    pub(super) fn try_again(&mut self) {
        for line in &mut self.lines {
            line.wait = None;
        }
    }

    pub(super) fn network_returned(&mut self) {
        if self.hold.take_if(|(_, kind)| *kind == ErrorKind::Unreachable).is_some() {
            self.backoff.succeeded();
        }
    }
}

/// True for an error of the service or of the network to it, and not of one kind of request.
fn stops_all(error: &ApiError) -> bool {
    match error.kind() {
        ErrorKind::Throttled | ErrorKind::Credentials | ErrorKind::Failing | ErrorKind::Unreachable => true,
        ErrorKind::NotAllowed | ErrorKind::Refused => false,
    }
}

impl Redate for ErrandLines {
    fn redate(&mut self, by: SignedDuration) {
        let Self { lines, backoff: _, hold } = self;
        for ErrandLine { wait, trouble } in lines {
            wait.redate(by);
            // AWS refused the old clock; the new one may be right.
            if trouble.as_ref().is_some_and(|trouble| trouble.error == ApiError::Clock) {
                *wait = None;
            }
            if let Some(Trouble { error: _, since }) = trouble {
                since.redate(by);
            }
        }
        if let Some((until, _)) = hold {
            until.redate(by);
        }
    }
}
