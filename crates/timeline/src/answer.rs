//! "Why Busy?" in words.

use jiff::Timestamp;
use presence::{
    source::Source,
    teams::TeamsState,
    timeline::{Guard, Reason, Remedy, Row, Why},
};
use view::{
    Action, Button,
    hidden::by_teams,
    timeline::WhyAnswer,
    words::{self as catalog, fill, say},
};

use super::words::{self, Names};

/// The answer for what Teams shows now, if that is known.
pub fn answer(why: &Why, shown: Option<&TeamsState>, names: &Names, now: Timestamp) -> WhyAnswer {
    let title = shown.map_or_else(
        || say("timeline.answer.whatHappened"),
        |shown| fill("timeline.answer.title", &[("state", &catalog::teams(shown))]),
    );
    let hider = hider(why, shown);
    let because = hider.map_or_else(|| because(why, shown, names), |hider| hidden(hider, why, names));
    let when = why.since.map(|since| words::moment(since, now));
    let because = sentence(&because, when.as_deref(), is_a_moment(why.reason), shown.is_some());
    let remedy = why.remedy.filter(|_| hider.is_none());
    WhyAnswer { title, because, detail: detail(why, names).unwrap_or_default(), button: button(remedy) }
}

/// The reason as a sentence: an answer to "Why …?", or what happened.
fn sentence(because: &str, when: Option<&str>, is_moment: bool, is_answer: bool) -> String {
    let because = if is_answer { because.to_owned() } else { catalog::capital(because) };
    let values = [("because", because.as_str()), ("time", when.unwrap_or_default())];
    fill(
        match (when.is_some(), is_moment, is_answer) {
            (true, true, true) => "timeline.answer.at",
            (true, false, true) => "timeline.answer.since",
            (false, _, true) => "timeline.answer.because",
            (true, true, false) => "timeline.answer.happenedAt",
            (true, false, false) => "timeline.answer.happenedSince",
            (false, _, false) => "timeline.answer.happened",
        },
        &values,
    )
}

/// What Teams itself shows in place of ours: nobody chose it, so there is nothing to release.
fn hider<'a>(why: &'a Why, shown: Option<&'a TeamsState>) -> Option<&'a TeamsState> {
    let recorded = || why.decision.as_ref().and_then(|row| row.teams.as_ref());
    let is_masked = why.reason == Reason::Stopped(Guard::Masked);
    shown.or_else(recorded).filter(|shown| is_masked && by_teams(shown))
}

fn hidden(hider: &TeamsState, why: &Why, names: &Names) -> String {
    let teams = catalog::teams(hider);
    match &why.decision {
        Some(row) => words::masked(row, Some(hider), names),
        None => fill("timeline.answer.hiddenByTeams", &[("teams", &teams)]),
    }
}

/// The reason without its time: "the row Lunch → Be right back asks for it".
fn because(why: &Why, shown: Option<&TeamsState>, names: &Names) -> String {
    let Some(row) = &why.decision else {
        return match (why.reason, shown) {
            (Reason::Teams | Reason::Stopped(Guard::PersonFirst), Some(shown)) => set_in_teams(shown),
            (reason, _) => without_decision(reason),
        };
    };
    let teams = words::teams(row);
    match why.reason {
        Reason::Row => words::table_row(row, names),
        Reason::GivenBack => match shown.filter(|shown| Source::of_teams(shown) == Source::Person) {
            Some(choice) => set_in_teams(choice),
            None => say("timeline.answer.givenBack"),
        },
        Reason::Failed => say("timeline.answer.failed"),
        Reason::Stopped(Guard::PersonFirst) => fill("timeline.answer.person", &[("teams", &teams)]),
        Reason::Stopped(Guard::Masked) => words::masked(row, shown.or(row.teams.as_ref()), names),
        Reason::Stopped(Guard::NoChange) => {
            fill("timeline.answer.noChange", &[("connect", &words::connect(row))])
        }
        Reason::Stopped(Guard::Compare) => match shown.or(row.teams.as_ref()) {
            Some(shown) => set_in_teams(shown),
            None => without_decision(why.reason),
        },
        Reason::Stopped(Guard::Hold) => fill("timeline.answer.hold", &[("connect", &words::connect(row))]),
        Reason::Nothing
        | Reason::TeamsLogin
        | Reason::ConnectLogin
        | Reason::Waits { .. }
        | Reason::Writing
        | Reason::Teams
        | Reason::DryRun
        | Reason::Stopped(
            Guard::Unknown
            | Guard::Off
            | Guard::Contact
            | Guard::Idle
            | Guard::Tie
            | Guard::Answered
            | Guard::OnlyWhile
            | Guard::Pause
            | Guard::DryRun
            | Guard::Breaker
            | Guard::SecondWriter
            | Guard::Every
            | Guard::Source,
        ) => without_decision(why.reason),
    }
}

/// What is not ours was set in Teams, and by whom as far as that can be inferred.
fn set_in_teams(shown: &TeamsState) -> String {
    let key = match Source::of_teams(shown) {
        Source::Person => "timeline.answer.person",
        Source::Automatic => "timeline.answer.automatic",
        Source::Unclear | Source::Contact | Source::Ours => "timeline.answer.unclear",
    };
    fill(key, &[("teams", &catalog::teams(shown))])
}

