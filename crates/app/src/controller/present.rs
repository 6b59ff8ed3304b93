//! What is shown: the view, the list's lines and the tray, as values that go out only when they differ.

mod call_bar;
mod link;
pub(super) mod login_words;
pub(super) mod notices;

use connect::Phase;
use jiff::Timestamp;
use people::{Entry, LineRef, NumberKind, Verdict};
use presence::{
    connect::{ConnectState, StatusKind},
    engine::Link,
    mapping::Target,
};

use self::call_bar::{call_bar, refused};
use super::{Controller, calls::agent_facts};
use crate::{
    host::{Host, PauseFor, Tray, TrayAction, TrayItem, TraySign},
    machine::{
        call::{refusal_of_all, verdicts},
        ccp::SamePerson,
        team::TeamIn,
    },
    view::{
        Badge, Counts, Knob, Level, Line, Lines, NumberLine, Own, PersonLine, Section, ShownNumber, Side,
        View,
    },
    words::{self, fill, say},
};

/// The most lines one question is answered with.
const MOST_LINES: u32 = 500;

/// What the front was last told.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// True while the drawer is open.
    pub(super) open: bool,
    /// True while the settings window is open.
    pub(super) settings_open: bool,
    /// A decision came into the timeline, which no window was told yet.
    pub(super) recorded: bool,
    /// There is no tray host.
    pub(super) no_tray: bool,
    /// The wizard has saved, and is not left yet: what went wrong all the same, or nothing.
    pub(super) setup_saved: Option<String>,
    revision: u64,
    view: Option<View>,
    list: u64,
    tray: Option<Tray>,
}

impl Front {
    /// The same windows, in front of another controller.
    pub(super) fn anew(&self) -> Self {
        Self {
            open: self.open,
            settings_open: self.settings_open,
            no_tray: self.no_tray,
            setup_saved: self.setup_saved.clone(),
            revision: self.revision,
            ..Self::default()
        }
    }

