//! `cargo xtask test`: every check and every test, summed in the last line.

use std::process::{Command, ExitCode};

use crate::{
    application, build, cargo,
    desktop::{Desktop, Kind},
    npm, packages, root,
    step::{self, Outcome, say},
    tally::{self, Tally},
    ui,
};

/// How many random histories each law of the sync engine is tried with in a long run: more than 100,000 over all of
/// its 23 laws.
const LONG_CASES: &str = "5000";

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

/// Fails where going on has no sense; what fails otherwise is in the sum.
fn everything(long: bool, sum: &mut Tally) -> Outcome {
    packages::ensure(&[packages::BUILD, packages::DESKTOP, packages::TEST])?;
    check(sum, step::quietly("Rust: format", cargo(&["fmt", "--all", "--check"])));
    ui::install()?;
    // The provider that the tests of the sign-in start.
    npm::install("npm packages of the OpenID provider", &root().join("tests").join("oidc"))?;
    // Compiled into the application, so Cargo needs it first.
    ui::build()?;
    // Beside the compiler, which does not always use every processor.
    let ui_checks = step::beside("UI: types, lints, format", ui::npm(&["run", "check"]));
    let mut vitest = ui::npm(&["test", "--", "--reporter=default"]);
    vitest.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    let ui_tests = step::beside("UI: tests", vitest);

    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    check(sum, step::openly("Rust: lints", cargo(&clippy)));
    let mut tests = vec!["test", "--workspace", "--locked", "--no-fail-fast"];
    // The real application is tested where there is a desktop that can be made and taken away.
    let has_desktop = cfg!(target_os = "linux");
    if !has_desktop {
        tests.extend(["--exclude", "desktop-tests"]);
    }
    // The tests of the real application start what stands in the target folder.
    let built = build()
        .and_then(|()| step::openly("Build the tests", cargo(&[tests.as_slice(), &["--no-run"]].concat())));
    check(sum, ui_checks.finish(|_| ()));
    counted(sum, "UI: tests", tally::of_vitest, |line| ui_tests.finish(line));
    built?;

    let desktop = if has_desktop { Some(Desktop::start(Kind::Screen)?) } else { None };
    if long {
        let mut histories = cargo(&["test", "--package", "presence", "--locked", "--no-fail-fast"]);
        histories.env("PROPTEST_CASES", LONG_CASES);
        let name = "Rust: random histories";
        counted(sum, name, tally::of_cargo, |line| step::watched(name, histories, line));
        tests.extend(["--exclude", "presence"]);
    }
    let tests = on(desktop.as_ref(), cargo(&tests));
    counted(sum, "Rust: tests", tally::of_cargo, |line| step::watched("Rust: tests", tests, line));
    if desktop.is_some() {
        let mut smoke = Command::new(application()?);
        smoke.arg("smoke-test");
        let smoke = on(desktop.as_ref(), smoke);
        counted(sum, "Smoke test", tally::of_smoke, |line| step::watched("Smoke test", smoke, line));
    }
    Ok(())
}

fn on(desktop: Option<&Desktop>, mut command: Command) -> Command {
    if let Some(desktop) = desktop {
        desktop.give_to(&mut command);
    }
    command
}

fn check(sum: &mut Tally, outcome: Outcome) {
    if let Err(failure) = outcome {
        say(&failure.to_string());
        sum.add(Tally { passed: 0, failed: 1 });
    }
}

/// A test program that fails, or ends without having tested anything, is never without a failed test.
fn counted(
    sum: &mut Tally,
    name: &str,
    count: fn(&str) -> Option<Tally>,
    run: impl FnOnce(&mut dyn FnMut(&str)) -> Outcome,
) {
    let mut own = Tally::default();
    let outcome = run(&mut |line| own.add(count(line).unwrap_or_default()));
    let told = own.failed > 0;
    sum.add(own);
    match outcome {
        Err(failure) if told => say(&failure.to_string()),
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
        counted(&mut sum, "Script", tally::of_smoke, |line| step::watched("Script", command, line));
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
