//! The words that Rust says: states, tray, banners, notifications, health. All of them come from the one
//! catalog, `text/en.json`, which the drawer reads too.

use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZone};
use people::{ConnectSeen, Dialable};
use presence::{
    connect::{Activity, Channel, ConnectState},
    mapping::Target,
    shown,
    teams::{Availability, Detail, TeamsState},
};
use serde_json::Value;

static CATALOG: LazyLock<Value> = LazyLock::new(|| {
    // A catalog that does not parse says every key by its name; the test below keeps that from happening.
    serde_json::from_str(include_str!("../text/en.json")).unwrap_or(Value::Null)
});

/// The text at `key` ("tray.open").
pub fn say(key: &str) -> String {
    let found = key.split('.').try_fold(&*CATALOG, |at, part| at.get(part)).and_then(Value::as_str);
    debug_assert!(found.is_some(), "the catalog has no {key}");
    found.unwrap_or(key).to_owned()
}

/// The text at `key` with each `{name}` filled in.
pub fn fill(key: &str, values: &[(&str, &str)]) -> String {
    let text = say(key);
    let mut filled = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, open)| Some((before, open.split_once('}')?)))
    {
        filled.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        debug_assert!(value.is_some(), "nothing fills {name} in {key}");
        push_isolated(&mut filled, value.unwrap_or_default());
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Puts a value into a sentence: a value that is read from right to left must not turn the text beside it, and nothing
/// in a value may turn the text after it.
/// See <https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates>.
fn push_isolated(filled: &mut String, value: &str) {
    let value = &*shown::unturned(value);
    let isolated = value.contains(is_right_to_left);
    filled.extend(isolated.then_some('\u{2068}'));
    filled.push_str(value);
    filled.extend(isolated.then_some('\u{2069}'));
}

/// By the blocks of Unicode that have such letters.
const fn is_right_to_left(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// A number with everything that a call to it dials and sends, and nothing else: an extension has its word
/// ("+44 1632 960000, ext 4000", the one spelling), pauses are commas, as a number is written. Read again, it is the
/// same number.
pub fn number(number: &Dialable) -> String {
    match &number.digits {
        None => number.words.clone(),
        Some(sent) if sent.starts_with(',') => format!("{}{sent}", number.words),
        Some(sent) => fill("call.withExtension", &[("number", &number.words), ("digits", sent)]),
    }
}

/// The words of an error, as a sentence.
pub fn sentence(error: &impl std::fmt::Display) -> String {
    capital(&error.to_string()) + "."
}

/// The same with a capital letter at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => fill("setup.and", &[("most", &most.join(", ")), ("last", last)]),
    }
}

/// A time of day, 24 h, in the machine's time zone.
pub fn time(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%H:%M").to_string()
}

/// A day, "Fri 18 Dec", in the machine's time zone.
pub fn date(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%a %-d %b").to_string()
}

/// "Today, Fri 18 Dec", or the date alone.
pub fn day(at: Timestamp, now: Timestamp) -> String {
    if is_same_day(at, now) { fill("timeline.today", &[("date", &date(at))]) } else { date(at) }
}

/// The time of day, with the date before it if that is not today's: "14:02", "Fri 18 Dec, 14:02".
pub fn moment(at: Timestamp, now: Timestamp) -> String {
    if is_same_day(at, now) {
        return time(at);
    }
    fill("timeline.moment", &[("date", &date(at)), ("time", &time(at))])
}

/// True for two moments of one day, in the machine's time zone.
pub fn is_same_day(one: Timestamp, other: Timestamp) -> bool {
    let day = |at: Timestamp| at.to_zoned_datetime(TimeZone::system()).date();
    day(one) == day(other)
}

/// "4,812".
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A Connect state: the chosen status by its name, an activity by ours.
pub fn connect(state: &ConnectState) -> String {
    match state {
        ConnectState::Chosen(status) => status.shown(),
        ConnectState::Contact { activity: now, .. } => activity(*now),
    }
}

/// The same, with the channel of a contact: "On hold, chat".
pub fn connect_and_channel(state: &ConnectState) -> String {
    let words = connect(state);
    let ConnectState::Contact { channel: by, .. } = state else { return words };
    fill("states.withChannel", &[("activity", &words), ("channel", &channel(*by))])
}

/// The same for the agent who is in it: "On a chat".
pub fn own_connect(state: &ConnectState) -> String {
    match state {
        ConnectState::Contact { activity: Activity::Connected, channel } => say(match channel {
            Channel::Voice => "states.connected.voice",
            Channel::Chat => "states.connected.chat",
            Channel::Email => "states.connected.email",
            Channel::Task => "states.connected.task",
            Channel::Other => "states.connected.other",
        }),
        ConnectState::Contact { channel: Channel::Voice, .. } | ConnectState::Chosen(_) => connect(state),
        ConnectState::Contact { .. } => connect_and_channel(state),
    }
}

