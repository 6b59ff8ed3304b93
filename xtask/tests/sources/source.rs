//! Reads Rust sources as the tests of this folder need them: the tokens, and what a file names. No comments and no
//! texts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What a file names.
#[derive(Default)]
pub struct Named {
    /// Every path, those of imports in full.
    pub paths: BTreeSet<Vec<String>>,
    /// The path of each import, by its name in the file.
    pub imports: BTreeMap<String, Vec<String>>,
}

impl Named {
    /// Adds what these tokens name.
    pub fn take(&mut self, tokens: &[&str]) {
        let mut rest = tokens;
        while let Some((first, after)) = rest.split_first() {
            rest = match *first {
                // `use<'a>` says what a type captures.
                "use" if after.first() != Some(&"<") => self.import(after, &[]),
                name if is_name(name) => {
                    let more = after.chunks_exact(2).take_while(|pair| pair[0] == "::" && is_name(pair[1]));
                    let (path, after) = rest.split_at(1 + 2 * more.count());
                    self.paths.insert(path.iter().step_by(2).map(|part| (*part).to_owned()).collect());
                    after
                }
                _ => after,
            };
        }
    }

    /// Reads one tree of an import, and returns what follows it.
    fn import<'a, 'b>(&mut self, tokens: &'a [&'b str], before: &[String]) -> &'a [&'b str] {
        let mut path = before.to_vec();
        let mut name = None;
        let mut rest = tokens;
        while let Some((first, after)) = rest.split_first() {
            match *first {
                "{" => {
                    rest = after;
                    while rest.first().is_some_and(|token| *token != "}") {
                        rest = self.import(rest, &path);
                        rest = rest.strip_prefix(&[","]).unwrap_or(rest);
                    }
                    return rest.get(1..).unwrap_or_default();
                }
                "," | ";" | "}" => break,
                "as" => name = after.first().map(|name| (*name).to_owned()),
                "self" if !path.is_empty() => {}
                part if name.is_none() && part != "::" => path.push(part.to_owned()),
                _ => {}
            }
            rest = after;
        }
        if let Some(name) = name.or_else(|| path.last().cloned()) {
            self.imports.insert(name, path.clone());
        }
        self.paths.insert(path);
        rest
    }
}

/// The tokens without the test modules in them.
pub fn without_tests<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        if rest.starts_with(&["mod", "tests", "{"]) {
            rest = after_block(&after[2..]);
        } else {
            kept.push(*first);
            rest = after;
        }
    }
    kept
}

/// What follows a block whose first brace was read.
fn after_block<'a, 'b>(tokens: &'a [&'b str]) -> &'a [&'b str] {
    let mut depth = 1;
    let end = tokens.iter().position(|token| {
        depth += i32::from(*token == "{") - i32::from(*token == "}");
        depth == 0
    });
    end.map_or(&[], |end| &tokens[end + 1..])
}

/// True if a token is a name, a keyword or a number.
pub fn is_name(token: &str) -> bool {
    token.starts_with(is_in_name)
}

fn is_in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The words and signs of a text, without comments and what is in quotes. A lifetime is one token.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
        let (length, counts) = if rest.starts_with("//") {
            (until("\n"), false)
        } else if rest.starts_with("/*") {
            (until("*/"), false)
        } else if let Some(length) = quoted(rest) {
            (length, false)
        } else if rest.starts_with("::") {
            (2, true)
        } else if is_in_name(first) {
            (length_of_name(rest), true)
        } else if first == '\'' {
            (1 + length_of_name(&rest[1..]), true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        let (token, after) = rest.split_at(length);
        found.extend(Some(token).filter(|_| counts));
        rest = after;
    }
    found
}

fn length_of_name(text: &str) -> usize {
    text.find(|letter| !is_in_name(letter)).unwrap_or(text.len())
}

/// How long the text or the character is that begins here in its quotes; none for a lifetime.
fn quoted(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['b', 'c']);
    let prefix = text.len() - bare.len();
    if let Some(raw) = bare.strip_prefix('r') {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[marks..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(marks));
        let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
        return Some(prefix + 1 + marks + 1 + length);
    }
    let quote = bare.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let is_lifetime = quote == '\'' && !bare[1..].starts_with('\\') && bare.chars().nth(2) != Some('\'');
    if is_lifetime {
        return None;
    }
    let mut escaped = false;
    let end = bare[1..].find(|letter| {
        let ends = letter == quote && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    });
    Some(prefix + end.map_or(bare.len(), |end| end + 2))
}

/// Passes every source below a folder to `take`, with its path from `root`.
pub fn each_source(folder: &Path, root: &Path, take: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_source(&path, root, take);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            take(&name, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// The folder of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
