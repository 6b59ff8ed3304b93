//! The loop over the machines: requests and outcomes come in one after the other, each is fed to the machine that it is
//! for, what the machine asks for is carried out, and whole views go out.
//!
//! Decides nothing, and waits for nothing: the network, the keyring, files and the browser are for tasks that report an
//! [`Outcome`].

mod calls;
mod colleagues;
mod connect;
mod doctor;
mod facts;
mod find;
mod incoming;
mod life;
mod login;
mod message;
mod network;
mod publish;
mod recent;
mod reload;
mod requests;
mod save_as;
mod setup;
mod sync;
mod timeline;
mod to_graph;

use std::{collections::VecDeque, sync::Arc};

use ::timeline::TimelineStore;
use graph::Graph;
use jiff::Timestamp;
use people::Person;
use presence::{
    connect::AgentStatus,
    engine::{Event, Pace},
    mapping::Tables,
};
use settings::{Configured, Missing};
use tokio::sync::mpsc;
use uuid::Uuid;

use self::{network::HttpAccess, to_graph::GraphAnswer};
use crate::{
    Config, Inbox, StartError,
    clock::Clock,
    files::Files,
    host::Host,
    lane::{self, Job, LaneReport, Places},
    machine::{
        cache::{Cache, CacheIn},
        call::{CallIn, OutboundCall},
        ccp::{self, Ccp, CcpIn},
        colleagues::{Colleagues, ColleaguesIn},
        doctor::{Doctor, DoctorIn},
        ending::{Ending, EndingIn},
        find::{Find, FindIn},
        front::Front,
        gate::{Gate, SentWith},
        incoming::{IncomingCalls, IncomingIn},
        licence::Licence,
        login::{Login, LoginIn},
        message::StatusMessageKeeper,
        network::{NetworkIn, NetworkWatch},
        orders::{CcpOrders, OrdersIn},
        own::{OwnIn, OwnPresenceReader},
        photos::{Photos, PhotosIn},
        proxy::{ProxyIn, ProxyPasswordKeeper},
        recent::{Recent, RecentIn},
        settings::{CurrentSettings, SettingsIn},
        sync::{Sync, SyncOut},
        team::{Team, TeamIn},
        wizard::{Saved, Wizard, WizardIn},
    },
    shelf::{ShelfJob, ShelfReport},
    source::ColleagueSource,
    task::AbortOnDrop,
};

/// What a task reports.
#[derive(Debug)]
enum Outcome {
    /// The answer to something that Teams Login asked for.
    Login(LoginIn),
    /// Graph answered a request that was sent with this.
    Answered(SentWith, GraphAnswer),
    /// The answer to a request about colleagues in Connect.
    Colleagues(ColleaguesIn),
    /// The lane has done something.
    Lane(LaneReport),
    /// The settings were read.
    Settings(SettingsIn),
    /// The answer to something that the wizard asked for.
    Wizard(WizardIn),
    /// The keyring answered about the proxy's password.
    Proxy(ProxyIn),
    /// The network to the services was checked.
    Network(NetworkIn),
    /// Doctor has checked something.
    Doctor(DoctorIn),
    /// Colleagues or calls that were kept on disk were read.
    Shelf(ShelfReport),
    /// Some of the people who were kept on disk.
    Known(Vec<Person>),
    /// The lane is empty: the run can end.
    Flushed,
}

pub(crate) struct Controller<H> {
    host: H,
    inbox: Inbox,
    report: mpsc::UnboundedSender<Outcome>,
    outcomes: mpsc::UnboundedReceiver<Outcome>,
    clock: Clock,
    folder: reload::Folder,
    store: TimelineStore,
    /// The statuses of the instance that were known last.
    statuses: Vec<AgentStatus>,
    lane: mpsc::UnboundedSender<Job>,
    /// The task that keeps colleagues on disk; none while nothing is set up.
    shelf: Option<mpsc::UnboundedSender<ShelfJob>>,
    settings: CurrentSettings,
    setup: Result<Configured, Missing>,
    graph: Option<Graph>,
    pace: Pace,
    sync: Sync,
    gate: Gate,
    login: Login,
    /// The client of Entra, once the application is set up.
    entra: Option<login::Entra>,
    own: OwnPresenceReader,
    /// The status message in Teams.
    message: StatusMessageKeeper,
    ccp: Ccp,
    team: Team,
    colleagues: Colleagues,
    /// The source of colleagues' statuses in Connect, if there is one.
    source: Option<Arc<dyn ColleagueSource>>,
    find: Find,
    /// Which licence filter the directory is asked with.
    licence: Licence,
    photos: Photos,
    cache: Cache,
    recent: Recent,
    call: OutboundCall,
    incoming: IncomingCalls,
    orders: CcpOrders,
    /// The HTTP client of everything, and its proxy.
    wire: HttpAccess,
    /// The password of that proxy.
    proxy_password: ProxyPasswordKeeper,
    /// Why requests do not arrive.
    network: NetworkWatch,
    /// The look at the network that is under way.
    look: Option<AbortOnDrop>,
    doctor: Doctor,
    /// The checks of doctor that are under way.
    checks: Option<AbortOnDrop>,
    wizard: Wizard,
    trials: setup::TrialLogin,
    ending: Ending,
    front: Front,
    /// The dialog that asks for the file to write.
    save_dialog: save_as::SaveDialog,
    /// What the sync asked for and is not carried out yet.
    asked_by_sync: VecDeque<SyncOut>,
    settling: bool,
}

