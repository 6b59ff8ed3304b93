//! Reads the idle time and the lock from macOS. Compiled by the workflow only, never run by us.

use std::{sync::mpsc::Sender, time::Duration};

use objc2_core_foundation::{CFBoolean, CFDictionary, CFString, CFType};
use objc2_core_graphics::{CGEventSource, CGEventSourceStateID, CGEventType, CGSessionCopyCurrentDictionary};

use super::Reading;

/// `kCGAnyInputEventType`.
const ANY_INPUT: CGEventType = CGEventType(u32::MAX);

/// The key of the session's dictionary that exists only while the screen is locked.
const LOCKED: &str = "CGSSessionScreenIsLocked";

/// A lock is polled.
pub const SIGNALS_LOCK: bool = false;

/// The session of this process.
pub struct Platform;

impl Platform {
    /// Nothing to open, and no signals.
    pub fn new(_: &Sender<()>) -> Self {
        Self
    }

    /// Reads the state from macOS.
    pub fn read(&mut self) -> Reading {
        Reading { idle: idle(), locked: locked() }
    }
}

/// Counts input of the devices only, not input that programs generate.
fn idle() -> Option<Duration> {
    let seconds =
        CGEventSource::seconds_since_last_event_type(CGEventSourceStateID::HIDSystemState, ANY_INPUT);
    Duration::try_from_secs_f64(seconds).ok()
}

/// None without a graphical session.
fn locked() -> Option<bool> {
    let session = CGSessionCopyCurrentDictionary()?;
    #[expect(unsafe_code, reason = "the dictionary comes without the types of its contents")]
    // SAFETY: CGSession.h: the keys are strings, the values are property list types.
    let session: &CFDictionary<CFString, CFType> = unsafe { session.cast_unchecked() };
    let Some(value) = session.get(&CFString::from_static_str(LOCKED)) else { return Some(false) };
    value.downcast_ref::<CFBoolean>().map(CFBoolean::as_bool)
}
