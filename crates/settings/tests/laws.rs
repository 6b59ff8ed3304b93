//! What holds for any settings and any text.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

use std::{fmt::Write, fs, time::Duration};

use presence::{
    connect::{Activity, Channel, Hosting, StatusArn, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, ConnectToTeams, Row, SourceCondition, Table, Target, TeamsRow,
        TeamsToConnect, TeamsWhen, When,
    },
    teams::{Availability, Detail},
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use settings::{Country, FILE, Loaded, Settings, load};
use url::Url;

fn loaded(text: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    load(folder.path())
}

fn activity_word(activity: Activity) -> &'static str {
    match activity {
        Activity::Connected => "connected",
        Activity::OnHold => "on_hold",
        Activity::Dialling => "dialling",
        Activity::Error => "error",
        Activity::Missed => "missed",
        Activity::Rejected => "rejected",
        Activity::AfterContactWork => "after_contact_work",
        Activity::Incoming => "incoming",
        Activity::CallbackOffered => "callback_offered",
    }
}

fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "voice",
        Channel::Chat => "chat",
        Channel::Email => "email",
        Channel::Task => "task",
    }
}

fn mode_word(mode: Hosting) -> &'static str {
    match mode {
        Hosting::SameOrigin => "same_origin",
        Hosting::ApprovedOrigin => "approved_origin",
    }
}

fn target_word(target: Target) -> &'static str {
    match target {
        Target::Available => "available",
        Target::InACall => "in_a_call",
        Target::Busy => "busy",
        Target::DoNotDisturb => "do_not_disturb",
        Target::BeRightBack => "be_right_back",
        Target::AppearAway => "appear_away",
        Target::AppearOffline => "appear_offline",
        Target::NoChange => "no_change",
        Target::Clear => "clear",
    }
}

fn when_text(when: &When) -> String {
    match when {
        When::Activity { activity, channel: None } => format!("activity = '{}'", activity_word(*activity)),
        When::Activity { activity, channel: Some(channel) } => {
            format!("activity = '{}', channel = '{}'", activity_word(*activity), channel_word(*channel))
        }
        When::Status(arn) => format!("status = '{arn}'"),
        When::Kind(kind) => format!("kind = '{}'", kind_word(*kind)),
    }
}

fn kind_word(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Routable => "routable",
        StatusKind::Custom => "custom",
        StatusKind::Offline => "offline",
    }
}

/// The word of an availability that a row can speak of.
fn availability_word(availability: Availability) -> &'static str {
    match availability {
        Availability::Available => "available",
        Availability::Busy => "busy",
        Availability::DoNotDisturb => "do_not_disturb",
        Availability::BeRightBack => "be_right_back",
        Availability::Away => "away",
        Availability::Offline => "offline",
        Availability::Unknown => unreachable!("no row speaks of it"),
    }
}

fn detail_word(detail: Detail) -> &'static str {
    match detail {
        Detail::InCall => "in_call",
        Detail::InMeeting => "in_meeting",
        Detail::Presenting => "presenting",
        Detail::Focusing => "focusing",
        Detail::OutOfOffice => "out_of_office",
        Detail::Inactive => "inactive",
        Detail::AppearOffline => "appear_offline",
    }
}

fn teams_row_text(row: &TeamsRow) -> String {
    let detail = row.when.detail.map(|detail| format!(", detail = '{}'", detail_word(detail)));
    let connect = match &row.target {
        ConnectTarget::Status(arn) => format!("{{ status = '{arn}' }}"),
        ConnectTarget::NoChange => "'no_change'".to_owned(),
        ConnectTarget::Restore => "'restore'".to_owned(),
    };
    let mut text = format!(
        "[[sync.teams_rows]]\nwhen = {{ availability = '{}'{} }}\nconnect = {connect}\n",
        availability_word(row.when.availability),
        detail.unwrap_or_default()
    );
    text.push_str(&conditions_text(&row.conditions, |when| match when {
        When::Kind(kind) => format!("'{}'", kind_word(*kind)),
        When::Activity { .. } | When::Status(_) => format!("{{ {} }}", when_text(when)),
    }));
    text
}

