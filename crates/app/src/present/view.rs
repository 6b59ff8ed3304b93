//! The whole view of the drawer, put together from its parts.

use super::{Facts, banner::banner, call_bar::call_bar, header::header, health::health, small};
use crate::view::{Counts, View};

/// Everything but the list, at this revision.
pub(crate) fn view(facts: &Facts<'_>, revision: u64) -> View {
    let team = &facts.team;
    View {
        revision,
        own: header(facts),
        banner: banner(facts),
        call: facts.call.as_ref().map(call_bar),
        health: health(facts),
        counts: Counts {
            listed: small(team.listed),
            known: small(team.known),
            loading: facts.login.is_signed_in() && team.is_loading,
            offline_hidden: team.hides_offline,
            found: team.found.map(small),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::{facts::TeamFacts, fixture::facts};

    #[test]
    fn the_list_is_loading_only_while_somebody_is_signed_in() {
        let reading = Facts { team: TeamFacts { is_loading: true, ..facts().team }, ..facts() };
        assert!(view(&reading, 1).counts.loading);
        let mut nobody = reading.clone();
        nobody.login.phase = crate::present::facts::LoginPhase::SignedOut { since: None };
        assert!(!view(&nobody, 1).counts.loading);
    }

    #[test]
    fn the_counts_are_those_of_the_list() {
        let team = TeamFacts { known: 4812, listed: 40, found: Some(7), hides_offline: true, ..facts().team };
        let shown = view(&Facts { team, ..facts() }, 9);
        let counts = Counts { listed: 40, known: 4812, loading: false, offline_hidden: true, found: Some(7) };
        assert_eq!((shown.revision, shown.counts), (9, counts));
    }

    #[test]
    fn the_same_facts_give_the_same_view() {
        assert_eq!(view(&facts(), 3), view(&facts(), 3));
    }
}
