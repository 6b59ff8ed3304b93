//! Every text of the corpora, those that were once found among them, is read without breaking a law.

use std::{fs, panic, path::Path};

/// On Windows some targets are missing, but not their corpora.
#[cfg(unix)]
#[test]
fn every_corpus_has_a_target() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let names = fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = names.filter(|name| fuzz::target(name).is_none()).collect();
    assert!(left.is_empty(), "no target reads these corpora: {left:?}");
}

#[test]
fn every_text_of_the_corpora_keeps_the_laws() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut broken = Vec::new();
    for target in fuzz::TARGETS {
        let mut files: Vec<_> =
            fs::read_dir(corpora.join(target.name)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{} has no corpus", target.name);
        for file in files {
            let bytes = fs::read(&file).unwrap();
            if panic::catch_unwind(|| (target.run)(&bytes)).is_err() {
                broken.push(file);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