fn connect_row_text(row: &ConnectRow) -> String {
    let mut text = format!(
        "[[sync.rows]]\nwhen = {{ {} }}\nteams = '{}'\n",
        when_text(&row.when),
        target_word(row.target)
    );
    text.push_str(&conditions_text(&row.conditions, |when| match when.detail {
        Some(detail) => format!(
            "{{ availability = '{}', detail = '{}' }}",
            availability_word(when.availability),
            detail_word(detail)
        ),
        None => format!("'{}'", availability_word(when.availability)),
    }));
    if row.override_person {
        text.push_str("override_person = true\n");
    }
    text
}

fn conditions_text<Other>(conditions: &Conditions<Other>, word: impl Fn(&Other) -> String) -> String {
    let mut text = String::new();
    match conditions.only_while.as_slice() {
        [] => {}
        [only] => writeln!(text, "only_while = {}", word(only)).unwrap(),
        several => {
            let words: Vec<String> = several.iter().map(word).collect();
            writeln!(text, "only_while = [{}]", words.join(", ")).unwrap();
        }
    }
    if let Some(source) = conditions.source {
        let word = match source {
            SourceCondition::Person => "person",
            SourceCondition::Automatic => "automatic",
            SourceCondition::Contact => "contact",
        };
        writeln!(text, "source = '{word}'").unwrap();
    }
    for (key, length) in [("hold", conditions.hold), ("at_most_every", conditions.at_most_every)] {
        if let Some(length) = length {
            writeln!(text, "{key} = {}", length.as_secs()).unwrap();
        }
    }
    text
}

/// The settings as a person would write them, every key given.
fn written(settings: &Settings) -> String {
    let mut text = format!("start_with_system = {}\n[microsoft]\n", settings.start_with_system);
    let mut line = |line: String| writeln!(text, "{line}").unwrap();
    if let Some(tenant) = &settings.tenant {
        line(format!("tenant = '{tenant}'"));
    }
    if let Some(client_id) = &settings.client_id {
        line(format!("client_id = '{client_id}'"));
    }
    line(format!("admin_consent = {}", settings.admin_consent));
    line(format!("[connect]\nmode = '{}'", mode_word(settings.connect_mode)));
    if let Some(instance) = &settings.instance {
        line(format!("instance = '{instance}'"));
    }
    if let Some(start) = &settings.connect_start {
        line(format!("start = '{start}'"));
    }
    line(format!("[endpoints]\nlogin = '{}'\ngraph = '{}'", settings.login, settings.graph));
    if let Some(ccp) = &settings.ccp {
        line(format!("ccp = '{ccp}'"));
    }
    line(format!("[drawer]\nlimit = {}\n[calls]", settings.drawer_limit.unwrap_or(0)));
    if let Some(region) = settings.call_region {
        line(format!("region = '{}'", region.as_ref()));
    }
    if let Some(queue) = &settings.call_queue {
        line(format!("queue = '{queue}'"));
    }
    let table = &settings.connect_to_teams;
    line(format!("[sync]\nconnect_to_teams = {}\nhold = {}", table.enabled, table.hold.as_secs()));
    line(format!("teams_to_connect = {}", settings.teams_to_connect.enabled));
    line(format!("restore_idle = {}", settings.restore_idle.as_secs() / 60));
    for row in settings.teams_to_connect.rows() {
        line(teams_row_text(row));
    }
    for row in table.rows() {
        line(connect_row_text(row));
    }
    text
}

fn targets() -> impl Strategy<Value = Target> {
    select(vec![
        Target::Available,
        Target::InACall,
        Target::Busy,
        Target::DoNotDisturb,
        Target::BeRightBack,
        Target::AppearAway,
        Target::AppearOffline,
        Target::NoChange,
        Target::Clear,
    ])
}

