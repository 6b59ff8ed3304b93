//! From the facts of one turn to what windows, tray and notifications show, in words.
//!
//! One file for each part of a window. Chooses what is shown; reads nothing but the facts.

mod banner;
mod call_bar;
mod controls;
mod disk;
mod exports;
#[cfg(test)]
mod fixture;
mod header;
mod health;
mod incoming;
mod lines;
mod link;
mod login_words;
pub mod network;
pub mod notices;
mod recent;
mod sides;
mod stage;
mod tray;
mod view;

pub use self::{
    call_bar::call_failure,
    controls::{controls, look, refusal},
    disk::not_saved,
    exports::Export,
    header::own_number,
    lines::lines,
    login_words::{keyring, under_way},
    recent::recent_calls,
    tray::tray,
    view::view,
};
use crate::{
    model::{Action, Button},
    words::say,
};

/// A button for the next step.
fn primary(key: &str, action: Action) -> Button {
    Button::primary(say(key), action)
}

/// A button that is useful.
fn secondary(key: &str, action: Action) -> Button {
    Button::secondary(say(key), action)
}

/// A button that only puts something off or away.
fn subtle(key: &str, action: Action) -> Button {
    Button::subtle(say(key), action)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
