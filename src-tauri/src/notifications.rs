//! Shows system notifications, one of each kind at a time, and sends the action of a click to the controller. Nothing
//! may wait for a notification or depend on it: its text is complete without the button.

#[cfg_attr(target_os = "linux", path = "notifications/linux.rs")]
#[cfg_attr(target_os = "macos", path = "notifications/macos.rs")]
#[cfg_attr(windows, path = "notifications/windows.rs")]
mod desktop;

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
use thiserror::Error;
use tokio::{sync::mpsc, time::timeout};
use view::{Notice, NoticeAction, NoticeKind, TrayAction};

use self::desktop::NoticeHandle;
use crate::folder::Folder;

/// The id of the button.
const BUTTON: &str = "act";

/// How long the desktop may take for one notification. One that hangs must not block the next ones.
const SHOW_LIMIT: Duration = Duration::from_secs(5);

/// Why a notification is not shown.
#[derive(Debug, Error)]
enum NotShown {
    /// The desktop refused it, or there is none.
    #[error(transparent)]
    Refused(#[from] desktop::Error),
    /// The desktop did not answer.
    #[error("the desktop does not answer")]
    NoAnswer,
}

/// An order to the task that shows notifications.
enum Order {
    Show(Box<Notice>),
    Withdraw(NoticeKind),
}

/// Hands notices to the task that shows them.
#[derive(Clone)]
pub struct Notifications(mpsc::UnboundedSender<Order>);

impl Notifications {
    /// Starts the task on the current tokio runtime. It ends with the last copy of this value.
    pub fn start(requests: Requests, folder: &Folder) -> Self {
        if let Err(error) = desktop::prepare(folder.path()) {
            tracing::warn!("notifications may not be shown: {error}");
        }
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(serve(receiver, requests, desktop::show));
        Self(sender)
    }

    /// Shows a notification in place of the last one of its kind.
    pub fn show(&self, notice: Notice) {
        self.order(Order::Show(Box::new(notice)));
    }

    /// Withdraws the last notification of this kind, if it is still shown.
    pub fn withdraw(&self, kind: NoticeKind) {
        self.order(Order::Withdraw(kind));
    }

    fn order(&self, order: Order) {
        if self.0.send(order).is_err() {
            tracing::debug!("a notification came after the end");
        }
    }
}

/// The last notification of a kind.
#[derive(Default)]
struct Shown {
    /// Used to replace or to close it.
    handle: NoticeHandle,
    /// The number of the latest notification: a replaced one still receives the clicks on its successor.
    latest: Arc<AtomicU64>,
}

async fn serve<S, F>(mut orders: mpsc::UnboundedReceiver<Order>, requests: Requests, show: S)
where
    S: Fn(Notice, NoticeHandle, ClickHandler) -> F,
    F: Future<Output = Result<NoticeHandle, desktop::Error>>,
{
    let mut shown: HashMap<NoticeKind, Shown> = HashMap::new();
    let mut has_warned = false;
    while let Some(order) = orders.recv().await {
        match order {
            Order::Show(notice) => {
                let last = shown.entry(notice.kind).or_default();
                let turn = last.latest.fetch_add(1, Ordering::Relaxed) + 1;
                let latest = Arc::clone(&last.latest);
                let action = notice.action.as_ref().map(|(_, action)| action.clone());
                let click = ClickHandler { requests: requests.clone(), turn, latest, action };
                let answer = timeout(SHOW_LIMIT, show(*notice, last.handle.clone(), click)).await;
                match answer.map_err(|_| NotShown::NoAnswer).and_then(|shown| Ok(shown?)) {
                    Ok(handle) => {
                        last.handle = handle;
                        has_warned = false;
                    }
                    Err(error) if !has_warned => {
                        has_warned = true;
                        tracing::warn!("notifications are not shown: {error}");
                    }
                    Err(_) => {}
                }
            }
            Order::Withdraw(kind) => {
                if let Some(last) = shown.remove(&kind) {
                    // A click that is already on its way is ignored.
                    last.latest.fetch_add(1, Ordering::Relaxed);
                    if timeout(SHOW_LIMIT, desktop::close(last.handle)).await.is_err() {
                        tracing::debug!("a notification was not withdrawn: {}", NotShown::NoAnswer);
                    }
                }
            }
        }
    }
}

/// What was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clicked {
    /// The notification itself.
    Notification,
    /// Its button.
    Button,
}

