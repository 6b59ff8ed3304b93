//! The commands of the README and of CONTRIBUTING.md; `cargo xtask` lists them.
//!
//! Standard library only: this is built first, on a machine where nothing is installed yet. It must not know
//! what the product does; it prepares the machine, builds, starts and counts.

mod bench;
mod deny;
mod desktop;
mod fuzz;
mod npm;
mod packages;
mod python;
mod run;
mod screenshots;
mod smoke;
mod step;
mod tally;
mod test;
mod ui;
mod windows;

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use desktop::Kind;
use step::{Outcome, say};
use windows::Extent;

const USAGE: &str = "\
cargo xtask run [-- ARGS]         prepare the machine, build, start the demonstration; ARGS go to it
cargo xtask test [--long]         prepare the machine, check and test everything; --long: many more random histories
cargo xtask smoke                 run the application against its sandbox on a private desktop, and report what works
cargo xtask screenshots [SCENE…]  take a picture of every state of every window; --readme: those of the README too
cargo xtask windows [--lints]     compile and lint for Windows on Debian, and run the tests under Wine; --lints: no Wine
cargo xtask deny                  check the dependencies: duplicates, licences, sources, advisories
cargo xtask fuzz [NAME…] [--minutes N]
                                  throw foreign text at everything that reads it, guided by the code it reaches
cargo xtask bench                 measure the application on a desktop, beside bare windows of the same web view
cargo xtask bench list            measure the list with 300, 5,000 and 50,000 people
cargo xtask bench requests        count the requests of a desk to Microsoft, in six situations";

/// What was asked for.
#[derive(Debug, PartialEq)]
enum Task {
    Run(Vec<OsString>),
    Test {
        long: bool,
    },
    Smoke,
    Screenshots(Vec<OsString>),
    Bench(bench::Part),
    Deny,
    Fuzz(fuzz::Plan),
    Windows(Extent),
    /// Started by this program itself: keep a virtual desktop until standard input closes.
    Desktop(Kind),
    /// Started by cargo: run a program of Windows.
    Wine(Vec<OsString>),
    Usage,
}

