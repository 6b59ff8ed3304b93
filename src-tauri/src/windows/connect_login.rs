//! The visible window for Connect Login: no command, no script of ours. It closes itself when the CCP is
//! reached, and says that it is gone, by whomever it was closed.

use app::{Request, Requests, host::CcpPlan};
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    webview::{NewWindowResponse, PageLoadEvent},
};
use url::Url;

use super::CONNECT_PROFILE;
use crate::folder::Folder;

const LABEL: &str = "connect-login";
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 720.0;

/// Opens the window, or brings it to the front.
pub fn open(app: &AppHandle, requests: &Requests, folder: &Folder, plan: &CcpPlan) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        return window.set_focus();
    }
    let origin = plan.origin.clone();
    let ccp = plan.ccp.clone();
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::External(plan.ccp.clone()))
        .title("Log in to ConnectPath")
        .inner_size(WIDTH, HEIGHT)
        .center()
        .data_directory(folder.profile(CONNECT_PROFILE)?)
        .on_navigation(move |url| may_visit(&origin, url))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(move |window, load| {
            if load.event() == PageLoadEvent::Finished
                && is_ccp(&ccp, load.url())
                && let Err(error) = window.close()
            {
                tracing::warn!("the login window could not be closed: {error}");
            }
        })
        .build()?;
    let requests = requests.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            requests.send(Request::ConnectLoginDone);
        }
    });
    Ok(())
}

/// A company's own sign-in may stand anywhere, but encrypted. `about:` and `blob:` are frames of such pages.
fn may_visit(origin: &Url, url: &Url) -> bool {
    matches!(url.scheme(), "https" | "about" | "blob") || url.origin() == origin.origin()
}

/// Somebody who is not logged in is led away from this path.
fn is_ccp(ccp: &Url, url: &Url) -> bool {
    url.origin() == ccp.origin() && url.path().starts_with(ccp.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn the_ccp_is_told_from_a_login_page() {
        let ccp = url("https://contoso.my.connect.aws/ccp-v2/");
        assert!(is_ccp(&ccp, &url("https://contoso.my.connect.aws/ccp-v2/")));
        assert!(is_ccp(&ccp, &url("https://contoso.my.connect.aws/ccp-v2/softphone")));
        assert!(!is_ccp(&ccp, &url("https://contoso.my.connect.aws/login?next=/ccp-v2/")));
        assert!(!is_ccp(&ccp, &url("https://idp.example.com/ccp-v2/")));
    }

    #[test]
    fn a_login_may_lead_over_other_hosts_but_not_unencrypted() {
        let origin = url("http://127.0.0.1:4711/");
        assert!(may_visit(&origin, &url("https://idp.example.com/saml")));
        assert!(may_visit(&origin, &url("http://127.0.0.1:4711/connect/login")));
        assert!(!may_visit(&origin, &url("http://127.0.0.1:4712/connect/login")));
        assert!(!may_visit(&origin, &url("http://idp.example.com/saml")));
        assert!(!may_visit(&origin, &url("file:///etc/passwd")));
    }
}
