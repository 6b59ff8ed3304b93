//! The life of the drawer's window, as values: when it is made, shown, hidden and released. It must know no window
//! and no clock.
//!
//! It is shown when its page says that it is rendered, so that nobody sees it blank or with what was true some
//! minutes ago. Closed it is kept for a while, hidden and silent, because a page that is there is shown at once;
//! then it is released, because a web view nobody sees costs 90 MiB.

use std::time::{Duration, Instant};

use super::super::PATIENCE;

/// How long a closed drawer is kept.
pub(super) const KEPT: Duration = Duration::from_secs(180);

/// The same for a page that was kept: it has only to bring itself up to date.
pub(super) const KEPT_PATIENCE: Duration = Duration::from_millis(1500);

/// What happens to the drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// Somebody wants to see it.
    Asked,
    /// Its page shows what is true now.
    Rendered,
    /// Somebody closes it.
    Closed,
    /// This window, by its number, is gone: its process died.
    Gone(u64),
    /// The deadline is reached.
    Due,
}

/// What is to be done, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Report to the controller that the drawer is visible from now on, or not.
    Tell(bool),
    /// The window with this number is made, not shown yet.
    Build(u64),
    /// The page brings itself up to date.
    Refresh,
    /// The window is put onto the screen.
    Show,
    /// It is there already, and comes to the front.
    Raise,
    /// It leaves the screen, and its page goes back to its beginning.
    Hide,
    /// The window is destroyed.
    Release,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Gone,
    /// Wanted, and shown at this time at the latest; made for it.
    Coming(Instant),
    /// Wanted again after it was kept.
    Returning(Instant),
    Shown,
    /// Closed, and released at this time.
    Kept(Instant),
}

/// The life of one window after the other.
#[derive(Debug, Default)]
pub(super) struct Life {
    state: State,
    /// How many windows there were. Reports about an earlier one are ignored.
    number: u64,
}

impl Life {
    pub(super) fn on(&mut self, input: Input, now: Instant) -> Vec<Step> {
        let (state, steps) = match (self.state, input) {
            (State::Gone, Input::Asked) => {
                self.number += 1;
                (State::Coming(now + PATIENCE), vec![Step::Tell(true), Step::Build(self.number)])
            }
            (State::Kept(_), Input::Asked) => {
                (State::Returning(now + KEPT_PATIENCE), vec![Step::Tell(true), Step::Refresh])
            }
            (State::Shown, Input::Asked) => (State::Shown, vec![Step::Raise]),
            (State::Coming(_) | State::Returning(_), Input::Rendered) => (State::Shown, vec![Step::Show]),
            (State::Coming(until) | State::Returning(until), Input::Due) if until <= now => {
                (State::Shown, vec![Step::Show])
            }
            (State::Kept(until), Input::Due) if until <= now => (State::Gone, vec![Step::Release]),
            (State::Coming(_) | State::Returning(_) | State::Shown, Input::Closed) => {
                (State::Kept(now + KEPT), vec![Step::Tell(false), Step::Hide])
            }
            (State::Coming(_) | State::Shown, Input::Gone(number)) if number == self.number => {
                (State::Gone, vec![Step::Tell(false)])
            }
            (State::Kept(_), Input::Gone(number)) if number == self.number => (State::Gone, Vec::new()),
            // Its process died while it was hidden, which is reported late. A window that was just created is not retried forever.
            (State::Returning(_), Input::Gone(number)) if number == self.number => {
                self.number += 1;
                (State::Coming(now + PATIENCE), vec![Step::Build(self.number)])
            }
            (state, Input::Asked | Input::Rendered | Input::Closed | Input::Gone(_) | Input::Due) => {
                (state, Vec::new())
            }
        };
        self.state = state;
        steps
    }

