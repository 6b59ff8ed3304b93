//! The contact centre's pages and the feed behind the panel.

use reqwest::header::{LOCATION, SET_COOKIE};
use sandbox::{AskedOfConnect, Channel, InstanceShape, PanelBreak, PanelTrouble, Queue, Stage, Unanswered};
use serde_json::{Value, json};

use crate::panel::{Browser, Feed, kind};

#[tokio::test]
async fn the_feed_sends_every_change_of_the_agent() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let mut feed = Feed::of(&browser).await;
    let (_, first) = feed.next().await.unwrap();
    assert_eq!(first["configuration"]["username"], "priya.raman");
    assert_eq!(first["configuration"]["agentStates"].as_array().unwrap().len(), 6);
    assert_eq!(first["snapshot"]["state"]["name"], "Available");

    world.ring(Channel::Voice, "+441632960123").unwrap();
    let ringing = feed.snapshot().await;
    assert_eq!(
        (&ringing["state"]["name"], &ringing["state"]["type"]),
        (&json!("PendingBusy"), &json!("system"))
    );
    assert_eq!(ringing["contacts"][0]["state"]["type"], "connecting");
    world.connect_contact().unwrap();
    let connected = feed.snapshot().await;
    assert_eq!(connected["state"]["name"], "Busy");
    assert_eq!(connected["agentAvailabilityState"]["state"], "Available");
    world.hold_contact().unwrap();
    let held = feed.snapshot().await;
    let customer = &held["contacts"][0]["connections"][1];
    assert_eq!((&customer["initial"], &customer["state"]["type"]), (&json!(true), &json!("hold")));
    world.end_contact().unwrap();
    assert_eq!(feed.snapshot().await["state"]["name"], "AfterCallWork");

    world.set_logged_in(false);
    assert_eq!(feed.next().await.unwrap().0, "ended");
    assert!(feed.next().await.is_none());
    assert_eq!(browser.get("ccp-v2/feed").await.status(), 401);
}

#[tokio::test]
async fn a_dialled_call_rings_connects_takes_digits_and_ends() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let mut feed = Feed::of(&browser).await;
    let (_, first) = feed.next().await.unwrap();
    let profile = &first["configuration"]["routingProfile"];
    assert_eq!(profile["defaultOutboundQueue"]["queueARN"], Queue::Billing.arn());
    assert_eq!(first["configuration"]["permissions"], json!(["outboundCall"]));

    assert_eq!(browser.dial("+441632960021", Queue::Colleagues).await["err"], json!(null));
    let dialling = feed.snapshot().await;
    let contact = &dialling["contacts"][0];
    assert_eq!(contact["state"]["type"], "connecting");
    assert_eq!(
        (&contact["initiationMethod"], &contact["queue"]["name"]),
        (&json!("outbound"), &json!("Colleagues"))
    );
    assert_eq!(contact["customerEndpoint"]["phoneNumber"], "+441632960021");
    let (agent, callee) = (contact["connections"][0].clone(), contact["connections"][1].clone());
    assert_eq!((&callee["type"], &callee["initial"]), (&json!("outbound"), &json!(true)));

    // Nobody asks: the feed itself reports that the other phone rings now.
    let ringing = feed.until("CallingCustomer").await;
    assert_eq!(ringing["contacts"][0]["connections"][0]["state"]["type"], "connected");
    world.answer_call().unwrap();
    assert_eq!(feed.snapshot().await["contacts"][0]["state"]["type"], "connected");

    let of = |connection: &Value| json!({ "contactId": connection["contactId"], "connectionId": connection["connectionId"] });
    let mut digits = of(&callee);
    digits["digits"] = json!("4021");
    assert_eq!(browser.ask("sendDigits", digits).await["err"], json!(null));
    assert_eq!(browser.ask("destroyConnection", of(&agent)).await["err"], json!(null));
    assert_eq!(world.overview().agent.contact.unwrap().stage, Stage::AfterContactWork);
    let cleared = browser.ask("clearContact", json!({ "contactId": agent["contactId"] })).await;
    assert_eq!(cleared["err"], json!(null));

    let overview = world.overview();
    assert_eq!(overview.agent.contact, None);
    let asked: Vec<_> = overview.asked.into_iter().map(|asked| asked.what).collect();
    assert_eq!(
        asked,
        [
            AskedOfConnect::CreateOutboundContact {
                number: "+441632960021".to_owned(),
                queue: Queue::Colleagues
            },
            AskedOfConnect::SendDigits { digits: "4021".to_owned() },
            AskedOfConnect::DestroyConnection,
            AskedOfConnect::ClearContact,
        ]
    );
}

