//! Opens addresses in the system browser and paths in the file manager. It must open only addresses that the product
//! may use: https, and http on this machine.
//!
//! Programs of the desktop may hang, so no caller waits for one. Each is started on its own thread, which waits until
//! the program has ended, so that no zombie is left.

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

/// A browser that has not reported its start by then counts as failed.
const START_LIMIT: Duration = Duration::from_secs(15);

/// How the sign-in page is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// In the system browser (`$BROWSER` on Linux, if set), for the person.
    System,
    /// By Contoso's agent, who signs in automatically.
    Contoso,
}

impl Browser {
    /// Opens an address and returns at once. The receiver gets an answer within 15 seconds; a browser that hangs after
    /// its start counts as opened.
    pub fn open(self, url: &Url) -> oneshot::Receiver<Result<(), BrowserError>> {
        let (answer, receiver) = oneshot::channel();
        let url = url.clone();
        if !may_open(&url) {
            send_result(
                answer,
                Err(BrowserError("the address is neither https nor on this machine".to_owned())),
            );
            return receiver;
        }
        match self {
            Self::System => {
                let (report, started) = oneshot::channel();
                run_in_background(move || system::open(&url, report));
                tauri::async_runtime::spawn(async move {
                    send_result(answer, wait_for_start(START_LIMIT, started).await);
                });
            }
            Self::Contoso => {
                tauri::async_runtime::spawn(async move {
                    if let Err(error) = sign_in(&url).await {
                        tracing::warn!("Contoso's agent could not sign in: {error}");
                    }
                });
                send_result(answer, Ok(()));
            }
        }
        receiver
    }
}

type StartReport = oneshot::Sender<Result<(), BrowserError>>;

/// Sends the result. If the receiver is gone, an error is only logged.
fn send_result(answer: StartReport, result: Result<(), BrowserError>) {
    if let Err(Err(error)) = answer.send(result) {
        tracing::debug!("{error}");
    }
}

async fn wait_for_start(
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

fn run_in_background(work: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name("desktop".to_owned()).spawn(work) {
        tracing::warn!("no thread can be started: {error}");
    }
}

/// Opens a folder in the file manager, or a file in the system's program for it, and returns at once.
pub fn open_path(path: &Path) {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let path = path.to_path_buf();
    run_in_background(move || {
        // The exit code is ignored: Explorer ends with a failure even if it has shown the folder.
        if let Err(error) =
            spawn_command(&[program.into(), path.clone().into()]).and_then(|mut child| child.wait())
        {
            tracing::warn!("{} cannot be shown: {error}", path.display());
        }
    });
}

fn spawn_command(words: &[OsString]) -> io::Result<Child> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    crate::webview::clean_environment(&mut command);
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
    async fn an_address_that_may_not_be_opened_is_refused_at_once() {
        let url = Url::parse("file:///etc/passwd").expect("an address");
        let answer = Browser::System.open(&url).await.expect("an answer");
        assert!(answer.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_browser_that_does_not_report_its_start_has_failed() {
        let (_report, started) = oneshot::channel();
        assert!(wait_for_start(START_LIMIT, started).await.is_err());
    }
}
