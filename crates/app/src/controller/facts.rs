//! The facts of this turn, read from the machines: the only path from them to what is shown.

use people::Roster;
use settings::Key;
use view::facts::{
    CallFacts, ColleaguesFacts, ConnectFacts, Facts, LoginFacts, RefusalFacts, SettingsFacts, SyncFacts,
    TeamFacts, TeamsFacts, WebViewWay,
};

use super::{Controller, calls::agent_facts};
use crate::{
    host::Host,
    machine::{
        call::OutboundCall,
        ccp::SamePerson,
        gate::GraphService,
        login::{self, LoginRefusal},
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            now: self.clock.now(),
            settings: self.settings_facts(),
            login: self.login_facts(),
            network: self.network.faults(),
            teams: self.teams_facts(),
            connect: self.connect_facts(),
            sync: self.sync_facts(),
            team: self.team_facts(),
            colleagues: self.colleagues.is_set_up().then(|| self.colleagues_facts()),
            call: call_facts(&self.call, self.team.roster()),
            incoming: self.incoming.current(self.team.roster()),
            missed: self.incoming.missed(self.team.roster()),
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
            region: self.settings.used().call_region,
            status_message: self.settings.used().status_message,
            status_message_is_locked: self.settings.loaded().sources.is_locked(Key::StatusMessage),
            look: view::from_facts::look(self.settings.used()),
        }
    }

    fn login_facts(&self) -> LoginFacts<'_> {
        let authorization = self.login.authorization();
        LoginFacts {
            phase: self.login.phase(),
            who: self.login.who(),
            refusal: self.login.refusal().map(refusal_facts),
            under_way: self.login.under_way(),
            is_put_away: self.login.is_put_away(),
            reminds_of: self.login.reminds_of(),
            renew_by: authorization.period.renew_by(),
            secret_expires: authorization.secret_expires,
            keyring: self.login.keyring_failure(),
            reads_licences: self.login.reads_licences(),
            account: self.login.account(),
            consent: self
                .entra
                .as_ref()
                .zip(self.setup.as_ref().ok())
                .and_then(|(entra, set)| entra.consent_page(set)),
        }
    }

    fn teams_facts(&self) -> TeamsFacts<'_> {
        TeamsFacts {
            shown: self.own.current(),
            read: self.own.last_read(),
            number: self.own_number(),
            message: self.message.note(),
            message_writing: self.gate.trouble(GraphService::Message),
            reading: self.gate.trouble(GraphService::OwnPresence),
            writing: self.gate.trouble(GraphService::Write),
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
            way: WebViewWay::on(std::env::consts::OS, self.wire.proxy.is_some()),
        }
    }

    fn sync_facts(&self) -> SyncFacts<'_> {
        let engine = self.sync.engine();
        SyncFacts {
            link: engine.link(),
            target: engine.target(),
            stop: self.sync.stop(),
            back: self.sync.back(),
            not_remembered: self.sync.not_remembered(),
        }
    }

    fn team_facts(&self) -> TeamFacts<'_> {
        let roster = self.team.roster();
        TeamFacts {
            known: roster.known(),
            in_directory: roster.in_directory(),
            listed: roster.listed(),
            found: roster.found(),
            left_out: roster.left_out(),
            asked: self.find.asked(),
            hides_offline: roster.hides_offline(),
            is_grouped: roster.is_grouped(),
            is_loading: self.team.is_loading(),
            listed_at: self.team.listed(),
            next_list: self.team.next_list(),
            failed: self.team.failed(),
            skipped: self.team.skipped(),
            read: self.team.last_read(),
            trouble: self.gate.trouble(GraphService::Colleagues),
        }
    }

    fn colleagues_facts(&self) -> ColleaguesFacts<'_> {
        ColleaguesFacts {
            known: self.colleagues.known(),
            read: self.colleagues.last_read(),
            trouble: self.colleagues.trouble(),
        }
    }
}

fn refusal_facts(refusal: &LoginRefusal) -> RefusalFacts<'_> {
    let error = match refusal.reason() {
        login::RefusedBy::Entra(error) => Some(error),
        login::RefusedBy::Graph => None,
    };
    RefusalFacts { class: refusal.class(), error, about: refusal.account() }
}

fn call_facts<'a>(call: &'a OutboundCall, roster: &'a Roster) -> Option<CallFacts<'a>> {
    let shown = call.shown()?;
    Some(CallFacts {
        person: &shown.callee.person,
        name: &shown.callee.name,
        entry: roster.get(&shown.callee.person),
        number: &shown.callee.number,
        progress: shown.progress,
        is_live: call.is_live(),
        can_hang_up: call.can_hang_up(),
        is_lost: shown.is_lost,
        is_hanging_up: shown.is_hanging_up,
        hang_up_failed: shown.hang_up_failed,
        digits: shown.digits,
    })
}
