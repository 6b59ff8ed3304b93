//! Names the characters that look like others or like nothing, in plain words and with their place.
//!
//! Changes no text. Which characters are invisible is decided in [`shown`]; here are the words.

use presence::shown;

/// What to call a character that people do not mean to type; none for the others.
pub(crate) fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a no-break space",
        '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => {
            "a blank of an unusual width"
        }
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{180e}' => "an invisible space",
        '\u{ad}' => "an invisible soft hyphen",
        '\u{feff}' => "an invisible byte order mark",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "an invisible mark for the direction of the text"
        }
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}' => {
            "a curly quotation mark in place of a straight one"
        }
        '\u{2018}'..='\u{201b}' | '\u{b4}' | '\u{2032}' | '\u{ff07}' => {
            "a curly apostrophe in place of a straight one"
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            "a dash in place of a hyphen"
        }
        '\u{ff1d}' => "a wide equals sign in place of the usual one",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "a line separator in place of a line end",
        '\u{fffd}' => "a character that was lost when the text was copied",
        '\r' => "a line end without its second half",
        '\0' => "a zero byte",
        c if shown::is_unseen(c) => "an invisible character",
        _ => return None,
    })
}

/// The text without what cannot be seen around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || cannot_be_seen(c))
}

fn cannot_be_seen(c: char) -> bool {
    c.is_control() || name(c).is_some_and(|name| name.starts_with("an invisible "))
}

/// The first odd character or blank of a value that may have neither, as a refusal that follows the key's name.
pub(crate) fn inside(value: &str) -> Option<String> {
    let of = |c: char| name(c).or_else(|| c.is_whitespace().then_some("a blank"));
    let (at, name) = value.chars().enumerate().find_map(|(at, c)| Some((at, of(c)?)))?;
    Some(format!("has {name} in it, at character {}", at + 1))
}

/// The odd character that may be to blame for a mistake at a byte of a text: the first one from there to the end of the
/// line, else the first one of the line; where it is, in bytes, and its name.
pub(crate) fn near(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let at = floor(text, at);
    let (before, after) = text.split_at(at);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    let odd = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        let is_line_end = |here: usize| text.as_bytes().get(here..=here + 1) == Some(b"\r\n");
        part.char_indices()
            .map(|(here, c)| (from + here, c))
            // The mark before the text does not belong to it.
            .filter(|(here, c)| !is_line_end(*here) && (*here, *c) != (0, '\u{feff}'))
            .find_map(|(here, c)| Some((here, name(c)?)))
    };
    odd(at, end).or_else(|| odd(start, at))
}

/// The column of a byte, in characters from 1. The mark before the text has none.
pub(crate) fn column(text: &str, at: usize) -> usize {
    let before = text.get(..floor(text, at)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    1 + line.trim_start_matches('\u{feff}').chars().count()
}

/// The start of the character at a byte.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn invisible_characters_around_a_value_are_trimmed() {
        assert_eq!(trimmed("\u{feff}\u{200b} a b\u{a0}\t\r\n"), "a b");
        assert_eq!(trimmed(" \u{200b} "), "");
    }

    #[test]
    fn the_first_odd_character_of_a_value_is_named_with_its_place() {
        assert_eq!(inside("ab\u{a0}c d"), Some("has a no-break space in it, at character 3".to_owned()));
        assert_eq!(inside("a b"), Some("has a blank in it, at character 2".to_owned()));
        assert_eq!(inside("ab"), None);
        for hidden in "\u{2800}\u{3164}\u{34f}\u{2061}\u{2064}\u{115f}\u{ffa0}\u{e0001}".chars() {
            let value = format!("a{hidden}b");
            assert_eq!(
                inside(&value),
                Some("has an invisible character in it, at character 2".to_owned()),
                "{value:?}"
            );
            assert_eq!(trimmed(&format!("{hidden}a{hidden}")), "a");
        }
        for usual in ["a\tb", "a\nb"] {
            assert_eq!(usual.chars().find_map(name), None, "{usual:?}");
        }
    }

    #[test]
    fn a_mistake_is_blamed_on_an_odd_character_of_its_line() {
        let text = "# \u{201c}x\u{201d}\na =\u{a0}1\r\nb = 2\r\n";
        let at = text.find('\u{a0}').unwrap();
        assert_eq!(near(text, at), Some((at, "a no-break space")));
        assert_eq!(near(text, at + 3), Some((at, "a no-break space")), "before the mistake");
        assert_eq!(near(text, text.find('b').unwrap()), None, "on another line");
        assert_eq!(column(text, at), 4);
        assert_eq!(column("\u{feff}a", 4), 2);
        assert_eq!(near("\u{feff}a = x", 5), None);
    }

    proptest! {
        #[test]
        fn any_place_of_any_text_can_be_asked_for(text in ".*", at in 0..200_usize) {
            if let Some((at, _)) = near(&text, at) {
                prop_assert!(text.get(at..).is_some_and(|rest| rest.chars().next().is_some_and(|c| name(c).is_some())));
            }
            prop_assert!(column(&text, at) >= 1);
            prop_assert!(inside(trimmed(&text)).is_none_or(|reason| !reason.contains('\n')));
        }
    }
}
