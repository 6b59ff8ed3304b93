//! Shared by the windows with built-in pages. Such a window must show its own page only, and is closed when its process
//! dies.

#[cfg_attr(target_os = "linux", path = "page/linux.rs")]
#[cfg_attr(target_os = "macos", path = "page/macos.rs")]
#[cfg_attr(windows, path = "page/windows.rs")]
mod system;

use app::{Request, Requests};
use tauri::{
    AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry,
    webview::{Color, NewWindowResponse},
};

pub use self::system::close_when_dead;
use super::discard;
use crate::folder::Folder;

/// The profile of all these windows, which so share the web view's own processes.
const PROFILE: &str = "drawer";

/// Tauri's `freezePrototype` would freeze it in every window, but amazon-connect-streams and the sign-in pages of
/// companies do not work with that.
const FREEZE: &str = "Object.freeze(Object.prototype);";

/// The background colours of the light and the dark theme, as in the pages.
const LIGHT: Color = Color(255, 255, 255, 255);
const DARK: Color = Color(41, 41, 41, 255);

/// Prepares a window that shows the built-in page of this address.
pub fn builder<'a>(
    app: &'a AppHandle,
    label: &str,
    address: &str,
    folder: &Folder,
) -> tauri::Result<WebviewWindowBuilder<'a, Wry, AppHandle>> {
    Ok(WebviewWindowBuilder::new(app, label, WebviewUrl::App(address.into()))
        .data_directory(folder.profile(PROFILE)?)
        .initialization_script(FREEZE)
        .on_navigation(is_built_in)
        .on_new_window(|_, _| NewWindowResponse::Deny))
}

/// Creates the window, and reports to the controller now and when it is destroyed. A window that could not be prepared is
/// destroyed again.
pub fn open(
    builder: WebviewWindowBuilder<'_, Wry, AppHandle>,
    requests: &Requests,
    request: fn(bool) -> Request,
) -> tauri::Result<()> {
    let window = builder.build()?;
    requests.send(request(true));
    let requests = requests.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            requests.send(request(false));
        }
    });
    close_when_dead(&window).inspect_err(|_| discard(&window))
}

/// Gives a window the background of its page, which is visible before the page is painted and while the window grows, and
/// a frame in the same theme.
pub fn set_background(window: &WebviewWindow, is_dark: bool) -> tauri::Result<()> {
    let background = if is_dark { DARK } else { LIGHT };
    window.set_background_color(Some(background))?;
    system::set_frame_theme(window, is_dark)
}

/// Brings a window to the front.
pub fn raise(window: &WebviewWindow) -> tauri::Result<()> {
    if cfg!(target_os = "linux") {
        // On Linux the focus does not raise a window, but showing it again does.
        window.hide()?;
    }
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// Whether an address is a built-in page: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_built_in(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_built_in_pages_are_shown() {
        let may = |address: &str| is_built_in(&Url::parse(address).expect("an address"));
        assert!(may(if cfg!(windows) { "http://tauri.localhost/" } else { "tauri://localhost/index.html" }));
        assert!(!may("https://example.com/"));
        assert!(!may("http://localhost/"));
        assert!(!may("tauri://example.com/"));
        assert!(!may("data:text/html,x"));
    }
}