impl<H: Host> Controller<H> {
    pub(crate) fn new(host: H, inbox: Inbox, config: Config) -> Result<Self, StartError> {
        let left = life::StoredState::read(&config);
        let clock = Clock::starting_at(host.now(), host.elapsed());
        let wire = HttpAccess::of(&config.loaded.settings)?;
        Ok(Self::with(wire, clock, host, inbox, config, left, None))
    }

    /// `saved`: these settings were saved by the wizard of the previous run.
    fn with(
        wire: HttpAccess,
        clock: Clock,
        host: H,
        inbox: Inbox,
        config: Config,
        left: life::StoredState,
        saved: Option<Saved>,
    ) -> Self {
        let now = clock.now();
        let http = wire.http.clone();
        let (report, outcomes) = mpsc::unbounded_channel();
        let settings = config.loaded.settings.clone();
        let setup = settings.configured();
        let graph = setup
            .as_ref()
            .ok()
            .map(|set| Graph::new(http.clone(), set.graph.clone(), set.client_id.to_string()));
        let store = TimelineStore::new(&config.data_dir);
        let places = Places {
            graph: graph.clone(),
            files: Files::new(&config.data_dir),
            store: store.clone(),
            data: config.data_dir.clone(),
        };
        let done = report.clone();
        let lane = lane::start(places, move |what| drop(done.send(Outcome::Lane(what))));
        let tables = Tables {
            connect_to_teams: settings.connect_to_teams.clone(),
            teams_to_connect: settings.teams_to_connect.clone(),
        };
        // Machines that fail at the same time must not ask again at the same time.
        let (seed, _) = Uuid::new_v4().as_u64_pair();
        let pace = Pace::default();
        let source = setup.as_ref().ok().and_then(|set| colleagues::source(&http, set));
        let (sync, start) = Sync::new(tables, settings.rules, pace, left.kept, now);
        // The lane was started just now, so it accepts this.
        drop(lane.send(Job::Record(Box::new(start))));
        Self {
            login: Login::new(setup.as_ref().ok().map(|set| login::setup(set, left.authorization)), seed),
            entra: setup.as_ref().ok().map(|set| login::Entra::new(&http, set)),
            own: OwnPresenceReader::new(pace, seed),
            message: StatusMessageKeeper::new(
                settings.login.origin().ascii_serialization(),
                left.messages,
                now,
            ),
            ccp: Ccp::new(setup.as_ref().ok().and_then(ccp::plan), left.confirmed, now),
            team: Team::new(&settings, left.team, seed),
            colleagues: Colleagues::new(source.is_some(), settings.seats, seed),
            source,
            find: Find::default(),
            licence: Licence::default(),
            photos: Photos::default(),
            cache: Cache::default(),
            recent: Recent::default(),
            shelf: find::shelf(&config.data_dir, setup.as_ref().ok(), &report),
            gate: Gate::new(seed),
            call: OutboundCall::default(),
            incoming: IncomingCalls::default(),
            orders: CcpOrders::new(now),
            proxy_password: ProxyPasswordKeeper::new(wire.account()),
            wire,
            network: NetworkWatch::default(),
            look: None,
            doctor: Doctor::new(),
            checks: None,
            wizard: Wizard::new(left.draft, saved),
            trials: setup::TrialLogin::default(),
            ending: Ending::new(),
            asked_by_sync: VecDeque::new(),
            settling: false,
            front: Front::default(),
            save_dialog: save_as::SaveDialog::default(),
            host,
            inbox,
            report,
            outcomes,
            clock,
            statuses: left.statuses,
            folder: reload::Folder { path: config.data_dir, policy: config.policy },
            store,
            lane,
            settings: CurrentSettings::new(config.loaded),
            setup,
            graph,
            pace,
            sync,
        }
    }

