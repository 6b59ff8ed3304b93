//! Quitting: every way to end the program asks the controller first, so that presence is taken back, and
//! none waits for it without end.

use std::time::Duration;

use app::{Request, Requests, host::TrayAction};
use tauri::AppHandle;

/// How long the controller may take to give back what it wrote.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the controller to quit, and ends the program when it takes too long.
pub fn ask(app: &AppHandle, requests: &Requests) {
    requests.send(Request::Tray(TrayAction::Quit));
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        tracing::warn!("giving back took too long; what is left lapses in Teams by itself");
        app.exit(0);
    });
}

/// The first signal asks, the second ends the program at once.
#[cfg(unix)]
pub async fn watch_signals(app: AppHandle, requests: Requests) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    for asked in [false, true] {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hang_up.recv() => {}
        }
        if asked {
            std::process::exit(1);
        }
        tracing::info!("asked to quit by a signal");
        ask(&app, &requests);
    }
    Ok(())
}

/// The first Ctrl+C asks, the second ends the program at once.
#[cfg(not(unix))]
pub async fn watch_signals(app: AppHandle, requests: Requests) -> std::io::Result<()> {
    tokio::signal::ctrl_c().await?;
    tracing::info!("asked to quit by Ctrl+C");
    ask(&app, &requests);
    tokio::signal::ctrl_c().await?;
    std::process::exit(1);
}
