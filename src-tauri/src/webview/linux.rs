//! Sets environment variables for WebKitGTK, which has no other switches and whose processes inherit them. Other programs
//! that we start must not inherit them.

#[path = "linux/graphics.rs"]
mod graphics;

use std::{env, process::Command, sync::OnceLock};

use doctor::Drawing;

use self::graphics::{Kernel, Reason};
use crate::start_error::StartError;

/// Switches off the DMABUF renderer if [`graphics`] says so. For WebKit every value except 0 means off.
const DMABUF: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

/// Switches off the JavaScript compiler, which costs 8 MiB in the hidden window and 10 MiB in the drawer; both run too
/// little JavaScript to gain by it. WebAssembly and the rest of the language still work, interpreted. The pages of
/// others are not compiled either, so that no memory is both writable and executable.
const JIT: (&str, &str) = ("JSC_useJIT", "0");

/// The variables that this process has set. The programs that it starts must not inherit them, least of all browsers.
static SET: OnceLock<Vec<&str>> = OnceLock::new();

/// How pages are drawn, and why.
static DRAWING: OnceLock<Drawing> = OnceLock::new();

/// Sets the variables. Must be called before any thread is started. A variable that is set already is not changed.
pub fn prepare() {
    let drawing = choose_drawing(env::var_os(DMABUF.0).is_some(), &Kernel::of_this_machine());
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
    // Cannot fail: `main` calls this once.
    let _ = SET.set(set);
    let _ = DRAWING.set(drawing);
    use_one_arena();
}

fn choose_drawing(is_set: bool, kernel: &Kernel<'_>) -> Drawing {
    match kernel.reason_against_dmabuf() {
        _ if is_set => Drawing::AsTheEnvironmentSays,
        Some(Reason::Driver(driver)) => Drawing::WithoutDmabuf { driver: Some(driver) },
        Some(Reason::Device) => Drawing::WithoutDmabuf { driver: None },
        None => Drawing::Usual,
    }
}

/// How pages are drawn, as chosen by [`prepare`].
pub fn current_drawing() -> Drawing {
    DRAWING.get().cloned().unwrap_or(Drawing::Usual)
}

/// Uses one heap for all threads: they allocate little, and each further heap keeps unused memory.
#[cfg(target_env = "gnu")]
fn use_one_arena() {
    #[expect(unsafe_code, reason = "the allocator's setting has no safe form")]
    // SAFETY: takes two numbers; nothing was allocated by another thread yet.
    let taken = unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
    // If it fails, more memory is used.
    let _ = taken;
}

/// Nothing to do: other allocators have no such setting.
#[cfg(not(target_env = "gnu"))]
fn use_one_arena() {}

/// Removes the variables of [`prepare`] from the environment of a program that is to be started.
pub fn clean_environment(command: &mut Command) {
    for name in SET.get().into_iter().flatten() {
        command.env_remove(name);
    }
}

/// Returns an error if there is no display, because GTK would panic.
pub fn require() -> Result<(), StartError> {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("DISPLAY") { Ok(()) } else { Err(StartError::NoDisplay) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_set_already_is_respected() {
        let folder = tempfile::tempdir().expect("a folder");
        let nothing = folder.path().join("nothing");
        let kernel = Kernel { nvidia: &nothing, cards: &nothing, devices: &nothing };
        assert_eq!(choose_drawing(true, &kernel), Drawing::AsTheEnvironmentSays);
        assert_eq!(choose_drawing(false, &kernel), Drawing::WithoutDmabuf { driver: None });
    }

    #[test]
    fn a_started_program_does_not_inherit_the_variables_for_web_views() {
        // No other test sets it.
        SET.set(vec![JIT.0]).expect("nothing was set");
        let mut command = Command::new("browser");
        clean_environment(&mut command);
        assert_eq!(command.get_envs().collect::<Vec<_>>(), [(JIT.0.as_ref(), None)]);
    }
}
