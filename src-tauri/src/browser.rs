//! Opens the system browser and the file manager. Only addresses that the product itself may use are
//! opened: https, and http on this machine.
//!
//! Programs of the desktop may hang, so nobody waits for one here: each is started on a thread of its own, which
//! stays until the program has ended, because one that nobody waits for stays behind as a zombie.

#[cfg_attr(target_os = "linux", path = "browser/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "browser/elsewhere.rs")]
mod system;

use std::{
    ffi::OsString,
    io,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use app::host::BrowserError;
use tokio::sync::oneshot;
use url::Url;

/// When no answer came by then, the browser did not open.
const LIMIT: Duration = Duration::from_secs(15);

/// Who opens the sign-in page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// The person, in the system browser (`$BROWSER` on Linux, if set).
    System,
    /// Contoso's agent signs in without being asked.
    Contoso,
}

impl Browser {
    /// Opens an address and returns at once. The answer comes within 15 seconds; a browser that hangs after it was
    /// started counts as opened.
    pub fn open(self, url: &Url) -> oneshot::Receiver<Result<(), BrowserError>> {
        let (answer, receiver) = oneshot::channel();
        let url = url.clone();
        if !may_open(&url) {
            send(answer, Err(BrowserError("the address is neither https nor on this machine".to_owned())));
            return receiver;
        }
        match self {
            Self::System => {
                let (report, started) = oneshot::channel();
                in_background(move || system::open(&url, report));
                tauri::async_runtime::spawn(async move { send(answer, within(LIMIT, started).await) });
            }
            Self::Contoso => {
                tauri::async_runtime::spawn(async move {
                    if let Err(error) = sign_in(&url).await {
                        tracing::warn!("Contoso's agent could not sign in: {error}");
                    }
                });
                send(answer, Ok(()));
            }
        }
        receiver
    }
}

type Started = oneshot::Sender<Result<(), BrowserError>>;

/// Whoever asked may be gone.
fn send(answer: Started, result: Result<(), BrowserError>) {
    if let Err(Err(error)) = answer.send(result) {
        tracing::debug!("{error}");
    }
}

async fn within(
    limit: Duration,
    started: oneshot::Receiver<Result<(), BrowserError>>,
) -> Result<(), BrowserError> {
    match tokio::time::timeout(limit, started).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(BrowserError("no thread could be started".to_owned())),
        Err(_) => Err(BrowserError("it did not start in time".to_owned())),
    }
}

async fn sign_in(url: &Url) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let http = reqwest::Client::builder().build()?;
    Ok(sandbox::sign_in(&http, url).await?)
}

fn in_background(work: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name("desktop".to_owned()).spawn(work) {
        tracing::warn!("no thread can be started: {error}");
    }
}

/// Shows a folder in the file manager, or a file in whatever the system opens it with, and returns at once.
pub fn open_path(path: &Path) {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let path = path.to_path_buf();
    in_background(move || {
        // Explorer ends with a failure when it has shown a folder.
        if let Err(error) = command(&[program.into(), path.clone().into()]).and_then(|mut child| child.wait())
        {
            tracing::warn!("{} cannot be shown: {error}", path.display());
        }
    });
}

fn command(words: &[OsString]) -> io::Result<Child> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    crate::webview::forget(&mut command);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

fn may_open(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => net::is_loopback(url),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_opened() {
        for (address, expected) in [
            ("https://login.microsoftonline.com/x", true),
            ("http://127.0.0.1:4711/x", true),
            ("http://localhost:4711/x", true),
            ("http://[::1]:4711/x", true),
            ("http://login.microsoftonline.com/x", false),
            ("http://localhost.example.com/x", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(may_open(&Url::parse(address).expect("an address")), expected, "{address}");
        }
    }

    #[tokio::test]
    async fn an_address_that_may_not_be_opened_is_answered_at_once() {
        let url = Url::parse("file:///etc/passwd").expect("an address");
        let answer = Browser::System.open(&url).await.expect("an answer");
        assert!(answer.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_browser_that_says_nothing_did_not_open() {
        let (_report, started) = oneshot::channel();
        assert!(within(LIMIT, started).await.is_err());
    }
}
