//! The service of the Desktop Notifications Specification, on the session bus.

use std::{path::Path, sync::Arc};

use futures_util::StreamExt;
use notify_rust::{Hint, Notification, NotificationHandle};
use view::Notice;
use zbus::{Connection, MatchRule, Message, MessageStream, message::Type};

use super::{BUTTON, Click, Clicked};

/// Why it was refused.
pub type Error = notify_rust::error::Error;

/// Gone as soon as the desktop has closed it: a number may be given to another program's then.
pub type Standing = std::sync::Weak<NotificationHandle>;

/// A click on the notification itself, by the specification.
const DEFAULT: &str = "default";

/// The product's icon among those of the desktop, as the package installs it: by the name of the program.
const ICON: &str = "connectpath-teams";

/// The service, by the specification.
const INTERFACE: &str = "org.freedesktop.Notifications";

/// Signals that wait to be read.
const QUEUE: usize = 16;

/// Nothing to prepare.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn prepare(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// Shows it. The connection stays open until it is closed, because some desktops take a notification away
/// with the connection that sent it.
pub async fn show(notice: Notice, last: Standing, click: Click) -> Result<Standing, Error> {
    // Before it is shown: the click on it may come before the answer to us.
    let mut signals = signals().await?;
    let mut notification = worded(&notice);
    if let Some(last) = last.upgrade() {
        notification.id(last.id());
    }
    let handle = Arc::new(notification.show_async().await?);
    let standing = Arc::downgrade(&handle);
    tokio::spawn(async move {
        while let Some(Ok(signal)) = signals.next().await {
            match of(&signal, handle.id()) {
                Some(Heard::Clicked(clicked)) => {
                    click.answer(clicked);
                    break;
                }
                Some(Heard::Closed) => break,
                None => {}
            }
        }
    });
    Ok(standing)
}

/// What the service says of one notification.
enum Heard {
    Clicked(Clicked),
    Closed,
}

/// The signals of the service, about all programs' notifications.
async fn signals() -> zbus::Result<MessageStream> {
    let bus = Connection::session().await?;
    let rule = MatchRule::builder().msg_type(Type::Signal).interface(INTERFACE)?.build();
    MessageStream::for_match_rule(rule, &bus, Some(QUEUE)).await
}

fn of(signal: &Message, id: u32) -> Option<Heard> {
    let body = signal.body();
    match signal.header().member()?.as_str() {
        "ActionInvoked" => match body.deserialize::<(u32, &str)>().ok()? {
            (number, DEFAULT) if number == id => Some(Heard::Clicked(Clicked::Itself)),
            (number, BUTTON) if number == id => Some(Heard::Clicked(Clicked::Button)),
            _ => None,
        },
        "NotificationClosed" => {
            let (number, _reason) = body.deserialize::<(u32, u32)>().ok()?;
            (number == id).then_some(Heard::Closed)
        }
        _ => None,
    }
}

/// Takes it back.
pub async fn close(standing: Standing) {
    if let Some(handle) = standing.upgrade() {
        handle.close_async().await;
    }
}

fn worded(notice: &Notice) -> Notification {
    let mut notification = Notification::new();
    notification.appname("ConnectPath Teams").icon(ICON).summary(&notice.title).body(&escaped(&notice.body));
    notification.hint(Hint::DesktopEntry(ICON.to_owned()));
    if let Some((label, _)) = &notice.action {
        notification.action(DEFAULT, label).action(BUTTON, label);
    }
    notification
}

/// Desktops read the body as markup.
fn escaped(text: &str) -> String {
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
        let notification = worded(&notice);
        assert_eq!(notification.body, "&lt;b&gt;R&amp;D&lt;/b&gt;");
        assert_eq!(notification.icon, ICON);
        assert_eq!(notification.actions, [DEFAULT, "Open", BUTTON, "Open"]);
    }
}
