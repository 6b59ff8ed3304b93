//! The simulated Teams as the tests need it: who filled the preferred slot, answers that lag behind a write, and since
//! when it has shown the same. The engine is checked against it.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    engine::Write,
    simulated::SimulatedTeams,
    teams::{Availability, Detail, Reading, SessionPresence, TeamsState},
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
}

#[derive(Debug, Clone)]
pub struct Cloud {
    teams: SimulatedTeams,
    /// Who filled the preferred slot last.
    slot: Option<Slot>,
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

impl Cloud {
    pub fn new(now: Timestamp) -> Self {
        Self {
            teams: SimulatedTeams::new(AVAILABLE),
            slot: None,
            stamp: 1,
            lags: false,
            lagging: None,
            steady: (AVAILABLE, now),
        }
    }

    /// What everybody sees.
    pub fn shows(&self, now: Timestamp) -> TeamsState {
        self.teams.shows(now)
    }

    /// Our session, until it expires.
    pub fn session(&self, now: Timestamp) -> Option<SessionPresence> {
        self.teams.session(now)
    }

    /// The preferred slot, until it expires.
    pub fn preferred(&self, now: Timestamp) -> Option<&Slot> {
        self.teams.preferred(now).and(self.slot.as_ref())
    }

    pub fn ours_preferred(&self, now: Timestamp) -> Option<&TeamsState> {
        self.preferred(now).filter(|slot| slot.by == By::Us).map(|slot| &slot.shows)
    }

    pub fn has_nothing_of_ours(&self, now: Timestamp) -> bool {
        self.session(now).is_none() && self.ours_preferred(now).is_none()
    }

    /// How many states it has shown, the first one included.
    pub fn states_shown(&self) -> u64 {
        self.stamp
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
        self.teams.write(write, now);
        if let Write::SetPreferred { value, .. } = write {
            self.slot = Some(Slot { shows: value.shows(), by: By::Us, since: now });
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

    /// Lets Teams itself make this state.
    pub fn client(&mut self, state: TeamsState, now: Timestamp) {
        self.teams.set_client(state);
        self.tick(now);
    }

    /// Lets a person pick this in Teams. A choice that looks like ours cannot be distinguished from it.
    pub fn person(&mut self, picks: TeamsState, looks_like_ours: bool, now: Timestamp) {
        let by = if looks_like_ours { By::Either } else { By::Person };
        let until = now + Duration::from_secs(24 * 60 * 60);
        self.teams.prefer(picks.clone(), until);
        self.slot = Some(Slot { shows: picks, by, since: now });
        self.tick(now);
    }

    /// Lets a person reset the status in Teams.
    pub fn reset(&mut self, now: Timestamp) {
        self.teams.reset();
        self.tick(now);
    }

    /// After a refused write the person's own equal choice cannot be distinguished from ours.
    pub fn refuse(&mut self, write: Write) {
        if let (Write::SetPreferred { value, .. }, Some(slot)) = (write, &mut self.slot)
            && slot.shows == value.shows()
        {
            slot.by = By::Either;
        }
    }
}
