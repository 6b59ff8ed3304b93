//! What a policy does to any settings. Only on Unix can a test say who owns its folder.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    time::Duration,
};

use net::ProxyScheme;
use presence::mapping::ConnectToTeams;
use proptest::prelude::*;
use settings::{FILE, Policy, Settings, load};

use crate::{drawn::any_settings, text::written};

/// A policy that this person, as an administrator, has written into `folder`.
fn policy(folder: &std::path::Path, text: &str) -> Policy {
    let file = folder.join("policy.toml");
    fs::write(&file, text).unwrap();
    // Whatever the umask is.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let owner = fs::metadata(&file).unwrap().uid();
    Policy::at(file, settings::Trust::of(owner, folder))
}

proptest! {
    // Each of these writes files through to the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_exported_policy_gives_the_same_settings_to_everybody(settings in any_settings(), user in any_settings()) {
        let user = Settings {
            tenant: user.tenant.filter(|_| settings.tenant.is_some()),
            client_id: user.client_id.filter(|_| settings.client_id.is_some()),
            instance: user.instance.filter(|_| settings.instance.is_some()),
            connect_start: user.connect_start.filter(|_| settings.connect_start.is_some()),
            ccp: user.ccp.filter(|_| settings.ccp.is_some()),
            connect_region: user.connect_region.filter(|_| settings.instance_arn.is_some()),
            role_arn: user.role_arn.filter(|_| settings.instance_arn.is_some()),
            instance_arn: user.instance_arn.filter(|_| settings.instance_arn.is_some()),
            connect_api: user.connect_api.filter(|_| settings.connect_api.is_some()),
            sts: user.sts.filter(|_| settings.sts.is_some()),
            proxy: user.proxy.filter(|_| settings.proxy.is_some()),
            call_region: user.call_region.filter(|_| settings.call_region.is_some()),
            call_queue: user.call_queue.filter(|_| settings.call_queue.is_some()),
            ..user
        };
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), written(&user)).unwrap();
        let found = load(folder.path(), &policy(folder.path(), &settings::export_policy(&settings)));
        prop_assert_eq!(found.problem, None);
        // The name at the proxy is the person's own, and a policy that leads to a proxy without a login takes it away.
        let is_socks = settings.proxy.as_ref().is_some_and(|proxy| proxy.scheme() == ProxyScheme::Socks5);
        let settings = Settings { proxy_user: user.proxy_user.filter(|_| !is_socks), ..settings };
        prop_assert_eq!(found.sources.of(settings::Key::Hold), settings::Source::Policy);
        prop_assert_eq!(found.settings, settings);
    }

    #[test]
    fn what_the_policy_sets_applies_whatever_a_person_writes(
        user in prop_oneof![any_settings().prop_map(|settings| written(&settings)), ".*"],
        kept in any_settings().prop_map(|settings| written(&settings)),
    ) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), user).unwrap();
        fs::write(folder.path().join(settings::LAST_GOOD), kept).unwrap();
        let policy = policy(
            folder.path(),
            "[endpoints]\nlogin = 'https://login.example.com/'\n[sync]\nhold = 77\nrows = []\ndry_run = true\n",
        );
        let found = load(folder.path(), &policy).settings;
        prop_assert_eq!(found.login.as_str(), "https://login.example.com/");
        prop_assert_eq!(found.graph.scheme(), "https");
        prop_assert_eq!((found.connect_to_teams.hold, found.dry_run), (Duration::from_secs(77), true));
        prop_assert_eq!(found.connect_to_teams.rows(), ConnectToTeams::default().rows().to_vec());
    }
}
