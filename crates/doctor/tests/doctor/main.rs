//! Doctor against the sandbox: its report of a good set-up, and of each fault.

#![expect(clippy::unwrap_used, reason = "a set-up that cannot be made is a failed test")]

mod bench;
mod connect_api;
mod proxy;

use std::net::TcpListener;

use doctor::{AuthorizationSource, Drawing, Report};
use jiff::{SignedDuration, Timestamp};
use sandbox::InstanceShape;
use signin::SecretsError;
use view::doctor::{Check, CheckStatus, Topic};

use bench::{Bench, Machine, failed, of};

/// Replaces what differs from run to run.
fn normalise(text: &str, bench: &Bench) -> String {
    let folder = bench.folder.path().display().to_string();
    let text = text.replace(&folder, "FOLDER").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: Vec<&str> = text.split(' ').collect();
    for at in 1..words.len() {
        if words[at].starts_with("ms") || words[at].starts_with("MiB") {
            words[at - 1] = "N";
        }
    }
    let text = words
        .join(" ")
        .replace("opened, for IPv4 only: this computer has no IPv6.", "opened for IPv4 and IPv6.");
    text.replace(" To do:", "\n To do:")
}

const CLIENT: &str = "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001";
const TENANT: &str = "3f2a6b8e-51c4-4d7f-9e10-c0ffee5a11b1";

