//! Health: one card for each side, the worst one in the foot of the drawer.

use connect::{APPROVED_ORIGIN, Phase as Session};
use jiff::Timestamp;

use super::{
    Controller,
    login::{Phase, keyring_words},
    own::Trouble,
};
use crate::{
    host::Host,
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
        let sides = [self.connect_side(), self.teams_side(), self.directory_side(), self.login_side()];
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
        let as_of = self.colleagues.read.max(self.own.read);
        Health { level: worst, words, as_of, cards: sides.into_iter().map(|side| side.card).collect() }
    }

    fn connect_side(&self) -> Side {
        let host = self.setup.as_ref().ok().and_then(|set| set.ccp.host_str()).unwrap_or_default();
        let agent = self.centre.session.agent().map(|agent| agent.username.clone()).unwrap_or_default();
        let (level, text, short) = match self.centre.session.phase() {
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
            Session::Old | Session::Lost => {
                (Level::Warning, say("checks.connect.lost"), say("checks.connect.lostShort"))
            }
        };
        let button = matches!(self.centre.session.phase(), Session::LoginNeeded | Session::NoAnswer)
            .then(|| Button { label: say("checks.connect.loginButton"), action: Action::ConnectLogin });
        let as_of = self.centre.last_seen;
        side("checks.connect", level, text, &short, as_of, button)
    }

    fn teams_side(&self) -> Side {
        let (level, text, short) = match (&self.login.phase, &self.own.trouble) {
            (Phase::Active(_), Some(trouble)) => {
                let text = self.trouble_sentence(trouble);
                let (level, short) = match trouble {
                    Trouble::Slowed { .. } => {
                        return Side {
                            short: say("checks.slowed"),
                            ..side("checks.teams", Level::Warning, text, "", self.own.read, None)
                        };
                    }
                    Trouble::Unreachable { .. } if self.is_offline() => {
                        (Level::Offline, "checks.teams.noAnswerShort")
                    }
                    Trouble::Unreachable { .. } => (Level::Problem, "checks.teams.noAnswerShort"),
                    Trouble::Failing { .. } => (Level::Warning, "checks.teams.noAnswerShort"),
                    Trouble::NotAllowed { .. } => (Level::Problem, "checks.teams.notAllowedShort"),
                    Trouble::NotKept { .. } => (Level::Problem, "checks.teams.notKeptShort"),
                };
                (level, text, say(short))
            }
            (Phase::Active(_), None) if self.own.known => {
                (Level::Ok, say("checks.teams.live"), String::new())
            }
            (Phase::Active(_) | Phase::AskingKeyring { .. }, _) => {
                (Level::Reading, say("checks.directory.reading"), String::new())
            }
            (Phase::Renewing { .. }, _) if self.login.refusal.is_some() => {
                (Level::Warning, self.login_sentence(), say("checks.teams.noAnswerShort"))
            }
            (Phase::Renewing { .. }, _) => (Level::Reading, say("checks.directory.reading"), String::new()),
            (Phase::Needed { .. } | Phase::Unconfigured, _) => {
                (Level::Problem, say("checks.teams.login"), say("checks.teams.loginShort"))
            }
        };
        side("checks.teams", level, text, &short, self.own.read, None)
    }

    fn directory_side(&self) -> Side {
        let known = count(self.colleagues.roster.known());
        let (level, text) = match (&self.colleagues.failed, self.colleagues.listed, self.colleagues.next_list)
        {
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
            (None, Some(_), _) => (Level::Ok, fill("checks.directory.basic", &[("count", &known)])),
            // Without a login nothing is being read, and the Teams card says why.
            (None, None, _) if self.login.active().is_none() => (Level::Ok, say("checks.login.needed")),
            (None, None, _) => (Level::Reading, say("checks.directory.reading")),
        };
        let short = match level {
            Level::Reading => String::new(),
            Level::Ok | Level::Warning | Level::Problem | Level::Offline => {
                say("checks.directory.failedShort")
            }
        };
        let refresh = || Button { label: say("checks.directory.refresh"), action: Action::RefreshPeople };
        let button = self.login.active().map(|_| match self.reads_licences() {
            true => refresh(),
            false => self.consent_button().unwrap_or_else(refresh),
        });
        side("checks.directory", level, text, &short, self.colleagues.listed, button)
    }

    fn authorized_as(&self, upn: &str) -> String {
        match self.login.authorization.period.renew_by() {
            Some(by) => fill("checks.login.renewBy", &[("upn", upn), ("date", &date(by))]),
            None => fill("checks.login.active", &[("upn", upn)]),
        }
    }

    fn login_side(&self) -> Side {
        let (level, text) = match (self.login.active(), self.login.keyring) {
            (Some(active), None) => match self.secret_warning() {
                Some(warning) => (Level::Warning, warning),
                None => (Level::Ok, self.authorized_as(&active.who.upn)),
            },
            (Some(active), Some(error)) => {
                let keyring = say(keyring_words(error));
                let values = [("upn", active.who.upn.as_str()), ("keyring", &keyring)];
                (Level::Warning, fill("checks.login.session", &values))
            }
            (None, _) => (Level::Ok, say("checks.login.needed")),
        };
        let label = if self.login.is_needed() { "checks.login.button" } else { "checks.login.renew" };
        let button = Some(Button { label: say(label), action: Action::TeamsLogin });
        let short = self.login.keyring.map(|error| say(keyring_words(error))).unwrap_or_default();
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
