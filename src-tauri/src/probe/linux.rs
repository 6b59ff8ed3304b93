//! Asks the session bus which services show notifications and tray icons. The question about the tray starts no service.

use std::fs;

use doctor::{NotificationService, TrayHost};
use zbus::blocking::{Connection, Proxy};

/// The name of the web view.
pub const WEB_VIEW: &str = "WebKitGTK";

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Asks the service of the Desktop Notifications Specification for its name and whether it shows buttons.
pub fn notifications() -> NotificationService {
    let asked = notify_rust::get_server_information().and_then(|service| {
        let capabilities = notify_rust::get_capabilities()?;
        let name = format!("{} {}", service.name, service.version);
        Ok(NotificationService::Service { name, actions: capabilities.iter().any(|one| one == "actions") })
    });
    asked.unwrap_or_else(|error| {
        tracing::debug!("no notification service: {error}");
        NotificationService::Missing
    })
}

/// Asks the watcher of the StatusNotifierItem specification whether a host shows the registered items.
pub fn tray() -> TrayHost {
    let asked = Connection::session().and_then(|bus| {
        Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER)?
            .get_property::<bool>("IsStatusNotifierHostRegistered")
    });
    match asked {
        Ok(true) => TrayHost::Host,
        Ok(false) => TrayHost::Missing,
        Err(error) => {
            tracing::debug!("no tray: {error}");
            TrayHost::Missing
        }
    }
}

/// The name of the distribution (os-release(5)), and the processor.
pub fn system() -> String {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let name = name.map_or("Linux", |name| name.trim_matches(['"', '\'']));
    format!("{name} ({})", std::env::consts::ARCH)
}
