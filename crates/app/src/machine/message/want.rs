//! What Teams is to show as the status message, derived from the context. Remembers nothing.

use presence::engine::Standstill;
use settings::StatusMessage;

use super::inputs::{KnownText, MessageContext};

/// Teams shows at most this many letters.
const MOST_LETTERS: usize = 280;

/// What Teams is to show.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum WantedMessage {
    /// This text.
    Text(String),
    /// Nothing of ours.
    Nothing,
    /// Nothing new, and what is there lapses by itself.
    Leave,
}

impl WantedMessage {
    /// What the context asks for; nothing of ours once the run ends.
    pub(super) fn of(context: &MessageContext<'_>, quits: bool) -> Self {
        if quits {
            return Self::Nothing;
        }
        let says = match context.wish {
            StatusMessage::Off => return Self::Nothing,
            StatusMessage::Number => context.number,
            StatusMessage::Status => context.status,
        };
        match context.link.standstill() {
            Some(Standstill::Paused { .. } | Standstill::DryRun) => return Self::Nothing,
            // As with the presence: what is there stays until it lapses.
            Some(Standstill::Stopped) => return Self::Leave,
            None => {}
        }
        if context.is_somebody_else {
            return Self::Leave;
        }
        match says {
            KnownText::Unknown => Self::Leave,
            KnownText::Nothing => Self::Nothing,
            KnownText::Text(text) => match tidy(text) {
                text if text.is_empty() => Self::Nothing,
                text => Self::Text(text),
            },
        }
    }
}

/// One line, no longer than Teams shows.
fn tidy(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let text: String = words.join(" ").chars().take(MOST_LETTERS).collect();
    text.trim_end().to_owned()
}
