//! What the windows with built-in pages share: each shows its own page only, and is gone when its process died.

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
use crate::folder::Folder;

/// Their profile: one for all, so that the web view's own processes are shared.
const PROFILE: &str = "drawer";

/// Tauri's `freezePrototype` would do this to every window, and amazon-connect-streams and sign-in pages of
/// companies do not run with it.
const FREEZE: &str = "Object.freeze(Object.prototype);";

/// The ground of the light and the dark theme, as the pages have it.
const LIGHT: Color = Color(255, 255, 255, 255);
const DARK: Color = Color(41, 41, 41, 255);

/// A window that shows the built-in page of this address.
pub fn builder<'a>(
    app: &'a AppHandle,
    label: &str,
    address: &str,
    folder: &Folder,
) -> tauri::Result<WebviewWindowBuilder<'a, Wry, AppHandle>> {
    Ok(WebviewWindowBuilder::new(app, label, WebviewUrl::App(address.into()))
        .data_directory(folder.profile(PROFILE)?)
        .initialization_script(FREEZE)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny))
}

/// Creates the window, and reports to the controller now and when it is destroyed.
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
    close_when_dead(&window)
}

/// Gives a window the ground of its page, which is seen before the page is painted and while the window grows, and a
/// frame that fits.
pub fn set_ground(window: &WebviewWindow, dark: bool) -> tauri::Result<()> {
    let ground = if dark { DARK } else { LIGHT };
    window.set_background_color(Some(ground))?;
    system::darken_frame(window, dark)
}

/// Brings a window to the front.
pub fn raise(window: &WebviewWindow) -> tauri::Result<()> {
    if cfg!(target_os = "linux") {
        // Linux does not raise a window by focus; one that is mapped again comes to the front.
        window.hide()?;
    }
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// The built-in pages: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own(url: &Url) -> bool {
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
    fn it_shows_built_in_pages_only() {
        let may = |address: &str| is_own(&Url::parse(address).expect("an address"));
        assert!(may(if cfg!(windows) { "http://tauri.localhost/" } else { "tauri://localhost/index.html" }));
        assert!(!may("https://example.com/"));
        assert!(!may("http://localhost/"));
        assert!(!may("tauri://example.com/"));
        assert!(!may("data:text/html,x"));
    }
}
