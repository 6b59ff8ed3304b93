//! What is wrong with a text that is no TOML, in the words of somebody who does not know TOML.
//!
//! Looks for what people and their editors do to such files; knows no setting.

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

/// A policy whose remark has swallowed the rest, because its lines were joined: it reads well and locks nothing.
pub(crate) fn swallowed(source: &str, layer: Layer) -> Option<Mistake> {
    let text = source.trim();
    let (_, remark) = text.split_once('#')?;
    let names_section = |known: &str| !known.is_empty() && remark.contains(&format!("[{known}]"));
    let is_swallowed = layer == Layer::Policy
        && !text.contains('\n')
        && (SECTIONS.iter().any(|known| names_section(known.path)) || remark.matches('=').count() > 1);
    is_swallowed.then(|| Mistake { at: Some(0), reason: joined(layer) })
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
    // Of what can be on a line alone.
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

/// Where a carriage return is that no line feed follows.
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
