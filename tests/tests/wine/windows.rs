//! A folder of one test in Wine's Windows, and the application in it. `cargo xtask windows` names the application by
//! `APPLICATION` and Wine's folder by `WINEPREFIX`.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

/// What a program said, and how it ended.
pub struct Told {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub struct Windows {
    application: PathBuf,
    folder: PathBuf,
}

impl Windows {
    /// A folder of its own under Wine's C:, without anything in it.
    pub fn new() -> Self {
        let application = PathBuf::from(env::var_os("APPLICATION").expect("cargo xtask windows names it"));
        let prefix = PathBuf::from(env::var_os("WINEPREFIX").expect("cargo xtask windows names it"));
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let folder = prefix.join("drive_c").join("tests").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self { application, folder }
    }

    /// Runs the application to its end.
    pub fn run(&self, args: &[&str]) -> Told {
        let output = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Told { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("wine64");
        command.arg(&self.application).args(args).current_dir(&self.folder).stdin(Stdio::null());
        command
    }
}
