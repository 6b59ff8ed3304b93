//! Facts for the tests: everything works and is in step. Each test changes what it is about.

use std::sync::LazyLock;

use connect::{Agent, Phase};
use graph::GraphError;
use jiff::{SignedDuration, Timestamp};
use people::{CallingAgent, Dialable, Number, NumberKind, Person, PersonId, VoiceLine};
use presence::{
    connect::{AgentSnapshot, AgentStatus, Hosting, StatusArn, StatusKind},
    engine::Link,
    identity::ObjectId,
    mapping::Target,
    teams::{Availability, TeamsState},
};
use settings::{Configured, Layer, Problem, Settings, StatusMessage};
use signin::{Class, Identity};

use super::look;
use crate::{
    facts::{
        CallFacts, CallProgress, ConnectFacts, DigitsFacts, Facts, LoginFacts, LoginPhase, NetworkFacts,
        RefusalFacts, SettingsFacts, Skipped, SyncFacts, TeamFacts, TeamsFacts, Trouble, WebViewWay,
    },
    model::DirectorySearch,
};

pub(super) static WHO: LazyLock<Identity> = LazyLock::new(|| Identity {
    object_id: ObjectId::new("anna"),
    tenant_id: "contoso".to_owned(),
    upn: "anna@contoso.example".to_owned(),
    name: "Anna Berg".to_owned(),
});

pub(super) static AGENT: LazyLock<Agent> = LazyLock::new(|| Agent {
    username: "anna".to_owned(),
    name: "Anna B.".to_owned(),
    statuses: Vec::new(),
    outbound: true,
    countries: Vec::new(),
    softphone: true,
});

pub(super) static AVAILABLE: LazyLock<AgentSnapshot> =
    LazyLock::new(|| chosen("Available", StatusKind::Routable));
pub(super) static LUNCH: LazyLock<AgentSnapshot> = LazyLock::new(|| chosen("Lunch", StatusKind::Custom));

/// A status that may wait for the agent's return.
pub(super) static FREE: LazyLock<AgentStatus> = LazyLock::new(|| status("Available", StatusKind::Routable));

static SHOWN: TeamsState = TeamsState::plain(Availability::Available);

pub(super) static SET: LazyLock<Configured> = LazyLock::new(|| Configured {
    tenant: "contoso.example".parse().unwrap(),
    client_id: "11111111-2222-3333-4444-555555555555".parse().unwrap(),
    admin_consent: true,
    login: "https://login.example/".parse().unwrap(),
    graph: "https://graph.example/v1.0".parse().unwrap(),
    ccp: "https://contoso.example/".parse().unwrap(),
    connect_start: None,
    connect_mode: Hosting::USUAL,
    connect_api: None,
});

pub(super) static PROBLEM: LazyLock<Problem> = LazyLock::new(|| Problem {
    file: "settings.toml".into(),
    line: Some(3),
    reason: "this is no setting".to_owned(),
    layer: Layer::User,
});

static NO_FAULT: NetworkFacts = NetworkFacts { microsoft: None, connect: None };

static UNREACHABLE: LazyLock<Trouble> =
    LazyLock::new(|| Trouble { error: GraphError::Unreachable("no route".to_owned()), since: at(-300) });

static NUMBER: LazyLock<Dialable> = LazyLock::new(|| Dialable::parse("+44 1632 960029", None).unwrap());
static CALLEE: LazyLock<PersonId> = LazyLock::new(|| PersonId::Entra(ObjectId::new("hiro")));

fn chosen(name: &str, kind: StatusKind) -> AgentSnapshot {
    AgentSnapshot { chosen: status(name, kind), chosen_since: at(-60), next: None, contacts: Vec::new() }
}

pub(super) fn status(name: &str, kind: StatusKind) -> AgentStatus {
    AgentStatus { arn: StatusArn::new(name), name: name.to_owned(), kind }
}

/// That many seconds after the moment of [`facts`].
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_420_800).unwrap() + SignedDuration::from_secs(seconds)
}

