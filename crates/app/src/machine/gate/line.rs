//! One service of Graph: when requests to it left, what is wrong with it, and until when it is not asked.
//!
//! Knows nothing of the other services, nor of the waits of the whole tenant.

use std::{collections::VecDeque, time::Duration};
use view::facts::Trouble;

use graph::{ErrorKind, GraphError};
use jiff::{SignedDuration, Timestamp};
use net::Backoff;
use presence::{moment::later, redate::Redate};

use super::service::GraphService;

/// A right that is missing does not come by itself.
const NOT_ALLOWED: Duration = Duration::from_secs(600);

/// One service: what was sent to it, and how it answers.
#[derive(Debug)]
pub(super) struct ServiceLine {
    pub(super) sent: VecDeque<Timestamp>,
    pub(super) wait: Option<Timestamp>,
    pub(super) backoff: Backoff,
    pub(super) trouble: Option<Trouble>,
    /// The token was refused, and has not been accepted since.
    pub(super) refuses_token: bool,
}

impl ServiceLine {
    /// Nothing was sent yet. `seed` spreads the waits.
    pub(super) fn new(service: GraphService, seed: u64) -> Self {
        let (first, longest) = service.waits();
        Self {
            sent: VecDeque::new(),
            wait: None,
            backoff: Backoff::new(first, longest, seed.wrapping_add(service.budget() as u64)),
            trouble: None,
            refuses_token: false,
        }
    }

    /// Remembers the trouble and returns when the service may be asked again.
    pub(super) fn fails(&mut self, error: &GraphError, now: Timestamp) -> Timestamp {
        let since = self.trouble.take().map_or(now, |trouble| trouble.since);
        self.trouble = Some(Trouble { error: error.clone(), since });
        let asked = error.retry_after();
        let is_first = self.backoff.failures() == 0;
        let own = self.backoff.failed_asked(asked);
        let wait = match (error.kind(), asked) {
            (ErrorKind::NotAllowed, _) => own.max(NOT_ALLOWED),
            // A service that knows when it works again is believed once.
            (_, Some(asked)) if is_first => asked.wait(),
            _ => own,
        };
        let at = later(now, wait);
        self.wait = Some(at);
        at
    }

    pub(super) fn fails_with(&self, kind: ErrorKind) -> bool {
        self.trouble.as_ref().is_some_and(|trouble| trouble.error.kind() == kind)
    }
}

impl Redate for ServiceLine {
    fn redate(&mut self, by: SignedDuration) {
        let Self { sent, wait, backoff: _, trouble, refuses_token: _ } = self;
        sent.iter_mut().for_each(|sent| sent.redate(by));
        wait.redate(by);
        if let Some(Trouble { error: _, since }) = trouble {
            since.redate(by);
        }
    }
}