/// The checks with an instance at a port of this machine that nobody listens on.
async fn checks_of_a_closed_instance(edit: impl FnOnce(String) -> String) -> (Vec<Check>, u16) {
    let bench = Bench::start().await;
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let closed = format!("http://127.0.0.1:{port}/");
    let text = bench.sandbox.settings_toml().replace(bench.sandbox.connect().as_str(), &closed);
    std::fs::write(bench.folder.path().join(settings::FILE), edit(text)).unwrap();
    (bench.checks().await, port)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_set_up_passes_every_check() {
    let bench = Bench::start().await;
    bench.save_login(true).await;
    let report = Report::new(bench.checks().await);
    let expected = format!(
        "good Settings: FOLDER{}settings.toml is used. \
         good App registration: The tenant {TENANT} answers and knows the client ID {CLIENT}. \
         good Redirect: The registration accepts http://localhost, and a port for it can be opened for IPv4 and IPv6. \
         good Permissions: The login is valid, and every requested permission was granted. \
         good Licence filter: The filter works: 41 people have a Teams licence. \
         good Connect instance: 127.0.0.1 leads to the login of the instance. \
         good Approved origin: Not needed: a page of the instance itself contains the CCP. \
         good Calls to colleagues: Calls to colleagues use the agent's own default outbound queue: calls.queue is not set. \
         good Connect statuses, login: Not used: connect_api.instance_arn is not set, so only colleagues' Teams presence is shown. \
         good Connect statuses, role: Not used: connect_api.instance_arn is not set, so only colleagues' Teams presence is shown. \
         good Connect statuses, quota: Not used: connect_api.instance_arn is not set, so only colleagues' Teams presence is shown. \
         good Network, login: 127.0.0.1 was found in N ms, connected in N ms, and answered in N ms. \
         good Network, Graph: 127.0.0.1 was found in N ms, connected in N ms, and answered in N ms. \
         good Network, Connect: 127.0.0.1 was found in N ms, connected in N ms, and answered in N ms. \
         good Proxy: The system sets no proxy for 127.0.0.1. \
         not checked Certificates: 127.0.0.1 is reached without encryption, so there is no certificate. \
         good Clock: This computer's clock agrees with Microsoft's to the minute. \
         good Keyring: An entry was written, read and deleted again. \
         good Notifications: dunst 1.9 shows them, with buttons. \
         good Tray: The desktop shows tray icons. \
         good Data folder: FOLDER can be written to, and N MiB are free. \
         good Versions: ConnectPath Teams {}, WebKitGTK 2.48, Debian 12. \
         21 good, 1 not checked.",
        std::path::MAIN_SEPARATOR,
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(normalise(&report.text(), &bench), expected);
    assert!(!report.has_failed());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_renewed_authorization_is_saved_and_nothing_else_is_left_behind() {
    let bench = Bench::start().await;
    bench.save_login(true).await;
    let before = bench.machine.refresh_token.lock().unwrap().clone();
    bench.checks().await;
    let after = bench.machine.refresh_token.lock().unwrap().clone();
    assert!(after.is_some() && after != before);
    assert_eq!(*bench.machine.entry.lock().unwrap(), None);
    let files: Vec<_> =
        std::fs::read_dir(bench.folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert!(files.iter().all(|file| file.to_string_lossy().starts_with("settings.")), "{files:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_contains_no_token_and_no_person() {
    let bench = Bench::start().await;
    bench.save_login(true).await;
    let before = bench.machine.refresh_token.lock().unwrap().clone().unwrap();
    let report = Report::new(bench.checks().await);
    let after = bench.machine.refresh_token.lock().unwrap().clone().unwrap();
    let both = format!("{}{}", report.text(), report.json().unwrap());
    for secret in [before.as_str(), after.as_str(), "Priya", "priya", "@contoso"] {
        assert!(!both.contains(secret), "{both}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authorization_in_use_is_not_refreshed() {
    let bench = Bench::start().await;
    bench.save_login(true).await;
    let checks = bench.run(AuthorizationSource::InUse, Timestamp::now()).await;
    assert_eq!(of(&checks, Topic::Scopes).status, CheckStatus::NotChecked);
    assert_eq!(of(&checks, Topic::LicenceFilter).status, CheckStatus::NotChecked);
    assert_eq!(bench.sandbox.world().overview().refreshes, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_tenant_is_named() {
    let other = "00000000-0000-4000-8000-000000000000";
    let bench = Bench::with(Machine::default(), |text| text.replace(TENANT, other)).await;
    let checks = bench.checks().await;
    assert_eq!(failed(&checks), [Topic::Registration]);
    assert_eq!(of(&checks, Topic::Registration).saw, format!("127.0.0.1 knows no tenant {other}."));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_client_id_is_named() {
    let other = "00000000-0000-4000-8000-000000000000";
    let bench = Bench::with(Machine::default(), |text| text.replace(CLIENT, other)).await;
    let checks = bench.checks().await;
    assert_eq!(failed(&checks), [Topic::Registration]);
    let saw = &of(&checks, Topic::Registration).saw;
    assert_eq!(saw, &format!("The tenant {TENANT} has no app registration with the client ID {other}."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_minutes_off_is_reported() {
    let bench = Bench::start().await;
    for (minutes, status) in [(0, CheckStatus::Good), (3, CheckStatus::Warning), (-90, CheckStatus::Failed)] {
        let now = Timestamp::now() + SignedDuration::from_mins(minutes);
        let checks = bench.run(AuthorizationSource::LoggedOut, now).await;
        assert_eq!(of(&checks, Topic::Clock).status, status, "{}", of(&checks, Topic::Clock).saw);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_was_never_granted_is_named_with_what_it_costs() {
    let bench = Bench::start().await;
    bench.sandbox.world().set_approved(false);
    bench.save_login(false).await;
    let checks = bench.checks().await;
    let scopes = of(&checks, Topic::Scopes);
    assert_eq!(scopes.status, CheckStatus::Warning);
    assert_eq!(
        scopes.saw,
        "Not granted: User.Read.All. Only names and presence are available: no phone numbers and no licence filter."
    );
    assert_eq!(of(&checks, Topic::LicenceFilter).status, CheckStatus::Warning);
    assert!(failed(&checks).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_admin_consent_only_names_and_presence_are_available() {
    let bench =
        Bench::with(Machine::default(), |text| text.replace("admin_consent = true", "admin_consent = false"))
            .await;
    bench.save_login(false).await;
    let checks = bench.checks().await;
    assert_eq!(of(&checks, Topic::Scopes).status, CheckStatus::Good);
    assert_eq!(of(&checks, Topic::LicenceFilter).status, CheckStatus::Warning);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_authorization_needs_a_new_login_and_is_not_deleted() {
    let bench = Bench::start().await;
    bench.save_login(true).await;
    bench.sandbox.world().revoke();
    let checks = bench.checks().await;
    assert_eq!(failed(&checks), [Topic::Scopes]);
    let scopes = of(&checks, Topic::Scopes);
    assert_eq!(scopes.to_do.as_deref(), Some("A new login is needed."));
    assert!(bench.machine.refresh_token.lock().unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_graph_that_is_down_is_a_warning() {
    let bench = Bench::start().await;
    bench.save_login(true).await;
    bench.sandbox.world().set_graph_down(true);
    let checks = bench.checks().await;
    assert_eq!(of(&checks, Topic::LicenceFilter).status, CheckStatus::Warning);
    assert_eq!(of(&checks, Topic::NetworkGraph).status, CheckStatus::Good, "it was reached");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_ccp_is_no_instance() {
    let bench = Bench::start().await;
    let text = bench.sandbox.settings_toml();
    let other = text.replace(bench.sandbox.connect().as_str(), bench.sandbox.microsoft().as_str());
    std::fs::write(bench.folder.path().join(settings::FILE), other).unwrap();
    let checks = bench.checks().await;
    assert_eq!(failed(&checks), [Topic::Instance]);
    assert_eq!(
        of(&checks, Topic::Instance).saw,
        "127.0.0.1 is not an Amazon Connect instance: it has no CCP (status 404)."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_in_a_folder_is_asked_for_the_page_that_the_window_opens() {
    let in_folder = |text: String| {
        let ccp = text.lines().find(|line| line.starts_with("ccp = ")).unwrap().to_owned();
        text.replace(&ccp, &ccp.replace("/\"", "/connect/\""))
    };
    let bench = Bench::with(Machine::default(), in_folder).await;
    bench.sandbox.world().set_instance_shape(InstanceShape { in_folder: true, landing: None });
    let checks = bench.checks().await;
    assert_eq!(failed(&checks), []);
    assert_eq!(of(&checks, Topic::Instance).saw, "127.0.0.1 leads to the login of the instance.");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_origin_that_has_to_be_approved_is_named() {
    let approved = |text: String| text.replace("\"same_origin\"", "\"approved_origin\"");
    let checks = Bench::with(Machine::default(), approved).await.checks().await;
    let origin = of(&checks, Topic::ApprovedOrigin);
    assert_eq!(origin.status, CheckStatus::NotChecked);
    assert!(origin.to_do.as_ref().unwrap().contains(connect::APPROVED_ORIGIN));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_port_is_named() {
    let (checks, port) = checks_of_a_closed_instance(|text| text).await;
    assert_eq!(failed(&checks), [Topic::NetworkInstance]);
    assert_eq!(
        of(&checks, Topic::NetworkInstance).saw,
        format!("127.0.0.1 does not accept connections on port {port}: connection refused.")
    );
    assert_eq!(of(&checks, Topic::Instance).status, CheckStatus::NotChecked);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_is_not_reached_gives_no_advice_about_approved_origins() {
    let (checks, _) =
        checks_of_a_closed_instance(|text| text.replace("\"same_origin\"", "\"approved_origin\"")).await;
    let origin = of(&checks, Topic::ApprovedOrigin);
    assert_eq!((origin.status, &*origin.saw), (CheckStatus::NotChecked, "127.0.0.1 could not be reached."));
    assert_eq!(origin.to_do, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_without_an_address_is_reported() {
    let bench = Bench::start().await;
    let text = bench.sandbox.settings_toml();
    let text = text.replace(&format!("\nccp = \"{}\"", bench.sandbox.connect()), "");
    let instance = bench.sandbox.connect().as_str().trim_end_matches('/').to_owned();
    let text = text.replace(&instance, "https://no-such-instance-7f3a.my.connect.aws");
    std::fs::write(bench.folder.path().join(settings::FILE), text).unwrap();
    let checks = bench.checks().await;
    // If a wildcard of the name server answers for every name, the check of the instance fails.
    let worst = of(&checks, Topic::NetworkInstance).status.max(of(&checks, Topic::Instance).status);
    assert_eq!(worst, CheckStatus::Failed);
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_settings_are_named_with_their_line() {
    let bench =
        Bench::with(Machine::default(), |text| text.replace("admin_consent = true", "admin_consent = 1"))
            .await;
    let checks = bench.checks().await;
    let settings = of(&checks, Topic::Settings);
    assert_eq!(settings.status, CheckStatus::Failed);
    assert!(
        settings.saw.contains("settings.toml, line 4: microsoft.admin_consent must be"),
        "{}",
        settings.saw
    );
    assert_eq!(of(&checks, Topic::Registration).status, CheckStatus::NotChecked);
    assert_eq!(of(&checks, Topic::Registration).saw, "The application is not set up, see Settings.");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_web_view_nothing_can_be_shown() {
    let machine = Machine { no_web_view: true, ..Machine::default() };
    let bench = Bench::with(machine, |text| text).await;
    bench.save_login(true).await;
    let checks = bench.checks().await;
    assert_eq!(failed(&checks), [Topic::Versions]);
    let to_do = of(&checks, Topic::Versions).to_do.as_deref().unwrap();
    assert!(to_do.starts_with("Install the Evergreen Runtime"), "{to_do}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unusual_way_of_drawing_is_named() {
    for (drawing, words) in [
        (Drawing::Usual, "WebKitGTK 2.48, "),
        (
            Drawing::WithoutDmabuf { driver: Some("virtio-pci".to_owned()) },
            "WebKitGTK 2.48 (without DMABUF, because of the graphics driver virtio-pci), ",
        ),
        (
            Drawing::WithoutDmabuf { driver: None },
            "WebKitGTK 2.48 (without DMABUF, because no graphics card can render), ",
        ),
        (Drawing::AsTheEnvironmentSays, "WebKitGTK 2.48 (DMABUF as WEBKIT_DISABLE_DMABUF_RENDERER says), "),
    ] {
        let machine = Machine { drawing: Some(drawing), ..Machine::default() };
        let checks = Bench::with(machine, |text| text).await.checks().await;
        let versions = of(&checks, Topic::Versions);
        assert!(versions.saw.contains(words), "{}", versions.saw);
        assert_eq!(versions.status, CheckStatus::Good);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_machine_gets_warnings() {
    let bare = Machine { keyring: Some(SecretsError::Missing), bare: true, ..Machine::default() };
    let checks = Bench::with(bare, |text| text).await.checks().await;
    for topic in [Topic::Keyring, Topic::Notifications, Topic::Tray] {
        let check = of(&checks, topic);
        assert_eq!(check.status, CheckStatus::Warning);
        assert!(check.to_do.is_some());
    }
    assert_eq!(of(&checks, Topic::Scopes).status, CheckStatus::NotChecked);
}