    /// Something that is not in the view has changed: the next publication tells a new revision.
    pub(super) fn touch(&mut self) {
        self.view = None;
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn settings_opened(&mut self, open: bool) {
        self.front.settings_open = open;
        if !open {
            self.front.setup_saved = None;
        }
    }

    /// Tells the windows and the tray, if what they show has changed.
    pub(super) fn publish(&mut self) {
        let view = self.view();
        let list = self.team.roster().revision();
        let recorded = std::mem::take(&mut self.front.recorded) && self.front.settings_open;
        if self.front.view.as_ref() != Some(&view) || self.front.list != list || recorded {
            self.front.revision += 1;
            self.front.list = list;
            self.front.view = Some(View { revision: self.front.revision, ..view });
            if self.front.open || self.front.settings_open {
                self.host.view_changed(self.front.revision);
            }
        }
        let tray = self.tray();
        if self.front.tray.as_ref() != Some(&tray) {
            self.host.set_tray(tray.clone());
            self.front.tray = Some(tray);
        }
    }

    pub(super) fn view(&self) -> View {
        View {
            revision: self.front.revision,
            own: self.own_header(),
            banner: self.banner(),
            call: call_bar(&self.call),
            health: self.health(),
            counts: Counts {
                listed: small(self.team.roster().listed()),
                known: small(self.team.roster().known()),
                loading: self.login.session().is_some() && self.team.is_loading(),
                offline_hidden: self.team.roster().hides_offline(),
                found: self.team.roster().found().map(small),
            },
        }
    }

    pub(super) fn lines(&mut self, start: u32, count: u32) -> Lines {
        let count = count.min(MOST_LINES) as usize;
        let from = start as usize;
        self.team(TeamIn::OnScreen { start: from, count });
        let all = self.team.roster().lines();
        let lines = all.iter().skip(from).take(count).filter_map(|line| self.line(line)).collect();
        Lines { revision: self.front.revision, start, total: small(all.len()), lines }
    }

    fn line(&self, line: &LineRef) -> Option<Line> {
        match line {
            LineRef::Favourites => Some(Line::Section { section: Section::Favourites }),
            LineRef::Everyone => Some(Line::Section { section: Section::Everyone }),
            LineRef::Person(id) => {
                let entry = self.team.roster().get(id)?;
                let teams = match (entry.teams(), entry.last_seen()) {
                    (Some(state), _) => Side {
                        words: words::teams(state),
                        badge: badge(people::badge(Some(state))),
                        since: entry.since(),
                    },
                    (None, last_seen) => unknown(words::unknown(last_seen)),
                };
                let agent = agent_facts(&self.ccp);
                let verdicts = verdicts(entry, &agent, self.call.is_live(), false);
                Some(Line::Person(Box::new(PersonLine {
                    id: id.to_string(),
                    name: entry.person().name.clone(),
                    badge: teams.badge,
                    there: entry.is_there(),
                    favourite: entry.is_favourite(),
                    connect: None,
                    teams: Some(teams),
                    numbers: numbers(entry, &verdicts),
                    call_refused: refusal_of_all(&verdicts).as_ref().map(refused),
                })))
            }
        }
    }

    /// The line under the own name.
    fn own_line(&self) -> String {
        let number = self.own.profile().and_then(|me| me.numbers.first());
        let number = number.map(|number| number.as_written.clone());
        number.or_else(|| self.login.who().map(|who| who.upn.clone())).unwrap_or_default()
    }

    fn own_header(&self) -> Own {
        let agent = self.ccp.agent();
        let name =
            self.login.who().map(|who| who.name.clone()).or_else(|| agent.map(|agent| agent.name.clone()));
        Own {
            name: name.unwrap_or_default(),
            line: self.own_line(),
            connect: self.connect_card(),
            teams: self.teams_card(),
            knob: self.knob(),
            reason: self.reason(),
            why: self.why(),
        }
    }

    fn connect_card(&self) -> Side {
        match (self.ccp.live(), self.ccp.last_known()) {
            (Some(snapshot), _) => {
                let state = snapshot.state();
                let badge = self.connect_badge(&state);
                Side { words: words::connect(&state), badge, since: Some(snapshot.since()) }
            }
            (None, Some((snapshot, at))) if self.ccp.phase() == Phase::Old => {
                Side { since: Some(at), ..unknown(words::connect(&snapshot.state())) }
            }
            (None, last) => own_unknown(last.map(|(_, at)| at)),
        }
    }

    /// A custom status has the badge of what it asks of Teams.
    fn connect_badge(&self, state: &ConnectState) -> Badge {
        let ConnectState::Chosen(status) = state else { return Badge::Busy };
        match status.kind {
            StatusKind::Routable => Badge::Available,
            StatusKind::Offline => Badge::Offline,
            StatusKind::Custom => match self.sync.engine().target_of(state) {
                Target::Available => Badge::Available,
                Target::InACall | Target::Busy => Badge::Busy,
                Target::DoNotDisturb => Badge::DoNotDisturb,
                Target::AppearOffline => Badge::Offline,
                Target::BeRightBack | Target::AppearAway | Target::NoChange | Target::Clear => Badge::Away,
            },
        }
    }

    fn teams_card(&self) -> Side {
        match self.own.current().filter(|_| self.login.session().is_some()) {
            Some((state, since)) => {
                Side { words: words::teams(state), badge: badge(people::badge(Some(state))), since }
            }
            None => own_unknown(self.own.last_read()),
        }
    }

    fn pause_item(&self) -> TrayItem {
        if matches!(self.sync.engine().link(), Link::Paused { .. } | Link::Stopped { .. }) {
            return act("tray.resume", TrayAction::Resume);
        }
        let items = [
            ("tray.pauseQuarter", PauseFor::Quarter),
            ("tray.pauseHour", PauseFor::Hour),
            ("tray.pauseOpen", PauseFor::Open),
        ];
        let items = items.map(|(key, length)| act(key, TrayAction::Pause(length)));
        TrayItem::Menu { label: say("tray.pause"), items: items.into() }
    }

    /// "Why am I Busy?"; while nothing is known for certain there is no such question.
    fn why(&self) -> String {
        let teams = self.teams_card();
        if self.knob() == Knob::NotInStep || teams.badge == Badge::Unknown {
            return say("tray.whatHappened");
        }
        fill("tray.why", &[("state", &teams.words)])
    }

    fn tray(&self) -> Tray {
        let health = self.health();
        let states = [("connect", self.connect_card().words), ("teams", self.teams_card().words)];
        let states: Vec<(&str, &str)> = states.iter().map(|(name, words)| (*name, words.as_str())).collect();
        let connect_login = self.ccp.phase() == Phase::LoginNeeded || self.ccp.login_is_due();
        let other_person = self.ccp.same_person() == SamePerson::No;
        let (sign, tooltip) = if let Some(call) = self.call.shown().filter(|_| self.call.is_live()) {
            (TraySign::Call, fill("tray.call", &[("name", &call.callee.name)]))
        } else if self.login.is_needed() {
            (TraySign::Login, say("tray.login"))
        } else if self.setup.is_err() || other_person || health.level >= Level::Problem {
            let what = match self.banner() {
                Some(banner) if self.setup.is_err() || other_person => banner.title,
                Some(_) | None => health.words,
            };
            (TraySign::Problem, fill("tray.problem", &[("what", &what)]))
        } else if health.level == Level::Reading {
            (TraySign::Paused, say("tray.starting"))
        } else if let Some(words) = self.standstill() {
            (TraySign::Paused, words)
        } else if self.knob() == Knob::Off {
            (TraySign::Paused, fill("tray.off", &states))
        } else if self.knob() == Knob::NotInStep && health.level > Level::Reading {
            (TraySign::Paused, health.words)
        } else if self.is_in_step() {
            (TraySign::Sync, fill("tray.inStep", &states))
        } else {
            (TraySign::Sync, fill("tray.states", &states))
        };
        let mut menu = vec![act("tray.open", TrayAction::Open)];
        if self.login.is_needed() {
            menu.push(act("tray.teamsLogin", TrayAction::TeamsLogin));
        }
        if connect_login {
            menu.push(act("tray.connectLogin", TrayAction::ConnectLogin));
        }
        if self.call.can_hang_up() {
            menu.push(act("tray.hangUp", TrayAction::HangUp));
        }
        if let Some(status) = self.sync.back() {
            let label = fill("notice.back.button", &[("status", &status.name)]);
            menu.push(TrayItem::Act { label, action: TrayAction::SetBack });
        }
        if self.can_be_released() {
            menu.push(act("tray.release", TrayAction::Release));
        }
        menu.extend([
            TrayItem::Separator,
            TrayItem::Text(fill("tray.states", &states)),
            TrayItem::Act { label: self.why(), action: TrayAction::Why },
            TrayItem::Separator,
            act("tray.syncNow", TrayAction::SyncNow),
            self.pause_item(),
            act("tray.settings", TrayAction::Settings),
            TrayItem::Separator,
            act("tray.quit", TrayAction::Quit),
        ]);
        Tray { sign, tooltip, menu }
    }
}

fn numbers(entry: &Entry, verdicts: &[Verdict]) -> Vec<NumberLine> {
    let numbers = entry.numbers().iter().zip(verdicts);
    numbers
        .map(|(number, verdict)| {
            let dialable = number.dialable.as_ref().ok();
            NumberLine {
                kind: say(match number.kind {
                    NumberKind::Work => "call.kind.work",
                    NumberKind::Mobile => "call.kind.mobile",
                }),
                words: dialable.map_or(&number.as_written, |dialable| &dialable.words).clone(),
                dial: dialable.map(|dialable| ShownNumber {
                    e164: dialable.e164.clone(),
                    digits: dialable.digits.clone(),
                }),
                refused: match verdict {
                    Verdict::Refused(refusal) => Some(refused(refusal)),
                    Verdict::Go | Verdict::Ask { .. } => None,
                },
            }
        })
        .collect()
}

fn act(key: &str, action: TrayAction) -> TrayItem {
    TrayItem::Act { label: say(key), action }
}

/// The own cards are narrow: the drawer says "seen 14:02" beside the word.
fn own_unknown(last_seen: Option<Timestamp>) -> Side {
    Side { since: last_seen, ..unknown(words::unknown(None)) }
}

fn unknown(words: String) -> Side {
    Side { words, badge: Badge::Unknown, since: None }
}

fn badge(badge: people::Badge) -> Badge {
    match badge {
        people::Badge::Available => Badge::Available,
        people::Badge::Busy => Badge::Busy,
        people::Badge::DoNotDisturb => Badge::DoNotDisturb,
        people::Badge::Away => Badge::Away,
        people::Badge::OutOfOffice => Badge::OutOfOffice,
        people::Badge::Offline => Badge::Offline,
        people::Badge::Unknown => Badge::Unknown,
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
