//! Own presence, writes, colleagues' presence, and the signed-in person.

use std::time::Duration;

use graph::{DirectoryNumber, GraphError, NumberKind, OwnPresence};
use jiff::Timestamp;
use presence::{
    engine::Write,
    identity::ObjectId,
    teams::{Availability, Detail, PreferredPresence, SessionPresence, TeamsState},
};
use serde_json::{Value, json};

use crate::server::{APPLICATION, OWN, Server, token};

fn busy_in_a_call() -> Value {
    json!({
        "id": OWN, "availability": "Busy", "activity": "InACall", "sequenceNumber": "A0637472858771465",
        "outOfOfficeSettings": { "message": null, "isOutOfOffice": false }, "statusMessage": null,
    })
}

#[tokio::test]
async fn own_presence_is_read_with_its_stamp_and_the_moment_of_asking() {
    let server = Server::answering(200, &busy_in_a_call()).await;
    let at = Timestamp::from_second(1_800_000_000).unwrap();
    let OwnPresence { reading, message } = server.graph().own_presence(&token(), at).await.unwrap();
    assert_eq!(message, None);
    assert_eq!(reading.state, TeamsState::with(Availability::Busy, Detail::InCall));
    assert_eq!(reading.sequence.as_deref(), Some("A0637472858771465"));
    assert_eq!(reading.at, at);
    let asked = server.received();
    assert_eq!(asked[0].path, "/graph/v1.0/me/presence");
    assert_eq!(asked[0].headers["authorization"], "Bearer the-access-token");
}

#[tokio::test]
async fn a_presence_may_come_wrapped_or_without_everything_that_is_optional() {
    let wrapped = json!({ "value": [busy_in_a_call()] });
    let bare = json!({ "availability": "available", "outOfOfficeSettings": null, "activity": null });
    for (body, availability) in [(wrapped, Availability::Busy), (bare, Availability::Available)] {
        let server = Server::answering(200, &body).await;
        let reading = server.graph().own_presence(&token(), Timestamp::UNIX_EPOCH).await.unwrap().reading;
        assert_eq!(reading.state.availability, availability);
    }
}

#[tokio::test]
async fn an_answer_that_is_not_a_presence_is_malformed() {
    let user =
        json!({ "id": OWN, "displayName": "Adele Vance", "userPrincipalName": "AdeleV@contoso.example" });
    for body in [user.to_string(), json!({ "value": [] }).to_string(), String::new()] {
        let server = Server::answering(200, &body).await;
        let error = server.graph().own_presence(&token(), Timestamp::UNIX_EPOCH).await.unwrap_err();
        assert_eq!(error, GraphError::Malformed("it is not a presence"));
    }
}

#[tokio::test]
async fn every_write_has_the_action_and_the_body_of_the_reference_pages() {
    let ten_minutes = Duration::from_secs(600);
    let hour = Duration::from_secs(3600);
    let session = |value| Write::SetSession { value, expiry: ten_minutes };
    let preferred = |value| Write::SetPreferred { value, expiry: hour };
    let session_body = |availability: &str, activity: &str| {
        json!({
            "sessionId": APPLICATION, "availability": availability, "activity": activity,
            "expirationDuration": "PT10M",
        })
    };
    let preferred_body = |availability: &str, activity: &str| json!({ "availability": availability, "activity": activity, "expirationDuration": "PT1H" });
    let table = [
        (session(SessionPresence::Available), "setPresence", session_body("Available", "Available")),
        (session(SessionPresence::InCall), "setPresence", session_body("Busy", "InACall")),
        (Write::ClearSession, "clearPresence", json!({ "sessionId": APPLICATION })),
        (preferred(PreferredPresence::Busy), "setUserPreferredPresence", preferred_body("Busy", "Busy")),
        (
            preferred(PreferredPresence::DoNotDisturb),
            "setUserPreferredPresence",
            preferred_body("DoNotDisturb", "DoNotDisturb"),
        ),
        (
            preferred(PreferredPresence::BeRightBack),
            "setUserPreferredPresence",
            preferred_body("BeRightBack", "BeRightBack"),
        ),
        (
            preferred(PreferredPresence::AppearAway),
            "setUserPreferredPresence",
            preferred_body("Away", "Away"),
        ),
        (
            preferred(PreferredPresence::AppearOffline),
            "setUserPreferredPresence",
            preferred_body("Offline", "OffWork"),
        ),
        (Write::ClearPreferred, "clearUserPreferredPresence", json!({})),
    ];
    let server = Server::start().await;
    for (write, action, body) in table {
        server.then(200, &[], "");
        server.graph().write(&token(), &ObjectId::new(OWN), &write).await.unwrap();
        let asked = server.received();
        assert_eq!(asked[0].method, "POST");
        assert_eq!(asked[0].path, format!("/graph/v1.0/users/{OWN}/presence/{action}"));
        assert_eq!(asked[0].body, body);
    }
}

#[tokio::test]
async fn a_write_is_done_with_any_success_and_with_a_session_that_is_already_gone() {
    let own = ObjectId::new(OWN);
    for status in [200, 202, 204] {
        let server = Server::answering(status, "").await;
        assert_eq!(server.graph().write(&token(), &own, &Write::ClearPreferred).await, Ok(()));
    }
    let gone = json!({ "error": { "code": "NotFound", "message": "" } });
    let server = Server::answering(404, &gone).await;
    assert_eq!(server.graph().write(&token(), &own, &Write::ClearSession).await, Ok(()));
    let server = Server::answering(404, &gone).await;
    let unknown = Err(GraphError::NotFound { retry_after: None });
    assert_eq!(server.graph().write(&token(), &own, &Write::ClearPreferred).await, unknown);
}

