//! What a machine of the controller must not do, read from the sources: it names nothing of the outside and changes no
//! other machine. And what a room may depend on, read from the manifests.
//!
//! Imports are read in full, groups and `super` included.

use std::{fs, path::PathBuf};

use super::source::{Named, each_source, is_name, tokens, workspace};

/// What no machine names, as paths from the root of the crate.
const FORBIDDEN: [&str; 9] = [
    "Host",
    "tokio",
    "reqwest",
    "std::fs",
    "std::net",
    "crate::files::Files",
    "crate::lane",
    "crate::controller",
    "Controller",
];

/// What makes words.
const WORDS: [&str; 2] = ["say", "fill"];

/// A file: where it is below `src`, and what is in it.
struct Source {
    path: PathBuf,
    tokens: Vec<String>,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), tokens: tokens(text).into_iter().map(str::to_owned).collect() }
    }

    /// How many `super` lead from the file's module to the root of the crate.
    fn depth(&self) -> usize {
        self.path.components().count()
    }

    /// The machine of this file, if it has one: the type that takes inputs.
    fn machine(&self) -> Option<&str> {
        let (before, _) = self.tokens.split_at(self.tokens.windows(2).position(|pair| pair == ["fn", "on"])?);
        // In a signature it comes after other tokens.
        let begins = |at: &usize| {
            let previous = at.checked_sub(1).map(|at| before[at].as_str());
            before[*at] == "impl" && matches!(previous, None | Some("}" | ";" | "]"))
        };
        let implements = (0..before.len()).rev().find(begins)?;
        before[implements..]
            .iter()
            .skip(1)
            .find(|token| is_name(token))
            .map(String::as_str)
            .filter(|_| !self.is_test())
    }

    fn is_test(&self) -> bool {
        self.path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
    }
}

/// True if a path is one of these, or below one. A single word counts wherever it is in the path.
fn names(path: &str, these: &[&str]) -> bool {
    these.iter().any(|this| {
        let is_word = !this.contains("::") && path.split("::").any(|part| part == *this);
        is_word || is_below(path, this)
    })
}

fn is_below(path: &str, this: &str) -> bool {
    path.strip_prefix(this).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// What is wrong with these files of machines, a sentence each.
fn violations(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let name = source.path.display();
        for path in paths(source) {
            if names(&path, &FORBIDDEN) {
                found.push(format!("{name} names {path}"));
            }
        }
        for trio in source.tokens.windows(3) {
            if WORDS.contains(&trio[1].as_str()) && trio[2] == "(" && trio[0] != "." && trio[0] != "fn" {
                found.push(format!("{name} makes words with {}", trio[1]));
            }
        }
        if !source.is_test() {
            for machine in
                sources.iter().filter(|other| other.path != source.path).filter_map(Source::machine)
            {
                if changes(&source.tokens).any(|changed| changed == machine) {
                    found.push(format!("{name} changes the machine {machine}"));
                }
            }
        }
    }
    found
}

/// The types behind `&mut`, without the modules before them.
fn changes(tokens: &[String]) -> impl Iterator<Item = &str> {
    let mutable = tokens.iter().enumerate().filter(|(_, token)| *token == "mut").filter(|(at, _)| {
        // A lifetime is one token.
        tokens[..*at].iter().rev().find(|token| !token.starts_with('\'')).is_some_and(|token| token == "&")
    });
    mutable.filter_map(|(at, _)| {
        let path = tokens[at + 1..].iter().take_while(|token| is_name(token) || *token == "::");
        path.last().map(String::as_str)
    })
}

/// Every path that a file names, those of imports in full.
fn paths(source: &Source) -> Vec<String> {
    let mut named = Named::default();
    named.take(&source.tokens.iter().map(String::as_str).collect::<Vec<_>>());
    named.paths.iter().map(|path| from_root(path, source.depth())).collect()
}

/// The same path from the root of the crate, if it leads there by `super`.
fn from_root(parts: &[String], depth: usize) -> String {
    let up = parts.iter().take_while(|part| *part == "super").count();
    if up < depth { parts.join("::") } else { format!("crate::{}", parts[up..].join("::")) }
}

#[test]
fn no_machine_names_the_outside_or_changes_another() {
    let sources = module("machine");
    let machines: Vec<&str> = sources.iter().filter_map(Source::machine).collect();
    assert!(machines.contains(&"Ccp") && machines.contains(&"CcpOrders"), "{machines:?}");
    let found = violations(&sources);
    assert!(found.is_empty(), "{found:#?}");
}

/// The files of a module, from its own file on.
fn module(name: &str) -> Vec<Source> {
    let root = workspace().join("crates/app/src");
    let file = format!("{name}.rs");
    let mut sources = vec![Source::new(&file, &fs::read_to_string(root.join(&file)).unwrap())];
    each_source(&root.join(name), &root, &mut |path, text| sources.push(Source::new(path, text)));
    sources
}

