//! Opens and closes the four windows. One task carries out the orders one after the other: a window's label becomes free
//! only some milliseconds after its end, so that opening it again has to wait. It must not decide when a window opens.

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
use tauri::{AppHandle, Manager, WebviewWindow};
use tokio::sync::mpsc;
use view::SettingsPage;

pub use self::{page::set_background, settings::LABEL as SETTINGS};

use self::{drawer::Drawer, settings::SettingsWindow};
use crate::folder::Folder;

/// The profile of the CCP window and the login window, which share the session.
const CONNECT_PROFILE: &str = "connect";

/// A page that has not reported by then that it is rendered is shown as it is: a click must have a visible result, even
/// if the page has an error.
const PATIENCE: Duration = Duration::from_secs(5);

const LABEL_POLL: Duration = Duration::from_millis(10);
const LABEL_POLLS: u32 = 200;

/// An order to the task that owns the windows.
///
/// Without `Debug`: a script may contain a telephone number, which must not be logged.
pub enum Order {
    /// Show the drawer and give it the focus.
    ShowDrawer,
    /// Close the drawer.
    CloseDrawer,
    /// The drawer's page shows the current state.
    DrawerRendered,
    /// The drawer's window with this number is gone.
    DrawerGone(u64),
    /// Show the settings window at a page and give it the focus.
    ShowSettings(SettingsPage),
    /// The settings window's page is rendered.
    SettingsRendered,
    /// Close the settings window.
    CloseSettings,
    /// Use this proxy for pages of Connect from now on, or the system's proxy.
    UseProxy(Option<Proxy>),
    /// Open the CCP window, or close it and open it again.
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
    is_drawer_seen: Arc<AtomicBool>,
}

/// Hands orders of the windows themselves to the task, which they must not keep alive.
#[derive(Debug, Clone)]
struct WeakWindows(mpsc::WeakUnboundedSender<Order>);

impl WeakWindows {
    fn order(&self, order: Order) {
        // At the end of the program the windows close without the task.
        if let Some(orders) = self.0.upgrade() {
            send(&orders, order);
        }
    }
}

impl Windows {
    /// Starts the task on the current tokio runtime. It ends with the last copy of this value.
    pub fn start(app: AppHandle, requests: Requests, folder: Folder) -> Self {
        let (sender, mut orders) = mpsc::unbounded_channel();
        let is_drawer_seen = Arc::<AtomicBool>::default();
        let mut drawer = Drawer::new(
            app.clone(),
            requests.clone(),
            folder.clone(),
            WeakWindows(sender.downgrade()),
            Arc::clone(&is_drawer_seen),
        );
        let mut settings = SettingsWindow::new(app.clone(), requests.clone(), folder.clone());
        tokio::spawn(async move {
            let mut proxy = None;
            loop {
                let due = [drawer.deadline(), settings.deadline()].into_iter().flatten().min();
                let order = tokio::select! {
                    order = orders.recv() => order.map(Some),
                    () = wait_until(due) => Some(None),
                };
                let Some(order) = order else { break };
                let result = match order {
                    None => settings.handle_deadline().and(drawer.handle_deadline().await),
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
                            .inspect_err(|_| connect_login::report_missing(&app, &requests))
                    }
                };
                if let Err(error) = result {
                    tracing::error!("a window could not be opened or closed: {error}");
                }
            }
        });
        Self { orders: sender, is_drawer_seen }
    }

    /// Hands over one order and returns at once.
    pub fn order(&self, order: Order) {
        send(&self.orders, order);
    }

    /// Reports that the page of the window with this label shows the current state.
    pub fn rendered(&self, label: &str) {
        match label {
            drawer::LABEL => self.order(Order::DrawerRendered),
            settings::LABEL => self.order(Order::SettingsRendered),
            other => tracing::debug!("the window {other} does not wait until it is rendered"),
        }
    }

    /// The labels of the windows whose pages must be notified of changes. A hidden drawer is left out.
    pub fn labels_to_notify(&self) -> impl Iterator<Item = &'static str> {
        let drawer = self.is_drawer_seen.load(Ordering::Relaxed).then_some(drawer::LABEL);
        drawer.into_iter().chain([settings::LABEL])
    }
}

fn send(orders: &mpsc::UnboundedSender<Order>, order: Order) {
    if orders.send(order).is_err() {
        tracing::debug!("a window was asked for after the end");
    }
}

/// Waits until a moment; without one, for ever.
async fn wait_until(moment: Option<std::time::Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment.into()).await,
        None => std::future::pending().await,
    }
}

/// Destroys a window whose preparation failed: it would stay hidden, and its label would never become free.
fn discard(window: &WebviewWindow) {
    if let Err(error) = window.destroy() {
        tracing::error!("a window could not be destroyed: {error}");
    }
}

/// Destroys a window, if it exists, and waits until its label is free.
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