    /// When it is due next.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Coming(until) | State::Returning(until) | State::Kept(until) => Some(until),
            State::Gone | State::Shown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drawer, and the moment it begins with.
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
            drawer.on(Input::Asked);
            drawer.on(Input::Rendered);
            drawer
        }

        fn on(&mut self, input: Input) -> Vec<Step> {
            self.life.on(input, self.now)
        }

        fn after(&mut self, time: Duration, input: Input) -> Vec<Step> {
            self.now += time;
            self.on(input)
        }
    }

    #[test]
    fn it_is_shown_when_its_page_is_rendered_and_not_before() {
        let mut drawer = Drawer::new();
        assert_eq!(drawer.on(Input::Asked), [Step::Tell(true), Step::Build(1)]);
        assert_eq!(drawer.on(Input::Asked), [], "it is coming");
        assert_eq!(drawer.on(Input::Rendered), [Step::Show]);
        assert_eq!(drawer.on(Input::Rendered), []);
        assert_eq!(drawer.on(Input::Asked), [Step::Raise]);
    }

    #[test]
    fn a_page_that_says_nothing_is_shown_all_the_same() {
        let mut drawer = Drawer::new();
        drawer.on(Input::Asked);
        assert_eq!(drawer.life.deadline(), Some(drawer.now + PATIENCE));
        assert_eq!(drawer.after(PATIENCE - Duration::from_millis(1), Input::Due), []);
        assert_eq!(drawer.after(Duration::from_millis(1), Input::Due), [Step::Show]);
        assert_eq!(drawer.life.deadline(), None);
    }

    #[test]
    fn a_closed_one_is_reported_at_once_kept_for_a_while_and_then_released() {
        let mut drawer = Drawer::shown();
        assert_eq!(drawer.on(Input::Closed), [Step::Tell(false), Step::Hide]);
        assert_eq!(drawer.on(Input::Closed), []);
        assert_eq!(drawer.after(KEPT - Duration::from_secs(1), Input::Due), []);
        assert_eq!(drawer.after(Duration::from_secs(1), Input::Due), [Step::Release]);
        assert_eq!(drawer.life.deadline(), None);
        assert_eq!(drawer.on(Input::Asked), [Step::Tell(true), Step::Build(2)]);
    }

    #[test]
    fn a_kept_one_is_brought_up_to_date_before_it_is_shown_again() {
        let mut drawer = Drawer::shown();
        drawer.on(Input::Closed);
        assert_eq!(drawer.on(Input::Rendered), [], "nobody asked");
        assert_eq!(drawer.on(Input::Asked), [Step::Tell(true), Step::Refresh]);
        assert_eq!(drawer.on(Input::Rendered), [Step::Show]);
        drawer.on(Input::Closed);
        assert_eq!(drawer.life.deadline(), Some(drawer.now + KEPT), "it is kept for as long again");
    }

    #[test]
    fn one_that_is_closed_before_it_came_does_not_come() {
        let mut drawer = Drawer::new();
        drawer.on(Input::Asked);
        assert_eq!(drawer.on(Input::Closed), [Step::Tell(false), Step::Hide]);
        assert_eq!(drawer.on(Input::Rendered), []);
    }

    #[test]
    fn one_that_turns_out_to_be_dead_when_it_is_opened_is_created_again_once() {
        let mut drawer = Drawer::shown();
        drawer.on(Input::Closed);
        drawer.on(Input::Asked);
        assert_eq!(drawer.on(Input::Gone(1)), [Step::Build(2)]);
        assert_eq!(drawer.on(Input::Gone(2)), [Step::Tell(false)]);
        assert_eq!(drawer.life.deadline(), None);
    }

    #[test]
    fn one_whose_process_died_is_created_again() {
        let mut drawer = Drawer::shown();
        assert_eq!(drawer.on(Input::Gone(1)), [Step::Tell(false)]);
        assert_eq!(drawer.on(Input::Asked), [Step::Tell(true), Step::Build(2)]);
        assert_eq!(drawer.on(Input::Gone(1)), [], "that was the one before");
        drawer.on(Input::Closed);
        assert_eq!(drawer.on(Input::Gone(2)), [], "the controller knows that nobody sees it");
        assert_eq!(drawer.on(Input::Asked), [Step::Tell(true), Step::Build(3)]);
    }
}
