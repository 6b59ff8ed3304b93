//! From the click on *Save* to the new settings: every way ends.

use settings::NotSaved;

use super::*;

impl Run {
    /// Clicks *Save*, and returns the number of the saving.
    fn save(&mut self) -> u64 {
        let out = self.edit(SetupEdit::Save);
        let [WizardOut::Save { saving, .. }] = out.as_slice() else { panic!("{out:?}") };
        *saving
    }

    fn saved(&mut self, saving: u64) -> Vec<WizardOut> {
        self.feed(WizardIn::Saved { saving, result: Ok(Box::default()) })
    }

    fn use_draft(&mut self) {
        self.in_use = self.wizard.draft().unwrap().wanted(&self.loaded).configured().ok();
    }
}

fn keyring_of(out: &[WizardOut]) -> (Option<KeyringChange>, Option<Token>) {
    let Some(WizardOut::Keyring { secret, refresh, .. }) = out.last() else { panic!("{out:?}") };
    (secret.clone(), refresh.clone())
}

#[test]
fn a_draft_that_lacks_something_is_not_saved() {
    let mut run = Run::new();
    run.feed(WizardIn::Shown);
    assert_eq!(run.edit(SetupEdit::Save), NOTHING);
    assert!(!run.wizard.is_saving());
    run.fill_registration();
    assert_eq!(run.edit(SetupEdit::Save), NOTHING, "it is still checked");
}

#[test]
fn the_file_first_then_the_keyring_then_the_restart() {
    let mut run = Run::filled();
    run.logged_in();
    let saving = run.save();
    let out = run.saved(saving);
    let [WizardOut::KeepAuthorization { authorization, .. }, WizardOut::Keyring { .. }] = out.as_slice()
    else {
        panic!("{out:?}")
    };
    assert_ne!(authorization.period, signin::Period::default(), "the login counts from now");
    assert_eq!(keyring_of(&out), (None, Some(secret("refresh"))));
    let out = run.feed(WizardIn::Kept { saving, result: Ok(()) });
    assert_eq!(out, [WizardOut::KeepDraft(None), WizardOut::Restart]);
    assert_eq!((run.keyring(), run.wizard.is_saving()), (Some(Ok(())), false));
}

#[test]
fn what_needs_no_restart_is_read_again() {
    let mut run = Run::filled();
    run.begun = run.wizard.draft().unwrap().wanted(&run.loaded);
    let saving = run.save();
    run.saved(saving);
    let out = run.feed(WizardIn::Kept { saving, result: Ok(()) });
    assert_eq!(out, [WizardOut::KeepDraft(None), WizardOut::ReadSettings]);
}

#[test]
fn the_registration_in_use_continues_with_what_was_saved() {
    let mut run = Run::filled();
    run.use_draft();
    run.logged_in();
    run.feed(WizardIn::Secret(Some(secret("entered"))));
    let check = check_of(&run.second());
    run.feed(WizardIn::Registration { check, found: registration_lights(), used: Some(secret("entered")) });
    run.logged_in();
    let saving = run.save();
    let out = run.saved(saving);
    let [
        WizardOut::KeepAuthorization { .. },
        WizardOut::UseSecret(Some(used)),
        WizardOut::UseAuthorization { refresh: Some((refresh, who)), .. },
        WizardOut::Keyring { .. },
    ] = out.as_slice()
    else {
        panic!("{out:?}")
    };
    assert_eq!((used, refresh, who), (&secret("entered"), &secret("refresh"), &priya()));
    assert_eq!(keyring_of(&out), (Some(KeyringChange::Store(secret("entered"))), Some(secret("refresh"))));
}

#[test]
fn a_secret_that_was_removed_is_erased_from_the_keyring_and_not_used_any_more() {
    let mut run = Run::filled();
    run.use_draft();
    run.edit(SetupEdit::ForgetSecret);
    let check = check_of(&run.second());
    run.feed(WizardIn::Registration { check, found: registration_lights(), used: None });
    let saving = run.save();
    let out = run.saved(saving);
    assert!(out.contains(&WizardOut::UseSecret(None)), "{out:?}");
    assert_eq!(keyring_of(&out), (Some(KeyringChange::Forget), None));
}

#[test]
fn what_is_being_saved_stays_as_it_is() {
    let mut run = Run::filled();
    run.logged_in();
    let saving = run.save();
    let before = run.wizard.draft().cloned();
    assert_eq!(run.edit(SetupEdit::Save), NOTHING, "a second click");
    assert_eq!(run.edit(SetupEdit::Cancel), NOTHING);
    assert_eq!(run.field(SetupName::ClientId, OTHER_CLIENT), NOTHING);
    assert_eq!(run.feed(WizardIn::Secret(Some(secret("late")))), NOTHING);
    // The watch over the files sees our own write before its task reports it.
    run.loaded.settings = before.as_ref().unwrap().wanted(&run.loaded);
    run.feed(WizardIn::SettingsRead { good: true });
    assert_eq!(run.wizard.draft().cloned(), before);
    assert_eq!(keyring_of(&run.saved(saving)), (None, Some(secret("refresh"))), "the login is not lost");
}

