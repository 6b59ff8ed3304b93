//! The control interface, and how the sandbox starts and stops.

use sandbox::{Options, Presence, Sandbox, StartError};
use serde_json::json;

use crate::app::App;

#[tokio::test]
async fn a_contact_goes_from_ringing_to_after_contact_work() {
    let app = App::start(0).await;
    let rung = app.must("contact/ring", json!({ "channel": "voice", "number": "+441632960123" })).await;
    assert_eq!(
        (&rung["agent"]["contact"]["stage"], &rung["agent"]["chosen"]),
        (&json!("ringing"), &json!("Available"))
    );
    app.must("contact/connect", json!({})).await;
    app.must("contact/hold", json!({})).await;
    app.must("contact/resume", json!({})).await;
    assert_eq!(app.must("agent/status", json!({ "name": "Lunch" })).await["agent"]["next"], "Lunch");
    assert_eq!(app.must("contact/end", json!({})).await["agent"]["contact"]["stage"], "afterContactWork");
    let cleared = app.must("contact/clear", json!({})).await;
    assert_eq!((&cleared["agent"]["chosen"], &cleared["agent"]["contact"]), (&json!("Lunch"), &json!(null)));
}

#[tokio::test]
async fn an_impossible_step_is_refused_in_one_sentence() {
    let app = App::start(0).await;
    for (path, body, sentence) in [
        ("agent/status", json!({ "name": "Nap" }), "There is no status \"Nap\"."),
        ("contact/connect", json!({}), "There is no contact that is ringing."),
        ("contact/clear", json!({}), "There is no contact that is over."),
    ] {
        let (status, answer) = app.control(path, body).await;
        assert_eq!((status, answer["error"].as_str().unwrap()), (400, sentence));
    }
    for (path, body) in [
        ("agent/status", json!({ "named": "Lunch" })),
        ("contact/ring", json!({ "channel": "fax" })),
        ("teams/choose", json!({ "availability": "Busy", "activity": "InACall" })),
        ("graph/throttle", json!({ "seconds": -1, "retryAfter": 1 })),
    ] {
        let (status, answer) = app.control(path, body).await;
        assert!(status == 400 && answer["error"].is_string(), "{path}: {status} {answer}");
    }
    assert_eq!(app.control("agent/dance", json!({})).await.0, 404);
}

#[tokio::test]
async fn the_person_in_teams_is_there_too() {
    let app = App::start(0).await;
    let shown = app.must("teams/meeting", json!({ "on": true })).await;
    assert_eq!(shown["presence"]["activity"], "InAMeeting");
    let chosen = app.must("teams/choose", json!({ "availability": "Offline", "activity": "OffWork" })).await;
    assert_eq!(chosen["presence"]["activity"], "OffWork");
    assert_eq!(app.must("teams/choose", json!(null)).await["presence"]["activity"], "InAMeeting");
    app.must("teams/meeting", json!({ "on": false })).await;
    let away = app.must("teams/set", json!({ "availability": "Away", "activity": "Away" })).await;
    assert_eq!(away["presence"]["activity"], "Away");
    let gone = app.must("teams/set", json!({ "availability": "Offline", "activity": "Offline" })).await;
    assert_eq!((&gone["presence"]["activity"], &gone["teams"]), (&json!("Offline"), &json!(null)));
    assert_eq!(app.sandbox.world().overview().presence, Presence::OFFLINE);
    assert!(
        app.sandbox.world().overview().writes.is_empty(),
        "the person's own doing is no write of the application"
    );
}

