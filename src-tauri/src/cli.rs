//! Parses the command line and starts the command. It does none of the work itself.

mod mapping;
mod timeline;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use self::{mapping::Mapping, timeline::Timeline};
use crate::{
    demo::{self, Contoso, Demo},
    doctor,
    folder::Folder,
    run::{self, Options},
    start_error::StartError,
};

const EXAMPLES: &str = "\
Examples:
  connectpath-teams demo                  The application with a made-up company, to try it
  connectpath-teams doctor                What works on this computer, what does not, and what to do
  connectpath-teams timeline --since 2h   What was written in the last two hours, and why";

/// Keeps Amazon Connect and Microsoft Teams presence in step, from the tray.
#[derive(Debug, Parser)]
#[command(name = "connectpath-teams", version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The folder of the settings and of everything else that the application keeps.
    #[arg(long, value_name = "DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// Start to the tray, without showing the drawer.
    #[arg(long)]
    hidden: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The application with Contoso, a company on this machine: no account is needed.
    Demo(Demo),
    /// Contoso alone, to connect an application or a test to.
    Sandbox(Contoso),
    /// Looks at settings, registration, network and desktop, and says what to do.
    Doctor {
        /// Print one line of JSON instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Why something was written to Teams or Connect, or not: newest first, in local time.
    Timeline(Timeline),
    /// The tables that say which status leads to which.
    Mapping(Mapping),
}

impl Cli {
    /// Whether the output is a report, beside which nothing should be logged.
    pub fn is_report(&self) -> bool {
        matches!(self.command, Some(Command::Doctor { .. }))
    }

    /// The data folder, if the command starts the application.
    pub fn data_folder(&self) -> Option<PathBuf> {
        let folder = match self.command {
            None => Folder::choose(self.data_dir.clone()),
            Some(Command::Demo(_)) => Folder::choose_for_demo(self.data_dir.clone()),
            Some(
                Command::Timeline(_) | Command::Mapping(_) | Command::Sandbox(_) | Command::Doctor { .. },
            ) => return None,
        };
        // An error is reported when the folder is used.
        folder.ok().map(|folder| folder.path().to_path_buf())
    }

    /// Runs the command and returns when it is done. The application does not return: it ends the process.
    pub fn run(self) -> Result<ExitCode, StartError> {
        match self.command {
            None => {
                let folder = Folder::choose(self.data_dir)?;
                run::run(Options { folder, hidden: self.hidden, demo: None })
            }
            Some(Command::Demo(demo)) => {
                let folder = Folder::choose_for_demo(self.data_dir)?;
                run::run(Options { folder, hidden: self.hidden || demo.hidden, demo: Some(demo) })
            }
            Some(Command::Timeline(timeline)) => timeline.run(self.data_dir),
            Some(Command::Mapping(mapping)) => mapping.run(self.data_dir),
            Some(Command::Sandbox(contoso)) => runtime()?.block_on(demo::sandbox(contoso)),
            Some(Command::Doctor { json }) => Ok(doctor::run(self.data_dir, json)),
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, StartError> {
    tokio::runtime::Runtime::new().map_err(StartError::Runtime)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_subcommand_the_application_starts() {
        let cli = parse("connectpath-teams --hidden").expect("valid");
        assert!(cli.command.is_none());
        assert!(cli.hidden);
        assert!(cli.data_dir.is_none());
    }

    #[test]
    fn global_options_may_follow_the_subcommand() {
        let cli = parse("connectpath-teams demo --people 7 --port 4711 --sign-in --data-dir /tmp/x --hidden")
            .expect("valid");
        assert_eq!(cli.data_dir, Some(PathBuf::from("/tmp/x")));
        let Some(Command::Demo(demo)) = cli.command else { panic!("demo") };
        assert!(demo.hidden);
        assert_eq!((demo.contoso.people, demo.contoso.port, demo.sign_in), (7, 4711, true));
    }

    #[test]
    fn contoso_has_forty_people_on_a_free_port_by_default() {
        let cli = parse("connectpath-teams sandbox").expect("valid");
        let Some(Command::Sandbox(contoso)) = cli.command else { panic!("sandbox") };
        assert_eq!((contoso.people, contoso.port), (40, 0));
    }

    #[test]
    fn the_timeline_takes_its_options_in_any_order() {
        for line in
            ["", "--since 2h", "--since today --csv", "--csv --since 2026-11-25", "--why --data-dir /tmp/x"]
        {
            let cli = parse(&format!("connectpath-teams timeline {line}")).expect("valid");
            assert!(matches!(cli.command, Some(Command::Timeline(_))), "{line}");
        }
        assert!(parse("connectpath-teams timeline --why --csv").is_err());
        let refused = parse("connectpath-teams timeline --since lunch").expect_err("no moment").to_string();
        assert!(refused.contains("say how long ago (\"2h\""), "{refused}");
    }

    #[test]
    fn a_mapping_check_needs_a_file() {
        for line in ["check a.toml", "check a.toml --statuses b.json", "check --data-dir /tmp/x a.toml"] {
            let cli = parse(&format!("connectpath-teams mapping {line}")).expect("valid");
            assert!(matches!(cli.command, Some(Command::Mapping(_))), "{line}");
        }
        assert!(parse("connectpath-teams mapping check").is_err());
        assert!(parse("connectpath-teams mapping a.toml").is_err());
    }

    #[test]
    fn a_command_without_a_window_refuses_hidden() {
        for command in ["doctor", "timeline", "mapping check a.toml", "sandbox"] {
            assert!(parse(&format!("connectpath-teams {command} --hidden")).is_err(), "{command}");
        }
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(parse("connectpath-teams --verbose").is_err());
        assert!(parse("connectpath-teams sandbox --port 70000").is_err());
        let doctor = parse("connectpath-teams doctor --json --data-dir /tmp/x").expect("valid");
        assert!(matches!(doctor.command, Some(Command::Doctor { json: true })));
    }
}
