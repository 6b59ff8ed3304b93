//! A notification server that shows nothing, remembers everything, and clicks on request.
//! Source: Desktop Notifications Specification 1.2.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use zbus::{Connection, interface, object_server::SignalEmitter, zvariant::OwnedValue};

use super::StageError;

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";
/// Why a notification closed: by the person, by its program.
const BY_PERSON: u32 = 2;
const BY_PROGRAM: u32 = 3;

/// A notification as the desktop got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its number on the bus.
    pub id: u32,
    /// First line.
    pub title: String,
    /// The text below.
    pub body: String,
    /// Key and words of each button; the key "default" is the notification itself.
    pub actions: Vec<(String, String)>,
    /// False once it was clicked or taken back.
    pub is_open: bool,
}

impl Notification {
    /// Whether title or body contain `words`.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.title.contains(words) || self.body.contains(words)
    }
}

type Shown = Arc<Mutex<Vec<Notification>>>;

/// The record of all notifications.
#[derive(Debug, Clone, Default)]
pub(super) struct Notifications(Shown);

impl Notifications {
    pub(super) async fn serve(&self, connection: &Connection) -> Result<(), StageError> {
        connection.object_server().at(PATH, Server(Arc::clone(&self.0))).await?;
        connection.request_name(NAME).await?;
        Ok(())
    }

    pub(super) fn all(&self) -> Vec<Notification> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) async fn click(
        &self,
        connection: &Connection,
        notification: &Notification,
        action: &str,
    ) -> Result<(), StageError> {
        if !notification.actions.iter().any(|(key, _)| key == action) {
            return Err(StageError::NothingToClick {
                wanted: action.to_owned(),
                there: format!("{:?}", notification.actions),
            });
        }
        close(&self.0, notification.id);
        let server = connection.object_server().interface::<_, Server>(PATH).await?;
        Server::action_invoked(server.signal_emitter(), notification.id, action).await?;
        Server::notification_closed(server.signal_emitter(), notification.id, BY_PERSON).await?;
        Ok(())
    }
}

/// Closes a notification; true if it was open.
fn close(shown: &Shown, id: u32) -> bool {
    let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    shown.iter_mut().find(|one| one.id == id).is_some_and(|one| std::mem::replace(&mut one.is_open, false))
}

struct Server(Shown);

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body", "persistence"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("stage", "ConnectPath Teams", env!("CARGO_PKG_VERSION"), "1.2")
    }

    #[expect(clippy::too_many_arguments, reason = "the specification's method has eight")]
    fn notify(
        &self,
        _app_name: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts = actions.into_iter();
        let mut pairs = Vec::new();
        while let (Some(key), Some(words)) = (texts.next(), texts.next()) {
            pairs.push((key, words));
        }
        let old = shown.iter().position(|one| replaces != 0 && one.id == replaces);
        let next = u32::try_from(shown.len()).unwrap_or(u32::MAX).saturating_add(1);
        let id = old.map_or(next, |_| replaces);
        let new = Notification { id, title, body, actions: pairs, is_open: true };
        match old.and_then(|at| shown.get_mut(at)) {
            Some(old) => *old = new,
            None => shown.push(new),
        }
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        if close(&self.0, id) {
            Self::notification_closed(&emitter, id, BY_PROGRAM).await?;
        }
        Ok(())
    }

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;
}
