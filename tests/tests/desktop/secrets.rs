//! A whole working day, after which no secret may be anywhere in plain text: not in a file of the application, of
//! its webviews or of the keyring, not in its output at the finest level, not in a notification.

use std::{
    collections::BTreeSet,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use sandbox::{Secret, SecretKind, Stage};
use smoke::stage::{App, Page, until};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START, program},
    page::page_says,
    people::row,
};

const CALLED: &str = "Chiara Moretti";
/// Shorter ones could be found by chance.
const SHORTEST: usize = 20;
/// The application gives itself 5 s.
const QUIT: Duration = Duration::from_secs(8);

/// Something that must not be found, with what to call it in a failure.
struct Hidden {
    name: String,
    text: String,
}

impl Hidden {
    fn of(secret: &Secret) -> Self {
        use secrecy::ExposeSecret;
        Self { name: format!("{:?}", secret.kind), text: secret.text.expose_secret().to_owned() }
    }

    /// As it is written in a log or a file, and as web views write their storage.
    fn is_in(&self, content: &[u8]) -> bool {
        let wide: Vec<u8> = self.text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [self.text.as_bytes(), &wide].into_iter().any(|text| holds(content, text))
    }
}

fn holds(content: &[u8], text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let mut left = content;
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = &left[at + 1..];
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

/// Every file below a folder. What is no plain file, a socket or a link, holds nothing of its own.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut waiting = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found
}

/// Where secrets are that must not be there: "Access in connectpath-teams/timeline.jsonl".
fn found(desk: &Desk, secrets: &[Hidden]) -> BTreeSet<String> {
    let root = desk.stage.root();
    // It has what the browser was given; that must have the login's `state`, to send it back.
    let browser = root.join("opened");
    let mut found = BTreeSet::new();
    for file in files(root).into_iter().filter(|file| *file != browser) {
        let content = std::fs::read(&file).unwrap();
        let place = file.strip_prefix(root).unwrap().display().to_string();
        for secret in secrets.iter().filter(|secret| secret.is_in(&content)) {
            found.insert(format!("{} in {place}", secret.name));
        }
    }
    for notice in desk.stage.notifications() {
        for secret in secrets.iter().filter(|secret| secret.is_in(format!("{notice:?}").as_bytes())) {
            found.insert(format!("{} in the notification \"{}\"", secret.name, notice.title));
        }
    }
    found
}

/// The application, logging everything it can, into files of the stage.
fn talkative(desk: &Desk) -> PathBuf {
    let logs = desk.stage.folder("logs").unwrap();
    let script = logs.join("start");
    let (program, logs) = (program().display().to_string(), logs.display().to_string());
    let text = format!(
        "#!/bin/sh\nRUST_LOG=trace exec \"{program}\" \"$@\" >>\"{logs}/stdout\" 2>>\"{logs}/stderr\"\n"
    );
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
    script
}

async fn start(desk: &Desk, args: &[&str]) -> (App, Page) {
    let args = desk.arguments(args).into_iter().map(Into::into);
    desk.stage.drive(&talkative(desk), args).await.unwrap()
}

pub async fn quit(desk: &Desk, app: App) {
    desk.stage.tray(CLICK).await.unwrap().click("Quit").await.unwrap();
    let lock = desk.data.join("lock");
    until(QUIT, "the end of the application", async || {
        let file = std::fs::File::open(&lock).map_err(|error| error.to_string())?;
        file.try_lock().map_err(|error| error.to_string())
    })
    .await
    .unwrap();
    drop(app);
}

