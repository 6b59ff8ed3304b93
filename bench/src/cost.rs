//! What a family of processes costs, as the kernel counts it: memory, wake-ups and processor time. It must not know
//! whose processes these are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    time::{Duration, Instant},
};

/// What a family did in a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// How often a thread of it went to sleep and was woken again, a second.
    pub wakeups: f64,
    /// Processor time, in percent of one core.
    pub processor: f64,
}

/// A thread's counters: voluntary context switches, and time on a processor.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Thread {
    switches: u64,
    run: Duration,
}

type Threads = BTreeMap<(u32, u32), Thread>;

/// The proportional set sizes of these processes together, in MiB: what is shared is divided by those who share it.
pub fn memory(family: &BTreeSet<u32>) -> f64 {
    let pss = |pid: &u32| {
        fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok().and_then(|text| kib(&text, "Pss:"))
    };
    let kib: u64 = family.iter().filter_map(pss).sum();
    #[expect(clippy::cast_precision_loss, reason = "memory of a machine in KiB is far below 2^52")]
    let mib = kib as f64 / 1024.0;
    mib
}

/// Watches a family for a while.
pub async fn rest(family: impl Fn() -> BTreeSet<u32>, time: Duration) -> Rest {
    let (before, begun) = (threads(&family()), Instant::now());
    tokio::time::sleep(time).await;
    let after = threads(&family());
    difference(&before, &after, begun.elapsed())
}

fn difference(before: &Threads, after: &Threads, time: Duration) -> Rest {
    let mut switches = 0;
    let mut run = Duration::ZERO;
    for (id, thread) in after {
        // A thread that was not there before counts from its start; one that has ended is lost.
        let old = before.get(id).copied().unwrap_or_default();
        switches += thread.switches.saturating_sub(old.switches);
        run += thread.run.saturating_sub(old.run);
    }
    let switches = f64::from(u32::try_from(switches).unwrap_or(u32::MAX));
    Rest { wakeups: switches / time.as_secs_f64(), processor: 100.0 * run.as_secs_f64() / time.as_secs_f64() }
}

fn threads(family: &BTreeSet<u32>) -> Threads {
    let mut threads = Threads::new();
    for pid in family {
        // A process that has just ended has no threads.
        let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else { continue };
        for task in tasks.flatten() {
            let Some(id) = task.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let read = |name| fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let switches = kib(&read("status"), "voluntary_ctxt_switches:").unwrap_or(0);
            let run = run(&read("schedstat")).unwrap_or_default();
            threads.insert((*pid, id), Thread { switches, run });
        }
    }
    threads
}

/// The number behind a name at the beginning of a line (proc_pid_smaps(5), proc_pid_status(5)).
fn kib(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// The first number of a thread's `schedstat`: nanoseconds on a processor.
fn run(text: &str) -> Option<Duration> {
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_happened_meanwhile_is_counted() {
        let thread = |switches, ms| Thread { switches, run: Duration::from_millis(ms) };
        let before = Threads::from([((1, 1), thread(100, 500)), ((1, 2), thread(7, 9))]);
        let after = Threads::from([((1, 1), thread(130, 510)), ((2, 2), thread(10, 20))]);
        let rest = difference(&before, &after, Duration::from_secs(10));
        assert_eq!(rest.wakeups, 4.0);
        assert!((rest.processor - 0.3).abs() < 1e-9, "{rest:?}");
    }

    #[test]
    fn numbers_are_found_by_the_name_of_their_line() {
        let status = "nonvoluntary_ctxt_switches:\t3\nvoluntary_ctxt_switches:\t42\n";
        assert_eq!(kib(status, "voluntary_ctxt_switches:"), Some(42));
        assert_eq!(kib("Rss: 9 kB\nPss:   2048 kB\nPss_Anon: 1 kB\n", "Pss:"), Some(2048));
        assert_eq!(kib("", "Pss:"), None);
        assert_eq!(run("1500000 20 3\n"), Some(Duration::from_micros(1500)));
    }

    #[test]
    fn this_process_has_memory_and_threads() {
        let own = BTreeSet::from([std::process::id()]);
        assert!(memory(&own) > 0.1);
        assert!(!threads(&own).is_empty());
    }
}
