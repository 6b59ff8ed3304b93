//! The order of the banners: each hides those after it.

use connect::Phase;
use settings::Settings;

use super::{
    super::fixture::{AVAILABLE, FREE, PROBLEM, at, facts, offline},
    *,
};
use crate::facts::{LoginPhase, SyncStop};

/// Something that has a banner.
type Happening = fn(&mut Facts<'static>);

/// Everything that has a banner, the most important last: set one after the other, each takes the place of those before.
fn all() -> [(&'static str, Happening); 10] {
    [
        ("No tray was found.", |facts| facts.no_tray = true),
        ("No network since", |facts| *facts = Facts { no_tray: facts.no_tray, ..offline() }),
        ("Teams Login expires", |facts| facts.login.reminds_of = Some(at(86_400 * 3))),
        ("settings.toml, line 3", |facts| facts.settings.problem = Some(&PROBLEM)),
        ("Back?", |facts| facts.sync.back = Some(&FREE)),
        ("Something else sets your Teams presence.", |facts| facts.sync.stop = Some(&SyncStop::SecondWriter)),
        ("ConnectPath needs a login.", |facts| facts.connect.phase = Phase::LoginNeeded),
        ("You are logged in to Teams as anna@contoso.example, in Connect as anna.", |facts| {
            facts.connect.is_somebody_else = true;
        }),
        ("Teams needs a login.", |facts| facts.login.phase = LoginPhase::SignedOut { since: None }),
        ("New settings need a restart.", |facts| {
            let newer = Settings { admin_consent: !Settings::default().admin_consent, ..Settings::default() };
            facts.settings.needs_restart = Settings::default().needs_restart(&newer);
        }),
    ]
}

#[test]
fn the_first_that_applies_is_shown_whatever_else_is_wrong() {
    let mut facts = facts();
    assert_eq!(banner(&facts), None);
    let mut before = None;
    for (begins, happen) in all() {
        happen(&mut facts);
        let shown = banner(&facts).unwrap();
        assert!(shown.title.starts_with(begins), "{begins}: {}", shown.title);
        assert_ne!(Some(&shown.title), before.as_ref(), "{begins}");
        before = Some(shown.title);
    }
}

#[test]
fn each_of_them_is_shown_alone() {
    for (begins, happen) in all() {
        let mut facts = facts();
        happen(&mut facts);
        let shown = banner(&facts).unwrap();
        assert!(shown.title.starts_with(begins), "{begins}: {}", shown.title);
    }
}

#[test]
fn before_the_set_up_there_is_no_banner_but_the_one_that_leads_out_of_it() {
    for (begins, happen) in all() {
        let mut facts = facts();
        happen(&mut facts);
        facts.settings.set = None;
        let shown = banner(&facts).map(|banner| banner.title);
        let wanted = "New settings need a restart.";
        assert_eq!(shown.as_deref(), (begins == wanted).then_some(wanted), "{begins}");
    }
}

#[test]
fn somebody_else_in_connect_can_be_confirmed_or_logged_out() {
    let mut facts = facts();
    facts.connect.is_somebody_else = true;
    let shown = banner(&facts).unwrap();
    assert_eq!(shown.level, Level::Problem);
    let actions: Vec<Action> = shown.buttons.into_iter().map(|button| button.action).collect();
    assert_eq!(actions, [Action::BothAreMe, Action::TeamsLogin]);
}

#[test]
fn a_live_session_proves_that_there_is_a_network() {
    let mut facts = offline();
    assert_eq!(banner(&facts).unwrap().level, Level::Offline);
    facts.connect.live = Some(&AVAILABLE);
    assert_eq!(banner(&facts), None);
    // The page itself knows better.
    facts.connect.is_offline = true;
    assert_eq!(banner(&facts).unwrap().level, Level::Offline);
}

#[test]
fn a_page_that_is_not_approved_says_what_to_enter_and_has_no_button() {
    let mut facts = facts();
    for phase in [Phase::NotYet, Phase::NotApproved] {
        facts.connect.phase = phase;
        let shown = banner(&facts).unwrap();
        assert!(shown.body.contains(APPROVED_ORIGIN), "{}", shown.body);
        assert_eq!(shown.buttons, []);
        assert_eq!(shown.body.contains("ten minutes"), phase == Phase::NotYet);
    }
    for phase in [Phase::Starting, Phase::NoAnswer, Phase::Live, Phase::Old, Phase::Lost] {
        facts.connect.phase = phase;
        assert_eq!(banner(&facts), None, "{phase:?}");
    }
}
