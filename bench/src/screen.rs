//! When something is painted, by the pixels of the screen and not by what a page reports.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use thiserror::Error;
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ConnectionExt, ImageFormat, MapState, Window},
    rust_connection::RustConnection,
};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(4);
/// A picture that does not change for this long is the last one.
const STILL: Duration = Duration::from_millis(1500);
/// How long to wait for it at most.
const LIMIT: Duration = Duration::from_secs(10);
/// Two pictures are the same if at most this part of their pixels differs: a clock may advance meanwhile.
const SAME: f64 = 0.02;
/// A picture shows a list if at least this part of what the last one draws over its background is drawn on it.
const DRAWN: f64 = 0.7;

/// Why nothing was seen.
#[derive(Debug, Error)]
pub enum ScreenError {
    #[error("the display answered: {0}")]
    Display(String),
    #[error("the window \"{0}\" was not painted within 10 s")]
    NotPainted(String),
    #[error("the look at the screen was lost")]
    Lost,
}

impl ScreenError {
    fn display(error: impl std::fmt::Display) -> Self {
        Self::Display(error.to_string())
    }
}

/// What was seen of one opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// From the click until a list is on the screen. States that are read only now may still come into it, and people
    /// change their places by them.
    pub listed: Duration,
    /// From the click until the last picture is on the screen.
    pub painted: Duration,
    /// How long the window was there before that list, with something else in it or with nothing.
    pub unready: Duration,
}

/// What the part of the window showed from a moment on.
struct Shot {
    after: Duration,
    pixels: Vec<u8>,
}

/// Watches the middle of the window with this title, which nobody may see yet; `click` then opens it.
pub async fn opening<E: From<ScreenError>>(
    display: &str,
    title: &'static str,
    click: impl Future<Output = Result<(), E>>,
) -> Result<Opening, E> {
    let display = display.to_owned();
    let (ready, started) = tokio::sync::oneshot::channel();
    let (clicked, begun) = std::sync::mpsc::channel();
    let watching = tokio::task::spawn_blocking(move || {
        let mut screen = Screen::connect(&display)?;
        // The receiver may have given up.
        let _ = ready.send(());
        let begun = begun.recv().map_err(|_| ScreenError::Lost)?;
        screen.watch(title, begun)
    });
    started.await.map_err(|_| ScreenError::Lost)?;
    // Why a watcher has ended is reported below.
    let _ = clicked.send(Instant::now());
    click.await?;
    Ok(watching.await.map_err(|_| ScreenError::Lost)??)
}

struct Screen {
    connection: RustConnection,
    root: Window,
    titles: HashMap<Window, String>,
    name: u32,
}

impl Screen {
    fn connect(display: &str) -> Result<Self, ScreenError> {
        let (connection, screen) = RustConnection::connect(Some(display)).map_err(ScreenError::display)?;
        let root = connection.setup().roots.get(screen).ok_or(ScreenError::Lost)?.root;
        let asked = connection.intern_atom(false, b"_NET_WM_NAME").map_err(ScreenError::display)?;
        let name = asked.reply().map_err(ScreenError::display)?.atom;
        Ok(Self { connection, root, titles: HashMap::new(), name })
    }

    fn watch(&mut self, title: &str, begun: Instant) -> Result<Opening, ScreenError> {
        let mut shots: Vec<Shot> = Vec::new();
        while begun.elapsed() < LIMIT {
            let after = begun.elapsed();
            let pixels = self.window(title)?.and_then(|window| self.middle(window));
            if let Some(pixels) = pixels
                && shots.last().is_none_or(|last| last.pixels != pixels)
            {
                shots.push(Shot { after, pixels });
            }
            if shots.last().is_some_and(|last| begun.elapsed() - last.after > STILL) {
                break;
            }
            std::thread::sleep(LOOK);
        }
        seen(&shots).ok_or_else(|| ScreenError::NotPainted(title.to_owned()))
    }

