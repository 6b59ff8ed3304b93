//! Waiting with a limit, and saying what was seen when the limit is reached.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::StageError;

/// How often to look again.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until `look` finds it. The error text of `look` is what was seen instead.
///
/// # Errors
/// [`StageError::Late`] when it was not found within `limit`. A look that hangs is cut off there too.
pub async fn until<T>(
    limit: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<T, String>,
) -> Result<T, StageError> {
    let deadline = Instant::now() + limit;
    let mut seen = "nothing, no answer came".to_owned();
    while Instant::now() < deadline {
        match timeout_at(deadline, look()).await {
            Ok(Ok(found)) => return Ok(found),
            Ok(Err(instead)) => seen = instead,
            Err(_elapsed) => break,
        }
        sleep(PAUSE).await;
    }
    Err(StageError::Late { what: what.to_owned(), limit, seen })
}
