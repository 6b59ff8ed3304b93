//! Reads the idle time and the lock from Windows. Run under Wine, never on a real Windows.

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

use super::Reading;

/// A lock is polled.
pub const SIGNALS_LOCK: bool = false;

/// The session of this process.
pub struct Platform;

impl Platform {
    /// Nothing to open, and no signals.
    pub fn new(_: &Sender<()>) -> Self {
        Self
    }

    /// Reads the state from Windows.
    pub fn read(&mut self) -> Reading {
        Reading { idle: idle(), locked: locked() }
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
    let is_complete = usize::try_from(length).is_ok_and(|length| length >= size_of::<WTSINFOEXW>());
    // SAFETY: Windows reports that this many bytes are there; no alignment is assumed.
    let info = is_complete.then(|| unsafe { answer.cast::<WTSINFOEXW>().read_unaligned() });
    // SAFETY: the call above returned this memory, and it is not used again.
    unsafe { WTSFreeMemory(answer.cast()) };
    let info = info.filter(|info| info.Level == 1)?;
    // SAFETY: at level 1 this part of the union is filled.
    let flags = unsafe { info.Data.WTSInfoExLevel1.SessionFlags };
    match flags.cast_unsigned() {
        WTS_SESSIONSTATE_LOCK => Some(true),
        WTS_SESSIONSTATE_UNLOCK => Some(false),
        _ => None,
    }
}
