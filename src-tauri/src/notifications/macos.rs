//! Shows notifications in the notification centre. Compiled by the workflow only, never run by us.

use std::path::Path;

use notify_rust::{Notification, NotificationResponse};
use view::Notice;

use super::{BUTTON, ClickHandler, Clicked};

/// Why a notification was refused.
pub type Error = notify_rust::error::Error;

/// Empty: a notification cannot be replaced or closed after it was shown.
#[derive(Clone, Default)]
pub struct NoticeHandle;

/// Nothing to prepare.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn prepare(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// Shows a notification. Waiting for its click blocks, so each notification has a thread.
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub async fn show(notice: Notice, _last: NoticeHandle, click: ClickHandler) -> Result<NoticeHandle, Error> {
    let mut notification = Notification::new();
    notification.summary(&notice.title).body(&notice.body);
    if let Some((label, _)) = &notice.action {
        notification.action(BUTTON, label);
    }
    std::thread::spawn(move || {
        let waited = notification.show().and_then(|handle| {
            handle.wait_for_response(|response: &NotificationResponse| match response {
                NotificationResponse::Default => click.handle(Clicked::Notification),
                NotificationResponse::Action(name) if name == BUTTON => click.handle(Clicked::Button),
                NotificationResponse::Action(_)
                | NotificationResponse::Reply(_)
                | NotificationResponse::Closed(_) => {}
            })
        });
        if let Err(error) = waited {
            tracing::warn!("a notification was not shown: {error}");
        }
    });
    Ok(NoticeHandle)
}

/// Cannot close a notification: it stays until the system removes it. A click on it is ignored.
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub async fn close(_handle: NoticeHandle) {}
