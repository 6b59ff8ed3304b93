//! Idleness and the lock from Windows. Run under Wine, never on a real Windows.

#![expect(unsafe_code, reason = "the system calls have no safe form")]

use std::{mem::size_of, ptr, sync::mpsc::Sender, time::Duration};

use windows_sys::Win32::{
    System::{
        RemoteDesktop::{
            WTS_CURRENT_SESSION, WTS_SESSIONSTATE_LOCK, WTS_SESSIONSTATE_UNLOCK, WTSFreeMemory, WTSINFOEXW,
            WTSQuerySessionInformationW, WTSSessionInfoEx,
        },
        SystemInformation::GetTickCount,
    },
    UI::Input::KeyboardAndMouse::{GetLastInputInfo, LASTINPUTINFO},
};

use super::Seen;

/// A lock is looked for.
pub const SIGNALS_LOCK: bool = false;

/// The session of this process.
pub struct Platform;

impl Platform {
    /// Nothing has to be opened, and nothing is written.
    pub fn new(_: &Sender<()>) -> Self {
        Self
    }

    /// Asks Windows.
    pub fn look(&mut self) -> Seen {
        Seen { idle: idle(), locked: locked() }
    }
}

fn idle() -> Option<Duration> {
    let size = u32::try_from(size_of::<LASTINPUTINFO>()).ok()?;
    let mut last = LASTINPUTINFO { cbSize: size, dwTime: 0 };
    // SAFETY: the structure is ours, outlives the call and contains its own size.
    if unsafe { GetLastInputInfo(&raw mut last) } == 0 {
        return None;
    }
    // SAFETY: takes nothing.
    let now = unsafe { GetTickCount() };
    // Both count milliseconds and wrap around after 49.7 days.
    Some(Duration::from_millis(now.wrapping_sub(last.dwTime).into()))
}

fn locked() -> Option<bool> {
    let mut answer = ptr::null_mut();
    let mut length = 0;
    // SAFETY: both places are ours and live through the call. No handle means this machine.
    let succeeded = unsafe {
        WTSQuerySessionInformationW(
            ptr::null_mut(),
            WTS_CURRENT_SESSION,
            WTSSessionInfoEx,
            &raw mut answer,
            &raw mut length,
        )
    };
    if succeeded == 0 || answer.is_null() {
        return None;
    }
    let whole = usize::try_from(length).is_ok_and(|length| length >= size_of::<WTSINFOEXW>());
    // SAFETY: Windows says that so many bytes are there; nothing is assumed about where they begin.
    let info = whole.then(|| unsafe { answer.cast::<WTSINFOEXW>().read_unaligned() });
    // SAFETY: Windows gave this memory by the call above, and it is not used again.
    unsafe { WTSFreeMemory(answer.cast()) };
    let info = info.filter(|info| info.Level == 1)?;
    // SAFETY: level 1 says which part of the union is filled.
    let flags = unsafe { info.Data.WTSInfoExLevel1.SessionFlags };
    match flags.cast_unsigned() {
        WTS_SESSIONSTATE_LOCK => Some(true),
        WTS_SESSIONSTATE_UNLOCK => Some(false),
        _ => None,
    }
}
