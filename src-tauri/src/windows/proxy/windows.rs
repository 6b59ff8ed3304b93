//! Sets the proxy in WebView2 by arguments of its browser, which must be the same for all windows of a profile, and
//! answers the event that asks for the proxy's login. Compiled only: Wine has no WebView2.

#![expect(unsafe_code, reason = "WebView2 is COM: its calls have no safe form")]

use std::{
    cell::Cell,
    net::IpAddr,
    time::{Duration, Instant},
};

use net::{BypassEntry, Proxy};
use secrecy::ExposeSecret;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry, webview::PlatformWebview};
use webview2_com::{
    BasicAuthenticationRequestedEventHandler,
    Microsoft::Web::WebView2::Win32::{ICoreWebView2_10, ICoreWebView2BasicAuthenticationRequestedEventArgs},
    take_pwstr,
};
use windows_core::{HSTRING, Interface, PWSTR, Result};

/// The arguments that Tauri adds for a browser without arguments of its own (wry: `create_environment`).
const TAURI_ARGUMENTS: &str = "--disable-features=msWebOOUI,msPdfOOUI,msSmartScreenProtection \
                     --autoplay-policy=no-user-gesture-required";

/// A proxy that asks again within this time has not accepted the login.
const REPEAT_TIME: Duration = Duration::from_secs(10);

/// The page with which a window starts: its own.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn first_page(page: WebviewUrl, _: Option<&Proxy>) -> tauri::Result<WebviewUrl> {
    Ok(page)
}

/// Sets the arguments of the browser.
pub fn prepare<'a>(
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
    proxy: Option<&Proxy>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    match proxy {
        Some(proxy) => builder.additional_browser_args(&arguments(proxy)),
        None => builder,
    }
}

/// Answers the proxy when it asks for a login.
pub fn apply(window: &WebviewWindow, proxy: Option<&Proxy>, _: &Url) -> tauri::Result<()> {
    let Some(proxy) = proxy.cloned() else { return Ok(()) };
    window.with_webview(move |view| {
        if let Err(error) = listen(&view, proxy) {
            tracing::warn!("a window cannot log in to the proxy: {error}");
        }
    })
}

/// The arguments of the browser. Chromium always bypasses this machine unless an argument prevents it, and a name does
/// not include its subdomains (Chromium: net/docs/proxy.md).
fn arguments(proxy: &Proxy) -> String {
    let mut bypass = vec!["<-loopback>".to_owned()];
    for entry in proxy.bypass().entries() {
        match entry {
            BypassEntry::Name(name) => bypass.extend([name.clone(), format!("*.{name}")]),
            BypassEntry::Addresses { first: IpAddr::V6(first), prefix: 128 } => {
                bypass.push(format!("[{first}]"));
            }
            BypassEntry::Addresses { .. } => bypass.push(entry.to_string()),
        }
    }
    let (address, bypass) = (proxy.address(), bypass.join(";"));
    format!("{TAURI_ARGUMENTS} --proxy-server={address} --proxy-bypass-list={bypass}")
}

fn listen(view: &PlatformWebview, proxy: Proxy) -> Result<()> {
    let answered = Cell::new(None);
    let handler = BasicAuthenticationRequestedEventHandler::create(Box::new(move |_, args| {
        args.map_or(Ok(()), |args| log_in(&proxy, &args, &answered))
    }));
    let mut token = 0;
    // SAFETY: `with_webview` hands the controller out on the thread that owns it, and it is alive during the call. The
    // token is not kept, because the handler stays until the web view is gone.
    unsafe {
        let web: ICoreWebView2_10 = view.controller().CoreWebView2()?.cast()?;
        web.add_BasicAuthenticationRequested(&handler, &raw mut token)
    }
}

/// Logs in to the proxy. The login of a page is left to the web view.
fn log_in(
    proxy: &Proxy,
    args: &ICoreWebView2BasicAuthenticationRequestedEventArgs,
    answered: &Cell<Option<Instant>>,
) -> Result<()> {
    let mut asking = PWSTR::null();
    // SAFETY: WebView2 keeps the arguments alive during its call, and the place written to is ours; `take_pwstr` frees
    // the text.
    let asking = unsafe {
        args.Uri(&raw mut asking)?;
        take_pwstr(asking)
    };
    if !is_of_proxy(proxy, &asking) {
        return Ok(());
    }
    let is_repeated = answered.replace(Some(Instant::now())).is_some_and(|last| last.elapsed() < REPEAT_TIME);
    // SAFETY: WebView2 keeps the arguments alive during its call.
    unsafe {
        match proxy.login().filter(|_| !is_repeated) {
            Some((user, password)) => {
                let response = args.Response()?;
                response.SetUserName(&HSTRING::from(user.to_string()))?;
                response.SetPassword(&HSTRING::from(password.expose_secret()))
            }
            // A dialog in a hidden window would wait for ever. The cards of the drawer report the missing login.
            None => args.SetCancel(true),
        }
    }
}

/// Whether the proxy asks for the login: the event then has the proxy's own address.
fn is_of_proxy(proxy: &Proxy, asking: &str) -> bool {
    let address = proxy.address();
    Url::parse(asking).is_ok_and(|url| {
        url.host_str() == Some(address.host()) && url.port_or_known_default() == Some(address.port())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(address: &str, bypass: &[&str]) -> Proxy {
        let entries = bypass.iter().map(|entry| entry.parse().expect("an entry")).collect();
        Proxy::new(address.parse().expect("an address"), "priya".parse().ok(), net::Bypass::new(entries))
    }

    #[test]
    fn the_arguments_include_those_of_tauri_and_the_whole_bypass_list() {
        let proxy = proxy("http://proxy:8080", &["*.contoso.com", "10.0.0.0/8", "::1", "fd00::/8"]);
        assert_eq!(
            arguments(&proxy),
            format!(
                "{TAURI_ARGUMENTS} --proxy-server=http://proxy:8080 \
                 --proxy-bypass-list=<-loopback>;contoso.com;*.contoso.com;10.0.0.0/8;[::1];fd00::/8"
            )
        );
    }

    #[test]
    fn the_password_is_sent_to_the_proxy_only() {
        let proxy = proxy("http://proxy.example.com:8080", &[]);
        assert!(is_of_proxy(&proxy, "http://proxy.example.com:8080/"));
        for other in
            ["https://proxy.example.com/", "http://proxy.example.com.evil.example:8080/", "proxy", ""]
        {
            assert!(!is_of_proxy(&proxy, other), "{other}");
        }
    }
}
