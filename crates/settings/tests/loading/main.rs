//! What a person meets when the settings file is good, absent or broken.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may panic as tests do")]

mod connect_api;
mod files;
mod rows;

use std::{fs, path::Path, time::Duration};

use presence::mapping::{ConnectToTeams, TeamsToConnect};
use settings::{Country, FILE, Loaded, Notifications, Policy, Settings, StatusMessage, Theme, load};
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
fn the_ccp_may_be_elsewhere_than_the_instance() {
    let text = "[connect]\ninstance = \"https://contoso.my.connect.aws\"\n[endpoints]\n\
        login = \"http://127.0.0.1:4000/login/\"\ngraph = \"http://127.0.0.1:4000/graph/v1.0\"\n\
        ccp = \"http://localhost:4001\"\n[microsoft]\ntenant = \"contoso.com\"\n\
        client_id = \"0a1b2c3d-0000-4000-8000-0123456789ab\"\n";
    let set = load(folder(text).path(), &Policy::none()).settings.configured().unwrap();
    assert_eq!(set.login.as_str(), "http://127.0.0.1:4000/login/");
    assert_eq!(set.graph.as_str(), "http://127.0.0.1:4000/graph/v1.0/");
    assert_eq!(set.ccp.as_str(), "http://localhost:4001/");
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
