use presence::connect::StatusArn;
use serde_json::{Value, json};
use url::Url;

use super::{super::connect_login::ConnectLoginNotice, *};
use crate::fixture::{Deadlines, at};
use crate::host::CcpPage;

mod histories;

/// An instance whose login begins at the company's own page.
fn instance(alias: &str) -> CcpPlan {
    let origin = Url::parse(&format!("https://{alias}.my.connect.aws/")).unwrap();
    CcpPlan {
        page: CcpPage::OfInstance(origin.join("/connect/blank").unwrap()),
        ccp: origin.join("/ccp-v2/").unwrap(),
        login: Url::parse("https://idp.example.com/saml").unwrap(),
        origin,
    }
}

fn agent(username: &str) -> Value {
    json!({
        "kind": "agent", "username": username, "name": "Priya Raman", "statuses": [
            { "arn": "arn:Available", "name": "Available", "type": "routable" },
            { "arn": "arn:Lunch", "name": "Lunch", "type": "not_routable" },
        ], "outbound": true, "countries": [], "softphone": true
    })
}

fn state(stamp: u64, chosen: &str, contacts: &[&str]) -> Value {
    let contacts = contacts.iter().map(|state| {
        json!({
            "id": "contact-1", "type": "voice", "state": state, "stateMs": 0, "inbound": true,
            "onHold": false, "number": "+441632960123"
        })
    });
    json!({
        "kind": "state", "stamp": stamp, "chosen": { "arn": format!("arn:{chosen}"), "name": chosen },
        "chosenMs": 0, "next": null, "contacts": contacts.collect::<Vec<_>>()
    })
}

fn kind(kind: &str) -> Value {
    json!({ "kind": kind })
}

/// A session at a moment, and who is logged in to Teams.
struct Desk {
    ccp: Ccp,
    who: Option<&'static str>,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            ccp: Ccp::new(Some(instance("contoso")), None, at(0)),
            who: Some("priya.raman@contoso.com"),
            now: at(0),
        };
        assert_eq!(desk.on(CcpIn::Begin), [CcpOut::OpenWindow(instance("contoso"))]);
        // A login window that an earlier run may have left open is closed.
        assert_eq!(desk.ccp.login.window_gone(false), Some(false));
        desk
    }

    /// A desk with the agent, available and without contacts.
    fn live() -> Self {
        let mut desk = Self::new();
        desk.say(&agent("priya.raman"));
        assert_eq!(agents(&desk.say(&state(1, "Available", &[]))), ["Available"]);
        desk
    }

    fn on(&mut self, input: CcpIn) -> Vec<CcpOut> {
        self.ccp.on(input, &CcpContext { who: self.who }, self.now)
    }

    fn say(&mut self, message: &Value) -> Vec<CcpOut> {
        self.on(CcpIn::Message(message.to_string()))
    }

    /// Lets time pass until this moment, deadline by deadline.
    fn until(&mut self, moment: Timestamp) -> Vec<CcpOut> {
        let mut out = Vec::new();
        let mut deadlines = Deadlines::new();
        while let Some(deadline) = deadlines.next(self.ccp.deadline(), moment) {
            self.now = self.now.max(deadline);
            out.extend(self.on(CcpIn::Due));
            assert_ne!(self.ccp.deadline(), Some(deadline), "the deadline makes progress");
        }
        self.now = moment;
        out
    }
}

/// The states that the engine was given.
fn agents(out: &[CcpOut]) -> Vec<&str> {
    let mut chosen = Vec::new();
    for one in out {
        if let CcpOut::Engine(Event::Agent(snapshot)) = one {
            chosen.push(snapshot.chosen.name.as_str());
        }
    }
    chosen
}

fn lost() -> [CcpOut; 2] {
    [CcpOut::SessionLost, CcpOut::Engine(Event::ConnectLost)]
}

fn opens(out: &[CcpOut]) -> usize {
    out.iter().filter(|out| matches!(out, CcpOut::OpenWindow(_))).count()
}

fn notices(out: &[CcpOut]) -> Vec<ConnectLoginNotice> {
    let notice = |out: &CcpOut| if let CcpOut::Notify(notice) = out { Some(*notice) } else { None };
    out.iter().filter_map(notice).collect()
}

