//! The lines that the smoke test prints: one for each step when it ends, and the closing line, which `xtask` reads.

use std::{
    fmt::Display,
    io::Write,
    time::{Duration, Instant},
};

use tokio::time::timeout;

/// How the smoke test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Steps that went as expected.
    pub passed: usize,
    /// Steps that did not; those that could not be tried count together.
    pub failed: usize,
}

/// Writes the lines and counts.
pub(crate) struct Report<W> {
    output: W,
    outcome: Outcome,
}

impl<W: Write> Report<W> {
    pub(crate) fn new(output: W) -> Self {
        Self { output, outcome: Outcome { passed: 0, failed: 0 } }
    }

    /// Runs one step and prints its line. Returns true if it went as expected; `Ok` holds what was seen.
    pub(crate) async fn step<E: Display>(
        &mut self,
        name: &str,
        limit: Duration,
        step: impl Future<Output = Result<String, E>>,
    ) -> bool {
        let begun = Instant::now();
        let ended = timeout(limit, step).await;
        let took = begun.elapsed().as_secs_f32();
        match ended {
            Ok(Ok(seen)) => {
                self.outcome.passed += 1;
                self.line(&format!("ok   {took:.2} s  {name}: {seen}"));
                return true;
            }
            Ok(Err(failure)) => self.failed(name, failure),
            Err(_elapsed) => self.failed(name, format!("not done after {} s", limit.as_secs_f32())),
        }
        false
    }

    /// Prints and counts a step that failed or could not be tried.
    pub(crate) fn failed(&mut self, name: &str, why: impl Display) {
        self.outcome.failed += 1;
        self.line(&format!("FAIL {name}: {why}"));
    }

    pub(crate) fn line(&mut self, line: &str) {
        // If the output is closed, the exit code still has the result.
        let _ = writeln!(self.output, "{line}");
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Prints the closing line.
    pub(crate) fn close(mut self) -> Outcome {
        let Outcome { passed, failed } = self.outcome;
        self.line(&format!("{passed} passed, {failed} failed"));
        self.outcome
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    #[tokio::test(start_paused = true)]
    async fn each_step_is_a_line_and_the_last_line_counts() {
        let mut text = Vec::new();
        let mut report = Report::new(&mut text);
        assert!(report.step("tea", SOON, ready(Ok::<_, String>("hot".to_owned()))).await);
        assert!(!report.step("milk", SOON, ready(Err("expected white, seen blue"))).await);
        assert!(!report.step("sugar", SOON, pending::<Result<_, String>>()).await);
        report.failed("cup", "not tried");
        assert_eq!(report.close(), Outcome { passed: 1, failed: 3 });
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "ok   0.00 s  tea: hot\nFAIL milk: expected white, seen blue\nFAIL sugar: not done after 5 s\n\
             FAIL cup: not tried\n1 passed, 3 failed\n"
        );
    }
}
