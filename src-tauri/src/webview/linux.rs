//! WebKitGTK has no other switches for these than its environment, which its processes inherit.

#[path = "linux/graphics.rs"]
mod graphics;

use std::{env, process::Command, sync::OnceLock};

use doctor::Drawing;

use self::graphics::{Kernel, Without};
use crate::start_error::StartError;

/// Off where [`graphics`] says so. WebKit takes every value but 0 for off.
const DMABUF: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

/// Compiled JavaScript costs 8 MiB in the hidden window and 10 in the drawer, and both run too little of it to gain by
/// it. WebAssembly and everything else of the language go on to work, interpreted. Nothing is compiled at run time in
/// pages of others either, so that there is no memory that can be written and run.
const JIT: (&str, &str) = ("JSC_useJIT", "0");

/// What this process has set: the programs that it starts must not inherit it, browsers least of all.
static SET: OnceLock<Vec<&str>> = OnceLock::new();

/// How pages are drawn, and why.
static DRAWING: OnceLock<Drawing> = OnceLock::new();

/// Must be called before any thread is started. Somebody who set a variable decides for themselves.
pub fn prepare() {
    let drawing = drawing(env::var_os(DMABUF.0).is_some(), &Kernel::of_this_machine());
    let is_off = matches!(drawing, Drawing::WithoutDmabuf { .. });
    let mut set = Vec::new();
    for (name, value) in [Some(JIT), is_off.then_some(DMABUF)].into_iter().flatten() {
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
    let _ = DRAWING.set(drawing);
    one_arena();
}

fn drawing(is_set: bool, kernel: &Kernel<'_>) -> Drawing {
    match kernel.without_dmabuf() {
        _ if is_set => Drawing::AsTheEnvironmentSays,
        Some(Without::Driver(driver)) => Drawing::WithoutDmabuf { driver: Some(driver) },
        Some(Without::Device) => Drawing::WithoutDmabuf { driver: None },
        None => Drawing::Usual,
    }
}

/// How pages are drawn since [`prepare`].
pub fn drawn() -> Drawing {
    DRAWING.get().cloned().unwrap_or(Drawing::Usual)
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
    fn whoever_set_the_variable_decides() {
        let folder = tempfile::tempdir().expect("a folder");
        let nothing = folder.path().join("nothing");
        let kernel = Kernel { nvidia: &nothing, cards: &nothing, devices: &nothing };
        assert_eq!(drawing(true, &kernel), Drawing::AsTheEnvironmentSays);
        assert_eq!(drawing(false, &kernel), Drawing::WithoutDmabuf { driver: None });
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