#[test]
fn the_agent_is_named_before_the_engine_gets_a_state() {
    let mut desk = Desk::new();
    let statuses = desk.say(&agent("priya.raman"));
    assert!(
        matches!(statuses.as_slice(), [CcpOut::Statuses(statuses)] if statuses.len() == 2),
        "{statuses:?}"
    );
    assert_eq!(desk.ccp.same_person(), SamePerson::Yes);
    assert_eq!(agents(&desk.say(&state(1, "Lunch", &[]))), ["Lunch"]);
    assert_eq!((desk.ccp.phase(), desk.ccp.last_known().map(|(_, at)| at)), (Phase::Live, Some(at(0))));
}

#[test]
fn a_status_that_is_disabled_while_the_agent_is_in_it_keeps_its_row() {
    let names = |desk: &Desk| desk.ccp.statuses().into_iter().map(|status| status.name).collect::<Vec<_>>();
    let without_lunch = || {
        let mut agent = agent("priya.raman");
        agent["statuses"].as_array_mut().unwrap().truncate(1);
        agent
    };
    let mut desk = Desk::live();
    desk.say(&state(2, "Lunch", &[]));
    let out = desk.say(&without_lunch());
    assert!(matches!(out.as_slice(), [CcpOut::Statuses(listed)] if listed.len() == 1), "{out:?}");
    assert_eq!(names(&desk), ["Available", "Lunch"]);
    desk.say(&state(3, "Available", &[]));
    desk.say(&agent("priya.raman"));
    assert_eq!(names(&desk), ["Available", "Lunch"], "once, when it is listed again");

    // A program that starts while the agent is in it learns of it from the state only, before the engine does.
    let mut desk = Desk::new();
    desk.say(&without_lunch());
    let out = desk.say(&state(1, "Lunch", &[]));
    let place = |wanted: fn(&CcpOut) -> bool| out.iter().position(wanted);
    let unlisted = place(|one| *one == CcpOut::Unlisted).unwrap();
    assert!(unlisted < place(|one| matches!(one, CcpOut::Engine(Event::Agent(_)))).unwrap(), "{out:?}");
    assert_eq!(names(&desk), ["Available", "Lunch"]);
    assert!(!desk.say(&state(2, "Lunch", &["connected"])).contains(&CcpOut::Unlisted), "reported once");
}

#[test]
fn a_lost_session_ends_its_orders_before_the_engine_hears_of_it() {
    let mut desk = Desk::live();
    assert_eq!(desk.on(CcpIn::WindowDied), lost());
    assert_eq!((desk.ccp.phase(), desk.ccp.live()), (Phase::Lost, None));
    assert_eq!(opens(&desk.until(at(1))), 1);
}

#[test]
fn a_message_of_a_closed_window_changes_nothing() {
    let mut desk = Desk::live();
    desk.on(CcpIn::WindowDied);
    assert_eq!(desk.say(&state(2, "Lunch", &[])), []);
    assert_eq!(desk.say(&json!({ "kind": "reply", "id": 1, "error": null })), []);
    assert_eq!(desk.ccp.live(), None);
}

#[test]
fn a_window_that_is_opened_again_while_live_ends_what_waits_for_the_former_page() {
    let mut desk = Desk::live();
    desk.on(CcpIn::LoginWanted);
    let out = desk.on(CcpIn::LoginWindowGone { reached: true });
    let [first, second] = lost();
    assert_eq!(out, [CcpOut::WithdrawNotice, first, second, CcpOut::OpenWindow(instance("contoso"))]);
    desk.say(&kind("hostReady"));
    assert_eq!(agents(&desk.say(&state(1, "Available", &[]))), ["Available"], "known again, though equal");
}

#[test]
fn a_login_window_that_reports_twice_counts_once() {
    let mut desk = Desk::new();
    desk.say(&kind("loginNeeded"));
    desk.on(CcpIn::LoginWanted);
    assert_eq!(opens(&desk.on(CcpIn::LoginWindowGone { reached: true })), 1);
    assert_eq!(desk.on(CcpIn::LoginWindowGone { reached: true }), []);
    assert_eq!(desk.on(CcpIn::LoginWindowGone { reached: false }), []);
    // A second click brings the same window to the front.
    desk.on(CcpIn::LoginWanted);
    desk.on(CcpIn::LoginWanted);
    assert_eq!(opens(&desk.on(CcpIn::LoginWindowGone { reached: false })), 1);
    assert_eq!(desk.on(CcpIn::LoginWindowGone { reached: false }), []);
}

