//! The Team Status Drawer's window: carries out the steps of its [`life`], and decides none of them.

mod life;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use app::{Request, Requests};
use tauri::{AppHandle, Emitter, Manager, PhysicalRect, WebviewWindow, WindowEvent};
use view::words::say;

use self::life::{Input, Life, Step};
use super::{Order, WeakWindows, destroy, page};
use crate::folder::Folder;

/// The label of the window, which the capability names.
pub const LABEL: &str = "drawer";

/// The event that reports to the page whether it is visible, or about to be.
const SEEN: &str = "seen";

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 760.0;
const MIN_WIDTH: f64 = 320.0;
const MIN_HEIGHT: f64 = 480.0;

/// Space for the frame in logical pixels. Its real size is unknown until the window exists.
const FRAME: f64 = 40.0;
const GAP: f64 = 8.0;

/// The drawer, whether its window exists or not.
pub(super) struct Drawer {
    app: AppHandle,
    requests: Requests,
    folder: Folder,
    windows: WeakWindows,
    is_seen: Arc<AtomicBool>,
    life: Life,
}

impl Drawer {
    /// A drawer without a window. It keeps in `is_seen` whether its page must be notified of changes.
    pub(super) fn new(
        app: AppHandle,
        requests: Requests,
        folder: Folder,
        windows: WeakWindows,
        is_seen: Arc<AtomicBool>,
    ) -> Self {
        Self { app, requests, folder, windows, is_seen, life: Life::default() }
    }

    /// When [`Drawer::handle_deadline`] is to be called.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.life.deadline()
    }

    pub(super) async fn handle_deadline(&mut self) -> tauri::Result<()> {
        self.handle(Input::Due).await
    }

    /// Shows the drawer and gives it the focus.
    pub(super) async fn show(&mut self) -> tauri::Result<()> {
        self.handle(Input::Asked).await
    }

    /// Handles the report that its page is rendered.
    pub(super) async fn rendered(&mut self) -> tauri::Result<()> {
        self.handle(Input::Rendered).await
    }

    /// Hides the drawer.
    pub(super) async fn close(&mut self) -> tauri::Result<()> {
        self.handle(Input::Closed).await
    }

    /// Handles the end of the window with this number.
    pub(super) async fn gone(&mut self, number: u64) -> tauri::Result<()> {
        self.handle(Input::Gone(number)).await
    }

    async fn handle(&mut self, input: Input) -> tauri::Result<()> {
        for step in self.life.handle(input, Instant::now()) {
            if let Err(error) = self.carry_out(step).await {
                if let Step::Build(number) = step {
                    for step in self.life.handle(Input::Gone(number), Instant::now()) {
                        self.carry_out(step).await?;
                    }
                }
                return Err(error);
            }
        }
        Ok(())
    }

    async fn carry_out(&self, step: Step) -> tauri::Result<()> {
        match step {
            Step::Report(is_open) => {
                self.is_seen.store(is_open, Ordering::Relaxed);
                self.requests.send(Request::DrawerOpen(is_open));
                Ok(())
            }
            Step::Build(number) => {
                // The label of a window that died may not be free yet.
                destroy(&self.app, LABEL).await?;
                self.build(number)
            }
            Step::Refresh => self.app.emit_to(LABEL, SEEN, true),
            Step::Show => self.window().map_or(Ok(()), |window| self.show_in_place(&window)),
            Step::Raise => self.window().map_or(Ok(()), |window| page::raise(&window)),
            Step::Hide => {
                self.window().map_or(Ok(()), |window| window.hide())?;
                self.app.emit_to(LABEL, SEEN, false)
            }
            Step::Release => destroy(&self.app, LABEL).await,
        }
    }

    fn window(&self) -> Option<WebviewWindow> {
        self.app.get_webview_window(LABEL)
    }

    fn build(&self, number: u64) -> tauri::Result<()> {
        let mut builder = page::builder(&self.app, LABEL, "index.html", &self.folder)?
            .title(say("windowTitle.drawer"))
            .visible(false)
            .inner_size(WIDTH, HEIGHT)
            .min_inner_size(MIN_WIDTH, MIN_HEIGHT);
        if let Some(place) = self.place()? {
            builder = builder.inner_size(WIDTH, place.height).position(place.x, place.y);
        }
        let window = builder.build()?;
        let windows = self.windows.clone();
        window.on_window_event(move |event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                windows.order(Order::CloseDrawer);
            } else if let WindowEvent::Destroyed = event {
                windows.order(Order::DrawerGone(number));
            }
        });
        page::close_when_dead(&window)
    }

    /// Shows the window at the place of a new one, because the monitors may have changed since it was hidden.
    fn show_in_place(&self, window: &WebviewWindow) -> tauri::Result<()> {
        if let Some(place) = self.place()? {
            window.set_size(tauri::LogicalSize::new(WIDTH, place.height))?;
            window.set_position(tauri::LogicalPosition::new(place.x, place.y))?;
        }
        window.show()?;
        window.set_focus()
    }

    /// The place of the window. None without a monitor: the window system then places it, as Wayland always does.
    fn place(&self) -> tauri::Result<Option<Place>> {
        let monitor = self.app.primary_monitor()?;
        Ok(monitor.map(|monitor| Place::beside_the_edge(*monitor.work_area(), monitor.scale_factor())))
    }
}

/// The place of the drawer, in logical pixels.
#[derive(Debug, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    height: f64,
}

impl Place {
    /// The place at the right edge, and at the side of the system's own bar: the bottom on Windows, else the top.
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
    fn its_place_is_the_right_edge_of_the_work_area() {
        let place = Place::beside_the_edge(area(1920, 30, 1280, 1050), 1.0);
        assert_eq!((place.x, place.height), (1920.0 + 1280.0 - WIDTH - GAP, HEIGHT));
        let scaled = Place::beside_the_edge(area(0, 0, 2560, 2048), 2.0);
        assert_eq!((scaled.x, scaled.height), (1280.0 - WIDTH - GAP, HEIGHT));
    }

    #[test]
    fn on_a_small_screen_it_is_lower_but_not_below_its_least_height() {
        let small = Place::beside_the_edge(area(0, 0, 1024, 600), 1.0);
        assert_eq!(small.height, 600.0 - FRAME - GAP);
        let tiny = Place::beside_the_edge(area(0, 0, 300, 300), 1.0);
        assert_eq!((tiny.x, tiny.height), (0.0, MIN_HEIGHT));
    }
}
