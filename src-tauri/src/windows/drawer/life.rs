//! Decides when the drawer's window is created, shown, hidden and destroyed. It must not use a window or a clock.
//!
//! The window is shown when its page reports that it is rendered, so that it is never seen blank or with an old state. A
//! closed drawer is kept hidden for a while, because an existing page can be shown at once. Then it is destroyed, because
//! a hidden web view costs 90 MiB.

use std::time::{Duration, Instant};

use super::super::PATIENCE;

/// How long a closed drawer is kept.
pub(super) const KEPT: Duration = Duration::from_secs(180);

/// The longest wait for a page that was kept, and only has to be refreshed.
pub(super) const KEPT_PATIENCE: Duration = Duration::from_millis(1500);

/// An event in the life of the drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// It is to be shown.
    Asked,
    /// Its page shows the current state.
    Rendered,
    /// It is to be closed.
    Closed,
    /// The window with this number is gone, because its process died.
    Gone(u64),
    /// The deadline has passed.
    Due,
}

/// A step to carry out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Report to the controller whether the drawer is open.
    Report(bool),
    /// Create the window with this number, hidden.
    Build(u64),
    /// Let the page refresh itself.
    Refresh,
    /// Show the window.
    Show,
    /// Bring the visible window to the front.
    Raise,
    /// Hide the window, and let the page return to its first state.
    Hide,
    /// Destroy the window.
    Release,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Gone,
    /// A new window waits for its page, and is shown at this time at the latest.
    Opening(Instant),
    /// A kept window waits for its page, and is shown at this time at the latest.
    Reopening(Instant),
    Shown,
    /// Closed and hidden, and destroyed at this time.
    Kept(Instant),
}

/// The state of the drawer, over all its windows.
#[derive(Debug, Default)]
pub(super) struct Life {
    state: State,
    /// The number of the last window. Reports about earlier windows are ignored.
    number: u64,
}

impl Life {
    /// Handles an event, and returns the steps in their order.
    pub(super) fn handle(&mut self, input: Input, now: Instant) -> Vec<Step> {
        let (state, steps) = match (self.state, input) {
            (State::Gone, Input::Asked) => {
                self.number += 1;
                (State::Opening(now + PATIENCE), vec![Step::Report(true), Step::Build(self.number)])
            }
            (State::Kept(_), Input::Asked) => {
                (State::Reopening(now + KEPT_PATIENCE), vec![Step::Report(true), Step::Refresh])
            }
            (State::Shown, Input::Asked) => (State::Shown, vec![Step::Raise]),
            (State::Opening(_) | State::Reopening(_), Input::Rendered) => (State::Shown, vec![Step::Show]),
            (State::Opening(until) | State::Reopening(until), Input::Due) if until <= now => {
                (State::Shown, vec![Step::Show])
            }
            (State::Kept(until), Input::Due) if until <= now => (State::Gone, vec![Step::Release]),
            (State::Opening(_) | State::Reopening(_) | State::Shown, Input::Closed) => {
                (State::Kept(now + KEPT), vec![Step::Report(false), Step::Hide])
            }
            (State::Opening(_) | State::Shown, Input::Gone(number)) if number == self.number => {
                (State::Gone, vec![Step::Report(false)])
            }
            (State::Kept(_), Input::Gone(number)) if number == self.number => (State::Gone, Vec::new()),
            // Its process died while it was hidden, which is reported late. The new window is not tried a second time.
            (State::Reopening(_), Input::Gone(number)) if number == self.number => {
                self.number += 1;
                (State::Opening(now + PATIENCE), vec![Step::Build(self.number)])
            }
            (state, Input::Asked | Input::Rendered | Input::Closed | Input::Gone(_) | Input::Due) => {
                (state, Vec::new())
            }
        };
        self.state = state;
        steps
    }

    /// When [`Input::Due`] is due.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Opening(until) | State::Reopening(until) | State::Kept(until) => Some(until),
            State::Gone | State::Shown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drawer and its current time.
    struct Drawer {
        life: Life,
        now: Instant,
    }

    impl Drawer {
        fn new() -> Self {
            Self { life: Life::default(), now: Instant::now() }
        }

