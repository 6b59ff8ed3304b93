//! Graph's answers: who may ask, pages, presence, throttling.

use std::collections::HashSet;

use serde_json::{Value, json};
use url::Url;

use crate::app::{App, EVERYTHING, answer};

const LICENSED: &str = "users?$count=true&$top=999&$select=id,displayName,businessPhones&$filter=accountEnabled eq true \
    and assignedPlans/any(p:p/servicePlanId eq 57ff2da0-773e-42df-b2af-ffb7a2317929 and p/capabilityStatus eq 'Enabled')";

fn session(app: &App, availability: &str, activity: &str, lasts: &str) -> Value {
    json!({
        "sessionId": app.client_id,
        "availability": availability,
        "activity": activity,
        "expirationDuration": lasts,
    })
}

#[tokio::test]
async fn the_licensed_people_come_in_pages_and_a_short_page_is_not_the_last() {
    let app = App::start(1200).await;
    let token = app.access(EVERYTHING).await;
    let (mut seen, mut sizes) = (HashSet::new(), Vec::new());
    let mut next = app.get(&token, LICENSED);
    loop {
        let (status, page) = answer(next.header("ConsistencyLevel", "eventual")).await;
        assert_eq!(status, 200, "{page}");
        assert_eq!(page.get("@odata.count").is_some(), sizes.is_empty());
        let people = page["value"].as_array().unwrap();
        sizes.push(people.len());
        assert!(sizes.len() <= 3, "{sizes:?}");
        seen.extend(people.iter().map(|person| person["id"].as_str().unwrap().to_owned()));
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        let link = Url::parse(link).unwrap();
        assert_eq!(link.origin(), app.sandbox.microsoft().origin());
        next = app.http.get(link).bearer_auth(&token);
    }
    assert_eq!((seen.len(), sizes), (1201, vec![25, 999, 177]));
}

#[tokio::test]
async fn the_licence_filter_without_its_header_is_an_unsupported_query() {
    let app = App::start(3).await;
    let token = app.access(EVERYTHING).await;
    let (status, error) = answer(app.get(&token, LICENSED)).await;
    assert_eq!((status, &error["error"]["code"]), (400, &json!("Request_UnsupportedQuery")));
    for path in ["users?$top=1000", "users?$skip=3", "users?$skiptoken=guessed", "users?$select=shoeSize"] {
        assert_eq!(answer(app.get(&token, path)).await.0, 400, "{path}");
    }
}

#[tokio::test]
async fn without_the_administrators_consent_there_are_names_only() {
    let app = App::start(3).await;
    let token = app.access("User.Read User.ReadBasic.All").await;
    let (_, page) = answer(app.get(&token, "users?$select=id,displayName,businessPhones")).await;
    let keys: Vec<_> = page["value"][1].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["displayName", "id"]);
    let licensed = app.get(&token, LICENSED).header("ConsistencyLevel", "eventual");
    assert_eq!(answer(licensed).await.0, 403);
    let token = app.access("User.Read").await;
    assert_eq!(answer(app.get(&token, "users")).await.0, 403);
}

#[tokio::test]
async fn a_session_shows_until_it_is_cleared_and_every_write_is_remembered_in_order() {
    let app = App::start(0).await;
    let token = app.access(EVERYTHING).await;
    let before = answer(app.get(&token, "me/presence")).await.1;
    let body = session(&app, "Busy", "InACall", "PT10M");
    assert_eq!(app.post(&token, "me/presence/setPresence", body).await, (200, json!(null)));
    let during = answer(app.get(&token, "me/presence")).await.1;
    assert_eq!((&during["availability"], &during["activity"]), (&json!("Busy"), &json!("InACall")));
    assert!(during["sequenceNumber"].as_str() > before["sequenceNumber"].as_str());

    let clear = json!({ "sessionId": app.client_id });
    let path = format!("users/{}/presence/clearPresence", during["id"].as_str().unwrap());
    assert_eq!(app.post(&token, &path, clear.clone()).await.0, 200);
    assert_eq!(app.post(&token, &path, clear).await.0, 404);
    assert_eq!(answer(app.get(&token, "me/presence")).await.1["activity"], "Available");

    let prefer =
        json!({ "availability": "BeRightBack", "activity": "BeRightBack", "expirationDuration": "P1DT1H" });
    assert_eq!(app.post(&token, "me/presence/setUserPreferredPresence", prefer).await.0, 200);
    assert_eq!(answer(app.get(&token, "me/presence")).await.1["activity"], "BeRightBack");
    assert_eq!(app.post(&token, "me/presence/clearUserPreferredPresence", json!({})).await.0, 200);

    let writes = serde_json::to_value(app.sandbox.world().overview().writes).unwrap();
    let kinds: Vec<_> =
        writes.as_array().unwrap().iter().map(|write| write["kind"].as_str().unwrap()).collect();
    let expected = ["setPresence", "clearPresence", "setUserPreferredPresence", "clearUserPreferredPresence"];
    assert_eq!(kinds, expected);
    assert_eq!((&writes[0]["activity"], &writes[0]["expiresIn"]), (&json!("InACall"), &json!(600)));
    assert_eq!(writes[2]["expiresIn"], 90_000);
}

