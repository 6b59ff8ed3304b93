//! Foreign text as it is shown: a name, a status, a department.
//!
//! The one place that knows what such a text may contain. Whatever a directory says, a shown text is one visible line,
//! does not change the writing direction beside it, and is at most [`LONGEST`] characters long. It escapes nothing and
//! chooses no words.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// The longest line, in characters; what is longer ends with "…".
pub const LONGEST: usize = 128;
/// How many marks a letter keeps: more would grow into the rows beside it, and no script needs more.
const MOST_MARKS: usize = 4;
const MORE: char = '…';

/// The text as one line for people; none if there is nothing to see.
///
/// Line breaks and control characters count as blanks, blanks in a row as one. Controls of the writing direction and
/// characters without a width are left out, except joiners and variation selectors, which some scripts and emoji need.
#[must_use]
pub fn line(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(text.to_owned());
    }
    let mut line: Vec<char> = visible(text).chars().collect();
    if line.len() > LONGEST {
        line.truncate(LONGEST - 1);
        while line.last().is_some_and(|letter| *letter == ' ' || is_joiner(*letter)) {
            line.pop();
        }
        line.push(MORE);
    }
    line.iter().any(|letter| is_seen(*letter)).then(|| line.into_iter().collect())
}

/// What can be seen of the text, as words with one blank between them, at full length. Used for searching.
#[must_use]
pub fn visible(text: &str) -> String {
    let visible = text.chars().filter(|letter| !is_left_out(*letter));
    let spaced: String = visible.map(|letter| if is_blank(letter) { ' ' } else { letter }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut marks = 0;
    let is_kept = |letter: &char| {
        marks = if is_combining_mark(*letter) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    };
    words.join(" ").chars().filter(is_kept).collect()
}

/// True if the text needs no change. Most do not, and large directories have many.
fn is_plain(text: &str) -> bool {
    let is_printable = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let has_its_blanks = text.trim() == text && !text.contains("  ");
    is_printable && has_its_blanks && !text.is_empty() && text.len() <= LONGEST
}

/// The first of these texts of which something can be seen.
#[must_use]
pub fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    texts.into_iter().find_map(line)
}

/// A text that may have several lines, without what could change the writing direction around it.
///
/// Isolates that are closed change nothing around them, and stay.
#[must_use]
pub fn unturned(text: &str) -> Cow<'_, str> {
    let mut open = 0_usize;
    let mut is_closed = true;
    for letter in text.chars() {
        match letter {
            OPENS_FIRST..=OPENS_LAST => open += 1,
            CLOSES if open > 0 => open -= 1,
            CLOSES => is_closed = false,
            letter if is_direction(letter) => is_closed = false,
            _ => {}
        }
    }
    if is_closed && open == 0 {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|letter| !is_direction(*letter)).collect())
    }
}

const OPENS_FIRST: char = '\u{2066}';
const OPENS_LAST: char = '\u{2068}';
const CLOSES: char = '\u{2069}';

/// Unicode 16, `Bidi_Control`.
const fn is_direction(letter: char) -> bool {
    matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | OPENS_FIRST..=CLOSES
    )
}

