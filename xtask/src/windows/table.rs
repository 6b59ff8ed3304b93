//! The table of what ran under Wine, read from the output of cargo and of the test programs: a line for each program, and
//! one for each test that failed or was left out.

use super::limits::LIMITS;
use crate::tally::{self, Tally};

/// One program of tests.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    name: String,
    sum: Option<Tally>,
    failed: Vec<String>,
}

/// The lines of all programs.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    current: Option<Row>,
}

impl Table {
    /// Takes one line of output.
    pub(super) fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("Running ").or_else(|| line.strip_prefix("Doc-tests ")) {
            self.end();
            self.current = Some(Row { name: program(name), ..Row::default() });
        } else if let Some(row) = &mut self.current {
            if let Some(name) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED")) {
                row.failed.push(name.to_owned());
            }
            row.sum = tally::of_cargo(line).or(row.sum);
        }
    }

    /// No more lines come for the last program.
    pub(super) fn end(&mut self) {
        self.rows.extend(self.current.take());
    }

    /// The table as text.
    pub(super) fn lines(&self) -> Vec<String> {
        let width = self.rows.iter().map(|row| row.name.len()).max().unwrap_or_default();
        let mut lines = vec![String::new(), format!("{:width$}  compiled  under Wine", "program of tests")];
        for row in &self.rows {
            let under_wine = match row.sum {
                Some(sum) => sum.to_string(),
                None => "did not end".to_owned(),
            };
            lines.push(format!("{:width$}  yes       {under_wine}", row.name));
            lines.extend(row.failed.iter().map(|test| format!("    failed: {test}")));
        }
        lines.extend(LIMITS.iter().map(|(test, why)| format!("left out: {test}: {why}")));
        lines
    }
}

/// `unittests src/lib.rs (target/…/deps/app-0123456789abcdef.exe)` is `app`, `tests/rooms.rs (…)` is `rooms`.
fn program(running: &str) -> String {
    let file = running.rsplit_once('(').map_or(running, |(_, file)| file.trim_end_matches(')'));
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".exe");
    stem.rsplit_once('-').map_or(stem, |(name, _hash)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
     Running unittests src/lib.rs (target/x86_64-pc-windows-gnu/debug/deps/app-0123456789abcdef.exe)
running 2 tests
test machine::a_thing ... ok
test machine::another ... FAILED
test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.5s
     Running tests/hangs.rs (target/x86_64-pc-windows-gnu/debug/deps/hangs-0123456789abcdef.exe)
running 1 test
It hangs: ended after 300 s.";

    #[test]
    fn each_program_has_a_line_and_each_failure_its_own() {
        let mut table = Table::default();
        OUTPUT.lines().for_each(|line| table.read(line));
        table.end();
        let lines = table.lines();
        assert_eq!(lines[2], "app    yes       1 passed, 1 failed");
        assert_eq!(lines[3], "    failed: machine::another");
        assert_eq!(lines[4], "hangs  yes       did not end");
    }
}
