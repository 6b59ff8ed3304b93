//! Opens the system browser and the file manager. Only addresses that the product itself may use are
//! opened: https, and http on this machine.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use app::host::BrowserError;
use url::Url;

/// Who opens the sign-in page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// The person, in the system browser (`$BROWSER` on Linux, if set).
    System,
    /// Contoso's agent signs in without being asked.
    Contoso,
}

impl Browser {
    /// Opens an address and returns at once.
    pub fn open(self, url: &Url) -> Result<(), BrowserError> {
        if !may_open(url) {
            return Err(BrowserError("the address is neither https nor on this machine".to_owned()));
        }
        match self {
            Self::System => webbrowser::open(url.as_str()).map_err(|error| BrowserError(error.to_string())),
            Self::Contoso => {
                let url = url.clone();
                tauri::async_runtime::spawn(async move {
                    if let Err(error) = sign_in(&url).await {
                        tracing::warn!("Contoso's agent could not sign in: {error}");
                    }
                });
                Ok(())
            }
        }
    }
}

async fn sign_in(url: &Url) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let http = reqwest::Client::builder().build()?;
    Ok(sandbox::sign_in(&http, url).await?)
}

/// Shows a folder in the file manager.
pub fn open_folder(folder: &Path) {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        // Waited for on a thread of its own, or it would stay behind as a zombie.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => tracing::warn!("{} cannot be shown: {error}", folder.display()),
    }
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
}