fn whens() -> impl Strategy<Value = When> {
    let defaults: Vec<When> = ConnectToTeams::default().rows().iter().map(|row| row.when.clone()).collect();
    let activities: Vec<Activity> = defaults
        .iter()
        .filter_map(|when| match when {
            When::Activity { activity, .. } => Some(*activity),
            When::Status(_) | When::Kind(_) => None,
        })
        .collect();
    let channels = select(vec![Channel::Voice, Channel::Chat, Channel::Email, Channel::Task]);
    prop_oneof![
        select(defaults),
        (select(activities), channels)
            .prop_map(|(activity, channel)| When::Activity { activity, channel: Some(channel) }),
        "arn:aws:connect:[a-z0-9-]{1,12}:[0-9]{3}:instance/[0-9a-f]{4}/agent-state/[0-9a-f]{4}"
            .prop_map(|arn| When::Status(StatusArn::new(arn))),
    ]
}

fn holds() -> impl Strategy<Value = Duration> {
    (0..=3600_u64).prop_map(Duration::from_secs)
}

/// Conditions, more often none than some.
fn conditions<Other: Clone + std::fmt::Debug>(
    other: impl Strategy<Value = Other>,
) -> impl Strategy<Value = Conditions<Other>> {
    let sources = select(vec![SourceCondition::Person, SourceCondition::Automatic, SourceCondition::Contact]);
    let rests = (1..=86_400_u64).prop_map(Duration::from_secs);
    (option::of(sources), vec(other, 0..3), option::of(holds()), option::of(rests)).prop_map(
        |(source, only_while, hold, at_most_every)| Conditions { source, only_while, hold, at_most_every },
    )
}

