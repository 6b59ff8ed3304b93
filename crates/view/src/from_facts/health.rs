//! Health: one card for each side, the worst one in the foot of the drawer.

use connect::{
    APPROVED_ORIGIN, Phase,
    api::{ApiError, ErrorKind as ConnectError},
};
use graph::{ErrorKind, GraphError};
use jiff::Timestamp;
use presence::teams::Availability;

use super::{disk::disk_reason, login_words, network, primary, secondary, stage};
use crate::{
    facts::{Browser, Facts, ListFailure, LoginPhase, MessageNote, NetworkFault, Skipped},
    model::{Action, AsOf, Button, Health, HealthCard, Level, SettingsPage},
    words::{count, date, fill, say, sentence, time},
};

/// A card and what the foot says when it is the worst one.
struct HealthSide {
    card: HealthCard,
    short: String,
}

pub(super) fn health(facts: &Facts<'_>) -> Health {
    if let Some(health) = stage::health(facts) {
        return health;
    }
    let sides = [connect(facts), teams(facts), directory(facts)].into_iter();
    let sides = sides.chain(message(facts)).chain(colleagues(facts)).chain(connect_colleagues(facts));
    let sides: Vec<HealthSide> = sides.chain([login(facts)]).collect();
    let worst = sides.iter().map(|side| side.card.level).max().unwrap_or(Level::Ok);
    let words = match worst {
        Level::Ok => say("checks.upToDate"),
        Level::Reading => say("checks.reading"),
        Level::Offline => say("checks.offline"),
        Level::Warning | Level::Problem => sides
            .iter()
            .find(|side| side.card.level == worst)
            .map_or_else(String::new, |side| side.short.clone()),
    };
    let as_of = facts.team.read.max(facts.teams.read);
    Health { level: worst, words, as_of, cards: sides.into_iter().map(|side| side.card).collect() }
}

fn connect(facts: &Facts<'_>) -> HealthSide {
    let host = facts.settings.set.and_then(|set| set.ccp.host_str()).unwrap_or_default();
    let agent = facts.connect.agent.map(|agent| agent.username.as_str()).unwrap_or_default();
    let phase = facts.connect.phase;
    let (level, text, short) = match phase {
        Phase::Starting => (Level::Reading, say("checks.connect.starting"), String::new()),
        Phase::Live => (Level::Ok, fill("checks.connect.live", &[("agent", agent)]), String::new()),
        Phase::LoginNeeded => (Level::Problem, say("checks.connect.login"), say("checks.connect.loginShort")),
        Phase::NoAnswer => (
            Level::Problem,
            fill("checks.connect.noAnswer", &[("host", host)]),
            say("checks.connect.noAnswerShort"),
        ),
        Phase::NotYet => (
            Level::Problem,
            fill("checks.connect.notYet", &[("host", host), ("origin", APPROVED_ORIGIN)]),
            say("checks.connect.notYetShort"),
        ),
        Phase::NotApproved => (
            Level::Problem,
            fill("checks.connect.notApproved", &[("host", host), ("origin", APPROVED_ORIGIN)]),
            say("checks.connect.notApprovedShort"),
        ),
        Phase::Old => (Level::Warning, say("checks.connect.old"), say("checks.connect.oldShort")),
        Phase::Lost => (Level::Warning, say("checks.connect.lost"), say("checks.connect.lostShort")),
    };
    // Connect reports its changes by itself.
    let at = facts.connect.last.map(|(_, at)| at);
    let is_silent = matches!(phase, Phase::Starting | Phase::NoAnswer | Phase::Old | Phase::Lost);
    let stops_page = |fault: &&NetworkFault| is_silent && fault.stops_web_views(facts.connect.way);
    if let Some(fault) = facts.network.connect.as_ref().filter(stops_page) {
        return faulty("checks.connect", fault).known(at.map(|at| AsOf::Seen { at }));
    }
    let button = matches!(phase, Phase::LoginNeeded | Phase::NoAnswer)
        .then(|| primary("checks.connect.loginButton", Action::ConnectLogin));
    let as_of = at.map(|at| if level == Level::Ok { AsOf::Changed { at } } else { AsOf::Seen { at } });
    side("checks.connect", level, text, &short).known(as_of).button(button)
}