fn main() -> ExitCode {
    let done = match task(env::args_os().skip(1).collect()) {
        Some(Task::Run(args)) => run::run(&args),
        Some(Task::Test { long }) => return test::test(long),
        Some(Task::Smoke) => smoke::smoke(),
        Some(Task::Screenshots(args)) => screenshots::screenshots(&args),
        Some(Task::Bench(part)) => bench::bench(part),
        Some(Task::Deny) => deny::deny(),
        Some(Task::Fuzz(plan)) => fuzz::fuzz(&plan),
        Some(Task::Windows(extent)) => windows::windows(extent),
        Some(Task::Wine(args)) => return windows::run_in_wine(&args),
        Some(Task::Desktop(kind)) => desktop::keep(kind),
        Some(Task::Usage) => {
            say(USAGE);
            return ExitCode::SUCCESS;
        }
        None => {
            say(USAGE);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn task(args: Vec<OsString>) -> Option<Task> {
    let mut args = args.into_iter();
    let name = args.next().unwrap_or_else(|| "help".into());
    let rest: Vec<OsString> = args.collect();
    let words: Vec<&str> = rest.iter().filter_map(|arg| arg.to_str()).collect();
    match (name.to_str()?, words.as_slice()) {
        ("run", ["--", ..]) => Some(Task::Run(rest.into_iter().skip(1).collect())),
        ("run", []) if rest.is_empty() => Some(Task::Run(rest)),
        ("test", []) => Some(Task::Test { long: false }),
        ("test", ["--long"]) => Some(Task::Test { long: true }),
        ("smoke", []) if rest.is_empty() => Some(Task::Smoke),
        ("screenshots", words) if words.len() == rest.len() && words.iter().all(|word| is_scene(word)) => {
            Some(Task::Screenshots(rest))
        }
        ("bench", []) if rest.is_empty() => Some(Task::Bench(bench::Part::Desktop)),
        ("bench", ["list"]) => Some(Task::Bench(bench::Part::List)),
        ("bench", ["requests"]) => Some(Task::Bench(bench::Part::Requests)),
        ("deny", []) if rest.is_empty() => Some(Task::Deny),
        ("fuzz", words) if words.len() == rest.len() => fuzz::Plan::read(words).map(Task::Fuzz),
        ("windows", []) if rest.is_empty() => Some(Task::Windows(Extent::Everything)),
        ("windows", ["--lints"]) => Some(Task::Windows(Extent::Lints)),
        (windows::COMMAND, _) => Some(Task::Wine(rest)),
        (desktop::COMMAND, [kind]) => Kind::named(kind).map(Task::Desktop),
        ("help" | "--help" | "-h", _) => Some(Task::Usage),
        _ => None,
    }
}

/// The name of a scene, or the one option that there is.
fn is_scene(word: &str) -> bool {
    word == "--readme" || !word.starts_with('-')
}

/// The folder of the workspace.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Cargo, in the workspace: the one that started us, so that the toolchain is the same. What it says of this package is left
/// out: build scripts look at it, and everything above `ring` would be built again after each command of Cargo itself.
fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    let names = env::vars_os().map(|(name, _)| name);
    names.filter(|name| is_about_this_package(name)).for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// Whether Cargo sets a variable for the package that it runs.
fn is_about_this_package(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start))
}

/// Builds every package. One feature set for running and testing: switching between them builds nothing again.
fn build() -> Outcome {
    step::openly("Build the application", cargo(&["build", "--workspace", "--locked"]))
}

/// A built program of the workspace, which Cargo puts beside this one.
fn program(name: &str) -> Outcome<PathBuf> {
    let own = env::current_exe()
        .map_err(|error| step::Failure::new(format!("xtask cannot find itself: {error}")))?;
    Ok(own.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

fn application() -> Outcome<PathBuf> {
    program("connectpath-teams")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Option<Task> {
        task(args.iter().map(OsString::from).collect())
    }

    #[test]
    fn a_cargo_that_we_start_knows_nothing_about_this_package() {
        let command = cargo(&["build"]);
        let removed: Vec<_> =
            command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        for name in ["CARGO_PKG_NAME", "CARGO_PKG_VERSION_MAJOR", "CARGO_MANIFEST_DIR"] {
            assert!(removed.contains(&OsStr::new(name)), "{name}: {removed:?}");
        }
        assert!(!removed.contains(&OsStr::new("CARGO_HOME")), "{removed:?}");
    }

    #[test]
    fn what_follows_the_dashes_goes_to_the_application() {
        assert_eq!(parse(&["run"]), Some(Task::Run(vec![])));
        assert_eq!(
            parse(&["run", "--", "--people", "9"]),
            Some(Task::Run(vec!["--people".into(), "9".into()]))
        );
    }

    #[test]
    fn an_unknown_word_is_not_taken_for_something_else() {
        for args in [
            &["run", "--people"][..],
            &["test", "--fast"],
            &["desktop", "large"],
            &["bench", "fast"],
            &["smoke", "fast"],
        ] {
            assert_eq!(parse(args), None, "{args:?}");
        }
    }

    #[test]
    fn scenes_are_named_and_nothing_else() {
        assert_eq!(parse(&["screenshots"]), Some(Task::Screenshots(vec![])));
        assert_eq!(
            parse(&["screenshots", "--readme", "login"]),
            Some(Task::Screenshots(vec!["--readme".into(), "login".into()]))
        );
        assert_eq!(parse(&["screenshots", "--fast"]), None);
    }

    #[test]
    fn tests_are_short_unless_asked() {
        assert_eq!(parse(&["test"]), Some(Task::Test { long: false }));
        assert_eq!(parse(&["test", "--long"]), Some(Task::Test { long: true }));
        assert_eq!(parse(&["smoke"]), Some(Task::Smoke));
        assert_eq!(parse(&["deny"]), Some(Task::Deny));
        assert_eq!(parse(&["bench"]), Some(Task::Bench(bench::Part::Desktop)));
        assert_eq!(parse(&["bench", "list"]), Some(Task::Bench(bench::Part::List)));
        assert_eq!(parse(&["bench", "requests"]), Some(Task::Bench(bench::Part::Requests)));
        assert_eq!(parse(&[]), Some(Task::Usage));
    }
}
