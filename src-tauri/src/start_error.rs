//! Why the application does not start: one sentence each, and an exit code.

use std::{io, path::PathBuf, process::ExitCode};

use thiserror::Error;

/// Why the application does not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Linux without a graphical session.
    #[cfg(target_os = "linux")]
    #[error(
        "There is no display: neither WAYLAND_DISPLAY nor DISPLAY is set. Start ConnectPath Teams in a graphical session."
    )]
    NoDisplay,
    /// Windows without WebView2.
    #[cfg(windows)]
    #[error(
        "Microsoft Edge WebView2 is missing. Install its Evergreen Runtime from https://developer.microsoft.com/microsoft-edge/webview2, then start ConnectPath Teams again."
    )]
    NoWebView,
    /// No home folder, so no place for the settings.
    #[error("No home folder was found. Name a folder with --data-dir.")]
    NoHome,
    /// The data folder cannot be used.
    #[error("The folder {folder} cannot be used: {}.", plain(.cause))]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Another copy holds the folder's lock.
    #[error(
        "ConnectPath Teams already runs with the folder {0}. If you do not see it, it runs in another session of yours."
    )]
    AlreadyRunning(PathBuf),
    /// The sandbox did not start.
    #[error("{0}")]
    Sandbox(#[from] sandbox::StartError),
    /// The controller did not start.
    #[error("{0}")]
    Controller(#[from] app::StartError),
    /// The window system refused.
    #[error("The desktop could not be reached: {0}.")]
    Desktop(#[from] tauri::Error),
    /// No async runtime.
    #[error("The program could not be started: {0}.")]
    Runtime(io::Error),
    /// A file that was named on the command line.
    #[error("{0}")]
    Unreadable(#[from] wizard::mapping::Unreadable),
    /// A mapping was to be checked. One that has a loop is no error.
    #[error("{0}")]
    NotChecked(Box<Self>),
    /// Standard output is closed.
    #[error("Nothing can be printed: {0}.")]
    Output(io::Error),
}

/// The system's words for what went wrong, without the number that it has for it.
fn plain(cause: &io::Error) -> String {
    let kind = cause.kind().to_string();
    // Of some the kind is not known.
    if cause.raw_os_error().is_some() && !kind.starts_with("uncategorized") {
        kind
    } else {
        cause.to_string()
    }
}

impl StartError {
    /// 2 if there is no desktop to run on, or if a mapping was not checked, because 1 means there that it has a
    /// loop; else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            #[cfg(target_os = "linux")]
            Self::NoDisplay => ExitCode::from(2),
            #[cfg(windows)]
            Self::NoWebView => ExitCode::from(2),
            Self::Unreadable(_) | Self::NotChecked(_) => ExitCode::from(2),
            Self::NoHome
            | Self::Folder { .. }
            | Self::AlreadyRunning(_)
            | Self::Sandbox(_)
            | Self::Controller(_)
            | Self::Desktop(_)
            | Self::Runtime(_)
            | Self::Output(_) => ExitCode::FAILURE,
        }
    }
}
