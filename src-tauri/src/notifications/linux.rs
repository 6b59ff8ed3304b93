//! Shows notifications by the service of the Desktop Notifications Specification on the session bus.

use std::{path::Path, sync::Arc};

use futures_util::StreamExt;
use notify_rust::{Hint, Notification, NotificationHandle};
use view::Notice;
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type};

use super::{BUTTON, ClickHandler, Clicked};

/// Why a notification was refused.
pub type Error = notify_rust::error::Error;

/// A shown notification. It is gone as soon as the desktop has closed it, because its id may then be given to another
/// program's notification.
pub type NoticeHandle = std::sync::Weak<NotificationHandle>;

/// The id of a click on the notification itself, by the specification.
const DEFAULT: &str = "default";

/// The product's icon in the desktop's icon theme, installed under the name of the program.
const ICON: &str = "connectpath-teams";

/// The interface of the service, by the specification.
const INTERFACE: &str = "org.freedesktop.Notifications";

/// The number of signals that may wait to be read.
const QUEUE: usize = 16;

/// Nothing to prepare.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn prepare(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// Shows a notification. Its connection stays open until it is closed, because some desktops remove a notification when
/// the connection that sent it ends.
pub async fn show(notice: Notice, last: NoticeHandle, click: ClickHandler) -> Result<NoticeHandle, Error> {
    // Subscribes first, because a click may come before the service has answered.
    let mut signals = signals().await?;
    let mut notification = build_notification(&notice);
    if let Some(last) = last.upgrade() {
        notification.id(last.id());
    }
    let shown = Arc::new(notification.show_async().await?);
    let handle = Arc::downgrade(&shown);
    tokio::spawn(async move {
        while let Some(Ok(signal)) = signals.next().await {
            match parse_signal(&signal, shown.id()) {
                Some(NoticeEvent::Clicked(clicked)) => {
                    click.handle(clicked);
                    break;
                }
                Some(NoticeEvent::Closed) => break,
                None => {}
            }
        }
    });
    Ok(handle)
}

/// What happened to one notification.
enum NoticeEvent {
    Clicked(Clicked),
    Closed,
}

/// The signals of the service, about all programs' notifications.
async fn signals() -> zbus::Result<MessageStream> {
    let bus = Connection::session().await?;
    let rule = MatchRule::builder().msg_type(Type::Signal).interface(INTERFACE)?.build();
    MessageStream::for_match_rule(rule, &bus, Some(QUEUE)).await
}

fn parse_signal(signal: &Message, id: u32) -> Option<NoticeEvent> {
    let body = signal.body();
    match signal.header().member()?.as_str() {
        "ActionInvoked" => match body.deserialize::<(u32, &str)>().ok()? {
            (number, DEFAULT) if number == id => Some(NoticeEvent::Clicked(Clicked::Notification)),
            (number, BUTTON) if number == id => Some(NoticeEvent::Clicked(Clicked::Button)),
            _ => None,
        },
        "NotificationClosed" => {
            let (number, _reason) = body.deserialize::<(u32, u32)>().ok()?;
            (number == id).then_some(NoticeEvent::Closed)
        }
        _ => None,
    }
}

/// Closes a notification.
pub async fn close(handle: NoticeHandle) {
    if let Some(shown) = handle.upgrade() {
        shown.close_async().await;
    }
}

fn build_notification(notice: &Notice) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("ConnectPath Teams")
        .icon(ICON)
        .summary(&notice.title)
        .body(&escape_markup(&notice.body));
    notification.hint(Hint::DesktopEntry(ICON.to_owned()));
    if let Some((label, _)) = &notice.action {
        notification.action(DEFAULT, label).action(BUTTON, label);
    }
    notification
}

/// Escapes the body, which desktops read as markup.
fn escape_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use view::{NoticeKind, TrayAction};

    use super::*;

    #[test]
    fn a_name_in_the_body_is_not_markup() {
        let notice = Notice {
            kind: NoticeKind::Settings,
            title: "t".to_owned(),
            body: "<b>R&D</b>".to_owned(),
            action: Some(("Open".to_owned(), TrayAction::Folder.into())),
        };
        let notification = build_notification(&notice);
        assert_eq!(notification.body, "&lt;b&gt;R&amp;D&lt;/b&gt;");
        assert_eq!(notification.icon, ICON);
        assert_eq!(notification.actions, [DEFAULT, "Open", BUTTON, "Open"]);
    }
}
