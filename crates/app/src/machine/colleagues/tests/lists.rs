//! The users of the instance, and their addresses.

use super::*;

#[test]
fn pages_are_followed_and_a_list_that_leads_back_to_a_page_replaces_nothing() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
    assert!(desk.answer(Ok(users(vec![connect_user("ada", "ada@c.com")], Some("2")))).is_empty());
    let outs = desk.answer(Ok(users(vec![connect_user("ben", "ben@c.com")], None)));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.len(), 2);
    desk.answer(Ok(statuses()));
    desk.answer(Ok(states(&["ada", "ben"], 0)));

    desk.on(ColleaguesIn::Refresh);
    for _ in 0..2 {
        let outs = desk.answer(Ok(users(vec![connect_user("cleo", "cleo@c.com")], Some("2"))));
        assert!(outs.is_empty(), "{outs:?}");
    }
    assert_eq!((desk.kind(), desk.colleagues.known()), ("statuses", Some(2)));
}

#[test]
fn however_often_a_person_refreshes_the_lists_are_read_once_a_minute() {
    let mut desk = Desk::reading(5);
    let (from, mut lists) = (desk.now, 0);
    while desk.now < later(from, Duration::from_secs(300)) {
        desk.on(ColleaguesIn::Refresh);
        let Some(out) = desk.next() else { break };
        lists += u32::from(kind(Some(&out)) == "users");
        let number = desk.colleagues.number;
        desk.on(ColleaguesIn::Answered { number, result: Ok(found(&out)) });
    }
    assert!((4..=6).contains(&lists), "{lists}");
}

#[test]
fn users_who_may_not_be_looked_up_are_listed_as_they_are() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
    desk.answer(Ok(users(vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben")], None)));
    desk.answer(Ok(statuses()));
    desk.answer(Ok(states(&["ada", "ben"], 0)));
    let outs = desk.answer(Err(ApiError::NotAllowed { action: None }));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.len(), 2);
}

#[test]
fn only_users_without_an_address_are_looked_up_and_once_a_day() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
    let page =
        || vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben"), connect_user("cleo", "cleo")];
    let outs = desk.answer(Ok(users(page(), None)));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.len(), 1, "the others may be people of the directory");
    desk.answer(Ok(statuses()));
    desk.answer(Ok(states(&["ada", "ben"], 0)));
    let mails = |mail: &str| UserAddresses { mails: vec![mail.to_owned()], mobile: None };
    assert!(desk.answer(Ok(ColleaguesAnswer::Addresses(mails("ben@c.com")))).is_empty());
    // A user who is gone by now does not hold up the others.
    let outs = desk.answer(Err(ApiError::NotFound));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.iter().map(|one| one.mails.len()).collect::<Vec<_>>(), [0, 1, 0]);
    let mut lookups = 0;
    while desk.now < later(START, Duration::from_secs(23 * 3600)) {
        desk.sign_in();
        let out = desk.next().unwrap();
        lookups += u32::from(kind(Some(&out)) == "addresses");
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
        let result = match &out {
            ColleaguesOut::Read { ask: ColleaguesRequest::Users(_), .. } => users(page(), None),
            ColleaguesOut::Assume { .. }
            | ColleaguesOut::Read { .. }
            | ColleaguesOut::IdTokenEnded { .. }
            | ColleaguesOut::Known(_)
            | ColleaguesOut::States { .. } => found(&out),
        };
        desk.on(ColleaguesIn::Answered { number: *number, result: Ok(result) });
    }
    assert_eq!(lookups, 0);
    // They are looked up again the next day, and stay in the list meanwhile.
    desk.on(ColleaguesIn::Refresh);
    desk.now = later(START, Duration::from_secs(25 * 3600));
    desk.sign_in();
    let mut known = Vec::new();
    let mut deadlines = Deadlines::new();
    while lookups < 2 {
        deadlines.next(Some(desk.now), Timestamp::MAX).unwrap();
        let out = desk.next().unwrap();
        lookups += u32::from(kind(Some(&out)) == "addresses");
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
        let is_list = kind(Some(&out)) == "users";
        let (number, result) = (*number, if is_list { users(page(), None) } else { found(&out) });
        for out in desk.on(ColleaguesIn::Answered { number, result: Ok(result) }) {
            if let ColleaguesOut::Known(users) = out {
                known.push(users.len());
            }
        }
    }
    assert_eq!(known, [3, 3]);
}
