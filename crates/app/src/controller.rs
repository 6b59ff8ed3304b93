//! One task that owns all state: requests and outcomes come in one after the other, the host and the lane
//! are told, and whole views go out.
//!
//! Nothing here waits for the network, the keyring or a file: that is done by tasks which report an
//! [`Outcome`]. What should stand in Teams is decided by `presence` alone.

mod banner;
mod calls;
mod colleagues;
mod connect;
mod doctor;
mod health;
mod keyring;
mod life;
mod login;
mod own;
mod present;
mod reload;
mod setup;
mod stopped;
mod timeline;

use std::{collections::VecDeque, path::PathBuf};

pub(crate) use login::{account, registration, secret_account};

use graph::{Graph, GraphError, Me, PeoplePage};
use jiff::Timestamp;
use presence::{
    connect::AgentStatus,
    engine::{Effect, Engine, Event, Pace},
    identity::ObjectId,
    mapping::Tables,
    teams::{Reading, TeamsState},
    timeline::{Entry, Recorder},
};
use settings::{Configured, Loaded, Missing, NotKept, Problem, Settings};
use signin::{Grant, SignInError};
use tokio::sync::mpsc;
use url::Url;

use self::stopped::Stop;
use crate::{
    Config, Inbox, Request, StartError,
    clock::{Clock, later},
    doctor::Check,
    files::{Files, Kept},
    host::{Host, Notice, NoticeKind, SecretsAnswer, SecretsError, TrayAction},
    http,
    lane::{self, Done, Job, Places, WriteProblem},
    machine::{
        call::{CallIn, OutboundCall},
        ccp::{self, Ccp, CcpIn},
        orders::{Orders, OrdersIn, StatusOrder},
    },
    statuses,
    timeline::Store,
    view::{Action, SettingsPage, ShownNumber},
    words::{fill, say},
};

/// What a task reports.
#[derive(Debug)]
enum Outcome {
    /// The keyring answered the questions at start.
    Loaded { secret: SecretsAnswer, refresh: SecretsAnswer },
    /// The keyring took the refresh token, or did not.
    Kept(Result<(), SecretsError>),
    /// The browser should open this page.
    Browse(Url),
    /// A login in the browser ended.
    LoggedIn(Result<Grant, SignInError>),
    /// A refresh ended.
    Refreshed(login::UnderWay, Result<Grant, SignInError>),
    /// Who is signed in.
    Me(Result<Me, GraphError>),
    /// The presence of the person who is logged in was read.
    Own { own: ObjectId, issued: Timestamp, result: Result<Reading, GraphError> },
    /// The lane lets an order to Connect go, or not.
    Announced { order: StatusOrder, result: Result<(), WriteProblem> },
    /// The lane carried out a write.
    Wrote { own: ObjectId, result: Result<(), WriteProblem> },
    /// The lane put a decision into the timeline.
    Recorded,
    /// A page of the directory.
    People(Result<PeoplePage, GraphError>),
    /// Colleagues' presence.
    Presences(Result<Vec<(ObjectId, TeamsState)>, GraphError>),
    /// The settings were read anew.
    Settings(Box<Loaded>),
    /// The wizard learned something.
    Setup(setup::Answer),
    /// Doctor checked something; none after the last one.
    Checked(Option<Check>),
    /// The lane is empty: the process can end.
    Flushed,
}

pub(crate) struct Controller<H> {
    host: H,
    inbox: Inbox,
    report: mpsc::UnboundedSender<Outcome>,
    outcomes: mpsc::UnboundedReceiver<Outcome>,
    clock: Clock,
    files: Files,
    /// What of ours stands, as it is on disk or on its way there.
    kept: Kept,
    store: Store,
    recorder: Recorder,
    /// The statuses of the instance that were known last.
    statuses: Vec<AgentStatus>,
    lane: mpsc::UnboundedSender<Job>,
    settings: Settings,
    data_dir: PathBuf,
    problem: Option<Problem>,
    not_kept: Option<NotKept>,
    reload: reload::Reload,
    setup: Result<Configured, Missing>,
    graph: Option<Graph>,
    engine: Engine,
    login: login::Login,
    keyring: keyring::Keyring,
    own: own::Own,
    ccp: Ccp,
    colleagues: colleagues::Colleagues,
    call: OutboundCall,
    orders: Orders,
    doctor: doctor::Doctor,
    wizard: setup::Wizard,
    /// The status that waits for the agent's return.
    back: Option<AgentStatus>,
    /// Why the sync stopped itself, until it goes on.
    stop: Option<Stop>,
    front: present::Front,
    /// What the engine is still to be told; it is told one thing at a time.
    later: VecDeque<Event>,
    settling: bool,
    quitting: Option<life::Quitting>,
}

