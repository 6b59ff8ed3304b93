//! No two modules beside each other import each other, by whatever way round: read from the sources of every crate.
//!
//! What is below a module counts as the module, so that a circle cannot hide one level deeper. A module and what is
//! below it may name each other. A name that a module hands on counts for where it is defined. Tests do not count,
//! and neither do comments and texts.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read is a failed test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A module as a path from the root of its crate, which itself is the empty one.
type Module = Vec<String>;

/// Crates and modules between whose parts there still are circles. The list only gets shorter.
const NOT_YET: [&str; 0] = [];

/// How often a name may be handed on before it is taken for one that is handed round.
const HANDED_ON: usize = 8;

/// What a module names: every path, and by its name in the module what is imported.
#[derive(Default)]
struct Named {
    paths: BTreeSet<Vec<String>>,
    imports: BTreeMap<String, Vec<String>>,
}

/// The modules of one crate.
#[derive(Default)]
struct Sources(BTreeMap<Module, Named>);

impl Named {
    fn take(&mut self, tokens: &[&str]) {
        let mut rest = tokens;
        while let Some((first, after)) = rest.split_first() {
            rest = match *first {
                // `use<'a>` says what a type captures.
                "use" if after.first() != Some(&"<") => self.import(after, &[]),
                "mod" if after.get(..2) == Some(&["tests", "{"]) => after_block(&after[2..]),
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

    /// Reads one tree of an import, and says what follows it.
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

impl Sources {
    /// Takes a file by its path below `src`.
    fn add(&mut self, path: &str, text: &str) {
        let mut module: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if module.iter().any(|part| part == "tests") {
            return;
        }
        if module.last().is_some_and(|last| matches!(last.as_str(), "lib" | "main" | "mod")) {
            module.pop();
        }
        self.0.entry(module).or_default().take(&tokens(text));
    }

    /// The module in which the end of a path is defined that a module names; none outside the crate.
    fn home(&self, module: &[String], path: &[String], hops: usize) -> Option<Module> {
        let (first, mut rest) = path.split_first()?;
        let mut at = module.to_vec();
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop()?;
                while let Some((_, after)) = rest.split_first().filter(|(next, _)| *next == "super") {
                    at.pop()?;
                    rest = after;
                }
            }
            _ => {
                rest = path;
                let is_ours = self.handed_on(&at, first).is_some() || self.0.contains_key(&below(&at, first));
                if !is_ours {
                    return None;
                }
            }
        }
        while let Some((next, after)) = rest.split_first() {
            let child = below(&at, next);
            if self.0.contains_key(&child) {
                at = child;
                rest = after;
            } else {
                let further = self.handed_on(&at, next).filter(|_| hops > 0).and_then(|path| {
                    let path = [path, after].concat();
                    self.home(&at, &path, hops - 1)
                });
                return Some(further.unwrap_or(at));
            }
        }
        Some(at)
    }

    fn handed_on(&self, module: &[String], name: &str) -> Option<&[String]> {
        self.0.get(module)?.imports.get(name).map(Vec::as_slice)
    }

    /// For each module, which of its children name which, and where.
    fn levels(&self) -> BTreeMap<Module, Arrows> {
        let mut levels: BTreeMap<Module, Arrows> = BTreeMap::new();
        for (module, named) in &self.0 {
            for path in &named.paths {
                let Some(home) = self.home(module, path, HANDED_ON) else { continue };
                let shared = module.iter().zip(&home).take_while(|(one, other)| one == other).count();
                if let (Some(from), Some(to)) = (module.get(shared), home.get(shared)) {
                    let arrows = levels.entry(home[..shared].to_vec()).or_default();
                    let said = format!("{} names {}", module.join("::"), home.join("::"));
                    arrows.entry((from.clone(), to.clone())).or_default().insert(said);
                }
            }
        }
        levels
    }

    /// What is wrong between the children of each module, a sentence for each two files of which one names the other
    /// on a circle.
    fn circles(&self) -> BTreeMap<Module, Vec<String>> {
        let mut found: BTreeMap<Module, Vec<String>> = BTreeMap::new();
        for (module, arrows) in self.levels() {
            for ((from, to), said) in &arrows {
                if reaches(&arrows, to, from) {
                    found.entry(module.clone()).or_default().extend(said.iter().cloned());
                }
            }
        }
        found
    }
}

/// Which child of a module names which, with a sentence for each file of the one and of the other.
type Arrows = BTreeMap<(String, String), BTreeSet<String>>;

fn reaches(arrows: &Arrows, from: &str, to: &str) -> bool {
    let mut reached = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        let onward = arrows.keys().filter(|(one, _)| one == at).map(|(_, other)| other.as_str());
        next.extend(onward.filter(|other| reached.insert(other)));
    }
    reached.contains(to)
}

fn below(module: &[String], name: &str) -> Module {
    [module, &[name.to_owned()]].concat()
}

/// What follows a block of which the first brace is gone.
fn after_block<'a, 'b>(tokens: &'a [&'b str]) -> &'a [&'b str] {
    let mut depth = 1;
    let end = tokens.iter().position(|token| {
        depth += i32::from(*token == "{") - i32::from(*token == "}");
        depth == 0
    });
    end.map_or(&[], |end| &tokens[end + 1..])
}

