//! What holds for any settings and any text.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

#[cfg(test)]
mod drawn;
#[cfg(test)]
mod text;

use std::{fs, time::Duration};

use drawn::any_settings;
use presence::mapping::ConnectToTeams;
use proptest::{collection::vec, prelude::*, sample::select};
use settings::{FILE, Loaded, Policy, Settings, load, save};
use text::written;

fn loaded(text: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    load(folder.path(), &Policy::none())
}

/// A policy that this person, as an administrator, has written into `folder`.
#[cfg(unix)]
fn policy(folder: &std::path::Path, text: &str) -> Policy {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let file = folder.join("policy.toml");
    fs::write(&file, text).unwrap();
    // Whatever the umask is.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let owner = fs::metadata(&file).unwrap().uid();
    Policy::at(file, settings::Trust::of(owner, folder))
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

proptest! {
    // Each of these writes files through to the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_saved_is_what_is_loaded(before in any_settings(), wanted in any_settings()) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let policy = Policy::none();
        fs::write(&file, written(&before)).unwrap();
        save(folder.path(), &policy, &load(folder.path(), &policy), &wanted).unwrap();
        prop_assert_eq!(&load(folder.path(), &policy).settings, &wanted);
        fs::remove_file(&file).unwrap();
        save(folder.path(), &policy, &load(folder.path(), &policy), &wanted).unwrap();
        prop_assert_eq!(&load(folder.path(), &policy).settings, &wanted);
    }

    #[cfg(unix)]
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
            call_region: user.call_region.filter(|_| settings.call_region.is_some()),
            call_queue: user.call_queue.filter(|_| settings.call_queue.is_some()),
            ..user
        };
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), written(&user)).unwrap();
        let found = load(folder.path(), &policy(folder.path(), &settings::export_policy(&settings)));
        prop_assert_eq!(found.problem, None);
        prop_assert_eq!(found.sources.of(settings::Key::Hold), settings::Source::Policy);
        prop_assert_eq!(found.settings, settings);
    }

    #[cfg(unix)]
    #[test]
    fn what_the_policy_sets_stands_whatever_a_person_writes(
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