/// Letters of a name or parts of an emoji may need them in between; alone they show nothing.
const fn is_joiner(letter: char) -> bool {
    matches!(
        letter,
        '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Controls of the direction, and characters without a width that nothing needs (Unicode 16,
/// `Default_Ignorable_Code_Point`, and the rest of `Cf` that no script writes letters with).
const fn is_left_out(letter: char) -> bool {
    if is_direction(letter) {
        return true;
    }
    !is_joiner(letter)
        && matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// True for characters that nobody sees and no text needs, except blanks, joiners and controls: those without a width,
/// and those that are empty.
#[must_use]
pub const fn is_unseen(letter: char) -> bool {
    is_left_out(letter) || is_filler(letter)
}

/// The fillers of Hangul and the empty pattern of Braille.
const fn is_filler(letter: char) -> bool {
    matches!(letter, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// Letters that look like a blank, and what ends a line.
fn is_blank(letter: char) -> bool {
    letter.is_control() || letter.is_whitespace() || is_filler(letter)
}

fn is_seen(letter: char) -> bool {
    !letter.is_whitespace() && !is_joiner(letter) && !is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_without_anything_visible_is_no_line() {
        for text in [
            "",
            " ",
            "\u{200b}",
            "\u{200d}\u{200c}",
            "\u{202e}\u{2066}",
            "\n\t\u{0}",
            "\u{2028}\u{200b}",
            "\u{ad}",
            "\u{2800}\u{2800}",
            "\u{3164}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{301}\u{302}",
            "\u{fe0f}",
            "\u{feff}\u{a0}\u{3000}",
            "\u{e0041}",
            "\u{7f}\u{85}",
        ] {
            assert_eq!(line(text), None, "{text:?}");
        }
    }

    #[test]
    fn names_of_people_stay_as_they_are() {
        for name in [
            "Priya Raman",
            "O'Brien-Łukasz, Zoë",
            "سام\u{200c}راد",
            "👨\u{200d}👩\u{200d}👧 Lee",
            "👨🏽\u{200d}⚕\u{fe0f}",
            "葛\u{e0100}城",
            "कि की",
            "นิ่ม",
            "<b>Ana</b> &amp; {name} %s",
            "Z\u{301}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        ] {
            assert_eq!(line(name).as_deref(), Some(name), "{name:?}");
        }
    }

    #[test]
    fn characters_that_turn_break_or_hide_text_are_left_out() {
        for (text, shown) in [
            ("\u{202e}dnomiaR .P", "dnomiaR .P"),
            ("line\nbreak", "line break"),
            ("  a\u{2029}\t b\r\n", "a b"),
            ("Pri\u{ad}ya\u{200b}", "Priya"),
            ("a\u{2067}b\u{2069}\u{2069}c", "abc"),
            ("Lee\u{2800}Ann", "Lee Ann"),
            ("a\u{0}b\u{1b}[31m", "a b [31m"),
        ] {
            assert_eq!(line(text).as_deref(), Some(shown), "{text:?}");
        }
        let heap = format!("Z{}oe", "\u{301}".repeat(500));
        assert_eq!(line(&heap).unwrap().chars().count(), 3 + MOST_MARKS);
    }

    #[test]
    fn a_text_that_is_too_long_ends_with_an_ellipsis() {
        assert_eq!(line(&"a".repeat(LONGEST)), Some("a".repeat(LONGEST)));
        assert_eq!(line(&"a".repeat(LONGEST + 1)), Some("a".repeat(LONGEST - 1) + "…"));
    }

    #[test]
    fn the_first_visible_text_counts() {
        assert_eq!(first(["\u{200b}", "", "b", "c"]).as_deref(), Some("b"));
        assert_eq!(first(["\u{200b}"]), None);
    }

    #[test]
    fn closed_isolates_stay_and_other_direction_controls_do_not() {
        for text in ["plain", "\u{2068}אבי\u{2069} / b", "two\nlines", "\u{2068}a\u{2067}b\u{2069}\u{2069}"]
        {
            assert_eq!(unturned(text), text);
        }
        for (text, kept) in [
            ("a\u{202e}b", "ab"),
            ("a\u{2069}b\u{2068}", "ab"),
            ("\u{2066}ab", "ab"),
            ("\u{200f}ab\u{61c}", "ab"),
        ] {
            assert_eq!(unturned(text), kept, "{text:?}");
        }
    }

    fn odd() -> impl Strategy<Value = String> {
        let sign = prop::sample::select(vec![
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{200d}',
            '\u{fe0f}',
            '\n',
            '\u{2028}',
            '\u{2800}',
            '\u{3164}',
            '\u{301}',
            ' ',
            'a',
            'é',
            'א',
            '👩',
            '\u{e0041}',
            '\u{ad}',
            '\u{85}',
        ]);
        prop_oneof![
            any::<String>(),
            prop::collection::vec(sign, 0..300).prop_map(|letters| letters.into_iter().collect())
        ]
    }

    proptest! {
        #[test]
        fn every_line_is_visible_short_and_turns_nothing(text in odd()) {
            if let Some(shown) = line(&text) {
                prop_assert!(shown.chars().count() <= LONGEST);
                prop_assert!(shown.chars().any(is_seen));
                prop_assert_eq!(shown.trim(), &shown);
                prop_assert!(!shown.chars().any(|letter| letter.is_control() || is_left_out(letter)));
                let breaks = ['\u{2028}', '\u{2029}'];
                prop_assert!(!shown.contains(breaks));
                prop_assert_eq!(unturned(&shown), shown.as_str());
                prop_assert_eq!(line(&shown), Some(shown), "a second time changes nothing");
            }
        }

        #[test]
        fn no_text_turns_the_text_around_it(text in odd()) {
            let kept = unturned(&text).into_owned();
            let open = kept.chars().try_fold(0_usize, |open, letter| match letter {
                OPENS_FIRST..=OPENS_LAST => Some(open + 1),
                CLOSES => open.checked_sub(1),
                letter => (!is_direction(letter)).then_some(open),
            });
            prop_assert_eq!(open, Some(0));
        }
    }
}
