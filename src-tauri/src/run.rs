//! Builds the application, starts the controller and runs the main loop. What happens then is decided by the controller.

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
    machine::{self, IdleLimit},
    quit,
    start_error::StartError,
    wake, webview,
    windows::{gate::Gate, own_page},
};

/// How to run the application.
#[derive(Debug)]
pub struct Options {
    /// The data folder.
    pub folder: Folder,
    /// Start to the tray, without showing the drawer.
    pub hidden: bool,
    /// Run with Contoso instead of the real services.
    pub demo: Option<Demo>,
}

/// Runs the application until it quits, which ends the process.
pub fn run(options: Options) -> Result<ExitCode, StartError> {
    webview::require()?;
    let Options { folder, hidden, demo } = options;
    let (requests, inbox) = app::channel();
    // `build` ends a second copy on the same session bus, after it has asked the first one to open its drawer.
    let mut context = tauri::generate_context!();
    // Each window keeps a copy of the icon, and the bundle's icon has a megabyte.
    context.set_default_window_icon(Some(tauri::include_image!("../icons/png/app-128.png")));
    let ending = requests.clone();
    let application = builder(&folder, requests.clone()).build(context)?;
    #[cfg(target_os = "macos")]
    let application = {
        let mut application = application;
        application.set_activation_policy(tauri::ActivationPolicy::Accessory);
        application
    };

    // Both values live until the process ends.
    let _lock = folder.lock()?;
    let _contoso = demo.map(|demo| demo::start(demo, &folder)).transpose()?;

    // A policy could lead the demo away from Contoso to real services.
    let policy = if demo.is_some() { Policy::none() } else { Policy::of_this_machine() };
    let loaded = settings::load(folder.path(), &policy);
    let watched = [Some(folder.settings()), policy.file()].into_iter().flatten().collect();
    // If the settings file cannot be used, the entry is left as it is.
    if folder.is_standard() && loaded.problem.is_none() {
        autostart::apply(application.handle(), loaded.settings.start_with_system);
    }
    let browser = if demo.is_some_and(|demo| demo.sign_in) { Browser::Contoso } else { Browser::System };
    let idle_limit = IdleLimit::new(loaded.settings.restore_idle);
    let config = Config { loaded, policy, data_dir: folder.path().to_path_buf() };
    let handle = application.handle().clone();
    tauri::async_runtime::block_on(async {
        let desktop = Desktop::start(handle.clone(), &requests, folder, browser, idle_limit.clone())
            .map_err(StartError::Runtime)?;
        if !hidden {
            desktop.show_drawer();
        }
        machine::watch(requests.clone(), idle_limit).map_err(StartError::Runtime)?;
        wake::watch(requests.clone());
        if let Err(error) = app::watch::watch(watched, requests.clone()) {
            tracing::warn!(%error, "changed settings are used at the next start");
        }
        if browser == Browser::Contoso {
            // The demo logs in without a click.
            requests.send(Request::Tray(TrayAction::TeamsLogin));
        }
        tokio::spawn(async move {
            if let Err(error) = quit::watch_signals(handle, requests).await {
                tracing::warn!("signals are not handled: {error}");
            }
        });
        app::start(desktop, inbox, config).map_err(StartError::Controller)
    })?;

    application.run(move |_, event| {
        if let RunEvent::ExitRequested { code: None, api, .. } = &event {
            // No code: the last window was closed. The application continues in the tray.
            api.prevent_exit();
        } else if let RunEvent::Exit = event {
            quit::wait_for_controller(&ending);
        }
    });
    Ok(ExitCode::SUCCESS)
}

fn builder(folder: &Folder, requests: Requests) -> tauri::Builder<Wry> {
    let mut builder = tauri::Builder::default();
    // Only Linux distinguishes copies by their folder. On other systems only the lock separates them.
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
