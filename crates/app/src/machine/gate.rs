//! The gate to Graph: when a request may leave, and what its answer means for the next one.
//!
//! Every request asks here before it is sent, and every answer passes here before its machine sees it. So no answer of
//! any server can lead to more requests than the budgets allow. It does not know what a request is about and sends
//! none.

mod line;
mod service;

use std::time::Duration;
use view::facts::Trouble;

use graph::{ErrorKind, GraphError};
use jiff::{SignedDuration, Timestamp};
use net::{Backoff, RetryAfter};
use presence::{moment::later, redate::Redate};

use self::line::ServiceLine;

pub(crate) use self::service::GraphService;

/// Budgets count the requests of this length of time.
const MINUTE: Duration = Duration::from_secs(60);
/// A service that refused a token is asked once more with it after this.
const ONCE_MORE: Duration = Duration::from_secs(1);
/// A refused token leads to one renewal in this time, whichever services refuse it.
const BETWEEN_RENEWALS: Duration = Duration::from_secs(600);
/// While one request finds out whether the tenant is still slowed, the others ask again after this.
const DURING_PROBE: Duration = Duration::from_secs(2);
/// No request takes longer than this: a probe without an answer has failed.
const LONGEST_REQUEST: Duration = Duration::from_secs(90);

/// How much a request matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    Usual,
    /// It takes back what we wrote, and may use the reserved part of the budget.
    TakeBack,
    /// It takes back what we wrote while the application quits, or reads what that depends on. There is no later
    /// moment, so it waits for nothing but the budget.
    Last,
}

/// What a request was sent with. Its answer says nothing about another token, person or setting of the clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SentWith {
    /// When the access token was issued.
    pub(crate) token: Timestamp,
    pub(crate) era: Era,
}

/// Counts the events after which an earlier request's answer says nothing any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Era {
    /// How often somebody else signed in.
    pub(crate) person: u32,
    /// How often the clock was set.
    pub(crate) clock: u32,
}

/// What an answer means for the next request to the same service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NextRequest {
    /// It works.
    AsUsual,
    /// The token was refused, which happens to good tokens too: once more with the same one, not before this moment.
    OnceMore(Timestamp),
    /// The token was refused again: a new one is needed, with these claims if the service named any.
    Renew { claims: Option<String>, not_before: Timestamp },
    /// Not before this moment.
    Wait(Timestamp),
}

impl NextRequest {
    /// The earliest moment of the next request.
    pub(crate) fn not_before(&self, now: Timestamp) -> Timestamp {
        match self {
            Self::AsUsual => now,
            Self::OnceMore(at) | Self::Wait(at) | Self::Renew { not_before: at, .. } => *at,
        }
    }
}

