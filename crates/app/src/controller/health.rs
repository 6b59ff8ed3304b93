//! Health: one card for each side, the worst one in the foot of the drawer.

use connect::{APPROVED_ORIGIN, Phase as Session};
use graph::ErrorKind;
use jiff::Timestamp;

use super::{Controller, present::login_words};
use crate::{
    host::Host,
    machine::{gate::Service, login::Phase, team::ListFailure},
    view::{Action, Button, Health, HealthCard, Level},
    words::{count, date, fill, say, time},
};

/// A card and what the foot says when it is the worst one.
struct Side {
    card: HealthCard,
    short: String,
}

impl<H: Host> Controller<H> {
    pub(super) fn health(&self) -> Health {
        let sides = [self.connect_side(), self.teams_side(), self.directory_side()].into_iter();
        let sides: Vec<Side> = sides.chain(self.colleagues_side()).chain([self.login_side()]).collect();
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
        let as_of = self.team.last_read().max(self.own.last_read());
        Health { level: worst, words, as_of, cards: sides.into_iter().map(|side| side.card).collect() }
    }

    fn connect_side(&self) -> Side {
        let host = self.setup.as_ref().ok().and_then(|set| set.ccp.host_str()).unwrap_or_default();
        let agent = self.ccp.agent().map(|agent| agent.username.clone()).unwrap_or_default();
        let (level, text, short) = match self.ccp.phase() {
            Session::Starting => (Level::Reading, say("checks.connect.starting"), String::new()),
            Session::Live => (Level::Ok, fill("checks.connect.live", &[("agent", &agent)]), String::new()),
            Session::LoginNeeded => {
                (Level::Problem, say("checks.connect.login"), say("checks.connect.loginShort"))
            }
            Session::NoAnswer => (
                Level::Problem,
                fill("checks.connect.noAnswer", &[("host", host)]),
                say("checks.connect.noAnswerShort"),
            ),
            Session::NotApproved => (
                Level::Problem,
                fill("checks.connect.notApproved", &[("host", host), ("origin", APPROVED_ORIGIN)]),
                say("checks.connect.notApprovedShort"),
            ),
            Session::Old => (Level::Warning, say("checks.connect.old"), say("checks.connect.oldShort")),
            Session::Lost => (Level::Warning, say("checks.connect.lost"), say("checks.connect.lostShort")),
        };
        let button = matches!(self.ccp.phase(), Session::LoginNeeded | Session::NoAnswer)
            .then(|| Button { label: say("checks.connect.loginButton"), action: Action::ConnectLogin });
        let as_of = self.ccp.last_known().map(|(_, at)| at);
        side("checks.connect", level, text, &short, as_of, button)
    }

    fn teams_side(&self) -> Side {
        let read = self.own.last_read();
        let (level, text, short) = match self.login.phase() {
            Phase::SignedIn => return self.teams_service_side(),
            Phase::Starting => (Level::Reading, say("checks.directory.reading"), String::new()),
            Phase::Renewing if self.login.refusal().is_some() => {
                (Level::Warning, self.login_words().sentence(), say("checks.teams.noAnswerShort"))
            }
            Phase::Renewing => (Level::Reading, say("checks.directory.reading"), String::new()),
            Phase::SignedOut { .. } | Phase::Unconfigured => {
                (Level::Problem, say("checks.teams.login"), say("checks.teams.loginShort"))
            }
        };
        side("checks.teams", level, text, &short, read, None)
    }

    /// How the own presence is read and written, while somebody is signed in.
    fn teams_service_side(&self) -> Side {
        let read = self.own.last_read();
        let at = read.map_or_else(|| "–".to_owned(), time);
        let card = |level, text, short: &str| side("checks.teams", level, text, &say(short), read, None);
        if let Some(reason) = self.sync.not_remembered() {
            let text = fill("checks.teams.notKept", &[("reason", &format!("{reason}."))]);
            return card(Level::Problem, text, "checks.teams.notKeptShort");
        }
        let trouble = self.gate.trouble(Service::OwnPresence).or(self.gate.trouble(Service::Write));
        let is_slowed = trouble.is_some_and(|trouble| trouble.error.kind() == ErrorKind::Throttled);
        if is_slowed || self.gate.slowed(self.clock.now()).is_some() {
            let text = fill("checks.teams.slowed", &[("time", &at)]);
            return Side {
                short: say("checks.slowed"),
                ..side("checks.teams", Level::Warning, text, "", read, None)
            };
        }
        let Some(trouble) = trouble else {
            let (level, text) = match self.own.current() {
                Some(_) => (Level::Ok, say("checks.teams.live")),
                None => (Level::Reading, say("checks.directory.reading")),
            };
            return side("checks.teams", level, text, "", read, None);
        };
        let reason = format!("{}.", trouble.error);
        let no_answer = || fill("checks.teams.noAnswer", &[("reason", &reason)]);
        match trouble.error.kind() {
            ErrorKind::NotAllowed => {
                let text = fill("checks.teams.notAllowed", &[("reason", &reason)]);
                card(Level::Problem, text, "checks.teams.notAllowedShort")
            }
            ErrorKind::Unreachable if self.is_offline() => {
                card(Level::Offline, no_answer(), "checks.teams.noAnswerShort")
            }
            ErrorKind::Unreachable => card(Level::Problem, no_answer(), "checks.teams.noAnswerShort"),
            ErrorKind::Throttled | ErrorKind::Token | ErrorKind::Refused | ErrorKind::Failing => {
                card(Level::Warning, no_answer(), "checks.teams.noAnswerShort")
            }
        }
    }