#[tokio::test]
async fn a_call_that_cannot_be_placed_is_refused_in_the_services_words() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    for number in ["01632960021", "+33123456789", ""] {
        assert_eq!(kind(&browser.dial(number, Queue::Billing).await), "BadEndpointException");
    }
    let elsewhere = json!({ "endpoint": { "type": "phone_number", "phoneNumber": "+441632960021" }, "queueARN": "arn:none" });
    assert_eq!(kind(&browser.ask("createOutboundContact", elsewhere).await), "ResourceNotFoundException");
    let agent = json!({ "endpoint": { "type": "agent" }, "queueARN": Queue::Billing.arn() });
    assert_eq!(kind(&browser.ask("createOutboundContact", agent).await), "BadEndpointException");
    world.set_may_dial(false);
    assert_eq!(kind(&browser.dial("+441632960021", Queue::Billing).await), "AccessDeniedException");
    world.set_may_dial(true);
    world.ring(Channel::Voice, "+441632960123").unwrap();
    assert_eq!(kind(&browser.dial("+441632960021", Queue::Billing).await), "InvalidStateException");
    assert_eq!(world.overview().asked, [], "what was refused is no write");
}

#[tokio::test]
async fn an_inbound_call_shows_who_calls_and_by_which_way() {
    let browser = Browser::start().await;
    let mut feed = Feed::of(&browser).await;
    feed.next().await.unwrap();
    let world = browser.sandbox.world();
    let attributes = [("callerName".to_owned(), "Grace Holloway".to_owned())].into();
    let number = "+441632960021".to_owned();
    let ring = sandbox::Ring { number, attributes, direct: true, ..sandbox::Ring::default() };
    world.ring_with(ring).unwrap();
    let contact = feed.snapshot().await["contacts"][0].clone();
    assert_eq!(
        contact["attributes"]["callerName"],
        json!({ "name": "callerName", "value": "Grace Holloway" })
    );
    assert!(contact["queue"]["name"].is_null());
    assert!(contact["queue"]["queueARN"].as_str().unwrap().contains("/queue/agent/"));
    assert_eq!(contact["connectSystemEndpoint"]["phoneNumber"], "+441632960400");

    let id = contact["contactId"].clone();
    let other = json!({ "contactId": "00000000-0000-4000-8000-000000000000" });
    assert!(browser.ask("acceptContact", other).await["err"].is_string());
    assert_eq!(browser.ask("acceptContact", json!({ "contactId": id })).await["err"], json!(null));
    let customer = json!({ "contactId": id, "connectionId": contact["connections"][1]["connectionId"] });
    assert_eq!(browser.ask("holdConnection", customer.clone()).await["err"], json!(null));
    assert_eq!(browser.ask("resumeConnection", customer.clone()).await["err"], json!(null));
    assert_eq!(browser.ask("destroyConnection", customer).await["err"], json!(null));
    assert_eq!(world.overview().agent.contact.unwrap().stage, Stage::AfterContactWork);
}

#[tokio::test]
async fn a_contact_that_comes_to_nothing_is_missed_rejected_failed_or_over() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let mut feed = Feed::of(&browser).await;
    feed.next().await.unwrap();
    let state = |snapshot: &Value| snapshot["contacts"][0]["state"]["type"].as_str().unwrap().to_owned();
    world.ring(Channel::Chat, "").unwrap();
    let id = feed.snapshot().await["contacts"][0]["contactId"].clone();
    assert_eq!(browser.ask("rejectContact", json!({ "contactId": id })).await["err"], json!(null));
    assert_eq!(state(&feed.until("MissedCallAgent").await), "rejected");
    world.clear_contact().unwrap();

    world.dial("+441632960021").unwrap();
    world.fail_call().unwrap();
    assert_eq!(state(&feed.until("FailedConnectAgent").await), "error");
    world.clear_contact().unwrap();

    world.dial("+441632960021").unwrap();
    world.leave_call(Unanswered::Busy).unwrap();
    assert_eq!(state(&feed.until("AfterCallWork").await), "ended");
}

