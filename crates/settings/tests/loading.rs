//! What a person meets when the settings file is good, absent or broken.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use std::{fs, path::Path, time::Duration};

use presence::{
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, ConnectToTeams, SourceCondition, Target, TeamsRow,
        TeamsToConnect, TeamsWhen, When,
    },
    source::Source,
    teams::{Availability, Detail, TeamsState},
};
use settings::{
    ConnectApiPlan, Country, FILE, LAST_GOOD, Loaded, Notifications, Policy, Settings, StatusMessage, Theme,
    load,
};
use tempfile::TempDir;

const GOOD: &str = r#"start_with_system = true
theme = "dark"
notifications = "important"

[microsoft]
tenant = "6f1c2a9e-0000-4000-8000-0123456789ab"
client_id = "0a1b2c3d-0000-4000-8000-0123456789ab"
admin_consent = true

[connect]
instance = "https://contoso.my.connect.aws"

[sync]
hold = 20

[[sync.rows]]
when = { kind = "custom" }
teams = "be_right_back"

[[sync.rows]]
when = { activity = "connected", channel = "chat" }
teams = "busy"
hold = 1_0

[teams]
status_message = "number"

[drawer]
limit = 0
compact = true
photos = false
cache = false
"#;

fn folder(text: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    folder
}

/// The problem's sentence without the path of the file.
fn sentence(loaded: &Loaded, folder: &Path) -> String {
    let problem = loaded.problem.as_ref().expect("a problem").to_string();
    problem.strip_prefix(&folder.join(FILE).display().to_string()).expect("the file is named").to_owned()
}

fn broken(text: impl AsRef<[u8]>) -> String {
    let folder = folder(text);
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.settings, Settings::default());
    sentence(&loaded, folder.path())
}

#[test]
fn no_file_means_the_defaults() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(load(folder.path(), &Policy::none()), Loaded::default());
    assert_eq!(load(&folder.path().join("not there"), &Policy::none()), Loaded::default());
    let defaults = Settings::default();
    assert_eq!(defaults.drawer_limit, Some(300));
    assert!(defaults.drawer_photos && defaults.drawer_cache && !defaults.drawer_compact);
    assert_eq!((defaults.theme, defaults.notifications), (Theme::System, Notifications::All));
    assert_eq!(defaults.status_message, StatusMessage::Off);
    assert_eq!(defaults.connect_to_teams, ConnectToTeams::default());
    assert_eq!(defaults.teams_to_connect, TeamsToConnect::default());
    assert!(!defaults.teams_to_connect.enabled);
    assert_eq!(defaults.restore_idle, Duration::from_secs(300));
    assert_eq!((defaults.call_region, defaults.call_queue.clone()), (None, None));
    assert_eq!(defaults.recent_calls, 50);
    assert_eq!(
        defaults.configured().unwrap_err().to_string(),
        "microsoft.tenant, microsoft.client_id and connect.instance"
    );
}

#[test]
fn a_good_file_is_read_in_full() {
    let folder = folder(GOOD);
    let Loaded { settings, problem, not_kept, .. } = load(folder.path(), &Policy::none());
    assert_eq!((problem, not_kept), (None, None));
    assert!(settings.start_with_system);
    assert_eq!(settings.drawer_limit, None);
    assert!(!settings.drawer_photos && !settings.drawer_cache && settings.drawer_compact);
    assert_eq!((settings.theme, settings.notifications), (Theme::Dark, Notifications::Important));
    assert_eq!(settings.status_message, StatusMessage::Number);
    let set = settings.configured().unwrap();
    assert_eq!(set.tenant.to_string(), "6f1c2a9e-0000-4000-8000-0123456789ab");
    assert_eq!(set.client_id.to_string(), "0a1b2c3d-0000-4000-8000-0123456789ab");
    assert!(set.admin_consent);
    assert_eq!(set.login.as_str(), "https://login.microsoftonline.com/");
    assert_eq!(set.graph.as_str(), "https://graph.microsoft.com/v1.0/");
    assert_eq!(set.ccp.as_str(), "https://contoso.my.connect.aws/");
}

