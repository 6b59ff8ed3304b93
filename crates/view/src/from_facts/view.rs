//! The whole view of the drawer, put together from its parts.

use super::{
    banner::banner,
    call_bar::call_bar,
    header::header,
    health::health,
    incoming::{incoming, missed},
    small,
    stage::stage,
};
use crate::{
    facts::{Facts, LoginPhase},
    model::{Counts, View},
};

/// Everything but the list, at this revision.
pub fn view(facts: &Facts<'_>, revision: u64) -> View {
    let team = &facts.team;
    View {
        revision,
        look: facts.settings.look,
        stage: stage(facts),
        own: header(facts),
        banner: banner(facts),
        call: facts.call.as_ref().map(call_bar),
        incoming: facts.incoming.iter().map(incoming).collect(),
        missed: facts.missed.iter().map(|call| missed(call, facts.now)).collect(),
        health: health(facts),
        counts: Counts {
            listed: small(team.listed),
            known: small(team.known),
            loading: is_on_its_way(facts) && team.is_loading,
            offline_hidden: team.hides_offline,
            found: team.found.map(small),
            left_out: small(team.left_out),
            grouped: team.is_grouped,
            asked: team.asked,
        },
    }
}

/// Whether somebody is logged in, or probably will be without doing anything.
fn is_on_its_way(facts: &Facts<'_>) -> bool {
    match facts.login.phase {
        LoginPhase::SignedIn | LoginPhase::Starting => true,
        LoginPhase::Renewing => facts.login.refusal.is_none(),
        LoginPhase::SignedOut { .. } | LoginPhase::Unconfigured => false,
    }
}

#[cfg(test)]
mod tests;
