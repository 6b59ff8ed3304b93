//! What windows, tray and notifications show: from the facts of one turn to whole values, in words.
//!
//! Pure: the same facts give the same view. It knows no machine, asks nobody and remembers nothing; what has changed since
//! the last time is found out by whoever shows it.

mod banner;
mod call_bar;
pub(crate) mod facts;
#[cfg(test)]
mod fixture;
mod header;
mod health;
mod lines;
mod link;
mod login_words;
pub(crate) mod notices;
mod tray;
mod view;

pub(crate) use self::{facts::Facts, lines::lines, login_words::keyring, tray::tray, view::view};
use crate::{
    view::{Action, Button},
    words::say,
};

fn button(key: &str, action: Action) -> Button {
    Button { label: say(key), action }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
