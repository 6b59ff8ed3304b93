//! Each notification: its kind, its words and what a click does.

use connect::{Inbound, Reached};
use people::{PersonId, Roster};
use presence::{
    connect::{ContactId, StatusKind},
    identity::ObjectId,
    teams::{Availability, TeamsState},
};
use signin::SecretsError;

use super::{super::fixture::*, *};
use crate::facts::{CallBackFacts, WhoCalls};

#[test]
fn each_notification_is_complete_without_its_button() {
    let status = status("Available", StatusKind::Routable);
    let stop =
        SyncStop::Loop { connect: vec![status.clone()], teams: vec![TeamsState::plain(Availability::Busy)] };
    for (notice, kind, click) in [
        (login_needed(&nobody(None)), NoticeKind::TeamsLogin, Some(TrayAction::TeamsLogin)),
        (login_ends(at(86_400), at(0)), NoticeKind::TeamsLoginEnds, Some(TrayAction::TeamsLogin)),
        (no_keyring(SecretsError::Missing), NoticeKind::Keyring, None),
        (connect_login_missing(), NoticeKind::ConnectLogin, Some(TrayAction::ConnectLogin)),
        (connect_login_ends(at(900)), NoticeKind::ConnectLogin, Some(TrayAction::ConnectLogin)),
        (back(&status), NoticeKind::Back, Some(TrayAction::SetBack)),
        (stopped(&SyncStop::SecondWriter), NoticeKind::Stopped, Some(TrayAction::Resume)),
        (stopped(&stop), NoticeKind::Stopped, Some(TrayAction::Resume)),
        (settings(&PROBLEM), NoticeKind::Settings, Some(TrayAction::Folder)),
    ] {
        assert_eq!((notice.kind, notice.action.as_ref().map(|(_, action)| action.of_click())), (kind, click));
        for text in [&notice.title, &notice.body] {
            assert!(!text.is_empty() && !text.contains('{'), "{text}");
        }
    }
}

#[test]
fn a_loop_names_the_states_that_it_went_through() {
    let connect = ["Lunch", "Training"].map(|name| status(name, StatusKind::Custom)).to_vec();
    let stop = SyncStop::Loop { connect, teams: vec![TeamsState::plain(Availability::Busy)] };
    let notice = stopped(&stop);
    assert!(notice.body.contains("Lunch, Training, Busy"), "{}", notice.body);
    // The drawer says the same.
    let banner = stop_banner(&stop);
    assert_eq!((banner.title, banner.body), (notice.title, notice.body));
}

#[test]
fn the_keyring_says_what_is_wrong_with_it() {
    let faults = [SecretsError::Missing, SecretsError::Locked, SecretsError::Failed];
    let mut titles: Vec<String> = faults.into_iter().map(|fault| no_keyring(fault).title).collect();
    titles.dedup();
    assert_eq!(titles.len(), 3, "{titles:?}");
}

#[test]
fn a_free_colleague_is_called_by_the_button_on_the_number_that_it_shows_and_by_nothing_else() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![somebody("lena", "Lena Fischer", &["+44 1632 960029"])]);
    for availability in [Availability::Busy, Availability::Available] {
        roster.set_teams(&ObjectId::new("lena"), TeamsState::plain(availability), at(0), at(60));
    }
    let id = PersonId::Entra(ObjectId::new("lena"));
    let notice = free(&facts(), roster.get(&id).unwrap());
    assert_eq!(notice.title, "Lena Fischer is free.");
    assert!(notice.body.starts_with("Available since "), "{}", notice.body);
    let (label, action) = notice.action.unwrap();
    assert!(label.contains("+44 1632 960029"), "{label}");
    assert_eq!(action.of_click(), TrayAction::Open);
    let NoticeAction::Act(Action::Call { person, number }) = action else { panic!("{action:?}") };
    assert_eq!((person.as_str(), number.e164.as_str()), ("lena", "+441632960029"));

    roster.replace_all(vec![somebody("lena", "Lena Fischer", &[])], at(1));
    let without = free(&facts(), roster.get(&id).unwrap());
    assert_eq!(without.action.unwrap().1, TrayAction::Open.into());
}

#[test]
fn a_call_that_rings_is_announced_with_the_place_to_answer_it() {
    let (contact, inbound) =
        (ContactId::new("a"), Inbound { reached: Reached::Directly, ..Inbound::default() });
    let call = IncomingFacts {
        contact: &contact,
        who: WhoCalls::Anonymous,
        inbound: &inbound,
        number: None,
        answered: None,
        is_for_the_agent: true,
    };
    let notice = ringing(&call);
    assert_eq!(notice.title, "Somebody without a number is calling");
    assert_eq!(notice.body, "To you directly\nAnswer in ConnectPath.");
    assert_eq!(notice.action.unwrap().1, TrayAction::Open.into());
}

#[test]
fn only_the_button_of_a_missed_call_calls_back() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![somebody("lena", "Lena Fischer", &["+44 1632 960029"])]);
    let (contact, inbound) = (ContactId::new("a"), Inbound::default());
    let call = |who, back_on| MissedFacts {
        contact: &contact,
        who,
        inbound: &inbound,
        at: at(0),
        back_on,
        call_back: CallBackFacts::NotWanted,
    };
    let entry = roster.get(&PersonId::Entra(ObjectId::new("lena"))).unwrap();
    let number = entry.numbers()[0].dialable.as_ref().unwrap();
    let notice = missed(&call(WhoCalls::One(entry), Some(number)), at(0));
    let (label, action) = notice.action.unwrap();
    assert_eq!(label, "Call back +44 1632 960029");
    let order = Action::CallBack { contact: "a".to_owned(), number: ShownNumber::from(number) };
    assert_eq!(action, NoticeAction::Act(order));
    assert_eq!(action.of_click(), TrayAction::Open);
    let nobody = missed(&call(WhoCalls::Anonymous, None), at(0));
    assert_eq!(nobody.action.unwrap().1, TrayAction::Open.into());
}