/// What is found in one machine that has this text in it.
fn planted(text: &str) -> Vec<String> {
    let call = "impl Call { pub(crate) fn on(&mut self, input: CallIn) -> Vec<CallOut> { Vec::new() } }";
    let sources = [Source::new("machine/call.rs", call), Source::new("machine/team.rs", text)];
    violations(&sources)
}

#[test]
fn every_planted_violation_is_found() {
    for text in [
        "use crate::host::Host;",
        "use crate::host::{CcpPlan, Host as Outside};",
        "struct Team<H: crate::host::Host>(H);",
        "impl<H: Host> Team<H> {}",
        "fn wait() { tokio::spawn(async {}); }",
        "use tokio::sync::mpsc;",
        "use std::{collections::HashMap, fs};",
        "use std::{io, net::TcpListener, time};",
        "fn keep() { std::fs::write(\"a\", \"b\").ok(); }",
        "fn look() -> bool { ::std::fs::exists(\"a\").is_ok() }",
        "use crate::{clock::later, files::{Change, Files}};",
        "use crate::lane::{self, Job};",
        "use super::super::lane::Job;",
        "use super::super::{clock, lane};",
        "use reqwest::Client;",
        "use crate::controller::account;",
        "fn on(controller: &mut Controller<Desk>) {}",
        "fn sentence() -> String { crate::words::say(\"call.lost\") }",
        "fn sentence() -> String { fill(\"call.lost\", &[]) }",
        "fn hang_up(call: &mut Call) {}",
        "fn hang_up<'a>(call: &'a mut super::call::Call) {}",
        "use crate::clock; /* a remark */ use std::net;",
        "const A: char = '\"'; use std::fs; const B: char = '\"';",
        "const A: char = '\\''; use std::fs; const B: [char; 2] = ['é', '\\u{2019}'];",
    ] {
        assert!(!planted(text).is_empty(), "{text}");
    }
}

#[test]
fn what_a_machine_may_do_is_no_violation() {
    for text in [
        "//! Must not know tokio, std::fs or the Controller.",
        "use std::{collections::BTreeMap, time::Duration};",
        "use crate::{clock::later, files::Kept, host::{CcpPlan, NoticeKind}};",
        "use presence::connect::Hosting;",
        "use super::orders::Purpose;",
        "const TEXT: &str = \"tokio \\\" std::fs\"; const RAW: &str = r#\"say(\"a\")\"#;",
        "fn clear(times: &mut [u64], call: &Call) { times.fill(0); }",
        "fn say(&mut self) {}",
        "impl Team { fn on(&mut self, other: &mut Team) {} }",
        "fn lane(files: u8) -> u8 { files }",
    ] {
        assert_eq!(planted(text), [""; 0], "{text}");
    }
    let test = Source::new("machine/team/tests.rs", "fn both(call: &mut Call) {}");
    let call = Source::new("machine/call.rs", "impl Call { fn on(&mut self) {} }");
    assert_eq!(violations(&[call, test]), [""; 0]);
}

/// The rooms from the ground up. A room depends on lower ones; those of one floor do not know each other.
const FLOORS: [&[&str]; 7] = [
    &["net", "presence"],
    &["graph", "signin", "connect", "people", "settings"],
    &["view"],
    &["timeline"],
    &["doctor"],
    &["wizard"],
    &["app"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// What this manifest of a room depends on, and should not.
fn upward<'a>(room: &str, manifest: &'a str) -> Vec<&'a str> {
    let mut is_product = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            is_product = section.contains("dependencies") && !section.contains("dev-dependencies");
        }
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if is_product && floor(name).is_some_and(|below| Some(below) >= floor(room)) {
            found.push(name);
        }
    }
    found
}

#[test]
fn rooms_depend_on_lower_rooms_only() {
    for room in FLOORS.iter().copied().flatten() {
        let manifest = fs::read_to_string(workspace().join("crates").join(room).join("Cargo.toml")).unwrap();
        assert_eq!(upward(room, &manifest), [""; 0], "{room}");
    }
}

#[test]
fn a_dependency_on_a_higher_room_or_on_a_neighbour_is_found() {
    let manifest = "[dependencies]\nnet.workspace = true\nsettings = { path = \"..\" }\nview.workspace = true\n\
                    [dev-dependencies]\napp.workspace = true\n\
                    [target.'cfg(unix)'.dependencies]\nwizard.workspace = true\n";
    assert_eq!(upward("signin", manifest), ["settings", "view", "wizard"]);
    assert_eq!(upward("timeline", manifest), ["wizard"]);
}
