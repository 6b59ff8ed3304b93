//! The application for Windows, started under Wine from Linux as a person and the system would start it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod windows;

use windows::Windows;

#[test]
fn it_tells_its_version() {
    let windows = Windows::new();
    let told = windows.run(&["--version"]);
    assert_eq!((told.code, told.out.trim()), (0, concat!("connectpath-teams ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn without_webview2_it_says_so_in_one_sentence() {
    let windows = Windows::new();
    let told = windows.run(&["--data-dir", "data"]);
    assert_eq!(told.code, 2);
    let sentence = "Microsoft Edge WebView2 is missing. Install its Evergreen Runtime from \
                    https://developer.microsoft.com/microsoft-edge/webview2, then start ConnectPath Teams again.";
    assert!(told.err.contains(sentence), "{}", told.err);
}
