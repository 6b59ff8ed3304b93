//! The Team Status Drawer's window: made when it is first shown, and gone when it is closed, because a web
//! view nobody sees costs 160 MB and more.

use app::{Request, Requests};
use tauri::{AppHandle, Manager, PhysicalRect};

use super::page;
use crate::folder::Folder;

/// Its label, which the capability names.
pub const LABEL: &str = "drawer";

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 760.0;
const MIN_WIDTH: f64 = 320.0;
const MIN_HEIGHT: f64 = 480.0;

/// Room for the frame, which is not known before the window is there, in logical pixels.
const FRAME: f64 = 40.0;
const GAP: f64 = 8.0;

/// Shows the drawer and gives it the focus.
pub fn show(app: &AppHandle, requests: &Requests, folder: &Folder) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        return page::raise(&window);
    }
    let mut builder = page::builder(app, LABEL, "index.html", folder)?
        .title("Team status")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(MIN_WIDTH, MIN_HEIGHT);
    // Without a monitor the window system places it; Wayland does so anyway.
    if let Some(monitor) = app.primary_monitor()? {
        let place = Place::beside_the_edge(*monitor.work_area(), monitor.scale_factor());
        builder = builder.inner_size(WIDTH, place.height).position(place.x, place.y);
    }
    page::open(builder, requests, Request::DrawerOpen)
}

/// Closes the drawer, if it is open.
pub fn close(app: &AppHandle) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| window.close())
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
}