#[tokio::test]
async fn a_dialled_call_is_answered_or_not_by_the_other_side() {
    let app = App::start(0).await;
    for (path, stage, unanswered) in [
        ("call/answer", "connected", json!(null)),
        ("call/no-answer", "afterContactWork", json!("noAnswer")),
        ("call/busy", "afterContactWork", json!("busy")),
        ("call/no-sound", "failed", json!(null)),
    ] {
        let dialled = app.must("call/dial", json!({ "number": "+441632960021" })).await;
        let contact = &dialled["agent"]["contact"];
        assert_eq!(
            (&contact["direction"], &contact["queue"]["name"]),
            (&json!("outbound"), &json!("Billing"))
        );
        let contact = app.must(path, json!({})).await["agent"]["contact"].clone();
        assert_eq!((&contact["stage"], &contact["unanswered"]), (&json!(stage), &unanswered));
        if stage == "connected" {
            app.must("contact/end", json!({})).await;
        }
        app.must("contact/clear", json!({})).await;
    }
    assert_eq!(app.control("call/dial", json!({ "number": "112" })).await.0, 400);
    assert_eq!(app.must("agent/outbound", json!({ "on": false })).await["agent"]["mayDial"], false);
}

#[tokio::test]
async fn a_colleague_is_put_and_given_back_and_everybody_sees_it() {
    let app = App::start(40).await;
    let token = app.access(crate::app::EVERYTHING).await;
    let url = app.sandbox.control().join("/control/api/people?search=anders%20DAHL").unwrap();
    let (_, found) = crate::app::answer(app.http.get(url)).await;
    let [anders] = found.as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!((&anders["name"], &anders["availability"]), (&json!("Anders Dahl"), &json!("DoNotDisturb")));
    let id = anders["id"].as_str().unwrap();
    let path = format!("users/{id}/presence");
    let before = crate::app::answer(app.get(&token, &path)).await.1;

    app.must("people/move", json!({ "id": id, "to": Presence::BE_RIGHT_BACK })).await;
    let moved = crate::app::answer(app.get(&token, &path)).await.1;
    assert_eq!(moved["activity"], "BeRightBack");
    assert!(moved["sequenceNumber"].as_str() > before["sequenceNumber"].as_str());
    app.must("people/move", json!({ "id": id, "to": null })).await;
    assert_eq!(crate::app::answer(app.get(&token, &path)).await.1["activity"], before["activity"]);

    let me = app.sandbox.world().colleagues("priya", 10);
    assert!(me.iter().all(|person| person.name != "Priya Raman"), "the agent is nobody's colleague here");
    let nobody = json!({ "id": "00000000-0000-4000-8000-000000000000", "to": null });
    assert_eq!(app.control("people/move", nobody).await.0, 404);
}

#[tokio::test]
async fn a_day_begins_runs_and_ends() {
    let app = App::start(40).await;
    let world = app.sandbox.world();
    let day = app.must("people/day", json!({ "hour": 3, "pace": 1 })).await["day"].clone();
    assert_eq!(day, json!({ "clock": "03:00", "pace": 1 }));
    let offline = |world: &sandbox::World| {
        let people = world.colleagues("", 100);
        people.iter().filter(|person| person.presence == Presence::OFFLINE).count()
    };
    assert!(offline(&world) > 30);
    for wrong in [json!({ "hour": 24, "pace": 1 }), json!({ "hour": 8, "pace": 0 }), json!({ "hour": 8 })] {
        assert_eq!(app.control("people/day", wrong).await.0, 400);
    }
    assert_eq!(app.must("people/day", json!(null)).await["day"], json!(null));
    assert!(offline(&world) < 20);
}

#[tokio::test]
async fn trouble_and_grants_can_be_seen() {
    let app = App::start(0).await;
    let world = || app.sandbox.world().overview();
    assert!(!world().granted);
    let tokens = app.sign_in(crate::app::EVERYTHING).await;
    assert!(world().granted);
    let refresh = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(app.must("entra/lapse", json!({})).await["granted"], false);
    let (status, error) = app.refresh(refresh).await;
    assert_eq!((status, &error["error_codes"][0]), (400, &json!(700_082)));
    app.must("graph/throttle", json!({ "seconds": 60, "retryAfter": 3 })).await;
    assert!(world().trouble.throttled_until.is_some());
    let over = app.must("graph/throttle", json!({ "seconds": 0, "retryAfter": 0 })).await;
    assert_eq!(over["trouble"], json!({ "down": false, "throttledUntil": null }));
    assert_eq!(
        app.must("teams/idle", json!({ "on": true })).await["presence"]["activity"],
        "AvailableInactive"
    );
}

