//! What windows, tray and notifications show, and the words for it.
//!
//! Three parts, each above the next: [`from_facts`] makes whole values of the [`facts`] of one turn; the [`model`] of the
//! windows says what such a value is; [`words`] has every text. Pure: the same facts give the same view. It knows no
//! machine, asks nobody and remembers nothing; what has changed since the last time is found out by whoever shows it.

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