/// The defaults with the given rows in place of those of the same state and conditions, or added.
fn over<R: Row<Other: PartialEq> + Clone, When: PartialEq>(
    defaults: &Table<R>,
    given: Vec<R>,
    when: impl Fn(&R) -> &When,
) -> Vec<R> {
    let mut rows = defaults.rows().to_vec();
    for row in given {
        let is_same = |known: &&mut R| {
            let (a, b) = (known.conditions(), row.conditions());
            when(known) == when(&row) && a.source == b.source && a.only_while == b.only_while
        };
        match rows.iter_mut().find(is_same) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
    rows
}

fn rows() -> impl Strategy<Value = Vec<ConnectRow>> {
    let row = (whens(), targets(), conditions(teams_whens()), any::<bool>()).prop_map(
        |(when, target, conditions, override_person)| ConnectRow {
            when,
            target,
            conditions,
            override_person,
        },
    );
    vec(row, 0..12).prop_map(|given| over(&ConnectToTeams::default(), given, |row| &row.when))
}

fn teams_whens() -> impl Strategy<Value = TeamsWhen> {
    let availabilities: Vec<Availability> =
        TeamsToConnect::default().rows().iter().map(|row| row.when.availability).collect();
    let details = vec![
        Detail::InCall,
        Detail::InMeeting,
        Detail::Presenting,
        Detail::Focusing,
        Detail::OutOfOffice,
        Detail::Inactive,
        Detail::AppearOffline,
    ];
    (select(availabilities), option::of(select(details)))
        .prop_map(|(availability, detail)| TeamsWhen { availability, detail })
}

fn teams_rows() -> impl Strategy<Value = Vec<TeamsRow>> {
    let target = prop_oneof![
        Just(ConnectTarget::NoChange),
        Just(ConnectTarget::Restore),
        "arn:aws:connect:[a-z0-9-]{1,12}:[0-9]{3}:instance/[0-9a-f]{4}/agent-state/[0-9a-f]{4}"
            .prop_map(|arn| ConnectTarget::Status(StatusArn::new(arn))),
    ];
    let row = (teams_whens(), target, conditions(whens())).prop_map(|(when, target, conditions)| TeamsRow {
        when,
        target,
        conditions,
    });
    vec(row, 0..12).prop_map(|given| over(&TeamsToConnect::default(), given, |row| &row.when))
}

fn address(pattern: &'static str) -> impl Strategy<Value = Url> {
    let loopback =
        "http://(localhost|127\\.[0-9]\\.[0-9]\\.[1-9]|\\[::1\\]):[1-9][0-9]{3}/([a-z0-9.]{1,5}x/)?";
    prop_oneof![pattern, loopback].prop_map(|text| Url::parse(&text).unwrap())
}

prop_compose! {
    fn any_settings()(
        tenant in option::of("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}|[a-z]{1,9}\\.(com|onmicrosoft\\.com)"),
        client_id in option::of("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"),
        flags in any::<(bool, bool, bool)>(),
        instance in option::of(address("https://[a-z]{1,9}\\.(my\\.connect\\.aws|awsapps\\.com)/")),
        (connect_start, connect_mode) in (
            option::of(address("https://[a-z]{1,9}\\.example\\.com/saml/[a-z]{1,9}\\?a=[a-z]{1,3}")),
            select(vec![Hosting::SameOrigin, Hosting::ApprovedOrigin]),
        ),
        login in address("https://login\\.microsoftonline\\.(com|us)/"),
        graph in address("https://graph\\.microsoft\\.(com|us)/v1\\.0/"),
        ccp in option::of(address("https://[a-z]{1,9}\\.my\\.connect\\.aws/")),
        hold in holds(),
        rows in rows(),
        teams_rows in teams_rows(),
        (teams_to_connect, idle) in (any::<bool>(), 1..=720_u64),
        region in option::of(select(vec![Country::GB, Country::US, Country::AX, Country::XK])),
        queue in option::of("arn:aws:connect:[a-z0-9-]{1,12}:[0-9]{3}:instance/[0-9a-f]{4}/queue/[0-9a-f]{4}"),
        limit in 0..1_000_000_usize,
    ) -> Settings {
        Settings {
            tenant: tenant.map(|id| id.parse().unwrap()),
            client_id: client_id.map(|id| id.parse().unwrap()),
            admin_consent: flags.0,
            instance,
            connect_start,
            connect_mode,
            login,
            graph,
            ccp,
            connect_to_teams: ConnectToTeams::new(flags.1, hold, rows),
            teams_to_connect: TeamsToConnect::new(teams_to_connect, hold, teams_rows),
            restore_idle: Duration::from_secs(idle * 60),
            call_region: region,
            call_queue: queue,
            drawer_limit: Some(limit).filter(|limit| *limit > 0),
            start_with_system: flags.2,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(settings in any_settings()) {
        let found = loaded(&written(&settings));
        prop_assert_eq!(found.problem, None);
        prop_assert_eq!(found.settings, settings);
    }

    #[test]
    fn a_mistake_keeps_its_line_whatever_stands_around_it(
        settings in any_settings(),
        blanks in vec(select(vec!["", "# a remark", "\t", "# [sync]"]), 0..20),
    ) {
        let before = blanks.iter().map(|line| format!("{line}\n")).collect::<String>();
        let text = format!("{before}start_with_sistem = true\n{}", written(&settings));
        let problem = loaded(&text).problem.unwrap();
        prop_assert_eq!(problem.line, Some(blanks.len() + 1));
        prop_assert_eq!(problem.reason, "start_with_sistem is not a setting; the nearest is start_with_system");
    }

    #[test]
    fn no_text_is_too_strange(text in prop_oneof![".*", "(\\[?[a-z._]{1,9}\\]?[ =\"'0-9a-z{}\\[\\].\n-]{0,9}\n?){0,9}"]) {
        if let Some(problem) = loaded(&text).problem {
            prop_assert!(problem.line.is_none_or(|line| (1..=text.split('\n').count()).contains(&line)));
            prop_assert!(!problem.reason.contains('\n'));
        }
    }
}
