//! The names of all commands, for `build.rs` and for the test that compares them with the registered ones.

/// Every command that a window may be allowed to call.
pub const ALL: &[&str] = &[
    "view",
    "lines",
    "photo",
    "rendered",
    "act",
    "timeline",
    "export_timeline",
    "recent_calls",
    "controls",
    "doctor",
    "setup",
    "setup_secret",
    "proxy_password",
    "export_policy",
    "what_if_choices",
    "what_if",
    "replay",
    "ccp_event",
];
