//! Opens the visible window for Connect Login, which has no command and no script of ours. It is shown when its first
//! page is loaded, so that it is never seen blank. It closes itself when it reaches a page of the instance that is not
//! a login. Its end is always reported to the controller.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use app::{Request, Requests, host::CcpPlan};
use net::Proxy;
use settings::Instance;
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{NewWindowResponse, PageLoadEvent},
};
use url::{Origin, Url};
use view::words::say;

use super::{CONNECT_PROFILE, PATIENCE, discard, proxy};
use crate::folder::Folder;

const LABEL: &str = "connect-login";
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 720.0;

/// Opens the window, or brings it to the front. After an error, call [`report_missing`].
pub fn open(
    app: &AppHandle,
    requests: &Requests,
    folder: &Folder,
    plan: &CcpPlan,
    proxy: Option<&Proxy>,
) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        return window.set_focus();
    }
    let is_reached = Arc::new(AtomicBool::new(false));
    let shown = Arc::new(AtomicBool::new(false));
    let is_shown_on_load = Arc::clone(&shown);
    let reached_ccp = Arc::clone(&is_reached);
    let unencrypted = [plan.origin.origin(), plan.login.origin()];
    let instance = Instance::at(&plan.ccp);
    let page = proxy::first_page(WebviewUrl::External(plan.login.clone()), proxy)?;
    let builder = WebviewWindowBuilder::new(app, LABEL, page)
        .title(say("windowTitle.connectLogin"))
        .visible(false)
        .inner_size(WIDTH, HEIGHT)
        .center()
        .data_directory(folder.profile(CONNECT_PROFILE)?)
        .on_navigation(move |url| may_visit(&unencrypted, url))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(move |window, load| {
            // A window may start with the blank page.
            if load.event() != PageLoadEvent::Finished || load.url().scheme() == "about" {
                return;
            }
            if instance.as_ref().is_some_and(|instance| instance.is_inside(load.url())) {
                reached_ccp.store(true, Ordering::Relaxed);
                if let Err(error) = window.close() {
                    tracing::warn!("the login window could not be closed: {error}");
                }
            } else {
                show_once(&window, &is_shown_on_load);
            }
        });
    let window = proxy::prepare(builder, proxy).build()?;
    let requests = requests.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            requests.send(Request::ConnectLoginDone { reached: is_reached.load(Ordering::Relaxed) });
        }
    });
    proxy::apply(&window, proxy, &plan.login).inspect_err(|_| discard(&window))?;
    // A page that hangs is shown too, so that the person sees that it hangs.
    tokio::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        show_once(&window, &shown);
    });
    Ok(())
}

/// Reports the end of a window that could not be opened. One that is being destroyed reports its own.
pub fn report_missing(app: &AppHandle, requests: &Requests) {
    if app.get_webview_window(LABEL).is_none() {
        requests.send(Request::ConnectLoginDone { reached: false });
    }
}

fn show_once(window: &WebviewWindow, shown: &AtomicBool) {
    if !shown.swap(true, Ordering::Relaxed)
        && let Err(error) = window.show().and_then(|()| window.set_focus())
    {
        tracing::debug!("the login window could not be shown: {error}");
    }
}

/// Whether the window may visit an address. A company's sign-in page may be on any host, but must use https; only the
/// origins of the settings may be unencrypted. `about:` and `blob:` are frames of such pages.
fn may_visit(unencrypted: &[Origin], url: &Url) -> bool {
    matches!(url.scheme(), "https" | "about" | "blob") || unencrypted.contains(&url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn a_login_may_visit_other_hosts_only_encrypted() {
        let known = [url("http://127.0.0.1:4711/").origin(), url("http://localhost/saml").origin()];
        assert!(may_visit(&known, &url("https://idp.example.com/saml")));
        assert!(may_visit(&known, &url("http://127.0.0.1:4711/connect/login")));
        assert!(may_visit(&known, &url("http://localhost/other")));
        assert!(!may_visit(&known, &url("http://127.0.0.1:4712/connect/login")));
        assert!(!may_visit(&known, &url("http://idp.example.com/saml")));
        assert!(!may_visit(&known, &url("file:///etc/passwd")));
    }
}
