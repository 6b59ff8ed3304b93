//! The processes of a running application, and their windows.

use std::collections::BTreeSet;

use smoke::stage::{App, Window};
use tokio::process::Command;

/// Whether one of these windows is the application's.
pub fn has_window(app: &App, windows: &[Window]) -> bool {
    let family = app.family();
    windows.iter().any(|window| window.pid.is_some_and(|pid| family.contains(&pid)))
}

/// The processes that each carry a page.
pub fn web_processes(app: &App) -> BTreeSet<u32> {
    let is_page = |pid: &u32| {
        let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        command.split(|byte| *byte == 0).next().is_some_and(|program| program.ends_with(b"/WebKitWebProcess"))
    };
    app.family().into_iter().filter(is_page).collect()
}

/// Ends a process as a crash does.
pub async fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().await.unwrap().success());
}