        fn shown() -> Self {
            let mut drawer = Self::new();
            drawer.handle(Input::Asked);
            drawer.handle(Input::Rendered);
            drawer
        }

        fn handle(&mut self, input: Input) -> Vec<Step> {
            self.life.handle(input, self.now)
        }

        fn after(&mut self, time: Duration, input: Input) -> Vec<Step> {
            self.now += time;
            self.handle(input)
        }
    }

    #[test]
    fn it_is_shown_when_its_page_is_rendered_and_not_before() {
        let mut drawer = Drawer::new();
        assert_eq!(drawer.handle(Input::Asked), [Step::Report(true), Step::Build(1)]);
        assert_eq!(drawer.handle(Input::Asked), [], "it is opening already");
        assert_eq!(drawer.handle(Input::Rendered), [Step::Show]);
        assert_eq!(drawer.handle(Input::Rendered), []);
        assert_eq!(drawer.handle(Input::Asked), [Step::Raise]);
    }

    #[test]
    fn a_page_that_reports_nothing_is_shown_after_a_while() {
        let mut drawer = Drawer::new();
        drawer.handle(Input::Asked);
        assert_eq!(drawer.life.deadline(), Some(drawer.now + PATIENCE));
        assert_eq!(drawer.after(PATIENCE - Duration::from_millis(1), Input::Due), []);
        assert_eq!(drawer.after(Duration::from_millis(1), Input::Due), [Step::Show]);
        assert_eq!(drawer.life.deadline(), None);
    }

    #[test]
    fn a_closed_drawer_is_reported_at_once_and_destroyed_after_a_while() {
        let mut drawer = Drawer::shown();
        assert_eq!(drawer.handle(Input::Closed), [Step::Report(false), Step::Hide]);
        assert_eq!(drawer.handle(Input::Closed), []);
        assert_eq!(drawer.after(KEPT - Duration::from_secs(1), Input::Due), []);
        assert_eq!(drawer.after(Duration::from_secs(1), Input::Due), [Step::Release]);
        assert_eq!(drawer.life.deadline(), None);
        assert_eq!(drawer.handle(Input::Asked), [Step::Report(true), Step::Build(2)]);
    }

    #[test]
    fn a_kept_drawer_is_refreshed_before_it_is_shown_again() {
        let mut drawer = Drawer::shown();
        drawer.handle(Input::Closed);
        assert_eq!(drawer.handle(Input::Rendered), [], "it is closed");
        assert_eq!(drawer.handle(Input::Asked), [Step::Report(true), Step::Refresh]);
        assert_eq!(drawer.handle(Input::Rendered), [Step::Show]);
        drawer.handle(Input::Closed);
        assert_eq!(drawer.life.deadline(), Some(drawer.now + KEPT), "it is kept for as long again");
    }

    #[test]
    fn a_drawer_that_is_closed_while_it_opens_is_not_shown() {
        let mut drawer = Drawer::new();
        drawer.handle(Input::Asked);
        assert_eq!(drawer.handle(Input::Closed), [Step::Report(false), Step::Hide]);
        assert_eq!(drawer.handle(Input::Rendered), []);
    }

    #[test]
    fn a_kept_drawer_that_is_found_dead_when_it_is_opened_is_created_again_once() {
        let mut drawer = Drawer::shown();
        drawer.handle(Input::Closed);
        drawer.handle(Input::Asked);
        assert_eq!(drawer.handle(Input::Gone(1)), [Step::Build(2)]);
        assert_eq!(drawer.handle(Input::Gone(2)), [Step::Report(false)]);
        assert_eq!(drawer.life.deadline(), None);
    }

    #[test]
    fn a_drawer_whose_process_died_is_created_again() {
        let mut drawer = Drawer::shown();
        assert_eq!(drawer.handle(Input::Gone(1)), [Step::Report(false)]);
        assert_eq!(drawer.handle(Input::Asked), [Step::Report(true), Step::Build(2)]);
        assert_eq!(drawer.handle(Input::Gone(1)), [], "that was an earlier window");
        drawer.handle(Input::Closed);
        assert_eq!(drawer.handle(Input::Gone(2)), [], "the controller knows already that it is closed");
        assert_eq!(drawer.handle(Input::Asked), [Step::Report(true), Step::Build(3)]);
    }
}
