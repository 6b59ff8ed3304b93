//! The search of Microsoft's directory: a text that matches nobody in the list is asked for there, once, when it has
//! not been changed for a moment.
//!
//! It keeps no people, and does not know how the list searches.

use std::{collections::VecDeque, time::Duration};

use graph::DirectoryPerson;
use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use view::DirectorySearch;

use super::gate::NextRequest;

/// A text must be unchanged for this long before it leaves the machine.
const UNCHANGED: Duration = Duration::from_millis(600);
/// The shortest text that is asked for, in characters.
const SHORTEST: usize = 3;
/// A wait that is no longer than this is not shown as a failure.
const SOON: Duration = Duration::from_secs(3);
/// How long to wait before asking again while nobody is signed in.
const SIGNED_OUT: Duration = Duration::from_secs(5);
/// The answers to this many texts are remembered while the drawer is open.
const REMEMBERED: usize = 16;

/// What comes in.
#[derive(Debug)]
pub(crate) enum FindIn {
    /// This is in the search field now.
    Typed(String),
    /// The drawer is closed, or somebody else is signed in: the search is over.
    Over,
    /// The directory found these people for that text.
    Answered {
        /// What was asked for.
        text: String,
        /// The people.
        people: Vec<DirectoryPerson>,
    },
    /// The people that it found are in the list.
    Added,
    /// It did not answer.
    Failed {
        /// What was asked for.
        text: String,
        /// When it may be asked again.
        next: NextRequest,
    },
    /// It was not asked, and may not be asked before this moment.
    Held {
        /// What was to be asked for.
        text: String,
        /// The moment.
        until: Timestamp,
    },
    /// It was not asked: nobody is signed in.
    SignedOut,
    /// The deadline has come.
    Due,
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FindContext {
    /// How many people of the list match what is typed; none while nothing is searched.
    pub(crate) found: Option<usize>,
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FindOut {
    /// Ask the directory for this text.
    Ask(String),
    /// Put these people in the list; answer with [`FindIn::Added`].
    Add(Vec<DirectoryPerson>),
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Find {
    /// What is in the search field, trimmed.
    text: String,
    asked: DirectorySearch,
    due: Option<Timestamp>,
    /// What was answered since the drawer was opened, the newest last.
    answered: VecDeque<(String, DirectorySearch)>,
}

impl Find {
    /// See [`FindIn`].
    pub(crate) fn on(&mut self, input: FindIn, context: FindContext, now: Timestamp) -> Vec<FindOut> {
        match input {
            FindIn::Typed(text) => {
                self.typed(text.trim(), now);
                Vec::new()
            }
            FindIn::Over => {
                *self = Self::default();
                Vec::new()
            }
            FindIn::Answered { text, people } if self.waits_for(&text) => {
                if people.is_empty() {
                    self.answer(DirectorySearch::Nobody);
                    return Vec::new();
                }
                vec![FindOut::Add(people)]
            }
            FindIn::Added => {
                // The list decides who matches.
                let count = context.found.and_then(|found| u32::try_from(found).ok()).unwrap_or(0);
                self.answer(if count == 0 {
                    DirectorySearch::Nobody
                } else {
                    DirectorySearch::Found { count }
                });
                Vec::new()
            }
            FindIn::Failed { text, next } if self.waits_for(&text) => {
                self.again(next.not_before(now), now);
                Vec::new()
            }
            FindIn::Held { text, until } if self.waits_for(&text) => {
                self.again(until, now);
                Vec::new()
            }
            // Something else has been typed since.
            FindIn::Answered { .. } | FindIn::Failed { .. } | FindIn::Held { .. } => Vec::new(),
            // It is asked again, if the text is still there when somebody is signed in.
            FindIn::SignedOut => {
                (self.asked, self.due) = (DirectorySearch::NotAsked, Some(later(now, SIGNED_OUT)));
                Vec::new()
            }
            FindIn::Due => self.due(context, now),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.due
    }

    /// What became of the text in the search field.
    pub(crate) fn asked(&self) -> DirectorySearch {
        self.asked
    }

    fn typed(&mut self, text: &str, now: Timestamp) {
        if self.text == text {
            return;
        }
        text.clone_into(&mut self.text);
        let known = self.answered.iter().find(|(known, _)| known == text).map(|(_, answer)| *answer);
        self.asked = known.unwrap_or_default();
        // A number is in no name and in no address.
        let may_be_a_name = text.chars().count() >= SHORTEST && text.chars().any(char::is_alphabetic);
        self.due = (known.is_none() && may_be_a_name).then(|| later(now, UNCHANGED));
    }

    fn due(&mut self, context: FindContext, now: Timestamp) -> Vec<FindOut> {
        if self.due.take_if(|at| *at <= now).is_none() || context.found != Some(0) {
            return Vec::new();
        }
        self.asked = DirectorySearch::Asking;
        vec![FindOut::Ask(self.text.clone())]
    }

    fn waits_for(&self, text: &str) -> bool {
        let waits = match self.asked {
            DirectorySearch::Asking | DirectorySearch::NoAnswer => true,
            DirectorySearch::NotAsked | DirectorySearch::Found { .. } | DirectorySearch::Nobody => false,
        };
        waits && self.text == text
    }

    fn answer(&mut self, answer: DirectorySearch) {
        (self.asked, self.due) = (answer, None);
        if self.answered.len() >= REMEMBERED {
            self.answered.pop_front();
        }
        self.answered.push_back((self.text.clone(), answer));
    }

    /// The same text is asked for again at this moment, if it is still there.
    fn again(&mut self, at: Timestamp, now: Timestamp) {
        if at > later(now, SOON) {
            self.asked = DirectorySearch::NoAnswer;
        }
        self.due = Some(at);
    }
}

impl Redate for Find {
    fn redate(&mut self, by: SignedDuration) {
        let Self { text: _, asked: _, due, answered: _ } = self;
        due.redate(by);
    }
}

#[cfg(test)]
mod tests;