/// The reason where no decision was recorded, or none is needed.
fn without_decision(reason: Reason) -> String {
    match reason {
        Reason::Waits { until } => fill("timeline.answer.waits", &[("time", &words::seconds(until))]),
        Reason::Nothing => say("timeline.answer.nothing"),
        Reason::TeamsLogin => say("timeline.answer.teamsLogin"),
        Reason::ConnectLogin => say("timeline.answer.connectLogin"),
        Reason::Writing => say("timeline.answer.writing"),
        Reason::Teams => say("timeline.answer.asksNothing"),
        Reason::Row => say("timeline.answer.inStep"),
        Reason::GivenBack => say("timeline.answer.givenBack"),
        Reason::Failed => say("timeline.answer.failed"),
        Reason::DryRun => say("timeline.answer.dryRun"),
        Reason::Stopped(guard) => say(match guard {
            Guard::Hold => "timeline.answer.short",
            Guard::Compare => "timeline.answer.inStep",
            Guard::NoChange | Guard::Answered | Guard::OnlyWhile | Guard::Source => {
                "timeline.answer.asksNothing"
            }
            Guard::PersonFirst => "timeline.answer.ownChoice",
            Guard::Masked => "timeline.answer.hidden",
            Guard::Unknown => "timeline.answer.unknown",
            Guard::Off => "timeline.answer.off",
            Guard::Contact | Guard::Idle | Guard::Every => "timeline.answer.later",
            Guard::Tie => "timeline.answer.tie",
            Guard::Pause => "timeline.answer.pause",
            Guard::DryRun => "timeline.answer.dryRun",
            Guard::Breaker => "timeline.answer.breaker",
            Guard::SecondWriter => "timeline.answer.secondWriter",
        }),
    }
}

/// True where the time is that of an event, not of a state that lasts, or says nothing.
fn is_a_moment(reason: Reason) -> bool {
    match reason {
        Reason::GivenBack | Reason::Failed | Reason::Stopped(Guard::PersonFirst | Guard::Hold) => true,
        Reason::Nothing
        | Reason::TeamsLogin
        | Reason::ConnectLogin
        | Reason::Waits { .. }
        | Reason::Writing
        | Reason::Teams
        | Reason::Row
        | Reason::DryRun
        | Reason::Stopped(
            Guard::Compare
            | Guard::NoChange
            | Guard::Masked
            | Guard::Unknown
            | Guard::Off
            | Guard::Contact
            | Guard::Idle
            | Guard::Tie
            | Guard::Answered
            | Guard::OnlyWhile
            | Guard::Pause
            | Guard::DryRun
            | Guard::Breaker
            | Guard::SecondWriter
            | Guard::Every
            | Guard::Source,
        ) => false,
    }
}

/// What is added: the row, whether it was seen, what helps.
fn detail(why: &Why, names: &Names) -> Option<String> {
    if why.reason == Reason::Stopped(Guard::Unknown) {
        return Some(say("timeline.detail.unknown"));
    }
    if let Some(status) = &why.followed {
        return Some(fill("timeline.detail.followed", &[("status", &status.shown())]));
    }
    let row = why.decision.as_ref()?;
    let connect = words::connect(row);
    match why.reason {
        Reason::Row => Some(match why.confirmed {
            Some(at) => fill("timeline.detail.confirmed", &[("time", &words::seconds(at))]),
            None => say("timeline.detail.notConfirmed"),
        }),
        Reason::Stopped(Guard::PersonFirst) => Some(fill("timeline.detail.person", &[("connect", &connect)])),
        Reason::Stopped(Guard::Compare | Guard::Masked) | Reason::DryRun => asks(row, names),
        Reason::Failed => Some(say("timeline.detail.failed")),
        Reason::Nothing
        | Reason::TeamsLogin
        | Reason::ConnectLogin
        | Reason::Waits { .. }
        | Reason::Writing
        | Reason::Teams
        | Reason::GivenBack
        | Reason::Stopped(
            Guard::Hold
            | Guard::NoChange
            | Guard::Unknown
            | Guard::Off
            | Guard::Contact
            | Guard::Idle
            | Guard::Tie
            | Guard::Answered
            | Guard::OnlyWhile
            | Guard::Pause
            | Guard::DryRun
            | Guard::Breaker
            | Guard::SecondWriter
            | Guard::Every
            | Guard::Source,
        ) => None,
    }
}

/// "Connect shows Lunch. The table sets Be right back for Lunch."
fn asks(row: &Row, names: &Names) -> Option<String> {
    row.rule?;
    let (connect, table_row) = (words::connect(row), catalog::capital(&words::table_row(row, names)));
    Some(fill("timeline.detail.asks", &[("connect", &connect), ("row", &table_row)]))
}

fn button(remedy: Option<Remedy>) -> Option<Button> {
    let (label, action) = match remedy? {
        Remedy::Release => ("timeline.button.release", Action::Release),
        Remedy::TeamsLogin => ("timeline.button.teamsLogin", Action::TeamsLogin),
        Remedy::ConnectLogin => ("timeline.button.connectLogin", Action::ConnectLogin),
        Remedy::Resume => ("timeline.button.resume", Action::Resume),
    };
    Some(Button::primary(say(label), action))
}
