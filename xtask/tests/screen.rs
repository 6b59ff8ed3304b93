//! The virtual screen as programs on it see it.
#![cfg(target_os = "linux")]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ConnectionExt, PropMode},
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

/// A screen that restarts when its last program leaves drops the program that connects in the same moment.
#[test]
fn the_screen_keeps_what_is_on_it_when_the_last_program_leaves() {
    let mut helper = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["desktop", "screen"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(helper.stdout.take().unwrap()).lines();
    let lines: Vec<String> = lines.map(Result::unwrap).take_while(|line| line != "ready").collect();
    let display = lines.iter().find_map(|line| line.strip_prefix("DISPLAY=")).unwrap();
    let property = AtomEnum::WM_NAME;

    let connect = || {
        let (connection, screen) = RustConnection::connect(Some(display)).unwrap();
        let root = connection.setup().roots[screen].root;
        (connection, root)
    };
    let (first, root) = connect();
    first.change_property8(PropMode::REPLACE, root, property, AtomEnum::STRING, b"Tea").unwrap();
    first.sync().unwrap();
    drop(first);
    // The server may not have seen the end of the first one when the second comes.
    for _ in 0..20 {
        let (next, root) = connect();
        let name =
            next.get_property(false, root, property, AtomEnum::STRING, 0, 16).unwrap().reply().unwrap();
        assert_eq!(String::from_utf8_lossy(&name.value), "Tea");
    }

    drop(helper.stdin.take());
    assert!(helper.wait().unwrap().success());
}
