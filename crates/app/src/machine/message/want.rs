//! What Teams is to show as the status message, from what others know. Remembers nothing.

use presence::engine::Standstill;
use settings::StatusMessage;

use super::inputs::{MessageFacts, Says};

/// Teams shows no more letters.
const MOST_LETTERS: usize = 280;

/// What Teams is to show.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// This.
    Text(String),
    /// Nothing of ours.
    Nothing,
    /// Nothing new, and what is there lapses by itself.
    Leave,
}

impl Want {
    /// What the facts ask for; nothing of ours once the run ends.
    pub(super) fn of(facts: &MessageFacts<'_>, quits: bool) -> Self {
        if quits {
            return Self::Nothing;
        }
        let says = match facts.wish {
            StatusMessage::Off => return Self::Nothing,
            StatusMessage::Number => facts.number,
            StatusMessage::Status => facts.status,
        };
        match facts.link.standstill() {
            Some(Standstill::Paused { .. } | Standstill::DryRun) => return Self::Nothing,
            // As with the presence: what is there is left to its end.
            Some(Standstill::Stopped) => return Self::Leave,
            None => {}
        }
        if facts.is_somebody_else {
            return Self::Leave;
        }
        match says {
            Says::Unknown => Self::Leave,
            Says::Nothing => Self::Nothing,
            Says::Text(text) => match tidy(text) {
                text if text.is_empty() => Self::Nothing,
                text => Self::Text(text),
            },
        }
    }
}

/// One line, as long as Teams shows.
fn tidy(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let text: String = words.join(" ").chars().take(MOST_LETTERS).collect();
    text.trim_end().to_owned()
}
