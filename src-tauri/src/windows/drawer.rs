//! The Team Status Drawer's window: carries out what its [`life`] asks for.

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

/// Its label, which the capability names.
pub const LABEL: &str = "drawer";

/// The event that reports to the page whether it is visible, or about to be.
const SEEN: &str = "seen";

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 760.0;
const MIN_WIDTH: f64 = 320.0;
const MIN_HEIGHT: f64 = 480.0;

/// Room for the frame, which is not known before the window is there, in logical pixels.
const FRAME: f64 = 40.0;
const GAP: f64 = 8.0;

/// The drawer, whether its window is there or not.
pub(super) struct Drawer {
    app: AppHandle,
    requests: Requests,
    folder: Folder,
    windows: WeakWindows,
    seen: Arc<AtomicBool>,
    life: Life,
}

impl Drawer {
    /// A drawer without a window. `seen` says later whether its page must be notified of changes.
    pub(super) fn new(
        app: AppHandle,
        requests: Requests,
        folder: Folder,
        windows: WeakWindows,
        seen: Arc<AtomicBool>,
    ) -> Self {
        Self { app, requests, folder, windows, seen, life: Life::default() }
    }

    /// When [`Drawer::due`] is to be called.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.life.deadline()
    }

    pub(super) async fn due(&mut self) -> tauri::Result<()> {
        self.on(Input::Due).await
    }

    /// Shows it and gives it the focus.
    pub(super) async fn show(&mut self) -> tauri::Result<()> {
        self.on(Input::Asked).await
    }

    /// Its page is rendered.
    pub(super) async fn rendered(&mut self) -> tauri::Result<()> {
        self.on(Input::Rendered).await
    }

    /// Takes it from the screen.
    pub(super) async fn close(&mut self) -> tauri::Result<()> {
        self.on(Input::Closed).await
    }

    /// The window with this number is gone.
    pub(super) async fn gone(&mut self, number: u64) -> tauri::Result<()> {
        self.on(Input::Gone(number)).await
    }

    async fn on(&mut self, input: Input) -> tauri::Result<()> {
        for step in self.life.on(input, Instant::now()) {
            if let Err(error) = self.take(step).await {
                if let Step::Build(number) = step {
                    for step in self.life.on(Input::Gone(number), Instant::now()) {
                        self.take(step).await?;
                    }
                }
                return Err(error);
            }
        }
        Ok(())
    }

    async fn take(&self, step: Step) -> tauri::Result<()> {
        match step {
            Step::Tell(open) => {
                self.seen.store(open, Ordering::Relaxed);
                self.requests.send(Request::DrawerOpen(open));
                Ok(())
            }
            Step::Build(number) => {
                // The label of one that died is not free at once.
                destroy(&self.app, LABEL).await?;
                self.build(number)
            }
            Step::Refresh => self.app.emit_to(LABEL, SEEN, true),
            Step::Show => self.window().map_or(Ok(()), |window| self.put_up(&window)),
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

    /// A hidden window is shown where a new one would be: the monitors may have changed.
    fn put_up(&self, window: &WebviewWindow) -> tauri::Result<()> {
        if let Some(place) = self.place()? {
            window.set_size(tauri::LogicalSize::new(WIDTH, place.height))?;
            window.set_position(tauri::LogicalPosition::new(place.x, place.y))?;
        }
        window.show()?;
        window.set_focus()
    }

    /// None without a monitor: then the window system places it, as Wayland does anyway.
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
