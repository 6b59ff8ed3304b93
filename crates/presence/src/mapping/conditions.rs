//! What a row may demand beyond the state that it speaks of.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::source::Source;

/// Who must have made the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceCondition {
    /// A person, by hand.
    Person,
    /// Teams itself. What cannot be distinguished from a person's choice counts as this.
    Automatic,
    /// A contact of the agent.
    Contact,
}

impl SourceCondition {
    /// True if a state of that source meets the condition. What is ours never does.
    #[must_use]
    pub fn admits(self, source: Source) -> bool {
        match source {
            Source::Person => self == Self::Person,
            Source::Automatic | Source::Unclear => self == Self::Automatic,
            Source::Contact => self == Self::Contact,
            Source::Ours => false,
        }
    }
}

/// The conditions of a row. `Other` speaks of the states of the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions<Other> {
    /// Who must have made the state; none means anybody but us.
    pub source: Option<SourceCondition>,
    /// What the other side must show: one of these, or anything if there is none.
    pub only_while: Vec<Other>,
    /// How long the state must last; none means the table's hold.
    pub hold: Option<Duration>,
    /// How long after a write of this row it does not write again; the state waits until then.
    pub at_most_every: Option<Duration>,
}

impl<Other> Default for Conditions<Other> {
    fn default() -> Self {
        Self { source: None, only_while: Vec::new(), hold: None, at_most_every: None }
    }
}

impl<Other> Conditions<Other> {
    /// How many of the conditions narrow the states that the row matches.
    pub(super) fn narrowing(&self) -> usize {
        usize::from(self.source.is_some()) + usize::from(!self.only_while.is_empty())
    }

    pub(crate) fn admits(&self, source: Source) -> bool {
        self.source.map_or(source != Source::Ours, |condition| condition.admits(source))
    }

    pub(crate) fn allows(&self, is_shown: impl Fn(&Other) -> bool) -> bool {
        self.only_while.is_empty() || self.only_while.iter().any(is_shown)
    }
}
