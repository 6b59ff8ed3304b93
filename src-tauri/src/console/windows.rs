//! The console of the shell that started the program, because a program with windows has none of its own.

#![expect(unsafe_code, reason = "the system calls have no safe form")]

use std::{
    io::{self, Write},
    ptr,
};

use windows_sys::Win32::{
    Foundation::INVALID_HANDLE_VALUE,
    System::Console::{ATTACH_PARENT_PROCESS, AttachConsole, GetStdHandle, STD_ERROR_HANDLE},
    UI::WindowsAndMessaging::{MB_ICONERROR, MB_OK, MB_SETFOREGROUND, MessageBoxW},
};

/// Attaches the program to the console of its shell. Must be called before anything is written.
pub fn attach() {
    if !has_error_output() {
        // SAFETY: takes a number. It fails if no shell started this program, which is the usual case.
        let _ = unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
    }
}

/// Prints one sentence, or shows it in a message box if there is no console.
pub fn show_message(sentence: &str) {
    if has_error_output() && writeln!(io::stderr(), "{sentence}").is_ok() {
        return;
    }
    let wide = |text: &str| text.encode_utf16().chain([0]).collect::<Vec<u16>>();
    let (text, title) = (wide(sentence), wide("ConnectPath Teams"));
    // SAFETY: both texts end with a zero and live through the call; no window owns the box.
    unsafe {
        MessageBoxW(ptr::null_mut(), text.as_ptr(), title.as_ptr(), MB_OK | MB_ICONERROR | MB_SETFOREGROUND)
    };
}

fn has_error_output() -> bool {
    // SAFETY: takes a number.
    let handle = unsafe { GetStdHandle(STD_ERROR_HANDLE) };
    !handle.is_null() && handle != INVALID_HANDLE_VALUE
}
