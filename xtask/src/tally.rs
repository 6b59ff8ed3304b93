//! How many tests passed and failed, read from what each of the three test programs prints.

use std::fmt;

/// A sum of tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    pub(crate) fn add(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }

    /// A run that tested nothing is no success.
    pub(crate) fn is_success(self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
pub(crate) fn of_cargo(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    Some(Tally { passed: before(counts, ';', "passed")?, failed: before(counts, ';', "failed")? })
}

/// `      Tests  1 failed | 11 passed (12)`; either half may be missing.
pub(crate) fn of_vitest(line: &str) -> Option<Tally> {
    let counts = line.trim_start().strip_prefix("Tests ")?.split('(').next()?;
    let tally = Tally {
        passed: before(counts, '|', "passed").unwrap_or(0),
        failed: before(counts, '|', "failed").unwrap_or(0),
    };
    (tally != Tally::default()).then_some(tally)
}

/// `9 passed, 1 failed`: the closing line of the smoke test, and our own.
pub(crate) fn of_smoke(line: &str) -> Option<Tally> {
    let tally = Tally { passed: before(line, ',', "passed")?, failed: before(line, ',', "failed")? };
    (tally.to_string() == line).then_some(tally)
}

fn before(counts: &str, separator: char, word: &str) -> Option<u32> {
    counts.split(separator).find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn tally(passed: u32, failed: u32) -> Option<Tally> {
        Some(Tally { passed, failed })
    }

    #[test]
    fn reads_what_cargo_says() {
        let ok =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        let bad =
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s";
        assert_eq!(of_cargo(ok), tally(12, 0));
        assert_eq!(of_cargo(bad), tally(1, 2));
        assert_eq!(of_cargo("test one_passed ... ok"), None);
    }

    #[test]
    fn reads_what_vitest_says_and_does_not_count_its_files() {
        assert_eq!(of_vitest("      Tests  12 passed (12)"), tally(12, 0));
        assert_eq!(of_vitest("      Tests  2 failed | 9 passed | 1 skipped (12)"), tally(9, 2));
        assert_eq!(of_vitest("      Tests  1 failed (1)"), tally(0, 1));
        assert_eq!(of_vitest(" Test Files  3 passed (3)"), None);
        assert_eq!(of_vitest("      Tests  no tests"), None);
    }

    #[test]
    fn reads_the_closing_line_of_the_smoke_test_and_no_other() {
        assert_eq!(of_smoke("9 passed, 1 failed"), tally(9, 1));
        assert_eq!(of_smoke("ok   1.24 s  9 passed, 1 failed"), None);
        assert_eq!(of_smoke("9 passed"), None);
    }

    #[test]
    fn a_run_without_tests_is_no_success() {
        assert!(!Tally::default().is_success());
        assert!(!Tally { passed: 5, failed: 1 }.is_success());
        assert!(Tally { passed: 5, failed: 0 }.is_success());
    }

    #[test]
    fn sums_and_prints_in_the_agreed_form() {
        let mut sum = Tally::default();
        sum.add(Tally { passed: 2, failed: 1 });
        sum.add(Tally { passed: 3, failed: 0 });
        assert_eq!(sum.to_string(), "5 passed, 1 failed");
        assert_eq!(of_smoke(&sum.to_string()), Some(sum));
    }
}