    fn directory_side(&self) -> Side {
        let known = count(self.team.roster().known());
        let failed = self.team.failed().map(|failure| match failure {
            ListFailure::Graph(error) => format!("{error}."),
            ListFailure::Endless => say("checks.directory.endless"),
        });
        let (level, text) = match (&failed, self.team.listed(), self.team.next_list()) {
            (Some(reason), Some(listed), _) => {
                let listed = time(listed);
                (Level::Warning, fill("checks.directory.failed", &[("reason", reason), ("time", &listed)]))
            }
            (Some(reason), None, _) => {
                (Level::Warning, fill("checks.directory.failedFirst", &[("reason", reason)]))
            }
            (None, Some(listed), Some(next)) if self.reads_licences() => {
                let (listed, next) = (time(listed), time(next));
                let values = [("count", known.as_str()), ("time", &listed), ("next", &next)];
                (Level::Ok, fill("checks.directory.licensed", &values))
            }
            (None, Some(_), _) if self.reads_licences() => (Level::Ok, say("checks.directory.reading")),
            (None, Some(_), _) => (Level::Ok, fill("checks.directory.basic", &[("count", &known)])),
            // Without a login nothing is being read, and the Teams card says why.
            (None, None, _) if self.login.session().is_none() => (Level::Ok, say("checks.login.needed")),
            (None, None, _) => (Level::Reading, say("checks.directory.reading")),
        };
        let short = match level {
            Level::Reading => String::new(),
            Level::Ok | Level::Warning | Level::Problem | Level::Offline => {
                say("checks.directory.failedShort")
            }
        };
        let refresh = || Button { label: say("checks.directory.refresh"), action: Action::RefreshPeople };
        let button = self.login.session().map(|_| match self.reads_licences() {
            true => refresh(),
            false => self.login_words().consent_button().unwrap_or_else(refresh),
        });
        side("checks.directory", level, text, &short, self.team.listed(), button)
    }

    /// A line of its own, only while their presence cannot be read: nothing of the other lines depends on it.
    fn colleagues_side(&self) -> Option<Side> {
        self.login.session()?;
        let reason = format!("{}.", self.gate.trouble(Service::Colleagues)?.error);
        let read = self.team.last_read();
        let text = match read {
            Some(read) => fill("checks.colleagues.failed", &[("reason", &reason), ("time", &time(read))]),
            None => fill("checks.colleagues.failedFirst", &[("reason", &reason)]),
        };
        let short = say("checks.colleagues.failedShort");
        Some(side("checks.colleagues", Level::Warning, text, &short, read, None))
    }

    fn authorized_as(&self, upn: &str) -> String {
        match self.login.authorization().period.renew_by() {
            Some(by) => fill("checks.login.renewBy", &[("upn", upn), ("date", &date(by))]),
            None => fill("checks.login.active", &[("upn", upn)]),
        }
    }

    fn login_side(&self) -> Side {
        let (level, text) = match (self.login.session(), self.login.keyring_failure()) {
            (Some(session), None) => match self.login_words().secret_warning(self.clock.now()) {
                Some(warning) => (Level::Warning, warning),
                None => (Level::Ok, self.authorized_as(&session.who().upn)),
            },
            (Some(session), Some(error)) => {
                let keyring = say(login_words::keyring(error));
                let values = [("upn", session.who().upn.as_str()), ("keyring", &keyring)];
                (Level::Warning, fill("checks.login.session", &values))
            }
            (None, _) => (Level::Ok, say("checks.login.needed")),
        };
        let label = if self.login.is_needed() { "checks.login.button" } else { "checks.login.renew" };
        let button = Some(Button { label: say(label), action: Action::TeamsLogin });
        let short =
            self.login.keyring_failure().map(|error| say(login_words::keyring(error))).unwrap_or_default();
        Side { short, ..side("checks.login", level, text, "", None, button) }
    }
}

fn side(
    key: &str,
    level: Level,
    text: String,
    short: &str,
    as_of: Option<Timestamp>,
    button: Option<Button>,
) -> Side {
    let title = say(&format!("{key}.title"));
    let short =
        if short.is_empty() { String::new() } else { fill(&format!("{key}.short"), &[("what", short)]) };
    Side { card: HealthCard { level, title, text, as_of, button }, short }
}
