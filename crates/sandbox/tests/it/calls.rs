//! Calls over the control interface, and what the agent panel says and answers then: over real loopback HTTP.

use sandbox::{AgentError, DialRefusal, NextDial, Queue};
use serde_json::{Value, json};

use crate::app::App;
use crate::panel::{Browser, Feed, kind};

async fn ringing(app: &App, body: Value) -> Value {
    let rung = app.must("contact/ring", body).await["agent"]["contacts"].as_array().unwrap().last().cloned();
    rung.unwrap()
}

async fn person(app: &App, name: &str) -> Value {
    let url = app.sandbox.control().join("/control/api/people").unwrap();
    let (_, found) = crate::app::answer(app.http.get(url).query(&[("search", name)])).await;
    found[0]["id"].clone()
}

#[tokio::test]
async fn a_person_of_the_directory_calls_with_their_number_and_what_the_flow_says() {
    let app = App::start(40).await;
    let grace = person(&app, "Grace Holloway").await;
    let direct = ringing(&app, json!({ "person": grace, "direct": true, "flow": true })).await;
    assert_eq!((&direct["number"], &direct["queue"]["name"]), (&json!("+441632960021"), &json!(null)));
    assert_eq!(direct["dialled"], "+441632960400");
    assert_eq!(
        direct["attributes"],
        json!({
            "callerName": "Grace Holloway", "callerEntraId": grace, "callerSource": "teams",
            "dialledExtension": "", "dialledFor": "Priya Raman", "fallbackReason": "",
        })
    );
    app.must("contact/transfer-away", json!({})).await;

    let fallback = json!({
        "person": grace, "flow": true, "fallback": "not_available", "dialled": "+441632960000",
        "attributes": { "callerName": "Somebody else", "more": "1" },
    });
    let fallback = ringing(&app, fallback).await;
    let text = |name: &str| fallback["attributes"][name].as_str().unwrap().to_owned();
    assert_eq!([text("callerName"), text("more")], ["Somebody else", "1"], "what is said comes first");
    assert_eq!([text("dialledExtension"), text("fallbackReason")], ["4000", "not_available"]);
    app.must("contact/transfer-away", json!({})).await;

    let silent = ringing(&app, json!({ "person": grace })).await;
    assert_eq!(silent["attributes"], json!({}));
    app.must("contact/transfer-away", json!({})).await;
    let numbers = [person(&app, "Jonas Weber").await, person(&app, "Olga Petrova").await];
    let mut seen = Vec::new();
    for person in numbers {
        seen.push(ringing(&app, json!({ "person": person })).await["number"].clone());
        app.must("contact/transfer-away", json!({})).await;
    }
    assert_eq!(seen[0], seen[1]);

    let nobody = json!({ "person": "00000000-0000-4000-8000-000000000000" });
    assert_eq!(app.control("contact/ring", nobody).await.0, 404);
    let without = json!({ "person": person(&app, "Beatriz Fonseca").await });
    let (status, refused) = app.control("contact/ring", without).await;
    assert!(status == 400 && refused["error"].as_str().unwrap().starts_with("Beatriz Fonseca has no number"));
}

#[tokio::test]
async fn an_anonymous_caller_has_one_of_four_texts_for_a_number() {
    let app = App::start(0).await;
    for (anonymous, number) in [
        ("word", "anonymous"),
        ("sip", "sip:anonymous@anonymous.invalid"),
        ("keypad", "+266696687"),
        ("empty", ""),
    ] {
        let contact = ringing(&app, json!({ "anonymous": anonymous, "flow": true })).await;
        assert_eq!((&contact["number"], &contact["attributes"]["callerName"]), (&json!(number), &json!("")));
        app.must("contact/transfer-away", json!({})).await;
    }
}

