//! System notifications: one of a kind at a time, and its click sent on. Nothing waits for a notification,
//! and nothing depends on it: its text is complete without the button.

use std::{
    collections::HashMap,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use app::{Request, Requests};
#[cfg(target_os = "linux")]
use notify_rust::{Notification, NotificationHandle, NotificationResponse};
use thiserror::Error;
use tokio::{sync::mpsc, time::timeout};
use view::{Notice, NoticeAction, NoticeKind, TrayAction};

/// The name of the button. A click on the notification itself is "default" by the Desktop Notifications
/// Specification.
const BUTTON: &str = "act";

/// The product's icon among those of the desktop, as the package installs it: by the name of the program.
const ICON: &str = "connectpath-teams";

/// How long the desktop may take for one notification. One that hangs must not keep the next ones.
const LIMIT: Duration = Duration::from_secs(5);

/// Why a notification is not shown.
#[derive(Debug, Error)]
enum NotShown {
    /// The desktop refused it, or there is none.
    #[error(transparent)]
    Refused(#[from] notify_rust::error::Error),
    /// The desktop did not answer.
    #[error("the desktop does not answer")]
    NoAnswer,
}

/// What is asked of the task.
enum Order {
    Show(Box<Notice>),
    Withdraw(NoticeKind),
}

/// Hands notices to the task that shows them.
#[derive(Clone)]
pub struct Notifications(mpsc::UnboundedSender<Order>);

impl Notifications {
    /// Starts the task on the present tokio runtime. It ends with the last copy of this value.
    pub fn start(requests: Requests) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(serve(receiver, requests, show));
        Self(sender)
    }

    /// Shows this instead of the last one of its kind.
    pub fn show(&self, notice: Notice) {
        self.order(Order::Show(Box::new(notice)));
    }

    /// Takes the last one of this kind back, if it still stands.
    pub fn withdraw(&self, kind: NoticeKind) {
        self.order(Order::Withdraw(kind));
    }

    fn order(&self, order: Order) {
        if self.0.send(order).is_err() {
            tracing::debug!("a notification came after the end");
        }
    }
}

/// The last one shown of a kind.
#[derive(Default)]
struct Shown {
    /// As the desktop knows it, to be replaced or closed.
    standing: Standing,
    /// Says which one is the latest: one that was replaced still hears the clicks on its successor.
    latest: Arc<AtomicU64>,
}

async fn serve<S, F>(mut orders: mpsc::UnboundedReceiver<Order>, requests: Requests, show: S)
where
    S: Fn(Notice, Standing, Click) -> F,
    F: Future<Output = notify_rust::error::Result<Standing>>,
{
    let mut shown: HashMap<NoticeKind, Shown> = HashMap::new();
    let mut warned = false;
    while let Some(order) = orders.recv().await {
        match order {
            Order::Show(notice) => {
                let last = shown.entry(notice.kind).or_default();
                let turn = last.latest.fetch_add(1, Ordering::Relaxed) + 1;
                let latest = Arc::clone(&last.latest);
                let click = Click { requests: requests.clone(), turn, latest, action: None };
                let answer = timeout(LIMIT, show(*notice, last.standing.clone(), click)).await;
                match answer.map_err(|_| NotShown::NoAnswer).and_then(|shown| Ok(shown?)) {
                    Ok(standing) => {
                        last.standing = standing;
                        warned = false;
                    }
                    Err(error) if !warned => {
                        warned = true;
                        tracing::warn!("notifications are not shown: {error}");
                    }
                    Err(_) => {}
                }
            }
            Order::Withdraw(kind) => {
                if let Some(last) = shown.remove(&kind) {
                    // A click that is on its way already is not heard any more.
                    last.latest.fetch_add(1, Ordering::Relaxed);
                    if timeout(LIMIT, close(last.standing)).await.is_err() {
                        tracing::debug!("a notification was not taken back: {}", NotShown::NoAnswer);
                    }
                }
            }
        }
    }
}

/// What a click leads to.
struct Click {
    requests: Requests,
    turn: u64,
    latest: Arc<AtomicU64>,
    action: Option<NoticeAction>,
}

impl Click {
    fn answer(&self, response: &NotificationResponse) {
        match self.asked(response) {
            None => {}
            Some(NoticeAction::Tray(action)) => self.requests.send(Request::Tray(action)),
            // The drawer shows what becomes of it, or why nothing does.
            Some(NoticeAction::Act(action)) => {
                self.requests.send(Request::Tray(TrayAction::Open));
                self.requests.send(Request::Act(action));
            }
        }
    }

    fn asked(&self, response: &NotificationResponse) -> Option<NoticeAction> {
        let action = self.action.as_ref().filter(|_| self.turn == self.latest.load(Ordering::Relaxed))?;
        match response {
            NotificationResponse::Default => Some(action.of_click().into()),
            NotificationResponse::Action(name) => (name == BUTTON).then(|| action.clone()),
            NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
        }
    }
}

/// Gone as soon as the desktop has closed it: a number may be given to another program's then.
#[cfg(target_os = "linux")]
type Standing = std::sync::Weak<NotificationHandle>;

/// Shows it. The connection stays open until it is closed, because some desktops take a notification away
/// with the connection that sent it.
#[cfg(target_os = "linux")]
async fn show(notice: Notice, last: Standing, mut click: Click) -> notify_rust::error::Result<Standing> {
    let mut notification = worded(&notice, &mut click);
    notification.hint(notify_rust::Hint::DesktopEntry(ICON.to_owned()));
    if let Some(last) = last.upgrade() {
        notification.id(last.id());
    }
    let handle = Arc::new(notification.show_async().await?);
    let standing = Arc::downgrade(&handle);
    tokio::spawn(async move {
        handle.wait_for_action_async(|response: &NotificationResponse| click.answer(response)).await;
    });
    Ok(standing)
}

#[cfg(target_os = "linux")]
async fn close(standing: Standing) {
    if let Some(handle) = standing.upgrade() {
        handle.close_async().await;
    }
}

/// Nothing is known of it after it was shown.
#[cfg(not(target_os = "linux"))]
#[derive(Clone, Default)]
struct Standing;

/// Waiting for the click blocks, so each has a thread. Compiled by the workflow only, never run by us.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "the same signature on every system")]
async fn show(notice: Notice, _last: Standing, mut click: Click) -> notify_rust::error::Result<Standing> {
    let mut notification = worded(&notice, &mut click);
    #[cfg(windows)]
    notification.app_id(crate::folder::IDENTIFIER);
    std::thread::spawn(move || {
        let waited = notification.show().and_then(|handle| {
            handle.wait_for_response(|response: &NotificationResponse| click.answer(response))
        });
        if let Err(error) = waited {
            tracing::warn!("a notification was not shown: {error}");
        }
    });
    Ok(Standing)
}

/// It stays until the system takes it away; nothing follows from a click on it.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "the same signature on every system")]
async fn close(_standing: Standing) {}

fn worded(notice: &Notice, click: &mut Click) -> Notification {
    let mut notification = Notification::new();
    notification.appname("ConnectPath Teams").icon(ICON).summary(&notice.title).body(&escaped(&notice.body));
    if let Some((label, action)) = &notice.action {
        click.action = Some(action.clone());
        notification.action("default", label).action(BUTTON, label);
    }
    notification
}

/// Desktops read the body as markup, on Linux only.
fn escaped(text: &str) -> String {
    if cfg!(target_os = "linux") {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use view::{Action, ShownNumber};

    use super::*;

    fn click(requests: &Requests, turn: u64, latest: &Arc<AtomicU64>) -> Click {
        Click {
            requests: requests.clone(),
            turn,
            latest: Arc::clone(latest),
            action: Some(TrayAction::TeamsLogin.into()),
        }
    }

    fn notice(kind: NoticeKind) -> Order {
        let (title, body) = ("t".to_owned(), "b".to_owned());
        Order::Show(Box::new(Notice { kind, title, body, action: None }))
    }

    #[tokio::test(start_paused = true)]
    async fn a_desktop_that_hangs_for_one_notice_is_asked_for_the_next() {
        let (requests, _inbox) = app::channel();
        let (orders, receiver) = mpsc::unbounded_channel();
        for kind in [NoticeKind::Stopped, NoticeKind::TeamsLogin, NoticeKind::Back] {
            orders.send(notice(kind)).expect("a task");
        }
        drop(orders);
        let (tell, mut asked) = mpsc::unbounded_channel();
        let begun = tokio::time::Instant::now();
        serve(receiver, requests, |notice, _, _| {
            tell.send(notice.kind).expect("the test");
            async move {
                if notice.kind == NoticeKind::Stopped {
                    std::future::pending::<()>().await;
                }
                Ok(Standing::default())
            }
        })
        .await;
        let mut kinds = Vec::new();
        while let Ok(kind) = asked.try_recv() {
            kinds.push(kind);
        }
        assert_eq!(kinds, [NoticeKind::Stopped, NoticeKind::TeamsLogin, NoticeKind::Back]);
        assert!(begun.elapsed() <= LIMIT + Duration::from_secs(1), "{:?}", begun.elapsed());
    }

    #[test]
    fn a_name_in_the_body_is_not_markup() {
        let notice = Notice {
            kind: NoticeKind::Settings,
            title: "t".to_owned(),
            body: "<b>R&D</b>".to_owned(),
            action: Some(("Open".to_owned(), TrayAction::Folder.into())),
        };
        let (requests, _inbox) = app::channel();
        let latest = Arc::default();
        let notification = worded(&notice, &mut click(&requests, 1, &latest));
        if cfg!(target_os = "linux") {
            assert_eq!(notification.body, "&lt;b&gt;R&amp;D&lt;/b&gt;");
        }
        assert_eq!(notification.icon, ICON);
        assert_eq!(notification.actions, ["default", "Open", BUTTON, "Open"]);
    }

    #[test]
    fn a_click_on_the_notification_or_its_button_asks_for_the_action() {
        let (requests, _inbox) = app::channel();
        let click = click(&requests, 1, &Arc::new(AtomicU64::new(1)));
        assert_eq!(click.asked(&NotificationResponse::Default), Some(TrayAction::TeamsLogin.into()));
        let button = NotificationResponse::Action(BUTTON.to_owned());
        assert_eq!(click.asked(&button), Some(TrayAction::TeamsLogin.into()));
        let other = NotificationResponse::Action("other".to_owned());
        assert_eq!(click.asked(&other), None);
    }

    #[test]
    fn only_the_button_calls_somebody() {
        let (requests, _inbox) = app::channel();
        let number = ShownNumber { e164: "+441632960029".to_owned(), digits: None };
        let call = NoticeAction::Act(Action::Call { person: "a".to_owned(), number });
        let click = Click { action: Some(call.clone()), ..click(&requests, 1, &Arc::new(AtomicU64::new(1))) };
        assert_eq!(click.asked(&NotificationResponse::Default), Some(TrayAction::Open.into()));
        assert_eq!(click.asked(&NotificationResponse::Action(BUTTON.to_owned())), Some(call));
    }

    #[test]
    fn only_the_latest_of_a_kind_hears_the_click() {
        let (requests, _inbox) = app::channel();
        let latest = Arc::new(AtomicU64::new(2));
        assert_eq!(click(&requests, 1, &latest).asked(&NotificationResponse::Default), None);
        let asked = click(&requests, 2, &latest).asked(&NotificationResponse::Default);
        assert_eq!(asked, Some(TrayAction::TeamsLogin.into()));
    }
}
