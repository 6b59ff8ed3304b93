//! What the windows show and ask for: whole values, with the words that Rust chooses, and never a secret.
//!
//! Every type for a window is exported to `ui/src/bindings/` by ts-rs; a test fails when that folder is stale. The tray and
//! the notifications are the shell's. Times are RFC 3339 text; the windows turn them into "12 min". Holds no function that
//! chooses what is shown: that is [`crate::from_facts`].

mod action;
mod call;
pub mod controls;
pub mod doctor;
mod drawer;
mod edit;
mod export;
mod health;
mod incoming;
mod list;
mod network;
mod notice;
mod own;
mod reason;
mod recent;
pub mod setup;
mod side;
pub mod timeline;
mod tray;

pub use self::{
    action::{Action, Button, ButtonKind, SettingsPage, ShownNumber},
    call::{CallBar, CallState},
    drawer::{Counts, DirectorySearch, Stage, View},
    export::Exported,
    health::{AsOf, Banner, Health, HealthCard, Level},
    incoming::{BackNumber, CallBack, CallPerson, Incoming, Missed},
    list::{JoinOffer, Line, Lines, NumberLine, PersonLine, Section, Waits},
    network::NetworkCause,
    notice::{Notice, NoticeAction, NoticeKind},
    own::{Knob, Own, OwnNumber},
    reason::{ContactKind, LinkReason},
    recent::{CallWay, RecentCall, RecentCallBack, RecentCalls},
    side::{Badge, SideState},
    tray::{PauseFor, Tray, TrayAction, TrayItem, TraySign},
};