/// What a colleague does in Connect, with the number of their contacts if there is more than one: "On a chat (2)".
pub fn colleague_connect(seen: &ConnectSeen) -> String {
    match &seen.state {
        None => say("states.loggedOut"),
        Some(state @ ConnectState::Contact { .. }) if seen.contacts > 1 => {
            fill("states.contacts", &[("words", &own_connect(state)), ("count", &count(seen.contacts))])
        }
        Some(state) => own_connect(state),
    }
}

/// What the agent does on a contact.
pub fn activity(activity: Activity) -> String {
    say(match activity {
        Activity::Connected => "states.connect.connected",
        Activity::OnHold => "states.connect.onHold",
        Activity::Dialling => "states.connect.dialling",
        Activity::Error => "states.connect.error",
        Activity::Missed => "states.connect.missed",
        Activity::Rejected => "states.connect.rejected",
        Activity::AfterContactWork => "states.connect.afterContactWork",
        Activity::Incoming => "states.connect.incoming",
        Activity::CallbackOffered => "states.connect.callbackOffered",
    })
}

/// How a contact reaches the agent.
pub fn channel(channel: Channel) -> String {
    say(match channel {
        Channel::Voice => "states.channel.voice",
        Channel::Chat => "states.channel.chat",
        Channel::Email => "states.channel.email",
        Channel::Task => "states.channel.task",
        Channel::Other => "states.channel.other",
    })
}

/// A Teams state: its detail if there is one, else its availability.
pub fn teams(state: &TeamsState) -> String {
    say(match (state.detail, state.availability) {
        (Some(Detail::InCall), _) => "states.teams.inCall",
        (Some(Detail::InMeeting), _) => "states.teams.inMeeting",
        (Some(Detail::Presenting), _) => "states.teams.presenting",
        (Some(Detail::Focusing), _) => "states.teams.focusing",
        (Some(Detail::OutOfOffice), _) => "states.teams.outOfOffice",
        (Some(Detail::AppearOffline), _) => "states.teams.appearOffline",
        (Some(Detail::Inactive) | None, Availability::Available) => "states.teams.available",
        (Some(Detail::Inactive) | None, Availability::Busy) => "states.teams.busy",
        (Some(Detail::Inactive) | None, Availability::DoNotDisturb) => "states.teams.doNotDisturb",
        (Some(Detail::Inactive) | None, Availability::BeRightBack) => "states.teams.beRightBack",
        (Some(Detail::Inactive) | None, Availability::Away) => "states.teams.away",
        (Some(Detail::Inactive) | None, Availability::Offline) => "states.teams.offline",
        (Some(Detail::Inactive) | None, Availability::Unknown) => "states.teams.unknown",
    })
}

/// What a table asks of Teams; nothing for the two targets that set no presence.
pub fn target(target: Target) -> Option<String> {
    let key = match target {
        Target::Available => "states.teams.available",
        Target::InACall => "states.teams.inCall",
        Target::Busy => "states.teams.busy",
        Target::DoNotDisturb => "states.teams.doNotDisturb",
        Target::BeRightBack => "states.teams.beRightBack",
        Target::AppearAway => "states.teams.away",
        Target::AppearOffline => "states.teams.appearOffline",
        Target::NoChange | Target::Clear => return None,
    };
    Some(say(key))
}

/// "Unknown", or since when somebody was last seen.
pub fn unknown(last_seen: Option<Timestamp>) -> String {
    last_seen.map_or_else(|| say("states.unknown"), |at| fill("states.lastSeen", &[("time", &time(at))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_each_name_once_and_leaves_the_rest() {
        let filled = fill("tray.states", &[("connect", "Lunch {x}"), ("teams", "Busy")]);
        assert_eq!(filled, "Lunch {x} / Busy");
    }

    #[test]
    fn nothing_in_a_value_turns_what_comes_after_it() {
        let values = [("connect", "\u{202e}Lunch"), ("teams", "Busy\u{2067}")];
        assert_eq!(
            fill("tray.states", &values),
            fill("tray.states", &[("connect", "Lunch"), ("teams", "Busy")])
        );
    }

    #[test]
    fn isolates_a_value_that_is_read_from_right_to_left() {
        let filled = fill("tray.states", &[("connect", "אבי כהן"), ("teams", "Zoë")]);
        assert_eq!(filled, "\u{2068}אבי כהן\u{2069} / Zoë");
    }

    #[test]
    fn groups_thousands() {
        assert_eq!([0, 40, 999, 4812, 1_000_000].map(count), ["0", "40", "999", "4,812", "1,000,000"]);
    }
}
