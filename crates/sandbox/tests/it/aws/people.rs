//! What the service API says about Contoso's agents, and that it is the same Contoso as everywhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;
use std::time::Duration;

use sandbox::{Channel, Presence, Reading, SeatMove, Words};
use serde_json::{Value, json};

use super::{Desk, INSTANCE, PRIYA};
use crate::app::{EVERYTHING, answer};

/// More pages than any list here has.
const MOST_PAGES: usize = 500;

/// Every user, in pages of that size.
async fn search(desk: &Desk, size: usize) -> Vec<Value> {
    let (mut users, mut token) = (Vec::new(), Value::Null);
    let mut pages = 0;
    loop {
        pages += 1;
        assert!(pages <= MOST_PAGES, "the pages have no end");
        let body = json!({ "InstanceId": INSTANCE, "MaxResults": size, "NextToken": token });
        let answer = desk.post("search-users", body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        users.extend(answer.body["Users"].as_array().unwrap().iter().cloned());
        token = answer.body["NextToken"].clone();
        if token.is_null() {
            return users;
        }
        desk.world().let_pass(Duration::from_secs(1));
    }
}

/// Everybody in Entra.
async fn entra(desk: &Desk) -> Vec<Value> {
    let token = desk.app.access(EVERYTHING).await;
    let first = desk.app.get(&token, "users?$select=id,displayName,mail,mobilePhone");
    let (mut people, mut next) = (Vec::new(), Some(first));
    let mut pages = 0;
    while let Some(request) = next {
        pages += 1;
        assert!(pages <= MOST_PAGES, "the pages have no end");
        let page = answer(request).await.1;
        people.extend(page["value"].as_array().unwrap().iter().cloned());
        next = page["@odata.nextLink"].as_str().map(|link| desk.app.http.get(link).bearer_auth(&token));
    }
    people
}

#[tokio::test]
async fn users_are_recognised_by_tag_by_username_or_only_by_their_description() {
    let desk = Desk::start(40).await;
    let users = search(&desk, 500).await;
    assert_eq!(search(&desk, 10).await, users, "pages make the same list");
    let people = entra(&desk).await;
    let mut ways: BTreeMap<&str, u32> = BTreeMap::new();
    for user in &users {
        let username = user["Username"].as_str().unwrap();
        let tag = user["Tags"]["entra_object_id"].as_str();
        desk.world().let_pass(Duration::from_secs(1));
        let described = desk.get(&format!("users/{INSTANCE}/{}", user["Id"].as_str().unwrap())).await.body;
        let identity = &described["User"]["IdentityInfo"];
        let (email, mobile) = (identity["Email"].as_str(), identity["Mobile"].as_str());
        let found = |way: &dyn Fn(&Value) -> bool| people.iter().filter(|person| way(person)).count() == 1;
        let is = |text: Option<&str>, of: &str, person: &Value| {
            text.is_some_and(|text| {
                person[of].as_str().is_some_and(|known| known.replace(' ', "").eq_ignore_ascii_case(text))
            })
        };
        let way = if found(&|person| is(tag, "id", person)) {
            "tag"
        } else if found(&|person| is(Some(username), "mail", person)) {
            "username"
        } else if found(&|person| is(email, "mail", person)) {
            "email"
        } else if found(&|person| is(mobile, "mobilePhone", person)) {
            "mobile"
        } else {
            "none"
        };
        *ways.entry(way).or_default() += 1;
    }
    assert_eq!(
        ways.keys().copied().collect::<Vec<_>>(),
        ["email", "mobile", "none", "tag", "username"],
        "{ways:?}"
    );
    assert_eq!(ways["none"], 2, "{ways:?}");
    assert_eq!(users[0]["Id"], PRIYA);
    assert_eq!(
        users[0]["Tags"]["entra_object_id"],
        people.iter().find(|person| person["displayName"] == "Priya Raman").unwrap()["id"]
    );
    let names: Vec<_> = users.iter().map(|user| user["IdentityInfo"].to_string()).collect();
    assert_eq!(names.len() - names.iter().collect::<BTreeSet<_>>().len(), 1, "one pair has the same name");
}

#[tokio::test]
async fn a_search_finds_by_its_conditions() {
    let desk = Desk::start(30).await;
    let ask = async |criteria: Value, filter: Value| {
        let body = json!({ "InstanceId": INSTANCE, "SearchCriteria": criteria, "SearchFilter": filter });
        let answer = desk.post("search-users", body).await;
        desk.world().let_pass(Duration::from_secs(1));
        (answer.status, answer.body["ApproximateTotalCount"].as_u64())
    };
    let name = |field: &str, how: &str, value: &str| {
        let condition = json!({ "FieldName": field, "ComparisonType": how, "Value": value });
        json!({ "StringCondition": condition })
    };
    let none = Value::Null;
    assert_eq!(ask(name("Username", "EXACT", "PRIYA.raman"), none.clone()).await, (200, Some(1)));
    let both = json!({ "AndConditions": [name("FirstName", "EXACT", "Lena"), name("LastName", "STARTS_WITH", "F")] });
    assert_eq!(ask(both, none.clone()).await, (200, Some(2)));
    let either =
        json!({ "OrConditions": [name("resourceId", "EXACT", PRIYA), name("FirstName", "CONTAINS", "igh")] });
    assert_eq!(ask(either, none.clone()).await, (200, Some(2)));
    assert_eq!(ask(name("ShoeSize", "EXACT", "43"), none.clone()).await.0, 400);
    let tagged = json!({ "TagFilter": { "TagCondition": { "TagKey": "entra_object_id" } } });
    let (status, count) = ask(none, tagged).await;
    assert!(status == 200 && count.unwrap() > 5, "{count:?}");
}

#[tokio::test]
async fn the_agent_has_one_state_in_the_panel_and_in_the_api() {
    let desk = Desk::start(0).await;
    let world = desk.world();
    let read = async || desk.read_one(PRIYA).await;
    world.ring(Channel::Voice, "+441632960123").unwrap();
    world.let_pass(Duration::from_secs(3));
    let ringing = read().await.unwrap();
    let contact = &ringing["Contacts"][0];
    assert_eq!(
        (&contact["AgentContactState"], &contact["Channel"], &contact["InitiationMethod"]),
        (&json!("CONNECTING"), &json!("VOICE"), &json!("INBOUND"))
    );
    assert_eq!((&contact["ConnectedToAgentTimestamp"], &ringing["NextStatus"]), (&Value::Null, &Value::Null));
    assert!(!ringing.to_string().contains("+44"), "no number of a customer");
    world.connect_contact().unwrap();
    world.choose_status("Lunch").unwrap();
    let taken = read().await.unwrap();
    world.let_pass(Duration::from_secs(60));
    world.hold_contact().unwrap();
    let held = read().await.unwrap();
    assert_eq!(held["Contacts"][0]["AgentContactState"], "CONNECTED_ONHOLD");
    for moment in ["StateStartTimestamp", "ConnectedToAgentTimestamp"] {
        assert!(held["Contacts"][0][moment].is_f64());
        assert_eq!(held["Contacts"][0][moment], taken["Contacts"][0][moment], "hold does not move {moment}");
    }
    assert_eq!((&held["NextStatus"], &held["Status"]["StatusName"]), (&json!("Lunch"), &json!("Available")));
    assert_eq!(
        (&held["ActiveSlotsByChannel"]["VOICE"], &held["AvailableSlotsByChannel"]["VOICE"]),
        (&json!(1), &json!(0))
    );
    world.let_pass(Duration::from_secs(1));
    world.end_contact().unwrap();
    assert_eq!(read().await.unwrap()["Contacts"][0]["AgentContactState"], "ENDED");
    world.clear_contact().unwrap();
    world.let_pass(Duration::from_secs(1));
    let lunch = read().await.unwrap();
    assert_eq!((&lunch["Status"]["StatusName"], &lunch["Contacts"]), (&json!("Lunch"), &json!([])));
    world.set_logged_in(false);
    assert_eq!(read().await, None, "a user who is logged out is in no reading");
}

#[tokio::test]
async fn words_of_tomorrow_are_spoken_by_the_api_too() {
    let desk = Desk::start(0).await;
    let world = desk.world();
    world.ring(Channel::Chat, "+441632960123").unwrap();
    world.connect_contact().unwrap();
    let beside = Some(sandbox::ContactWords { kind: "sms".to_owned(), state: "transferring".to_owned() });
    world.set_words(Words {
        contact_type: Some("video".to_owned()),
        beside,
        unknown_fields: true,
        ..Words::default()
    });
    let read = desk.read_one(PRIYA).await.unwrap();
    let shown: Vec<_> = read["Contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|contact| (&contact["Channel"], &contact["AgentContactState"]))
        .collect();
    assert_eq!(shown, [(&json!("VIDEO"), &json!("CONNECTED")), (&json!("SMS"), &json!("TRANSFERRING"))]);
    assert!(read["AddedTomorrow"].is_object());
}

#[tokio::test]
async fn a_colleague_is_moved_on_either_side_without_the_other() {
    let desk = Desk::start(40).await;
    let grace = desk.user("grace.holloway");
    let id = grace.id.to_string();
    let overview =
        desk.app.must("amazon/move", json!({ "id": grace.id, "how": { "status": "Training" } })).await;
    assert!(overview["statuses"].is_array());
    assert_eq!(desk.read_one(&id).await.unwrap()["Status"]["StatusName"], "Training");
    let seen = desk.world().colleagues("Grace Holloway", 1).remove(0);
    assert_eq!((Some(seen.id), seen.presence, seen.moved), (grace.person, Presence::AVAILABLE, false));
    for how in [
        json!({ "status": "Available" }),
        json!({ "ring": "chat" }),
        json!("connect"),
        json!({ "ring": "voice" }),
    ] {
        desk.app.must("amazon/move", json!({ "id": grace.id, "how": how })).await;
    }
    let both = desk.read_one(&id).await.unwrap();
    let states: Vec<_> =
        both["Contacts"].as_array().unwrap().iter().map(|contact| &contact["AgentContactState"]).collect();
    assert_eq!(states, ["CONNECTED", "CONNECTING"]);
    desk.app.must("amazon/move", json!({ "id": grace.id, "how": "logOut" })).await;
    assert_eq!(desk.read_one(&id).await, None);
    desk.app.must("amazon/move", json!({ "id": grace.id, "how": "asUsual" })).await;
    desk.world().move_colleague(grace.person.unwrap(), Some(Presence::OFFLINE)).unwrap();
    desk.world().let_pass(Duration::from_secs(5));
    assert!(desk.read_one(&id).await.is_some(), "Teams moves nobody in Connect");

    for (body, status) in [
        (json!({ "id": grace.id, "how": "resume" }), 400),
        (json!({ "id": grace.id, "how": { "status": "Nap" } }), 400),
        (json!({ "id": PRIYA, "how": "logOut" }), 404),
        (json!({ "id": grace.id, "how": "dance" }), 400),
    ] {
        assert_eq!(desk.app.control("amazon/move", body.clone()).await.0, status, "{body}");
    }
    assert!(!desk.user("grace.holloway").moved, "what is refused moves nobody");
}

/// Everybody whom a reading by routing profiles shows, in small pages.
async fn read_all(desk: &Desk) -> Vec<Value> {
    let profiles = ["5e6f", "5e70", "5e71"].map(|end| format!("7c0d9a12-8b34-4e56-af78-1a2b3c4d{end}"));
    let (mut users, mut token) = (Vec::new(), Value::Null);
    let mut pages = 0;
    loop {
        pages += 1;
        assert!(pages <= MOST_PAGES, "the pages have no end");
        let filters = json!({ "RoutingProfiles": profiles });
        let body = json!({ "Filters": filters, "MaxResults": 20, "NextToken": token });
        let answer = desk.post(&format!("metrics/userdata/{INSTANCE}"), body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        users.extend(answer.body["UserDataList"].as_array().unwrap().iter().cloned());
        token = answer.body["NextToken"].clone();
        if token.is_null() {
            assert_eq!(answer.body["ApproximateTotalCount"], users.len());
            return users;
        }
    }
}

#[tokio::test]
async fn the_day_is_the_same_on_both_sides() {
    let mut desk = Desk::start(60).await;
    let world = desk.world();
    world.set_day(Some((7, NonZeroU16::MIN)));
    let mut seen = BTreeSet::new();
    for _ in 0..24 {
        world.let_pass(Duration::from_secs(31 * 60));
        desk.renew().await;
        let read: BTreeMap<String, Value> = read_all(&desk)
            .await
            .into_iter()
            .map(|user| (user["User"]["Id"].as_str().unwrap().to_owned(), user))
            .collect();
        let teams: BTreeMap<_, _> =
            world.colleagues("", 100).into_iter().map(|person| (person.id, person.presence)).collect();
        let now = world.now().as_second();
        for user in world.connect_users("", 100).into_iter().filter(|user| !user.agent) {
            let Some(presence) = user.person.and_then(|person| teams.get(&person)) else { continue };
            let Some(entry) = read.get(&user.id.to_string()) else {
                assert!([Presence::OFFLINE, Presence::OUT_OF_OFFICE].contains(presence), "{}", user.name);
                continue;
            };
            assert!(entry["Status"]["StatusStartTimestamp"].as_f64().unwrap() <= now as f64 + 1.0);
            for contact in entry["Contacts"].as_array().unwrap() {
                let state = contact["AgentContactState"].as_str().unwrap().to_owned();
                assert_eq!(state == "ENDED", *presence != Presence::IN_A_CALL, "{} {state}", user.name);
                seen.insert(state);
                seen.insert(contact["Channel"].as_str().unwrap().to_owned());
            }
            seen.insert(entry["Status"]["StatusName"].as_str().unwrap().to_owned());
        }
    }
    for wanted in ["CONNECTED", "VOICE", "CHAT", "Available", "Lunch", "Training"] {
        assert!(seen.contains(wanted), "{wanted} in {seen:?}");
    }
}

#[tokio::test]
async fn a_user_who_has_just_logged_in_is_missing_once_if_so_set() {
    let desk = Desk::start(20).await;
    let world = desk.world();
    let grace = desk.user("grace.holloway");
    let id = grace.id.to_string();
    desk.app.must("amazon/reading", json!({ "lateLogins": true, "leavers": "refused" })).await;
    assert!(desk.read_one(&id).await.is_some(), "a user who was there before is there");
    world.move_in_connect(grace.id, &SeatMove::LogOut).unwrap();
    assert_eq!(desk.read_one(&id).await, None);
    world.move_in_connect(grace.id, &SeatMove::LogIn).unwrap();
    assert_eq!(desk.read_one(&id).await, None, "eventual consistency");
    assert!(desk.read_one(&id).await.is_some());
    world.set_reading(Reading::default());
}

#[tokio::test]
async fn a_leaver_is_in_no_list_and_spoils_a_reading_unless_set_otherwise() {
    let desk = Desk::start(20).await;
    let grace = desk.user("grace.holloway");
    let before = search(&desk, 500).await.len();
    desk.app.must("amazon/leave", json!({ "id": grace.id, "left": true })).await;
    assert_eq!(search(&desk, 500).await.len(), before - 1);
    let both = json!({ "Filters": { "Agents": [PRIYA, grace.id] } });
    let path = format!("metrics/userdata/{INSTANCE}");
    assert_eq!(desk.post(&path, both.clone()).await.refusal(), (404, "ResourceNotFoundException"));
    desk.app.must("amazon/reading", json!({ "leavers": "absent" })).await;
    let read = desk.post(&path, both).await;
    assert_eq!((read.status, read.body["UserDataList"].as_array().unwrap().len()), (200, 1));
    assert_eq!(desk.get(&format!("users/{INSTANCE}/{}", grace.id)).await.status, 404);
    desk.app.must("amazon/leave", json!({ "id": grace.id, "left": false })).await;
    assert_eq!(desk.get(&format!("users/{INSTANCE}/{}", grace.id)).await.status, 200);
}

#[tokio::test]
async fn a_renamed_status_keeps_its_arn_everywhere_and_a_disabled_one_leaves_the_list() {
    let desk = Desk::start(0).await;
    let statuses = async || {
        let answer = desk.get(&format!("agent-status/{INSTANCE}")).await;
        answer.body["AgentStatusSummaryList"].as_array().unwrap().clone()
    };
    let before = statuses().await;
    assert_eq!((before.len(), &before[0]["Type"]), (6, &json!("ROUTABLE")));
    desk.app.must("amazon/rename", json!({ "name": "Available", "to": "Ready" })).await;
    let after = statuses().await;
    assert_eq!((&after[0]["Name"], &after[0]["Arn"]), (&json!("Ready"), &before[0]["Arn"]));
    let read = desk.read_one(PRIYA).await.unwrap();
    assert_eq!(
        (&read["Status"]["StatusName"], &read["Status"]["StatusArn"]),
        (&json!("Ready"), &before[0]["Arn"])
    );
    assert_eq!(desk.world().overview().agent.chosen, "Ready");
    desk.world().choose_status("Lunch").unwrap();
    let overview = desk.app.must("amazon/enable", json!({ "name": "Lunch", "on": false })).await;
    assert_eq!(overview["agent"]["chosen"], "Lunch", "an agent in it stays in it");
    assert_eq!(statuses().await.len(), 5);
    assert_eq!(desk.read_one(PRIYA).await.unwrap()["Status"]["StatusName"], "Lunch");
    assert_eq!(desk.app.control("amazon/enable", json!({ "name": "Ready", "on": false })).await.0, 400);
    assert_eq!(desk.app.control("agent/status", json!({ "name": "Lunch" })).await.0, 400);
}
