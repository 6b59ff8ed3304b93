//! The four windows, opened and closed by one task in the order asked for. A window's label is free only
//! some milliseconds after it was destroyed, so opening again means waiting.

pub mod ccp;
pub mod connect_login;
mod drawer;
pub mod gate;
pub mod own_page;
mod page;
#[cfg(windows)]
mod processes;
mod proxy;
mod settings;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ::net::Proxy;
use app::{Requests, host::CcpPlan};
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc;
use view::SettingsPage;

pub use self::{page::set_ground, settings::LABEL as SETTINGS};

use self::{drawer::Drawer, settings::SettingsWindow};
use crate::folder::Folder;

/// The profile that the CCP window and the login window share: its session is what the login is for.
const CONNECT_PROFILE: &str = "connect";

/// A page that has not said by then that it is rendered is shown as it is: something may be wrong with it, and a click
/// without any answer is worse.
const PATIENCE: Duration = Duration::from_secs(5);

const LABEL_POLL: Duration = Duration::from_millis(10);
const LABEL_POLLS: u32 = 200;

/// What is asked of the windows.
///
/// Without `Debug`: a script may carry a telephone number, which no log should.
pub enum Order {
    /// Show the drawer and give it the focus.
    ShowDrawer,
    /// Close the drawer.
    CloseDrawer,
    /// The drawer's page shows what is true now.
    DrawerRendered,
    /// The drawer's window with this number is gone.
    DrawerGone(u64),
    /// Show the settings window at a page and give it the focus.
    ShowSettings(SettingsPage),
    /// The settings window's page is rendered.
    SettingsRendered,
    /// Close the settings window.
    CloseSettings,
    /// Let pages of Connect go by this proxy from now on, or by that of the system.
    UseProxy(Option<Proxy>),
    /// Open the CCP window anew.
    OpenCcp(CcpPlan),
    /// Run a script in the CCP window.
    RunInCcp(String),
    /// Open the Connect login window.
    OpenConnectLogin(CcpPlan),
}

/// Hands orders to the task that owns the windows.
#[derive(Debug, Clone)]
pub struct Windows {
    orders: mpsc::UnboundedSender<Order>,
    drawer_seen: Arc<AtomicBool>,
}

/// The same for the windows themselves, which must not keep the task alive.
#[derive(Debug, Clone)]
struct WeakWindows(mpsc::WeakUnboundedSender<Order>);

impl WeakWindows {
    fn order(&self, order: Order) {
        // At the end of the program windows close by themselves.
        if let Some(orders) = self.0.upgrade() {
            send(&orders, order);
        }
    }
}

impl Windows {
    /// Starts the task on the present tokio runtime. It ends with the last copy of this value.
    pub fn start(app: AppHandle, requests: Requests, folder: Folder) -> Self {
        let (sender, mut orders) = mpsc::unbounded_channel();
        let drawer_seen = Arc::<AtomicBool>::default();
        let mut drawer = Drawer::new(
            app.clone(),
            requests.clone(),
            folder.clone(),
            WeakWindows(sender.downgrade()),
            Arc::clone(&drawer_seen),
        );
        let mut settings = SettingsWindow::new(app.clone(), requests.clone(), folder.clone());
        tokio::spawn(async move {
            let mut proxy = None;
            loop {
                let due = [drawer.deadline(), settings.deadline()].into_iter().flatten().min();
                let order = tokio::select! {
                    order = orders.recv() => order.map(Some),
                    () = at(due) => Some(None),
                };
                let Some(order) = order else { break };
                let done = match order {
                    None => settings.due().and(drawer.due().await),
                    Some(Order::ShowDrawer) => drawer.show().await,
                    Some(Order::CloseDrawer) => drawer.close().await,
                    Some(Order::DrawerRendered) => drawer.rendered().await,
                    Some(Order::DrawerGone(number)) => drawer.gone(number).await,
                    Some(Order::ShowSettings(page)) => settings.show(page),
                    Some(Order::SettingsRendered) => settings.rendered(),
                    Some(Order::CloseSettings) => settings.close().await,
                    Some(Order::UseProxy(wanted)) => {
                        proxy = wanted;
                        Ok(())
                    }
                    Some(Order::OpenCcp(plan)) => {
                        ccp::open(&app, &requests, &folder, &plan, proxy.as_ref()).await
                    }
                    Some(Order::RunInCcp(script)) => ccp::run(&app, script),
                    Some(Order::OpenConnectLogin(plan)) => {
                        connect_login::open(&app, &requests, &folder, &plan, proxy.as_ref())
                    }
                };
                if let Err(error) = done {
                    tracing::error!("a window could not be opened or closed: {error}");
                }
            }
        });
        Self { orders: sender, drawer_seen }
    }

    /// Hands over one order and returns at once.
    pub fn order(&self, order: Order) {
        send(&self.orders, order);
    }

    /// The page of the window with this label shows what is true now.
    pub fn rendered(&self, label: &str) {
        match label {
            drawer::LABEL => self.order(Order::DrawerRendered),
            settings::LABEL => self.order(Order::SettingsRendered),
            other => tracing::debug!("the window {other} is shown whether it is rendered or not"),
        }
    }

    /// The windows whose pages are to be told of changes: a drawer that is kept hidden is left in peace.
    pub fn notified(&self) -> impl Iterator<Item = &'static str> {
        let drawer = self.drawer_seen.load(Ordering::Relaxed).then_some(drawer::LABEL);
        drawer.into_iter().chain([settings::LABEL])
    }
}

fn send(orders: &mpsc::UnboundedSender<Order>, order: Order) {
    if orders.send(order).is_err() {
        tracing::debug!("a window was asked for after the end");
    }
}

/// Waits for a moment; without one, for ever.
async fn at(moment: Option<std::time::Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment.into()).await,
        None => std::future::pending().await,
    }
}

/// Destroys a window, if it is there, and waits until its label is free.
async fn destroy(app: &AppHandle, label: &str) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(label) {
        window.destroy()?;
    }
    for _ in 0..LABEL_POLLS {
        if app.get_webview_window(label).is_none() {
            break;
        }
        tokio::time::sleep(LABEL_POLL).await;
    }
    Ok(())
}
