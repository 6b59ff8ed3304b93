//! Teams presence as Graph reports it, and what can be written through Graph.
//!
//! Both vocabularies of Graph (before and after September 2025) are read. Graph's spelling is kept only in
//! [`TeamsState::unknown`], so nothing outside this file knows it.

use std::{collections::HashSet, sync::LazyLock};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::redate::Redate;

/// The top level of a presence: what Teams shows as a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Availability {
    /// Free.
    Available,
    /// Occupied, can be reached.
    Busy,
    /// Not to be reached.
    DoNotDisturb,
    /// Back in a moment; only ever chosen by a person.
    BeRightBack,
    /// Not at the machine.
    Away,
    /// No session, or chosen to look so.
    Offline,
    /// Graph does not know, or uses a word that we do not know.
    Unknown,
}

impl Availability {
    /// All that a row can speak of.
    pub const KNOWN: [Self; 6] =
        [Self::Available, Self::Busy, Self::DoNotDisturb, Self::BeRightBack, Self::Away, Self::Offline];
}

/// The detail behind the availability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Detail {
    /// In a Teams call, conference calls included.
    InCall,
    /// In a meeting by the calendar, or joined.
    InMeeting,
    /// Sharing the screen.
    Presenting,
    /// Focus time.
    Focusing,
    /// An automatic reply or an out-of-office event is active.
    OutOfOffice,
    /// The machine is idle.
    Inactive,
    /// The person chose to look offline (activity `OffWork`).
    AppearOffline,
}

/// One presence: top level, detail, and the raw words if we did not know them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamsState {
    /// The badge.
    pub availability: Availability,
    /// The detail behind it, if Graph reports one.
    pub detail: Option<Detail>,
    /// The raw words, kept only if they are not in our vocabulary.
    pub unknown: Option<String>,
}

/// One read of a presence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// What was read.
    pub state: TeamsState,
    /// Graph's version stamp, sortable as text; not every answer carries it. An answer with a lower stamp than
    /// one already seen is stale.
    pub sequence: Option<String>,
    /// When our request was sent: the state is at least this fresh.
    pub at: Timestamp,
}

impl Redate for Reading {
    fn redate(&mut self, by: SignedDuration) {
        let Self { state: _, sequence: _, at } = self;
        at.redate(by);
    }
}

/// What `setPresence` accepts and we use: it shows only if no busier session and no preferred presence
/// covers it. Graph also takes Away and Presenting, which no target needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SessionPresence {
    /// Available/Available.
    Available,
    /// Busy/InACall.
    InCall,
}

/// What `setUserPreferredPresence` accepts and we use: it wins over every session, and is the same slot that
/// the person uses by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PreferredPresence {
    /// Busy/Busy.
    Busy,
    /// DoNotDisturb/DoNotDisturb.
    DoNotDisturb,
    /// BeRightBack/BeRightBack.
    BeRightBack,
    /// Away/Away.
    AppearAway,
    /// Offline/OffWork.
    AppearOffline,
}

/// What one word of Graph says: a top level, a detail, or both.
#[derive(Debug, Clone, Copy)]
struct Word {
    availability: Option<Availability>,
    detail: Option<Detail>,
}

/// Both vocabularies of Graph, in lower case.
const WORDS: &[(&str, Word)] = &[
    ("available", Word::base(Availability::Available)),
    ("busy", Word::base(Availability::Busy)),
    ("donotdisturb", Word::base(Availability::DoNotDisturb)),
    ("urgentinterruptionsonly", Word::base(Availability::DoNotDisturb)),
    ("berightback", Word::base(Availability::BeRightBack)),
    ("away", Word::base(Availability::Away)),
    ("offline", Word::base(Availability::Offline)),
    ("presenceunknown", Word { availability: None, detail: None }),
    ("", Word { availability: None, detail: None }),
    ("availableidle", Word::both(Availability::Available, Detail::Inactive)),
    ("availableinactive", Word::both(Availability::Available, Detail::Inactive)),
    ("busyidle", Word::both(Availability::Busy, Detail::Inactive)),
    ("inacall", Word::both(Availability::Busy, Detail::InCall)),
    ("inaconferencecall", Word::both(Availability::Busy, Detail::InCall)),
    ("inameeting", Word::both(Availability::Busy, Detail::InMeeting)),
    ("presenting", Word::both(Availability::DoNotDisturb, Detail::Presenting)),
    ("focusing", Word::both(Availability::DoNotDisturb, Detail::Focusing)),
    ("offwork", Word::both(Availability::Offline, Detail::AppearOffline)),
    ("inactive", Word { availability: None, detail: Some(Detail::Inactive) }),
    ("outofoffice", Word { availability: None, detail: Some(Detail::OutOfOffice) }),
];

impl Word {
    const fn base(availability: Availability) -> Self {
        Self { availability: Some(availability), detail: None }
    }

    const fn both(availability: Availability, detail: Detail) -> Self {
        Self { availability: Some(availability), detail: Some(detail) }
    }

