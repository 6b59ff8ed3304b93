//! What `generate_context!` of the bare windows takes from Tauri's build.

fn main() {
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new()) {
        println!("cargo::error={}", format!("{error:#}").replace('\n', " "));
    }
}
