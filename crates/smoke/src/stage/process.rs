//! A process of the stage: in its own group, with a bounded log. It is certain to end.

use std::{
    collections::{BTreeSet, VecDeque},
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader},
    process::{Child, ChildStdin, Command},
    time::timeout,
};

use super::StageError;

/// How much of the log is kept, in bytes: the end of it.
const LOG: usize = 256 * 1024;

/// A started program. Dropping it kills its whole process group.
#[derive(Debug)]
pub struct App {
    name: String,
    child: Child,
    /// None once the program has ended and been waited for: another process may have its number then.
    pid: Option<Pid>,
    log: Arc<Mutex<VecDeque<u8>>>,
}

impl App {
    /// Starts a program. `package` is named when it is missing. Its standard output goes nowhere.
    pub(super) fn spawn(mut command: Command, package: Option<&'static str>) -> Result<Self, StageError> {
        command.stdout(Stdio::null());
        Self::spawn_as_it_is(command, package)
    }

    fn spawn_as_it_is(mut command: Command, package: Option<&'static str>) -> Result<Self, StageError> {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        command.stderr(Stdio::piped()).process_group(0).kill_on_drop(true);
        let mut child = command.spawn().map_err(|error| match package {
            Some(package) if error.kind() == std::io::ErrorKind::NotFound => {
                StageError::Missing { tool: name.clone(), package }
            }
            Some(_) | None => StageError::DidNotStart { tool: name.clone(), reason: error.to_string() },
        })?;
        let pid = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let log = Arc::<Mutex<VecDeque<u8>>>::default();
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(keep(stderr, Arc::clone(&log)));
        }
        Ok(Self { name, child, pid, log })
    }

    /// Starts a tool that prints one line about itself on its standard output: an address, a number.
    pub(super) async fn spawn_and_read_line(
        mut command: Command,
        package: &'static str,
        limit: Duration,
    ) -> Result<(Self, String), StageError> {
        command.stdout(Stdio::piped());
        let mut app = Self::spawn_as_it_is(command, Some(package))?;
        let failed = |app: &Self, reason: &str| StageError::DidNotStart {
            tool: app.name.clone(),
            reason: format!("{reason} {}", app.log_tail(5)),
        };
        let Some(stdout) = app.child.stdout.take() else {
            return Err(failed(&app, "it has no output."));
        };
        let mut line = String::new();
        let read = timeout(limit, BufReader::new(stdout).read_line(&mut line)).await;
        match read {
            Ok(Ok(1..)) => Ok((app, line.trim().to_owned())),
            Ok(Ok(_)) => Err(failed(&app, "it ended.")),
            Ok(Err(error)) => Err(failed(&app, &error.to_string())),
            Err(_elapsed) => Err(failed(&app, "it printed nothing.")),
        }
    }

    /// Its standard input, once, if it was started with a pipe.
    pub fn take_stdin(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    /// The process's number; none once it has ended.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.pid.map(|pid| pid.as_raw_nonzero().get().unsigned_abs())
    }

    /// False once the program has ended, whether or not it was waited for.
    ///
    /// # Errors
    /// When the system does not answer.
    pub fn is_running(&mut self) -> Result<bool, StageError> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// The numbers of the process and of all that descend from it now.
    #[must_use]
    pub fn family(&self) -> BTreeSet<u32> {
        let mut family: BTreeSet<u32> = self.pid().into_iter().collect();
        let parents = parents();
        // Each round finds the next generation, until there is none.
        while let Some(child) =
            parents.iter().find(|(pid, parent)| family.contains(parent) && !family.contains(pid))
        {
            family.insert(child.0);
        }
        family
    }

    /// The last `lines` lines that the program wrote to its standard error.
    #[must_use]
    pub fn log_tail(&self, lines: usize) -> String {
        let mut kept = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(kept.make_contiguous()).into_owned();
        let all: Vec<&str> = text.lines().collect();
        all.get(all.len().saturating_sub(lines)..).unwrap_or_default().join("\n")
    }

    /// Ends the whole process group at once, without a chance to tidy up: a crash or a power loss.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn kill(&mut self) -> Result<(), StageError> {
        self.end_group();
        self.wait(Duration::from_secs(5)).await.map(drop)
    }

    /// Asks the program to end (SIGTERM), as a session's end does.
    pub fn terminate(&self) {
        if let Some(pid) = self.pid {
            // It may have ended already; `wait` notices.
            let _ = kill_process(pid, Signal::TERM);
        }
    }

    /// Waits until the program has ended.
    ///
    /// # Errors
    /// When it still runs after `limit`.
    pub async fn wait(&mut self, limit: Duration) -> Result<ExitStatus, StageError> {
        let status = timeout(limit, self.child.wait()).await.map_err(|_elapsed| StageError::Late {
            what: format!("the end of {}", self.name),
            limit,
            seen: "it still runs".to_owned(),
        })??;
        // Helpers it left behind keep the group's number in use, so this hits nobody else.
        self.end_group();
        self.pid = None;
        Ok(status)
    }

    fn end_group(&self) {
        if let Some(pid) = self.pid {
            // An empty group is what is wanted.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.end_group();
    }
}

async fn keep(mut output: impl AsyncRead + Unpin, log: Arc<Mutex<VecDeque<u8>>>) {
    let mut chunk = vec![0; 8192];
    while let Ok(read @ 1..) = output.read(&mut chunk).await {
        let mut kept = log.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(chunk.iter().take(read));
        let surplus = kept.len().saturating_sub(LOG);
        kept.drain(..surplus);
    }
}

/// Every process with its parent (proc(5): the field after the name in parentheses and the state).
fn parents() -> Vec<(u32, u32)> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let (_, after) = stat.rsplit_once(')')?;
            Some((pid, after.split_whitespace().nth(1)?.parse().ok()?))
        })
        .collect()
}
