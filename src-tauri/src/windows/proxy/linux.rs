//! Sets the proxy in WebKitGTK, which has one for each profile and only once a window exists. So the window starts with a
//! blank page, and loads its own page when the proxy is set: no request may be sent without the proxy.

use gtk::glib::translate::{ToGlibPtr, ToGlibPtrMut};
use net::Proxy;
use secrecy::ExposeSecret;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};
use webkit2gtk::{
    AuthenticationRequest, AuthenticationRequestExt, Credential, CredentialPersistence, NetworkProxyMode,
    NetworkProxySettings, WebContextExt, WebViewExt, WebsiteDataManagerExt, ffi,
};

/// The page with which a window starts.
pub fn first_page(page: WebviewUrl, proxy: Option<&Proxy>) -> tauri::Result<WebviewUrl> {
    match proxy {
        Some(_) => Ok(WebviewUrl::External(Url::parse("about:blank").map_err(tauri::Error::InvalidUrl)?)),
        None => Ok(page),
    }
}

/// Nothing to do: the proxy cannot be set before the window exists.
pub fn prepare<'a>(
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
    _: Option<&Proxy>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    builder
}

/// Sets the proxy, and loads the page if the window started with a blank one.
pub fn apply(window: &WebviewWindow, proxy: Option<&Proxy>, page: &Url) -> tauri::Result<()> {
    let (proxy, page) = (proxy.cloned(), page.to_string());
    window.with_webview(move |view| {
        let view = view.inner();
        let Some(manager) = view.context().and_then(|context| context.website_data_manager()) else {
            return tracing::error!("a window has no profile, so its proxy cannot be set");
        };
        let Some(proxy) = proxy else {
            // An earlier window of this profile may have set one.
            return manager.set_network_proxy_settings(NetworkProxyMode::Default, None);
        };
        let bypass: Vec<String> = proxy.bypass().entries().iter().map(ToString::to_string).collect();
        let bypass: Vec<&str> = bypass.iter().map(String::as_str).collect();
        let mut settings = NetworkProxySettings::new(Some(&proxy.address().to_string()), &bypass);
        manager.set_network_proxy_settings(NetworkProxyMode::Custom, Some(&mut settings));
        view.connect_authenticate(move |_, request| log_in(&proxy, request));
        view.load_uri(&page);
    })
}

/// Logs in to the proxy, once. The login of a page is left to the web view.
fn log_in(proxy: &Proxy, request: &AuthenticationRequest) -> bool {
    if !request.is_for_proxy() {
        return false;
    }
    match proxy.login().filter(|_| !request.is_retry()) {
        Some((user, password)) => {
            let kept = CredentialPersistence::ForSession;
            answer(request, &mut Credential::new(&user.to_string(), password.expose_secret(), kept));
        }
        // A dialog in a hidden window would wait for ever. The cards of the drawer report the missing login.
        None => request.cancel(),
    }
    true
}

#[expect(unsafe_code, reason = "the binding leaves this call out")]
fn answer(request: &AuthenticationRequest, login: &mut Credential) {
    // SAFETY: both values are alive during the call, which copies the login.
    unsafe {
        ffi::webkit_authentication_request_authenticate(request.to_glib_none().0, login.to_glib_none_mut().0);
    }
}
