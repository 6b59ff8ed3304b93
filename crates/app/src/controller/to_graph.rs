//! Sends the requests of the machines to Graph through the gate, and passes every answer to its machine.
//!
//! Decides nothing: the gate decides whether a request may leave, the machines what an answer means.

use std::time::Duration;

use graph::{
    Directory, ErrorKind, Graph, GraphError, LicenceFilter, Me, NextPage, OwnPresence, PageSize, PeoplePage,
    Photo,
};
use jiff::Timestamp;
use people::PersonId;
use presence::{
    engine::{Event, Write},
    identity::ObjectId,
    moment::later,
    teams::TeamsState,
};
use secrecy::SecretString;
use signin::Claims;

use super::{Controller, Outcome};
use crate::{
    host::Host,
    lane::{Job, WriteProblem},
    machine::{
        find::FindIn,
        gate::{Era, GraphService, NextRequest, SentWith, Urgency},
        licence::{FilterAnswer, LicenceIn, LicenceOut, Question},
        login::LoginIn,
        message::MessageIn,
        own::{Need, OwnIn, OwnOut},
        photos::PhotosIn,
        sync::{NotWritten, SyncIn},
        team::{TeamIn, TeamOut},
    },
};

/// How long to wait before a full disk is tried again.
pub(super) const AFTER_FULL_DISK: Duration = Duration::from_secs(60);

/// A request to Graph.
#[derive(Debug)]
pub(super) enum GraphRequest {
    OwnPresence,
    Profile,
    Page(Option<NextPage>, PageSize),
    Presences(Vec<ObjectId>),
    Search(String),
    Photo(ObjectId),
}

/// The answer to such a request.
#[derive(Debug)]
pub(super) enum GraphAnswer {
    OwnPresence(Result<OwnPresence, GraphError>),
    Profile(Result<Me, GraphError>),
    /// With the licence filter that a first page was asked for with.
    Page(Option<LicenceFilter>, Result<PeoplePage, GraphError>),
    Presences(Result<Vec<(ObjectId, TeamsState)>, GraphError>),
    Search(String, Option<LicenceFilter>, Result<PeoplePage, GraphError>),
    Photo(ObjectId, Result<Option<Photo>, GraphError>),
}

impl GraphRequest {
    fn service(&self) -> GraphService {
        match self {
            Self::OwnPresence => GraphService::OwnPresence,
            Self::Profile => GraphService::Profile,
            Self::Page(..) => GraphService::Directory,
            Self::Presences(_) => GraphService::Colleagues,
            Self::Search(_) => GraphService::Search,
            Self::Photo(_) => GraphService::Photos,
        }
    }

    async fn send(
        self,
        graph: &Graph,
        token: &SecretString,
        directory: &Directory,
        now: Timestamp,
    ) -> GraphAnswer {
        match self {
            Self::OwnPresence => GraphAnswer::OwnPresence(graph.own_presence(token, now).await),
            Self::Profile => GraphAnswer::Profile(graph.me(token).await),
            Self::Page(from, size) => {
                let form = form(directory).filter(|_| from.is_none());
                GraphAnswer::Page(form, graph.people(token, directory, from, size).await)
            }
            Self::Presences(ids) => GraphAnswer::Presences(graph.presences(token, &ids).await),
            Self::Search(text) => {
                let found = graph.search_people(token, directory, &text).await;
                GraphAnswer::Search(text, form(directory), found)
            }
            Self::Photo(who) => {
                let photo = graph.photo(token, &who).await;
                GraphAnswer::Photo(who, photo)
            }
        }
    }
}

