//! The documents lead somewhere: every link to a file of the repository, pictures included, and to a heading in one.
#![expect(clippy::unwrap_used, reason = "a document that cannot be read is a failed test")]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every document, those of other projects excepted.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["", "docs", "docs/design", "docs/direct-dial", "ui", "icons", "crates"]
        .map(|one| root().join(one))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            } else if path.is_dir() && path.starts_with(root().join("crates")) {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What a document links to and shows, code left out.
fn links(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    let between = |open: &'static str, close: char| {
        let after = prose.split(open).skip(1);
        after.filter_map(move |rest| rest.split_once(close)).map(|(link, _)| link.to_owned())
    };
    between("](", ')').chain(between("<img ", '>').filter_map(|tag| source(&tag))).collect()
}

/// The source of a picture that is written as an element.
fn source(tag: &str) -> Option<String> {
    Some(tag.split_once("src=\"")?.1.split_once('"')?.0.to_owned())
}

/// The names by which a document's headings are linked to, as GitHub makes them.
fn headings(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    let heads = prose.lines().filter(|line| line.starts_with('#'));
    heads
        .map(|head| {
            let words = head.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

/// Why a link leads nowhere.
fn fault(document: &Path, link: &str) -> Option<String> {
    if link.contains("://") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() { document.to_path_buf() } else { document.parent()?.join(path) };
    if !target.exists() {
        return Some(format!("{}: {link}: there is no such file", document.display()));
    }
    let named =
        anchor.is_empty() || headings(&fs::read_to_string(target).ok()?).iter().any(|head| head == anchor);
    (!named).then(|| format!("{}: {link}: there is no such heading", document.display()))
}

#[test]
fn every_link_of_a_document_leads_to_a_file_and_a_heading() {
    let documents = documents();
    assert!(documents.len() > 10, "{documents:?}");
    let faults: Vec<String> = documents
        .iter()
        .flat_map(|document| {
            let text = fs::read_to_string(document).unwrap();
            links(&text).into_iter().filter_map(|link| fault(document, &link)).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_readme_begins_with_a_picture_and_shows_three() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(text.starts_with("<img "), "{}", text.lines().next().unwrap_or_default());
    assert_eq!(links(&text).iter().filter(|link| link.ends_with(".png")).count(), 3);
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let readme = root().join("README.md");
    assert_eq!(links("a [b](c.md) ```[d](e.md)``` <img width=\"1\" src=\"g.png\">"), ["c.md", "g.png"]);
    assert_eq!(headings("# Why *Busy*?\n## a_b"), ["why-busy", "a_b"]);
    assert!(fault(&readme, "docs/nowhere.md").is_some());
    assert!(fault(&readme, "docs/doctor.md#nothing").is_some());
    assert_eq!(fault(&readme, "docs/doctor.md#the-checks"), None);
}
