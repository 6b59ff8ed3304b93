//! The Team Status Drawer's window: made when it is first shown, and gone when it is closed, because a web
//! view nobody sees costs 160 MB and more.

use app::{Request, Requests};
#[cfg(target_os = "linux")]
use tauri::WebviewWindow;
use tauri::{AppHandle, Manager, PhysicalRect, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::folder::Folder;

/// Its label, which the capability names.
pub const LABEL: &str = "drawer";

/// The event that tells of a new revision.
pub const CHANGED: &str = "changed";

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 760.0;
const MIN_WIDTH: f64 = 320.0;
const MIN_HEIGHT: f64 = 480.0;

/// Tauri's `freezePrototype` would do this to every window, and amazon-connect-streams and sign-in pages of
/// companies do not run with it.
const FREEZE: &str = "Object.freeze(Object.prototype);";

/// Room for the frame, which is not known before the window is there, in logical pixels.
const FRAME: f64 = 40.0;
const GAP: f64 = 8.0;

/// Shows the drawer and gives it the focus.
pub fn show(app: &AppHandle, requests: &Requests, folder: &Folder) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        if cfg!(target_os = "linux") {
            // Linux does not raise a window by focus; one that is mapped anew comes to the front.
            window.hide()?;
        }
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    let mut builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Team status")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(MIN_WIDTH, MIN_HEIGHT)
        .data_directory(folder.profile(LABEL)?)
        .initialization_script(FREEZE)
        .on_navigation(is_own)
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny);
    // Without a monitor the window system places it; Wayland does so anyway.
    if let Some(monitor) = app.primary_monitor()? {
        let place = Place::beside_the_edge(*monitor.work_area(), monitor.scale_factor());
        builder = builder.inner_size(WIDTH, place.height).position(place.x, place.y);
    }
    let window = builder.build()?;
    requests.send(Request::DrawerOpen(true));
    let requests = requests.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            requests.send(Request::DrawerOpen(false));
        }
    });
    #[cfg(target_os = "linux")]
    close_when_dead(&window)?;
    window.set_focus()
}

/// A window whose process died stays blank; a new one works.
#[cfg(target_os = "linux")]
fn close_when_dead(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    let dead = window.clone();
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, reason| {
            tracing::warn!("the drawer's process ended: {reason:?}");
            if let Err(error) = dead.destroy() {
                tracing::warn!("the drawer could not be closed: {error}");
            }
        });
    })
}

/// Closes the drawer, if it is open.
pub fn close(app: &AppHandle) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| window.close())
}

/// The built-in page: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Where the drawer stands, in logical pixels.
#[derive(Debug, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    height: f64,
}

impl Place {
    /// At the right edge, and at the end where the system's own bar is: the bottom on Windows, else the top.
    fn beside_the_edge(area: PhysicalRect<i32, u32>, scale: f64) -> Self {
        let left = f64::from(area.position.x) / scale;
        let top = f64::from(area.position.y) / scale;
        let width = f64::from(area.size.width) / scale;
        let room = f64::from(area.size.height) / scale - FRAME - GAP;
        let height = HEIGHT.min(room).max(MIN_HEIGHT);
        let y = if cfg!(windows) { top + (room - height).max(0.0) } else { top };
        Self { x: left + (width - WIDTH - GAP).max(0.0), y, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: i32, y: i32, width: u32, height: u32) -> PhysicalRect<i32, u32> {
        PhysicalRect {
            position: tauri::PhysicalPosition::new(x, y),
            size: tauri::PhysicalSize::new(width, height),
        }
    }

    #[test]
    fn it_stands_at_the_right_edge_of_the_work_area() {
        let place = Place::beside_the_edge(area(1920, 30, 1280, 1050), 1.0);
        assert_eq!((place.x, place.height), (1920.0 + 1280.0 - WIDTH - GAP, HEIGHT));
        let scaled = Place::beside_the_edge(area(0, 0, 2560, 2048), 2.0);
        assert_eq!((scaled.x, scaled.height), (1280.0 - WIDTH - GAP, HEIGHT));
    }

    #[test]
    fn on_a_small_screen_it_is_lower_but_never_lower_than_it_can_be_used() {
        let small = Place::beside_the_edge(area(0, 0, 1024, 600), 1.0);
        assert_eq!(small.height, 600.0 - FRAME - GAP);
        let tiny = Place::beside_the_edge(area(0, 0, 300, 300), 1.0);
        assert_eq!((tiny.x, tiny.height), (0.0, MIN_HEIGHT));
    }

    #[test]
    fn it_shows_its_own_page_only() {
        let may = |address: &str| is_own(&Url::parse(address).expect("an address"));
        assert!(may(if cfg!(windows) { "http://tauri.localhost/" } else { "tauri://localhost/index.html" }));
        assert!(!may("https://example.com/"));
        assert!(!may("http://localhost/"));
        assert!(!may("tauri://example.com/"));
        assert!(!may("data:text/html,x"));
    }
}
