//! One step: a name, a command, how long it took. Prints; must not know what a step is for.

use std::{
    env, fmt,
    io::{self, BufRead, BufReader, Write},
    process::{Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Why a step failed: one sentence for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    pub(crate) fn not_started(command: &Command, error: &io::Error) -> Self {
        Self(format!("{} could not be started: {error}.", command.get_program().display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Prints a line.
#[expect(clippy::print_stdout, reason = "the one place that prints; by the macro, so that tests stay silent")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints the beginning of a line.
#[expect(clippy::print_stdout, reason = "as above")]
fn begin(name: &str) {
    print!("{name} ... ");
    // If it is not shown yet, it is shown with the rest of the line.
    drop(io::stdout().flush());
}

/// Runs a command and shows its output only if it fails. On a CI server the output is shown at once, because nobody
/// can run it again there.
pub(crate) fn quietly(name: &str, mut command: Command) -> Outcome {
    if env::var_os("CI").is_some() {
        return openly(name, command);
    }
    begin(name);
    let started = Instant::now();
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        say("failed");
        Failure::not_started(&command, &error)
    })?;
    if output.status.success() {
        say(&elapsed(started.elapsed()));
        return Ok(());
    }
    say("failed");
    for kept in [output.stdout, output.stderr] {
        say(String::from_utf8_lossy(&kept).trim_end());
    }
    Err(failed(name, output.status))
}

/// Runs a command and shows its output as it comes.
pub(crate) fn openly(name: &str, mut command: Command) -> Outcome {
    say(&format!("{name} ..."));
    let started = Instant::now();
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| Failure::not_started(&command, &error))?;
    finish(name, started.elapsed(), status)
}

/// Like [`openly`], and passes each line of standard output to `line` as well.
pub(crate) fn watched(name: &str, mut command: Command, line: impl FnMut(&str)) -> Outcome {
    say(&format!("{name} ..."));
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::not_started(&command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        show(stdout, line);
    }
    let status = child.wait().map_err(|error| Failure::new(format!("{name} was lost: {error}.")))?;
    finish(name, started.elapsed(), status)
}

/// Like [`watched`], with standard error among the lines, as they come.
pub(crate) fn watched_whole(name: &str, mut command: Command, line: impl FnMut(&str)) -> Outcome {
    say(&format!("{name} ..."));
    let started = Instant::now();
    let lost = |error: io::Error| Failure::new(format!("{name} was lost: {error}."));
    let (output, input) = io::pipe().map_err(lost)?;
    command.stdin(Stdio::null()).stdout(input.try_clone().map_err(lost)?).stderr(input);
    let mut child = command.spawn().map_err(|error| Failure::not_started(&command, &error))?;
    // It holds the other ends of the pipe, which must be closed for the lines to end.
    drop(command);
    show(output, line);
    let status = child.wait().map_err(lost)?;
    finish(name, started.elapsed(), status)
}

/// Shows each line and passes it on.
fn show(output: impl io::Read, mut line: impl FnMut(&str)) {
    let mut lines = BufReader::new(output);
    let mut bytes = Vec::new();
    while lines.read_until(b'\n', &mut bytes).is_ok_and(|length| length > 0) {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches(['\r', '\n']);
        say(text);
        line(text);
        bytes.clear();
    }
}

/// A command that runs beside others. Its output is shown by [`Beside::finish`].
pub(crate) struct Beside {
    name: &'static str,
    started: Instant,
    running: thread::JoinHandle<Result<(Output, Instant), Failure>>,
}

/// Starts a command without waiting for it.
pub(crate) fn beside(name: &'static str, mut command: Command) -> Beside {
    let running = thread::spawn(move || {
        let output = command.stdin(Stdio::null()).output();
        let output = output.map_err(|error| Failure::not_started(&command, &error))?;
        Ok((output, Instant::now()))
    });
    Beside { name, started: Instant::now(), running }
}

impl Beside {
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Waits for its end, shows its output, and passes each line of standard output to `line` as well.
    pub(crate) fn finish(self, mut line: impl FnMut(&str)) -> Outcome {
        let Self { name, started, running } = self;
        let ended = running.join().map_err(|_| Failure::new(format!("{name} was lost.")))?;
        let (Output { status, stdout, stderr }, end) = ended?;
        say(&format!("{name} ..."));
        for text in String::from_utf8_lossy(&stdout).lines() {
            say(text);
            line(text);
        }
        if !status.success() {
            say(String::from_utf8_lossy(&stderr).trim_end());
        }
        finish(name, end - started, status)
    }
}

fn finish(name: &str, took: Duration, status: ExitStatus) -> Outcome {
    if status.success() {
        say(&format!("{name}: {}", elapsed(took)));
        Ok(())
    } else {
        Err(failed(name, status))
    }
}

fn failed(name: &str, status: ExitStatus) -> Failure {
    Failure(format!("{name}: failed ({status})."))
}

fn elapsed(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_the_unit_that_fits() {
        assert_eq!(elapsed(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(elapsed(Duration::from_secs(134)), "2 min 14 s");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = quietly("Nothing", Command::new("connectpath-no-such-program")).unwrap_err();
        assert!(
            failure.to_string().starts_with("connectpath-no-such-program could not be started"),
            "{failure}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_watched_command_hands_over_its_lines_and_its_failure() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; printf two; exit 3"]);
        let mut lines = Vec::new();
        let failure = watched("Talk", command, |line| lines.push(line.to_owned())).unwrap_err();
        assert_eq!(lines, ["one", "two"]);
        assert!(failure.to_string().contains('3'), "{failure}");
    }

    #[cfg(unix)]
    #[test]
    fn both_outputs_of_a_command_are_heard_in_their_order() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; echo three"]);
        let mut lines = Vec::new();
        watched_whole("Talk", command, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["one", "two", "three"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_command_beside_others_hands_over_its_lines_and_its_failure() {
        let talk = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            beside("Talk", command)
        };
        let (good, bad) = (talk("echo one; echo two"), talk("echo three; exit 3"));
        let mut lines = Vec::new();
        let failure = bad.finish(|line| lines.push(line.to_owned())).unwrap_err();
        good.finish(|line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["three", "one", "two"]);
        assert!(failure.to_string().contains('3'), "{failure}");
        let missing = beside("Nothing", Command::new("connectpath-no-such-program"));
        assert!(missing.finish(|_| ()).unwrap_err().to_string().contains("could not be started"));
    }
}
