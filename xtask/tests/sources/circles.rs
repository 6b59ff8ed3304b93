//! No two modules beside each other import each other, directly or by way of others: read from the sources of every
//! crate.
//!
//! What is below a module counts as the module, so that a circle cannot hide one level deeper. A module and what is
//! below it may name each other. A name that a module re-exports counts for the module that defines it. Tests do not
//! count.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::source::{Named, each_source, tokens, without_tests, workspace};

/// A module as a path from the root of its crate, which itself is the empty one.
type Module = Vec<String>;

/// How often a name may be re-exported before it is taken for one that is re-exported in a circle.
const REEXPORTS: usize = 8;

/// The modules of one crate.
#[derive(Default)]
struct Sources(BTreeMap<Module, Named>);

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
        self.0.entry(module).or_default().take(&without_tests(&tokens(text)));
    }

    /// The module that defines the last name of a path, as one module writes it; none outside the crate.
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
                let is_ours =
                    self.reexported(&at, first).is_some() || self.0.contains_key(&below(&at, first));
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
                let further = self.reexported(&at, next).filter(|_| hops > 0).and_then(|path| {
                    let path = [path, after].concat();
                    self.home(&at, &path, hops - 1)
                });
                return Some(further.unwrap_or(at));
            }
        }
        Some(at)
    }

    fn reexported(&self, module: &[String], name: &str) -> Option<&[String]> {
        self.0.get(module)?.imports.get(name).map(Vec::as_slice)
    }

    /// For each module, which of its children name which, and where.
    fn levels(&self) -> BTreeMap<Module, Arrows> {
        let mut levels: BTreeMap<Module, Arrows> = BTreeMap::new();
        for (module, named) in &self.0 {
            for path in &named.paths {
                let Some(home) = self.home(module, path, REEXPORTS) else { continue };
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

/// The `src` folders of the workspace.
fn crates() -> Vec<PathBuf> {
    let root = workspace();
    let rooms = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = rooms.chain([root.join("src-tauri"), root.join("xtask")]).collect();
    folders.sort();
    folders.into_iter().map(|folder| folder.join("src")).collect()
}

#[test]
fn no_two_modules_beside_each_other_import_each_other() {
    let mut found = BTreeMap::new();
    for folder in crates() {
        let mut sources = Sources::default();
        each_source(&folder, &folder, &mut |path, text| sources.add(path, text));
        assert!(sources.0.contains_key(&Module::new()), "{}: no root", folder.display());
        let name = folder.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned();
        let circles = sources.circles().into_iter();
        found.extend(circles.map(|(module, said)| ([vec![name.clone()], module].concat().join("::"), said)));
    }
    assert!(found.is_empty(), "{found:#?}");
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
fn a_longer_or_deeper_circle_is_found() {
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