#[test]
fn a_window_that_is_opened_again_during_the_login_is_opened_once_more_after_it() {
    let mut desk = Desk::live();
    desk.on(CcpIn::WindowDied);
    desk.on(CcpIn::LoginWanted);
    assert_eq!(opens(&desk.until(at(5))), 1, "nobody knows how long the login window stays");
    desk.on(CcpIn::WindowDied);
    assert_eq!(opens(&desk.on(CcpIn::LoginWindowGone { reached: true })), 1);
    desk.say(&kind("hostReady"));
    desk.say(&agent("priya.raman"));
    desk.say(&state(2, "Available", &[]));
    assert_eq!(opens(&desk.until(at(15))), 0, "what was planned before is over");
}

#[test]
fn a_login_to_the_former_instance_does_not_count_for_the_tried_one() {
    let mut desk = Desk::new();
    desk.on(CcpIn::LoginWanted);
    desk.on(CcpIn::Try(Box::new(instance("fabrikam"))));
    assert_eq!(desk.on(CcpIn::LoginWanted), [CcpOut::OpenLogin(instance("fabrikam"))]);
    let out = desk.on(CcpIn::LoginWindowGone { reached: true });
    assert_eq!(out, [CcpOut::OpenWindow(instance("fabrikam"))], "it is tried, and no login is counted");
    assert!(desk.ccp.login.deadline(false).is_none());
}

#[test]
fn an_instance_that_is_tried_is_not_reported_to_the_engine() {
    let mut desk = Desk::live();
    assert_eq!(
        desk.on(CcpIn::Try(Box::new(instance("contoso")))),
        [],
        "a session with the same instance continues"
    );
    assert!(desk.ccp.reported().is_some());
    let [first, second] = lost();
    assert_eq!(desk.on(CcpIn::Try(Box::new(instance("fabrikam")))), [first, second, CcpOut::WithdrawNotice]);
    assert_eq!((desk.ccp.plan(), desk.ccp.live()), (Some(&instance("fabrikam")), None));
    desk.on(CcpIn::LoginWanted);
    desk.on(CcpIn::LoginWindowGone { reached: true });
    let statuses = desk.say(&agent("priya.raman"));
    assert!(matches!(statuses.as_slice(), [CcpOut::Statuses(_)]), "{statuses:?}");
    assert_eq!(desk.say(&state(1, "Available", &[])), [CcpOut::ContactChanged, CcpOut::Calls]);
    assert_eq!(desk.on(CcpIn::PersonKnown), []);
    assert!(desk.ccp.live().is_some() && desk.ccp.reported().is_none());
}

#[test]
fn somebody_else_in_connect_is_not_reported_until_confirmed() {
    let mut desk = Desk::new();
    desk.say(&agent("grace.holloway"));
    assert_eq!(desk.ccp.same_person(), SamePerson::No);
    assert_eq!(desk.say(&state(1, "Lunch", &[])), [CcpOut::ContactChanged, CcpOut::Calls]);
    assert!(desk.ccp.live().is_some() && desk.ccp.reported().is_none());
    let out = desk.on(CcpIn::Confirmed);
    let pair = ("priya.raman@contoso.com".to_owned(), "grace.holloway".to_owned());
    assert_eq!(out.first(), Some(&CcpOut::KeepConfirmed(pair.clone())));
    assert_eq!(agents(&out), ["Lunch"]);

    let mut later = Ccp::new(Some(instance("contoso")), Some(pair), at(0));
    let context = CcpContext { who: desk.who };
    later.on(CcpIn::Begin, &context, at(0));
    later.on(CcpIn::Message(agent("grace.holloway").to_string()), &context, at(0));
    assert_eq!(later.same_person(), SamePerson::Yes);
}