fn teams(facts: &Facts<'_>) -> HealthSide {
    let fails = facts.teams.reading.or(facts.teams.writing).is_some() || facts.login.refusal.is_some();
    if let Some(fault) = facts.network.microsoft.as_ref().filter(|_| fails) {
        return faulty("checks.teams", fault).read(facts.teams.read);
    }
    let (level, text, short) = match facts.login.phase {
        LoginPhase::SignedIn => return teams_service(facts),
        LoginPhase::Renewing if facts.login.refusal.is_some() => {
            (Level::Warning, login_words::sentence(facts), say("checks.teams.noAnswerShort"))
        }
        LoginPhase::Starting | LoginPhase::Renewing => {
            (Level::Reading, say("checks.directory.reading"), String::new())
        }
        LoginPhase::SignedOut { .. } | LoginPhase::Unconfigured => {
            let short = match facts.login.under_way.map(|under_way| under_way.browser) {
                None => "checks.teams.loginShort",
                Some(Browser::Asked | Browser::Late) => "checks.teams.browserShort",
                Some(Browser::Failed) => "checks.teams.noBrowserShort",
            };
            (Level::Warning, say("checks.teams.login"), say(short))
        }
    };
    side("checks.teams", level, text, &short).read(facts.teams.read)
}

/// How the own presence is read and written, while somebody is signed in.
fn teams_service(facts: &Facts<'_>) -> HealthSide {
    let read = facts.teams.read;
    let at = read.map_or_else(|| "–".to_owned(), time);
    let card = |level, text, short: &str| side("checks.teams", level, text, &say(short)).read(read);
    if let Some(failure) = facts.sync.not_remembered {
        let (file, reason) = (failure.file.display().to_string(), disk_reason(failure.kind));
        let text = fill("checks.teams.notKept", &[("file", &file), ("reason", &reason)]);
        return card(Level::Problem, text, "checks.teams.notKeptShort");
    }
    let error = facts.teams.reading.or(facts.teams.writing).map(|trouble| &trouble.error);
    let is_slowed = error.is_some_and(|error| error.kind() == ErrorKind::Throttled);
    if is_slowed || facts.teams.slowed.is_some() {
        let text = fill("checks.teams.slowed", &[("time", &at)]);
        let slowed = side("checks.teams", Level::Warning, text, "").read(read);
        return HealthSide { short: say("checks.slowed"), ..slowed };
    }
    let Some(error) = error else {
        let (level, text) = match facts.teams.shown {
            Some(_) if facts.teams_stays_unknown() => {
                return card(Level::Warning, say("checks.teams.notKnown"), "checks.teams.notKnownShort");
            }
            Some((state, _)) if state.availability == Availability::Unknown => {
                (Level::Reading, say("checks.teams.notKnownYet"))
            }
            Some(_) => (Level::Ok, say("checks.teams.live")),
            None => (Level::Reading, say("checks.directory.reading")),
        };
        return side("checks.teams", level, text, "").read(read);
    };
    let reason = graph_sentence(error);
    let no_answer = || fill("checks.teams.noAnswer", &[("reason", &reason)]);
    let failed = match error.kind() {
        ErrorKind::NotAllowed => {
            let text = fill("checks.teams.notAllowed", &[("reason", &reason)]);
            card(Level::Problem, text, "checks.teams.notAllowedShort")
        }
        ErrorKind::Unreachable if facts.is_offline() => {
            card(Level::Offline, no_answer(), "checks.teams.noAnswerShort")
        }
        ErrorKind::Unreachable => card(Level::Problem, no_answer(), "checks.teams.noAnswerShort"),
        ErrorKind::Throttled | ErrorKind::Token | ErrorKind::Refused | ErrorKind::Failing => {
            card(Level::Warning, no_answer(), "checks.teams.noAnswerShort")
        }
    };
    failed.details(error)
}

/// A side that the network keeps from working, in the same words whichever side it is.
fn faulty(key: &str, fault: &NetworkFault) -> HealthSide {
    let (words, page) = match fault {
        NetworkFault::ProxyDown { .. }
        | NetworkFault::PasswordMissing { .. }
        | NetworkFault::PasswordRefused { .. }
        | NetworkFault::Script => ("network.settings", SettingsPage::General),
        NetworkFault::OtherLogin { .. }
        | NetworkFault::Refuses { .. }
        | NetworkFault::Unreached { .. }
        | NetworkFault::Inspected => ("network.doctor", SettingsPage::Doctor),
    };
    let mut side = side(key, Level::Problem, network::sentence(fault), &network::short(fault));
    side.card.cause = Some(network::cause(fault));
    side.button(Some(secondary(words, Action::OpenSettings { page })))
}

