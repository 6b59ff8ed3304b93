//! Start shells under names of their own, whose process states are read from `/proc`.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use tokio::sync::oneshot;

use super::{
    super::{START_LIMIT, run_in_background, wait_for_start},
    *,
};

fn words(commands: &[Vec<OsString>]) -> Vec<String> {
    let joined =
        |words: &Vec<OsString>| words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    commands.iter().map(joined).collect()
}

#[test]
fn the_browser_that_the_person_chose_is_tried_first() {
    let url = Url::parse("https://example.com/?a=%73").expect("an address");
    let tried = words(&browsers("/opt/a:: b --new %s x", &url));
    assert_eq!(
        tried,
        [
            "/opt/a https://example.com/?a=%73",
            "b --new https://example.com/?a=%73 x",
            "xdg-open https://example.com/?a=%73",
            "gio open https://example.com/?a=%73",
            "x-www-browser https://example.com/?a=%73",
        ]
    );
    assert_eq!(browsers("", &url).len(), 3);
}

fn script(folder: &Path, name: &str, text: &str) -> Vec<OsString> {
    let path = folder.join(name);
    symlink("/bin/sh", &path).expect("a shell of that name");
    vec![path.into(), "-c".into(), text.into()]
}

/// The process states of this program's children with this name, zombies included.
fn states(name: &str) -> Vec<char> {
    let own = std::process::id().to_string();
    let stat = |entry: PathBuf| fs::read_to_string(entry.join("stat")).ok();
    let all = fs::read_dir("/proc").expect("processes").flatten().filter_map(|one| stat(one.path()));
    all.filter_map(|stat| {
        let (head, tail) = stat.rsplit_once(") ")?;
        let mut fields = tail.split(' ');
        let state = fields.next()?.chars().next()?;
        (head.ends_with(&format!("({name}")) && fields.next() == Some(&own)).then_some(state)
    })
    .collect()
}

fn wait_until(what: &str, done: impl Fn() -> bool) {
    let limit = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < limit, "{what}");
        thread::sleep(POLL);
    }
}

async fn open_first(commands: Vec<Vec<OsString>>) -> Result<(), BrowserError> {
    let (report, started) = oneshot::channel();
    run_in_background(move || start_first(commands, report));
    wait_for_start(START_LIMIT, started).await
}

#[tokio::test]
async fn a_browser_that_keeps_running_counts_as_opened_and_leaves_no_zombie() {
    let folder = tempfile::tempdir().expect("a folder");
    let end_file = folder.path().join("end");
    let text = format!("while [ ! -e '{}' ]; do sleep 0.05; done", end_file.display());
    let sleeper = script(folder.path(), "cp-sleeper", &text);
    let begun = Instant::now();
    let (report, started) = oneshot::channel();
    run_in_background(move || start_first(vec![sleeper], report));
    assert!(begun.elapsed() < Duration::from_millis(500), "the caller does not wait");
    assert_eq!(wait_for_start(START_LIMIT, started).await, Ok(()));
    assert_eq!(states("cp-sleeper").len(), 1, "it still runs");
    fs::write(&end_file, "").expect("the end");
    wait_until("a zombie", || states("cp-sleeper").is_empty());
}

#[tokio::test]
async fn after_a_browser_that_fails_the_next_is_tried_and_no_zombie_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened_file = folder.path().join("opened");
    let fails = script(folder.path(), "cp-fails", "exit 3");
    let works = script(folder.path(), "cp-works", &format!("touch '{}'", opened_file.display()));
    let missing = vec![folder.path().join("missing").into_os_string()];
    assert_eq!(open_first(vec![missing.clone(), fails.clone(), works]).await, Ok(()));
    assert!(opened_file.exists());
    let error = open_first(vec![fails, missing]).await.expect_err("none works");
    assert!(error.to_string().contains("cp-fails"), "{error}");
    wait_until("a zombie", || states("cp-fails").is_empty() && states("cp-works").is_empty());
}
