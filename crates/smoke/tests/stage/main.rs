//! The private desktop, seen by a small program of our own: this very file, started again on the stage.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod program;

use std::time::Duration;

use program::{SOON, is_running, program, tooltip_becomes};
use smoke::stage::{Stage, StageError, until};
use tokio::time::Instant;

#[tokio::test]
async fn a_tray_icon_is_read_and_clicked() {
    let stage = Stage::start("tray").await.unwrap();
    stage.add_tray_host().await.unwrap();
    let mut app = program(&stage);
    let tray = stage.tray(SOON).await.unwrap();
    assert_eq!(tray.tooltip().await.unwrap(), "Ready");
    let labels: Vec<String> = tray.menu().await.unwrap().into_iter().map(|line| line.label).collect();
    assert_eq!(labels, ["Notify", "Browse", "Show", "Greyed", "Quit"]);

    tray.activate().await.unwrap();
    tooltip_becomes(&stage, "Left click").await;
    assert!(matches!(tray.click("Greyed").await, Err(StageError::NothingToClick { .. })));
    tray.click("Quit").await.unwrap();
    assert!(app.wait(SOON).await.unwrap().success());
    assert!(matches!(stage.tray(Duration::from_millis(200)).await, Err(StageError::Late { .. })));
}

#[tokio::test]
async fn a_tray_host_may_come_later() {
    let stage = Stage::start("late").await.unwrap();
    let _app = program(&stage);
    let none = stage.tray(Duration::from_millis(300)).await.unwrap_err();
    assert_eq!(none.to_string(), "a tray icon was expected within 0.3 s; seen: none");
    stage.add_tray_host().await.unwrap();
    assert_eq!(stage.tray(SOON).await.unwrap().tooltip().await.unwrap(), "Ready");
}

#[tokio::test]
async fn a_notification_is_remembered_and_its_button_clicked() {
    let stage = Stage::start("notify").await.unwrap();
    stage.add_tray_host().await.unwrap();
    let _app = program(&stage);
    stage.tray(SOON).await.unwrap().click("Notify").await.unwrap();
    let notification = stage.notification("Tea is ready", SOON).await.unwrap();
    assert_eq!(notification.actions, [("pour".to_owned(), "Pour".to_owned())]);
    stage.click_notification(&notification, "pour").await.unwrap();
    tooltip_becomes(&stage, "Clicked pour").await;
    assert!(!stage.notifications()[0].is_open);
}

#[tokio::test]
async fn the_browser_only_records_the_address() {
    let stage = Stage::start("browser").await.unwrap();
    stage.add_tray_host().await.unwrap();
    let _app = program(&stage);
    stage.tray(SOON).await.unwrap().click("Browse").await.unwrap();
    let opened = stage.opened_after(0, SOON).await.unwrap();
    assert_eq!(opened.as_str(), "http://127.0.0.1/a?b=c&d=e%20f");
}

#[tokio::test]
async fn a_window_counts_once_it_is_on_the_screen_and_only_for_its_program() {
    let stage = Stage::start("window").await.unwrap();
    stage.add_tray_host().await.unwrap();
    let app = program(&stage);
    let tray = stage.tray(SOON).await.unwrap();
    assert!(stage.window(&app, "Tea", Duration::from_millis(200)).await.is_err());
    tray.click("Show").await.unwrap();
    let window = stage.window(&app, "Tea", SOON).await.unwrap();
    assert_eq!((window.title.as_str(), window.width), ("Tea time", 320));
    let other = stage.app("sleep", ["60"]).unwrap();
    assert!(stage.window(&other, "Tea", Duration::from_millis(200)).await.is_err());
}

#[tokio::test]
async fn a_keyring_is_there_once_it_was_added_and_unlocked() {
    let mut stage = Stage::start("keyring").await.unwrap();
    stage.add_tray_host().await.unwrap();
    stage.add_keyring().await.unwrap();
    let bus = stage.command("true").as_std().get_envs().find_map(|(name, value)| {
        (name == "DBUS_SESSION_BUS_ADDRESS").then(|| value.unwrap().to_str().unwrap().to_owned())
    });
    let connection =
        zbus::connection::Builder::address(bus.unwrap().as_str()).unwrap().build().await.unwrap();
    let service = zbus::Proxy::new(
        &connection,
        "org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service",
    )
    .await
    .unwrap();
    let default: zbus::zvariant::OwnedObjectPath = service.call("ReadAlias", &("default")).await.unwrap();
    let collection = zbus::Proxy::new(
        &connection,
        "org.freedesktop.secrets",
        default,
        "org.freedesktop.Secret.Collection",
    )
    .await
    .unwrap();
    assert!(!collection.get_property::<bool>("Locked").await.unwrap());
}

