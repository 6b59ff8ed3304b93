//! Both sides at one moment, and the next write that the tables lead to.
//!
//! Writes as the engine does, one visible step at a time, with every write answered as if by hand.

use crate::{
    connect::{AgentStatus, ConnectState},
    mapping::{ConnectTarget, Tables, Target},
    simulated::aggregate_ours,
    source::{Source, hides_nothing, is_absent, shows},
    teams::{Detail, PreferredPresence, SessionPresence, TeamsState},
};

/// What stays as it is while one way is followed.
pub(super) struct World<'a> {
    pub(super) tables: &'a Tables,
    pub(super) statuses: &'a [AgentStatus],
    /// What Teams makes by itself.
    pub(super) underneath: TeamsState,
    /// The person is out of office: it shows on top of everything.
    pub(super) out_of_office: bool,
}

/// What of ours is set in Teams.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Ours {
    pub(super) session: Option<SessionPresence>,
    pub(super) preferred: Option<PreferredPresence>,
}

/// Both sides at one moment. Statuses are numbers in [`World::statuses`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Configuration {
    pub(super) chosen: usize,
    /// What *Restore* would set; none if the chosen status is not ours.
    pub(super) earlier: Option<usize>,
    pub(super) ours: Ours,
    /// What Teams showed last with nothing of ours in the way.
    pub(super) alone: TeamsState,
    /// The Teams state that was answered last.
    pub(super) answered: TeamsState,
}

/// A state that is entered, and the row that leads there from the state before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The state.
    pub state: Shown,
    /// The number of the row, in the table that writes to the state's side.
    pub row: usize,
}

/// A state of either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A chosen status.
    Connect(AgentStatus),
    /// What Teams shows.
    Teams(TeamsState),
}

/// What the table Teams → Connect asks for in a state.
enum Answer {
    /// No row asks for anything.
    Unasked,
    /// What is asked for is there, or cannot be had.
    Nothing,
    /// This status, by this row.
    Set(usize, usize),
}

impl World<'_> {
    /// What Teams shows. A session of ours always carries a preferred presence here.
    pub(super) fn shows(&self, ours: Ours) -> TeamsState {
        let mut shown = aggregate_ours(ours.session, ours.preferred, &self.underneath);
        if self.out_of_office && matches!(shown.detail, None | Some(Detail::Inactive)) {
            shown.detail = Some(Detail::OutOfOffice);
        }
        shown
    }

    /// The next configuration, and the change that it shows, if it shows one. None if nothing is written any more.
    pub(super) fn step(&self, at: &Configuration) -> Option<(Configuration, Option<Step>)> {
        let mut next = at.clone();
        let shown = self.shows(at.ours);
        if hides_nothing(at.ours.session, at.ours.preferred, &shown, Some(&at.alone)) {
            next.alone.clone_from(&shown);
        }
        let status = self.statuses.get(at.chosen)?;
        let connect = ConnectState::Chosen(status.clone());
        if !self.tables.teams_to_connect.is_same(&shown, &at.answered) {
            match self.answer(at, &shown, &connect) {
                Answer::Unasked => {}
                Answer::Nothing => next.answered = shown.clone(),
                Answer::Set(chosen, row) => {
                    let earlier = at.earlier.unwrap_or(at.chosen);
                    next.answered = shown;
                    next.chosen = chosen;
                    next.earlier = Some(earlier).filter(|earlier| *earlier != chosen);
                    let state = Shown::Connect(self.statuses.get(chosen)?.clone());
                    return Some((next, Some(Step { state, row })));
                }
            }
        }
        let (row, found) = self.tables.connect_to_teams.find(&connect, Some(&next.alone))?;
        next.ours = self.write(found.target, at.ours, &shown);
        let now = self.shows(next.ours);
        let step = (now != shown).then_some(Step { state: Shown::Teams(now), row });
        (next.ours != at.ours).then_some((next, step))
    }

    fn answer(&self, at: &Configuration, shown: &TeamsState, connect: &ConnectState) -> Answer {
        let source = Source::of_teams(shown);
        let Some((row, found)) =
            self.tables.teams_to_connect.find(shown, source, std::slice::from_ref(connect))
        else {
            return Answer::Unasked;
        };
        let wanted = match &found.target {
            ConnectTarget::NoChange => return Answer::Unasked,
            ConnectTarget::Restore => at.earlier,
            ConnectTarget::Status(arn) => self.statuses.iter().position(|status| status.arn == *arn),
        };
        match wanted {
            Some(wanted) if wanted != at.chosen => Answer::Set(wanted, row),
            Some(_) | None => Answer::Nothing,
        }
    }

    /// What of ours is set after the next visible write towards `target`.
    fn write(&self, target: Target, ours: Ours, shown: &TeamsState) -> Ours {
        match target {
            Target::NoChange => ours,
            Target::Clear => Ours::default(),
            Target::Available => session(SessionPresence::Available, ours, shown),
            Target::InACall => session(SessionPresence::InCall, ours, shown),
            Target::Busy => preferred(PreferredPresence::Busy, ours, shown),
            Target::DoNotDisturb => preferred(PreferredPresence::DoNotDisturb, ours, shown),
            Target::BeRightBack => preferred(PreferredPresence::BeRightBack, ours, shown),
            Target::AppearAway => preferred(PreferredPresence::AppearAway, ours, shown),
            Target::AppearOffline => preferred(PreferredPresence::AppearOffline, ours, shown),
        }
    }
}

/// Our preferred presence is taken back first, to see what is under it. After that, an equal state is not written.
fn session(value: SessionPresence, ours: Ours, shown: &TeamsState) -> Ours {
    if ours.preferred.is_some() {
        Ours { preferred: None, ..ours }
    } else if shows(shown, &value.shows()) {
        ours
    } else {
        Ours { session: Some(value), ..ours }
    }
}

/// Our session carries it: if nobody is there the session is written and seen first, and it shows no call. A call of
/// ours that is over and hidden by an equal state is left out: nothing uncovers it here.
fn preferred(value: PreferredPresence, ours: Ours, shown: &TeamsState) -> Ours {
    if ours.preferred.is_none() && shows(shown, &value.shows()) {
        ours
    } else if ours.session.is_none() && is_absent(shown) {
        Ours { session: Some(SessionPresence::Available), ..ours }
    } else {
        Ours { session: Some(SessionPresence::Available), preferred: Some(value) }
    }
}