#[test]
fn given_rows_replace_the_defaults_of_the_same_state_and_no_others() {
    let folder = folder(GOOD);
    let table = load(folder.path(), &Policy::none()).settings.connect_to_teams;
    let defaults = ConnectToTeams::default();
    assert!(table.enabled);
    assert_eq!(table.hold, Duration::from_secs(20));
    assert_eq!(table.rows().len(), defaults.rows().len() + 1);
    let changed: Vec<&ConnectRow> =
        table.rows().iter().filter(|row| !defaults.rows().contains(row)).collect();
    let chat = ConnectState::Contact { activity: Activity::Connected, channel: Channel::Chat };
    let (_, row) = table.find(&chat, None).unwrap();
    assert_eq!((row.target, row.conditions.hold), (Target::Busy, Some(Duration::from_secs(10))));
    assert_eq!(changed.len(), 2);
    assert!(changed.iter().any(|row| row.target == Target::BeRightBack));
}

#[test]
fn a_row_cannot_name_the_channel_of_contacts_that_are_not_known() {
    let folder = folder(
        "[[sync.rows]]\nwhen = { activity = \"connected\", channel = \"other\" }\nteams = \"available\"\n",
    );
    let loaded = load(folder.path(), &Policy::none());
    assert!(loaded.problem.is_some());
    assert_eq!(loaded.settings, Settings::default());
}

#[test]
fn a_status_row_is_keyed_by_arn() {
    let arn = "arn:aws:connect:eu-central-1:1:instance/2/agent-state/3";
    let folder =
        folder(format!("[[sync.rows]]\nwhen = {{ status = \"{arn}\" }}\nteams = \"do_not_disturb\"\n"));
    let table = load(folder.path(), &Policy::none()).settings.connect_to_teams;
    let row = ConnectRow::new(When::Status(StatusArn::new(arn)), Target::DoNotDisturb);
    assert!(table.rows().contains(&row));
}

#[test]
fn a_row_with_conditions_stands_before_the_default_of_the_same_state() {
    let folder = folder(
        "[[sync.rows]]\nwhen = { kind = \"custom\" }\nteams = \"do_not_disturb\"\nsource = \"person\"\n\
        only_while = [\"available\", { availability = \"busy\", detail = \"in_meeting\" }]\n\
        at_most_every = 600\noverride_person = true\n",
    );
    let table = load(folder.path(), &Policy::none()).settings.connect_to_teams;
    let expected = ConnectRow {
        when: When::Kind(StatusKind::Custom),
        target: Target::DoNotDisturb,
        conditions: Conditions {
            source: Some(SourceCondition::Person),
            only_while: vec![
                TeamsWhen::badge(Availability::Available),
                TeamsWhen::with(Availability::Busy, Detail::InMeeting),
            ],
            hold: None,
            at_most_every: Some(Duration::from_secs(600)),
        },
        override_person: true,
    };
    let status = AgentStatus { arn: StatusArn::new("arn:1"), name: "Any".into(), kind: StatusKind::Custom };
    let lunch = ConnectState::Chosen(status);
    let found = |shown| table.find(&lunch, Some(&shown)).map(|(_, row)| row.clone());
    assert_eq!(found(TeamsState::plain(Availability::Available)), Some(expected));
    let fallback = ConnectRow::new(When::Kind(StatusKind::Custom), Target::Busy);
    assert_eq!(found(TeamsState::plain(Availability::Away)), Some(fallback));
}

