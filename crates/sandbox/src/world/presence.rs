//! How Teams derives one presence from many sources, as Graph's "Manage presence state" page describes: sessions,
//! preferred presence, calendar, precedence, expiry and fade. Pure: the time comes in. It must not know who
//! is allowed to write, nor how a request looks.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// After this long an app's Available counts as inactive, after twice as long as Away, whatever its expiry. Only Teams
/// measures a person's own idleness; its time from inactive to Away is assumed to be the same.
const FADE: SignedDuration = SignedDuration::from_mins(5);
/// More sessions than any person has apps; the one that ends first makes room.
const MOST_SESSIONS: usize = 20;

/// The base state (Graph: resource `presence`, `availability`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the words of Graph")]
pub enum Availability {
    Available,
    Busy,
    DoNotDisturb,
    BeRightBack,
    Away,
    Offline,
    PresenceUnknown,
}

/// The detail (Graph: resource `presence`, `activity`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the words of Graph")]
pub enum Activity {
    Available,
    AvailableInactive,
    Busy,
    InACall,
    InAConferenceCall,
    InAMeeting,
    DoNotDisturb,
    Presenting,
    Focusing,
    BeRightBack,
    Away,
    Offline,
    OffWork,
    OutOfOffice,
    PresenceUnknown,
}

/// What others see of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Presence {
    /// The base state.
    pub availability: Availability,
    /// The detail.
    pub activity: Activity,
}

impl Presence {
    /// Available.
    pub const AVAILABLE: Self = Self::new(Availability::Available, Activity::Available);
    /// Available, but nobody is at the machine.
    pub const AVAILABLE_INACTIVE: Self = Self::new(Availability::Available, Activity::AvailableInactive);
    /// In a call.
    pub const IN_A_CALL: Self = Self::new(Availability::Busy, Activity::InACall);
    /// In a meeting of the calendar.
    pub const IN_A_MEETING: Self = Self::new(Availability::Busy, Activity::InAMeeting);
    /// Busy.
    pub const BUSY: Self = Self::new(Availability::Busy, Activity::Busy);
    /// Do not disturb.
    pub const DO_NOT_DISTURB: Self = Self::new(Availability::DoNotDisturb, Activity::DoNotDisturb);
    /// Presenting.
    pub const PRESENTING: Self = Self::new(Availability::DoNotDisturb, Activity::Presenting);
    /// Be right back.
    pub const BE_RIGHT_BACK: Self = Self::new(Availability::BeRightBack, Activity::BeRightBack);
    /// Away.
    pub const AWAY: Self = Self::new(Availability::Away, Activity::Away);
    /// Signed out everywhere.
    pub const OFFLINE: Self = Self::new(Availability::Offline, Activity::Offline);
    /// Appear offline.
    pub const OFF_WORK: Self = Self::new(Availability::Offline, Activity::OffWork);
    /// Out of office, as a state of its own.
    pub const OUT_OF_OFFICE: Self = Self::new(Availability::Offline, Activity::OutOfOffice);
    /// Not known.
    pub const UNKNOWN: Self = Self::new(Availability::PresenceUnknown, Activity::PresenceUnknown);

    /// Puts the two together.
    #[must_use]
    pub const fn new(availability: Availability, activity: Activity) -> Self {
        Self { availability, activity }
    }

    // DoNotDisturb > Busy > Available > Away among sessions. Of two equal ones the more specific detail wins:
    // that a call shows through a meeting is observed, not documented.
    fn rank(self) -> (u8, u8) {
        let base = match self.availability {
            Availability::DoNotDisturb => 5,
            Availability::Busy => 4,
            Availability::Available => 3,
            Availability::BeRightBack => 2,
            Availability::Away => 1,
            Availability::Offline | Availability::PresenceUnknown => 0,
        };
        let detail = match self.activity {
            Activity::AvailableInactive | Activity::Offline | Activity::PresenceUnknown => 0,
            Activity::Available
            | Activity::Busy
            | Activity::DoNotDisturb
            | Activity::BeRightBack
            | Activity::Away
            | Activity::OffWork
            | Activity::OutOfOffice => 1,
            Activity::InAMeeting | Activity::Focusing => 2,
            Activity::InACall | Activity::InAConferenceCall | Activity::Presenting => 3,
        };
        (base, detail)
    }
}