/// Graph asked for fewer requests of this tenant, and said for how long.
#[derive(Debug)]
struct TenantHold {
    until: Timestamp,
    /// It asked for longer than we wait: the next request only finds out whether that is still so.
    probes: bool,
    /// That request left at this moment.
    probing: Option<(GraphService, Timestamp)>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Gate {
    /// In the order of [`GraphService::ALL`].
    lines: [ServiceLine; GraphService::ALL.len()],
    hold: Option<TenantHold>,
    /// Spreads the end of such a wait over the computers that were asked for the same one.
    spread: Backoff,
    /// When a refused token last led to a renewal.
    renewed: Option<Timestamp>,
}

impl Gate {
    /// A gate before the first request. `seed` should differ between machines, so that they do not ask together.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            lines: GraphService::ALL.map(|service| ServiceLine::new(service, seed)),
            hold: None,
            spread: Backoff::new(RetryAfter::SHORTEST, RetryAfter::SHORTEST, seed),
            renewed: None,
        }
    }

    /// Lets a request leave and counts it, or returns the earliest moment at which it is worth asking again.
    pub(crate) fn admit(
        &mut self,
        service: GraphService,
        urgency: Urgency,
        now: Timestamp,
    ) -> Result<(), Timestamp> {
        let waits = urgency != Urgency::Last;
        if waits {
            self.hold_ends(now)?;
        }
        let line = self.line_mut(service);
        if let Some(until) = line.wait.filter(|until| waits && now < *until) {
            return Err(until);
        }
        line.sent.retain(|sent| now < later(*sent, MINUTE));
        let most = match urgency {
            Urgency::Usual => service.budget() - service.reserved(),
            Urgency::TakeBack | Urgency::Last => service.budget(),
        };
        if let Some(first) = line.sent.len().checked_sub(most).and_then(|first| line.sent.get(first)) {
            return Err(later(*first, MINUTE));
        }
        line.sent.push_back(now);
        if let Some(hold) = self.hold.as_mut().filter(|_| waits) {
            hold.probing = Some((service, now));
        }
        Ok(())
    }

    /// Whether the tenant-wide wait is over for one more request.
    fn hold_ends(&mut self, now: Timestamp) -> Result<(), Timestamp> {
        let Some(hold) = &mut self.hold else { return Ok(()) };
        if now < hold.until {
            return Err(hold.until);
        }
        if !hold.probes {
            self.hold = None;
            return Ok(());
        }
        match hold.probing {
            Some((_, sent)) if now < later(sent, LONGEST_REQUEST) => Err(later(now, DURING_PROBE)),
            Some(_) | None => Ok(()),
        }
    }

    /// A request to Graph was answered.
    pub(crate) fn answered(
        &mut self,
        service: GraphService,
        answer: Result<(), &GraphError>,
        now: Timestamp,
    ) -> NextRequest {
        let was_probe = self.is_probe(service);
        let Err(error) = answer else {
            if was_probe {
                self.hold = None;
            }
            let line = self.line_mut(service);
            line.backoff.succeeded();
            (line.wait, line.trouble, line.refuses_token) = (None, None, false);
            return NextRequest::AsUsual;
        };
        match (error.kind(), error.retry_after()) {
            (ErrorKind::Throttled, Some(asked)) => self.hold_all(asked, now),
            _ if was_probe => self.hold = None,
            _ => {}
        }
        if error.kind() == ErrorKind::Token {
            return self.token_refused(service, error, now);
        }
        NextRequest::Wait(self.line_mut(service).fails(error, now))
    }

    /// A request that was sent with a token that has been replaced since was refused: that says nothing about the new
    /// one.
    pub(crate) fn answered_with_old_token(&mut self, service: GraphService, now: Timestamp) -> NextRequest {
        if self.is_probe(service) {
            self.hold = None;
        }
        NextRequest::OnceMore(later(now, ONCE_MORE))
    }

    fn is_probe(&self, service: GraphService) -> bool {
        self.hold.as_ref().and_then(|hold| hold.probing).is_some_and(|(probe, _)| probe == service)
    }

    fn hold_all(&mut self, asked: RetryAfter, now: Timestamp) {
        let until = later(now, self.spread.failed_asked(Some(asked)).min(RetryAfter::LONGEST));
        let earlier = self.hold.take();
        let probes =
            asked.is_capped() || earlier.as_ref().is_some_and(|hold| hold.probes && now < hold.until);
        let until = earlier.map_or(until, |hold| hold.until.max(until));
        self.hold = Some(TenantHold { until, probes, probing: None });
    }

    /// Graph's presence service refuses good tokens now and then (microsoft-graph-docs, issue 8457).
    fn token_refused(&mut self, service: GraphService, error: &GraphError, now: Timestamp) -> NextRequest {
        let claims =
            if let GraphError::Unauthorized { challenge, .. } = error { challenge.clone() } else { None };
        let may_renew = self.renewed.is_none_or(|at| later(at, BETWEEN_RENEWALS) <= now) || claims.is_some();
        let line = self.line_mut(service);
        let is_first = !std::mem::replace(&mut line.refuses_token, true);
        if is_first && claims.is_none() {
            let wait = error.retry_after().map_or(ONCE_MORE, |asked| asked.wait().max(ONCE_MORE));
            let at = later(now, wait);
            line.wait = Some(at);
            return NextRequest::OnceMore(at);
        }
        if !may_renew {
            return NextRequest::Wait(line.fails(error, now));
        }
        let not_before = later(now, line.backoff.failed_asked(error.retry_after()));
        line.wait = Some(not_before);
        self.renewed = Some(now);
        NextRequest::Renew { claims, not_before }
    }

    /// There is a new access token: what was refused because of the old one is tried again.
    pub(crate) fn token_renewed(&mut self) {
        for line in &mut self.lines {
            if line.refuses_token || line.fails_with(ErrorKind::NotAllowed) {
                line.wait = None;
            }
        }
    }

    /// The network is back: what failed without it is tried at once.
    pub(crate) fn network_returned(&mut self) {
        for line in &mut self.lines {
            if line.fails_with(ErrorKind::Unreachable) {
                line.wait = None;
                line.backoff.succeeded();
            }
        }
    }

    /// What is wrong with a service, until it works again.
    pub(crate) fn trouble(&self, service: GraphService) -> Option<&Trouble> {
        self.line(service).trouble.as_ref()
    }

    /// Until when Graph asked for fewer requests of the whole tenant.
    pub(crate) fn slowed(&self, now: Timestamp) -> Option<Timestamp> {
        self.hold.as_ref().filter(|hold| now < hold.until || hold.probes).map(|hold| hold.until)
    }

    fn line(&self, service: GraphService) -> &ServiceLine {
        &self.lines[service.index()]
    }

    fn line_mut(&mut self, service: GraphService) -> &mut ServiceLine {
        &mut self.lines[service.index()]
    }
}

impl Redate for Gate {
    fn redate(&mut self, by: SignedDuration) {
        let Self { lines, hold, spread: _, renewed } = self;
        for line in lines {
            line.redate(by);
        }
        if let Some(TenantHold { until, probes: _, probing }) = hold {
            until.redate(by);
            if let Some((_, sent)) = probing {
                sent.redate(by);
            }
        }
        renewed.redate(by);
    }
}

#[cfg(test)]
mod tests;