#[test]
fn teams_rows_replace_the_defaults_of_the_same_state_and_share_the_hold() {
    let arn = "arn:aws:connect:eu-central-1:1:instance/2/agent-state/3";
    let folder = folder(format!(
        "[sync]\nhold = 20\nteams_to_connect = true\nrestore_idle = 15\n\
        [[sync.teams_rows]]\nwhen = {{ availability = \"busy\", detail = \"in_meeting\" }}\n\
        connect = {{ status = \"{arn}\" }}\nonly_while = \"routable\"\nhold = 5\n\
        [[sync.teams_rows]]\nwhen = {{ availability = \"away\" }}\nconnect = \"restore\"\n\
        [[sync.teams_rows]]\nwhen = {{ availability = \"available\" }}\nconnect = \"no_change\"\n"
    ));
    let settings = load(folder.path(), &Policy::none()).settings;
    assert_eq!(settings.restore_idle, Duration::from_secs(900));
    let table = settings.teams_to_connect;
    assert!(table.enabled);
    assert_eq!(table.hold, Duration::from_secs(20));
    assert_eq!(table.rows().len(), TeamsToConnect::default().rows().len() + 1);
    let meeting = TeamsRow {
        when: TeamsWhen { availability: Availability::Busy, detail: Some(Detail::InMeeting) },
        target: ConnectTarget::Status(StatusArn::new(arn)),
        conditions: Conditions {
            only_while: vec![When::Kind(StatusKind::Routable)],
            hold: Some(Duration::from_secs(5)),
            ..Conditions::default()
        },
    };
    let found =
        |state: TeamsState| table.speaks_of(&state, Source::of_teams(&state)).map(|(_, row)| row.clone());
    assert_eq!(found(TeamsState::with(Availability::Busy, Detail::InMeeting)), Some(meeting));
    for (availability, target) in [
        (Availability::Busy, ConnectTarget::NoChange),
        (Availability::Away, ConnectTarget::Restore),
        (Availability::Available, ConnectTarget::NoChange),
    ] {
        assert_eq!(found(TeamsState::plain(availability)).unwrap().target, target);
    }
}

#[test]
fn calls_have_a_region_and_a_queue() {
    let arn = "arn:aws:connect:eu-central-1:1:instance/2/queue/3";
    let settings =
        load(folder(format!("[calls]\nregion = \"GB\"\nqueue = \"{arn}\"\n")).path(), &Policy::none())
            .settings;
    assert_eq!((settings.call_region, settings.call_queue.as_deref()), (Some(Country::GB), Some(arn)));
}

#[test]
fn recent_calls_may_be_none() {
    let recent = |text: &str| load(folder(text).path(), &Policy::none()).settings.recent_calls;
    let read = ["[calls]\nrecent = 0\n", "[calls]\nrecent = 500\n", "[calls]\nregion = \"GB\"\n"].map(recent);
    assert_eq!(read, [0, 500, 50]);
}

#[test]
fn the_ccp_may_stand_elsewhere_than_the_instance() {
    let text = "[connect]\ninstance = \"https://contoso.my.connect.aws\"\n[endpoints]\n\
        login = \"http://127.0.0.1:4000/login/\"\ngraph = \"http://127.0.0.1:4000/graph/v1.0\"\n\
        ccp = \"http://localhost:4001\"\n[microsoft]\ntenant = \"contoso.com\"\n\
        client_id = \"0a1b2c3d-0000-4000-8000-0123456789ab\"\n";
    let set = load(folder(text).path(), &Policy::none()).settings.configured().unwrap();
    assert_eq!(set.login.as_str(), "http://127.0.0.1:4000/login/");
    assert_eq!(set.graph.as_str(), "http://127.0.0.1:4000/graph/v1.0/");
    assert_eq!(set.ccp.as_str(), "http://localhost:4001/");
}

const IDS: &str = "[microsoft]\ntenant = \"contoso.com\"\nclient_id = \"0a1b2c3d-0000-4000-8000-0123456789ab\"\n\
    [connect]\ninstance = \"https://contoso.my.connect.aws\"\n";