#[test]
fn settings_files_that_become_incomplete_do_not_stop_a_saving() {
    let mut run = Run::filled();
    let saving = run.save();
    run.loaded = Loaded::default();
    run.feed(WizardIn::SettingsRead { good: true });
    keyring_of(&run.saved(saving));
    assert!(run.wizard.is_saving());
}

#[test]
fn what_is_refused_can_be_saved_again_once_the_files_were_read() {
    let mut run = Run::filled();
    let saving = run.save();
    let problem = NotSaved::Changed;
    let out = run.feed(WizardIn::Saved { saving, result: Err(problem.clone()) });
    assert_eq!(out, [WizardOut::ReadSettings]);
    assert_eq!(run.wizard.problem(), None, "not before it can be tried again");
    run.feed(WizardIn::SettingsRead { good: true });
    assert_eq!(run.wizard.problem(), Some(&DraftNotSaved::Refused(problem)));
    run.feed(WizardIn::Shown);
    assert_ne!(run.save(), saving);
    assert_eq!(run.wizard.problem(), None);
}

#[test]
fn a_file_that_is_never_written_does_not_hold_the_draft_for_ever() {
    let mut run = Run::filled();
    let saving = run.save();
    assert_eq!(run.pass(Duration::from_secs(31)), [WizardOut::ReadSettings]);
    assert_eq!(run.wizard.problem(), Some(&DraftNotSaved::Late));
    assert!(!run.wizard.is_saving());
    assert_eq!(run.saved(saving), NOTHING, "its late answer is ignored");
    let again = run.save();
    assert_eq!(run.saved(saving), NOTHING);
    keyring_of(&run.saved(again));
}

#[test]
fn files_that_are_never_read_again_do_not_hold_the_draft_for_ever() {
    let mut run = Run::filled();
    let saving = run.save();
    run.feed(WizardIn::Saved { saving, result: Err(NotSaved::Changed) });
    run.pass(Duration::from_secs(31));
    assert_eq!(run.wizard.problem(), Some(&DraftNotSaved::Refused(NotSaved::Changed)));
    assert!(!run.wizard.is_saving());
}

#[test]
fn a_keyring_that_never_answers_does_not_hold_the_new_settings() {
    let mut run = Run::filled();
    let saving = run.save();
    run.saved(saving);
    let out = run.pass(Duration::from_secs(61));
    assert_eq!(out, [WizardOut::KeepDraft(None), WizardOut::Restart]);
    assert_eq!(run.keyring(), Some(Err(SecretsError::Failed)));
    assert_eq!(run.feed(WizardIn::Kept { saving, result: Ok(()) }), NOTHING);
}

#[test]
fn an_answer_of_an_earlier_saving_is_ignored() {
    let mut run = Run::filled();
    let first = run.save();
    run.feed(WizardIn::Saved { saving: first, result: Err(NotSaved::Changed) });
    run.feed(WizardIn::SettingsRead { good: false });
    let second = run.save();
    assert_eq!(run.saved(first), NOTHING);
    assert_eq!(run.feed(WizardIn::Kept { saving: second, result: Ok(()) }), NOTHING, "it is not there yet");
    keyring_of(&run.saved(second));
    assert_eq!(run.feed(WizardIn::Kept { saving: first, result: Ok(()) }), NOTHING);
    assert!(run.wizard.is_saving());
}

#[test]
fn the_page_of_what_was_saved_survives_the_restart_until_it_is_left() {
    let leave: [fn() -> WizardIn; 3] =
        [|| WizardIn::Closed, || WizardIn::Edit(SetupEdit::Cancel), || WizardIn::Secret(None)];
    for leave in leave {
        let login = Progress::Done { at: at(0), found: login_lights() };
        let saved = Saved { keyring: Err(SecretsError::Locked), login };
        let mut run = Run::with(Wizard::new(None, Some(saved.clone())));
        run.feed(WizardIn::Shown);
        assert_eq!(run.wizard.draft().map(|draft| draft.step), Some(SetupStep::Save));
        assert_eq!(run.wizard.saved(), Some(&saved));
        run.feed(WizardIn::SettingsRead { good: true });
        run.second();
        assert_eq!(run.lights().login.found(), Some(&login_lights()), "the tenant keeps its names");
        run.feed(leave());
        assert_eq!(run.wizard.saved(), None);
    }
}