#[tokio::test]
async fn a_stopping_sandbox_ends_the_feed() {
    let browser = Browser::start().await;
    let mut feed = Feed::of(&browser).await;
    feed.next().await.unwrap();
    drop(browser);
    assert!(feed.next().await.is_none());
}

#[tokio::test]
async fn a_dead_panel_answers_503_and_one_that_refuses_403_for_a_while_after_each_log_in() {
    let mut browser = Browser::start().await;
    let world = browser.sandbox.world();
    let broken = |reload_helps| PanelTrouble::Broken { how: PanelBreak::Dead, reload_helps };
    let panel = async |browser: &Browser| browser.get("ccp-v2/").await.status().as_u16();
    world.set_panel_trouble(Some(broken(false)));
    assert_eq!([panel(&browser).await, panel(&browser).await], [503, 503]);
    world.set_panel_trouble(Some(broken(true)));
    assert_eq!(panel(&browser).await, 200);

    world.set_panel_trouble(Some(PanelTrouble::Refusing { seconds: 180 }));
    world.let_pass(std::time::Duration::from_secs(181));
    assert_eq!(panel(&browser).await, 200);
    world.set_logged_in(false);
    let start = browser.get("connect/saml").await;
    browser.keep(&start);
    assert_eq!(panel(&browser).await, 403);
    assert_eq!(browser.get("connect/blank").await.status(), 200);
    world.let_pass(std::time::Duration::from_secs(181));
    assert_eq!(panel(&browser).await, 200);
}

#[tokio::test]
async fn a_frozen_page_is_held_until_it_is_let_go_or_loaded_again() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let frozen = Some(PanelTrouble::Broken { how: PanelBreak::Frozen, reload_helps: false });
    browser.get("ccp-v2/").await;
    let mut feed = Feed::of(&browser).await;
    feed.next().await.unwrap();
    world.set_panel_trouble(frozen);
    let (event, data) = feed.next().await.unwrap();
    assert_eq!((event.as_str(), &data["how"]), ("trouble", &json!("frozen")));
    let hold = format!("ccp-v2/frozen?load={}", data["load"]);
    let let_go = async { world.set_panel_trouble(None) };
    let (held, ()) = tokio::join!(browser.get(&hold), let_go);
    assert_eq!(held.status(), 204);
    assert_eq!(feed.next().await.unwrap().0, "agent");
    world.set_panel_trouble(frozen);
    let (held, again) = tokio::join!(browser.get(&hold), browser.get("ccp-v2/"));
    assert_eq!((held.status().as_u16(), again.status().as_u16()), (204, 200));
}

#[tokio::test]
async fn a_panel_without_a_session_leads_to_the_log_in_page_and_back() {
    let mut browser = Browser::start().await;
    browser.sandbox.world().set_logged_in(false);
    let panel = browser.get("ccp-v2/").await;
    assert_eq!(panel.status(), 303);
    let login = panel.headers()[LOCATION].to_str().unwrap().to_owned();
    let page = browser.get(&login).await;
    assert!(page.text().await.unwrap().contains("Log in as priya.raman"));

    let pressed = browser.post("connect/login", json!(null)).await;
    assert_eq!(pressed.headers()[LOCATION], "/ccp-v2/");
    browser.keep(&pressed);
    assert!(browser.sandbox.world().overview().agent.logged_in);
    let panel = browser.get("ccp-v2/").await;
    assert_eq!(panel.status(), 200);
    assert_eq!(panel.headers()["content-security-policy"], "frame-ancestors 'self'");
}

