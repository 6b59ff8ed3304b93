//! "Why Busy?" in words.

use jiff::Timestamp;
use presence::{
    source::Source,
    teams::TeamsState,
    timeline::{Decision, Explanation, Guard, Reason, Remedy},
};
use view::{
    Action, Button,
    hidden::by_teams,
    timeline::WhyAnswer,
    words::{self as catalog, fill, say},
};

use super::{
    guards::{DecidedWords, DetailWords, answer_words},
    words::{self, StatusNames},
};

/// The answer for what Teams shows now, if that is known.
pub fn answer(
    why: &Explanation,
    shown: Option<&TeamsState>,
    names: &StatusNames,
    now: Timestamp,
) -> WhyAnswer {
    let title = shown.map_or_else(
        || say("timeline.answer.whatHappened"),
        |shown| fill("timeline.answer.title", &[("state", &catalog::teams(shown))]),
    );
    let hider = hider(why, shown);
    let because = hider.map_or_else(|| because(why, shown, names), |hider| hidden(hider, why, names));
    let when = why.since.map(|since| words::moment(since, now));
    let because = sentence(&because, when.as_deref(), answer_words(why.reason).is_moment, shown.is_some());
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
fn hider<'a>(why: &'a Explanation, shown: Option<&'a TeamsState>) -> Option<&'a TeamsState> {
    let recorded = || why.decision.as_ref().and_then(|row| row.teams.as_ref());
    let is_masked = why.reason == Reason::Stopped(Guard::Masked);
    shown.or_else(recorded).filter(|shown| is_masked && by_teams(shown))
}

fn hidden(hider: &TeamsState, why: &Explanation, names: &StatusNames) -> String {
    let teams = catalog::teams(hider);
    match &why.decision {
        Some(row) => words::masked(row, Some(hider), names),
        None => fill("timeline.answer.hiddenByTeams", &[("teams", &teams)]),
    }
}

/// The reason without its time: "the row Lunch → Be right back asks for it".
fn because(why: &Explanation, shown: Option<&TeamsState>, names: &StatusNames) -> String {
    let Some(row) = &why.decision else {
        return match (why.reason, shown) {
            (Reason::Teams | Reason::Stopped(Guard::PersonFirst), Some(shown)) => set_in_teams(shown),
            (reason, _) => without_decision(reason),
        };
    };
    match answer_words(why.reason).decided {
        DecidedWords::Plain => without_decision(why.reason),
        DecidedWords::TableRow => words::table_row(row, names),
        DecidedWords::GivenBack => match shown.filter(|shown| Source::of_teams(shown) == Source::Person) {
            Some(choice) => set_in_teams(choice),
            None => without_decision(why.reason),
        },
        DecidedWords::Masked => words::masked(row, shown.or(row.teams.as_ref()), names),
        DecidedWords::SetInTeams => {
            shown.or(row.teams.as_ref()).map_or_else(|| without_decision(why.reason), set_in_teams)
        }
        DecidedWords::Connect(key) => fill(key, &[("connect", &words::connect(row))]),
        DecidedWords::Teams(key) => fill(key, &[("teams", &words::teams(row))]),
    }
}

/// Says that the state was set in Teams, and by whom as far as that can be inferred.
fn set_in_teams(shown: &TeamsState) -> String {
    let key = match Source::of_teams(shown) {
        Source::Person => "timeline.answer.person",
        Source::Automatic => "timeline.answer.automatic",
        Source::Unclear | Source::Contact | Source::Ours => "timeline.answer.unclear",
    };
    fill(key, &[("teams", &catalog::teams(shown))])
}

/// The reason if no decision was recorded, or none is needed.
fn without_decision(reason: Reason) -> String {
    let until = if let Reason::Waits { until } = reason { words::seconds(until) } else { String::new() };
    fill(answer_words(reason).plain, &[("time", &until)])
}

/// What is added: the row, whether Teams has shown it, what helps.
fn detail(why: &Explanation, names: &StatusNames) -> Option<String> {
    let detail = answer_words(why.reason).detail;
    // While a side is unknown nothing is written, whatever was decided before.
    if let (Reason::Stopped(Guard::Unknown), DetailWords::Text(key)) = (why.reason, detail) {
        return Some(say(key));
    }
    if let Some(status) = &why.followed {
        return Some(fill("timeline.detail.followed", &[("status", &status.shown())]));
    }
    let row = why.decision.as_ref()?;
    match detail {
        DetailWords::Nothing => None,
        DetailWords::Confirmation => Some(match why.confirmed {
            Some(at) => fill("timeline.detail.confirmed", &[("time", &words::seconds(at))]),
            None => say("timeline.detail.notConfirmed"),
        }),
        DetailWords::TableRow => asks(row, names),
        DetailWords::Text(key) => Some(say(key)),
        DetailWords::Connect(key) => Some(fill(key, &[("connect", &words::connect(row))])),
    }
}

/// "Connect shows Lunch. The table sets Be right back for Lunch."
fn asks(row: &Decision, names: &StatusNames) -> Option<String> {
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
