//! A folder of one test in Wine's Windows, and the application in it. `cargo xtask windows` names the application by
//! `APPLICATION` and Wine's folder by `WINEPREFIX`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The loader of WebView2, which is beside the application.
const LOADER: &str = "WebView2Loader.dll";

/// How long something may take; Wine starts slowly.
const LIMIT: Duration = Duration::from_secs(60);

/// What a program wrote, and how it ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub struct Windows {
    folder: PathBuf,
    application: PathBuf,
}

impl Windows {
    /// A folder under Wine's C:, with the application and a WebView2 in which no window can be made.
    pub fn new(name: &str) -> Self {
        let this = Self::without_webview2(name);
        let loader = prefix().join(LOADER);
        fs::copy(loader, this.folder.join(LOADER)).unwrap();
        this
    }

    /// The same with WebView2's own loader, which finds no runtime.
    pub fn without_webview2(name: &str) -> Self {
        let built = PathBuf::from(env::var_os("APPLICATION").expect("cargo xtask windows names it"));
        let folder = prefix().join("drive_c").join("tests").join(name);
        fs::create_dir_all(&folder).unwrap();
        let application = folder.join(built.file_name().unwrap());
        // A link, because it is large.
        fs::hard_link(&built, &application).unwrap();
        fs::copy(built.with_file_name(LOADER), folder.join(LOADER)).unwrap();
        Self { folder, application }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A path of Windows' drive C, with slashes.
    pub fn drive(path: &str) -> PathBuf {
        prefix().join("drive_c").join(path.trim_start_matches("C:/"))
    }

    /// Runs the application to its end.
    pub fn run(&self, args: &[&str]) -> Ended {
        finish(&mut self.command(args))
    }

    /// Starts the application; dropping the answer ends it.
    pub fn start(&self, args: &[&str]) -> Running {
        let said = self.path("said.txt");
        let output = fs::File::create(&said).unwrap();
        let mut command = self.command(args);
        command.stdout(output.try_clone().unwrap()).stderr(output);
        Running { child: command.spawn().unwrap(), said }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("wine64");
        command.arg(&self.application).args(args).current_dir(&self.folder).stdin(Stdio::null());
        command
    }
}

/// An application that runs.
pub struct Running {
    child: Child,
    said: PathBuf,
}

impl Running {
    /// Waits for its end, and gives its exit code.
    pub fn ends(&mut self) -> i32 {
        until("the end of the application", || match self.child.try_wait().unwrap() {
            Some(status) => Ok(status.code().unwrap_or(-1)),
            None => Err(fs::read_to_string(&self.said).unwrap()),
        })
    }

    /// Presses Ctrl+C in its console: Wine makes it from the signal.
    pub fn interrupt(&self) {
        let done = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Runs one of Windows' own programs to its end.
pub fn system(args: &[&str]) -> Ended {
    let mut command = Command::new("wine64");
    command.args(args).stdin(Stdio::null());
    finish(&mut command)
}

/// Waits until something is so; what was seen last is in the failure.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
    let end = Instant::now() + LIMIT;
    loop {
        match look() {
            Ok(found) => return found,
            Err(seen) => assert!(Instant::now() < end, "not {what}: {seen}"),
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Every file below a folder, as one text.
pub fn texts(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect()
}

/// Collects output in files, because Wine's services inherit that of the first program and would keep a pipe open.
fn finish(command: &mut Command) -> Ended {
    let [out, err] = [(); 2].map(|()| tempfile::NamedTempFile::new().unwrap());
    command.stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap());
    let status = command.status().unwrap();
    let text = |file: &tempfile::NamedTempFile| {
        String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned()
    };
    Ended { code: status.code().unwrap_or(-1), out: text(&out), err: text(&err) }
}

fn prefix() -> PathBuf {
    PathBuf::from(env::var_os("WINEPREFIX").expect("cargo xtask windows names it"))
}
