//! The four windows, opened and closed by one task in the order asked for. A window's label is free only
//! some milliseconds after it was destroyed, so opening again means waiting.

pub mod ccp;
pub mod connect_login;
pub mod drawer;
pub mod own_page;
mod page;
pub mod settings;

use std::time::Duration;

use app::{Requests, host::CcpPlan};
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc;
use view::SettingsPage;

use crate::folder::Folder;

/// The profile that the CCP window and the login window share: its session is what the login is for.
const CONNECT_PROFILE: &str = "connect";

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
    /// Show the settings window at a page and give it the focus.
    ShowSettings(SettingsPage),
    /// Open the CCP window anew.
    OpenCcp(CcpPlan),
    /// Run a script in the CCP window.
    RunInCcp(String),
    /// Open the Connect login window.
    OpenConnectLogin(CcpPlan),
}

/// Hands orders to the task that owns the windows.
#[derive(Debug, Clone)]
pub struct Windows(mpsc::UnboundedSender<Order>);

impl Windows {
    /// Starts the task on the present tokio runtime. It ends with the last copy of this value.
    pub fn start(app: AppHandle, requests: Requests, folder: Folder) -> Self {
        let (sender, mut orders) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(order) = orders.recv().await {
                let done = match order {
                    Order::ShowDrawer => drawer::show(&app, &requests, &folder),
                    Order::CloseDrawer => drawer::close(&app),
                    Order::ShowSettings(page) => settings::show(&app, &requests, &folder, page),
                    Order::OpenCcp(plan) => ccp::open(&app, &requests, &folder, &plan).await,
                    Order::RunInCcp(script) => ccp::run(&app, script),
                    Order::OpenConnectLogin(plan) => connect_login::open(&app, &requests, &folder, &plan),
                };
                if let Err(error) = done {
                    tracing::error!("a window could not be opened or closed: {error}");
                }
            }
        });
        Self(sender)
    }

    /// Hands over one order and returns at once.
    pub fn order(&self, order: Order) {
        if self.0.send(order).is_err() {
            tracing::debug!("a window was asked for after the end");
        }
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