#[tokio::test]
async fn somebody_elses_id_cannot_change_the_path() {
    let server = Server::answering(200, "").await;
    server.graph().write(&token(), &ObjectId::new("../me?x=1#y"), &Write::ClearPreferred).await.unwrap();
    assert_eq!(
        server.received()[0].path,
        "/graph/v1.0/users/..%2Fme%3Fx=1%23y/presence/clearUserPreferredPresence"
    );
}

#[tokio::test]
async fn colleagues_are_matched_by_id_and_the_missing_stay_missing() {
    let server = Server::answering(
        200,
        &json!({ "value": [
            { "id": "BBBB", "availability": "Away", "activity": "Away" },
            { "id": "aaaa", "availability": "Busy", "activity": "InAMeeting" },
            { "id": "cccc", "availability": null },
            { "id": "not-asked", "availability": "Busy", "activity": "Busy" },
            { "availability": "Busy" },
        ] }),
    )
    .await;
    let ids = ["aaaa", "bbbb", "cccc", "dddd"].map(ObjectId::new);
    let found = server.graph().presences(&token(), &ids).await.unwrap();
    let expected = [
        (ObjectId::new("bbbb"), TeamsState::plain(Availability::Away)),
        (ObjectId::new("aaaa"), TeamsState::with(Availability::Busy, Detail::InMeeting)),
    ];
    assert_eq!(found, expected);
    assert_eq!(server.received()[0].body, json!({ "ids": ["aaaa", "bbbb", "cccc", "dddd"] }));
}

#[tokio::test]
async fn one_odd_presence_does_not_affect_the_others() {
    let good = |id: &str| json!({ "id": id, "availability": "Away", "activity": "Away" });
    let odd = [
        json!(null),
        json!("eeee"),
        json!([]),
        json!({ "id": 7, "availability": "Busy", "activity": "Busy" }),
        json!({ "id": "bbbb", "availability": ["Busy"], "activity": "Busy" }),
        json!({ "id": "bbbb", "availability": "Busy", "activity": 1 }),
    ];
    let server = Server::start().await;
    let ids = ["aaaa", "bbbb", "cccc"].map(ObjectId::new);
    for odd in odd {
        server.then(200, &[], &json!({ "value": [good("aaaa"), odd, good("cccc")] }));
        let found = server.graph().presences(&token(), &ids).await.unwrap();
        let found: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(found, ["aaaa", "cccc"], "{odd}");
    }
}

#[tokio::test]
async fn odd_properties_beside_the_state_do_not_affect_the_state() {
    let server = Server::start().await;
    for (key, odd) in [
        ("sequenceNumber", json!(7)),
        ("outOfOfficeSettings", json!("none")),
        ("outOfOfficeSettings", json!({ "isOutOfOffice": "no" })),
        ("statusMessage", json!([1])),
    ] {
        let mut body = busy_in_a_call();
        body[key] = odd;
        server.then(200, &[], &body);
        let reading = server.graph().own_presence(&token(), Timestamp::UNIX_EPOCH).await.unwrap().reading;
        assert_eq!(reading.state, TeamsState::with(Availability::Busy, Detail::InCall), "{key}");
    }
    server.then(200, &[], &json!({ "value": [null, busy_in_a_call()] }));
    assert!(server.graph().own_presence(&token(), Timestamp::UNIX_EPOCH).await.is_ok());
}

#[tokio::test]
async fn many_colleagues_are_asked_for_in_calls_of_650() {
    let server = Server::start().await;
    for _ in 0..3 {
        server.then(200, &[], &json!({ "value": [] }));
    }
    let ids: Vec<ObjectId> = (0..1301).map(|n| ObjectId::new(n.to_string())).collect();
    assert_eq!(server.graph().presences(&token(), &ids).await, Ok(vec![]));
    let asked = server.received();
    let counts: Vec<usize> = asked.iter().map(|asked| asked.body["ids"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [650, 650, 1]);
    assert!(asked.iter().all(|asked| asked.path == "/graph/v1.0/communications/getPresencesByUserId"));
}

#[tokio::test]
async fn no_request_is_sent_for_nobody() {
    let server = Server::start().await;
    assert_eq!(server.graph().presences(&token(), &[]).await, Ok(vec![]));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_signed_in_person_is_read_with_their_numbers() {
    let server = Server::answering(
        200,
        &json!({
            "id": OWN.to_uppercase(), "displayName": "Adele Vance", "userPrincipalName": "AdeleV@contoso.example",
            "mail": null, "department": "Retail", "businessPhones": ["+1 425 555 0109"], "mobilePhone": " ",
        }),
    )
    .await;
    let me = server.graph().me(&token()).await.unwrap();
    assert_eq!(me.id, ObjectId::new(OWN));
    assert_eq!((me.name.as_str(), me.mail), ("Adele Vance", None));
    assert_eq!(me.department.as_deref(), Some("Retail"));
    let business = DirectoryNumber { kind: NumberKind::Business, as_written: "+1 425 555 0109".to_owned() };
    assert_eq!(me.numbers, [business]);
    let query = "$select=id,displayName,userPrincipalName,mail,department,businessPhones,mobilePhone";
    assert_eq!(server.received()[0].query, query);
}

#[tokio::test]
async fn a_person_without_an_id_is_nobody() {
    let server = Server::answering(200, &json!({ "displayName": "Adele Vance" })).await;
    assert_eq!(server.graph().me(&token()).await, Err(GraphError::Malformed("it is not a person")));
}
