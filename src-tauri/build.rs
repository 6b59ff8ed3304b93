//! Creates a permission for every command, and stops with one sentence if the user interface is not built.

use std::path::Path;

#[path = "src/commands/names.rs"]
mod names;

/// The built files of the user interface that `generate_context!` and `include_str!` need.
const BUILT_FILES: [&str; 4] = [
    "../ui/dist/index.html",
    "../ui/dist/settings.html",
    "../ui/dist-ccp/connect-streams-min.js",
    "../ui/dist-ccp/host.js",
];

fn main() {
    for file in BUILT_FILES {
        println!("cargo::rerun-if-changed={file}");
        if !Path::new(file).is_file() {
            println!("cargo::error=The user interface is not built. `cargo xtask run` builds it first.");
            return;
        }
    }
    let manifest = tauri_build::AppManifest::new().commands(names::ALL);
    println!("cargo::rerun-if-changed=app.manifest");
    let windows = tauri_build::WindowsAttributes::new().app_manifest(include_str!("app.manifest"));
    let attributes = tauri_build::Attributes::new().app_manifest(manifest).windows_attributes(windows);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={}", format!("{error:#}").replace('\n', " "));
    }
}