/// Teams Login, a call that is answered and hung up, and a custom status.
async fn work(desk: &Desk, page: &Page) {
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page_says(page, "40 people").await;
    page.type_text(CALLED).await.unwrap();
    page_says(page, "1 of 40").await;
    let person = page.element(&row(CALLED), CLICK).await.unwrap();
    page.right_click(person).await.unwrap();
    page.press("//*[@role='menuitem'][contains(., '960029')]", CLICK).await.unwrap();
    let world = desk.world();
    until(CLICK, "a phone that rings", async || match world.overview().agent.contact {
        Some(contact) if contact.stage == Stage::RingingOut => Ok(()),
        other => Err(format!("{other:?}")),
    })
    .await
    .unwrap();
    world.answer_call().unwrap();
    page_says(page, "Connected").await;
    page.press("//button[@aria-label='Hang up']", CLICK).await.unwrap();
    page_says(page, "Ended after").await;
    world.clear_contact().unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, CLICK).await;
}

/// The token that the CCP window's messages carry, seen from inside its page.
async fn window_token(desk: &Desk, page: &Page) -> String {
    let listen = r#"
        window.__seen = '';
        const fetched = window.fetch.bind(window);
        window.fetch = (address, options) => {
            window.__seen = window.__seen || (JSON.parse(options?.body ?? '{}').token ?? '');
            return fetched(address, options);
        };
    "#;
    page.execute(listen, Vec::new()).await.unwrap();
    desk.world().choose_status("Training").unwrap();
    until(CLICK, "a message of the CCP window", async || {
        let seen =
            page.execute("return window.__seen", Vec::new()).await.map_err(|error| error.to_string())?;
        match seen.as_str() {
            Some(token) if !token.is_empty() => Ok(token.to_owned()),
            Some(_) | None => Err("none".to_owned()),
        }
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn no_secret_of_a_whole_day_lies_anywhere_in_plain_text() {
    let desk = Desk::complete("secrets").await;
    let (app, page) = start(&desk, &[]).await;
    work(&desk, &page).await;
    quit(&desk, app).await;

    // The second day begins with the keyring, and its first window is the CCP's.
    let (app, page) = start(&desk, &["--hidden"]).await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let token = window_token(&desk, &page).await;
    desk.tooltip_is("In step: Training / Busy", CLICK).await;
    quit(&desk, app).await;

    let known = desk.world().secrets();
    let mut secrets: Vec<Hidden> = known.iter().map(Hidden::of).collect();
    secrets.push(Hidden { name: "CCP window's token".to_owned(), text: token });
    assert!(secrets.iter().all(|secret| secret.text.len() >= SHORTEST));
    let kinds: BTreeSet<SecretKind> = known.iter().map(|secret| secret.kind).collect();
    let expected = [
        SecretKind::Code,
        SecretKind::Verifier,
        SecretKind::State,
        SecretKind::Access,
        SecretKind::Refresh,
        SecretKind::Id,
        SecretKind::ConnectSession,
    ];
    assert!(expected.iter().all(|kind| kinds.contains(kind)), "the day had them all: {kinds:?}");
    let log = std::fs::read(desk.stage.root().join("logs/stderr")).unwrap();
    assert!(holds(&log, b"TRACE"), "the log is as fine as it can be");

    assert_eq!(found(&desk, &secrets), BTreeSet::new());

    // The same search finds each of them where it is put.
    let places = [
        ("connectpath-teams/timeline.jsonl", utf8 as fn(&str) -> Vec<u8>),
        ("connectpath-teams/webview/connect/cookies", utf8),
        ("connectpath-teams/webview/connect/planted.localstorage", utf16),
        ("logs/stderr", utf8),
        ("cache/planted", utf8),
    ];
    for (name, write) in places {
        for secret in &secrets {
            let file = desk.stage.root().join(name);
            let before = std::fs::read(&file).ok();
            std::fs::write(&file, write(&format!("before {} after", secret.text))).unwrap();
            let expected = BTreeSet::from([format!("{} in {name}", secret.name)]);
            assert_eq!(found(&desk, std::slice::from_ref(secret)), expected);
            match before {
                Some(before) => std::fs::write(&file, before).unwrap(),
                None => std::fs::remove_file(&file).unwrap(),
            }
        }
    }
}

fn utf8(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
