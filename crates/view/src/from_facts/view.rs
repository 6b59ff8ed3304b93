//! The whole view of the drawer, put together from its parts.

use super::{
    banner::banner,
    call_bar::call_bar,
    header::header,
    health::health,
    incoming::{incoming, missed},
    small,
};
use crate::{
    facts::Facts,
    model::{Counts, View},
};

/// Everything but the list, at this revision.
pub fn view(facts: &Facts<'_>, revision: u64) -> View {
    let team = &facts.team;
    View {
        revision,
        own: header(facts),
        banner: banner(facts),
        call: facts.call.as_ref().map(call_bar),
        incoming: facts.incoming.iter().map(incoming).collect(),
        missed: facts.missed.iter().map(|call| missed(call, facts.now)).collect(),
        health: health(facts),
        counts: Counts {
            listed: small(team.listed),
            known: small(team.known),
            loading: facts.login.is_signed_in() && team.is_loading,
            offline_hidden: team.hides_offline,
            found: team.found.map(small),
            left_out: small(team.left_out),
            grouped: team.is_grouped,
            asked: team.asked,
        },
    }
}

#[cfg(test)]
mod tests;
