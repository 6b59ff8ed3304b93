//! Elapsed time, which does not depend on the wall clock and includes the sleep of the machine.

use std::time::Duration;

/// How long it has been since a fixed moment of the past.
#[cfg(unix)]
pub(crate) fn elapsed() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    // On macOS the monotonic clock continues while the machine sleeps (clock_gettime(3)), on Linux this one does
    // (clock_getres(2)).
    #[cfg(target_os = "linux")]
    const CLOCK: ClockId = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    const CLOCK: ClockId = ClockId::Monotonic;

    let time = clock_gettime(CLOCK);
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), nanoseconds)
}

/// How long it has been since the first call.
#[cfg(windows)]
pub(crate) fn elapsed() -> Duration {
    use std::{sync::LazyLock, time::Instant};

    // `QueryPerformanceCounter`, which continues while the machine sleeps.
    static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
    FIRST.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elapsed_time_grows_by_itself() {
        let before = elapsed();
        std::thread::sleep(Duration::from_millis(2));
        assert!(elapsed() - before >= Duration::from_millis(2));
    }
}
