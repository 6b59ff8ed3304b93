//! Bare windows of the same web view, against which the application is measured: a hidden one at once, and a
//! visible one for the first line on standard input. It must do nothing else.

use std::io::BufRead;

use tauri::{AppHandle, WebviewUrl, WebviewWindowBuilder};

/// As large as the drawer.
const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 760.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page: tauri::Url = std::env::args().nth(1).ok_or("the address of a page is missing")?.parse()?;
    tauri::Builder::default()
        .setup(move |app| {
            open(app.handle(), "hidden", &page, false)?;
            let app = app.handle().clone();
            std::thread::spawn(move || wait_and_open(&app, &page));
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

fn open(app: &AppHandle, label: &str, page: &tauri::Url, visible: bool) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::External(page.clone()))
        .title("Bare")
        .inner_size(WIDTH, HEIGHT)
        .position(0.0, 0.0)
        .visible(visible)
        .build()
        .map(drop)
}

fn wait_and_open(app: &AppHandle, page: &tauri::Url) {
    let mut line = String::new();
    let asked = std::io::stdin().lock().read_line(&mut line).is_ok_and(|length| length > 0);
    // The measuring program notices that no window comes.
    if asked && open(app, "visible", page, true).is_err() {
        app.exit(1);
    }
}
