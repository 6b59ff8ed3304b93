//! Graph as documented, as far as one person's presence goes: our session, the preferred slot, what Teams itself
//! makes, their precedence and their expiry. It is the truth that the engine is held against.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    engine::Write,
    teams::{Availability, Detail, PreferredPresence, Reading, SessionPresence, TeamsState},
};

/// Who filled the preferred slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Us,
    Person,
    /// A person picked what nobody can distinguish from ours.
    Either,
}

#[derive(Debug, Clone)]
pub struct Slot {
    pub shows: TeamsState,
    pub by: By,
    pub since: Timestamp,
    until: Timestamp,
}

#[derive(Debug, Clone)]
pub struct Cloud {
    /// What the Teams client and the calendar make.
    client: TeamsState,
    session: Option<(SessionPresence, Timestamp)>,
    preferred: Option<Slot>,
    stamp: u64,
    /// The next read after a write still gives what was before it.
    pub lags: bool,
    lagging: Option<(TeamsState, u64, Timestamp)>,
    /// What the last read would have given, and since when.
    steady: (TeamsState, Timestamp),
}

pub const AVAILABLE: TeamsState = TeamsState::plain(Availability::Available);
pub const AWAY: TeamsState = TeamsState::plain(Availability::Away);
pub const BUSY: TeamsState = TeamsState::plain(Availability::Busy);
pub const BE_RIGHT_BACK: TeamsState = TeamsState::plain(Availability::BeRightBack);
pub const DO_NOT_DISTURB: TeamsState = TeamsState::plain(Availability::DoNotDisturb);
pub const OFFLINE: TeamsState = TeamsState::plain(Availability::Offline);
pub const APPEAR_OFFLINE: TeamsState = TeamsState::with(Availability::Offline, Detail::AppearOffline);
pub const IN_CALL: TeamsState = TeamsState::with(Availability::Busy, Detail::InCall);
pub const IN_MEETING: TeamsState = TeamsState::with(Availability::Busy, Detail::InMeeting);
pub const PRESENTING: TeamsState = TeamsState::with(Availability::DoNotDisturb, Detail::Presenting);
pub const INACTIVE: TeamsState = TeamsState::with(Availability::Available, Detail::Inactive);

/// Among sessions Do not disturb wins over Busy, Busy over Available, Available over Away.
fn weight(state: &TeamsState) -> u8 {
    match (state.availability, state.detail) {
        (Availability::DoNotDisturb, _) => 5,
        (Availability::Busy, _) => 4,
        (Availability::Available, None) => 3,
        (Availability::Available, Some(_)) => 2,
        (Availability::Away | Availability::BeRightBack, _) => 1,
        (Availability::Offline | Availability::Unknown, _) => 0,
    }
}

impl Cloud {
    pub fn new(now: Timestamp) -> Self {
        Self {
            client: AVAILABLE,
            session: None,
            preferred: None,
            stamp: 1,
            lags: false,
            lagging: None,
            steady: (AVAILABLE, now),
        }
    }

    /// What everybody sees.
    pub fn shows(&self, now: Timestamp) -> TeamsState {
        let session = self.session(now);
        if let Some(slot) = self.preferred(now) {
            let is_there = session.is_some() || self.client.availability != Availability::Offline;
            return if is_there { slot.shows.clone() } else { OFFLINE };
        }
        match session.map(SessionPresence::shows) {
            Some(ours) if weight(&ours) > weight(&self.client) => ours,
            Some(_) | None => self.client.clone(),
        }
    }

    /// Our session, while it lives.
    pub fn session(&self, now: Timestamp) -> Option<SessionPresence> {
        self.session.filter(|(_, until)| *until > now).map(|(value, _)| value)
    }

    /// The preferred slot, while it lives.
    pub fn preferred(&self, now: Timestamp) -> Option<&Slot> {
        self.preferred.as_ref().filter(|slot| slot.until > now)
    }

    pub fn ours_preferred(&self, now: Timestamp) -> Option<&TeamsState> {
        self.preferred(now).filter(|slot| slot.by == By::Us).map(|slot| &slot.shows)
    }

    pub fn has_nothing_of_ours(&self, now: Timestamp) -> bool {
        self.session(now).is_none() && self.ours_preferred(now).is_none()
    }

    /// How long it has been showing the same.
    pub fn steady_for(&self, now: Timestamp) -> Duration {
        now.duration_since(self.steady.1).unsigned_abs()
    }

    /// Notices what changed by itself; called at every step of time.
    pub fn tick(&mut self, now: Timestamp) {
        let shows = self.shows(now);
        if shows != self.steady.0 {
            self.stamp += 1;
            self.steady = (shows, now);
        }
    }

    pub fn write(&mut self, write: Write, now: Timestamp) {
        let before = (self.shows(now), self.stamp, now + Duration::from_secs(2));
        match write {
            Write::SetSession { value, expiry } => self.session = Some((value, now + expiry)),
            Write::ClearSession => self.session = None,
            Write::SetPreferred { value, expiry } => {
                self.preferred =
                    Some(Slot { shows: value.shows(), by: By::Us, since: now, until: now + expiry });
            }
            Write::ClearPreferred => self.preferred = None,
        }
        self.tick(now);
        if self.lags {
            self.lagging = Some(before);
        }
    }

    pub fn read(&mut self, at: Timestamp) -> Reading {
        self.tick(at);
        let (state, stamp) = match self.lagging.take() {
            Some((state, stamp, until)) if at < until => (state, stamp),
            Some(_) | None => (self.shows(at), self.stamp),
        };
        Reading { state, sequence: Some(format!("{stamp:08}")), at }
    }

    /// Teams itself makes this.
    pub fn client(&mut self, state: TeamsState, now: Timestamp) {
        self.client = state;
        self.tick(now);
    }

    /// A person picks this in Teams. What looks like ours cannot be distinguished from it.
    pub fn person(&mut self, picks: TeamsState, looks_like_ours: bool, now: Timestamp) {
        let by = if looks_like_ours { By::Either } else { By::Person };
        let until = now + Duration::from_secs(24 * 60 * 60);
        self.preferred = Some(Slot { shows: picks, by, since: now, until });
        self.tick(now);
    }

    /// A person resets the status in Teams.
    pub fn reset(&mut self, now: Timestamp) {
        self.preferred = None;
        self.tick(now);
    }

    /// After a refused write the person's own equal choice cannot be distinguished from ours.
    pub fn refuse(&mut self, write: Write) {
        if let (Write::SetPreferred { value, .. }, Some(slot)) = (write, &mut self.preferred)
            && slot.shows == value.shows()
        {
            slot.by = By::Either;
        }
    }
}

/// What a person can pick; also what our own values look like.
pub fn preferred_values() -> [PreferredPresence; 5] {
    [
        PreferredPresence::Busy,
        PreferredPresence::DoNotDisturb,
        PreferredPresence::BeRightBack,
        PreferredPresence::AppearAway,
        PreferredPresence::AppearOffline,
    ]
}
