//! How a call came in, from what the page says. Everything here is text of somebody else: it is cleaned, and what is not
//! what it should be is left out. Refuses nothing.

use presence::identity::ObjectId;

use crate::{
    call::{FlowCaller, Inbound, Reached},
    message::{WireAttributes, WireContact, WireQueue},
};

/// In characters.
const LONGEST: usize = 128;
const LONGEST_NUMBER: usize = 64;

impl Inbound {
    pub(crate) fn read(wire: &WireContact) -> Self {
        let dialled = wire.dialled.as_deref().and_then(clean);
        Self {
            reached: wire.queue.as_ref().map_or(Reached::Unknown, reached),
            dialled: dialled.filter(|number| number.chars().count() <= LONGEST_NUMBER),
            transferred: wire.transferred,
            flow: wire.attributes.as_ref().map(flow).unwrap_or_default(),
        }
    }
}

/// Every agent has a queue of their own, which has no name (Amazon Connect administrator guide, "Queues: standard and
/// agent").
fn reached(queue: &WireQueue) -> Reached {
    if queue.arn.contains("/queue/agent/") {
        return Reached::Directly;
    }
    queue.name.as_deref().and_then(clean).map_or(Reached::Unknown, Reached::Queue)
}

fn flow(said: &WireAttributes) -> FlowCaller {
    let source = said.caller_source.as_deref().and_then(clean);
    FlowCaller {
        name: said.caller_name.as_deref().and_then(clean),
        entra: said
            .caller_entra_id
            .as_deref()
            .and_then(clean)
            .filter(|id| is_object_id(id))
            .map(ObjectId::new),
        is_from_teams: source.is_some_and(|source| source.eq_ignore_ascii_case("teams")),
        extension: said.dialled_extension.as_deref().and_then(clean),
        dialled_for: said.dialled_for.as_deref().and_then(clean),
        is_fallback: said.fallback_reason.as_deref().and_then(clean).is_some(),
    }
}

/// A GUID with hyphens: an [`ObjectId`] takes any text, and this one is a stranger's.
fn is_object_id(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let is_group = |(group, long): (&str, usize)| {
        group.len() == long && group.bytes().all(|letter| letter.is_ascii_hexdigit())
    };
    text.split('-').count() == groups.len() && text.split('-').zip(groups).all(is_group)
}

/// One line that shows only itself: nothing in it turns, hides or moves the words around it. None where nothing is left
/// to see.
fn clean(text: &str) -> Option<String> {
    let visible = text.chars().filter(|letter| !is_format(*letter));
    let spaced: String = visible.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(LONGEST).collect();
    let is_seen = |letter: char| !letter.is_whitespace() && !JOINERS.contains(&letter);
    line.contains(is_seen).then(|| line.trim_end().to_owned())
}

/// Some scripts, and emoji, need them between letters; alone they are nothing.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Bidirectional controls and signs without a width (Unicode 16, `Bidi_Control` and the invisible ones of `Cf`).
fn is_format(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_object_id_is_a_guid_with_hyphens() {
        for (text, is_one) in [
            ("8f14e45f-ceea-467f-9d1c-0123456789ab", true),
            ("8F14E45F-CEEA-467F-9D1C-0123456789AB", true),
            ("8f14e45fceea467f9d1c0123456789ab", false),
            ("8f14e45f-ceea-467f-9d1c-0123456789ab-", false),
            ("8f14e45f-ceea-467f-9d1c-0123456789a", false),
            ("8f14e45f-ceea-467f-9d1c-0123456789ag", false),
            ("../users/8f14e45f", false),
            ("", false),
        ] {
            assert_eq!(is_object_id(text), is_one, "{text}");
        }
    }

    #[test]
    fn what_nobody_can_see_is_nothing() {
        for text in ["", " ", "\u{200d}", "\u{202e}\u{2066}", "\n\t\u{0}", "\u{2028}\u{200b}", "\u{ad}"] {
            assert_eq!(clean(text), None, "{text:?}");
        }
        let name = "سام\u{200c}راد";
        assert_eq!(clean(name).as_deref(), Some(name), "a joiner between letters is part of them");
    }

    proptest! {
        #[test]
        fn whatever_a_flow_says_is_one_short_line_that_turns_nothing(text in any::<String>()) {
            if let Some(line) = clean(&text) {
                prop_assert!(line.chars().count() <= LONGEST);
                prop_assert_eq!(line.trim(), &line);
                prop_assert!(!line.is_empty());
                prop_assert!(!line.chars().any(|letter| letter.is_control() || is_format(letter)));
                prop_assert_eq!(clean(&line), Some(line), "cleaning twice changes nothing");
            }
        }
    }
}
