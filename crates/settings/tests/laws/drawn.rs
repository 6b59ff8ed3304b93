//! Settings drawn at random, of everything that a file can say.

use std::time::Duration;

use net::{Bypass, ProxyAddress, ProxyScheme, ProxyUser};
use presence::{
    aws::{InstanceArn, Region, RoleArn},
    connect::{Activity, Channel, Hosting, StatusArn},
    engine::{Master, OfflineFirst, Rules},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, ConnectToTeams, SourceCondition, Table, TableRow, Target,
        TeamsRow, TeamsToConnect, TeamsWhen, When,
    },
    teams::{Availability, Detail},
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use settings::{Country, Notifications, Settings, StatusMessage, Theme};
use url::Url;

fn targets() -> impl Strategy<Value = Target> {
    select(Target::ALL.to_vec())
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
    let channels = select(Channel::KNOWN.to_vec());
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
fn over<R: TableRow + Clone>(defaults: &Table<R>, given: Vec<R>) -> Vec<R> {
    let mut rows = defaults.rows().to_vec();
    for row in given {
        match rows.iter_mut().find(|known| known.is_same_case(&row)) {
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
    vec(row, 0..12).prop_map(|given| over(&ConnectToTeams::default(), given))
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
    vec(row, 0..12).prop_map(|given| over(&TeamsToConnect::default(), given))
}

fn address(pattern: &'static str) -> impl Strategy<Value = Url> {
    let loopback =
        "http://(localhost|127\\.[0-9]\\.[0-9]\\.[1-9]|\\[::1\\]):[1-9][0-9]{3}/([a-z0-9.]{1,5}x/)?";
    prop_oneof![pattern, loopback].prop_map(|text| Url::parse(&text).unwrap())
}

/// An instance, by the address that is kept of it.
fn instances() -> impl Strategy<Value = Url> {
    let aws = "https://[a-z]{1,9}\\.(my\\.connect\\.aws|govcloud\\.connect\\.aws)/|https://[a-z]{1,9}\\.awsapps\\.com/connect/";
    let loopback = "http://(localhost|127\\.[0-9]\\.[0-9]\\.[1-9]|\\[::1\\]):[1-9][0-9]{3}/(connect/)?";
    prop_oneof![aws, loopback].prop_map(|text| Url::parse(&text).unwrap())
}

/// An instance and a role that may read it, with or without the region that the ARN names.
#[derive(Debug, Clone)]
struct Reads {
    region: Option<Region>,
    instance: InstanceArn,
    role: RoleArn,
}

fn reads() -> impl Strategy<Value = Reads> {
    let places =
        select(vec![("aws", "eu-west-2"), ("aws-us-gov", "us-gov-west-1"), ("aws-cn", "cn-north-1")]);
    (places, any::<bool>(), "[0-9a-f]{8}").prop_map(|((partition, region), named, id)| Reads {
        region: named.then(|| region.parse().unwrap()),
        instance: format!("arn:{partition}:connect:{region}:111122223333:instance/{id}").parse().unwrap(),
        role: format!("arn:{partition}:iam::111122223333:role/{id}").parse().unwrap(),
    })
}

/// A proxy, and who logs in there; at one of SOCKS nobody can.
fn proxies() -> impl Strategy<Value = (Option<ProxyAddress>, Option<ProxyUser>)> {
    let address = "(http|https)://[a-z]{1,9}(:[1-9][0-9]{1,3})?|socks5://10\\.0\\.0\\.[1-9]"
        .prop_map(|address| address.parse().unwrap());
    let user = "[a-z]{1,5}([\\\\ .][a-z]{1,5})?".prop_map(|user| user.parse().unwrap());
    (option::of(address), option::of(user)).prop_map(|(proxy, user): (Option<ProxyAddress>, _)| {
        let is_socks = proxy.as_ref().is_some_and(|proxy| proxy.scheme() == ProxyScheme::Socks5);
        (proxy, user.filter(|_| !is_socks))
    })
}

prop_compose! {
    pub fn any_settings()(
        tenant in option::of("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}|[a-z]{1,9}\\.(com|onmicrosoft\\.com)"),
        client_id in option::of("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"),
        flags in any::<(bool, bool, bool)>(),
        instance in option::of(instances()),
        (connect_start, connect_mode) in (
            option::of(address("https://[a-z]{1,9}\\.example\\.com/saml/[a-z]{1,9}\\?a=[a-z]{1,3}")),
            select(vec![Hosting::SameOrigin, Hosting::ApprovedOrigin]),
        ),
        login in address("https://login\\.microsoftonline\\.(com|us)/"),
        graph in address("https://graph\\.microsoft\\.(com|us)/v1\\.0/"),
        ccp in option::of(instances()),
        (reads, api, sts, (proxy, proxy_user), bypass) in (
            option::of(reads()),
            option::of(address("https://connect\\.eu-west-[12]\\.amazonaws\\.com/")),
            option::of(address("https://sts\\.eu-west-[12]\\.amazonaws\\.com/")),
            proxies(),
            vec("(\\*\\.)?[a-z]{1,5}(\\.[a-z]{1,5})?|10\\.[0-9]\\.0\\.0/(8|16)|::[1-9]", 0..4),
        ),
        hold in holds(),
        rows in rows(),
        teams_rows in teams_rows(),
        (teams_to_connect, idle, held_for) in (any::<bool>(), 1..=720_u64, 1..=72_u64),
        (master, offline_first) in (
            select(vec![Master::Connect, Master::Teams]),
            select(vec![OfflineFirst::Confirm, OfflineFirst::Always]),
        ),
        (force_rewrite, dry_run) in any::<(bool, bool)>(),
        region in option::of(select(vec![Country::GB, Country::US, Country::AX, Country::XK])),
        queue in option::of("arn:aws:connect:[a-z0-9-]{1,12}:[0-9]{3}:instance/[0-9a-f]{4}/queue/[0-9a-f]{4}"),
        (limit, seats, recent_calls) in (0..1_000_000_usize, 1..=100_000_u32, 0..=500_u32),
        (drawer_compact, drawer_photos, drawer_cache) in any::<(bool, bool, bool)>(),
        status_message in select(vec![StatusMessage::Off, StatusMessage::Number, StatusMessage::Status]),
        (theme, notifications) in (
            select(vec![Theme::System, Theme::Light, Theme::Dark, Theme::Contrast]),
            select(vec![Notifications::All, Notifications::Important]),
        ),
    ) -> Settings {
        Settings {
            tenant: tenant.map(|id| id.parse().unwrap()),
            client_id: client_id.map(|id| id.parse().unwrap()),
            admin_consent: flags.0,
            instance,
            connect_start,
            connect_mode,
            connect_region: reads.as_ref().and_then(|reads| reads.region.clone()),
            role_arn: reads.as_ref().map(|reads| reads.role.clone()),
            instance_arn: reads.map(|reads| reads.instance),
            // A token of Microsoft's is not sent to this machine.
            login: if graph.scheme() == "http" { graph.clone() } else { login },
            connect_api: api.filter(|api| graph.scheme() == "http" || api.scheme() == "https"),
            sts: sts.filter(|sts| graph.scheme() == "http" || sts.scheme() == "https"),
            graph,
            ccp,
            proxy,
            proxy_user,
            bypass: Bypass::new(bypass.iter().map(|entry| entry.parse().unwrap()).collect()),
            connect_to_teams: ConnectToTeams::new(flags.1, hold, rows),
            teams_to_connect: TeamsToConnect::new(teams_to_connect, hold, teams_rows),
            restore_idle: Duration::from_secs(idle * 60),
            rules: Rules {
                held_for: Duration::from_secs(held_for * 3600),
                master,
                offline_first,
                force_rewrite,
            },
            dry_run,
            seats,
            status_message,
            call_region: region,
            call_queue: queue,
            recent_calls,
            drawer_limit: Some(limit).filter(|limit| *limit > 0),
            drawer_compact,
            drawer_photos,
            drawer_cache,
            start_with_system: flags.2,
            theme,
            notifications,
        }
    }
}
