//! Contoso, for the demo and on its own: starts the sandbox, writes the settings for it, and prints how to use it. The
//! sandbox itself is not implemented here.

use std::{fs, process::ExitCode};

use clap::Args;

use crate::{folder::Folder, output::print, start_error::StartError};

/// The options of Contoso.
#[derive(Debug, Clone, Copy, Args)]
pub struct Contoso {
    /// How many people work there.
    #[arg(long, default_value_t = 40)]
    pub people: usize,
    /// The port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
}

/// The options of the demo.
#[derive(Debug, Clone, Copy, Args)]
pub struct Demo {
    /// Contoso.
    #[command(flatten)]
    pub contoso: Contoso,
    /// Sign in automatically instead of opening the browser.
    #[arg(long)]
    pub sign_in: bool,
    /// Start to the tray, without showing the drawer.
    #[arg(long)]
    pub hidden: bool,
}

/// Starts Contoso for the demo. It ends when the value is dropped.
pub fn start(demo: Demo, folder: &Folder) -> Result<sandbox::Sandbox, StartError> {
    let contoso = tauri::async_runtime::block_on(sandbox::start(options(demo.contoso)))?;
    let settings = folder.settings();
    fs::write(&settings, settings_toml(&contoso))
        .map_err(|cause| StartError::Folder { folder: settings, cause })?;
    print(&format!("{}\nFolder: {}\n", addresses(&contoso), folder.path().display()))?;
    Ok(contoso)
}

/// Runs Contoso until Ctrl+C.
pub async fn sandbox(contoso: Contoso) -> Result<ExitCode, StartError> {
    let contoso = sandbox::start(options(contoso)).await?;
    print(&format!(
        "{}\n\nTo use it, write these settings to settings.toml in a folder of your own and start\n\
         connectpath-teams --data-dir FOLDER\n\n{}\nCtrl+C ends it.\n",
        addresses(&contoso),
        settings_toml(&contoso)
    ))?;
    contoso.run_until_stopped().await.map_err(StartError::Runtime)?;
    Ok(ExitCode::SUCCESS)
}

fn options(contoso: Contoso) -> sandbox::Options {
    sandbox::Options { port: contoso.port, people: contoso.people }
}

/// The settings for Contoso, with every feature switched on that can be seen there.
fn settings_toml(contoso: &sandbox::Sandbox) -> String {
    // With so few agents the Connect statuses of colleagues are read every 15 s.
    let mut text = format!("seats = 5\n{}", contoso.settings_toml_with_connect_api());
    text.push_str("\n[calls]\nregion = \"GB\"\n\n[sync]\nteams_to_connect = true\n");
    let training =
        sandbox::Status::ALL.iter().find(|status| status.name == "Training").map(|status| status.arn());
    if let Some(arn) = training {
        for availability in ["busy", "do_not_disturb"] {
            text.push_str(&format!(
                "\n[[sync.teams_rows]]\nwhen = {{ availability = \"{availability}\" }}\n\
                 connect = {{ status = \"{arn}\" }}\nonly_while = \"routable\"\n"
            ));
        }
    }
    text
}

fn addresses(contoso: &sandbox::Sandbox) -> String {
    let (microsoft, connect, control) = (contoso.microsoft(), contoso.connect(), contoso.control());
    format!(
        "Contoso runs on this machine.\nMicrosoft: {microsoft}\nConnect: {connect}\nControl page: {control}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_settings_of_the_demo_are_complete_and_valid() {
        let contoso = sandbox::start(sandbox::Options::default()).await.expect("Contoso");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(settings::FILE), settings_toml(&contoso)).expect("written");
        let loaded = settings::load(folder.path(), &settings::Policy::none());
        assert_eq!(loaded.problem, None);
        assert!(loaded.settings.configured().is_ok() && loaded.settings.teams_to_connect.enabled);
    }
}