    /// Reads a word of either vocabulary; none if it is in neither.
    fn read(raw: &str) -> Option<Self> {
        WORDS.iter().find(|(word, _)| raw.eq_ignore_ascii_case(word)).map(|(_, meaning)| *meaning)
    }
}

/// The order in which a detail wins over another one that is reported at the same time.
fn rank(detail: Detail) -> u8 {
    match detail {
        Detail::AppearOffline => 0,
        Detail::InCall => 1,
        Detail::Presenting => 2,
        Detail::InMeeting => 3,
        Detail::Focusing => 4,
        Detail::OutOfOffice => 5,
        Detail::Inactive => 6,
    }
}

impl TeamsState {
    /// A state without a detail.
    #[must_use]
    pub const fn plain(availability: Availability) -> Self {
        Self { availability, detail: None, unknown: None }
    }

    /// A state with a detail.
    #[must_use]
    pub const fn with(availability: Availability, detail: Detail) -> Self {
        Self { availability, detail: Some(detail), unknown: None }
    }

    /// Every state that a reading can give, as far as both words are known.
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<TeamsState>> = LazyLock::new(|| {
            let words = || WORDS.iter().map(|(word, _)| *word);
            let pairs = words().flat_map(|top| words().map(move |finer| (top, finer)));
            let read = |(top, finer)| [false, true].map(|away| TeamsState::parse(top, finer, away));
            let all: HashSet<TeamsState> = pairs.flat_map(read).collect();
            all.into_iter().collect()
        });
        &ALL
    }

    /// Reads the two words of Graph, in any case and either vocabulary (Graph: presence resource). The detailed
    /// word counts, whichever field it is in. `out_of_office` is `outOfOfficeSettings.isOutOfOffice`.
    ///
    /// A word that is in neither vocabulary is kept in [`Self::unknown`]; if it is the availability and the
    /// activity gives no detail, the badge is [`Availability::Unknown`].
    #[must_use]
    pub fn parse(availability: &str, activity: &str, out_of_office: bool) -> Self {
        let (availability, activity) = (availability.trim(), activity.trim());
        let (top, finer) = (Word::read(availability), Word::read(activity));
        let mut unknown = Vec::new();
        if top.is_none() {
            unknown.push(availability);
        }
        if finer.is_none() {
            unknown.push(activity);
        }

        let detail = [&top, &finer]
            .into_iter()
            .filter_map(|word| word.as_ref()?.detail)
            .chain(out_of_office.then_some(Detail::OutOfOffice))
            .min_by_key(|detail| rank(*detail));
        let below = finer.as_ref().and_then(|word| word.availability);
        let finer_is_detailed = finer.as_ref().is_some_and(|word| word.detail.is_some());
        let badge = match (&top, below) {
            // Graph's own example shows Away/BeRightBack for somebody who chose Be right back.
            (Some(_), Some(Availability::BeRightBack)) => Some(Availability::BeRightBack),
            (Some(Word { availability: Some(Availability::Available), .. }), Some(below))
                if finer_is_detailed =>
            {
                Some(below)
            }
            (Some(Word { availability: Some(top), .. }), _) => Some(*top),
            (Some(_), below) => below,
            (None, below) => below.filter(|_| finer_is_detailed),
        };
        let badge = match detail {
            Some(Detail::AppearOffline) => Some(Availability::Offline),
            // Idle or out of office, and nothing else is reported.
            Some(Detail::Inactive | Detail::OutOfOffice) if top.is_some() => {
                badge.or(Some(Availability::Away))
            }
            Some(
                Detail::InCall
                | Detail::InMeeting
                | Detail::Presenting
                | Detail::Focusing
                | Detail::Inactive
                | Detail::OutOfOffice,
            )
            | None => badge,
        };
        Self {
            availability: badge.unwrap_or(Availability::Unknown),
            detail,
            unknown: (!unknown.is_empty()).then(|| unknown.join("/")),
        }
    }
}

impl SessionPresence {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Available, Self::InCall];

    /// What a read gives back while this value is visible.
    #[must_use]
    pub const fn shows(self) -> TeamsState {
        match self {
            Self::Available => TeamsState::plain(Availability::Available),
            Self::InCall => TeamsState::with(Availability::Busy, Detail::InCall),
        }
    }
}

impl PreferredPresence {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Busy, Self::DoNotDisturb, Self::BeRightBack, Self::AppearAway, Self::AppearOffline];

    /// What a read gives back while this value is visible.
    #[must_use]
    pub const fn shows(self) -> TeamsState {
        match self {
            Self::Busy => TeamsState::plain(Availability::Busy),
            Self::DoNotDisturb => TeamsState::plain(Availability::DoNotDisturb),
            Self::BeRightBack => TeamsState::plain(Availability::BeRightBack),
            Self::AppearAway => TeamsState::plain(Availability::Away),
            Self::AppearOffline => TeamsState::with(Availability::Offline, Detail::AppearOffline),
        }
    }
}