#[tokio::test]
async fn a_write_that_graph_would_refuse_is_refused() {
    let app = App::start(1).await;
    let token = app.access(EVERYTHING).await;
    let set = "me/presence/setPresence";
    for (body, message) in [
        (session(&app, "Busy", "Busy", "PT5M"), "Request argument is invalid."),
        (session(&app, "busy", "inacall", "PT5M"), "Request argument is invalid."),
        (
            session(&app, "Available", "Available", "PT4M"),
            "The provided [ExpirationDuration] is out of range.",
        ),
        (
            session(&app, "Available", "Available", "PT4H1S"),
            "The provided [ExpirationDuration] is out of range.",
        ),
        (
            session(&app, "Available", "Available", "-PT5M"),
            "[ExpirationDuration]: The value is not a duration.",
        ),
        (
            session(&app, "Available", "Available", "5 minutes"),
            "[ExpirationDuration]: The value is not a duration.",
        ),
        (
            json!({ "availability": "Away", "activity": "Away" }),
            "[SessionId]: The SessionId field is required.",
        ),
    ] {
        let (status, error) = app.post(&token, set, body.clone()).await;
        assert_eq!((status, error["error"]["message"].as_str().unwrap()), (400, message), "{body}");
        assert_eq!(error["error"]["code"], "InvalidArgument");
    }
    let (_, page) = answer(app.get(&token, "users")).await;
    let other = format!("users/{}/presence/setPresence", page["value"][1]["id"].as_str().unwrap());
    let (status, error) = app.post(&token, &other, session(&app, "Away", "Away", "PT5M")).await;
    assert_eq!(
        (status, &error["error"]["message"]),
        (401, &json!("Cannot set the presence of another user."))
    );

    let reader = app.access("User.Read Presence.Read").await;
    let (status, error) = app.post(&reader, set, session(&app, "Away", "Away", "PT5M")).await;
    assert_eq!(
        (status, &error["error"]["code"], &error["error"]["message"]),
        (403, &json!("Forbidden"), &json!(""))
    );
    let (status, _) = app.post(&reader, set, json!({})).await;
    assert_eq!(status, 400, "a missing session is noticed before a missing permission");
    assert!(app.sandbox.world().overview().writes.is_empty());
}

#[tokio::test]
async fn many_presences_come_in_one_answer_up_to_650() {
    let app = App::start(700).await;
    let token = app.access(EVERYTHING).await;
    let (_, page) = answer(app.get(&token, "users?$top=999")).await;
    let mut ids: Vec<Value> =
        page["value"].as_array().unwrap().iter().map(|person| person["id"].clone()).collect();
    ids.push(json!("00000000-0000-4000-8000-000000000000"));
    let path = "communications/getPresencesByUserId";
    let (status, found) = app.post(&token, path, json!({ "ids": ids })).await;
    assert_eq!((status, found["value"].as_array().unwrap().len()), (200, ids.len()));
    let unknown =
        found["value"].as_array().unwrap().iter().find(|one| one["id"] == ids[ids.len() - 1]).unwrap();
    assert_eq!(unknown["availability"], "PresenceUnknown");
    assert!(
        found["value"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["outOfOfficeSettings"]["isOutOfOffice"] == true)
    );

    let many: Vec<_> = (0..651).map(|index| index.to_string()).collect();
    assert_eq!(app.post(&token, path, json!({ "ids": many })).await.0, 400);
    assert_eq!(app.post(&token, path, json!({ "ids": [] })).await.0, 400);
    let own_only = app.access("User.Read Presence.Read").await;
    assert_eq!(app.post(&own_only, path, json!({ "ids": ids })).await.0, 403);
    assert_eq!(answer(app.get(&own_only, "me/presence")).await.0, 200);
}

#[tokio::test]
async fn throttling_and_outages_last_as_long_as_asked() {
    let app = App::start(0).await;
    let token = app.access(EVERYTHING).await;
    app.must("graph/throttle", json!({ "seconds": 60, "retryAfter": 7 })).await;
    let throttled = app.get(&token, "me").send().await.unwrap();
    assert_eq!(
        (throttled.status().as_u16(), throttled.headers()["retry-after"].to_str().unwrap()),
        (429, "7")
    );
    app.must("graph/throttle", json!({ "seconds": 0, "retryAfter": 7 })).await;
    assert_eq!(answer(app.get(&token, "me")).await.0, 200);
    app.must("graph/down", json!({ "on": true })).await;
    assert_eq!(answer(app.get(&token, "me")).await.0, 503);
    app.must("graph/down", json!({ "on": false })).await;
    assert_eq!(answer(app.get(&token, "me")).await.0, 200);
}

