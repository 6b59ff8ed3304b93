//! What the page says beside the rows: the hold, the rail, the login that is tried.

use jiff::Timestamp;
use settings::{Loaded, Settings};
use url::Url;
use view::{
    facts::{Browser, BrowserLogin},
    setup::{SetupPage, SetupSign, SetupStep},
};

use super::{
    super::{
        Basis, ConnectLogin, Draft, Known, Lights, Lint, SecretIs, can_open, can_save,
        checks::{Light, Progress, RegistrationLights},
        page,
        steps::Steps,
    },
    statuses, steps,
};

#[test]
fn a_hold_out_of_range_is_refused_with_its_limits_and_the_one_before_stays_in_use() {
    let mut draft = Draft::new(&Settings::default(), None);
    for typed in ["", "soon", "-1", "3601", "99999"] {
        typed.clone_into(&mut draft.now.hold);
        for step in steps(&draft, &statuses()) {
            assert_eq!((step.hold.value.as_str(), step.hold.sign), (typed, SetupSign::Failed));
            assert_eq!(step.hold.says, "Enter a whole number from 0 to 3,600.");
            assert_eq!(step.hold_seconds, 15);
        }
        let lint = Lint::of(&draft, &statuses());
        let (loaded, lights) = (Loaded::default(), Lights::default());
        let basis = Basis { loaded: &loaded, lint: &lint, lights: &lights };
        let left = Steps { draft: &draft, basis };
        assert_eq!(left.left(SetupStep::ConnectToTeams), ["A status must last"]);
        assert_eq!(left.left(SetupStep::TeamsToConnect), ["A status must last"]);
        assert!(!can_save(&draft, basis));
    }
    " 20 ".clone_into(&mut draft.now.hold);
    let [step, _] = steps(&draft, &statuses());
    assert_eq!((step.hold.says.as_str(), step.hold_seconds), ("", 20));
}

#[test]
fn the_rail_asks_what_can_be_opened_and_not_what_was_open_before() {
    let good = || Light::new(SetupSign::Good, String::new());
    let registration =
        RegistrationLights { tenant: good(), application: good(), redirect: good(), secret: good() };
    let mut draft = Draft::new(&Settings::default(), None);
    draft.now.tenant = "contoso.com".to_owned();
    draft.now.client_id = "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001".to_owned();
    let found = Progress::Done { at: Timestamp::UNIX_EPOCH, found: registration };
    for (registration, lacks) in [(Progress::Checking, SetupStep::Registration), (found, SetupStep::Instance)]
    {
        let lights = Lights { registration, ..Lights::default() };
        let (loaded, lint) = (Loaded::default(), Lint::of(&draft, &statuses()));
        let basis = Basis { loaded: &loaded, lint: &lint, lights: &lights };
        let shown = shown(&draft, basis, None);
        assert_eq!((shown.lacks, shown.done.as_slice()), (Some(lacks), [].as_slice()));
        assert_eq!(can_open(&draft, basis, SetupStep::Instance), lacks == SetupStep::Instance);
    }
}

#[test]
fn a_login_that_is_tried_can_be_continued_or_cancelled_like_any_login() {
    let draft = Draft::new(&Settings::default(), None);
    let url = Url::parse("https://login.example.com/authorize").unwrap();
    let lights = Lights { login: Progress::Checking, ..Lights::default() };
    let (loaded, lint) = (Loaded::default(), Lint::of(&draft, &statuses()));
    let basis = Basis { loaded: &loaded, lint: &lint, lights: &lights };
    for (page, browser, sign, says, buttons) in [
        (None, Browser::Asked, SetupSign::Checking, "Continue in the browser.", vec!["Cancel"]),
        (
            Some(&url),
            Browser::Late,
            SetupSign::Checking,
            "Continue in the browser. No browser window?",
            vec!["Open again", "Copy link", "Cancel"],
        ),
        (
            Some(&url),
            Browser::Failed,
            SetupSign::Warning,
            "No browser could be opened.",
            vec!["Copy link", "Open again", "Cancel"],
        ),
    ] {
        let checks = shown(&draft, basis, Some(BrowserLogin { page, browser })).registration.checks;
        let rights = checks.iter().find(|check| check.title == "API permissions").unwrap();
        assert_eq!(rights.sign, sign);
        assert!(rights.says.starts_with(says), "{}", rights.says);
        let labels: Vec<&str> = rights.buttons.iter().map(|button| button.label.as_str()).collect();
        assert_eq!(labels, buttons);
    }
}

fn shown(draft: &Draft, basis: Basis<'_>, under_way: Option<BrowserLogin<'_>>) -> SetupPage {
    let known = Known {
        basis,
        statuses: &[],
        secret: SecretIs::Absent,
        consent: None,
        under_way,
        connect: ConnectLogin::WaitsForAddress,
        problem: None,
        saved: None,
        now: Timestamp::UNIX_EPOCH,
    };
    page(draft, &known)
}