#[test]
fn another_login_to_teams_takes_the_agent_from_the_engine_and_gives_it_back() {
    let mut desk = Desk::live();
    desk.who = Some("grace.holloway@contoso.com");
    assert_eq!(desk.on(CcpIn::PersonKnown), [CcpOut::Engine(Event::ConnectLost)]);
    assert_eq!(desk.on(CcpIn::PersonKnown), []);
    assert_eq!(agents(&desk.say(&state(2, "Lunch", &[]))), [""; 0]);
    desk.who = Some("PRIYA.RAMAN@contoso.com");
    assert_eq!(agents(&desk.on(CcpIn::PersonKnown)), ["Lunch"]);
}

#[test]
fn nobody_confirms_a_name_that_is_not_known() {
    let mut desk = Desk::new();
    assert_eq!(desk.on(CcpIn::Confirmed), []);
    desk.say(&agent("grace.holloway"));
    desk.who = None;
    assert_eq!(desk.on(CcpIn::Confirmed), []);
}

#[test]
fn a_missing_login_is_notified_once_and_withdrawn_when_the_session_is_live() {
    let mut desk = Desk::live();
    let out = desk.say(&kind("terminated"));
    assert_eq!(out.get(..2), Some(lost().as_slice()));
    assert_eq!(notices(&out), [ConnectLoginNotice::Missing]);
    assert_eq!(desk.say(&kind("loginNeeded")), []);
    let out = desk.say(&state(2, "Available", &[]));
    assert_eq!(out.first(), Some(&CcpOut::WithdrawNotice));
}

#[test]
fn the_notice_of_a_missing_login_waits_for_a_contact_that_may_continue_unseen() {
    let mut desk = Desk::live();
    let out = desk.say(&state(2, "Available", &["connected"]));
    assert!(desk.ccp.in_contact() && out.contains(&CcpOut::ContactChanged));
    desk.now = at(30);
    assert_eq!(notices(&desk.say(&kind("loginNeeded"))), []);
    assert_eq!(notices(&desk.until(at(30 + 599))), []);
    assert_eq!(notices(&desk.until(at(30 + 600))), [ConnectLoginNotice::Missing]);
}

#[test]
fn a_contact_that_went_out_of_sight_long_ago_delays_no_notification() {
    let mut desk = Desk::live();
    desk.say(&state(2, "Available", &["connected"]));
    desk.on(CcpIn::WindowDied);
    desk.until(at(1));
    desk.say(&kind("hostReady"));
    desk.now = at(700);
    assert_eq!(notices(&desk.say(&kind("loginNeeded"))), [ConnectLoginNotice::Missing]);
}

#[test]
fn waking_opens_a_waiting_window_at_once() {
    let mut desk = Desk::live();
    assert_eq!(desk.on(CcpIn::Woke), []);
    desk.on(CcpIn::WindowDied);
    assert_eq!(desk.on(CcpIn::Woke), [CcpOut::OpenWindow(instance("contoso"))]);
    assert_eq!(desk.on(CcpIn::Woke), []);
}

#[test]
fn waking_reopens_a_window_whose_page_had_no_answer() {
    let mut desk = Desk::new();
    desk.say(&kind("hostReady"));
    desk.say(&kind("ackTimeout"));
    assert_eq!((desk.ccp.phase(), desk.ccp.reopen), (Phase::NoAnswer, None));
    assert!(desk.on(CcpIn::Woke).contains(&CcpOut::OpenWindow(instance("contoso"))));
    assert_eq!(desk.on(CcpIn::Woke), [], "once");
}

#[test]
fn nothing_is_opened_before_anything_is_set_up() {
    let mut ccp = Ccp::new(None, None, at(0));
    for input in [CcpIn::Begin, CcpIn::LoginWanted, CcpIn::LoginWindowGone { reached: false }, CcpIn::Woke] {
        assert_eq!(ccp.on(input, &CcpContext::default(), at(0)), []);
    }
    assert_eq!((ccp.plan(), ccp.deadline()), (None, None));
}

#[test]
fn a_status_that_waits_for_the_end_of_a_contact_is_the_chosen_one() {
    let mut desk = Desk::live();
    desk.say(&state(2, "Lunch", &["connected"]));
    let arn = desk.ccp.live().map(|agent| agent.chosen.arn.clone());
    assert_eq!(arn, Some(StatusArn::new("arn:Lunch")));
    assert_eq!(desk.ccp.calls().len(), 1);
    assert_eq!(desk.ccp.stamp(), Some(2));
}