/// One of the five presences an app session may have (Graph: presence-setpresence).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SessionPresence(Presence);

impl SessionPresence {
    const ACCEPTED: [Presence; 5] = [
        Presence::AVAILABLE,
        Presence::IN_A_CALL,
        Presence::new(Availability::Busy, Activity::InAConferenceCall),
        Presence::AWAY,
        Presence::PRESENTING,
    ];

    pub(crate) fn new(presence: Presence) -> Option<Self> {
        Self::ACCEPTED.contains(&presence).then_some(Self(presence))
    }

    pub(crate) const fn get(self) -> Presence {
        self.0
    }
}

/// A person cannot choose that by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "Teams offers no such choice. It offers Available, Busy, DoNotDisturb, BeRightBack and Away, each with the \
     activity of the same name, and Offline with OffWork."
)]
pub struct NoSuchChoice;

/// One of the six presences a person may prefer (Graph: presence-setuserpreferredpresence).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PreferredPresence(Presence);

impl PreferredPresence {
    const ACCEPTED: [Presence; 6] = [
        Presence::AVAILABLE,
        Presence::BUSY,
        Presence::DO_NOT_DISTURB,
        Presence::BE_RIGHT_BACK,
        Presence::AWAY,
        Presence::OFF_WORK,
    ];

    pub(crate) fn new(presence: Presence) -> Option<Self> {
        Self::ACCEPTED.contains(&presence).then_some(Self(presence))
    }

    pub(crate) const fn get(self) -> Presence {
        self.0
    }

    /// How long it lasts by default: 1 day for Busy and Do not disturb, else 7 days.
    pub(crate) fn usual_expiry(self) -> Duration {
        let days = match self.0.availability {
            Availability::Busy | Availability::DoNotDisturb => 1,
            Availability::Available
            | Availability::BeRightBack
            | Availability::Away
            | Availability::Offline
            | Availability::PresenceUnknown => 7,
        };
        Duration::from_secs(days * 24 * 60 * 60)
    }
}

/// How long an app session may last: 5 minutes to 4 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SessionExpiry(Duration);

impl SessionExpiry {
    pub(crate) const SHORTEST: Self = Self(Duration::from_mins(5));
    const LONGEST: Duration = Duration::from_hours(4);

    pub(crate) fn new(after: Duration) -> Option<Self> {
        (Self::SHORTEST.0..=Self::LONGEST).contains(&after).then_some(Self(after))
    }

    pub(crate) const fn get(self) -> Duration {
        self.0
    }
}

/// A presence that lasts until a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimedPresence {
    /// What was set.
    #[serde(flatten)]
    pub presence: Presence,
    /// When it was set.
    pub set_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl TimedPresence {
    fn new(presence: Presence, lasts: Duration, now: Timestamp) -> Self {
        // Past the end of the calendar nothing expires.
        let expires_at = now.checked_add(lasts).unwrap_or(Timestamp::MAX);
        Self { presence, set_at: now, expires_at }
    }

    fn is_alive(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    fn faded(&self, now: Timestamp) -> Presence {
        if self.presence != Presence::AVAILABLE {
            return self.presence;
        }
        let age = now.duration_since(self.set_at);
        if age >= FADE + FADE {
            Presence::AWAY
        } else if age >= FADE {
            Presence::AVAILABLE_INACTIVE
        } else {
            self.presence
        }
    }
}

/// The aggregate and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) presence: Presence,
    /// Microseconds; grows with every change of the aggregate.
    pub(crate) version: i64,
}

/// Everything that one person's presence is derived from.
#[derive(Debug)]
pub(crate) struct Sources {
    teams: Option<Presence>,
    /// Since when nobody touches the person's own machine.
    idle_since: Option<Timestamp>,
    apps: BTreeMap<String, TimedPresence>,
    preferred: Option<TimedPresence>,
    meeting: bool,
    shown: Shown,
}