impl<H: Host> Controller<H> {
    pub(crate) fn new(host: H, inbox: Inbox, config: Config) -> Result<Self, StartError> {
        Ok(Self::with(http::client()?, host, inbox, config))
    }

    fn with(http: reqwest::Client, host: H, inbox: Inbox, config: Config) -> Self {
        let clock = Clock::starting_at(host.now());
        let now = clock.now();
        let (report, outcomes) = mpsc::unbounded_channel();
        let settings = config.loaded.settings.clone();
        let setup = settings.configured();
        let files = Files::new(&config.data_dir);
        let graph = setup
            .as_ref()
            .ok()
            .map(|set| Graph::new(http.clone(), set.graph.clone(), set.client_id.to_string()));
        let wrote = report.clone();
        let store = Store::new(&config.data_dir);
        let places = Places {
            graph: graph.clone(),
            files: files.clone(),
            store: store.clone(),
            data: config.data_dir.clone(),
        };
        let lane = lane::start(places, move |done| {
            drop(wrote.send(match done {
                Done::Wrote { own, result } => Outcome::Wrote { own, result },
                Done::Announced { order, result } => Outcome::Announced { order, result },
                Done::Recorded => Outcome::Recorded,
            }));
        });
        let tables = Tables {
            connect_to_teams: settings.connect_to_teams.clone(),
            teams_to_connect: settings.teams_to_connect.clone(),
        };
        let kept = files.load_provenance();
        let (recorder, start) = Recorder::start(&kept.provenance, now);
        // The lane has just been started, and takes it.
        drop(lane.send(Job::Record(Box::new(start))));
        let engine = Engine::new(tables, settings.rules, Pace::default(), kept.provenance.clone(), now);
        Self {
            login: login::Login::new(setup.as_ref().ok(), &http, &files),
            keyring: keyring::Keyring::default(),
            own: own::Own::default(),
            ccp: Ccp::new(setup.as_ref().ok().and_then(ccp::plan), files.load_confirmed(), now),
            colleagues: colleagues::Colleagues::new(&settings, files.load_favourites()),
            call: OutboundCall::default(),
            orders: Orders::new(now),
            doctor: doctor::Doctor::default(),
            wizard: setup::Wizard::new(http, &config.data_dir),
            back: None,
            stop: None,
            later: VecDeque::new(),
            settling: false,
            front: present::Front::default(),
            quitting: None,
            host,
            inbox,
            report,
            outcomes,
            clock,
            statuses: statuses::load(&config.data_dir),
            files,
            kept,
            store,
            recorder,
            lane,
            problem: config.loaded.problem.clone(),
            not_kept: config.loaded.not_kept.clone(),
            reload: reload::Reload::new(config.data_dir.clone(), config.policy, config.loaded),
            data_dir: config.data_dir,
            settings,
            setup,
            graph,
            engine,
        }
    }

    fn begin(&mut self) {
        self.tell_of_settings();
        self.tell(Event::DryRun(self.settings.dry_run));
        self.load_refresh_token();
        self.ccp_on(CcpIn::Begin);
        if self.setup.is_err() && self.problem.is_none() {
            self.host.show_settings(SettingsPage::Setup);
        }
    }

    /// After sleep or a network's return everything may be old.
    fn wake(&mut self) {
        self.tell(Event::Sync);
        self.ccp_on(CcpIn::Woke);
        self.colleagues.read_soon(self.clock.now());
    }

