//! Contoso for the demo and on its own: starts the sandbox, writes the settings that lead to it, and prints
//! how to use it.

use std::{fs, io::Write, process::ExitCode};

use crate::{
    cli::{Contoso, Demo},
    folder::Folder,
    start_error::StartError,
};

/// Starts Contoso for the demo. It ends when the value is dropped.
pub fn start(demo: Demo, folder: &Folder) -> Result<sandbox::Sandbox, StartError> {
    let contoso = tauri::async_runtime::block_on(sandbox::start(options(demo.contoso)))?;
    let settings = folder.settings();
    fs::write(&settings, contoso.settings_toml())
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
        contoso.settings_toml()
    ))?;
    contoso.run_until_stopped().await.map_err(StartError::Runtime)?;
    Ok(ExitCode::SUCCESS)
}

fn options(contoso: Contoso) -> sandbox::Options {
    sandbox::Options { port: contoso.port, people: contoso.people }
}

fn addresses(contoso: &sandbox::Sandbox) -> String {
    let (microsoft, connect) = (contoso.microsoft(), contoso.connect());
    format!(
        "Contoso runs on this machine.\nMicrosoft: {microsoft}\nConnect: {connect}\nControl: {microsoft}control/api/"
    )
}

fn print(text: &str) -> Result<(), StartError> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(StartError::Output)
}
