//! One write under way: announced in the provenance before it leaves, settled when it is answered.
//!
//! Keeps the provenance honest: what may be set in Teams is in it.

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, Write, confirm::Trail, hold::Entry, plan::Step, report::Status, want::Want};
use crate::{
    decision::{Done, Guard, Side},
    moment::later,
    provenance::{Held, WrittenPresence},
    redate::Redate,
};

/// Why a write is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something changed.
    Decision,
    /// What is set is kept alive.
    Renewal,
    /// A forced sync did not see it.
    Repair,
}

/// The write under way.
#[derive(Debug, Clone)]
pub(super) struct Flight {
    write: Write,
    pub(super) kind: Kind,
    sent: Timestamp,
    /// What should be set when it left.
    want: Want,
    /// The state for which it is made.
    entry: Option<Entry>,
}

impl Engine {
    /// Announces a write and sends it.
    pub(super) fn send(&mut self, write: Write, kind: Kind, out: &mut Vec<Effect>) {
        if kind == Kind::Decision && self.trips_breaker(Side::Teams, out) {
            return self.report(Status::Suspended(Guard::Breaker), out);
        }
        let want = self.want();
        self.announce(write, kind);
        self.save(out);
        out.push(Effect::Write(write));
        self.flight = Some(Flight { write, kind, sent: self.now, want, entry: self.in_force.clone() });
    }

    /// Notes in the provenance what will be set if the write arrives. What is taken back stays in it until then.
    fn announce(&mut self, write: Write, kind: Kind) {
        let shown = self.watch.known().map(|reading| reading.state.clone());
        let is_nothing_set = self.provenance.session.is_none() && self.provenance.preferred.is_none();
        self.provenance.alone = self.watch.alone().cloned();
        match write {
            Write::SetSession { value, expiry } => {
                self.note_state(&value.shows());
                if is_nothing_set {
                    self.provenance.replaced = shown;
                }
                let own = self.provenance.session.take();
                self.provenance.session = Some(announced(own, value, self.now, later(self.now, expiry)));
            }
            Write::SetPreferred { value, expiry } => {
                self.note_state(&value.shows());
                let own = self.provenance.preferred.take();
                if kind != Kind::Renewal {
                    self.provenance.replaced = shown;
                    self.before =
                        own.as_ref().map(|own| own.value).filter(|own| *own != value).or(self.before);
                }
                self.provenance.preferred = Some(announced(own, value, self.now, later(self.now, expiry)));
            }
            Write::ClearSession | Write::ClearPreferred => return,
        }
        if kind == Kind::Decision
            && let Some(entry) = &self.in_force
        {
            self.provenance.reason = Some(entry.state.clone());
            self.note_teams_write();
        }
    }

    pub(super) fn settle_write(&mut self, out: &mut Vec<Effect>) {
        let Some(flight) = self.flight.take() else { return };
        self.retry_at = None;
        self.renewal_fails = false;
        let is_new = flight.kind != Kind::Renewal;
        let look = later(self.now, self.pace.read_back);
        if is_new {
            self.written = Some(self.now);
        }
        match flight.write {
            Write::SetSession { expiry, .. } => {
                if let Some(own) = &mut self.provenance.session {
                    own.renewed = flight.sent;
                    own.expires = later(self.now, expiry);
                }
                self.session_written = Some(self.now);
                self.session = match flight.want {
                    Want::Session(_) if is_new => Trail::begun(look),
                    Want::Session(_) => self.session,
                    Want::Preferred(_) | Want::Keep | Want::Nothing => Trail::quiet(),
                };
            }
            Write::SetPreferred { expiry, .. } => {
                if let Some(own) = &mut self.provenance.preferred {
                    own.renewed = flight.sent;
                    own.expires = later(self.now, expiry);
                }
                if is_new {
                    self.preferred = Trail::begun(look);
                    self.preferred_written = Some(self.now);
                }
            }
            Write::ClearSession => {
                self.provenance.session = None;
                self.session = Trail::quiet();
                self.reported.note_taken_back(flight.want);
            }
            Write::ClearPreferred => {
                self.provenance.preferred = None;
                self.preferred = Trail::quiet();
                self.before = None;
                self.preferred_written = Some(self.now);
                if std::mem::take(&mut self.releases) {
                    self.provenance.held = Held::No;
                }
                self.reported.note_taken_back(flight.want);
                if matches!(flight.want, Want::Session(_)) && !self.session.doubt {
                    self.session = Trail::begun(look);
                }
            }
        }
        self.tidy();
        self.save(out);
        if !is_new {
            self.record(self.in_force.as_ref(), Done::Renewed, None, out);
        } else {
            self.report_write(&flight, out);
        }
    }

