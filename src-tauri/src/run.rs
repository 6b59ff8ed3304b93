//! Builds the application, starts the controller and runs the main loop.

use std::process::ExitCode;

use app::{Config, Request, Requests, host::Host};
use settings::Policy;
use tauri::{RunEvent, Wry};
use view::TrayAction;

use crate::{
    autostart,
    browser::Browser,
    commands,
    demo::{self, Demo},
    folder::Folder,
    host::Desktop,
    machine::{self, Limit},
    quit,
    start_error::StartError,
    wake, webview,
    windows::{gate::Gate, own_page},
};

/// What to run.
#[derive(Debug)]
pub struct Options {
    /// The data folder.
    pub folder: Folder,
    /// Start to the tray.
    pub hidden: bool,
    /// With Contoso instead of the real services.
    pub demo: Option<Demo>,
}

/// Runs until somebody quits, which ends the process.
pub fn run(options: Options) -> Result<ExitCode, StartError> {
    webview::require()?;
    let Options { folder, hidden, demo } = options;
    let (requests, inbox) = app::channel();
    // A second copy on the same session bus ends in here, after it has asked the first to open its drawer.
    let mut context = tauri::generate_context!();
    // Each window keeps a copy, and the one of the bundle is a megabyte.
    context.set_default_window_icon(Some(tauri::include_image!("../icons/png/app-128.png")));
    let ending = requests.clone();
    let application = builder(&folder, requests.clone()).build(context)?;
    #[cfg(target_os = "macos")]
    let application = {
        let mut application = application;
        application.set_activation_policy(tauri::ActivationPolicy::Accessory);
        application
    };

    // Both live until the process ends.
    let _lock = folder.lock()?;
    let _contoso = demo.map(|demo| demo::start(demo, &folder)).transpose()?;

    // Contoso is on this machine and nothing real is reached: a policy would only lead away from it.
    let policy = if demo.is_some() { Policy::none() } else { Policy::of_this_machine() };
    let loaded = settings::load(folder.path(), &policy);
    let watched = [Some(folder.settings()), policy.file()].into_iter().flatten().collect();
    // A file that cannot be used says nothing about starting with the system.
    if folder.is_standard() && loaded.problem.is_none() {
        autostart::apply(application.handle(), loaded.settings.start_with_system);
    }
    let browser = if demo.is_some_and(|demo| demo.sign_in) { Browser::Contoso } else { Browser::System };
    let idle = Limit::new(loaded.settings.restore_idle);
    let config = Config { loaded, policy, data_dir: folder.path().to_path_buf() };
    let handle = application.handle().clone();
    tauri::async_runtime::block_on(async {
        let desktop = Desktop::start(handle.clone(), &requests, folder, browser, idle.clone())
            .map_err(StartError::Runtime)?;
        if !hidden {
            desktop.show_drawer();
        }
        machine::watch(requests.clone(), idle).map_err(StartError::Runtime)?;
        wake::watch(requests.clone());
        if let Err(error) = app::watch::watch(watched, requests.clone()) {
            tracing::warn!(%error, "changed settings are used at the next start");
        }
        if browser == Browser::Contoso {
            // What a person would click.
            requests.send(Request::Tray(TrayAction::TeamsLogin));
        }
        tokio::spawn(async move {
            if let Err(error) = quit::watch_signals(handle, requests).await {
                tracing::warn!("signals are not heard: {error}");
            }
        });
        app::start(desktop, inbox, config).map_err(StartError::Controller)
    })?;

    application.run(move |_, event| {
        if let RunEvent::ExitRequested { code: None, api, .. } = &event {
            // No code: the last window was closed. The application goes on in the tray.
            api.prevent_exit();
        } else if let RunEvent::Exit = event {
            quit::at_the_end(&ending);
        }
    });
    Ok(ExitCode::SUCCESS)
}

fn builder(folder: &Folder, requests: Requests) -> tauri::Builder<Wry> {
    let mut builder = tauri::Builder::default();
    // Only on Linux are copies distinguished by their folder; elsewhere the lock alone separates them.
    if cfg!(target_os = "linux") || folder.is_standard() {
        let again = requests.clone();
        builder = builder.plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id(folder.bus_name())
                .callback(move |_, _, _| again.send(Request::Tray(TrayAction::Open)))
                .build(),
        );
    }
    #[cfg(target_os = "macos")]
    {
        let died = requests.clone();
        builder = builder.on_web_content_process_terminate(move |webview| {
            if webview.label() == gate::LABEL {
                died.send(Request::CcpDied);
            }
        });
        builder = builder.plugin(autostart::plugin());
    }
    builder
        .manage(requests)
        .manage(Gate::default())
        .register_uri_scheme_protocol(own_page::SCHEME, |context, _| own_page::serve(&context))
        .invoke_handler(tauri::generate_handler![
            commands::view,
            commands::lines,
            commands::photo,
            commands::rendered,
            commands::act,
            commands::timeline,
            commands::export_timeline,
            commands::recent_calls,
            commands::controls,
            commands::doctor,
            commands::setup,
            commands::setup_secret,
            commands::proxy_password,
            commands::export_policy,
            commands::what_if_choices,
            commands::what_if,
            commands::replay,
            commands::ccp_event
        ])
}
