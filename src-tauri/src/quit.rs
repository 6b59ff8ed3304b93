//! Quitting: every way to end the program asks the controller first, so that presence is taken back, and
//! none waits for it without end.

use std::time::Duration;

use app::{Request, Requests};
use tauri::AppHandle;
use view::TrayAction;

/// How long the controller may take in all. More than its own limits, so that it can end by them.
const PATIENCE: Duration = app::QUIT_LIMIT.saturating_add(Duration::from_secs(3));

/// Asks the controller to quit, and ends the program when it takes too long.
pub fn ask(app: &AppHandle, requests: &Requests) {
    requests.send(Request::Tray(TrayAction::Quit));
    let app = app.clone();
    tauri::async_runtime::spawn(after_patience(move || app.exit(0)));
}

async fn after_patience(exit: impl FnOnce()) {
    tokio::time::sleep(PATIENCE).await;
    tracing::warn!("clearing our presence took too long; the rest expires in Teams");
    exit();
}

/// How long Windows waits for a program when a person logs off, with a second left for its end.
const LOG_OFF: Duration = Duration::from_secs(4);

/// The main loop ends. Where the system ends it, as at a log-off, nobody has asked the controller yet.
pub fn at_the_end(requests: &Requests) {
    if !requests.is_ended() {
        tracing::info!("asked to quit by the end of the session");
    }
    requests.send(Request::Tray(TrayAction::Quit));
    tauri::async_runtime::block_on(until_ended(requests));
}

async fn until_ended(requests: &Requests) {
    if tokio::time::timeout(LOG_OFF, requests.ended()).await.is_err() {
        tracing::warn!("the system does not wait any longer; the rest of our presence expires in Teams");
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_controller_has_time_to_end_by_its_own_limits() {
        let (begun, mut ended) = (tokio::time::Instant::now(), None);
        after_patience(|| ended = Some(begun.elapsed())).await;
        let ended = ended.expect("the process was ended");
        assert!(ended >= app::QUIT_LIMIT + Duration::from_secs(2), "{ended:?}");
        assert!(ended <= Duration::from_secs(10), "nobody waits that long: {ended:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_log_off_waits_for_the_controller_and_not_longer_than_the_system() {
        let (requests, inbox) = app::channel();
        let begun = tokio::time::Instant::now();
        until_ended(&requests).await;
        assert!(begun.elapsed() >= Duration::from_secs(3), "{:?}", begun.elapsed());
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        let begun = tokio::time::Instant::now();
        let ending = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            drop(inbox);
        };
        tokio::join!(until_ended(&requests), ending);
        assert_eq!(begun.elapsed(), Duration::from_secs(1));
    }
}