    /// Reports a write that was answered, unless the next decision reports it. If the reason of the write is over, no
    /// such decision follows.
    fn report_write(&mut self, flight: &Flight, out: &mut Vec<Effect>) {
        let is_wanted = self.want() == flight.want;
        let done = match (flight.want, flight.write) {
            (Want::Session(_), Write::SetSession { .. })
            | (Want::Preferred(_), Write::SetPreferred { .. }) => {
                // Another write may follow, and Teams may show this one meanwhile.
                if is_wanted {
                    return self.report(Status::Confirming, out);
                }
                Done::Written
            }
            (Want::Nothing, Write::ClearSession | Write::ClearPreferred)
                if !is_wanted && !self.has_something_set() && self.plan() != Step::Rest(Status::NoChange) =>
            {
                Done::GivenBack
            }
            (Want::Session(_) | Want::Preferred(_) | Want::Nothing | Want::Keep, _) => return,
        };
        self.reported.note_row();
        self.record(flight.entry.as_ref(), done, None, out);
    }

    /// Settles a write that failed. It may have arrived nevertheless: its value counts as set, and so does what it was
    /// to take back.
    pub(super) fn settle_failed_write(&mut self, retry_at: Timestamp, out: &mut Vec<Effect>) {
        let Some(flight) = self.flight.take() else { return };
        // The next try never follows at once, whatever the caller says.
        let retry_at = retry_at.max(later(self.now, self.pace.read_back));
        // A write that was under way when the quit began was no take-back of the quit.
        if !self.quit.is_later_than(flight.sent) {
            self.retry_at = Some(retry_at);
        }
        let is_known = flight.kind == Kind::Renewal && self.renewal_fails;
        if !is_known {
            self.record(self.in_force.as_ref(), Done::Failed, None, out);
        }
        self.renewal_fails = flight.kind == Kind::Renewal;
        // On quitting there is no second try.
        if self.is_leaving() || flight.kind == Kind::Renewal {
            return;
        }
        self.reported.note_failure();
        self.written = Some(self.now);
        match flight.write {
            Write::SetSession { .. } | Write::ClearSession => self.session = Trail::in_doubt(None),
            Write::SetPreferred { .. } | Write::ClearPreferred => {
                if self.provenance.held.take_back_failed() {
                    self.save(out);
                }
                self.preferred = Trail::in_doubt(Some(retry_at));
                self.preferred_written = Some(self.now);
            }
        }
    }
}

/// What will be set once a write has arrived. `renewed` moves only when it has arrived.
fn announced<P: PartialEq>(
    own: Option<WrittenPresence<P>>,
    value: P,
    now: Timestamp,
    expires: Timestamp,
) -> WrittenPresence<P> {
    match own {
        Some(own) if own.value == value => WrittenPresence { expires: own.expires.max(expires), ..own },
        Some(_) | None => WrittenPresence { value, since: now, renewed: now, expires },
    }
}

impl Redate for Flight {
    fn redate(&mut self, by: SignedDuration) {
        let Self { write: _, kind: _, sent, want: _, entry: _ } = self;
        sent.redate(by);
    }
}
