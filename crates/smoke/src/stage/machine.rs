//! Somebody at the machine, or nobody: the services that report input and the lock to programs.
//! Sources: org.gnome.Mutter.IdleMonitor (GNOME) and org.freedesktop.ScreenSaver (freedesktop.org).

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use zbus::{Connection, interface};

use super::StageError;

/// How long nobody has touched the machine, in milliseconds.
#[derive(Debug, Clone, Default)]
pub(super) struct Machine(Arc<AtomicU64>);

impl Machine {
    pub(super) async fn serve(&self, connection: &Connection) -> Result<(), StageError> {
        let objects = connection.object_server();
        objects.at("/org/gnome/Mutter/IdleMonitor/Core", IdleMonitor(self.clone())).await?;
        objects.at("/org/freedesktop/ScreenSaver", ScreenSaver).await?;
        connection.request_name("org.gnome.Mutter.IdleMonitor").await?;
        connection.request_name("org.freedesktop.ScreenSaver").await?;
        Ok(())
    }

    /// Real idle time does not jump, so programs look again only when it can have reached their limit. A jump is
    /// announced by the one signal after which they look at once: that the screen is unlocked, as it was before.
    pub(super) async fn set_idle(&self, connection: &Connection, idle: Duration) -> Result<(), StageError> {
        self.0.store(u64::try_from(idle.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        let (path, interface) = ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver");
        Ok(connection.emit_signal(None::<()>, path, interface, "ActiveChanged", &false).await?)
    }
}

struct IdleMonitor(Machine);

#[interface(name = "org.gnome.Mutter.IdleMonitor")]
impl IdleMonitor {
    fn get_idletime(&self) -> u64 {
        self.0.0.load(Ordering::Relaxed)
    }
}

/// Never on: the screen is open.
struct ScreenSaver;

#[interface(name = "org.freedesktop.ScreenSaver")]
impl ScreenSaver {
    fn get_active(&self) -> bool {
        false
    }
}
