//! The login that is tried before anything is saved.

use super::*;

#[test]
fn a_login_is_not_tried_before_the_registration_was_found_to_fit() {
    let mut run = Run::new();
    run.fill_registration();
    assert_eq!(run.edit(SetupEdit::CheckLogin), NOTHING);
}

#[test]
fn a_login_opens_the_browser_and_ends_with_what_it_showed() {
    let mut run = Run::filled();
    let attempt = run.login();
    let out = run.feed(WizardIn::Page { attempt, url: url() });
    assert_eq!(out, [WizardOut::OpenBrowser { attempt, url: url() }]);
    run.feed(WizardIn::Opened { attempt, opened: true });
    run.pass(Duration::from_secs(19));
    assert_eq!(run.browser(), Some(Browser::Asked));
    run.pass(Duration::from_secs(1));
    assert_eq!(run.browser(), Some(Browser::Late), "perhaps it did not open");
    run.feed(WizardIn::LoggedIn { attempt, found: login_lights(), granted: None });
    assert_eq!((run.lights().login.found(), run.browser()), (Some(&login_lights()), None));
}

fn url() -> Url {
    Url::parse("https://login.microsoftonline.com/authorize").unwrap()
}

#[test]
fn a_second_press_opens_the_page_of_the_same_login_once_more() {
    let mut run = Run::filled();
    let attempt = run.login();
    assert_eq!(run.edit(SetupEdit::CheckLogin), NOTHING, "its page is not known yet");
    run.feed(WizardIn::Page { attempt, url: url() });
    run.feed(WizardIn::Opened { attempt, opened: true });
    run.pass(Duration::from_secs(20));
    let again = [WizardOut::OpenBrowser { attempt, url: url() }];
    assert_eq!(run.edit(SetupEdit::CheckLogin), again);
    assert_eq!(run.browser(), Some(Browser::Asked));
    run.edit(SetupEdit::CheckAgain);
    assert_eq!(run.edit(SetupEdit::CheckLogin), again, "checking the rest again does not end the login");
    run.feed(WizardIn::LoggedIn { attempt, found: login_lights(), granted: None });
    assert_eq!(run.lights().login.found(), Some(&login_lights()));
}

#[test]
fn a_login_that_is_given_up_leaves_nothing_behind() {
    let mut run = Run::filled();
    let attempt = run.login();
    run.feed(WizardIn::Page { attempt, url: url() });
    assert_eq!(run.edit(SetupEdit::CancelLogin), [WizardOut::AbortLogin { attempt }]);
    assert_eq!((&run.lights().login, run.browser()), (&Progress::Waiting, None));
    run.feed(WizardIn::LoggedIn { attempt, found: login_lights(), granted: None });
    assert_eq!(run.lights().login, Progress::Waiting, "its late answer is ignored");
    assert_eq!(run.edit(SetupEdit::CancelLogin), NOTHING);
    assert_ne!(run.login(), attempt);
}

#[test]
fn a_login_that_waits_only_for_a_check_begins_when_that_is_good() {
    for (sign, begins) in [(SetupSign::Good, true), (SetupSign::Failed, false)] {
        let mut run = Run::filled();
        run.feed(WizardIn::Secret(Some(secret("entered"))));
        assert_eq!(run.edit(SetupEdit::CheckLogin), NOTHING);
        let check = check_of(&run.second());
        let found = RegistrationLights { secret: light(sign), ..registration_lights() };
        let used = Some(secret("entered"));
        let out = run.feed(WizardIn::Registration { check, found, used: used.clone() });
        let is_begun = matches!(out.as_slice(), [WizardOut::BeginLogin { secret, .. }] if *secret == used);
        assert_eq!(is_begun, begins, "{out:?}");
    }
}

#[test]
fn what_a_login_shows_of_the_consent_is_kept_and_what_it_does_not_show_stays() {
    for (shown, expected) in [(Some(true), "true"), (Some(false), "false"), (None, "true")] {
        let mut run = Run::filled();
        run.field(SetupName::AdminConsent, "true");
        let attempt = run.login();
        let found = LoginLights { admin_consent: shown, ..login_lights() };
        run.feed(WizardIn::LoggedIn { attempt, found, granted: None });
        assert_eq!(run.wizard.draft().unwrap().now.admin_consent, expected);
        run.field(SetupName::AdminConsent, "false");
        assert!(run.lights().login.found().is_some(), "a tick does not undo what was seen");
    }
}

#[test]
fn a_page_that_no_browser_opens_is_shown_to_be_copied() {
    for answer in [Some(false), None] {
        let mut run = Run::filled();
        let attempt = run.login();
        run.feed(WizardIn::Page { attempt, url: url() });
        match answer {
            Some(opened) => run.feed(WizardIn::Opened { attempt, opened }),
            None => run.pass(Duration::from_secs(11)),
        };
        let login = run.wizard.login_under_way().unwrap();
        assert_eq!((login.page, login.browser), (Some(&url()), Browser::Failed));
        run.feed(WizardIn::Opened { attempt, opened: true });
        assert_eq!(run.browser(), Some(Browser::Asked), "it opened after all");
    }
}

#[test]
fn another_registration_ends_the_login_before() {
    let mut run = Run::filled();
    let attempt = run.login();
    let out = run.field(SetupName::ClientId, OTHER_CLIENT);
    assert_eq!(out, [WizardOut::AbortLogin { attempt }]);
    run.feed(WizardIn::LoggedIn { attempt, found: login_lights(), granted: None });
    assert_eq!(run.lights().login, Progress::Waiting, "it is ignored");
    assert_eq!(run.feed(WizardIn::Page { attempt, url: url() }), NOTHING);
}

#[test]
fn a_login_whose_answer_is_lost_can_be_tried_again() {
    let mut run = Run::filled();
    let attempt = run.login();
    assert_eq!(run.pass(Duration::from_secs(13 * 60)), [WizardOut::AbortLogin { attempt }]);
    assert_eq!(run.lights().login, Progress::Waiting);
    assert_ne!(run.login(), attempt);
}
