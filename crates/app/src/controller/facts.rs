//! The facts of this turn, read from the machines: the only way from them to what is shown.

use view::facts::{
    CallFacts, CallFailure, ConnectFacts, Facts, ListFailure, LoginFacts, LoginPhase, Progress, RefusalFacts,
    SettingsFacts, Stop, SyncFacts, TeamFacts, TeamsFacts, Trouble,
};

use super::{Controller, calls::agent_facts};
use crate::{
    host::Host,
    machine::{
        call::{self, OutboundCall},
        ccp::SamePerson,
        gate::{self, Service},
        login::{self, Phase, Refusal, Rights},
        sync, team,
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            now: self.clock.now(),
            settings: self.settings_facts(),
            login: self.login_facts(),
            teams: self.teams_facts(),
            connect: self.connect_facts(),
            sync: self.sync_facts(),
            team: self.team_facts(),
            call: call_facts(&self.call),
            caller: agent_facts(&self.ccp).caller(self.call.is_live()),
            no_tray: self.front.has_no_tray(),
        }
    }

    fn settings_facts(&self) -> SettingsFacts<'_> {
        let set = self.setup.as_ref().ok();
        SettingsFacts {
            set,
            missing: if set.is_none() { self.settings.used().configured().err() } else { None },
            problem: self.settings.problem(),
            needs_restart: self.settings.needs_restart(),
            connect_to_teams: self.settings.used().connect_to_teams.enabled,
            teams_to_connect: self.settings.used().teams_to_connect.enabled,
        }
    }

    fn login_facts(&self) -> LoginFacts<'_> {
        let authorization = self.login.authorization();
        LoginFacts {
            phase: self.login.phase().into(),
            who: self.login.who(),
            refusal: self.login.refusal().map(refusal_facts),
            unopened: self.login.unopened(),
            is_put_away: self.login.is_put_away(),
            reminds_of: self.login.reminds_of(),
            renew_by: authorization.period.renew_by(),
            secret_expires: authorization.secret_expires,
            keyring: self.login.keyring_failure(),
            reads_licences: self.login.rights() == Rights::All,
            account: self.login.account(),
            consent: self
                .entra
                .as_ref()
                .zip(self.setup.as_ref().ok())
                .and_then(|(entra, set)| entra.consent_page(set)),
        }
    }

    fn teams_facts(&self) -> TeamsFacts<'_> {
        let number = self.own.profile().and_then(|me| me.numbers.first());
        TeamsFacts {
            shown: self.own.current(),
            read: self.own.last_read(),
            number: number.map(|number| number.as_written.as_str()),
            reading: self.gate.trouble(Service::OwnPresence).map(trouble),
            writing: self.gate.trouble(Service::Write).map(trouble),
            slowed: self.gate.slowed(self.clock.now()),
        }
    }

    fn connect_facts(&self) -> ConnectFacts<'_> {
        let live = self.ccp.live();
        ConnectFacts {
            phase: self.ccp.phase(),
            agent: self.ccp.agent(),
            live,
            last: self.ccp.last_known(),
            asks_for: live.map(|snapshot| self.sync.engine().target_of(&snapshot.state())),
            in_contact: self.ccp.in_contact(),
            is_somebody_else: self.ccp.same_person() == SamePerson::No,
            login_is_due: self.ccp.login_is_due(),
            is_offline: self.ccp.is_offline(),
        }
    }

    fn sync_facts(&self) -> SyncFacts<'_> {
        let engine = self.sync.engine();
        SyncFacts {
            link: engine.link(),
            target: engine.target(),
            stop: self.sync.stop().map(stop),
            back: self.sync.back(),
            not_remembered: self.sync.not_remembered(),
        }
    }

    fn team_facts(&self) -> TeamFacts<'_> {
        let roster = self.team.roster();
        TeamFacts {
            known: roster.known(),
            listed: roster.listed(),
            found: roster.found(),
            hides_offline: roster.hides_offline(),
            is_loading: self.team.is_loading(),
            listed_at: self.team.listed(),
            next_list: self.team.next_list(),
            failed: self.team.failed().map(|failure| match failure {
                team::ListFailure::Graph(error) => ListFailure::Graph(error),
                team::ListFailure::Endless => ListFailure::Endless,
            }),
            read: self.team.last_read(),
            trouble: self.gate.trouble(Service::Colleagues).map(trouble),
        }
    }
}

/// The same for whoever finds the words.
pub(super) fn stop(stop: &sync::Stop) -> Stop<'_> {
    match stop {
        sync::Stop::Loop { connect, teams } => Stop::Loop { connect, teams },
        sync::Stop::SecondWriter => Stop::SecondWriter,
    }
}

fn trouble(trouble: &gate::Trouble) -> Trouble<'_> {
    Trouble { error: &trouble.error, since: trouble.since }
}

fn refusal_facts(refusal: &Refusal) -> RefusalFacts<'_> {
    let error = match refusal.reason() {
        login::Reason::Entra(error) => Some(error),
        login::Reason::Graph => None,
    };
    RefusalFacts { class: refusal.class(), error }
}

fn call_facts(call: &OutboundCall) -> Option<CallFacts<'_>> {
    let shown = call.shown()?;
    Some(CallFacts {
        person: &shown.callee.person,
        name: &shown.callee.name,
        number: &shown.callee.number,
        progress: progress(shown.progress),
        is_live: call.is_live(),
        can_hang_up: call.can_hang_up(),
        is_lost: shown.is_lost,
        is_hanging_up: shown.is_hanging_up,
        hang_up_failed: shown.hang_up_failed,
    })
}

fn progress(progress: call::Progress<'_>) -> Progress<'_> {
    match progress {
        call::Progress::Asking { since } => Progress::Asking { since },
        call::Progress::Dialling => Progress::Dialling,
        call::Progress::Ringing { since, sound } => Progress::Ringing { since, sound },
        call::Progress::Connected { since } => Progress::Connected { since },
        call::Progress::Over { connected } => Progress::Over { connected },
        call::Progress::Failed(reason) => {
            Progress::Failed { reason: call_failure(reason), again: reason.is_worth_another_try() }
        }
    }
}

fn call_failure(reason: &call::Reason) -> CallFailure<'_> {
    match reason {
        call::Reason::Refused(refusal) => CallFailure::Refused(refusal),
        call::Reason::NumberGone => CallFailure::NumberGone,
        call::Reason::NotTaken => CallFailure::NotTaken,
        call::Reason::RefusedByConnect(words) => CallFailure::RefusedByConnect(words),
        call::Reason::NotShown => CallFailure::NotShown,
        call::Reason::NotReached => CallFailure::NotReached,
        call::Reason::NoSound => CallFailure::NoSound,
        call::Reason::NoAnswer => CallFailure::NoAnswer,
    }
}

impl From<Phase> for LoginPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Unconfigured => Self::Unconfigured,
            Phase::Starting => Self::Starting,
            Phase::SignedOut { since } => Self::SignedOut { since },
            Phase::Renewing => Self::Renewing,
            Phase::SignedIn => Self::SignedIn,
        }
    }
}
