//! `cargo xtask fuzz`: foreign text is thrown at everything that reads it, guided by the code that it reaches.
//!
//! The fuzzer is libFuzzer, and the compiler's own pass says what was reached, so the pinned stable toolchain will do.
//! What was reached is kept in the target folder, and the next run continues from there; texts that broke a law are
//! beside it. It must not know what a target reads.

use std::{
    collections::VecDeque,
    env, fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, SystemTime},
};

use crate::{
    cargo, packages, root,
    step::{self, Failure, Outcome, say},
};

/// How long all targets together run by default.
const USUAL: Duration = Duration::from_mins(10);
/// The shortest time for a target, which reads its corpus first.
const SHORTEST: Duration = Duration::from_secs(10);
/// The pass of the compiler that counts what is reached, and what is compared with what.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";
const LIMITS: &[&str] =
    &["-max_len=4096", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=1"];

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// For how long all targets together run.
    minutes: Option<u64>,
    /// Which; all if none is named.
    names: Vec<String>,
}

impl Plan {
    /// From the words of the command: names, and `--minutes N`.
    pub(crate) fn read(words: &[&str]) -> Option<Self> {
        let mut plan = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--minutes" => {
                    let minutes = words.next()?.parse().ok().filter(|minutes| *minutes > 0);
                    plan.minutes = Some(minutes?);
                }
                option if option.starts_with('-') => return None,
                name => plan.names.push(name.to_owned()),
            }
        }
        Some(plan)
    }
}

/// The result of a target.
#[derive(Debug)]
struct Ran {
    name: String,
    /// Texts that were tried.
    tried: String,
    /// Places of the code that were reached.
    reached: String,
    /// Texts that are kept because each reaches something of its own.
    kept: usize,
    /// Texts that broke a law in this run.
    found: Vec<PathBuf>,
    is_broken: bool,
}

pub(crate) fn fuzz(plan: &Plan) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "This is for Linux. The corpora are replayed by cargo xtask test everywhere.",
        ));
    }
    // A misspelled name is reported before the build.
    let names = names(&plan.names)?;
    packages::ensure(&[packages::BUILD])?;
    let program = build()?;
    let workers = thread::available_parallelism().map_or(1, usize::from).min(names.len());
    let all = plan.minutes.map_or(USUAL, Duration::from_mins);
    let each =
        (all * u32::try_from(workers).unwrap_or(1) / u32::try_from(names.len()).unwrap_or(1)).max(SHORTEST);
    say(&format!("{} targets, {} s each, {workers} at a time", names.len(), each.as_secs()));
    let waiting = Mutex::new(VecDeque::from(names));
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(name) = next(&waiting) {
                    let ran = run(&program, &name, each);
                    if let Ok(ran) = &ran {
                        say(&ran.to_string());
                    }
                    done.lock().unwrap_or_else(PoisonError::into_inner).push(ran);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let done = done.into_iter().collect::<Outcome<Vec<Ran>>>()?;
    let broken: Vec<&str> = done.iter().filter(|ran| ran.is_broken).map(|ran| ran.name.as_str()).collect();
    if broken.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("A law was broken: {}.", broken.join(", "))))
    }
}

fn next(waiting: &Mutex<VecDeque<String>>) -> Option<String> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// The folder of what is built and found.
fn folder() -> PathBuf {
    root().join("target").join("fuzz")
}

/// Builds the fuzzer, in a target folder of its own: everything below it is compiled with the pass.
fn build() -> Outcome<PathBuf> {
    let host = host()?;
    let mut build = cargo(&["build", "--locked", "--release", "--package", "fuzz", "--bin", "fuzz"]);
    // With a target named, programs that only run while building are compiled without the pass.
    build.args(["--target", &host]).arg("--target-dir").arg(folder()).env("RUSTFLAGS", COVERAGE);
    // A release is small and slow to build; this is neither.
    build.args(["--config", "profile.release.lto=false", "--config", "profile.release.panic='unwind'"]);
    build.args(["--config", "profile.release.strip=false", "--config", "profile.release.opt-level=2"]);
    step::openly("Build the fuzzer", build)?;
    Ok(folder().join(host).join("release").join("fuzz"))
}

/// The name of this machine's own target.
fn host() -> Outcome<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    let output = command.arg("-vV").current_dir(root()).output();
    let output = output.map_err(|error| Failure::not_started(&command, &error))?;
    let says = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = says.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("rustc does not say for what it compiles."))
}

/// The targets, by their corpora.
fn names(wanted: &[String]) -> Outcome<Vec<String>> {
    let corpora = root().join("fuzz").join("corpus");
    let listed = fs::read_dir(&corpora)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}.", corpora.display())))?;
    let mut all: Vec<String> =
        listed.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    all.sort();
    match wanted.iter().find(|name| !all.contains(name)) {
        Some(unknown) => {
            Err(Failure::new(format!("There is no target {unknown}. There are: {}.", all.join(", "))))
        }
        None if wanted.is_empty() => Ok(all),
        None => Ok(wanted.to_vec()),
    }
}