fn directory(facts: &Facts<'_>) -> HealthSide {
    let (team, login) = (&facts.team, &facts.login);
    let known = count(team.in_directory);
    let failed = team.failed.map(|failure| match failure {
        ListFailure::Graph(error) => graph_sentence(error),
        ListFailure::Endless => say("checks.directory.endless"),
        ListFailure::Unreadable(Skipped { of: 0, .. }) => say("checks.directory.empty"),
        ListFailure::Unreadable(_) => say("checks.directory.unreadable"),
    });
    let skipped = match team.failed {
        Some(ListFailure::Unreadable(skipped)) => *skipped,
        Some(ListFailure::Graph(_) | ListFailure::Endless) | None => team.skipped,
    };
    let (level, text) = match (&failed, team.listed_at, team.next_list) {
        (Some(reason), Some(listed), _) => {
            let listed = time(listed);
            (Level::Warning, fill("checks.directory.failed", &[("reason", reason), ("time", &listed)]))
        }
        (Some(reason), None, _) => {
            (Level::Warning, fill("checks.directory.failedFirst", &[("reason", reason)]))
        }
        (None, Some(listed), Some(next)) if login.reads_licences => {
            let (listed, next) = (time(listed), time(next));
            let values = [("count", known.as_str()), ("time", &listed), ("next", &next)];
            (Level::Ok, fill("checks.directory.licensed", &values))
        }
        (None, Some(_), _) if login.reads_licences => (Level::Ok, say("checks.directory.reading")),
        (None, Some(_), _) => (Level::Ok, fill("checks.directory.basic", &[("count", &known)])),
        // Nothing is being read without a login, and the cards beside it say that one is needed.
        (None, None, _) if login.is_needed() => (Level::Reading, say("checks.directory.afterLogin")),
        (None, None, _) => (Level::Reading, say("checks.directory.reading")),
    };
    let text = with_skipped(text, skipped);
    let short = match level {
        Level::Reading => String::new(),
        Level::Ok | Level::Warning | Level::Problem | Level::Offline => say("checks.directory.failedShort"),
    };
    let refresh = || secondary("checks.directory.refresh", Action::RefreshPeople);
    let button = login.is_signed_in().then(|| match login.reads_licences {
        true => refresh(),
        false => login_words::consent_button(facts).unwrap_or_else(refresh),
    });
    let card = side("checks.directory", level, text, &short).read(team.listed_at).button(button);
    match team.failed {
        Some(ListFailure::Graph(error)) => card.details(error),
        Some(ListFailure::Endless | ListFailure::Unreadable(_)) | None => card,
    }
}

/// The sentence with how many entries of the list could not be read, if any.
fn with_skipped(sentence: String, Skipped { entries, of }: Skipped) -> String {
    if entries == 0 {
        return sentence;
    }
    let values = [("sentence", sentence.as_str()), ("skipped", &count(entries)), ("count", &count(of))];
    fill("checks.directory.skipped", &values)
}

/// A line of its own, only while the status message in Teams does not say what the settings want.
fn message(facts: &Facts<'_>) -> Option<HealthSide> {
    let teams = facts.login.is_signed_in().then_some(facts.teams)?;
    let key = "checks.message";
    if let Some(trouble) = teams.message_writing {
        let text = fill("checks.message.failed", &[("reason", &graph_sentence(&trouble.error))]);
        let card = side(key, Level::Warning, text, &say("checks.message.failedShort"));
        return Some(card.details(&trouble.error));
    }
    let text = match teams.message? {
        MessageNote::Theirs => say("checks.message.theirs"),
        MessageNote::Removed => say("checks.message.removed"),
        MessageNote::NoNumber => say("checks.message.noNumber"),
    };
    Some(side(key, Level::Ok, text, ""))
}

/// A line of its own, only while their presence cannot be read: nothing of the other lines depends on it.
fn colleagues(facts: &Facts<'_>) -> Option<HealthSide> {
    let trouble = facts.team.trouble.filter(|_| facts.login.is_signed_in())?;
    let (reason, read) = (graph_sentence(&trouble.error), facts.team.read);
    let text = match read {
        Some(read) => fill("checks.colleagues.failed", &[("reason", &reason), ("time", &time(read))]),
        None => fill("checks.colleagues.failedFirst", &[("reason", &reason)]),
    };
    let short = say("checks.colleagues.failedShort");
    Some(side("checks.colleagues", Level::Warning, text, &short).read(read).details(&trouble.error))
}