#[tokio::test]
async fn without_a_token_graph_says_so() {
    let app = App::start(0).await;
    let answer = app.http.get(app.sandbox.microsoft().join("graph/v1.0/me").unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(answer.headers().contains_key("www-authenticate") && answer.headers().contains_key("request-id"));
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["error"]["code"], "InvalidAuthenticationToken");
}

async fn names(app: &App, token: &str, query: &str) -> Result<Vec<String>, u16> {
    let request =
        app.get(token, &format!("users?$count=true&{query}")).header("ConsistencyLevel", "eventual");
    let (status, page) = answer(request).await;
    let people = page["value"].as_array().filter(|_| status == 200).ok_or(status)?;
    Ok(people.iter().map(|person| person["displayName"].as_str().unwrap().to_owned()).collect())
}

#[tokio::test]
async fn a_search_finds_by_words_of_the_name_and_by_the_beginning_of_the_address() {
    let app = App::start(40).await;
    let token = app.access("User.Read User.ReadBasic.All").await;
    for text in ["displayName:holl", "displayName:grace holloway", "mail:grace.h"] {
        assert_eq!(
            names(&app, &token, &format!("$search=\"{text}\"")).await.unwrap(),
            ["Grace Holloway"],
            "{text}"
        );
    }
    let either = "$search=\"displayName:olloway\" OR \"mail:holloway\"";
    assert!(names(&app, &token, either).await.unwrap().is_empty(), "not from the middle");
    assert_eq!(names(&app, &token, "$search=grace").await, Err(400), "a clause has quotes");
    let (status, error) = answer(app.get(&token, "users?$search=\"displayName:grace\"")).await;
    assert_eq!((status, &error["error"]["code"]), (400, &json!("Request_UnsupportedQuery")));
}

#[tokio::test]
async fn somebody_who_is_hired_is_found_from_then_on() {
    let app = App::start(10).await;
    let token = app.access(EVERYTHING).await;
    let search = "$search=\"displayName:quinlan\"";
    assert!(names(&app, &token, search).await.unwrap().is_empty());
    app.must("people/hire", json!({})).await;
    assert_eq!(names(&app, &token, search).await.unwrap(), ["Saoirse Quinlan"]);
    assert_eq!(app.sandbox.world().colleagues("quinlan", 10).len(), 1);
    let world = app.sandbox.world();
    assert_eq!((world.hire().is_ok(), world.hire().is_ok(), world.hire().is_ok()), (true, true, false));
}

#[tokio::test]
async fn two_of_three_people_have_a_photo_and_only_a_caller_with_the_right_sees_it() {
    let app = App::start(30).await;
    let token = app.access("User.Read User.ReadBasic.All").await;
    let (_, page) = answer(app.get(&token, "users?$top=999")).await;
    let mut counts = [0, 0];
    for person in page["value"].as_array().unwrap() {
        let path = format!("users/{}/photos/48x48/$value", person["id"].as_str().unwrap());
        let photo = app.get(&token, &path).send().await.unwrap();
        match photo.status().as_u16() {
            200 => {
                assert_eq!(photo.headers()["content-type"], "image/png");
                assert!(photo.headers().contains_key("etag"));
                assert!(photo.bytes().await.unwrap().starts_with(b"\x89PNG"));
                counts[0] += 1;
            }
            404 => {
                assert_eq!(photo.json::<Value>().await.unwrap()["error"]["code"], "ImageNotFound");
                counts[1] += 1;
            }
            other => panic!("{other}"),
        }
        let reader = app.access("User.Read").await;
        assert_eq!(answer(app.get(&reader, &path)).await.0, 403);
        if counts.iter().all(|count| *count > 2) {
            return;
        }
    }
    panic!("{counts:?}");
}