    /// The visible window with this title. Without a window manager it is a direct child of the screen.
    fn window(&mut self, title: &str) -> Result<Option<Window>, ScreenError> {
        let asked = self.connection.query_tree(self.root).map_err(ScreenError::display)?;
        for window in asked.reply().map_err(ScreenError::display)?.children {
            if self.title(window) == Some(title) && self.is_visible(window) {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }

    /// A window that has no title yet is asked again.
    fn title(&mut self, window: Window) -> Option<&str> {
        if !self.titles.contains_key(&window) {
            let asked = self.connection.get_property(false, window, self.name, AtomEnum::ANY, 0, 256).ok()?;
            let value = asked.reply().ok()?.value;
            if !value.is_empty() {
                self.titles.insert(window, String::from_utf8_lossy(&value).into_owned());
            }
        }
        self.titles.get(&window).map(String::as_str)
    }

    fn is_visible(&self, window: Window) -> bool {
        let asked = self.connection.get_window_attributes(window).ok().and_then(|asked| asked.reply().ok());
        asked.is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    /// The pixels of the middle of a window, where the drawer has its list. None: it was just closed.
    fn middle(&self, window: Window) -> Option<Vec<u8>> {
        let size = self.connection.get_geometry(window).ok()?.reply().ok()?;
        let (x, y) = (size.width / 20, size.height / 10 * 3);
        let (width, height) = (size.width - 2 * x, size.height / 2);
        let (x, y) = (i16::try_from(x).ok()?, i16::try_from(y).ok()?);
        let asked =
            self.connection.get_image(ImageFormat::Z_PIXMAP, window, x, y, width, height, u32::MAX).ok()?;
        Some(asked.reply().ok()?.data)
    }
}

/// The last picture is the painted one, from the moment from which the window showed nothing else.
fn seen(shots: &[Shot]) -> Option<Opening> {
    let (first, last) = (shots.first()?, shots.last()?);
    let same = |shot: &&Shot| differs(&shot.pixels, &last.pixels) <= SAME;
    let painted = shots.iter().rev().take_while(same).last()?;
    let enough = drawn(&last.pixels) * DRAWN;
    let shows_a_list = |shot: &&Shot| drawn(&shot.pixels) >= enough;
    let listed = shots.iter().rev().take_while(shows_a_list).last()?;
    // If the first picture shows the list already, the window was ready when it came.
    Some(Opening { listed: listed.after, painted: painted.after, unready: listed.after - first.after })
}

/// The part of the pixels that are not of the colour that most of them have.
fn drawn(pixels: &[u8]) -> f64 {
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    for pixel in pixels.chunks_exact(4) {
        *counts.entry(pixel).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let ground = counts.values().max().copied().unwrap_or_default();
    share(all - ground, all)
}

fn share(part: usize, all: usize) -> f64 {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if all == 0 { 0.0 } else { count(part) / count(all) }
}

/// The part of the pixels that differ.
fn differs(one: &[u8], other: &[u8]) -> f64 {
    if one.len() != other.len() {
        return 1.0;
    }
    let pixels = one.chunks_exact(4).zip(other.chunks_exact(4));
    let count = pixels.len();
    let different = pixels.filter(|(one, other)| one != other).count();
    if count == 0 { 1.0 } else { share(different, count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of a hundred pixels, of which the first `changed` differ from the background.
    fn shot(ms: u64, background: u8, changed: usize) -> Shot {
        let mut pixels = vec![background; 400];
        pixels[..4 * changed].fill(background + 1);
        Shot { after: Duration::from_millis(ms), pixels }
    }

    fn ms(opening: Option<Opening>) -> Option<[u128; 3]> {
        opening.map(|Opening { listed, painted, unready }| {
            [listed, painted, unready].map(|time| time.as_millis())
        })
    }

    #[test]
    fn it_is_painted_when_it_shows_its_last_picture_and_then_nothing_else() {
        let shots = [shot(300, 0, 0), shot(350, 10, 20), shot(500, 20, 30), shot(900, 20, 32)];
        assert_eq!(ms(seen(&shots)), Some([500, 500, 200]));
    }

    #[test]
    fn a_list_whose_people_change_their_places_is_a_list() {
        let moved = |ms: u64, from: usize| {
            let mut shot = shot(ms, 20, 0);
            shot.pixels[4 * from..4 * (from + 20)].fill(21);
            shot
        };
        assert_eq!(ms(seen(&[shot(200, 20, 1), moved(260, 0), moved(400, 40)])), Some([260, 400, 60]));
    }

    #[test]
    fn a_picture_that_went_away_again_does_not_count() {
        let shots = [shot(10, 20, 30), shot(60, 0, 0), shot(90, 20, 30)];
        assert_eq!(ms(seen(&shots)), Some([90, 90, 80]));
    }

    #[test]
    fn a_window_that_comes_painted_was_ready_at_once() {
        assert_eq!(ms(seen(&[shot(40, 20, 0)])), Some([40, 40, 0]));
        assert_eq!(ms(seen(&[])), None);
    }
}
