//! The one next step from what is set to what should be set.
//!
//! A pure function of what is known; it is asked again after every step and remembers nothing.

use super::{Engine, confirm::Trail, hold::Entry, report::Status, suspension::Suspension, want::Want};
use crate::{
    connect::ConnectState,
    engine::Write,
    mapping::Target,
    source::{is_absent, is_choice, shows},
    teams::{PreferredPresence, SessionPresence, TeamsState},
};

/// The next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing may be decided now.
    Idle,
    /// Nothing is left to do.
    Rest(Status),
    /// This write, on a fresh reading.
    Decide(Write),
    /// This write; it cannot touch what a person chose and needs no reading.
    Complete(Write),
    /// The person's choice is taken back, on a fresh reading: the row overrides it.
    Lift,
    /// A reading is missing.
    Ask,
    /// The looks after the last write are not over.
    Wait,
    /// Our preferred presence was never seen, and something else shows: it is not ours to clear.
    Forget,
}

/// What is seen of our preferred presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// No reading since the last write.
    None,
    /// Not yet, but the looks are not over.
    Waiting,
    /// It shows.
    Ours,
    /// What it replaced shows, which is ours too.
    Before,
    /// Something else shows, as before the write.
    Hidden,
    /// Nobody is there: without a session no preferred presence shows, whosever it is.
    Absent,
}

impl Engine {
    /// What should be set now. While a state waits for its hold, the state before it is over and nothing new is
    /// written for that one.
    pub(super) fn want(&self) -> Want {
        let gives_back = self.suspension().is_some_and(Suspension::gives_back) && !self.rehearses();
        if !self.table.enabled || self.is_leaving() || gives_back {
            return Want::Nothing;
        }
        if self.agent.is_none() || self.pending.is_some() {
            return Want::Keep;
        }
        let Some(entry) = &self.in_force else { return Want::Keep };
        if self.no_change_gives_back(entry) { Want::Nothing } else { Want::of(entry.target) }
    }

    /// True if an entry writes nothing new and what we wrote is given back nevertheless: it was written for a contact
    /// that is over, or it is Available and there is a contact of which we only know that it exists.
    pub(super) fn no_change_gives_back(&self, entry: &Entry) -> bool {
        let is_over = !entry.by_contact() && self.is_set_for_contact();
        let is_untrue = entry.by_unknown_contact() && self.shows_available();
        entry.target == Target::NoChange && (is_over || is_untrue)
    }

    /// True if Available of ours is set, and nothing else of ours hides it.
    fn shows_available(&self) -> bool {
        let session =
            self.provenance.session.as_ref().is_some_and(|own| own.value == SessionPresence::Available);
        let rehearsed = self.rehearsed.is_some_and(|rehearsed| rehearsed.is(Want::of(Target::Available)));
        (session && self.provenance.preferred.is_none()) || rehearsed
    }

    /// True if something of ours was written for a contact.
    pub(super) fn is_set_for_contact(&self) -> bool {
        matches!(self.provenance.reason, Some(ConnectState::Contact { .. }))
            || self.rehearsed.is_some_and(|rehearsed| rehearsed.for_contact)
    }

    pub(super) fn plan(&self) -> Step {
        match self.want() {
            Want::Keep => {
                let is_settled = self.agent.is_some() && self.pending.is_none() && self.in_force.is_some();
                if is_settled { Step::Rest(Status::NoChange) } else { Step::Idle }
            }
            Want::Nothing => self.plan_nothing(),
            Want::Session(value) => self.plan_session(value),
            Want::Preferred(value) => self.plan_preferred(value),
        }
    }

    fn plan_nothing(&self) -> Step {
        if let Some(step) = self.take_back_preferred() {
            step
        } else if self.provenance.session.is_some() {
            Step::Complete(Write::ClearSession)
        } else {
            Step::Rest(match self.suspension() {
                Some(suspension) if suspension.gives_back() && !self.rehearses() => {
                    Status::Suspended(suspension.guard())
                }
                Some(_) | None if self.table.enabled => Status::Cleared,
                Some(_) | None => Status::Off,
            })
        }
    }

    /// The step that takes our preferred presence back, if it is set. If nobody is there it cannot show, and is left
    /// until it lapses or somebody is there.
    fn take_back_preferred(&self) -> Option<Step> {
        self.provenance.preferred.as_ref()?;
        match self.view() {
            View::None => Some(Step::Ask),
            View::Waiting => Some(Step::Wait),
            View::Ours | View::Before => Some(Step::Decide(Write::ClearPreferred)),
            View::Hidden => Some(Step::Forget),
            View::Absent => None,
        }
    }

    fn plan_session(&self, value: SessionPresence) -> Step {
        if let Some(step) = self.take_back_preferred() {
            return step;
        }
        let shown = self.watch.since(self.written);
        let own = self.provenance.session.as_ref().map(|own| own.value);
        if own == Some(value) && !self.session.doubt {
            let status = self.status_of_value(&self.session, shown, &value.shows());
            return self.lift_choice(status).unwrap_or(Step::Rest(status));
        }
        let Some(shown) = shown else { return Step::Ask };
        if !self.session_is_in_the_way() && shows(shown, &value.shows()) {
            return Step::Rest(Status::Compare);
        }
        Step::Decide(self.set_session(value))
    }

