//! Trouble over the sockets: every endpoint meets its own fault, bodies break as they do in the field, and all of it
//! can be set from the control page.

use std::time::Duration;

use reqwest::Response;
use sandbox::{Body, Endpoint, Fault, Listing, Meets, Pages, StatusCode, TokenOddity};
use serde_json::{Value, json};

use crate::app::{App, EVERYTHING, answer};

/// One request to each endpoint, with its path.
const READS: [(Endpoint, &str); 3] = [
    (Endpoint::OwnPresence, "me/presence"),
    (Endpoint::Directory, "users?$select=id,businessPhones"),
    (Endpoint::Me, "me"),
];

async fn read(app: &App, token: &str, path: &str) -> Response {
    app.get(token, path).send().await.unwrap()
}

async fn status(app: &App, token: &str, path: &str) -> u16 {
    read(app, token, path).await.status().as_u16()
}

fn session(app: &App) -> Value {
    json!({
        "sessionId": app.client_id, "availability": "Available", "activity": "Available", "expirationDuration": "PT5M"
    })
}

#[tokio::test]
async fn each_endpoint_meets_its_own_fault_and_no_other() {
    let app = App::start(3).await;
    let world = app.sandbox.world();
    let tokens = app.sign_in(EVERYTHING).await;
    let (token, refresh) =
        (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let (_, page) = answer(app.get(token, "users?$select=id")).await;
    let other = page["value"][1]["id"].as_str().unwrap();
    let statuses = async || {
        let mut all = Vec::new();
        for (_, path) in READS {
            all.push(status(&app, token, path).await);
        }
        all.push(status(&app, token, &format!("users/{other}/presence")).await);
        all.push(app.http.post(app.login("token")).send().await.unwrap().status().as_u16());
        all
    };
    let well = [200, 200, 200, 200, 400];
    assert_eq!(statuses().await, well);
    let places =
        [Endpoint::OwnPresence, Endpoint::Directory, Endpoint::Me, Endpoint::Colleagues, Endpoint::Token];
    for (at, place) in places.into_iter().enumerate() {
        world.set_fault(place, Fault::refusal(StatusCode::BAD_GATEWAY));
        let mut expected = well;
        expected[at] = 502;
        assert_eq!(statuses().await, expected, "{place:?}");
        world.clear_faults();
    }
    world.set_fault(Endpoint::Graph, Fault::refusal(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(statuses().await, [500, 500, 500, 500, 400]);
    world.set_fault(Endpoint::Everything, Fault::refusal(StatusCode::FORBIDDEN));
    world.end_fault(Endpoint::Graph);
    assert_eq!(statuses().await, [403; 5]);
    assert_eq!(app.refresh(refresh).await.0, 403);
    // The person's own sign-in page is no service of the application.
    let page = app.authorize("http://localhost:4321/", EVERYTHING);
    assert_eq!(app.http.get(page).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_write_that_is_refused_is_not_done_and_one_whose_answer_is_cut_is() {
    let app = App::start(0).await;
    let world = app.sandbox.world();
    let token = app.access(EVERYTHING).await;
    let path = "me/presence/setPresence";
    world.set_fault(Endpoint::Writes, Fault::refusal(StatusCode::GATEWAY_TIMEOUT));
    assert_eq!(app.post(&token, path, session(&app)).await.0, 504);
    assert!(world.overview().writes.is_empty());
    world.set_fault(Endpoint::Writes, Fault::changed(Body::Text("half of".to_owned())));
    let url = app.sandbox.microsoft().join("graph/v1.0/").unwrap().join(path).unwrap();
    let answered = app.http.post(url).bearer_auth(&token).json(&session(&app)).send().await.unwrap();
    assert_eq!((answered.status().as_u16(), answered.text().await.unwrap().as_str()), (200, "half of"));
    assert_eq!(world.overview().writes.len(), 1);
    assert_eq!(status(&app, &token, "me/presence").await, 200);
}

#[tokio::test]
async fn a_401_may_come_with_a_challenge_or_without_and_now_and_then() {
    let app = App::start(0).await;
    let world = app.sandbox.world();
    let token = app.access(EVERYTHING).await;
    // FIELD 3: the token is valid all the time.
    let meets = Meets::Cycle { pass: 1, meet: 3 };
    world.set_fault(Endpoint::OwnPresence, Fault { meets, ..Fault::refusal(StatusCode::UNAUTHORIZED) });
    let mut seen = Vec::new();
    for _ in 0..6 {
        let answer = read(&app, &token, "me/presence").await;
        assert!(
            !answer.headers().contains_key("www-authenticate") && answer.headers().contains_key("request-id")
        );
        seen.push(answer.status().as_u16());
    }
    assert_eq!(seen, [200, 401, 401, 401, 200, 401]);
    let answered: Vec<_> = world.overview().reads.iter().map(|read| read.answered).collect();
    assert_eq!(answered, [true, false, false, false, true, false]);
    let challenge = Fault { challenge: true, ..Fault::refusal(StatusCode::UNAUTHORIZED) };
    world.set_fault(Endpoint::OwnPresence, challenge);
    let answer = read(&app, &token, "me/presence").await;
    assert!(answer.headers()["www-authenticate"].to_str().unwrap().contains("insufficient_claims"));
}

#[tokio::test]
async fn retry_after_has_every_form() {
    let app = App::start(0).await;
    let token = app.access(EVERYTHING).await;
    for text in ["0", "86400", "3.5", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", "-1", ""] {
        let fault = Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after(text);
        app.sandbox.world().set_fault(Endpoint::Me, fault);
        let answer = read(&app, &token, "me").await;
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["retry-after"].as_bytes()),
            (429, text.as_bytes())
        );
    }
    let twice = Fault::refusal(StatusCode::SERVICE_UNAVAILABLE).with_retry_after("1").with_retry_after("2");
    app.sandbox.world().set_fault(Endpoint::Me, twice);
    let answer = read(&app, &token, "me").await;
    assert_eq!(answer.headers().get_all("retry-after").iter().count(), 2);
}

#[tokio::test]
async fn bodies_break_as_they_do_in_the_field() {
    let app = App::start(3).await;
    let world = app.sandbox.world();
    let token = app.access(EVERYTHING).await;
    let broken = async |body: Body| {
        world.set_fault(Endpoint::Directory, Fault::changed(body));
        read(&app, &token, "users").await
    };
    let answer = broken(Body::Cut).await;
    assert!(answer.headers().contains_key("content-length"));
    assert!(answer.bytes().await.is_err(), "the connection ends before the promised length");
    assert!(broken(Body::Garbage).await.json::<Value>().await.is_err());
    assert_eq!(broken(Body::Empty).await.bytes().await.unwrap().len(), 0);
    let (_, odd) = (broken(Body::NullEntry).await, answer_of(&app, &token).await);
    assert!(odd["value"][0].is_null() && odd["value"][1].is_object());
    let proxy = Fault { body: Body::Proxy, ..Fault::refusal(StatusCode::PROXY_AUTHENTICATION_REQUIRED) };
    world.set_fault(Endpoint::Directory, proxy);
    let answer = read(&app, &token, "users").await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (407, &"text/html; charset=utf-8".parse().unwrap())
    );
    assert!(answer.text().await.unwrap().contains("<h1>"));

    let mut endless = broken(Body::Endless).await;
    let mut bytes = 0;
    while bytes < 4_000_000 {
        bytes += endless.chunk().await.unwrap().unwrap().len();
    }
    let mut dripping = broken(Body::Dripping).await;
    assert_eq!(dripping.chunk().await.unwrap().unwrap().as_ref(), b"{");
}

async fn answer_of(app: &App, token: &str) -> Value {
    answer(app.get(token, "users")).await.1
}

#[tokio::test]
async fn an_answer_is_kept_for_its_delay() {
    let app = App::start(0).await;
    let token = app.access(EVERYTHING).await;
    app.sandbox.world().set_fault(Endpoint::Me, Fault::slow(Duration::from_millis(300)));
    let start = std::time::Instant::now();
    assert_eq!(status(&app, &token, "me").await, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn token_answers_are_odd_by_name() {
    let app = App::start(0).await;
    let world = app.sandbox.world();
    let refresh = app.sign_in(EVERYTHING).await["refresh_token"].as_str().unwrap().to_owned();
    for (oddity, field, expected) in [
        (TokenOddity::ExpiresAsText, "expires_in", Some(json!("4500"))),
        (TokenOddity::ExpiresAsFraction, "expires_in", Some(json!(4500.0))),
        (TokenOddity::ExpiresZero, "expires_in", Some(json!(0))),
        (TokenOddity::ExpiresMissing, "expires_in", None),
        (TokenOddity::ExpiresNegative, "expires_in", Some(json!(-3599))),
        (TokenOddity::ExpiresHuge, "expires_in", Some(json!(u64::MAX))),
        (TokenOddity::TypeMissing, "token_type", None),
        (TokenOddity::TypeOther, "token_type", Some(json!("pop"))),
        (TokenOddity::RefreshEmpty, "refresh_token", Some(json!(""))),
        (TokenOddity::Nulls, "id_token", Some(Value::Null)),
        (TokenOddity::ExtensionsAsText, "ext_expires_in", Some(json!("4500"))),
    ] {
        world.set_fault(Endpoint::Token, Fault::changed(Body::Token(oddity)));
        let (status, tokens) = app.refresh(&refresh).await;
        assert_eq!((status, tokens.get(field)), (200, expected.as_ref()), "{oddity:?}");
        assert!(tokens["access_token"].is_string());
    }
}

#[tokio::test]
async fn lists_of_people_lead_to_themselves_back_or_nowhere() {
    let app = App::start(30).await;
    let world = app.sandbox.world();
    let token = app.access(EVERYTHING).await;
    let follow = async |listing: Listing, pages: usize| {
        world.set_listing(listing);
        let mut links =
            vec![app.get(&token, "users?$select=id,businessPhones").build().unwrap().url().to_string()];
        let mut last = json!(null);
        for _ in 0..pages {
            let next = app.http.get(links.last().unwrap()).bearer_auth(&token);
            last = answer(next).await.1;
            let Some(link) = last["@odata.nextLink"].as_str() else { break };
            links.push(link.to_owned());
        }
        (links, last)
    };
    let pages = |pages| Listing { pages, ..Listing::default() };
    assert_eq!(follow(pages(Pages::InOrder), 9).await.0.len(), 2);
    let (itself, _) = follow(pages(Pages::ToItself), 3).await;
    assert_eq!((itself.len(), &itself[1]), (4, &itself[2]));
    let (back, _) = follow(pages(Pages::ToAnEarlierOne), 4).await;
    assert_eq!((back.len(), &back[1]), (5, &back[3]));
    assert_ne!(back[1], back[2]);
    let (endless, last) = follow(pages(Pages::WithoutEnd), 8).await;
    let different: std::collections::HashSet<_> = endless.iter().collect();
    assert_eq!((endless.len(), different.len()), (9, 9));
    assert!(!last["value"].as_array().unwrap().is_empty());
    let (respelled, _) = follow(pages(Pages::ToItselfRespelled), 3).await;
    let different: std::collections::HashSet<_> = respelled.iter().collect();
    assert_eq!((respelled.len(), different.len()), (4, 4));
    let (_, expired) = follow(Listing { expired: 1, ..Listing::default() }, 2).await;
    assert_eq!(expired["error"]["code"], json!("Request_BadRequest"));
    let (again, _) = follow(Listing::default(), 2).await;
    assert_eq!(again.len(), 2);
    let (_, last) = follow(Listing { null_phones: true, ..Listing::default() }, 1).await;
    let people = last["value"].as_array().unwrap();
    assert!(people.iter().all(|person| person["businessPhones"].as_array().unwrap().contains(&Value::Null)));
    assert!(people.iter().any(|person| person["businessPhones"] == json!([null])));
}

#[tokio::test]
async fn licence_filters_are_refused_and_names_are_odd_as_the_control_page_says() {
    let app = App::start(30).await;
    let token = app.access(EVERYTHING).await;
    let plan = "assignedPlans/any(p:p/servicePlanId eq 57ff2da0-773e-42df-b2af-ffb7a2317929)";
    let both = format!("accountEnabled eq true and ({plan})");
    let asked = async |filter: &str| {
        let path = format!("users?$count=true&$top=1&$select=id&$filter={filter}");
        let request = app.get(&token, &path).header("ConsistencyLevel", "eventual");
        answer(request).await.0
    };
    for (filters, statuses) in [
        ("taken", [200, 200]),
        ("tooComplex", [400, 200]),
        ("unsupported", [400, 400]),
        ("notImplemented", [501, 501]),
    ] {
        app.must("trouble/listing", json!({ "filters": filters })).await;
        assert_eq!([asked(&both).await, asked(plan).await], statuses, "{filters}");
    }
    app.must("trouble/listing", json!({ "oddNames": true })).await;
    let request = app.get(&token, "users?$top=25&$select=id,displayName,userPrincipalName");
    let (_, page) = answer(request).await;
    let people = page["value"].as_array().unwrap();
    assert_eq!(people[1]["displayName"], json!("\u{200b}"));
    assert_eq!(
        (&people[9]["displayName"], &people[9]["userPrincipalName"]),
        (&json!("No UPN"), &json!(null))
    );
}

#[tokio::test]
async fn requests_are_counted_by_endpoint_and_within_a_window_of_the_worlds_time() {
    let app = App::start(0).await;
    let world = app.sandbox.world();
    let token = app.access(EVERYTHING).await;
    world.set_fault(Endpoint::Me, Fault::refusal(StatusCode::UNAUTHORIZED));
    for _ in 0..3 {
        status(&app, &token, "me").await;
    }
    world.let_pass(Duration::from_secs(120));
    for (_, path) in READS {
        status(&app, &token, path).await;
    }
    let requests = world.overview().requests;
    let counted =
        [Endpoint::Me, Endpoint::OwnPresence, Endpoint::Token, Endpoint::Graph, Endpoint::Everything];
    assert_eq!(counted.map(|endpoint| requests[&endpoint]), [4, 1, 1, 6, 7]);
    assert_eq!(world.requests(Endpoint::Me).len(), 4);
    let minute = Duration::from_secs(60);
    assert_eq!(world.most_requests_within(Endpoint::Me, minute), 3);
    assert_eq!(world.most_requests_within(Endpoint::Me, Duration::from_secs(600)), 4);
    assert_eq!(world.most_requests_within(Endpoint::Writes, minute), 0);
    let url = app.sandbox.control().join("/control/api/trouble/requests?endpoint=me&seconds=60").unwrap();
    let (_, counted) = answer(app.http.get(url)).await;
    assert_eq!((&counted["most"], counted["at"].as_array().unwrap().len()), (&json!(3), 4));
}

#[tokio::test]
async fn the_control_page_sets_shows_and_clears_all_trouble() {
    let app = App::start(0).await;
    let token = app.access(EVERYTHING).await;
    let fault = json!({
        "status": 429, "headers": [["Retry-After", "soon"]], "body": "empty", "meets": { "next": 2 }, "seconds": 60
    });
    let set = app.must("trouble/fault", json!({ "endpoint": "me", "fault": fault })).await;
    assert_eq!(
        (&set["faults"][0]["endpoint"], &set["faults"][0]["meets"]),
        (&json!("me"), &json!({ "next": 2 }))
    );
    let answer = read(&app, &token, "me").await;
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "soon"));
    assert_eq!(answer.text().await.unwrap(), "");
    let odd = json!({ "status": null, "body": { "token": "expiresAsText" } });
    app.must("trouble/fault", json!({ "endpoint": "token", "fault": odd })).await;
    app.must("trouble/listing", json!({ "pages": "toItself", "nullPhones": true })).await;
    app.must("trouble/panel", json!({ "kind": "broken", "how": "frozen", "reloadHelps": true })).await;
    app.must("trouble/panel", json!({ "kind": "late", "seconds": 12 })).await;
    let all = app.must("trouble/words", json!({ "contactType": "sms", "systemStatus": true })).await;
    assert_eq!(all["faults"].as_array().unwrap().len(), 2);
    assert_eq!(all["panel"], json!({ "kind": "late", "seconds": 12 }));
    assert_eq!((&all["listing"]["pages"], &all["words"]["contactType"]), (&json!("toItself"), &json!("sms")));
    app.must("graph/down", json!({ "on": true })).await;
    let clear = app.must("trouble/clear", json!({})).await;
    assert_eq!(
        (&clear["faults"], &clear["panel"], &clear["trouble"]["down"]),
        (&json!([]), &json!(null), &json!(false))
    );
    assert_eq!(
        (&clear["listing"]["pages"], &clear["words"]["contactType"]),
        (&json!("inOrder"), &json!(null))
    );

    for (path, body) in [
        ("trouble/fault", json!({ "endpoint": "me", "fault": { "status": 99 } })),
        ("trouble/fault", json!({ "endpoint": "me", "fault": { "headers": [["no name", "x"]] } })),
        ("trouble/fault", json!({ "endpoint": "kitchen", "fault": null })),
        ("trouble/panel", json!({ "kind": "broken" })),
        ("trouble/words", json!({ "contact": "sms" })),
    ] {
        let (status, answer) = app.control(path, body).await;
        assert!(status == 400 && answer["error"].is_string(), "{path}: {status} {answer}");
    }
    assert_eq!(
        app.must("trouble/fault", json!({ "endpoint": "me", "fault": null })).await["faults"],
        json!([])
    );
}