fn plan(keys: &str) -> Option<ConnectApiPlan> {
    let loaded = load(folder(format!("{IDS}{keys}")).path(), &Policy::none());
    assert_eq!(loaded.problem, None);
    loaded.settings.configured().unwrap().connect_api
}

#[test]
fn the_service_api_and_the_token_service_are_those_of_the_region_of_the_instance() {
    for (partition, region, suffix) in [
        ("aws", "eu-west-2", "amazonaws.com"),
        ("aws-us-gov", "us-gov-west-1", "amazonaws.com"),
        ("aws-cn", "cn-north-1", "amazonaws.com.cn"),
    ] {
        let instance = format!("arn:{partition}:connect:{region}:111122223333:instance/0a1b");
        let role = format!("arn:{partition}:iam::111122223333:role/reads");
        let plan =
            plan(&format!("[connect_api]\ninstance_arn = \"{instance}\"\nrole_arn = \"{role}\"\n")).unwrap();
        assert_eq!(plan.endpoint.as_str(), format!("https://connect.{region}.{suffix}/"));
        assert_eq!(plan.sts.as_str(), format!("https://sts.{region}.{suffix}/"));
        assert_eq!(
            (plan.region.to_string(), plan.instance.to_string(), plan.role.to_string()),
            (region.to_owned(), instance, role)
        );
    }
}

#[test]
fn without_an_instance_nothing_is_read_from_the_service_api() {
    assert_eq!(plan(""), None);
    assert_eq!(plan("[connect_api]\nregion = \"eu-west-2\"\n"), None);
}

#[test]
fn another_host_of_aws_can_be_named() {
    let plan = plan(
        "[endpoints]\nconnect_api = \"https://connect-fips.us-west-2.amazonaws.com\"\n\
         sts = \"https://sts-fips.us-west-2.amazonaws.com\"\n\
         [connect_api]\nregion = \"us-west-2\"\ninstance_arn = \"arn:aws:connect:us-west-2:111122223333:instance/a\"\n\
         role_arn = \"arn:aws:iam::111122223333:role/a\"\n",
    )
    .unwrap();
    assert_eq!(plan.endpoint.as_str(), "https://connect-fips.us-west-2.amazonaws.com/");
    assert_eq!(plan.sts.as_str(), "https://sts-fips.us-west-2.amazonaws.com/");
}

#[test]
fn another_role_or_instance_of_the_service_api_needs_a_restart() {
    let mut newer = Settings {
        role_arn: Some("arn:aws:iam::111122223333:role/a".parse().unwrap()),
        instance_arn: Some("arn:aws:connect:us-west-2:111122223333:instance/a".parse().unwrap()),
        ..Settings::default()
    };
    newer.sts = Some("https://sts.us-west-2.amazonaws.com/".parse().unwrap());
    let keys = Settings::default().needs_restart(&newer).unwrap().to_string();
    assert_eq!(keys, "connect_api.instance_arn, connect_api.role_arn and endpoints.sts");
}

#[test]
fn another_proxy_needs_a_restart() {
    let folder = folder("[network]\nproxy = \"socks5://10.0.0.1\"\nbypass = []\n");
    let newer = load(folder.path(), &Policy::none()).settings;
    let keys = Settings::default().needs_restart(&newer).unwrap().to_string();
    assert_eq!(keys, "network.proxy and network.bypass");
    assert_eq!(newer.needs_restart(&newer), None);
}

#[tokio::test]
async fn what_the_sandbox_prints_is_read() {
    let sandbox = sandbox::start(sandbox::Options::default()).await.unwrap();
    let loaded = load(folder(sandbox.settings_toml_with_connect_api()).path(), &Policy::none());
    assert_eq!(loaded.problem, None);
    let plan = loaded.settings.configured().unwrap().connect_api.unwrap();
    assert_eq!((&plan.endpoint, &plan.sts), (sandbox.aws(), sandbox.aws()));
}

