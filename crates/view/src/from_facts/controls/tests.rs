use std::{collections::BTreeMap, path::PathBuf};

use settings::{Country, NotSaved, Notifications, Problem, Sources, Theme};
use signin::SecretsError;

use super::*;
use crate::model::{
    NoticeKind,
    controls::{NoticeChoice, ThemeChoice},
};

/// Shows these settings, with whatever a test changes of the facts.
fn shown(settings: &Settings, change: impl FnOnce(&mut ControlsFacts<'_>)) -> Controls {
    let (sources, refused) = (Sources::default(), BTreeMap::new());
    let mut facts = ControlsFacts {
        settings,
        sources: &sources,
        problem: None,
        needs_restart: None,
        refused: &refused,
        recent_calls_on: 50,
        proxy_password: ProxyPasswordFacts::default(),
        can_start_with_system: true,
    };
    change(&mut facts);
    controls(&facts)
}

#[test]
fn each_control_has_its_value_and_each_number_its_default_and_its_range_in_the_unit_that_people_read() {
    let mut settings = Settings { theme: Theme::Dark, drawer_limit: None, ..Settings::default() };
    settings.notifications = Notifications::Important;
    settings.call_region = Some(Country::DE);
    settings.restore_idle = std::time::Duration::from_secs(600);
    let page = shown(&settings, |_| {});
    assert_eq!(page.theme.value, ThemeChoice::Dark);
    assert_eq!(page.notifications.value, NoticeChoice::Important);
    assert_eq!((page.drawer_limit.value, page.drawer_limit.default), (0, 300));
    assert_eq!(page.region.value.as_deref(), Some("DE"));
    let numbers = [&page.hold, &page.restore_idle, &page.held_for, &page.recent_calls];
    let read = numbers.map(|number| (number.value, number.default, number.least, number.most));
    assert_eq!(read, [(15, 15, 0, 3600), (10, 5, 1, 720), (12, 12, 1, 72), (50, 50, 0, 500)]);
    assert!(page.blocked.is_none() && page.restart.is_none());
}

#[test]
fn every_country_can_be_chosen() {
    let page = shown(&Settings::default(), |_| {});
    assert!(["GB", "AX", "XK"].into_iter().all(|code| page.regions.iter().any(|known| known == code)));
    assert_eq!(page.region.value, None);
}

#[cfg(unix)]
#[test]
fn what_the_policy_sets_is_locked_and_says_by_whom() {
    use std::{fs, os::unix::fs::MetadataExt};

    use settings::{Policy, load};

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.toml");
    fs::write(&file, "theme = \"dark\"\n[sync]\nhold = 20\n").unwrap();
    let trust = settings::Trust::of(fs::metadata(&file).unwrap().uid(), folder.path());
    let loaded = load(folder.path(), &Policy::at(file, trust));
    let page = shown(&loaded.settings, |_| {});
    assert_eq!(page.hold.locked, None);
    let facts = ControlsFacts {
        settings: &loaded.settings,
        sources: &loaded.sources,
        problem: None,
        needs_restart: None,
        refused: &BTreeMap::new(),
        recent_calls_on: 50,
        proxy_password: ProxyPasswordFacts::default(),
        can_start_with_system: true,
    };
    let page = controls(&facts);
    assert_eq!(page.hold.locked.as_deref(), Some("Set by your administrator."));
    assert_eq!((page.theme.value, page.theme.locked.is_some()), (ThemeChoice::Dark, true));
    assert_eq!(page.held_for.locked, None);
}

#[test]
fn a_copy_with_a_folder_of_its_own_says_why_it_does_not_start_with_the_system() {
    let page = shown(&Settings::default(), |facts| facts.can_start_with_system = false);
    let words = "This copy uses its own data folder, so it does not start with the system.";
    assert_eq!(page.start_with_system.locked.as_deref(), Some(words));
    assert_eq!(page.theme.locked, None);
}

#[test]
fn a_refusal_is_shown_at_its_control_and_nowhere_else() {
    let wrong = NotSaved::Wrong("sync.hold must be a whole number".to_owned());
    let refused = BTreeMap::from([
        (Key::Hold, SettingRefusal::NotSaved(wrong)),
        (Key::Region, SettingRefusal::NoSuchCountry),
    ]);
    let settings = Settings::default();
    let sources = Sources::default();
    let page = controls(&ControlsFacts {
        settings: &settings,
        sources: &sources,
        problem: None,
        needs_restart: None,
        refused: &refused,
        recent_calls_on: 50,
        proxy_password: ProxyPasswordFacts::default(),
        can_start_with_system: true,
    });
    assert_eq!(page.hold.problem.as_deref(), Some("sync.hold must be a whole number. Nothing was saved."));
    assert_eq!(page.region.problem.as_deref(), Some("There is no such country. Nothing was saved."));
    assert_eq!((page.theme.problem, page.held_for.problem), (None, None));
}

#[test]
fn a_file_that_cannot_be_used_is_named_and_opened_only_if_it_is_ones_own() {
    let blocked = |layer| {
        let problem = Problem {
            file: PathBuf::from("settings.toml"),
            line: Some(3),
            reason: "this is not TOML".to_owned(),
            layer,
        };
        let (settings, sources, refused) = (Settings::default(), Sources::default(), BTreeMap::new());
        let facts = ControlsFacts {
            settings: &settings,
            sources: &sources,
            problem: Some(&problem),
            needs_restart: None,
            refused: &refused,
            recent_calls_on: 50,
            proxy_password: ProxyPasswordFacts::default(),
            can_start_with_system: true,
        };
        controls(&facts).blocked.unwrap()
    };
    assert_eq!(blocked(Layer::User).sentence, "settings.toml, line 3: this is not TOML.");
    assert!(blocked(Layer::User).is_own_file && !blocked(Layer::Policy).is_own_file);
}

#[test]
fn what_needs_a_restart_is_named() {
    let (before, mut after) = (Settings::default(), Settings::default());
    after.tenant = "contoso.com".parse().ok();
    let page = shown(&after, |facts| facts.needs_restart = before.needs_restart(&after));
    assert_eq!(page.restart.as_deref(), Some("microsoft.tenant will be used after a restart."));
}

#[test]
fn only_notifications_of_calls_and_free_colleagues_can_be_silenced() {
    let silenced: Vec<NoticeKind> =
        NoticeKind::ALL.into_iter().filter(|kind| !kind.is_sent(Notifications::Important)).collect();
    assert_eq!(silenced, [NoticeKind::Free, NoticeKind::Incoming, NoticeKind::Missed]);
    assert!(NoticeKind::ALL.into_iter().all(|kind| kind.is_sent(Notifications::All)));
    assert!(NoticeKind::TeamsLogin.is_sent(Notifications::Important));
    assert!(NoticeKind::TeamsLoginEnds.is_sent(Notifications::Important));
}

#[test]
fn a_password_is_asked_for_if_there_is_a_proxy_and_a_user() {
    let page = |proxy: &str, user: &str, known| {
        let settings =
            Settings { proxy: proxy.parse().ok(), proxy_user: user.parse().ok(), ..Settings::default() };
        let keyring = Some(SecretsError::Missing);
        let change = |facts: &mut ControlsFacts<'_>| {
            facts.proxy_password = ProxyPasswordFacts { is_known: known, keyring };
        };
        shown(&settings, change)
    };
    let system = page("", "priya", false);
    assert_eq!((system.proxy.value, system.proxy_password), (None, None));
    assert_eq!(system.proxy_user.value.as_deref(), Some("priya"));
    assert_eq!(system.bypass.value, "localhost, 127.0.0.0/8, ::1");
    let nobody = page("http://proxy:8080", "", true);
    assert_eq!(nobody.proxy.value.as_deref(), Some("http://proxy:8080"));
    assert_eq!(nobody.proxy_password, None);
    let without = page("http://proxy:8080", "priya", false).proxy_password;
    let problem = "No keyring found. A stored password could not be read yet.".to_owned();
    assert_eq!(without, Some(ProxyPassword { is_known: false, problem: Some(problem) }));
    let kept = page("http://proxy:8080", "priya", true).proxy_password.unwrap();
    assert_eq!(kept.problem.as_deref(), Some("No keyring found. The password is used until you quit."));
}
