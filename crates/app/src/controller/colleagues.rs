//! Sends requests to the source of colleagues' Connect statuses, and passes the answers to the list of people.
//!
//! Decides nothing: [`Colleagues`](crate::machine::colleagues::Colleagues) knows when something is read.

use std::sync::Arc;

use connect::api::{ApiError, ConnectApi, Sts};
use people::ConnectSeen;
use settings::Configured;

use super::{Controller, Outcome};
use crate::{
    host::Host,
    machine::{
        colleagues::{ColleaguesContext, ColleaguesIn, ColleaguesOut, IdTokenFacts, UserPresence},
        login::LoginIn,
        team::TeamIn,
    },
    source::{ColleagueSource, Direct, PendingAnswer},
};

/// The source that these settings name.
pub(super) fn source(http: &reqwest::Client, set: &Configured) -> Option<Arc<dyn ColleagueSource>> {
    let plan = set.connect_api.clone()?;
    let sts = Sts::new(http.clone(), plan.sts, plan.role);
    let api = ConnectApi::new(http.clone(), plan.endpoint, plan.region, plan.instance);
    Some(Arc::new(Direct::new(sts, api)))
}

impl<H: Host> Controller<H> {
    pub(super) fn colleagues(&mut self, input: ColleaguesIn) {
        let wanted = self.team.wanted_users();
        let context =
            ColleaguesContext { first: &wanted.first, others: &wanted.others, statuses: &self.statuses };
        for out in self.colleagues.on(input, &context, self.clock.now()) {
            match out {
                ColleaguesOut::Assume { number } => self.assume(number),
                ColleaguesOut::Read { number, ask, credentials } => {
                    let now = self.clock.now();
                    self.send(number, |source| source.read(ask, credentials, now));
                }
                ColleaguesOut::IdTokenEnded { issued } => self.login(LoginIn::IdTokenEnded { issued }),
                ColleaguesOut::Known(users) => self.team(TeamIn::Colleagues(users)),
                ColleaguesOut::States { states, until } => {
                    let states = states.into_iter().map(|(user, doing)| (user, self.seen(doing))).collect();
                    self.team(TeamIn::ConnectStates { states, until });
                }
            }
        }
    }

    /// Passes on whether somebody looks at colleagues or waits for one, and who is signed in, if that has changed.
    pub(super) fn follow_colleagues(&mut self) {
        if !self.colleagues.is_set_up() {
            return;
        }
        let needed = self.front.is_drawer_open() || self.team.waits();
        if needed != self.colleagues.is_needed() {
            self.colleagues(ColleaguesIn::Needed(needed));
        }
        let login = self.login.session().map(|session| {
            let (person, issued) = (session.who().object_id.clone(), session.issued());
            // A login without an ID token counts as one whose token has ended.
            let ends = session.id_token().map_or(issued, |token| token.expires);
            IdTokenFacts { person, issued, ends }
        });
        if login.as_ref() != self.colleagues.login() {
            self.colleagues(ColleaguesIn::Login(login));
        }
        let agent = self.ccp.agent().map(|agent| agent.username.as_str());
        if let Some(agent) = agent.filter(|agent| self.team.own_username() != Some(*agent)) {
            let agent = agent.to_owned();
            self.team(TeamIn::OwnUsername(agent));
        }
    }

    fn assume(&self, number: u64) {
        let session = self.login.session();
        let Some((token, who)) = session.and_then(|session| Some((session.id_token()?, session.who())))
        else {
            let result = Err(ApiError::Expired);
            drop(self.report.send(Outcome::Colleagues(ColleaguesIn::Answered { number, result })));
            return;
        };
        let (token, who) = (token.text.clone(), who.upn.clone());
        self.send(number, |source| source.sign_in(token, who));
    }

    fn send(&self, number: u64, request: impl FnOnce(&dyn ColleagueSource) -> PendingAnswer) {
        let Some(source) = &self.source else { return };
        let (answer, report) = (request(source.as_ref()), self.report.clone());
        tokio::spawn(async move {
            let result = answer.await;
            if let Err(error) = &result {
                tracing::info!(%error, "colleagues in Connect were not read");
            }
            drop(report.send(Outcome::Colleagues(ColleaguesIn::Answered { number, result })));
        });
    }

    fn seen(&self, doing: UserPresence) -> ConnectSeen {
        match doing {
            UserPresence::LoggedIn(snapshot) => {
                let asks_for = self.sync.engine().target_of(&snapshot.state());
                ConnectSeen::of(&snapshot, Some(asks_for))
            }
            UserPresence::LoggedOut(since) => ConnectSeen::logged_out(since),
        }
    }
}
