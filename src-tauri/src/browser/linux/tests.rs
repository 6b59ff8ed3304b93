//! With shells under names of their own, whose states are read from `/proc`.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use tokio::sync::oneshot;

use super::{
    super::{LIMIT, in_background, within},
    *,
};

fn words(commands: &[Vec<OsString>]) -> Vec<String> {
    let joined =
        |words: &Vec<OsString>| words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    commands.iter().map(joined).collect()
}

#[test]
fn the_persons_browser_comes_first() {
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

/// The states of this program's children that run the script, or did.
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

fn until(what: &str, done: impl Fn() -> bool) {
    let limit = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < limit, "{what}");
        thread::sleep(POLL);
    }
}

async fn opened(commands: Vec<Vec<OsString>>) -> Result<(), BrowserError> {
    let (report, started) = oneshot::channel();
    in_background(move || start_first(commands, report));
    within(LIMIT, started).await
}

#[tokio::test]
async fn a_browser_that_never_ends_is_opened_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let go_on = folder.path().join("end");
    let text = format!("while [ ! -e '{}' ]; do sleep 0.05; done", go_on.display());
    let sleeper = script(folder.path(), "cp-sleeper", &text);
    let begun = Instant::now();
    let (report, started) = oneshot::channel();
    in_background(move || start_first(vec![sleeper], report));
    assert!(begun.elapsed() < Duration::from_millis(500), "the caller does not wait");
    assert_eq!(within(LIMIT, started).await, Ok(()));
    assert_eq!(states("cp-sleeper").len(), 1, "it still runs");
    fs::write(&go_on, "").expect("the end");
    until("a zombie", || states("cp-sleeper").is_empty());
}

#[tokio::test]
async fn browsers_that_fail_are_passed_over_and_leave_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened_by = folder.path().join("opened");
    let fails = script(folder.path(), "cp-fails", "exit 3");
    let works = script(folder.path(), "cp-works", &format!("touch '{}'", opened_by.display()));
    let missing = vec![folder.path().join("missing").into_os_string()];
    assert_eq!(opened(vec![missing.clone(), fails.clone(), works]).await, Ok(()));
    assert!(opened_by.exists());
    let error = opened(vec![fails, missing]).await.expect_err("none works");
    assert!(error.to_string().contains("cp-fails"), "{error}");
    until("a zombie", || states("cp-fails").is_empty() && states("cp-works").is_empty());
}