fn form(directory: &Directory) -> Option<LicenceFilter> {
    match directory {
        Directory::Licensed { filter, .. } => Some(*filter),
        Directory::Basic => None,
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn own(&mut self, input: OwnIn) {
        for out in self.own.on(input, self.clock.now()) {
            match out {
                OwnOut::Read => self.ask(GraphRequest::OwnPresence),
                OwnOut::ReadProfile => self.ask(GraphRequest::Profile),
                OwnOut::Engine(event) => self.engine(event),
            }
        }
    }

    pub(super) fn team(&mut self, input: TeamIn) {
        for out in self.team.on(input, self.clock.now()) {
            match out {
                TeamOut::ReadPage(from) => self.ask(GraphRequest::Page(from, self.team.page_size())),
                TeamOut::ReadPresences(ids) => self.ask(GraphRequest::Presences(ids)),
                TeamOut::Free(who) => self.notify_free(&who),
                TeamOut::KeepFavourites(ids) => self.to_lane(Job::Favourites(ids)),
                TeamOut::KeepJoins(joins) => self.to_lane(Job::Joins(joins)),
                TeamOut::KeepGrouped(grouped) => self.to_lane(Job::Grouped(grouped)),
            }
        }
    }

    /// Gives the list an input about the person of this row; does nothing if the text is not the id of a row.
    pub(super) fn team_about(&mut self, row: &str, input: impl FnOnce(PersonId) -> TeamIn) {
        if let Some(who) = PersonId::parse(row) {
            self.team(input(who));
        }
    }

    pub(super) fn era(&self) -> Era {
        Era { person: self.sync.persons(), clock: self.clock.sets() }
    }

    pub(super) fn ask(&mut self, ask: GraphRequest) {
        let (Some(graph), Some(session)) = (self.graph.clone(), self.login.session()) else {
            return self.signed_out(&ask);
        };
        let (token, sent) = (session.access().clone(), SentWith { token: session.issued(), era: self.era() });
        let now = self.clock.now();
        // Before a preferred presence is taken back at the end, it is read once more.
        let is_last = matches!(ask, GraphRequest::OwnPresence) && self.ending.is_begun();
        let urgency = if is_last { Urgency::Last } else { Urgency::Usual };
        if let Err(until) = self.gate.admit(ask.service(), urgency, now) {
            return self.held(ask, until);
        }
        let reads = self.login.reads_licences();
        let directory = match &ask {
            GraphRequest::Page(from, _) => self.licence.for_page(from.is_none(), reads),
            GraphRequest::OwnPresence
            | GraphRequest::Profile
            | GraphRequest::Presences(_)
            | GraphRequest::Search(_)
            | GraphRequest::Photo(_) => self.licence.for_search(reads),
        };
        let report = self.report.clone();
        tokio::spawn(async move {
            let answer = ask.send(&graph, &token, &directory, now).await;
            drop(report.send(Outcome::Answered(sent, answer)));
        });
    }

    fn signed_out(&mut self, ask: &GraphRequest) {
        match ask {
            GraphRequest::OwnPresence => self.own(OwnIn::SignedOut),
            // Asked for again after the next login.
            GraphRequest::Profile => {}
            GraphRequest::Page(..) | GraphRequest::Presences(_) => self.team(TeamIn::SignedOut),
            GraphRequest::Search(_) => self.find(FindIn::SignedOut),
            GraphRequest::Photo(_) => self.photos(PhotosIn::SignedOut),
        }
    }

    fn held(&mut self, ask: GraphRequest, until: Timestamp) {
        match ask {
            GraphRequest::OwnPresence => self.own(OwnIn::Held(until)),
            GraphRequest::Profile => self.own(OwnIn::NoProfile(until)),
            GraphRequest::Page(..) => self.team(TeamIn::PageHeld(until)),
            GraphRequest::Presences(_) => self.team(TeamIn::PresencesHeld(until)),
            GraphRequest::Search(text) => self.find(FindIn::Held { text, until }),
            GraphRequest::Photo(who) => self.photos(PhotosIn::Held { who, until }),
        }
    }

    pub(super) fn answered_by_graph(&mut self, sent: SentWith, answer: GraphAnswer) {
        let now = self.clock.now();
        let is_current = sent.era == self.era();
        match answer {
            GraphAnswer::OwnPresence(result) => {
                let next = self.judge_answer(GraphService::OwnPresence, sent, result.as_ref().err());
                match result {
                    _ if !is_current => self.own(OwnIn::Outdated),
                    Ok(OwnPresence { reading, message }) => {
                        let at = reading.at;
                        self.own(OwnIn::Read(reading));
                        self.message(MessageIn::Read { message, at });
                    }
                    Err(error) => {
                        self.own(OwnIn::Failed { next, slowed: error.kind() == ErrorKind::Throttled });
                    }
                }
            }
            GraphAnswer::Profile(result) => {
                let next = self.judge_answer(GraphService::Profile, sent, result.as_ref().err());
                if let (Ok(me), true) = (&result, is_current) {
                    self.team(TeamIn::OwnDepartment(me.department.clone()));
                }
                self.own(match result {
                    Ok(me) if is_current => OwnIn::Profile(me),
                    Ok(_) => OwnIn::NoProfile(now),
                    Err(error) => {
                        tracing::info!(%error, "the own details were not read");
                        OwnIn::NoProfile(next.not_before(now))
                    }
                });
            }
            GraphAnswer::Page(form, result) => {
                if self.is_asked_in_another_form(Question::List, form, sent, result.as_ref().err()) {
                    self.judge_answer(GraphService::Directory, sent, None);
                    return self.ask(GraphRequest::Page(None, self.team.page_size()));
                }
                let next = self.judge_answer(GraphService::Directory, sent, result.as_ref().err());
                // It was read with the rights of somebody else, and the list has restarted since.
                if sent.era.person != self.sync.persons() {
                    return;
                }
                let before = self.team.listed();
                self.team(match result {
                    Ok(page) => TeamIn::Page(page),
                    Err(error) => {
                        tracing::warn!(%error, "the directory was not read");
                        TeamIn::PageFailed(error, next)
                    }
                });
                if self.team.listed() != before {
                    self.listed();
                }
            }
            GraphAnswer::Presences(result) => {
                let next = self.judge_answer(GraphService::Colleagues, sent, result.as_ref().err());
                if sent.era.person != self.sync.persons() {
                    return;
                }
                self.team(match result {
                    Ok(found) => TeamIn::Presences(found),
                    Err(error) => {
                        tracing::info!(%error, "colleagues' presence was not read");
                        TeamIn::PresencesFailed(next)
                    }
                });
            }
            GraphAnswer::Search(text, form, result) => {
                if self.is_asked_in_another_form(Question::Search, form, sent, result.as_ref().err()) {
                    self.judge_answer(GraphService::Search, sent, None);
                    return self.ask(GraphRequest::Search(text));
                }
                let next = self.judge_answer(GraphService::Search, sent, result.as_ref().err());
                match result {
                    // Somebody else asked for them.
                    _ if sent.era.person != self.sync.persons() => {}
                    Ok(PeoplePage { people, .. }) => self.find(FindIn::Answered { text, people }),
                    Err(error) => {
                        tracing::info!(%error, "the directory was not searched");
                        self.find(FindIn::Failed { text, next });
                    }
                }
            }
            GraphAnswer::Photo(who, result) => {
                let next = self.judge_answer(GraphService::Photos, sent, result.as_ref().err());
                self.photos(match result {
                    // Somebody else asked for it, perhaps of another tenant.
                    _ if sent.era.person != self.sync.persons() => PhotosIn::Held { who, until: now },
                    Ok(photo) => PhotosIn::Read { who, photo },
                    Err(error) => {
                        tracing::debug!(%error, "a photo was not read");
                        PhotosIn::Failed { who, kind: error.kind(), next }
                    }
                });
            }
        }
    }

    /// True if the directory does not accept this form of the licence filter and there is another one: the service
    /// works, and the same is asked again in that form.
    fn is_asked_in_another_form(
        &mut self,
        question: Question,
        form: Option<LicenceFilter>,
        sent: SentWith,
        error: Option<&GraphError>,
    ) -> bool {
        let Some(form) = form.filter(|_| sent.era.person == self.sync.persons()) else { return false };
        let answer = match error {
            None => FilterAnswer::Accepted,
            Some(error) if error.refuses_the_query() => FilterAnswer::Refused,
            Some(_) => FilterAnswer::OtherError,
        };
        match self.licence.on(LicenceIn::Answered(question, form, answer)) {
            LicenceOut::Again => {
                tracing::info!(
                    ?question,
                    ?form,
                    "the directory does not accept this filter; a simpler form is tried"
                );
                true
            }
            LicenceOut::Done => false,
        }
    }

    /// Sets how soon a change in Teams has to be seen, if that has changed.
    pub(super) fn follow_need(&mut self) {
        let leads = self.settings.used().teams_to_connect.enabled;
        let need = Need::of(leads, self.front.is_drawer_open(), &self.sync.engine().link());
        if need != self.own.need() {
            self.own(OwnIn::Needs(need));
        }
    }

    /// Passes an answer through the gate. A token that the gate finds bad is renewed.
    pub(super) fn judge_answer(
        &mut self,
        service: GraphService,
        sent: SentWith,
        error: Option<&GraphError>,
    ) -> NextRequest {
        let now = self.clock.now();
        let is_current = self.login.session().is_some_and(|session| session.issued() == sent.token);
        let next = match error {
            None => self.gate.answered(service, Ok(()), now),
            // Another token has replaced it since.
            Some(GraphError::Unauthorized { .. }) if !is_current => {
                self.gate.answered_with_old_token(service, now)
            }
            Some(error) => self.gate.answered(service, Err(error), now),
        };
        if let NextRequest::Renew { claims, .. } = &next {
            let claims = claims.as_deref().and_then(Claims::from_challenge);
            self.login(LoginIn::TokenRefused { issued: sent.token, claims });
        }
        next
    }

    /// Gives a write to the lane, if it may leave now.
    pub(super) fn write(&mut self, write: Write) {
        let now = self.clock.now();
        let takes_back = match write {
            Write::ClearSession | Write::ClearPreferred => true,
            Write::SetSession { .. } | Write::SetPreferred { .. } => false,
        };
        let urgency = match (takes_back, self.ending.is_begun()) {
            (true, true) => Urgency::Last,
            (true, false) => Urgency::TakeBack,
            (false, _) => Urgency::Usual,
        };
        let Some(session) = self.login.session() else {
            // The login reports when it works again; this is for a write that was decided on before.
            let retry_at = later(now, self.pace.poll);
            return self.engine(Event::WriteFailed { retry_at });
        };
        let (token, own) = (session.access().clone(), session.who().object_id.clone());
        let sent = SentWith { token: session.issued(), era: self.era() };
        match self.gate.admit(GraphService::Write, urgency, now) {
            Ok(()) => self.to_lane(Job::Write { write, token, own, sent }),
            Err(retry_at) => self.engine(Event::WriteFailed { retry_at }),
        }
    }

    pub(super) fn wrote(&mut self, sent: SentWith, result: Result<(), WriteProblem>) {
        let now = self.clock.now();
        if let Err(problem) = &result {
            tracing::warn!(%problem, "a presence was not written");
        }
        let result = match result {
            Ok(()) => {
                self.judge_answer(GraphService::Write, sent, None);
                Ok(())
            }
            Err(WriteProblem::Graph(error)) => {
                let retry_at = self.judge_answer(GraphService::Write, sent, Some(&error)).not_before(now);
                Err(NotWritten { retry_at, disk: None })
            }
            Err(WriteProblem::Disk(failure)) => {
                Err(NotWritten { retry_at: later(now, AFTER_FULL_DISK), disk: Some(failure) })
            }
        };
        self.sync(SyncIn::Wrote { persons: sent.era.person, result });
    }
}