    fn begin(&mut self) {
        self.settings(SettingsIn::Begin);
        self.photos(PhotosIn::Allowed(self.settings.used().drawer_photos));
        self.cache(CacheIn::Begin { on: self.settings.used().drawer_cache });
        self.recent(RecentIn::Begin { keeps: self.settings.used().recent_calls });
        // The windows may have been open since the previous controller.
        if self.front.is_drawer_open() {
            self.drawer_opened(true);
        }
        self.host.use_proxy(self.wire.proxy.clone());
        self.proxy_password(ProxyIn::Begin);
    }

    /// Starts what opens connections, once the keyring was asked for the proxy's password.
    fn connect(&mut self) {
        self.login(LoginIn::Begin);
        self.ccp(CcpIn::Begin);
    }

    /// Everything may be old after a sleep, or when the network returns.
    fn wake(&mut self) {
        self.engine(Event::Sync);
        self.ccp(CcpIn::Woke);
        self.team(TeamIn::ReadSoon);
    }

    fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Login(input) => self.login(input),
            Outcome::Answered(sent, answer) => self.answered_by_graph(sent, answer),
            Outcome::Lane(LaneReport::Wrote { sent, result }) => self.wrote(sent, result),
            Outcome::Lane(LaneReport::WroteMessage { sent, result }) => self.wrote_message(sent, result),
            Outcome::Lane(LaneReport::Announced { order, result }) => self.announced(order, result),
            Outcome::Lane(LaneReport::Recorded) => self.front.recorded(),
            Outcome::Colleagues(input) => self.colleagues(input),
            Outcome::Settings(input) => self.settings(input),
            Outcome::Proxy(input) => self.proxy_password(input),
            Outcome::Network(input) => self.network(input),
            Outcome::Doctor(input) => self.doctor(input),
            Outcome::Wizard(input) => self.wizard(input),
            Outcome::Shelf(ShelfReport::People(kept)) => self.kept_directory_was_read(kept),
            Outcome::Shelf(ShelfReport::Calls(kept)) => self.recent(RecentIn::Read(kept)),
            Outcome::Known(people) => self.team(TeamIn::Kept(people)),
            Outcome::Flushed => self.ending(EndingIn::Flushed),
        }
    }

    fn to_lane(&self, job: Job) {
        if self.lane.send(job).is_err() {
            tracing::error!("the lane has ended");
        }
    }

    fn due(&mut self) {
        let now = self.clock.now();
        if self.sync.deadline().is_some_and(|at| at <= now) {
            self.engine(Event::Deadline);
        }
        if self.login.deadline().is_some_and(|at| at <= now) {
            self.login(LoginIn::Due);
        }
        if self.own.deadline().is_some_and(|at| at <= now) {
            self.own(OwnIn::Due);
        }
        if self.ccp.deadline().is_some_and(|at| at <= now) {
            self.ccp(CcpIn::Due);
        }
        if self.team.deadline().is_some_and(|at| at <= now) {
            self.team(TeamIn::Due);
        }
        if self.colleagues.deadline().is_some_and(|at| at <= now) {
            self.colleagues(ColleaguesIn::Due);
        }
        if self.find.deadline().is_some_and(|at| at <= now) {
            self.find(FindIn::Due);
        }
        if self.photos.deadline().is_some_and(|at| at <= now) {
            self.photos(PhotosIn::Due);
        }
        if self.orders.deadline().is_some_and(|at| at <= now) {
            self.orders(OrdersIn::Due);
        }
        if self.call.deadline().is_some_and(|at| at <= now) {
            self.call(CallIn::Due);
        }
        if self.incoming.deadline().is_some_and(|at| at <= now) {
            self.incoming(IncomingIn::Due);
        }
        if self.settings.deadline().is_some_and(|at| at <= now) {
            self.settings(SettingsIn::Due);
        }
        if self.proxy_password.deadline().is_some_and(|at| at <= now) {
            self.proxy_password(ProxyIn::Due);
        }
        if self.network.deadline().is_some_and(|at| at <= now) {
            self.network(NetworkIn::Due);
        }
        if self.doctor.deadline().is_some_and(|at| at <= now) {
            self.doctor(DoctorIn::Due);
        }
        if self.wizard.deadline().is_some_and(|at| at <= now) {
            self.wizard(WizardIn::Due);
        }
        self.ending(EndingIn::Turn);
    }

    fn deadline(&self) -> Timestamp {
        [
            self.sync.deadline(),
            self.login.deadline(),
            self.own.deadline(),
            self.message.deadline(),
            self.ccp.deadline(),
            self.team.deadline(),
            self.colleagues.deadline(),
            self.find.deadline(),
            self.photos.deadline(),
            self.orders.deadline(),
            self.call.deadline(),
            self.incoming.deadline(),
            self.settings.deadline(),
            self.proxy_password.deadline(),
            self.network.deadline(),
            self.doctor.deadline(),
            self.wizard.deadline(),
            self.ending.deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(Timestamp::MAX)
    }
}
