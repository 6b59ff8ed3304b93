//! One task that owns all state: requests and outcomes come in one after the other, the host and the lane
//! are told, and whole views go out.
//!
//! Nothing here waits for the network, the keyring or a file: that is done by tasks which report an
//! [`Outcome`]. What should stand in Teams is decided by `presence` alone.

mod banner;
mod calls;
mod ccp;
mod colleagues;
mod connect_login;
mod doctor;
mod health;
mod keyring;
mod life;
mod login;
mod orders;
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
    statuses,
    timeline::Store,
    view::{Action, SettingsPage},
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
    Own { own: ObjectId, asked: own::Asked, result: Result<Reading, GraphError> },
    /// The lane lets an order to Connect go, or not.
    Announced { order: lane::Order, result: Result<(), WriteProblem> },
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
    centre: ccp::Centre,
    colleagues: colleagues::Colleagues,
    calls: calls::Calls,
    orders: orders::Orders,
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
        let clock = Clock::starting_at(host.now(), host.elapsed());
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
        let table = settings.connect_to_teams.clone();
        let tables =
            Tables { connect_to_teams: table.clone(), teams_to_connect: settings.teams_to_connect.clone() };
        let kept = files.load_provenance();
        let (recorder, start) = Recorder::start(&kept.provenance, now);
        // The lane has just been started, and takes it.
        drop(lane.send(Job::Record(Box::new(start))));
        let engine = Engine::new(tables, settings.rules, Pace::default(), kept.provenance.clone(), now);
        Self {
            login: login::Login::new(setup.as_ref().ok(), &http, &files),
            keyring: keyring::Keyring::default(),
            own: own::Own::default(),
            centre: ccp::Centre::new(setup.as_ref().ok(), table, files.load_confirmed(), now),
            colleagues: colleagues::Colleagues::new(&settings, files.load_favourites()),
            calls: calls::Calls::default(),
            orders: orders::Orders::default(),
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
        self.open_ccp();
        if self.setup.is_err() && self.problem.is_none() {
            self.host.show_settings(SettingsPage::Setup);
        }
    }

    /// After sleep or a network's return everything may be old.
    fn wake(&mut self) {
        self.tell(Event::Sync);
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
            Request::Ccp(raw) => self.ccp_said(&raw),
            Request::CcpDied => self.ccp_died(),
            Request::ConnectLoginDone { reached } => self.connect_login_done(reached),
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
        match action {
            Action::TeamsLogin => self.start_login(),
            Action::Later => self.put_banner_away(),
            Action::AfterThisCall => self.ask_after_contact(),
            Action::Release => self.tell(Event::Release),
            Action::SetBack => self.tell(Event::Back(true)),
            Action::NotYet => self.tell(Event::Back(false)),
            Action::ConnectLogin => self.open_connect_login(),
            Action::BothAreMe => self.confirm_person(),
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
            Action::Call { person, number } => self.call(&person, number),
            Action::CallAnyway => self.call_anyway(),
            Action::DismissCall => self.dismiss_call(),
            Action::CallAgain => self.call_again(),
            Action::HangUp => self.hang_up(),
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
            Outcome::Own { own, asked, result } => self.own_read(&own, asked, result),
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
            Effect::SetStatus(wanted) => self.to_lane(Job::Order(lane::Order::Set(wanted))),
            Effect::ClearNext { seen } => self.to_lane(Job::Order(lane::Order::ClearNext(seen))),
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
        self.ccp_due(now);
        self.colleagues_due(now);
        self.orders_due(now);
        self.calls_due(now);
        self.setup_due(now);
        self.quit_due(now);
    }

    fn deadline(&self) -> Timestamp {
        [
            self.engine.deadline(),
            self.login_deadline(),
            self.keyring_deadline(),
            self.own.deadline(),
            self.centre.deadline(),
            self.connect_login_deadline(),
            self.colleagues.deadline(),
            self.orders.deadline(),
            self.calls.deadline(),
            self.setup_deadline(),
            self.quit_deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(Timestamp::MAX)
    }
}
