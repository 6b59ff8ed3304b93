//! Quits the program. Every way to end it asks the controller first, so that our presence in Teams is cleared, and no way
//! may wait without a limit.

use std::time::Duration;

use app::{Request, Requests};
use tauri::AppHandle;
use view::TrayAction;

/// How long the controller may take. Longer than its own limit, so that it can end by that.
const PATIENCE: Duration = app::QUIT_LIMIT.saturating_add(Duration::from_secs(3));

/// Asks the controller to quit, and ends the program if that takes too long.
pub fn request_quit(app: &AppHandle, requests: &Requests) {
    requests.send(Request::Tray(TrayAction::Quit));
    let app = app.clone();
    tauri::async_runtime::spawn(exit_after_patience(move || app.exit(0)));
}

async fn exit_after_patience(exit: impl FnOnce()) {
    tokio::time::sleep(PATIENCE).await;
    tracing::warn!("clearing our presence took too long; the rest expires in Teams");
    exit();
}

/// How long we wait when a person logs off: a second less than Windows does.
const LOG_OFF_LIMIT: Duration = Duration::from_secs(4);

/// Waits for the controller after the main loop has ended. If the system ended the loop, as at a log-off, the controller
/// is asked only now.
pub fn wait_for_controller(requests: &Requests) {
    if !requests.is_ended() {
        tracing::info!("asked to quit by the end of the session");
    }
    requests.send(Request::Tray(TrayAction::Quit));
    tauri::async_runtime::block_on(wait_until_ended(requests));
}

async fn wait_until_ended(requests: &Requests) {
    if tokio::time::timeout(LOG_OFF_LIMIT, requests.ended()).await.is_err() {
        tracing::warn!("the system does not wait any longer; the rest of our presence expires in Teams");
    }
}

/// The first signal requests to quit, the second one ends the program at once.
#[cfg(unix)]
pub async fn watch_signals(app: AppHandle, requests: Requests) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    for is_second in [false, true] {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hang_up.recv() => {}
        }
        if is_second {
            std::process::exit(1);
        }
        tracing::info!("asked to quit by a signal");
        request_quit(&app, &requests);
    }
    Ok(())
}

/// The first Ctrl+C requests to quit, the second one ends the program at once.
#[cfg(not(unix))]
pub async fn watch_signals(app: AppHandle, requests: Requests) -> std::io::Result<()> {
    tokio::signal::ctrl_c().await?;
    tracing::info!("asked to quit by Ctrl+C");
    request_quit(&app, &requests);
    tokio::signal::ctrl_c().await?;
    std::process::exit(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_controller_has_time_to_end_by_its_own_limits() {
        let (begun, mut ended) = (tokio::time::Instant::now(), None);
        exit_after_patience(|| ended = Some(begun.elapsed())).await;
        let ended = ended.expect("the process was ended");
        assert!(ended >= app::QUIT_LIMIT + Duration::from_secs(2), "{ended:?}");
        assert!(ended <= Duration::from_secs(10), "too long to wait: {ended:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_log_off_waits_for_the_controller_and_not_longer_than_the_system() {
        let (requests, inbox) = app::channel();
        let begun = tokio::time::Instant::now();
        wait_until_ended(&requests).await;
        assert!(begun.elapsed() >= Duration::from_secs(3), "{:?}", begun.elapsed());
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        let begun = tokio::time::Instant::now();
        let ending = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            drop(inbox);
        };
        tokio::join!(wait_until_ended(&requests), ending);
        assert_eq!(begun.elapsed(), Duration::from_secs(1));
    }
}
