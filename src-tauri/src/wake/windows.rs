//! Receives sleep and the network from Windows by callbacks. Run under Wine, never on a real Windows.

#![expect(unsafe_code, reason = "the system calls have no safe form")]

use std::{
    ffi::c_void,
    io,
    ptr::{self, NonNull},
    sync::{
        OnceLock,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use app::{Request, Requests};
use windows_sys::Win32::{
    Foundation::{ERROR_SUCCESS, NO_ERROR},
    NetworkManagement::IpHelper::{
        MIB_NOTIFICATION_TYPE, MIB_UNICASTIPADDRESS_ROW, MibAddInstance, NotifyUnicastIpAddressChange,
    },
    Networking::WinSock::AF_UNSPEC,
    System::Power::{DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS, PowerRegisterSuspendResumeNotification},
    UI::WindowsAndMessaging::{DEVICE_NOTIFY_CALLBACK, PBT_APMRESUMEAUTOMATIC},
};

/// How long is waited after an added address: it is usable a little later, and a network adds more than one.
const SETTLED: Duration = Duration::from_secs(2);

/// Where the callbacks send events. They have no state of their own.
static EVENTS: OnceLock<Sender<Event>> = OnceLock::new();

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Resumed,
    AddressAdded,
}

/// Listens until the process ends.
pub fn watch(requests: Requests) {
    if let Err(error) = listen(requests) {
        tracing::warn!("sleep and the network are not reported: {error}");
    }
}

fn listen(requests: Requests) -> io::Result<()> {
    let (sender, events) = mpsc::channel();
    if EVENTS.set(sender).is_err() {
        return Ok(());
    }
    thread::Builder::new().name("wake".to_owned()).spawn(move || report(&events, &requests))?;
    // Never unregistered: both are needed until the process ends. The second is tried even if the first fails.
    let (sleep, network) = (register_sleep(), register_network());
    sleep.and(network)
}

/// Reports events to the controller. A network is reported when no more addresses are added.
fn report(events: &Receiver<Event>, requests: &Requests) {
    let mut next = events.recv().ok();
    while let Some(event) = next {
        next = match event {
            Event::Resumed => {
                requests.send(Request::Woke);
                events.recv().ok()
            }
            Event::AddressAdded => match events.recv_timeout(SETTLED) {
                Ok(Event::AddressAdded) => Some(Event::AddressAdded),
                Ok(Event::Resumed) => {
                    requests.send(Request::NetworkBack);
                    Some(Event::Resumed)
                }
                Err(_) => {
                    requests.send(Request::NetworkBack);
                    events.recv().ok()
                }
            },
        };
    }
}

fn send(event: Event) {
    if let Some(events) = EVENTS.get()
        && events.send(event).is_err()
    {
        tracing::debug!("{event:?} came after the end");
    }
}

fn register_sleep() -> io::Result<()> {
    let parameters =
        DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS { Callback: Some(power_changed), Context: ptr::null_mut() };
    // Windows reads the parameters only during the call.
    let mut handle = ptr::null_mut();
    let recipient = NonNull::from(&parameters).as_ptr().cast();
    // SAFETY: with DEVICE_NOTIFY_CALLBACK the recipient is a pointer to these parameters, which live through the call,
    // and the callback is a function of this program, which is never unloaded.
    let status =
        unsafe { PowerRegisterSuspendResumeNotification(DEVICE_NOTIFY_CALLBACK, recipient, &raw mut handle) };
    if status == ERROR_SUCCESS { Ok(()) } else { Err(system_error(status)) }
}

fn register_network() -> io::Result<()> {
    let mut handle = ptr::null_mut();
    // SAFETY: the callback is a function of this program, which is never unloaded; it takes no context.
    let status = unsafe {
        NotifyUnicastIpAddressChange(AF_UNSPEC, Some(address_changed), ptr::null(), false, &raw mut handle)
    };
    if status == NO_ERROR { Ok(()) } else { Err(system_error(status)) }
}

fn system_error(status: u32) -> io::Error {
    io::Error::from_raw_os_error(status.cast_signed())
}

/// Called on a thread of the system.
unsafe extern "system" fn power_changed(_context: *const c_void, kind: u32, _setting: *const c_void) -> u32 {
    if kind == PBT_APMRESUMEAUTOMATIC {
        send(Event::Resumed);
    }
    ERROR_SUCCESS
}

/// Called on a thread of the system. A loopback address is never added later.
unsafe extern "system" fn address_changed(
    _context: *const c_void,
    _row: *const MIB_UNICASTIPADDRESS_ROW,
    kind: MIB_NOTIFICATION_TYPE,
) {
    if kind == MibAddInstance {
        send(Event::AddressAdded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_added_together_are_reported_once() {
        let (sender, events) = mpsc::channel();
        for event in [Event::AddressAdded, Event::AddressAdded, Event::Resumed, Event::AddressAdded] {
            sender.send(event).expect("a receiver");
        }
        drop(sender);
        let (requests, mut inbox) = app::channel();
        report(&events, &requests);
        drop(requests);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let mut reported = Vec::new();
        while let Some(request) = runtime.block_on(inbox.recv()) {
            reported.push(format!("{request:?}"));
        }
        assert_eq!(reported, ["NetworkBack", "Woke", "NetworkBack"]);
    }
}