#[tokio::test]
async fn the_idle_time_is_the_one_that_was_set() {
    let stage = Stage::start("machine").await.unwrap();
    stage.add_person().await.unwrap();
    let command = stage.command("env");
    let mut set = command.as_std().get_envs();
    let (_, bus) = set.find(|(name, _)| *name == "DBUS_SESSION_BUS_ADDRESS").unwrap();
    let bus =
        zbus::connection::Builder::address(bus.unwrap().to_str().unwrap()).unwrap().build().await.unwrap();
    let idle = async || -> u64 {
        let name = "org.gnome.Mutter.IdleMonitor";
        let call =
            bus.call_method(Some(name), "/org/gnome/Mutter/IdleMonitor/Core", Some(name), "GetIdletime", &());
        call.await.unwrap().body().deserialize().unwrap()
    };
    assert_eq!(idle().await, 0);
    stage.set_idle(Duration::from_secs(90)).await.unwrap();
    assert_eq!(idle().await, 90_000);

    let name = "org.freedesktop.ScreenSaver";
    let call = bus.call_method(Some(name), "/org/freedesktop/ScreenSaver", Some(name), "GetActive", &());
    assert!(!call.await.unwrap().body().deserialize::<bool>().unwrap());
}

#[tokio::test]
async fn a_killed_program_leaves_no_child_and_no_folder_behind() {
    let stage = Stage::start("kill").await.unwrap();
    let root = stage.root().to_owned();
    let mut shell = stage.app("sh", ["-c", "sleep 60 & sleep 60"]).unwrap();
    let family = until(SOON, "two sleeping children", async || {
        let family = shell.family();
        if family.len() == 3 { Ok(family) } else { Err(format!("{family:?}")) }
    })
    .await
    .unwrap();
    shell.kill().await.unwrap();
    let gone = async || {
        let left: Vec<_> = family.iter().filter(|pid| is_running(**pid)).collect();
        if left.is_empty() { Ok(()) } else { Err(format!("{left:?}")) }
    };
    until(SOON, "the end of all three", gone).await.unwrap();
    drop(stage);
    assert!(!root.exists());
}

#[tokio::test]
async fn a_program_that_does_not_end_is_reported_after_the_limit() {
    let stage = Stage::start("wait").await.unwrap();
    let mut app = stage.app("sh", ["-c", "echo started >&2; exec sleep 60"]).unwrap();
    let late = app.wait(Duration::from_millis(300)).await.unwrap_err();
    assert_eq!(late.to_string(), "the end of sh was expected within 0.3 s; seen: it still runs");
    assert_eq!(app.log_tail(5), "started");
    app.terminate();
    assert!(!app.wait(SOON).await.unwrap().success());
}

#[tokio::test]
async fn a_missing_tool_is_named_with_its_package() {
    let stage = Stage::start("missing").await.unwrap();
    let missing = stage.start_command(stage.command("no-such-driver"), "webkit2gtk-driver").unwrap_err();
    assert_eq!(missing.to_string(), "no-such-driver is missing. Install the package webkit2gtk-driver.");
}

#[tokio::test]
async fn the_folders_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let stage = Stage::start("folders").await.unwrap();
    let made = stage.folder("app data").unwrap();
    for folder in [stage.root().to_owned(), stage.root().join("run"), made] {
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
    }
}

#[tokio::test(start_paused = true)]
async fn a_look_that_hangs_is_cut_off_at_the_limit() {
    let begun = Instant::now();
    let hanging = until::<()>(Duration::from_millis(200), "an answer", async || std::future::pending().await);
    assert!(hanging.await.is_err());
    assert_eq!(begun.elapsed(), Duration::from_millis(200));
}

/// Not a test: what the other tests start on their stages.
#[tokio::test]
#[ignore = "is the program that the other tests start"]
async fn the_program_on_the_stage() {
    program::play().await;
}