/// Colleagues' statuses in Connect, if they may be read.
fn connect_colleagues(facts: &Facts<'_>) -> Option<HealthSide> {
    let colleagues = facts.colleagues.filter(|_| facts.login.is_signed_in())?;
    let key = "checks.connectColleagues";
    let at = colleagues.read.map(time);
    let Some(trouble) = colleagues.trouble else {
        let text = match (colleagues.known, &at) {
            (Some(known), Some(at)) => {
                fill("checks.connectColleagues.read", &[("count", &count(known)), ("time", at)])
            }
            (Some(_) | None, _) => say("checks.connectColleagues.notRead"),
        };
        return Some(side(key, Level::Ok, text, "").read(colleagues.read));
    };
    let reason = connect_sentence(&trouble.error);
    let text = match &at {
        Some(at) => fill("checks.colleagues.failed", &[("reason", &reason), ("time", at)]),
        None => fill("checks.colleagues.failedFirst", &[("reason", &reason)]),
    };
    let short = match trouble.error.kind() {
        ConnectError::Throttled => say("checks.connectColleagues.slowedShort"),
        ConnectError::NotAllowed => say("checks.connectColleagues.notAllowedShort"),
        ConnectError::Credentials
        | ConnectError::Refused
        | ConnectError::Failing
        | ConnectError::Unreachable => say("checks.colleagues.failedShort"),
    };
    let doctor =
        secondary("checks.connectColleagues.doctor", Action::OpenSettings { page: SettingsPage::Doctor });
    let card = side(key, Level::Warning, text, &short).read(colleagues.read);
    Some(card.button(Some(doctor)).details(&trouble.error))
}

fn login(facts: &Facts<'_>) -> HealthSide {
    let login = &facts.login;
    let (level, text) = match (login.who.filter(|_| login.is_signed_in()), login.keyring) {
        (Some(who), None) => match login_words::secret_warning(facts) {
            Some(warning) => (Level::Warning, warning),
            None => (Level::Ok, authorized_as(&who.upn, login.renew_by)),
        },
        (Some(who), Some(fault)) => {
            let keyring = say(login_words::keyring(fault));
            let values = [("upn", who.upn.as_str()), ("keyring", &keyring)];
            (Level::Warning, fill("checks.login.session", &values))
        }
        (None, _) if login.is_needed() => (Level::Warning, say("checks.login.needed")),
        (None, _) => (Level::Reading, say("checks.login.reading")),
    };
    let button = match (login.under_way, login.is_needed()) {
        (Some(_), _) => secondary("signIn.openAgain", Action::LoginOpenAgain),
        (None, true) => primary("checks.login.button", Action::TeamsLogin),
        (None, false) => secondary("checks.login.renew", Action::TeamsLogin),
    };
    let short = login.keyring.map(|fault| say(login_words::keyring(fault))).unwrap_or_default();
    HealthSide { short, ..side("checks.login", level, text, "").button(Some(button)) }
}

fn authorized_as(upn: &str, renew_by: Option<Timestamp>) -> String {
    match renew_by {
        Some(by) => fill("checks.login.renewBy", &[("upn", upn), ("date", &date(by))]),
        None => fill("checks.login.active", &[("upn", upn)]),
    }
}

/// A card and its short form, which is empty for a card that is never the worst one.
fn side(key: &str, level: Level, text: String, short: &str) -> HealthSide {
    let title = say(&format!("{key}.title"));
    let short =
        if short.is_empty() { String::new() } else { fill(&format!("{key}.short"), &[("what", short)]) };
    HealthSide {
        card: HealthCard { level, title, text, details: None, cause: None, as_of: None, button: None },
        short,
    }
}

impl HealthSide {
    fn known(mut self, as_of: Option<AsOf>) -> Self {
        self.card.as_of = as_of;
        self
    }

    /// When it was last read: the age of one that works, the time of one that fails.
    fn read(self, at: Option<Timestamp>) -> Self {
        let fails = self.card.level > Level::Reading;
        self.known(at.map(|at| if fails { AsOf::Seen { at } } else { AsOf::Read { at } }))
    }

    fn button(mut self, button: Option<Button>) -> Self {
        self.card.button = button;
        self
    }

    fn details(mut self, error: &impl std::fmt::Display) -> Self {
        self.card.details = Some(sentence(error));
        self
    }
}

/// What is wrong, without the details that only support needs.
fn graph_sentence(error: &GraphError) -> String {
    say(match error.kind() {
        ErrorKind::Throttled => "checks.graph.throttled",
        ErrorKind::Token => "checks.graph.token",
        ErrorKind::NotAllowed => "checks.graph.notAllowed",
        ErrorKind::Refused => "checks.graph.refused",
        ErrorKind::Failing => "checks.graph.failing",
        ErrorKind::Unreachable => "checks.graph.unreachable",
    })
}

/// The same for Amazon Connect.
fn connect_sentence(error: &ApiError) -> String {
    say(match error.kind() {
        ConnectError::Throttled => "checks.amazon.throttled",
        ConnectError::Credentials => "checks.amazon.credentials",
        ConnectError::NotAllowed => "checks.amazon.notAllowed",
        ConnectError::Refused => "checks.amazon.refused",
        ConnectError::Failing => "checks.amazon.failing",
        ConnectError::Unreachable => "checks.amazon.unreachable",
    })
}

#[cfg(test)]
mod tests;