fn run(program: &Path, name: &str, time: Duration) -> Outcome<Ran> {
    let (kept, found) = (folder().join("corpus").join(name), folder().join("found").join(name));
    for made in [&kept, &found] {
        fs::create_dir_all(made)
            .map_err(|error| Failure::new(format!("{} cannot be made: {error}.", made.display())))?;
    }
    let mut fuzzer = Command::new(program);
    // The fuzzer puts this before the name of each file that it writes.
    let prefix = format!("-artifact_prefix={}/", found.display());
    fuzzer.args(LIMITS).arg(format!("-max_total_time={}", time.as_secs())).arg(prefix);
    fuzzer.arg(&kept).arg(root().join("fuzz").join("corpus").join(name));
    // The place where a law broke is enough, without a backtrace; and a folder that is left behind does no harm.
    fuzzer.env("TARGET", name).env("RUST_BACKTRACE", "0").stdin(Stdio::null());
    let before = entries(&found);
    let start = SystemTime::now();
    let output = fuzzer.output().map_err(|error| Failure::not_started(&fuzzer, &error))?;
    let written = |file: &PathBuf| fs::metadata(file).and_then(|found| found.modified()).ok();
    let mut of_this_run = entries(&found);
    of_this_run.retain(|file| is_of_this_run(before.contains(file), written(file), start));
    let says = String::from_utf8_lossy(&output.stderr);
    let is_broken = !output.status.success();
    if is_broken {
        says.lines().filter(|line| !line.starts_with('#') && !line.starts_with("NEW_FUNC")).for_each(say);
    }
    Ok(Ran {
        name: name.to_owned(),
        tried: after(&says, "stat::number_of_executed_units:").unwrap_or("?").to_owned(),
        reached: reached(&says).unwrap_or("?").to_owned(),
        kept: entries(&kept).len(),
        found: of_this_run,
        is_broken,
    })
}

fn after<'a>(says: &'a str, name: &str) -> Option<&'a str> {
    says.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// The last number of places that it reports.
fn reached(says: &str) -> Option<&str> {
    let line = says.lines().rev().find(|line| line.contains(" cov: "))?;
    line.split_once(" cov: ")?.1.split(' ').next()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).into_iter().flatten();
    listed.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// Whether a text was found in this run: it was not there before, or was written again since the start. A text is named
/// after its bytes, so an earlier run may have found it, too; and not every drive counts times as finely as we do.
fn is_of_this_run(was_there: bool, written: Option<SystemTime>, start: SystemTime) -> bool {
    !was_there || written.is_some_and(|written| written > start)
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, tried, reached, kept, found, is_broken } = self;
        write!(f, "{name:<12} {tried:>10} tried {reached:>7} places reached {kept:>6} kept")?;
        if *is_broken {
            write!(f, "  A LAW IS BROKEN")?;
        }
        for file in found {
            write!(f, "\n    cargo run -p fuzz -- {name} {}", file.display())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_and_the_targets_are_read_in_any_order() {
        let plan = |words: &[&str]| Plan::read(words);
        assert_eq!(plan(&[]), Some(Plan::default()));
        let both = Some(Plan { minutes: Some(3), names: vec!["ids".to_owned(), "ccp".to_owned()] });
        assert_eq!(plan(&["ids", "--minutes", "3", "ccp"]), both);
        for words in [&["--minutes"][..], &["--minutes", "0"], &["--minutes", "x"], &["--fast"]] {
            assert_eq!(plan(words), None, "{words:?}");
        }
    }

    #[test]
    fn what_an_earlier_run_found_is_not_listed() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let [earlier, later] = [start - Duration::from_secs(60), start + Duration::from_secs(1)].map(Some);
        assert!(!is_of_this_run(true, earlier, start) && !is_of_this_run(true, None, start));
        assert!(is_of_this_run(true, later, start), "found once more");
        assert!(is_of_this_run(false, later, start) && is_of_this_run(false, earlier, start));
    }

    #[test]
    fn a_name_that_no_target_has_is_refused_before_anything_is_built() {
        let plan = Plan { minutes: None, names: vec!["idz".to_owned()] };
        let refused = fuzz(&plan).unwrap_err().to_string();
        if cfg!(target_os = "linux") {
            assert!(refused.starts_with("There is no target idz."), "{refused}");
        }
    }

    #[test]
    fn what_the_fuzzer_says_is_read() {
        let says = "#2\tINITED cov: 10 ft: 11\n#9\tNEW    cov: 1234 ft: 3 corp: 2/3b\nDone 9 runs\n\
                    stat::number_of_executed_units: 9\n";
        assert_eq!(
            (reached(says), after(says, "stat::number_of_executed_units:")),
            (Some("1234"), Some("9"))
        );
        assert_eq!((reached(""), after("", "stat::x:")), (None, None));
    }
}
