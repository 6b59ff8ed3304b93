//! `cargo xtask test`: every check and every test, summed in the last line.

use std::{
    env,
    num::NonZero,
    process::{Command, ExitCode},
    thread,
};

use crate::{
    cargo, deny,
    desktop::{Desktop, Kind},
    npm, packages, python, root, smoke,
    step::{self, Beside, Outcome, say},
    tally::{self, Tally},
    ui,
};

/// How many random histories each law of the sync engine is tried with in a long run: more than 100,000 over all of
/// its 23 laws.
const LONG_CASES: &str = "5000";

/// How many tests of one program run at once (libtest).
const THREADS: &str = "RUST_TEST_THREADS";
/// The longest tests are those over loopback and on the desktop, and they spend most of their time waiting.
const TESTS_A_PROCESSOR: usize = 3;

/// Runs everything and ends with `N passed, N failed`. A check that fails counts as one that failed.
pub(crate) fn test(long: bool) -> ExitCode {
    let mut sum = Tally::default();
    let all = everything(long, &mut sum);
    check(&mut sum, all);
    if sum == Tally::default() {
        say("Nothing was tested.");
    }
    say(&sum.to_string());
    if sum.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Fails if the rest cannot run; every other failure is in the sum.
fn everything(long: bool, sum: &mut Tally) -> Outcome {
    packages::ensure(&[packages::BUILD, packages::DESKTOP, packages::TEST, packages::PYTHON])?;
    check(sum, step::quietly("Rust: format", cargo(&["fmt", "--all", "--check"])));
    ui::install()?;
    // The tests of the sign-in start this provider.
    npm::install("npm packages of the OpenID provider", &root().join("tests").join("oidc"))?;
    // The sandbox's AWS is tested with AWS's own client, in the package of the desktop tests.
    if cfg!(target_os = "linux") {
        python::install("Packages of botocore", &root().join("tests").join("botocore"))?;
        check(sum, deny::check_lock_file());
    }
    // Compiled into the application, so Cargo needs it first.
    ui::build()?;
    // In parallel with the compiler, which does not always use every processor.
    let ui_checks = step::beside("UI: types, lints, format", ui::npm(&["run", "check"]));
    let mut vitest = ui::npm(&["test", "--", "--reporter=default"]);
    vitest.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    let ui_tests = step::beside("UI: tests", vitest);

    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    check(sum, step::openly("Rust: lints", cargo(&clippy)));
    // The real application is tested on Linux, where a desktop can be started for it.
    let has_desktop = cfg!(target_os = "linux");
    let excluded: &[&str] = if has_desktop { &[] } else { &["--exclude", "desktop-tests"] };
    // The application too: the desktop tests start it from the target folder.
    let targets = ["build", "--workspace", "--locked", "--lib", "--bins", "--tests"];
    let built = step::openly("Build the application and the tests", cargo(&[&targets, excluded].concat()));
    check(sum, ui_checks.finish(|_| ()));
    counted_beside(sum, tally::of_vitest, ui_tests);
    built?;

    let desktop = if has_desktop { Some(Desktop::start(Kind::Screen)?) } else { None };
    let smoke_test = match &desktop {
        Some(desktop) => Some(smoke::beside(desktop)?),
        None => None,
    };
    let mut tests = [&["test", "--workspace", "--locked", "--no-fail-fast"], excluded].concat();
    if long {
        let mut histories = cargo(&["test", "--package", "presence", "--locked", "--no-fail-fast"]);
        histories.env("PROPTEST_CASES", LONG_CASES);
        counted_now(sum, tally::of_cargo, "Rust: random histories", histories);
        tests.extend(["--exclude", "presence"]);
    }
    let mut tests = cargo(&tests);
    if let Some(desktop) = &desktop {
        desktop.give_to(&mut tests);
    }
    if env::var_os(THREADS).is_none() {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        tests.env(THREADS, (processors * TESTS_A_PROCESSOR).to_string());
    }
    counted_now(sum, tally::of_cargo, "Rust: tests", tests);
    if let Some(smoke_test) = smoke_test {
        counted_beside(sum, tally::of_smoke, smoke_test);
    }
    Ok(())
}

fn check(sum: &mut Tally, outcome: Outcome) {
    if let Err(failure) = outcome {
        say(&failure.to_string());
        sum.add(Tally { passed: 0, failed: 1 });
    }
}

/// How many tests a line of a test program counts.
type Count = fn(&str) -> Option<Tally>;

/// Runs a test program and counts its tests.
fn counted_now(sum: &mut Tally, count: Count, name: &str, command: Command) {
    counted(sum, count, name, |line| step::watched(name, command, line));
}

/// Waits for a test program that was started before, and counts its tests.
fn counted_beside(sum: &mut Tally, count: Count, tests: Beside) {
    counted(sum, count, tests.name(), |line| tests.finish(line));
}

/// A test program that fails, or ends without having tested anything, counts as one failed test at least.
fn counted(sum: &mut Tally, count: Count, name: &str, run: impl FnOnce(&mut dyn FnMut(&str)) -> Outcome) {
    let mut own = Tally::default();
    let outcome = run(&mut |line| own.add(count(line).unwrap_or_default()));
    let is_counted = own.failed > 0;
    sum.add(own);
    match outcome {
        Err(failure) if is_counted => say(&failure.to_string()),
        Ok(()) if own == Tally::default() => {
            check(sum, Err(step::Failure::new(format!("{name}: no test ran."))));
        }
        outcome => check(sum, outcome),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str) -> Tally {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let mut sum = Tally::default();
        counted_now(&mut sum, tally::of_smoke, "Script", command);
        sum
    }

    #[test]
    fn a_test_program_that_counted_its_failure_is_not_counted_twice() {
        assert_eq!(run("echo '3 passed, 2 failed'; exit 1"), Tally { passed: 3, failed: 2 });
    }

    #[test]
    fn a_test_program_that_dies_counts_as_failed() {
        assert_eq!(run("echo '3 passed, 0 failed'; exit 1"), Tally { passed: 3, failed: 1 });
    }

    #[test]
    fn a_test_program_that_tests_nothing_counts_as_failed() {
        assert_eq!(run("true"), Tally { passed: 0, failed: 1 });
    }
}
