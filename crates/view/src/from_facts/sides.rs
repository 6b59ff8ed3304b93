//! What somebody does on one side or both, in words: for the own header, for their row, and beside a call.

use people::Entry;

use crate::{
    model::{Badge, CallPerson, SideState},
    words,
};

/// Somebody of the list, beside a call.
pub(super) fn call_person(entry: &Entry) -> CallPerson {
    let (connect, teams) = sides(entry);
    CallPerson {
        person: entry.id().to_string(),
        name: entry.name().to_owned(),
        photo: entry.photo().map(str::to_owned),
        badge: badge(entry.reachability()),
        there: entry.is_there(),
        connect,
        teams,
    }
}

/// The sides that somebody has, Connect first. Beside one that is known, a side that is not has its age beside the word;
/// if neither is known, the drawer says the words of one for both.
pub(super) fn sides(entry: &Entry) -> (Option<SideState>, Option<SideState>) {
    let known_in_connect = entry.connect().map(|seen| SideState {
        words: words::colleague_connect(seen),
        badge: badge(seen.reachability),
        since: seen.since,
    });
    let known_in_teams = entry.teams().map(|state| SideState {
        words: words::teams(state),
        badge: badge(people::teams_reachability(Some(state))),
        since: entry.since(),
    });
    let is_known = known_in_connect.is_some() || known_in_teams.is_some();
    let seen = entry.connect_last_seen().max(entry.last_seen());
    let not_known = |last_seen| {
        if is_known {
            SideState { since: last_seen, ..unknown(words::unknown(None)) }
        } else {
            unknown(words::unknown(seen))
        }
    };
    let uses_connect = entry.colleague().is_some();
    let connect =
        uses_connect.then(|| known_in_connect.unwrap_or_else(|| not_known(entry.connect_last_seen())));
    let uses_teams = entry.person().is_some();
    (connect, uses_teams.then(|| known_in_teams.unwrap_or_else(|| not_known(entry.last_seen()))))
}

/// A side of which nothing certain is known, in these words.
pub(super) fn unknown(words: String) -> SideState {
    SideState { words, badge: Badge::Unknown, since: None }
}

/// A badge, as it is shown.
pub(super) fn badge(reachability: people::Reachability) -> Badge {
    match reachability {
        people::Reachability::Available => Badge::Available,
        people::Reachability::Busy => Badge::Busy,
        people::Reachability::DoNotDisturb => Badge::DoNotDisturb,
        people::Reachability::Away => Badge::Away,
        people::Reachability::OutOfOffice => Badge::OutOfOffice,
        people::Reachability::Offline => Badge::Offline,
        people::Reachability::Unknown => Badge::Unknown,
    }
}
