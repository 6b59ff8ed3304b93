//! Says what is wrong with a text that is no TOML, in words for somebody who does not know TOML.
//!
//! Looks for what people and their editors do to such files; knows nothing but the names of settings.

use toml::de::DeTable;

use crate::{Layer, document::Mistake, odd, sections::SECTIONS};

/// What is wrong with a text that the parser refused at a byte with these words.
pub(crate) fn mistake(source: &str, layer: Layer, at: Option<usize>, message: &str) -> Mistake {
    let reason = |reason: &str| format!("this is not TOML: {reason}");
    if let Some(at) = lone_return(source) {
        let words = "the lines end as on old Macs, with a carriage return alone; save the file with the line ends of Windows or Linux";
        return Mistake { at: Some(at), reason: reason(words) };
    }
    if at.is_some_and(|at| is_joined(line_at(source, at))) {
        return Mistake { at, reason: joined(layer) };
    }
    if let Some((here, name)) = at.and_then(|at| odd::near(source, at)) {
        let words = format!("column {} is {name}", odd::column(source, here));
        return Mistake { at: Some(here), reason: reason(&words) };
    }
    Mistake { at, reason: reason(plain(message)) }
}

/// A policy whose remark has swallowed the rest, because its lines were joined: it is valid and locks nothing.
pub(crate) fn swallowed(source: &str, layer: Layer) -> Option<Mistake> {
    let text = source.trim();
    let is_swallowed =
        layer == Layer::Policy && !text.contains('\n') && remark(text).is_some_and(has_settings);
    is_swallowed.then(|| Mistake { at: Some(0), reason: joined(layer) })
}

/// The remark of a line; a `#` in a text begins none.
fn remark(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some('"'), _) if is_escaped => is_escaped = false,
            (Some('"'), '\\') => is_escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => return line.get(at + 1..),
            (None, _) => {}
        }
    }
    None
}

/// Whether a remark has a section and a setting in it, or two settings. People mention settings in remarks, too; but
/// swallowed settings are valid TOML, and after each value comes the next setting, section or remark.
fn has_settings(remark: &str) -> bool {
    let mut rest = remark;
    let (mut has_section, mut settings) = (false, 0_usize);
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return settings > 0 && settings + usize::from(has_section) > 1;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if is_section(word) {
            has_section = true;
        } else if let Some(value) = value_of_setting(rest) {
            let Some((value, behind)) = split_value(value) else { return false };
            let next = behind.trim_start();
            let continues =
                next.is_empty() || next.starts_with(['#', '[']) || value_of_setting(next).is_some();
            if continues && DeTable::parse(&format!("x = {value}")).is_ok() {
                settings += 1;
            }
            rest = behind;
            continue;
        }
        rest = after;
    }
}

/// `[sync]`, `[[sync.rows]]`
fn is_section(word: &str) -> bool {
    let path = word.trim_start_matches('[').trim_end_matches(']');
    let is_named = SECTIONS.iter().any(|known| !known.path.is_empty() && known.path == path);
    is_named && (word == format!("[{path}]") || word == format!("[[{path}]]"))
}

/// What is behind the equals sign, if a text begins with a setting that is known.
fn value_of_setting(text: &str) -> Option<&str> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let (name, rest) = text.split_at(text.find(|c| !is_of_name(c))?);
    let key = name.rsplit('.').next()?;
    let is_known = SECTIONS.iter().any(|known| known.names.contains(&key));
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    is_known.then_some(value)
}

/// A value and what is behind it; none if it has no end.
fn split_value(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, c) if c.is_whitespace() && depth == 0 => return Some(text.split_at(at)),
            (None, _) => {}
        }
    }
    (quote.is_none() && depth == 0).then_some((text, ""))
}

fn joined(layer: Layer) -> String {
    match layer {
        Layer::User => "more than one setting is on this line; each needs a line of its own".to_owned(),
        Layer::Policy => {
            "the lines are joined into one; use REG_MULTI_SZ in the registry, and a line for each setting in a file"
                .to_owned()
        }
    }
}

/// Whether a line has a section and a setting on it, or two settings.
fn is_joined(line: &str) -> bool {
    let line = odd::trimmed(line);
    let mut quote = None;
    let mut depth = 0_usize;
    // The sections and settings of the line.
    let mut parts = usize::from(line.starts_with('['));
    let mut before = ' ';
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => break,
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '=') => parts += usize::from(depth == 0),
            // Behind a value another section begins; a list is itself the value.
            (None, '[') => parts += usize::from(parts > 0 && !matches!(before, '=' | ',' | '[' | ' ')),
            (None, _) => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    parts > 1
}

/// The place of a carriage return that no line feed follows.
fn lone_return(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    (0..bytes.len()).find(|at| bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n'))
}

fn line_at(source: &str, at: usize) -> &str {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        start += line.len();
        if at < start {
            return line;
        }
    }
    ""
}

/// The parser's words, but for the two mistakes that people make most, which it words for experts.
fn plain(message: &str) -> &str {
    match message.split_once(", expected") {
        Some(("string values must be quoted", _)) => "a value is missing, or is text without quotation marks",
        Some(("invalid basic string", _)) => "the closing quotation mark is missing",
        Some(_) | None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_that_mentions_settings_has_swallowed_none() {
        for policy in [
            "seats = 5 # was: seats = 3, theme = \"dark\"",
            "seats = 5 # was: seats = 3 and theme = \"dark\"",
            "seats = 5 # see [sync] in the guide, a = b = c",
            "seats = 5 # \"[sync] hold = 3\" is the usual one",
            "seats = 5 # theme = dark seats = few",
            "theme = \"#a seats = 3 theme = 'x'\"",
            "theme = \"\\\"# seats = 3 seats = 4\"",
            "proxy = '# [sync] hold = 3' # one",
            "seats = 5 # Priya's\n# [sync] hold = 3 hold = 4",
        ] {
            assert_eq!(swallowed(policy, Layer::Policy), None, "{policy}");
        }
        for policy in [
            "seats = 5 # Agents. theme = \"dark\" # Look. start_with_system = true",
            "seats = 5 # Priya's theme = \"#dark\" seats = 3",
            "# All is locked. [sync] # Seconds. hold = 20",
            "# All is locked. [[sync.rows]] when = { activity = 'x' } teams = \"busy\"",
            "# Two. seats = 5 sync.hold = 20",
        ] {
            assert!(swallowed(policy, Layer::Policy).is_some(), "{policy}");
            assert_eq!(swallowed(policy, Layer::User), None);
        }
    }

    #[test]
    fn a_line_with_two_settings_is_joined() {
        for line in [
            "[sync] hold = 5",
            "theme = \"dark\" seats = 5",
            "[[sync.rows]] teams = 'busy'",
            "seats = 5 [sync] # x",
        ] {
            assert!(is_joined(line), "{line}");
        }
        for line in [
            "[sync]",
            "[sync] # a = b",
            "hold = \"a = b\"",
            "when = { a = 1, b = 2 }",
            "a = 1 # b = 2",
            "a = [1, [2]]",
            "",
        ] {
            assert!(!is_joined(line), "{line}");
        }
    }
}