    /// Takes back the person's choice that hides our session, once for each choice, if the row overrides it.
    fn lift_choice(&self, status: Status) -> Option<Step> {
        let shown = self.watch.since(self.written).filter(|shown| is_choice(shown))?;
        let may =
            status == Status::Masked && self.overrides_person() && !self.provenance.held.is_taken_back(shown);
        may.then_some(Step::Lift)
    }

    pub(super) fn overrides_person(&self) -> bool {
        self.in_force.as_ref().is_some_and(|entry| entry.overrides_person)
    }

    /// True if our session may show a call that is over. Available never hides what Teams itself shows.
    fn session_is_in_the_way(&self) -> bool {
        self.provenance
            .session
            .as_ref()
            .is_some_and(|own| self.session.doubt || own.value == SessionPresence::InCall)
    }

    fn plan_preferred(&self, value: PreferredPresence) -> Step {
        let Some(own) = self.provenance.preferred.as_ref().map(|own| own.value) else {
            return self.plan_first_preferred(value);
        };
        let view = self.view();
        if view == View::Absent
            && let Some(step) = self.bring_to_light()
        {
            return step;
        }
        match view {
            View::None if own != value || self.preferred.doubt => Step::Ask,
            View::Waiting if own != value || self.preferred.doubt => Step::Wait,
            View::Ours if own != value => self.write_preferred(value),
            View::Before | View::Hidden | View::Absent if own != value || self.preferred.doubt => {
                self.write_preferred(value)
            }
            View::None | View::Waiting | View::Ours | View::Before | View::Hidden | View::Absent => {
                let shown = self.watch.since(self.preferred_written);
                self.carried(Step::Rest(self.status_of_value(&self.preferred, shown, &value.shows())))
            }
        }
    }

    /// Without a session no preferred presence shows, neither ours nor the person's choice. If Teams shows nobody
    /// although our session should be set, it is not: it is written once more, and looked for, before any preferred
    /// presence is written.
    fn bring_to_light(&self) -> Option<Step> {
        self.watch.last().filter(|shown| is_absent(shown))?;
        self.provenance.session.as_ref()?;
        if self.watch.since(self.session_written).is_none() {
            return Some(Step::Ask);
        }
        if self.session.look.is_some() {
            return Some(Step::Wait);
        }
        (!self.session.was_looked_for_in_vain())
            .then(|| Step::Decide(self.set_session(SessionPresence::Available)))
    }

    fn plan_first_preferred(&self, value: PreferredPresence) -> Step {
        let Some(shown) = self.watch.since(self.preferred_written) else { return Step::Ask };
        if let Some(step) = self.bring_to_light() {
            return step;
        }
        let is_equal = shows(shown, &value.shows());
        if is_equal || (self.provenance.held.protects(shown) && !self.overrides_person()) {
            // A call that is over must not show when the choice ends.
            return if self.session_is_in_the_way() {
                Step::Complete(Write::ClearSession)
            } else {
                Step::Rest(if is_equal { Status::Compare } else { Status::Held })
            };
        }
        self.write_preferred(value)
    }

    /// Without a session a preferred presence shows as Offline, so the session is written first. A session that shows a
    /// call is changed to Available afterwards, so that Available never shows in between.
    fn write_preferred(&self, value: PreferredPresence) -> Step {
        Step::Decide(if self.provenance.session.is_none() || self.session.doubt {
            self.set_session(SessionPresence::Available)
        } else {
            self.set_preferred(value)
        })
    }

    /// The step that makes our session carry the preferred presence that is set; `then` if it does so already.
    fn carried(&self, then: Step) -> Step {
        let carries = self
            .provenance
            .session
            .as_ref()
            .is_some_and(|own| !self.session.doubt && own.value == SessionPresence::Available);
        if carries { then } else { Step::Complete(self.set_session(SessionPresence::Available)) }
    }

    fn view(&self) -> View {
        let Some(own) = &self.provenance.preferred else { return View::None };
        let Some(shown) = self.watch.since(self.preferred_written) else { return View::None };
        if shows(shown, &own.value.shows()) {
            View::Ours
        } else if self.preferred.look.is_some() {
            View::Waiting
        } else if self.before.is_some_and(|before| shows(shown, &before.shows())) {
            View::Before
        } else if is_absent(shown) {
            View::Absent
        } else {
            View::Hidden
        }
    }

    /// The status of a value that is set, by what Teams shows.
    fn status_of_value(&self, trail: &Trail, shown: Option<&TeamsState>, value: &TeamsState) -> Status {
        match shown {
            Some(shown) if shows(shown, value) => Status::Shown,
            Some(_) | None if trail.look.is_some() => Status::Confirming,
            Some(_) => Status::Masked,
            None => self.reported.status(),
        }
    }

    pub(super) fn set_session(&self, value: SessionPresence) -> Write {
        Write::SetSession { value, expiry: self.pace.session_expiry }
    }

    pub(super) fn set_preferred(&self, value: PreferredPresence) -> Write {
        Write::SetPreferred { value, expiry: self.pace.preferred_expiry }
    }
}