/// Carries out a click on one notification.
struct ClickHandler {
    requests: Requests,
    turn: u64,
    latest: Arc<AtomicU64>,
    action: Option<NoticeAction>,
}

impl ClickHandler {
    fn handle(&self, clicked: Clicked) {
        match self.action_of(clicked) {
            None => {}
            Some(NoticeAction::Tray(action)) => self.requests.send(Request::Tray(action)),
            // The drawer shows the result, or the reason for a refusal.
            Some(NoticeAction::Act(action)) => {
                self.requests.send(Request::Tray(TrayAction::Open));
                self.requests.send(Request::Act(action));
            }
        }
    }

    /// The action of a click; None if the notification has none or is not the latest.
    fn action_of(&self, clicked: Clicked) -> Option<NoticeAction> {
        let action = self.action.as_ref().filter(|_| self.turn == self.latest.load(Ordering::Relaxed))?;
        Some(match clicked {
            Clicked::Notification => action.of_click().into(),
            Clicked::Button => action.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use view::{Action, ShownNumber};

    use super::*;

    fn click(requests: &Requests, turn: u64, latest: &Arc<AtomicU64>) -> ClickHandler {
        ClickHandler {
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
    async fn after_a_notice_that_hangs_the_next_is_shown() {
        let (requests, _inbox) = app::channel();
        let (orders, receiver) = mpsc::unbounded_channel();
        for kind in [NoticeKind::Stopped, NoticeKind::TeamsLogin, NoticeKind::Back] {
            orders.send(notice(kind)).expect("a task");
        }
        drop(orders);
        let (report, mut shown) = mpsc::unbounded_channel();
        let begun = tokio::time::Instant::now();
        serve(receiver, requests, |notice, _, _| {
            report.send(notice.kind).expect("the test");
            async move {
                if notice.kind == NoticeKind::Stopped {
                    std::future::pending::<()>().await;
                }
                Ok(NoticeHandle::default())
            }
        })
        .await;
        let mut kinds = Vec::new();
        while let Ok(kind) = shown.try_recv() {
            kinds.push(kind);
        }
        assert_eq!(kinds, [NoticeKind::Stopped, NoticeKind::TeamsLogin, NoticeKind::Back]);
        assert!(begun.elapsed() <= SHOW_LIMIT + Duration::from_secs(1), "{:?}", begun.elapsed());
    }

    #[test]
    fn a_click_on_the_notification_or_its_button_asks_for_the_action() {
        let (requests, _inbox) = app::channel();
        let click = click(&requests, 1, &Arc::new(AtomicU64::new(1)));
        for clicked in [Clicked::Notification, Clicked::Button] {
            assert_eq!(click.action_of(clicked), Some(TrayAction::TeamsLogin.into()));
        }
    }

    #[test]
    fn only_the_button_calls_somebody() {
        let (requests, _inbox) = app::channel();
        let number = ShownNumber { e164: "+441632960029".to_owned(), digits: None };
        let call = NoticeAction::Act(Action::Call { person: "a".to_owned(), number });
        let click =
            ClickHandler { action: Some(call.clone()), ..click(&requests, 1, &Arc::new(AtomicU64::new(1))) };
        assert_eq!(click.action_of(Clicked::Notification), Some(TrayAction::Open.into()));
        assert_eq!(click.action_of(Clicked::Button), Some(call));
    }

    #[test]
    fn only_the_latest_of_a_kind_handles_the_click() {
        let (requests, _inbox) = app::channel();
        let latest = Arc::new(AtomicU64::new(2));
        assert_eq!(click(&requests, 1, &latest).action_of(Clicked::Notification), None);
        let asked = click(&requests, 2, &latest).action_of(Clicked::Notification);
        assert_eq!(asked, Some(TrayAction::TeamsLogin.into()));
    }
}
