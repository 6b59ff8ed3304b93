//! Names, statuses and departments of a directory, as they are shown.

use presence::shown::{LONGEST, line, unturned, visible};

use crate::text;

pub(crate) fn run(bytes: &[u8]) {
    let Some(name) = text(bytes) else { return };
    if let Some(shown) = line(name) {
        assert!(!shown.trim().is_empty() && shown.chars().count() <= LONGEST, "{shown:?}");
        let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
        assert!(!shown.chars().any(|letter| breaks(letter) || turns(letter)), "{shown:?}");
        assert_eq!(
            line(&shown).as_deref(),
            Some(shown.as_str()),
            "a shown name changes when it is shown again"
        );
    }
    let seen = visible(name);
    assert_eq!(visible(&seen), seen);
    let safe = unturned(name);
    assert_eq!(unturned(&safe), safe);
}

/// Controls of the writing direction (Unicode 16, `Bidi_Control`).
fn turns(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
