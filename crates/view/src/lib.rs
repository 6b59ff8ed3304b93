//! What windows, tray and notifications show, and the words for it.
//!
//! Three parts, each above the next: [`from_facts`] derives whole values from the [`facts`] of one turn; the model of the
//! windows ([`View`], [`Lines`], [`Tray`], [`Notice`] and the modules beside them) says what such a value is; [`words`] has
//! every text of Rust, from the one catalogue that the drawer reads too. The types for a window are exported to
//! `ui/src/bindings/`.
//!
//! Pure: the same facts give the same view. It knows no machine, asks nobody and remembers nothing; the code that shows
//! a value finds out what has changed since the last one.

pub mod facts;
pub mod from_facts;
pub mod hidden;
mod model;
pub mod words;

pub use self::model::{
    Action, AsOf, BackNumber, Badge, Banner, Button, ButtonKind, CallBack, CallBar, CallPerson, CallState,
    CallWay, ContactKind, Counts, DirectorySearch, Exported, Health, HealthCard, Incoming, JoinOffer, Knob,
    Level, Line, Lines, LinkReason, Missed, NetworkCause, Notice, NoticeAction, NoticeKind, NumberLine, Own,
    PauseFor, PersonLine, RecentCall, RecentCallBack, RecentCalls, Section, SettingsPage, ShownNumber,
    SideState, Stage, Tray, TrayAction, TrayItem, TraySign, View, Waits, controls, doctor, setup, timeline,
};