    fn request(&mut self, request: Request) {
        match request {
            Request::View(answer) => drop(answer.send(self.view())),
            Request::Lines { start, count, answer } => drop(answer.send(self.lines(start, count))),
            Request::DrawerOpen(open) => {
                self.front.open = open;
                if open {
                    self.colleagues.read_soon(self.clock.now());
                }
            }
            Request::SettingsOpen(open) => self.settings_opened(open),
            Request::Act(action) => self.act(action),
            Request::Tray(action) => self.act(match action {
                TrayAction::Open => return self.host.show_drawer(),
                TrayAction::TeamsLogin => Action::TeamsLogin,
                TrayAction::ConnectLogin => Action::ConnectLogin,
                TrayAction::Pause(length) => Action::Pause { minutes: length.minutes() },
                TrayAction::Resume => Action::Resume,
                TrayAction::SyncNow => Action::SyncNow,
                TrayAction::SetBack => Action::SetBack,
                TrayAction::Release => Action::Release,
                TrayAction::HangUp => Action::HangUp,
                TrayAction::Settings => Action::OpenSettings { page: SettingsPage::General },
                TrayAction::Why => Action::OpenSettings { page: SettingsPage::Timeline },
                TrayAction::Folder => Action::OpenFolder,
                TrayAction::Quit => Action::Quit,
            }),
            Request::Ccp(raw) => self.ccp_on(CcpIn::Message(raw)),
            Request::CcpDied => self.ccp_on(CcpIn::WindowDied),
            Request::ConnectLoginDone { reached } => self.ccp_on(CcpIn::LoginWindowGone { reached }),
            Request::TrayMissing => {
                self.front.no_tray = true;
                self.host.show_drawer();
            }
            Request::TrayFound => self.front.no_tray = false,
            Request::ClientSecret { secret, expires } => self.keep_client_secret(secret, expires),
            Request::SettingsChanged => self.read_settings(),
            Request::Machine(machine) => self.tell(Event::Machine(machine)),
            Request::Timeline { tab, offset, count, answer } => self.timeline(tab, offset, count, answer),
            Request::ExportTimeline { folder, answer } => self.export_timeline(folder, answer),
            Request::Doctor(answer) => drop(answer.send(self.doctor_page())),
            Request::WhatIfChoices(answer) => drop(answer.send(self.what_if_choices())),
            Request::WhatIf { question, answer } => drop(answer.send(self.what_if(&question))),
            Request::Replay(answer) => self.replay(answer),
            Request::Setup(answer) => self.tell_setup(answer),
            Request::SetupSecret(secret) => self.enter_secret(secret),
            Request::ExportPolicy { folder, answer } => self.export_policy(folder, answer),
        }
    }

    fn act(&mut self, action: Action) {
        if !matches!(action, Action::CallAnyway | Action::DismissCall) {
            self.call(CallIn::Elsewhere);
        }
        match action {
            Action::TeamsLogin => self.start_login(),
            Action::Later => self.put_banner_away(),
            Action::AfterThisCall => self.ask_after_contact(),
            Action::Release => self.tell(Event::Release),
            Action::SetBack => self.tell(Event::Back(true)),
            Action::NotYet => self.tell(Event::Back(false)),
            Action::ConnectLogin => self.ccp_on(CcpIn::LoginWanted),
            Action::BothAreMe => self.ccp_on(CcpIn::Confirmed),
            Action::Pause { minutes } => self.pause(minutes),
            Action::Resume => self.tell(Event::Resume),
            Action::SyncNow => self.wake(),
            Action::RefreshPeople => {
                self.ask_for_more();
                self.read_directory_now();
                self.wake();
            }
            Action::ToggleOffline => self.colleagues.roster.toggle_offline(),
            Action::Search { text } => self.colleagues.roster.search(&text),
            Action::Favourite { person, on } => self.set_favourite(&person, on),
            Action::Call { person, number: ShownNumber { e164: number, digits } } => {
                self.call(CallIn::Place { person: ObjectId::new(person), number, digits });
            }
            Action::CallAnyway => self.call(CallIn::Anyway),
            Action::DismissCall => self.call(CallIn::Dismiss),
            Action::CallAgain => self.call(CallIn::Again),
            Action::HangUp => self.call(CallIn::HangUp),
            // The drawer has done it: only a page has the clipboard.
            Action::Copy { .. } => {}
            Action::OpenSettings { page } => self.host.show_settings(page),
            Action::OpenFolder => self.host.open_folder(),
            Action::RunDoctor => self.run_doctor(),
            Action::CloseDrawer => self.host.close_drawer(),
            Action::Setup { edit } => self.edit_setup(&edit),
            Action::Restart => self.end(life::After::Restart),
            Action::Quit => self.end(life::After::Exit),
        }
    }

    fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Loaded { secret, refresh } => self.keyring_loaded(secret, refresh),
            Outcome::Kept(kept) => self.keyring_kept(kept),
            Outcome::Browse(url) => self.browse(&url),
            Outcome::LoggedIn(result) => self.logged_in(result),
            Outcome::Refreshed(answered, result) => self.refreshed(answered, result),
            Outcome::Me(result) => self.know_me(result),
            Outcome::Own { own, issued, result } => self.own_read(&own, issued, result),
            Outcome::Wrote { own, result } => self.wrote(&own, result),
            Outcome::Announced { order, result } => self.announced(order, result),
            Outcome::Recorded => self.front.recorded = true,
            Outcome::People(result) => self.people_read(result),
            Outcome::Presences(result) => self.presences_read(result),
            Outcome::Settings(loaded) => self.settings_read(*loaded),
            Outcome::Checked(check) => self.checked(check),
            Outcome::Setup(answer) => self.setup_answered(answer),
            // Ends the loop before it gets here.
            Outcome::Flushed => {}
        }
    }

    /// Gives the engine an event and carries out what it asks for.
    fn tell(&mut self, event: Event) {
        self.later.push_back(event);
        // What an effect brings about is told after it, not inside it.
        if std::mem::replace(&mut self.settling, true) {
            return;
        }
        while let Some(event) = self.later.pop_front() {
            let now = self.clock.now();
            for entry in self.recorder.event(&event, now) {
                self.to_lane(Job::Record(Box::new(entry)));
            }
            for effect in self.engine.handle(event, now) {
                self.recorder.effect(&effect, now);
                self.carry_out(effect);
            }
        }
        self.settling = false;
        self.withdraw_stop();
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Save(provenance) => {
                self.kept.provenance = provenance;
                self.save_kept();
            }
            Effect::Record(row) => self.to_lane(Job::Record(Box::new(Entry::Decision(row)))),
            Effect::Read => self.read_own_now(),
            Effect::Write(write) => match self.login.credentials() {
                Some((token, own)) => self.to_lane(Job::Write { write, token, own }),
                None => {
                    let retry_at = later(self.clock.now(), own::BETWEEN);
                    self.tell(Event::WriteFailed { retry_at });
                }
            },
            Effect::SetStatus(wanted) => self.to_lane(Job::Order(StatusOrder::Set(wanted))),
            Effect::ClearNext { seen } => self.to_lane(Job::Order(StatusOrder::ClearNext(seen))),
            Effect::AskBack { status } => self.ask_back(status),
            Effect::AskBackOver => self.ask_back_over(),
            Effect::Broken { connect, teams } => self.tell_stopped(Stop::broken(&connect, &teams)),
            Effect::SecondWriter => self.tell_stopped(Stop::second_writer()),
        }
    }

    fn ask_back(&mut self, status: AgentStatus) {
        self.host.notify(Notice {
            kind: NoticeKind::Back,
            title: say("notice.back.title"),
            body: say("notice.back.body"),
            action: Some((fill("notice.back.button", &[("status", &status.name)]), TrayAction::SetBack)),
        });
        self.back = Some(status);
    }

    fn ask_back_over(&mut self) {
        self.back = None;
        self.host.withdraw(NoticeKind::Back);
    }

    fn set_favourite(&mut self, person: &str, on: bool) {
        self.colleagues.roster.set_favourite(&ObjectId::new(person), on);
        if let Err(error) = self.files.save_favourites(&self.colleagues.roster.favourites()) {
            tracing::warn!(%error, "the favourites last until quit only");
        }
    }

    fn save_kept(&self) {
        self.to_lane(Job::Save(Box::new(self.kept.clone())));
    }

    fn to_lane(&self, job: Job) {
        if self.lane.send(job).is_err() {
            tracing::error!("the lane has ended");
        }
    }

    fn due(&mut self) {
        let now = self.clock.now();
        if self.engine.deadline().is_some_and(|at| at <= now) {
            self.tell(Event::Deadline);
        }
        self.login_due(now);
        self.keyring_due(now);
        self.own_due(now);
        if self.ccp.deadline().is_some_and(|at| at <= now) {
            self.ccp_on(CcpIn::Due);
        }
        self.colleagues_due(now);
        if self.orders.deadline().is_some_and(|at| at <= now) {
            self.orders_on(OrdersIn::Due);
        }
        if self.call.deadline().is_some_and(|at| at <= now) {
            self.call(CallIn::Due);
        }
        self.setup_due(now);
        self.quit_due(now);
    }

    fn deadline(&self) -> Timestamp {
        [
            self.engine.deadline(),
            self.login_deadline(),
            self.keyring_deadline(),
            self.own.deadline(),
            self.ccp.deadline(),
            self.colleagues.deadline(),
            self.orders.deadline(),
            self.call.deadline(),
            self.setup_deadline(),
            self.quit_deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(Timestamp::MAX)
    }
}
