//! The notification centre. Compiled by the workflow only, never run by us.

use std::path::Path;

use notify_rust::{Notification, NotificationResponse};
use view::Notice;

use super::{BUTTON, Click, Clicked};

/// Why it was refused.
pub type Error = notify_rust::error::Error;

/// Nothing is known of it after it was shown.
#[derive(Clone, Default)]
pub struct Standing;

/// Nothing to prepare.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn prepare(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// Waiting for the click blocks, so each has a thread.
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub async fn show(notice: Notice, _last: Standing, click: Click) -> Result<Standing, Error> {
    let mut notification = Notification::new();
    notification.summary(&notice.title).body(&notice.body);
    if let Some((label, _)) = &notice.action {
        notification.action(BUTTON, label);
    }
    std::thread::spawn(move || {
        let waited = notification.show().and_then(|handle| {
            handle.wait_for_response(|response: &NotificationResponse| match response {
                NotificationResponse::Default => click.answer(Clicked::Itself),
                NotificationResponse::Action(name) if name == BUTTON => click.answer(Clicked::Button),
                NotificationResponse::Action(_)
                | NotificationResponse::Reply(_)
                | NotificationResponse::Closed(_) => {}
            })
        });
        if let Err(error) = waited {
            tracing::warn!("a notification was not shown: {error}");
        }
    });
    Ok(Standing)
}

/// It stays until the system takes it away; nothing follows from a click on it.
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub async fn close(_standing: Standing) {}