#[tokio::test]
async fn only_an_approved_origin_may_frame_the_panel_and_never_the_log_in_page() {
    let browser = Browser::start().await;
    let ancestors = async |path: &str| {
        let headers = browser.get(path).await.headers().clone();
        let policy = headers["content-security-policy"].to_str().unwrap().to_owned();
        (policy, headers.contains_key("x-frame-options"))
    };
    let own = "frame-ancestors 'self'";
    assert_eq!(ancestors("ccp-v2/").await, (own.to_owned(), false));
    browser.sandbox.world().set_approved_origins(vec!["https://app.example.com".to_owned()]);
    assert_eq!(ancestors("ccp-v2/").await, (format!("{own} https://app.example.com"), false));
    assert_eq!(ancestors("connect/login").await, (own.to_owned(), true));
    // Only a cookie that may go there makes the frame of another site a session.
    let login = browser.get("connect/blank").await;
    assert!(login.headers()[SET_COOKIE].to_str().unwrap().ends_with("; SameSite=None"));
}

#[tokio::test]
async fn the_companys_own_sign_in_leads_to_the_panel() {
    let mut browser = Browser::start().await;
    browser.sandbox.world().set_logged_in(false);
    let start = browser.get("connect/saml").await;
    assert_eq!(start.headers()[LOCATION], "/ccp-v2/");
    browser.keep(&start);
    assert_eq!(browser.get("ccp-v2/").await.status(), 200);
}

#[tokio::test]
async fn a_browser_that_never_logged_in_has_no_session() {
    let mut browser = Browser::start().await;
    browser.cookie = String::new();
    assert_eq!(browser.get("ccp-v2/").await.status(), 303);
    assert_eq!(browser.post("ccp-v2/api", json!({ "method": "getEndpoints" })).await.status(), 401);
}

#[tokio::test]
async fn set_state_is_refused_on_a_live_contact_and_queued_when_asked() {
    let browser = Browser::start().await;
    let world = browser.sandbox.world();
    let mut feed = Feed::of(&browser).await;
    let (_, first) = feed.next().await.unwrap();
    let lunch = first["configuration"]["agentStates"][2].clone();
    world.ring(Channel::Voice, "+441632960123").unwrap();
    world.connect_contact().unwrap();
    let refused = browser.ask("putAgentState", json!({ "state": lunch })).await;
    assert!(refused["err"].as_str().unwrap().contains("InvalidStateException"), "{refused}");
    let queued = browser.ask("putAgentState", json!({ "state": lunch, "enqueueNextState": true })).await;
    assert_eq!(queued["err"], json!(null));
    assert_eq!(world.overview().agent.next, Some("Lunch"));
}

#[tokio::test]
async fn what_the_panel_cannot_do_is_an_error_and_not_silence() {
    let browser = Browser::start().await;
    assert_eq!(browser.ask("getEndpoints", json!({})).await["data"]["endpoints"], json!([]));
    for method in ["createOutboundContact", "acceptContact", "inventMethod"] {
        assert!(browser.ask(method, json!({})).await["err"].is_string(), "{method}");
    }
    let unknown = json!({ "state": { "agentStateARN": "arn:none" } });
    assert!(browser.ask("putAgentState", unknown).await["err"].is_string());
    assert_eq!(browser.post("ccp-v2/logout", json!(null)).await.status(), 204);
    assert!(!browser.sandbox.world().overview().agent.logged_in);
}

#[tokio::test]
async fn an_instance_in_a_folder_has_nothing_outside_of_it_and_a_log_in_ends_anywhere() {
    let mut browser = Browser::start().await;
    let world = browser.sandbox.world();
    assert_eq!(browser.get("connect/ccp-v2/").await.status(), 200, "the new kind answers there, too");
    world.set_instance_shape(InstanceShape { in_folder: true, landing: None });
    assert_eq!(browser.get("ccp-v2/").await.status(), 404);
    assert_eq!(browser.get("connect/ccp-v2/").await.status(), 200);

    world.set_logged_in(false);
    let panel = browser.get("connect/ccp-v2/").await;
    assert_eq!(panel.headers()[LOCATION], "/connect/login?landat=%2Fconnect%2Fccp-v2%2F");
    let landing = "/connect/real-time-metrics";
    world.set_instance_shape(InstanceShape { in_folder: true, landing: Some(landing.to_owned()) });
    assert_eq!(browser.get("connect/real-time-metrics").await.status(), 303, "nobody is logged in");
    let start = browser.get("connect/saml").await;
    assert_eq!(start.headers()[LOCATION], landing);
    browser.keep(&start);
    assert_eq!(browser.get("connect/real-time-metrics").await.status(), 200);
}