#[tokio::test]
async fn each_person_has_one_status_message_whoever_wrote_it() {
    let app = App::start(1).await;
    let token = app.access(EVERYTHING).await;
    let set = "me/presence/setStatusMessage";
    let mine = async || answer(app.get(&token, "me/presence")).await.1;
    let before = mine().await;
    assert_eq!(before["statusMessage"], json!(null));

    let text = json!({ "content": "Direct: +44 1632 960400, ext. 4000", "contentType": "text" });
    let ends = json!({ "dateTime": "2099-01-01T00:00:00", "timeZone": "UTC" });
    let body = json!({ "statusMessage": { "message": text, "expiryDateTime": ends } });
    assert_eq!(app.post(&token, set, body.clone()).await, (200, json!(null)));
    let shown = mine().await;
    assert_eq!(shown["statusMessage"]["message"], text);
    assert_eq!(shown["statusMessage"]["expiryDateTime"]["dateTime"], "2099-01-01T00:00:00.0000000");
    assert!(shown["sequenceNumber"].as_str() > before["sequenceNumber"].as_str());

    let by_hand = app.must("teams/message", json!({ "text": "At the dentist's" })).await;
    assert_eq!(by_hand["statusMessage"]["text"], "At the dentist's");
    let shown = mine().await["statusMessage"].clone();
    assert_eq!(
        (&shown["message"]["content"], &shown["expiryDateTime"]),
        (&json!("At the dentist's"), &json!(null))
    );
    assert_eq!(app.post(&token, set, json!({ "statusMessage": null })).await.0, 200);
    assert_eq!(mine().await["statusMessage"], json!(null));
    let writes = serde_json::to_value(app.sandbox.world().overview().writes).unwrap();
    let texts: Vec<_> =
        writes.as_array().unwrap().iter().map(|write| (&write["kind"], &write["text"])).collect();
    let kind = json!("setStatusMessage");
    assert_eq!(texts, [(&kind, &text["content"]), (&kind, &json!(null))], "the hand in Teams is no write");

    let id = before["id"].as_str().unwrap();
    assert_eq!(app.post(&token, &format!("users/{id}/presence/setStatusMessage"), body.clone()).await.0, 200);
    let reader = app.access("https://graph.microsoft.com/Presence.Read.All").await;
    assert_eq!(app.post(&reader, set, body.clone()).await.0, 403);
    assert_eq!(app.post(&token, set, json!({ "statusMsg": null })).await.0, 400);
    app.must(
        "trouble/fault",
        json!({ "endpoint": "writes", "fault": { "status": 503, "meets": { "next": 1 } } }),
    )
    .await;
    assert_eq!(app.post(&token, set, body).await.0, 503);
}

#[tokio::test]
async fn a_status_message_of_somebody_else_says_no_times_and_ends_by_itself() {
    let app = App::start(1).await;
    let token = app.access(EVERYTHING).await;
    let colleague = app.sandbox.world().colleagues("", 1)[0].id;
    app.must("people/message", json!({ "id": colleague, "text": "Working from Lisbon" })).await;
    let path = format!("users/{colleague}/presence");
    let shown = answer(app.get(&token, &path)).await.1["statusMessage"].clone();
    assert_eq!(shown, json!({ "message": { "content": "Working from Lisbon", "contentType": "text" } }));
    let not_yours =
        app.post(&token, &format!("{path}/setStatusMessage"), json!({ "statusMessage": null })).await;
    assert_eq!(not_yours.0, 401);
    app.must("people/message", json!({ "id": colleague, "text": null })).await;
    assert_eq!(answer(app.get(&token, &path)).await.1["statusMessage"], json!(null));
    let nobody = json!({ "id": "00000000-0000-4000-8000-000000000000", "text": "x" });
    assert_eq!(app.control("people/message", nobody).await.0, 404);

    let soon = app.sandbox.world().now() + jiff::SignedDuration::from_mins(5);
    let soon = jiff::tz::TimeZone::UTC.to_datetime(soon).to_string();
    let ends = json!({ "dateTime": soon, "timeZone": "UTC" });
    let body = json!({ "statusMessage": { "message": { "content": "Back soon" }, "expiryDateTime": ends } });
    assert_eq!(app.post(&token, "me/presence/setStatusMessage", body).await.0, 200);
    assert!(app.sandbox.world().overview().status_message.is_some());
    app.sandbox.world().let_pass(std::time::Duration::from_secs(301));
    assert_eq!(app.sandbox.world().overview().status_message, None);
}

#[tokio::test]
async fn the_tenant_shows_its_names_to_those_who_may_read_a_user_and_null_for_the_rest() {
    let app = App::start(3).await;
    let token = app.access("User.Read").await;
    let (status, found) =
        answer(app.get(&token, "organization?$select=id,displayName,verifiedDomains,city")).await;
    assert_eq!(status, 200, "{found}");
    let contoso = &found["value"][0];
    assert_eq!((&contoso["displayName"], &contoso["city"]), (&json!("Contoso"), &Value::Null));
    let domains = contoso["verifiedDomains"].as_array().unwrap();
    let default = domains.iter().find(|domain| domain["isDefault"] == true).unwrap();
    assert_eq!(default["name"], "contoso.com");

    let other = app.access("Presence.Read.All").await;
    let (status, error) = answer(app.get(&other, "organization")).await;
    assert_eq!((status, &error["error"]["code"]), (403, &json!("Authorization_RequestDenied")));
    app.sandbox.world().set_nameless(true);
    assert_eq!(answer(app.get(&token, "organization")).await.0, 403);
}