#[tokio::test]
async fn the_control_page_uses_nothing_from_elsewhere_and_only_what_there_is() {
    let app = App::start(0).await;
    let page = app.http.get(app.sandbox.control()).send().await.unwrap();
    assert!(page.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'self';"));
    let page = page.text().await.unwrap();
    for (path, kind) in [
        ("control/page.css", "text/css"),
        ("control/page.js", "text/javascript"),
        ("control/amazon.js", "text/javascript"),
        ("control/calls.js", "text/javascript"),
        ("control/trouble.js", "text/javascript"),
    ] {
        let part = app.http.get(app.sandbox.microsoft().join(path).unwrap()).send().await.unwrap();
        assert!(part.headers()["content-type"].to_str().unwrap().starts_with(kind));
    }
    let root = app.http.get(app.sandbox.microsoft().clone()).send().await.unwrap();
    assert_eq!(root.headers()["location"], "/control");
    // Each button and each form names an operation; one that does not exist would answer 404.
    let named = |attribute: &str| -> Vec<String> {
        let rests = page.split(attribute).skip(1);
        rests.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let (buttons, forms) = (named("data-post=\""), named("data-form=\""));
    assert!(buttons.len() > 20 && forms.len() > 6);
    for path in buttons.iter().chain(&forms) {
        assert_ne!(app.control(path, json!("no body of any operation")).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn the_settings_point_at_the_servers() {
    let app = App::start(0).await;
    let settings = app.sandbox.settings_toml();
    assert!(!settings.contains("connect_api"), "without reading colleagues there, there is no such key");
    let more = app.sandbox.settings_toml_with_connect_api();
    let aws = app.sandbox.aws();
    for line in [
        format!("connect_api = \"{aws}\""),
        format!("sts = \"{aws}\""),
        "region = \"eu-west-2\"".to_owned(),
        "role_arn = \"arn:aws:iam::123456789012:role/ConnectPathDesk\"".to_owned(),
    ] {
        assert!(more.starts_with(&settings) && more.lines().any(|known| known == line), "{line} in\n{more}");
    }
    let (microsoft, connect) = (app.sandbox.microsoft(), app.sandbox.connect());
    for line in [
        "admin_consent = true".to_owned(),
        format!("instance = \"{}\"", connect.as_str().trim_end_matches('/')),
        format!("login = \"{microsoft}login/\""),
        format!("graph = \"{microsoft}graph/v1.0/\""),
        format!("ccp = \"{connect}\""),
    ] {
        assert!(settings.lines().any(|known| known == line), "{line} in\n{settings}");
    }
}

#[tokio::test]
async fn a_taken_port_is_one_clear_sentence() {
    let first = sandbox::start(Options::default()).await.unwrap();
    let port = first.microsoft().port().unwrap();
    let error = sandbox::start(Options { port, people: 0 }).await.unwrap_err();
    assert!(matches!(error, StartError::Taken(taken) if taken == port));
    let sentence = format!("Port {port} is taken by another program. Choose another port for the sandbox.");
    assert_eq!(error.to_string(), sentence);
    for port in [65534, 65535] {
        let error = sandbox::start(Options { port, people: 0 }).await.unwrap_err();
        assert!(matches!(error, StartError::LastPort(last) if last == port));
    }
}

#[tokio::test]
async fn a_dropped_sandbox_gives_its_ports_back() {
    // Ports that the system gives to nobody who asks for any port, so that no other test can take them in between.
    let mut free: Option<(Sandbox, u16)> = None;
    for port in (21_000..31_000).step_by(3) {
        free = sandbox::start(Options { port, people: 0 }).await.ok().map(|sandbox| (sandbox, port));
        if free.is_some() {
            break;
        }
    }
    let (sandbox, port) = free.unwrap();
    drop(sandbox);
    let mut again = sandbox::start(Options { port, people: 0 }).await;
    for _ in 0..1000 {
        if again.is_ok() {
            break;
        }
        tokio::task::yield_now().await;
        again = sandbox::start(Options { port, people: 0 }).await;
    }
    assert!(again.is_ok(), "{:?}", again.err());
}
