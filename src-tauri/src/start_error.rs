//! The errors that end a start or a command, each with one sentence for the person and an exit code.

use std::{io, path::PathBuf, process::ExitCode};

use thiserror::Error;

/// Why the application does not start, or a command fails.
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
    #[error("The folder {folder} cannot be used: {}.", describe(.cause))]
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
    /// The async runtime or a thread could not be started.
    #[error("The program could not be started: {0}.")]
    Runtime(io::Error),
    /// A file that was named on the command line cannot be read.
    #[error("{0}")]
    Unreadable(#[from] wizard::mapping::Unreadable),
    /// A mapping could not be checked. A mapping with a loop is not an error.
    #[error("{0}")]
    NotChecked(Box<Self>),
    /// Standard output cannot be written to.
    #[error("Nothing can be printed: {0}.")]
    Output(io::Error),
}

/// The system's text for an error, without its number.
fn describe(cause: &io::Error) -> String {
    let kind = cause.kind().to_string();
    // Some errors have no known kind.
    if cause.raw_os_error().is_some() && !kind.starts_with("uncategorized") {
        kind
    } else {
        cause.to_string()
    }
}

impl StartError {
    /// The exit code: 2 if there is no desktop, or if a mapping could not be checked (1 means a loop there); else 1.
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
