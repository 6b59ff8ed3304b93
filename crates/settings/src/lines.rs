//! The line ends of a text, and the mark before it: taken off before the text is edited, and put back afterwards.
//!
//! The library that edits TOML writes line feeds only, while a file keeps the line ends of whatever editor wrote it.

const MARK: char = '\u{feff}';

/// A text without its mark and with line feeds, and what it had in their place.
#[derive(Debug)]
pub(crate) struct Lines {
    has_mark: bool,
    /// Each line without its end, and whether that was CRLF.
    lines: Vec<(String, bool)>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let has_mark = text.starts_with(MARK);
        let bare = text.strip_prefix(MARK).unwrap_or(text);
        let lines = bare.split('\n').map(|line| match line.strip_suffix('\r') {
            Some(line) => (line.to_owned(), true),
            None => (line.to_owned(), false),
        });
        let mut lines: Vec<(String, bool)> = lines.collect();
        // What is behind the last line feed has no end.
        if let Some((last, is_crlf @ true)) = lines.last_mut() {
            last.push('\r');
            *is_crlf = false;
        }
        Self { has_mark, lines }
    }

    /// The text for editing.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|(line, _)| line.as_str()).collect();
        lines.join("\n")
    }

    /// Gives the edited text its mark and line ends: a line that was there keeps its end, a new one gets the usual one.
    pub(crate) fn put_back(&self, edited: &str) -> String {
        let crlf = self.lines.iter().filter(|(_, is_crlf)| *is_crlf).count();
        let mostly_crlf = crlf * 2 > self.lines.len().saturating_sub(1);
        // The library ends the last line; one that had no end gets none.
        let edited = match (self.lines.last(), edited.strip_suffix('\n')) {
            (Some((last, _)), Some(open)) if !last.is_empty() && open.rsplit('\n').next() == Some(last) => {
                open
            }
            (Some(_) | None, _) => edited,
        };
        let mut text = if self.has_mark { MARK.to_string() } else { String::new() };
        let new: Vec<&str> = edited.split('\n').collect();
        let same = |(old, new): &(&(String, bool), &&str)| old.0 == **new;
        let head = self.lines.iter().zip(&new).take_while(same).count();
        let tail = self.lines.iter().rev().zip(new.iter().rev()).take_while(same).count();
        let tail = tail.min(self.lines.len().min(new.len()) - head);
        let old = self.lines.get(head..self.lines.len() - tail).unwrap_or_default();
        // A line that became another one keeps its end.
        let in_place = old.len() == new.len() - head - tail;
        let mut between = old.iter();
        for (at, line) in new.iter().enumerate() {
            let is_last = at + 1 == new.len();
            let kept = if at < head {
                self.lines.get(at)
            } else if at >= new.len() - tail {
                self.lines.get(self.lines.len() + at - new.len())
            } else if in_place {
                between.next()
            } else {
                let mut ahead = between.clone();
                let found = ahead.find(|(old, _)| old == line);
                if found.is_some() {
                    between = ahead;
                }
                found
            };
            text.push_str(line);
            if !is_last {
                // What was the last line has no end to keep.
                let is_crlf = match kept {
                    Some((_, is_crlf)) if !(at + 1 == self.lines.len() && at < head) => *is_crlf,
                    Some(_) | None => mostly_crlf,
                };
                text.push_str(if is_crlf { "\r\n" } else { "\n" });
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_new_line_ends_as_most_do_and_the_others_as_they_did() {
        let lines = Lines::of("\u{feff}a\r\nb\nc\r\n");
        assert_eq!(lines.text(), "a\nb\nc\n");
        assert_eq!(lines.put_back("a\nnew\nb\nc\n"), "\u{feff}a\r\nnew\r\nb\nc\r\n");
        assert_eq!(lines.put_back("a\nb\nc\nnew\n"), "\u{feff}a\r\nb\nc\r\nnew\r\n");
        assert_eq!(Lines::of("a\r\nb").put_back("a\nb\nnew"), "a\r\nb\r\nnew");
        assert_eq!(Lines::of("a").put_back("a\nb\n"), "a\nb\n");
        assert_eq!(Lines::of("a\r\nb").put_back("x\nb\n"), "x\r\nb", "the last line stays open");
        assert_eq!(Lines::of("").put_back("a\n"), "a\n");
    }

    proptest! {
        #[test]
        fn what_is_not_edited_comes_back_byte_by_byte(text in "\u{feff}?[ab\r\n]{0,40}|(?s).*") {
            let lines = Lines::of(&text);
            prop_assert_eq!(lines.put_back(&lines.text()), text);
        }

        #[test]
        fn the_words_are_always_those_of_the_edited_text(text in "[ab\r\n]{0,30}", edited in "[abc\n]{0,30}") {
            let put = Lines::of(&text).put_back(&edited);
            let put = put.replace("\r\n", "\n");
            let ended = format!("{put}\n");
            prop_assert!([&put, &ended].contains(&&edited), "{:?} of {:?}", put, edited);
        }
    }
}