#[tokio::test]
async fn several_contacts_are_moved_by_their_ids() {
    let app = App::start(0).await;
    let first = ringing(&app, json!({})).await["id"].clone();
    assert_eq!(app.control("contact/ring", json!({ "channel": "chat" })).await.0, 400);
    let chat = ringing(&app, json!({ "channel": "chat", "beside": true })).await["id"].clone();
    ringing(&app, json!({ "initiation": "callback", "beside": true })).await;
    let moved = app.must("contact/connect", json!({ "contact": chat })).await;
    let stages = |world: &Value| -> Vec<String> {
        let contacts = world["agent"]["contacts"].as_array().unwrap();
        contacts.iter().map(|contact| contact["stage"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(stages(&moved), ["ringing", "connected", "incoming"]);
    let moved = app.must("contact/give-up", json!({ "contact": first })).await;
    assert_eq!(moved["agent"]["contact"]["id"], first);
    let error = json!({ "error": "RealtimeCommunicationError", "contact": chat });
    let moved = app.must("contact/fail", error).await;
    assert_eq!(stages(&moved), ["missed", "failed", "incoming"]);
    assert_eq!(moved["agent"]["contacts"][1]["error"], "RealtimeCommunicationError");
    let nobody = json!({ "contact": "00000000-0000-4000-8000-000000000000" });
    assert_eq!(app.control("contact/clear", nobody).await.0, 400);
    assert_eq!(app.control("contact/fail", json!({ "error": "Sunday" })).await.0, 400);
}

#[tokio::test]
async fn the_panel_says_who_calls_how_and_by_which_number() {
    let browser = Browser::start().await;
    let mut feed = Feed::open(&browser).await;
    let world = browser.sandbox.world();
    let ring = sandbox::Ring {
        number: sandbox::Anonymous::Keypad.number().to_owned(),
        queue: Some(Queue::Colleagues),
        initiation: sandbox::Initiation::QueueTransfer,
        ..sandbox::Ring::default()
    };
    world.ring_with(ring).unwrap();
    let contact = feed.until("PendingBusy").await["contacts"][0].clone();
    assert_eq!((&contact["type"], &contact["initiationMethod"]), (&json!("voice"), &json!("queue_transfer")));
    assert_eq!(contact["queue"]["name"], "Colleagues");
    assert_eq!(contact["customerEndpoint"]["phoneNumber"], "+266696687");
    assert!(contact["connectSystemEndpoint"].is_null());

    let callback =
        sandbox::Ring { initiation: sandbox::Initiation::Callback, beside: true, ..sandbox::Ring::default() };
    world.ring_with(callback).unwrap();
    let two = feed.snapshot().await;
    let second = &two["contacts"][1];
    assert_eq!((&second["type"], &second["state"]["type"]), (&json!("queue_callback"), &json!("incoming")));
    assert_eq!(two["state"]["name"], "PendingBusy");
    world.step(sandbox::Step::TransferAway, None).unwrap();
    assert_eq!(feed.snapshot().await["state"]["name"], "Pending");
    let offered = json!({ "contactId": second["contactId"] });
    assert_eq!(browser.ask("acceptContact", offered).await["err"], json!(null));
    assert_eq!(feed.snapshot().await["state"]["name"], "CallingCustomer");
}

#[tokio::test]
async fn a_missed_contact_refuses_a_dial_and_a_status_until_the_application_clears_it() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let mut feed = Feed::open(&browser).await;
    world.ring(sandbox::Channel::Voice, "+441632960123").unwrap();
    world.step(sandbox::Step::GiveUp, None).unwrap();
    let missed = feed.until("MissedCallAgent").await;
    assert_eq!(missed["state"]["type"], "error");
    let lunch = browser.lunch();
    let put = json!({ "state": lunch, "enqueueNextState": false });
    assert_eq!(kind(&browser.ask("putAgentState", put.clone()).await), "InvalidStateException");
    assert_eq!(kind(&browser.dial("+441632960021", Queue::Billing).await), "InvalidStateException");
    assert!(world.choose_status("Lunch").is_err());

    let this = json!({ "contactId": missed["contacts"][0]["contactId"] });
    assert_eq!(browser.ask("clearContact", this.clone()).await["err"], json!(null));
    assert_eq!(feed.until("Available").await["contacts"], json!([]));
    assert_eq!(kind(&browser.ask("clearContact", this).await), "ResourceNotFoundException");
    assert_eq!(browser.dial("+441632960021", Queue::Billing).await["err"], json!(null));

    let done = world.done();
    assert_eq!((done.dialled, done.cleared), (vec!["+441632960021".to_owned()], 1));
    let refused: Vec<_> = done
        .refused
        .iter()
        .map(|one| (one.method.as_str(), one.number.as_deref(), one.why.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("putAgentState", None, "InvalidStateException"),
            ("createOutboundContact", Some("+441632960021"), "InvalidStateException"),
            ("clearContact", None, "ResourceNotFoundException"),
        ]
    );
}

#[tokio::test]
async fn the_next_dial_is_refused_once_for_each_reason() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    for (why, exception) in [
        (DialRefusal::InvalidState, "InvalidStateException"),
        (DialRefusal::BadEndpoint, "BadEndpointException"),
        (DialRefusal::LimitExceeded, "LimitExceededException"),
        (DialRefusal::QuotaExceeded, "QuotaExceededException"),
        (DialRefusal::AccessDenied, "AccessDeniedException"),
        (DialRefusal::Throttling, "ThrottlingException"),
        (DialRefusal::InternalService, "InternalServiceException"),
    ] {
        world.set_next_dial(Some(NextDial::Refused { why }));
        assert_eq!(kind(&browser.dial("+441632960021", Queue::Billing).await), exception);
        assert!(world.overview().agent.contacts.is_empty());
    }
    assert_eq!(browser.dial("+441632960021", Queue::Billing).await["err"], json!(null));
    assert_eq!(world.done().dialled.len(), 1);
}

#[tokio::test]
async fn an_answer_to_a_dial_comes_late_or_never() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let patience = std::time::Duration::from_millis(300);
    for dials in [false, true] {
        world.set_next_dial(Some(NextDial::Silent { dials }));
        let dial = browser.dial("+441632960021", Queue::Billing);
        assert!(tokio::time::timeout(patience, dial).await.is_err(), "no answer came");
        assert_eq!(world.overview().agent.contacts.len(), usize::from(dials));
    }
    assert_eq!(world.done().refused.last().unwrap().why, "");
    world.end_contact().unwrap();
    world.clear_contact().unwrap();
    world.set_next_dial(Some(NextDial::Late { seconds: 1 }));
    let begun = std::time::Instant::now();
    assert_eq!(browser.dial("+441632960021", Queue::Billing).await["err"], json!(null));
    assert!(begun.elapsed() >= std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn every_error_state_comes_after_a_dial_or_by_itself() {
    let app = App::start(0).await;
    let next = app.must("call/next", json!({ "kind": "fails", "error": "LineEngagedCustomer" })).await;
    assert_eq!(next["agent"]["nextDial"], json!({ "kind": "fails", "error": "LineEngagedCustomer" }));
    let put = app.must("agent/error", json!("MultipleCcpWindows")).await;
    assert_eq!(put["agent"]["error"], "MultipleCcpWindows");
    assert_eq!(app.must("agent/error", json!(null)).await["agent"]["error"], json!(null));
    for wrong in [json!({ "kind": "refused" }), json!({ "kind": "late", "seconds": -1 }), json!("late")] {
        assert_eq!(app.control("call/next", wrong).await.0, 400);
    }

    let browser = Browser::start().await;
    let mut feed = Feed::open(&browser).await;
    let world = browser.sandbox.world();
    for error in AgentError::ALL {
        world.set_next_dial(Some(NextDial::Fails { error }));
        assert_eq!(browser.dial("+441632960021", Queue::Billing).await["err"], json!(null));
        world.let_pass(std::time::Duration::from_secs(2));
        let failed = feed.until(error.word()).await;
        assert_eq!(failed["state"]["type"], "error");
        assert_eq!(failed["contacts"][0]["state"]["type"], "error");
        world.clear_contact().unwrap();
        world.set_agent_error(Some(error));
        assert_eq!(feed.until(error.word()).await["contacts"], json!([]));
        world.set_agent_error(None);
    }
}

#[tokio::test]
async fn what_the_application_did_can_be_asked_for() {
    let app = App::start(0).await;
    let url = app.sandbox.control().join("/control/api/call/done").unwrap();
    let (status, done) = crate::app::answer(app.http.get(url)).await;
    assert_eq!(status, 200);
    assert_eq!(
        done,
        json!({ "dialled": [], "digits": [], "hungUp": 0, "cleared": 0, "nextStatuses": [], "refused": [] })
    );
}