fn is_name(token: &str) -> bool {
    token.starts_with(in_name)
}

fn in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The words and signs of a text, without comments and what is in quotes.
fn tokens(text: &str) -> Vec<&str> {
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
        } else if in_name(first) {
            (rest.find(|letter| !in_name(letter)).unwrap_or(rest.len()), true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        let (token, after) = rest.split_at(length);
        found.extend(Some(token).filter(|_| counts));
        rest = after;
    }
    found
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

/// The `src` folders of the workspace.
fn crates() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let rooms = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = rooms.chain([root.join("src-tauri"), root.join("xtask")]).collect();
    folders.sort();
    folders.into_iter().map(|folder| folder.join("src")).collect()
}

fn read(folder: &Path, below: &Path, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, below, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(below).unwrap().to_string_lossy().replace('\\', "/");
            sources.add(&name, &fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn no_two_modules_beside_each_other_import_each_other() {
    let mut found = BTreeMap::new();
    for folder in crates() {
        let mut sources = Sources::default();
        read(&folder, &folder, &mut sources);
        assert!(sources.0.contains_key(&Module::new()), "{}: no root", folder.display());
        let name = folder.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned();
        let circles = sources.circles().into_iter();
        found.extend(circles.map(|(module, said)| ([vec![name.clone()], module].concat().join("::"), said)));
    }
    let gone: Vec<&str> = NOT_YET.into_iter().filter(|known| found.remove(*known).is_none()).collect();
    assert!(found.is_empty(), "{found:#?}");
    assert!(gone.is_empty(), "no circle any more, to be struck from the list: {gone:?}");
}

fn circles(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path, text);
    }
    sources.circles().into_values().flatten().collect()
}

#[test]
fn two_modules_that_import_each_other_are_found() {
    for (one, other) in [
        ("use crate::answer::Answer;", "use crate::ask::Question;"),
        ("use super::answer::{self, Answer as Theirs};", "use super::{ask::Question};"),
        ("fn answered(by: &crate::answer::Answer) {}", "type Asked = super::ask::Question;"),
        ("use crate::Answer;", "use crate::{answer, Question as Theirs};"),
        (
            "const A: char = '\"'; use crate::answer::Answer; const B: char = '\"';",
            "use crate::ask::Question;",
        ),
    ] {
        let lib = "mod answer; mod ask; pub use answer::Answer; pub use ask::Question;";
        let found = circles(&[("lib.rs", lib), ("ask.rs", one), ("answer.rs", other)]);
        assert_eq!(found, ["answer names ask", "ask names answer"], "{one} {other}");
    }
}

#[test]
fn a_circle_is_found_by_whatever_way_round() {
    let longer = [
        ("lib.rs", "mod ask; mod answer; mod doubt;"),
        ("ask.rs", "use crate::answer::Answer;"),
        ("answer.rs", "use crate::doubt::Doubt;"),
        ("doubt.rs", "use crate::ask::Question;"),
    ];
    assert_eq!(circles(&longer), ["answer names doubt", "ask names answer", "doubt names ask"]);
    let deeper = [
        ("lib.rs", "mod ask; mod answer;"),
        ("ask.rs", "mod spelling;"),
        ("ask/spelling.rs", "use super::super::answer::Answer;"),
        ("answer.rs", "use crate::ask::Question;"),
    ];
    assert_eq!(circles(&deeper), ["answer names ask", "ask::spelling names answer"]);
}

#[test]
fn what_is_no_circle_is_not_found() {
    for (one, other) in [
        ("use crate::answer::Answer;", ""),
        ("use crate::answer::Answer;", "//! Asked by crate::ask. \nconst TEXT: &str = \"crate::ask\";"),
        ("use crate::answer::Answer;", "mod tests { use crate::ask::Question; }"),
        ("use crate::answer::Answer;", "fn ask(question: &str) -> impl Iterator + use<'_> {}"),
        ("mod spelling; use spelling::Spelling;", "mod words;"),
    ] {
        let files = [
            ("main.rs", "mod answer; mod ask;"),
            ("ask.rs", one),
            ("ask/spelling.rs", "use super::Question;"),
            ("answer.rs", other),
            ("answer/tests.rs", "use crate::ask::Question;"),
        ];
        assert_eq!(circles(&files), [""; 0], "{one} {other}");
    }
}
