//! What the steps read from Contoso.

use std::mem::discriminant;

use sandbox::{AskedOfConnect, Overview, World, Write};

/// Own presence as colleagues see it: "Busy/InACall".
pub(super) fn shown(world: &World) -> String {
    let presence = world.overview().presence;
    format!("{:?}/{:?}", presence.availability, presence.activity)
}

/// What the application has written to Teams and is still set, in words; "nothing" if all was given back.
pub(super) fn ours(world: &World) -> String {
    let Overview { session, preferred, .. } = world.overview();
    let parts = [("session", session), ("preferred presence", preferred)];
    let words: Vec<String> = parts
        .iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name} {:?}", value.presence.activity)))
        .collect();
    if words.is_empty() { "nothing".to_owned() } else { words.join(" and ") }
}

/// The writes after the first `known` ones.
pub(super) fn new_writes(world: &World, known: usize) -> Vec<Write> {
    world.overview().writes.split_off(known)
}

/// The writes after the first `known` ones that do not repeat the last one of their kind.
pub(super) fn new_values(world: &World, known: usize) -> Vec<Write> {
    let all = world.overview().writes;
    let is_renewal = |at: usize, write: &Write| {
        let mut before = all.iter().take(at).rev();
        before.find(|last| discriminant(&last.what) == discriminant(&write.what)).map(|last| &last.what)
            == Some(&write.what)
    };
    let new = all.iter().enumerate().skip(known).filter(|(at, write)| !is_renewal(*at, write));
    new.map(|(_, write)| write.clone()).collect()
}

/// How many requests Connect has had from the application.
pub(super) fn asked(world: &World) -> usize {
    world.overview().asked.len()
}

/// The statuses asked for after the first `known` requests.
pub(super) fn new_statuses(world: &World, known: usize) -> Vec<AskedOfConnect> {
    let new = world.overview().asked.split_off(known).into_iter().map(|asked| asked.what);
    new.filter(|what| matches!(what, AskedOfConnect::PutAgentState { .. })).collect()
}
