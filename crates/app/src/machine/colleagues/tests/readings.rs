//! What users do: who is asked for, how often, and who is missing.

use super::*;

#[test]
fn a_screen_with_more_users_than_a_call_can_name_is_read_at_the_usual_pace_with_those_waited_for() {
    let mut desk = Desk::reading(5);
    desk.first.extend((0..150).map(|number| user(&format!("s{number}"))));
    let (from, mut readings) = (desk.now, 0);
    while desk.now < later(from, Duration::from_secs(300)) {
        desk.on(ColleaguesIn::Scrolled);
        let Some(ColleaguesOut::Read { number, ask: ColleaguesRequest::States { users, .. }, .. }) =
            desk.next()
        else {
            break;
        };
        assert!(users.len() == 100 && users.contains(&user("ada")));
        readings += 1;
        let all = users.iter().map(UserId::as_str).collect::<Vec<_>>();
        desk.on(ColleaguesIn::Answered { number, result: Ok(states(&all, 0)) });
    }
    assert!((17..=27).contains(&readings), "{readings}");
}

#[test]
fn a_user_who_was_seen_long_ago_is_not_reported_to_have_left_just_now() {
    let mut desk = Desk::reading(5);
    desk.on(ColleaguesIn::Needed(false));
    desk.now = later(desk.now, Duration::from_secs(1800));
    desk.on(ColleaguesIn::Needed(true));
    assert_eq!(desk.read(&["ada"], 0), None);
    assert_eq!(desk.read(&["ada"], 0), Some(UserPresence::LoggedOut(None)));
}

#[test]
fn a_user_who_is_missing_from_two_complete_readings_is_logged_out_and_from_one_is_not() {
    let mut desk = Desk::reading(5);
    assert_eq!(desk.read(&["ada"], 0), None);
    let missed = desk.now;
    assert_eq!(desk.read(&["ada"], 0), Some(UserPresence::LoggedOut(Some(missed))));
    assert!(desk.now.duration_since(missed) < SignedDuration::from_secs(15), "the second one is soon");
    assert_eq!(desk.read(&["ada"], 0), Some(UserPresence::LoggedOut(Some(missed))));
    assert_eq!(desk.read(&["ada", "ben"], 0), Some(UserPresence::LoggedIn(state("ben").snapshot)));
    assert_eq!(desk.read(&["ada"], 0), None);
    assert_eq!(desk.read(&["ada", "ben"], 0), Some(UserPresence::LoggedIn(state("ben").snapshot)));
}

#[test]
fn a_reading_with_an_entry_that_cannot_be_read_shows_nobody_as_logged_out() {
    let mut desk = Desk::reading(5);
    for _ in 0..4 {
        assert_eq!(desk.read(&["ada"], 1), None);
    }
    assert_eq!(desk.read(&["ada"], 0), None);
    let throttled = ApiError::Throttled { retry_after: None };
    desk.answer(Err(throttled));
    // How long ago he was seen says nothing about when he left.
    assert_eq!(desk.read(&["ada"], 0), Some(UserPresence::LoggedOut(None)));
}

#[test]
fn a_user_who_was_never_seen_is_logged_out_since_an_unknown_moment() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
    desk.answer(Ok(users(vec![connect_user("ben", "ben@c.com")], None)));
    desk.answer(Ok(statuses()));
    assert_eq!(desk.read(&[], 0), None);
    assert_eq!(desk.read(&[], 0), Some(UserPresence::LoggedOut(None)));
}

#[test]
fn users_who_come_on_screen_are_read_soon_unless_they_were_asked_for_already() {
    let mut desk = Desk::reading(20);
    let before = desk.colleagues.deadline().unwrap();
    desk.on(ColleaguesIn::Scrolled);
    assert_eq!(desk.colleagues.deadline(), Some(before));
    desk.first = vec![user("cleo")];
    desk.on(ColleaguesIn::Scrolled);
    let soon = desk.colleagues.deadline().unwrap();
    assert!(soon < before && soon >= later(desk.now, Duration::from_secs(10)), "{soon} {before}");
}

#[test]
fn a_drawer_that_is_opened_again_and_again_asks_no_more_often_than_one_that_is_scrolled() {
    let mut desk = Desk::reading(20);
    let (from, mut asked) = (desk.now, 0);
    while desk.now < later(from, Duration::from_secs(60)) {
        desk.on(ColleaguesIn::Needed(false));
        desk.now = later(desk.now, Duration::from_secs(1));
        desk.on(ColleaguesIn::Needed(true));
        if let Some(ColleaguesOut::Read { number, .. }) = desk.on(ColleaguesIn::Due).pop() {
            asked += 1;
            desk.on(ColleaguesIn::Answered { number, result: Ok(states(&["ada", "ben"], 0)) });
        }
    }
    assert!((4..=6).contains(&asked), "{asked}");
}

#[test]
fn at_most_a_hundred_are_asked_for_those_on_screen_always_and_the_favourites_in_turn() {
    let mut desk = Desk::reading(5);
    desk.others = (0..150).map(|number| user(&format!("f{number}"))).collect();
    let mut favourites = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let Some(ColleaguesOut::Read { number, ask: ColleaguesRequest::States { users, .. }, .. }) =
            desk.next()
        else {
            panic!()
        };
        assert_eq!(users.len(), 100);
        assert!(users.contains(&user("ada")) && users.contains(&user("ben")));
        favourites.extend(users.iter().cloned());
        desk.on(ColleaguesIn::Answered { number, result: Ok(states(&["ada", "ben"], 1)) });
    }
    assert_eq!(favourites.len(), 152);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is answered, the desks of a company that all look for an hour stay within half of the quota, and within
    /// all of it with a second reading for a missing user.
    #[test]
    fn the_desks_of_a_company_stay_within_the_quota(
        seats in 1..=300_u32,
        answers in prop::collection::vec((0..6_u8, any::<bool>()), 1..40),
    ) {
        let mut desk = Desk::new(seats);
        let (mut usual, mut all, mut credentials) = (0_u32, Vec::new(), 0);
        let mut turn = answers.iter().cycle();
        while desk.now < later(START, Duration::from_secs(3600)) {
            let Some(out) = desk.next() else {
                desk.sign_in();
                desk.now = later(desk.now, Duration::from_secs(60));
                continue;
            };
            let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
            let (failure, missing) = turn.next().unwrap();
            let is_states = matches!(&out, ColleaguesOut::Read { ask: ColleaguesRequest::States { .. }, .. });
            all.push(desk.now);
            usual += u32::from(is_states);
            let result = match failure {
                0 => Err(ApiError::Throttled { retry_after: None }),
                1 => Err(ApiError::TimedOut),
                2 if is_states => Err(ApiError::Expired),
                _ if is_states && *missing => Ok(states(&["ada"], 0)),
                _ => Ok(found(&out)),
            };
            credentials += usize::from(matches!(&result, Ok(ColleaguesAnswer::Credentials(_))));
            let number = *number;
            desk.on(ColleaguesIn::Answered { number, result });
        }
        // A second between any two, except before the first one after new credentials.
        let close = all.windows(2).filter(|pair| pair[1].duration_since(pair[0]) < SignedDuration::from_secs(1));
        prop_assert!(close.count() <= credentials);
        let most = 3600.0 * 2.0 / f64::from(seats.max(10)) + 1.0;
        prop_assert!(f64::from(usual) <= most, "{usual} of {most} for {seats}");
    }
}
