//! WebKitGTK has no other switches for these than its environment, which its processes inherit.

use std::{env, fs, path::Path, process::Command, sync::OnceLock};

use crate::start_error::StartError;

/// WebKitGTK shows a blank window with NVIDIA's driver unless its DMABUF renderer is off; and without a graphics card
/// that renderer draws by a software of 60 MiB a page.
const DMABUF: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

/// Compiled JavaScript costs 8 MiB in the hidden window and 10 in the drawer, and both run too little of it to gain by
/// it. WebAssembly and everything else of the language go on to work, interpreted. Nothing is compiled at run time in
/// pages of others either, so that there is no memory that can be written and run.
const JIT: (&str, &str) = ("JSC_useJIT", "0");

/// What this process has set: the programs that it starts must not inherit it, browsers least of all.
static SET: OnceLock<Vec<&str>> = OnceLock::new();

/// Must be called before any thread is started. Somebody who set a variable decides for themselves.
pub fn prepare() {
    let without_dmabuf = needs_no_dmabuf(Path::new("/proc/driver/nvidia/version"), Path::new("/dev/dri"));
    let mut set = Vec::new();
    for (name, value) in [Some(JIT), without_dmabuf.then_some(DMABUF)].into_iter().flatten() {
        if env::var_os(name).is_some() {
            continue;
        }
        #[expect(unsafe_code, reason = "WebKit reads the environment; there is no other switch")]
        // SAFETY: the first call of `main`, when this thread is the only one.
        unsafe {
            env::set_var(name, value);
        }
        set.push(name);
    }
    // `main` calls this once.
    let _ = SET.set(set);
    one_arena();
}

/// True with NVIDIA's driver, and where there is no device to render with: its renderer would be a software.
fn needs_no_dmabuf(nvidia: &Path, devices: &Path) -> bool {
    let can_render = fs::read_dir(devices).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    });
    nvidia.exists() || !can_render
}

/// One heap for all threads: they allocate little, and each heap of their own keeps memory that nobody uses.
#[cfg(target_env = "gnu")]
fn one_arena() {
    #[expect(unsafe_code, reason = "the allocator's setting has no safe form")]
    // SAFETY: takes two numbers; nothing was allocated by another thread yet.
    let taken = unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
    // Without it the memory is used as the allocator thinks best.
    let _ = taken;
}

/// Other allocators have no such setting.
#[cfg(not(target_env = "gnu"))]
fn one_arena() {}

/// Takes what [`prepare`] has set out of the environment of a program to be started.
pub fn forget(command: &mut Command) {
    for name in SET.get().into_iter().flatten() {
        command.env_remove(name);
    }
}

/// GTK panics without a display; this says it in a sentence instead.
pub fn require() -> Result<(), StartError> {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("DISPLAY") { Ok(()) } else { Err(StartError::NoDisplay) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dmabuf_renderer_is_left_on_only_where_a_card_can_render_for_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (nvidia, devices) = (folder.path().join("version"), folder.path().join("dri"));
        assert!(needs_no_dmabuf(&nvidia, &devices), "no devices at all");
        fs::create_dir(&devices).expect("a folder");
        fs::write(devices.join("card0"), "").expect("a file");
        assert!(needs_no_dmabuf(&nvidia, &devices), "a screen, but nothing to render with");
        fs::write(devices.join("renderD128"), "").expect("a file");
        assert!(!needs_no_dmabuf(&nvidia, &devices));
        fs::write(&nvidia, "").expect("a file");
        assert!(needs_no_dmabuf(&nvidia, &devices));
    }

    #[test]
    fn a_started_program_does_not_inherit_what_was_set_for_web_views() {
        // The only test that sets it.
        SET.set(vec![JIT.0]).expect("nothing was set");
        let mut command = Command::new("browser");
        forget(&mut command);
        assert_eq!(command.get_envs().collect::<Vec<_>>(), [(JIT.0.as_ref(), None)]);
    }
}