impl Sources {
    pub(crate) fn new(teams: Presence, now: Timestamp) -> Self {
        let shown = Shown { presence: teams, version: now.as_microsecond() };
        Self {
            teams: Some(teams),
            idle_since: None,
            apps: BTreeMap::new(),
            preferred: None,
            meeting: false,
            shown,
        }
    }

    /// What the person's own Teams client says; None when it does not run.
    pub(crate) fn set_teams(&mut self, teams: Option<Presence>) {
        self.teams = teams;
    }

    /// Nobody touches the machine any more, or somebody does again. It changes only an Available.
    pub(crate) fn set_idle(&mut self, idle: bool, now: Timestamp) {
        self.idle_since = idle.then(|| self.idle_since.unwrap_or(now));
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.idle_since.is_some()
    }

    pub(crate) fn set_meeting(&mut self, on: bool) {
        self.meeting = on;
    }

    pub(crate) fn set_session(
        &mut self,
        app: &str,
        presence: SessionPresence,
        expiry: SessionExpiry,
        now: Timestamp,
    ) {
        self.apps.retain(|_, session| session.is_alive(now));
        if self.apps.len() >= MOST_SESSIONS && !self.apps.contains_key(app) {
            let first = self.apps.iter().min_by_key(|(_, session)| session.expires_at);
            if let Some(app) = first.map(|(app, _)| app.clone()) {
                self.apps.remove(&app);
            }
        }
        self.apps.insert(app.to_owned(), TimedPresence::new(presence.get(), expiry.get(), now));
    }

    /// False when there is no such session.
    pub(crate) fn clear_session(&mut self, app: &str, now: Timestamp) -> bool {
        self.apps.remove(app).is_some_and(|session| session.is_alive(now))
    }

    pub(crate) fn prefer(&mut self, presence: PreferredPresence, lasts: Duration, now: Timestamp) {
        self.preferred = Some(TimedPresence::new(presence.get(), lasts, now));
    }

    pub(crate) fn clear_preferred(&mut self) {
        self.preferred = None;
    }

    /// What the Teams client says at this moment.
    pub(crate) fn teams(&self, now: Timestamp) -> Option<Presence> {
        match (self.teams, self.idle_since) {
            (Some(Presence::AVAILABLE), Some(since)) if now.duration_since(since) >= FADE => {
                Some(Presence::AWAY)
            }
            (Some(Presence::AVAILABLE), Some(_)) => Some(Presence::AVAILABLE_INACTIVE),
            (teams, Some(_) | None) => teams,
        }
    }

    pub(crate) fn is_in_meeting(&self) -> bool {
        self.meeting
    }

    pub(crate) fn session(&self, app: &str, now: Timestamp) -> Option<TimedPresence> {
        self.apps.get(app).copied().filter(|session| session.is_alive(now))
    }

    pub(crate) fn preferred(&self, now: Timestamp) -> Option<TimedPresence> {
        self.preferred.filter(|preferred| preferred.is_alive(now))
    }

    /// Preferred presence over sessions, but only while there is a session.
    pub(crate) fn aggregate(&self, now: Timestamp) -> Presence {
        let apps =
            self.apps.values().filter(|session| session.is_alive(now)).map(|session| session.faded(now));
        let Some(best) = self.teams(now).into_iter().chain(apps).max_by_key(|presence| presence.rank())
        else {
            return Presence::OFFLINE;
        };
        match (self.preferred(now), self.meeting) {
            (Some(preferred), _) => preferred.presence,
            (None, true) if best.rank() < Presence::IN_A_MEETING.rank() => Presence::IN_A_MEETING,
            (None, true | false) => best,
        }
    }

    /// Takes the aggregate of this moment as seen; a changed one gets a higher version.
    pub(crate) fn settle(&mut self, now: Timestamp) -> Shown {
        let presence = self.aggregate(now);
        if presence != self.shown.presence {
            self.shown = Shown { presence, version: now.as_microsecond().max(self.shown.version + 1) };
        }
        self.shown
    }
}

#[cfg(test)]
mod tests;
