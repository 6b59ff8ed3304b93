//! Outgoing and incoming calls: from a click, or from a message of the CCP page, to the orders that the page gets.

use serde_json::{Value, json};
use view::{
    Action, Badge, CallBack, CallState, CallWay, Line, Notice, NoticeAction, NoticeKind, RecentCallBack,
    RecentCalls, ShownNumber, TraySign,
};

use crate::stage::{Stage, voice, wait};

/// An agent at work, a colleague who can be called, and the number that is shown.
async fn at_work_with_a_callable_colleague() -> (Stage, String, ShownNumber) {
    let stage = Stage::with(Ok(()), "\n[calls]\nregion = \"GB\"\n").await;
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_status("Available");
    stage.until("the team", |view| view.counts.known == 40).await;
    stage.until("in step", |view| view.own.connect.words == "Available").await;
    let callable = |line: &Line| match line {
        Line::Person(person) if person.badge == Badge::Available => {
            let mut can_be_dialled = person.numbers.iter().filter(|number| number.refused.is_none());
            // Several people may share a number with an extension, and then the number is shown beside the name.
            let number =
                can_be_dialled.find_map(|number| number.dial.clone().filter(|dial| dial.digits.is_none()))?;
            Some((person.id.clone(), number))
        }
        Line::Person(_) | Line::Section { .. } | Line::Department { .. } => None,
    };
    let first = |lines: &[Line]| lines.iter().find_map(callable);
    let (person, number) = stage.find("somebody to call", first).await;
    (stage, person, number)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_is_dialled_in_e164_form_and_the_state_of_the_call_is_shown() {
    let (stage, person, shown) = at_work_with_a_callable_colleague().await;
    stage.requests.send(app::Request::Act(Action::Call { person, number: shown.clone() }));
    let order = stage.take_order("dial").await;
    let number = order["number"].as_str().unwrap().to_owned();
    assert_eq!(number, shown.e164);
    assert!(number.starts_with('+') && number[1..].chars().all(|c| c.is_ascii_digit()), "{number}");
    stage.report_done(&order);
    stage.report_state("Available", &[voice("connecting", false, &number)]);
    stage.until("ringing", |view| has_call(view, |state| matches!(state, CallState::Ringing { .. }))).await;
    stage.report_state("Available", &[voice("connected", false, &number)]);
    stage
        .until("connected", |view| has_call(view, |state| matches!(state, CallState::Connected { .. })))
        .await;
    assert_eq!(stage.recorded(|seen| seen.trays.last().unwrap().sign), TraySign::Call);
    stage.requests.send(app::Request::Act(Action::HangUp));
    assert_eq!(stage.take_order("hangUp").await["contact"], "contact-1");
    stage.report_state("Available", &[voice("ended", false, &number)]);
    stage.until("over", |view| has_call(view, |state| matches!(state, CallState::Ended { .. }))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_hung_up_before_it_rings_and_is_found_again_after_the_page_is_loaded_again() {
    let (stage, person, shown) = at_work_with_a_callable_colleague().await;
    stage.requests.send(app::Request::Act(Action::Call { person, number: shown.clone() }));
    let order = stage.take_order("dial").await;
    stage.requests.send(app::Request::Act(Action::HangUp));
    stage.until("hanging up", |view| has_call(view, |state| matches!(state, CallState::HangingUp))).await;
    stage.report_done(&order);
    let call = [voice("connecting", false, &shown.e164)];
    stage.report_state("Available", &call);
    let order = stage.take_order("hangUp").await;
    assert_eq!(order["contact"], "contact-1");
    let stale = json!({"code": "stale", "text": ""});
    stage.send_from_page(&json!({"kind": "reply", "id": order["id"], "error": stale}));
    stage.until("the hint", |view| view.call.as_ref().is_some_and(|call| call.hint.is_some())).await;

    stage.report_agent("priya.raman");
    stage.until("lost", |view| has_call(view, |state| matches!(state, CallState::Lost { .. }))).await;
    stage.report_state("Available", &call);
    stage.until("back", |view| has_call(view, |state| matches!(state, CallState::Ringing { .. }))).await;
    stage.report_agent("priya.raman");
    stage.until("lost again", |view| has_call(view, |state| matches!(state, CallState::Lost { .. }))).await;
    stage.report_status("Available");
    stage.until("over", |view| has_call(view, |state| matches!(state, CallState::Ended { .. }))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_call_is_kept_shown_after_a_restart_and_can_be_erased() {
    let (stage, person, shown) = at_work_with_a_callable_colleague().await;
    stage.requests.send(app::Request::Act(Action::Call { person: person.clone(), number: shown.clone() }));
    let order = stage.take_order("dial").await;
    stage.report_done(&order);
    stage.report_state("Available", &[voice("connected", false, &shown.e164)]);
    stage
        .until("connected", |view| has_call(view, |state| matches!(state, CallState::Connected { .. })))
        .await;
    stage.report_state("Available", &[]);
    stage.until_kept("calls.json", |text| text.contains(&shown.e164)).await;

    let stage = stage.restarted();
    let recent = async |what: &str, wanted: fn(&RecentCalls) -> bool| {
        wait(what, async || {
            let (answer, page) = tokio::sync::oneshot::channel();
            stage.requests.send(app::Request::RecentCalls(answer));
            let page = page.await.unwrap();
            if wanted(&page) { Ok(page) } else { Err(page) }
        })
        .await
    };
    let page = recent("the call", |page| page.calls.iter().any(|call| call.who.is_some())).await;
    let [call] = page.calls.as_slice() else { panic!("{page:?}") };
    assert_eq!((page.keeps, page.locked, call.way), (50, false, CallWay::Out));
    assert!(call.outcome.starts_with("Outgoing, 0:"), "{}", call.outcome);
    // The session is not live again yet.
    assert!(matches!(call.call_back, RecentCallBack::Refused { .. }));
    stage.report_agent("priya.raman");
    stage.report_status("Available");
    let page = recent("a call back that is offered", |page| {
        page.calls.iter().any(|call| matches!(call.call_back, RecentCallBack::Offered { .. }))
    })
    .await;
    let RecentCallBack::Offered { person: row, number, .. } = &page.calls[0].call_back else {
        unreachable!()
    };
    assert_eq!((row, number), (&person, &shown));

    stage.requests.send(app::Request::Act(Action::EraseRecentCalls));
    recent("nothing", |page| page.calls.is_empty()).await;
    wait("no file", async || if stage.file("calls.json").exists() { Err(()) } else { Ok(()) }).await;
}

fn has_call(view: &view::View, wanted: impl Fn(&CallState) -> bool) -> bool {
    view.call.as_ref().is_some_and(|call| wanted(&call.state))
}

/// The same agent and colleague, with the colleague's number in E.164 form.
async fn at_work_with_a_calling_colleague() -> (Stage, String, String) {
    let (stage, person, ShownNumber { e164, .. }) = at_work_with_a_callable_colleague().await;
    (stage, person, e164)
}

/// A voice contact that came over the agent's own queue.
fn direct_call(state: &str, number: &str) -> Value {
    let mut contact = voice(state, true, number);
    let queue = "arn:aws:connect:eu-west-2:123456789012:instance/i/queue/agent/a";
    contact["queue"] = json!({ "arn": queue, "name": null });
    contact["dialled"] = json!("+442079460142");
    contact
}

fn notices(stage: &Stage, kind: NoticeKind) -> Vec<Notice> {
    stage.recorded(|seen| seen.notices.iter().filter(|notice| notice.kind == kind).cloned().collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_calls_is_named_in_the_drawer_the_tray_and_a_notification() {
    let (stage, person, number) = at_work_with_a_calling_colleague().await;
    let mut contact = direct_call("connecting", &number);
    contact["attributes"] = json!({ "dialledExtension": "4102", "callerName": "", "callerEntraId": "" });
    stage.report_state("Available", &[contact]);
    let view = stage.until("ringing", |view| view.incoming.len() == 1).await;
    let call = &view.incoming[0];
    let who = call.who.as_ref().unwrap();
    assert_eq!(who.person, person);
    assert_eq!(call.title, format!("{} (Teams) is calling, ext 4102", who.name));
    assert_eq!(call.lines, ["To you directly, on +44 20 7946 0142"]);
    assert!(who.teams.is_some());
    let [notice] = &notices(&stage, NoticeKind::Incoming)[..] else { panic!("not notified") };
    assert_eq!(notice.title, call.title);
    let tray = stage.recorded(|seen| seen.trays.last().unwrap().clone());
    assert_eq!((tray.sign, tray.tooltip), (TraySign::Call, call.title.clone()));

    stage.report_state("Available", &[direct_call("connected", &number)]);
    let view = stage.until("answered", |view| view.incoming.iter().any(|it| it.answered.is_some())).await;
    assert_eq!(view.incoming[0].title, format!("{} (Teams)", who.name));
    assert_eq!(notices(&stage, NoticeKind::Incoming), []);
    stage.report_state("Available", &[direct_call("ended", &number)]);
    stage.until("over", |view| view.incoming.is_empty() && view.missed.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_caller_is_called_back_after_the_missed_contact_is_cleared() {
    let (stage, person, number) = at_work_with_a_calling_colleague().await;
    stage.report_state("Available", &[direct_call("connecting", &number)]);
    stage.until("ringing", |view| view.incoming.len() == 1).await;
    stage.report_state("Available", &[direct_call("missed", &number)]);
    let view = stage.until("missed", |view| view.missed.len() == 1).await;
    assert_eq!(view.missed[0].call_back, CallBack::Offered);
    let contact = view.missed[0].contact.clone();
    let back = view.missed[0].number.clone().unwrap().dial;
    assert_eq!(back.e164, number);
    let [notice] = &notices(&stage, NoticeKind::Missed)[..] else { panic!("not notified") };
    let (_, action) = notice.action.clone().unwrap();
    assert_eq!(
        action,
        NoticeAction::Act(Action::CallBack { contact: contact.clone(), number: back.clone() })
    );

    for _ in 0..2 {
        stage.act(Action::CallBack { contact: contact.clone(), number: back.clone() });
    }
    let order = stage.take_order("clearContact").await;
    assert_eq!(order["contact"], "contact-1");
    stage.until("under way", |view| view.missed.iter().all(|it| it.call_back == CallBack::UnderWay)).await;
    stage.report_done(&order);
    stage.until("still there", |view| view.missed.len() == 1).await;
    assert_eq!(stage.recorded(|seen| seen.orders.clone()), [] as [Value; 0], "the contact is not gone yet");

    stage.report_status("Available");
    let dial = stage.take_order("dial").await;
    assert_eq!(dial["number"], number);
    let view = stage.until("dialling", |view| view.missed.is_empty() && view.call.is_some()).await;
    assert_eq!(view.call.unwrap().person, person);
    assert_eq!(notices(&stage, NoticeKind::Missed), []);
    assert_eq!(stage.recorded(|seen| seen.orders.clone()), [] as [Value; 0], "two clicks lead to one call");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_call_is_shown_while_it_rings_and_nobody_is_notified() {
    let (stage, ..) = at_work_with_a_calling_colleague().await;
    let mut contact = voice("connecting", true, "+12025550188");
    contact["queue"] =
        json!({ "arn": "arn:aws:connect:eu-west-2:123456789012:instance/i/queue/q", "name": "Billing" });
    stage.report_state("Available", &[contact.clone()]);
    let view = stage.until("ringing", |view| view.incoming.len() == 1).await;
    assert_eq!(view.incoming[0].title, "+1 202-555-0188 is calling");
    assert_eq!(view.incoming[0].lines, ["To queue Billing"]);
    contact["state"] = json!("connected");
    stage.report_state("Available", &[contact]);
    stage.until("answered", |view| view.incoming.is_empty()).await;
    stage.report_status("Available");
    assert_eq!(notices(&stage, NoticeKind::Incoming), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_another_agent_in_connect_are_not_kept() {
    let (stage, _, number) = at_work_with_a_calling_colleague().await;
    stage.report_agent("omar.haddad");
    stage.report_state("Available", &[direct_call("connected", &number)]);
    stage.until("answered", |view| view.incoming.len() == 1).await;
    stage.report_state("Available", &[direct_call("ended", &number)]);
    stage.until("over", |view| view.incoming.is_empty()).await;
    let (answer, page) = tokio::sync::oneshot::channel();
    stage.requests.send(app::Request::RecentCalls(answer));
    assert_eq!(page.await.unwrap().calls, []);
}
