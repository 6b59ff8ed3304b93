//! "Why am I Busy?": answers with the decision that holds, as a value.
//!
//! A pure function of the last decisions and of how the two sides relate now; the words are found elsewhere.

use jiff::Timestamp;

use crate::{
    connect::AgentStatus,
    decision::{Decision, Done, Guard, Side},
    engine::Link,
    provenance,
};

/// What is known at the moment of the question. The record alone contains none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Current {
    /// How the two sides are linked.
    pub link: Option<Link>,
    /// Teams shows what we wrote.
    pub shows_ours: bool,
    /// Since when Teams shows what it shows, as far as seen.
    pub teams_since: Option<Timestamp>,
    /// The status in Connect, if it was chosen because of a state in Teams.
    pub followed: Option<AgentStatus>,
    /// Teams Login is needed.
    pub teams_login: bool,
    /// ConnectPath needs a login.
    pub connect_login: bool,
}

/// Why Teams shows what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing has been decided yet.
    Nothing,
    /// Nobody is logged in to Teams.
    TeamsLogin,
    /// Nobody is logged in to Connect.
    ConnectLogin,
    /// The current Connect state waits for its hold.
    Waits {
        /// When it counts.
        until: Timestamp,
    },
    /// A write is under way, or waits for its next try.
    Writing,
    /// It was set in Teams: by a person, or by Teams itself.
    Teams,
    /// A row of the table asked for it, and it was written.
    Row,
    /// What was ours was taken back: Teams decides.
    GivenBack,
    /// The last write did not arrive.
    Failed,
    /// It would have been written, but for the dry run.
    DryRun,
    /// This stopped it, or left nothing to write.
    Stopped(Guard),
}

/// What a person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Take back the own choice in Teams.
    Release,
    /// End the pause, or let a sync continue that stopped itself.
    Resume,
    /// Log in to Teams.
    TeamsLogin,
    /// Log in to Connect.
    ConnectLogin,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The reason.
    pub reason: Reason,
    /// The decision that holds, if one was recorded.
    pub decision: Option<Decision>,
    /// Since when it holds.
    pub since: Option<Timestamp>,
    /// When Teams was seen to show what was written.
    pub confirmed: Option<Timestamp>,
    /// What can be done about it.
    pub remedy: Option<Remedy>,
    /// The status that was chosen in Connect because of it.
    pub followed: Option<AgentStatus>,
}

/// Answers from the decisions, newest first.
pub fn explain<'a>(newest_first: impl IntoIterator<Item = &'a Decision>, current: &Current) -> Explanation {
    let mut rows = newest_first
        .into_iter()
        .filter(|row| row.side == Side::Teams && row.done != Done::Renewed)
        .peekable();
    let last = rows.next();
    let recorded = last.map_or(Reason::Nothing, reason_of);
    let reason = reason_now(current).unwrap_or(recorded);
    // If something else holds by now, the last decision has nothing to do with it.
    let last = last.filter(|_| reason == recorded);
    let confirmed = last.filter(|last| last.done == Done::Confirmed).map(|last| last.at);
    let mut decision = last;
    // The same decision may have been reported more than once; it holds since the first time.
    while let Some(older) = rows.next_if(|older| last.is_some_and(|last| is_same(last, older))) {
        decision = Some(older);
    }
    let by_teams = matches!(reason, Reason::Teams | Reason::Stopped(Guard::PersonFirst));
    let since = decision.map(|row| row.at).or(match &current.link {
        Some(Link::NotInStep { since }) if reason == Reason::Stopped(Guard::Unknown) => Some(*since),
        Some(_) | None => current.teams_since.filter(|_| by_teams),
    });
    let followed = current.followed.clone().filter(|_| by_teams);
    Explanation { reason, since, decision: decision.cloned(), confirmed, remedy: remedy(reason), followed }
}

/// The reason that is known without the record; none while in step, when the record has it.
fn reason_now(current: &Current) -> Option<Reason> {
    if current.teams_login {
        return Some(Reason::TeamsLogin);
    }
    if current.connect_login {
        return Some(Reason::ConnectLogin);
    }
    match current.link.as_ref()? {
        Link::Paused { .. } => Some(Reason::Stopped(Guard::Pause)),
        Link::DryRun => Some(Reason::DryRun),
        Link::Stopped { why: provenance::StopReason::Loop { .. }, .. } => {
            Some(Reason::Stopped(Guard::Breaker))
        }
        Link::Stopped { why: provenance::StopReason::SecondWriter, .. } => {
            Some(Reason::Stopped(Guard::SecondWriter))
        }
        Link::Off => Some(Reason::Stopped(Guard::Off)),
        Link::NotInStep { .. } => Some(Reason::Stopped(Guard::Unknown)),
        Link::TeamsFollows { at } => Some(Reason::Waits { until: *at }),
        Link::Writing(Side::Teams) => Some(Reason::Writing),
        Link::InStep { .. } if current.followed.is_none() => None,
        Link::InStep { .. }
        | Link::ConnectFollows { .. }
        | Link::WaitsForAnswer
        | Link::WaitsForContact
        | Link::Writing(Side::Connect)
        | Link::TeamsDecides
        | Link::TeamsLeads => (!current.shows_ours).then_some(Reason::Teams),
        Link::NoChange => Some(Reason::Stopped(Guard::NoChange)),
        Link::Masked => Some(Reason::Stopped(Guard::Masked)),
        Link::HeldByYou => Some(Reason::Stopped(Guard::PersonFirst)),
    }
}

fn reason_of(row: &Decision) -> Reason {
    match (row.done, row.guard) {
        (Done::Written | Done::Confirmed | Done::Renewed, _) => Reason::Row,
        (Done::GivenBack, _) => Reason::GivenBack,
        (Done::Failed, _) => Reason::Failed,
        (Done::DryRun, _) => Reason::DryRun,
        (Done::NotWritten, Some(guard)) => Reason::Stopped(guard),
        (Done::NotWritten, None) => Reason::Nothing,
    }
}

/// True if an older row reports the same decision as the last one.
fn is_same(last: &Decision, older: &Decision) -> bool {
    let done = |row: &Decision| if row.done == Done::Confirmed { Done::Written } else { row.done };
    done(last) == done(older)
        && last.guard == older.guard
        && last.target == older.target
        && last.connect == older.connect
}

fn remedy(reason: Reason) -> Option<Remedy> {
    let can_be_released = matches!(reason, Reason::Stopped(Guard::PersonFirst | Guard::Masked));
    let can_be_resumed =
        matches!(reason, Reason::Stopped(Guard::Pause | Guard::Breaker | Guard::SecondWriter));
    if reason == Reason::TeamsLogin {
        Some(Remedy::TeamsLogin)
    } else if reason == Reason::ConnectLogin {
        Some(Remedy::ConnectLogin)
    } else if can_be_released {
        Some(Remedy::Release)
    } else if can_be_resumed {
        Some(Remedy::Resume)
    } else {
        None
    }
}
