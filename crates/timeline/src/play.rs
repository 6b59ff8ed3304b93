//! Plays the record again with other tables, and tries tables on a pair of states.

use jiff::Timestamp;
use presence::{
    connect::{Activity, AgentStatus, Channel, ConnectState},
    engine::{Pace, Rules},
    mapping::Tables,
    replay::{Pair, Replay, differences, replay, try_pair},
    teams::{Availability, Detail, TeamsState},
    timeline::{Decision, TimelineEntry},
};
use view::{
    timeline::{
        DoneSign, ReplayAnswer, ReplayLine, WhatIfAnswer, WhatIfChoice, WhatIfChoices, WhatIfLine,
        WhatIfQuestion,
    },
    words::{self as catalog, fill, say},
};

use super::{
    keys::{connect_key, teams_key},
    lines::{difference, tried},
    store::TimelineRecord,
    words::{self, StatusNames},
};

/// The most differences that are listed.
const MOST: usize = 500;

/// What these tables would have written instead.
pub fn played(
    record: &TimelineRecord,
    tables: &Tables,
    rules: Rules,
    names: &StatusNames,
    now: Timestamp,
) -> ReplayAnswer {
    let Some(first) = record.entries.first().map(TimelineEntry::at) else {
        return ReplayAnswer { sentence: say("timeline.replay.none"), lines: Vec::new() };
    };
    let Replay { recorded, replayed } = replay(&record.entries, tables, rules, Pace::default());
    let found = differences(&recorded, &replayed);
    let count = catalog::count(recorded.iter().filter(|row| Decision::is_new(row)).count());
    let since = [("date", words::date(first)), ("count", count), ("differ", catalog::count(found.len()))];
    let values: Vec<(&str, &str)> = since.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let key = if found.is_empty() { "timeline.replay.same" } else { "timeline.replay.differ" };
    let newest = found.iter().rev().take(MOST);
    let lines: Vec<ReplayLine> = newest.filter_map(|found| difference(found, names, now)).collect();
    ReplayAnswer { sentence: fill(key, &values), lines }
}

/// The states that can be tried.
pub fn what_if_choices(statuses: &[AgentStatus]) -> WhatIfChoices {
    WhatIfChoices {
        connect: connect_states(statuses)
            .iter()
            .map(|state| WhatIfChoice { id: connect_key(state), words: catalog::connect_and_channel(state) })
            .collect(),
        teams: TEAMS
            .iter()
            .map(|state| WhatIfChoice { id: teams_key(state), words: catalog::teams(state) })
            .collect(),
    }
}

/// What tables make of a pair; nothing if one of the two is not known any more.
pub fn try_question(
    question: &WhatIfQuestion,
    tables: &Tables,
    rules: Rules,
    statuses: &[AgentStatus],
    now: Timestamp,
) -> WhatIfAnswer {
    let connect = connect_states(statuses).into_iter().find(|state| connect_key(state) == question.connect);
    let teams = TEAMS.into_iter().find(|state| teams_key(state) == question.teams);
    let Some((connect, teams)) = connect.zip(teams) else { return WhatIfAnswer { lines: Vec::new() } };
    let names = StatusNames::new(statuses);
    let pair = Pair {
        connect,
        connect_is_ours: question.connect_is_ours,
        teams,
        teams_is_ours: question.teams_is_ours,
    };
    let found = try_pair(tables, rules, statuses, &pair, now);
    let left = |when, state: &str, done, why| WhatIfLine {
        when: fill(when, &[("state", state)]),
        sign: DoneSign::Left,
        done: say(done),
        why: say(why),
    };
    let towards_teams = found.teams.map_or_else(
        || {
            left(
                "timeline.whatIf.connect",
                &catalog::connect_and_channel(&pair.connect),
                "timeline.done.nothing",
                "timeline.why.off",
            )
        },
        |outcome| tried(&outcome, &names),
    );
    let towards_connect = found.connect.map_or_else(
        || {
            let why = if pair.teams_is_ours { "timeline.whatIf.echo" } else { "timeline.why.off" };
            left("timeline.whatIf.teams", &catalog::teams(&pair.teams), "timeline.done.connectLeft", why)
        },
        |outcome| tried(&outcome, &names),
    );
    WhatIfAnswer { lines: vec![towards_teams, towards_connect] }
}

const TEAMS: [TeamsState; 12] = [
    TeamsState::plain(Availability::Available),
    TeamsState::plain(Availability::Busy),
    TeamsState::with(Availability::Busy, Detail::InCall),
    TeamsState::with(Availability::Busy, Detail::InMeeting),
    TeamsState::plain(Availability::DoNotDisturb),
    TeamsState::with(Availability::DoNotDisturb, Detail::Presenting),
    TeamsState::with(Availability::DoNotDisturb, Detail::Focusing),
    TeamsState::plain(Availability::BeRightBack),
    TeamsState::plain(Availability::Away),
    TeamsState::with(Availability::Away, Detail::OutOfOffice),
    TeamsState::plain(Availability::Offline),
    TeamsState::with(Availability::Offline, Detail::AppearOffline),
];

/// Statuses, then activities: all of them for calls, those that occur for the other channels.
fn connect_states(statuses: &[AgentStatus]) -> Vec<ConnectState> {
    const VOICE: [Activity; 9] = [
        Activity::Incoming,
        Activity::CallbackOffered,
        Activity::Dialling,
        Activity::Connected,
        Activity::OnHold,
        Activity::AfterContactWork,
        Activity::Missed,
        Activity::Rejected,
        Activity::Error,
    ];
    const OTHERS: [Activity; 4] =
        [Activity::Incoming, Activity::Connected, Activity::AfterContactWork, Activity::Missed];
    let contact = |channel| move |activity| ConnectState::Contact { activity, channel };
    let mut states: Vec<_> = statuses.iter().cloned().map(ConnectState::Chosen).collect();
    states.extend(VOICE.map(contact(Channel::Voice)));
    for channel in [Channel::Chat, Channel::Email, Channel::Task] {
        states.extend(OTHERS.map(contact(channel)));
    }
    states
}
