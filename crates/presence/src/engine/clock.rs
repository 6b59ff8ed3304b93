//! Adjusts what is remembered when the clock was set, while this process ran or before it started.
//!
//! Moves dates, and decides what may still be in Teams although it lapsed by the clock. Never writes to Teams.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, Pace};
use crate::{
    connect::ConnectState,
    moment::later,
    provenance::{Provenance, WrittenPresence},
    redate::Redate,
    source::{is_absent, shows},
    teams::{PreferredPresence, SessionPresence, TeamsState},
};

/// What a former process wrote and what lapsed by the clock. Either the time has really passed, and Teams has
/// forgotten it; or the clock was set forward in between, and it is still set. If it shows, it is ours: nobody was
/// seen to choose it.
#[derive(Debug, Clone)]
pub(super) struct Lapsed {
    session: Option<WrittenPresence<SessionPresence>>,
    preferred: Option<WrittenPresence<PreferredPresence>>,
    reason: Option<ConnectState>,
    replaced: Option<TeamsState>,
    alone: Option<TeamsState>,
}

impl Lapsed {
    pub(super) fn of(provenance: &Provenance, pace: Pace, now: Timestamp) -> Option<Self> {
        let session = lapsed(provenance.session.as_ref(), pace.session_expiry, now);
        let preferred = lapsed(provenance.preferred.as_ref(), pace.preferred_expiry, now);
        (session.is_some() || preferred.is_some()).then(|| Self {
            session,
            preferred,
            reason: provenance.reason.clone(),
            replaced: provenance.replaced.clone(),
            alone: provenance.alone.clone(),
        })
    }
}

impl Provenance {
    /// Moves its dates to the clock of `now`. If it was saved in the future, the clock has been set back since, and
    /// how long nothing ran is unknown. Each value then counts as old as it can be: it is renewed soon, and if Teams
    /// shows something else, it has lapsed and was not replaced by a person.
    pub(super) fn adjust_to_clock(&mut self, pace: Pace, now: Timestamp) {
        let Some(ahead) = self.saved.filter(|saved| *saved > now).map(|saved| saved.duration_since(now))
        else {
            return;
        };
        self.redate(-ahead);
        if let Some(own) = &mut self.session {
            own.renewed = own.renewed.min(before(now, pace.session_expiry));
        }
        if let Some(own) = &mut self.preferred {
            own.renewed = own.renewed.min(before(now, pace.preferred_expiry));
        }
    }
}

impl Engine {
    /// Moves all dates when the clock was set by `by`. If it was set forward, it had been slow, or the machine slept
    /// and its monotonic clock stopped too; we cannot know which, so our values count as that much older.
    pub(super) fn set_clock(&mut self, by: SignedDuration) {
        self.redate(by);
        if by.is_positive() {
            let Provenance { session, preferred, .. } = &mut self.provenance;
            session.as_mut().map(|own| &mut own.renewed).into_iter().for_each(|renewed| renewed.redate(-by));
            preferred
                .as_mut()
                .map(|own| &mut own.renewed)
                .into_iter()
                .for_each(|renewed| renewed.redate(-by));
        }
    }

    /// Compares what had lapsed by the clock with the first reading that can show it, and takes back up what shows.
    pub(super) fn adopt_lapsed(&mut self, shown: &TeamsState, out: &mut Vec<Effect>) {
        if is_absent(shown) {
            return;
        }
        let Some(lapsed) = self.lapsed.take() else { return };
        let now = self.now;
        let provenance = &mut self.provenance;
        let preferred = lapsed.preferred.filter(|own| shows(shown, &own.value.shows()) && own.expires > now);
        let ours = preferred.as_ref().or(provenance.preferred.as_ref());
        // A preferred presence shows by a session alone, and this one carried it.
        let carries = ours.is_some_and(|own| shows(shown, &own.value.shows()));
        let session =
            lapsed.session.filter(|own| (carries || shows(shown, &own.value.shows())) && own.expires > now);
        if session.is_none() && preferred.is_none() {
            return;
        }
        provenance.session = provenance.session.take().or(session);
        provenance.preferred = provenance.preferred.take().or(preferred);
        provenance.reason = provenance.reason.take().or(lapsed.reason);
        provenance.replaced = provenance.replaced.take().or(lapsed.replaced);
        provenance.alone = provenance.alone.take().or(lapsed.alone);
        self.save(out);
    }
}

/// What lapsed by `now`, with the latest moment until which it may be set.
fn lapsed<P: Clone>(
    own: Option<&WrittenPresence<P>>,
    length: Duration,
    now: Timestamp,
) -> Option<WrittenPresence<P>> {
    let own = own.filter(|own| own.expires <= now)?;
    Some(WrittenPresence { expires: later(now, length), ..own.clone() })
}

fn before(end: Timestamp, length: Duration) -> Timestamp {
    end.checked_sub(length).unwrap_or(Timestamp::MIN)
}

impl Redate for Lapsed {
    fn redate(&mut self, by: SignedDuration) {
        let Self { session, preferred, reason: _, replaced: _, alone: _ } = self;
        session.redate(by);
        preferred.redate(by);
    }
}

impl Redate for Engine {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            table: _,
            rules: _,
            pace: _,
            provenance,
            now,
            agent: _,
            connect_lost,
            in_force: _,
            pending,
            watch,
            session,
            preferred,
            before: _,
            written,
            preferred_written,
            session_written,
            flight,
            retry_at,
            renewal_fails: _,
            reported,
            decided: _,
            forced_at,
            repair,
            releases: _,
            quit,
            teams_table: _,
            connect,
            glance,
            edge,
            orders,
            question: _,
            way,
            rewrite: _,
            dry_run: _,
            rehearsed: _,
            alternation,
            second_writer,
            lapsed,
            knows_own: _,
        } = self;
        now.redate(by);
        for moment in [connect_lost, written, preferred_written, session_written, retry_at, forced_at, repair]
        {
            moment.redate(by);
        }
        provenance.redate(by);
        pending.redate(by);
        watch.redate(by);
        session.redate(by);
        preferred.redate(by);
        flight.redate(by);
        reported.redate(by);
        quit.redate(by);
        connect.redate(by);
        glance.redate(by);
        edge.redate(by);
        orders.redate(by);
        way.redate(by);
        alternation.redate(by);
        second_writer.redate(by);
        lapsed.redate(by);
    }
}