pub(super) fn facts() -> Facts<'static> {
    Facts {
        now: at(0),
        network: &NO_FAULT,
        settings: SettingsFacts {
            set: Some(&SET),
            missing: None,
            problem: None,
            needs_restart: None,
            connect_to_teams: true,
            teams_to_connect: false,
            region: None,
            status_message: StatusMessage::Off,
            status_message_is_locked: false,
            look: look(&Settings::default()),
        },
        login: LoginFacts {
            phase: LoginPhase::SignedIn,
            who: Some(&WHO),
            refusal: None,
            under_way: None,
            is_put_away: false,
            reminds_of: None,
            renew_by: None,
            secret_expires: None,
            keyring: None,
            reads_licences: true,
            account: "login.example/contoso.example/1111",
            consent: Some("https://login.example/consent".parse().unwrap()),
        },
        teams: TeamsFacts {
            shown: Some((&SHOWN, Some(at(-30)))),
            read: Some(at(-5)),
            number: None,
            message: None,
            message_writing: None,
            reading: None,
            writing: None,
            slowed: None,
        },
        connect: ConnectFacts {
            phase: Phase::Live,
            agent: Some(&AGENT),
            live: Some(&AVAILABLE),
            last: Some((&AVAILABLE, at(-2))),
            asks_for: Some(Target::Available),
            in_contact: false,
            is_somebody_else: false,
            login_is_due: false,
            is_offline: false,
            way: WebViewWay::AsOurRequests,
        },
        sync: SyncFacts {
            link: Link::InStep { since: at(-30) },
            target: Some(Target::Available),
            stop: None,
            back: None,
            not_remembered: None,
        },
        colleagues: None,
        team: TeamFacts {
            known: 40,
            in_directory: 40,
            listed: 40,
            found: None,
            left_out: 0,
            hides_offline: false,
            is_grouped: false,
            asked: DirectorySearch::NotAsked,
            is_loading: false,
            listed_at: Some(at(-600)),
            next_list: Some(at(3000)),
            failed: None,
            skipped: Skipped::default(),
            read: Some(at(-10)),
            trouble: None,
        },
        call: None,
        incoming: Vec::new(),
        missed: Vec::new(),
        caller: CallingAgent {
            connect_live: true,
            outbound_permission: true,
            countries: &[],
            line: VoiceLine::Free,
        },
        no_tray: false,
    }
}

/// The same before the application is set up.
pub(super) fn not_set_up() -> Facts<'static> {
    let mut facts = nobody(None);
    facts.login.phase = LoginPhase::Unconfigured;
    facts.settings.set = None;
    facts.settings.missing = Settings::default().configured().err();
    facts
}

/// The same while Teams Login is needed, after a refusal of this class.
pub(super) fn nobody(class: Option<Class>) -> Facts<'static> {
    let mut facts = facts();
    facts.login.phase = LoginPhase::SignedOut { since: None };
    facts.login.refusal = class.map(|class| RefusalFacts { class, error: None, about: None });
    facts
}

/// The same without a network.
pub(super) fn offline() -> Facts<'static> {
    let mut facts = facts();
    facts.teams.reading = Some(&UNREACHABLE);
    facts.connect.live = None;
    facts.connect.phase = Phase::Lost;
    facts.sync.link = Link::NotInStep { since: at(-300) };
    facts
}

/// A call to somebody that is this far.
pub(super) fn call(progress: CallProgress<'_>) -> CallFacts<'_> {
    CallFacts {
        person: &CALLEE,
        name: "Hiro",
        entry: None,
        number: &NUMBER,
        progress,
        is_live: true,
        can_hang_up: true,
        is_lost: false,
        is_hanging_up: false,
        hang_up_failed: false,
        digits: DigitsFacts::NotSent,
    }
}

/// Somebody of the directory with these numbers.
pub(super) fn somebody(id: &str, name: &str, numbers: &[&str]) -> Person {
    let number = |number: &&str| Number { kind: NumberKind::Work, as_written: (*number).to_owned() };
    Person {
        id: ObjectId::new(id),
        name: name.to_owned(),
        given: String::new(),
        surname: String::new(),
        upn: format!("{id}@contoso.example"),
        mail: None,
        department: None,
        job_title: None,
        numbers: numbers.iter().map(number).collect(),
    }
}
