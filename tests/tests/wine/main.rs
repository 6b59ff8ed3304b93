//! The application for Windows, started under Wine from Linux as a person and the system would start it.
//!
//! Wine has no WebView2, so there are never windows: what the application does without them is tested.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod windows;

use std::fs;

use windows::{Running, Windows, system, texts, until};

/// Where Wine's Credential Manager keeps its entries.
const CREDENTIALS: &str = r"HKCU\Software\Wine\Credential Manager";
const RUN: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";
const APPROVED: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run";
const POLICY: &str = r"HKLM\Software\Policies\ConnectPath Teams";

#[test]
fn it_prints_its_version() {
    let windows = Windows::new("version");
    let ended = windows.run(&["--version"]);
    assert_eq!((ended.code, ended.out.trim()), (0, concat!("connectpath-teams ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn without_webview2_it_says_so_in_one_sentence_and_doctor_says_it_too() {
    let windows = Windows::without_webview2("no-webview2");
    let ended = windows.run(&["--data-dir", "data"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    let sentence = "Microsoft Edge WebView2 is missing. Install its Evergreen Runtime from \
                    https://developer.microsoft.com/microsoft-edge/webview2, then start ConnectPath Teams again.";
    assert!(ended.err.contains(sentence), "{}", ended.err);
    let ended = windows.run(&["doctor", "--data-dir", "data"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.out.contains("WebView2 is missing"), "{}", ended.out);
}

#[test]
fn a_login_leaves_a_token_in_the_credential_manager_of_this_machine_alone() {
    let windows = Windows::new("sign-in");
    let _app = windows.start(&["demo", "--sign-in", "--hidden", "--people", "5", "--data-dir", "data"]);
    let entries = until("a token in the Credential Manager", || {
        let ended = system(&["reg", "query", CREDENTIALS, "/s"]);
        if ended.out.contains("com.connectpath.teams") { Ok(ended.out) } else { Err(ended.out) }
    });
    // CRED_PERSIST_LOCAL_MACHINE.
    let persist: Vec<&str> = entries.lines().filter(|line| line.contains("Persist")).collect();
    assert!(!persist.is_empty() && persist.iter().all(|line| line.trim_end().ends_with("0x2")), "{entries}");
}

#[test]
fn a_second_start_leaves_the_folder_to_the_first() {
    let windows = Windows::new("second-start");
    let app = windows.start(&["--hidden", "--data-dir", "data"]);
    until("the lock", || if windows.path("data/lock").exists() { Ok(()) } else { Err(String::new()) });
    let ended = windows.run(&["--hidden", "--data-dir", "data"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.err.contains("ConnectPath Teams already runs with the folder"), "{}", ended.err);
    drop(app);
}

#[test]
fn settings_that_change_are_used_and_the_log_is_a_file() {
    let windows = Windows::new("settings");
    let app = windows.start(&["--hidden", "--data-dir", "data"]);
    until("the lock", || if windows.path("data/lock").exists() { Ok(()) } else { Err(String::new()) });
    until("new settings", || {
        // Written again, because nothing shows when it begins to watch.
        fs::write(windows.path("data/settings.toml"), "theme = \"dark\"\n").unwrap();
        let log = texts(&windows.path("data/log"));
        if log.contains("new settings are used") { Ok(()) } else { Err(log) }
    });
    drop(app);
}

#[test]
fn ctrl_c_and_the_end_of_the_session_end_it_in_order() {
    let windows = Windows::new("ctrl-c");
    let mut app = started(&windows);
    app.interrupt();
    assert_eq!(app.ends(), 0);
    let log = texts(&windows.path("data/log"));
    assert!(log.contains("asked to quit by Ctrl+C"), "{log}");

    let windows = Windows::new("log-off");
    let mut app = started(&windows);
    let ended = system(&["wineboot", "--end-session"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    app.ends();
    let log = texts(&windows.path("data/log"));
    assert!(log.contains("asked to quit by the end of the session"), "{log}");
    assert!(!log.contains("does not wait any longer"), "{log}");
}

/// The demonstration, as soon as it can be asked to quit: it tried to open its first window.
fn started(windows: &Windows) -> Running {
    let app = windows.start(&["demo", "--hidden", "--people", "5", "--data-dir", "data"]);
    until("a window, which Wine cannot open", || {
        let log = texts(&windows.path("data/log"));
        if log.contains("a window could not be opened") { Ok(()) } else { Err(log) }
    });
    app
}

#[test]
fn it_starts_with_the_system_by_the_key_of_this_person_and_what_was_switched_off_stays_off() {
    let windows = Windows::new("autostart");
    let folder = system(&["cmd", "/c", "echo %LOCALAPPDATA%"]).out.trim().replace('\\', "/");
    let folder = Windows::drive(&folder).join("ConnectPath Teams");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("settings.toml"), "start_with_system = true\n").unwrap();
    // As Task Manager notes it.
    let off = ["/v", "connectpath-teams", "/t", "REG_BINARY", "/d", "030000000000000000000000", "/f"];
    system(&[&["reg", "add", APPROVED], &off[..]].concat());
    let app = windows.start(&["--hidden"]);
    let line = until("the entry", || {
        let ended = system(&["reg", "query", RUN]);
        if ended.out.contains("connectpath-teams") { Ok(ended.out) } else { Err(ended.out) }
    });
    assert!(line.contains(".exe\" --hidden") && line.contains("    \""), "{line}");
    assert!(system(&["reg", "query", APPROVED]).out.contains("030000"));
    drop(app);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_policy_of_the_registry_is_read_in_every_type_of_text_and_others_are_named() {
    let windows = Windows::new("policy");
    // Its lines are as long as a terminal is wide.
    let doctor = || {
        let ended = windows.run(&["doctor", "--data-dir", "data"]).out;
        ended.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let _policy = Policy;
    assert!(
        doctor()
            .contains("Settings are missing: microsoft.tenant, microsoft.client_id and connect.instance.")
    );
    let texts = [
        ("REG_SZ", "microsoft.tenant = 'contoso.com'"),
        ("REG_EXPAND_SZ", "microsoft.tenant = 'contoso.com'"),
        ("REG_MULTI_SZ", "[microsoft]\\0tenant = 'contoso.com'"),
    ];
    for (kind, text) in texts {
        set_policy(kind, text);
        let ended = doctor();
        assert!(
            ended.contains("Settings are missing: microsoft.client_id and connect.instance."),
            "{kind}: {ended}"
        );
    }
    for (kind, value, why) in [
        ("REG_DWORD", "7", "the value is a REG_DWORD, and must be a REG_SZ or a REG_MULTI_SZ"),
        ("REG_BINARY", "00ff", "the value is a REG_BINARY, and must be a REG_SZ or a REG_MULTI_SZ"),
        ("REG_SZ", "", "the value is empty"),
        ("REG_SZ", "colour = 'red'", "colour is not a setting"),
    ] {
        set_policy(kind, value);
        let ended = doctor();
        assert!(
            ended.contains(r"HKLM\Software\Policies\ConnectPath Teams\policy") && ended.contains(why),
            "{kind}: {ended}"
        );
    }
}

/// Removed at the end in any case: it applies to every test.
struct Policy;

impl Drop for Policy {
    fn drop(&mut self) {
        system(&["reg", "delete", POLICY, "/f"]);
    }
}

fn set_policy(kind: &str, value: &str) {
    let ended = system(&["reg", "add", POLICY, "/v", "policy", "/t", kind, "/d", value, "/f"]);
    assert_eq!(ended.code, 0, "{ended:?}");
}