#[test]
fn what_is_absent_is_named() {
    let folder = folder("[microsoft]\ntenant = \"contoso.com\"\n");
    let missing = load(folder.path(), &Policy::none()).settings.configured().unwrap_err();
    assert_eq!(missing.to_string(), "microsoft.client_id and connect.instance");
}

#[test]
fn a_file_with_a_byte_order_mark_is_read() {
    let folder = folder("\u{feff}[drawer]\r\nlimit = 12\r\n");
    assert_eq!(load(folder.path(), &Policy::none()).settings.drawer_limit, Some(12));
}

#[test]
fn a_file_that_is_no_text_is_told() {
    assert_eq!(broken(""), ": the file is empty.");
    assert_eq!(broken(" \n\t\n"), ": the file is empty.");
    assert_eq!(
        broken(b"[sync]\nhold = 1 # \xff\n"),
        ", line 2: the text is not UTF-8: column 12 is byte FF, which is a letter with an accent in Windows' own encoding."
    );
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(FILE)).unwrap();
    assert_eq!(
        sentence(&load(folder.path(), &Policy::none()), folder.path()),
        ": there is a folder in place of the file."
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(GOOD);
    let file = folder.path().join(FILE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // An administrator may read everything: nothing can be tested then.
    if fs::read(&file).is_err() {
        let told = sentence(&load(folder.path(), &Policy::none()), folder.path());
        assert_eq!(told, ": the file cannot be read: permission denied.");
    }
}

#[test]
fn a_data_folder_that_is_a_file_is_told() {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("data");
    fs::write(&dir, "a file").unwrap();
    for dir in [dir.clone(), dir.join("deeper")] {
        let problem = sentence(&load(&dir, &Policy::none()), &dir);
        assert_eq!(problem, ": there is a file in place of its folder.");
    }
}

#[test]
fn a_broken_file_is_kept_and_the_last_good_settings_are_used() {
    let folder = folder(GOOD);
    let good = load(folder.path(), &Policy::none()).settings;
    for bad in ["", "[sync]\nhold = \"long\"\n", "not toml"] {
        fs::write(folder.path().join(FILE), bad).unwrap();
        let loaded = load(folder.path(), &Policy::none());
        assert_eq!(loaded.settings, good);
        assert!(loaded.problem.is_some());
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), bad);
        assert_eq!(fs::read_to_string(folder.path().join(LAST_GOOD)).unwrap(), GOOD);
    }
}

#[test]
fn a_copy_that_is_broken_too_gives_the_defaults() {
    let folder = folder("not toml");
    fs::write(folder.path().join(LAST_GOOD), "neither is this").unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.settings, Settings::default());
    assert!(sentence(&loaded, folder.path()).starts_with(", line 1: "));
}

#[test]
fn the_copy_is_written_only_when_the_text_has_changed() {
    let folder = folder(GOOD);
    let copy = folder.path().join(LAST_GOOD);
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    let old = fs::File::options().write(true).open(&copy).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    old.set_modified(long_ago).unwrap();
    drop(old);
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    assert_eq!(fs::metadata(&copy).unwrap().modified().unwrap(), long_ago);
    let other = GOOD.replace("limit = 0", "limit = 7");
    fs::write(folder.path().join(FILE), &other).unwrap();
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    assert_eq!(fs::read_to_string(&copy).unwrap(), other);
}

#[cfg(unix)]
#[test]
fn the_copy_is_for_this_person_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(GOOD);
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    let mode = fs::metadata(folder.path().join(LAST_GOOD)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn settings_that_cannot_be_kept_are_used_all_the_same() {
    let folder = folder(GOOD);
    fs::create_dir_all(folder.path().join(LAST_GOOD).join("inside")).unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.problem, None);
    assert!(loaded.settings.start_with_system);
    let told = loaded.not_kept.expect("a warning").to_string();
    assert!(told.contains(LAST_GOOD) && told.contains(" was not written: "), "{told}");
}
