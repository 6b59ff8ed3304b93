//! The own status message: read beside the presence, and written.

use graph::{Ends, GraphError, MessageWrite, StatusMessage};
use jiff::Timestamp;
use presence::identity::ObjectId;
use serde_json::{Value, json};

use crate::server::{OWN, Server, token};

const TEXT: &str = "+1 206 555 0142, ext 4102";

async fn read(status_message: Value) -> Option<StatusMessage> {
    let body =
        json!({ "id": OWN, "availability": "Busy", "activity": "Busy", "statusMessage": status_message });
    let server = Server::answering(200, &body).await;
    server.graph().own_presence(&token(), Timestamp::UNIX_EPOCH).await.unwrap().message
}

fn message(expiry: &Value) -> Value {
    json!({
        "message": { "content": TEXT, "contentType": "text" },
        "expiryDateTime": expiry,
        "publishedDateTime": "2026-11-30T13:00:00Z",
    })
}

#[tokio::test]
async fn the_status_message_is_read_with_its_end() {
    let two: Timestamp = "2026-11-30T14:00:00Z".parse().unwrap();
    let table = [
        (json!({ "dateTime": "2026-11-30T14:00:00.0000000", "timeZone": "UTC" }), Ends::At(two)),
        (json!({ "dateTime": "2026-11-30T14:00:00Z", "timeZone": null }), Ends::At(two)),
        (json!({ "dateTime": "2026-11-30T14:00:00", "timeZone": "Pacific Standard Time" }), Ends::OtherZone),
        (json!({ "dateTime": "tomorrow", "timeZone": "UTC" }), Ends::OtherZone),
        (json!(null), Ends::Never),
        (json!(7), Ends::Never),
    ];
    for (expiry, ends) in table {
        assert_eq!(read(message(&expiry)).await, Some(StatusMessage { text: TEXT.to_owned(), ends }));
    }
}

#[tokio::test]
async fn no_message_and_an_empty_one_are_none() {
    let empty = json!({ "message": { "content": " ", "contentType": "text" } });
    let no_text = json!({ "message": { "content": null } });
    for nothing in [json!(null), json!({}), json!({ "message": null }), empty, no_text] {
        assert_eq!(read(nothing).await, None);
    }
}

#[tokio::test]
async fn a_message_of_another_form_counts_as_not_ours() {
    let odd = [json!("text"), json!({ "message": "text" }), json!({ "message": { "content": ["text"] } })];
    for message in odd {
        let read = read(message.clone()).await;
        assert_eq!(read.map(|message| message.ends), Some(Ends::OtherZone), "{message}");
    }
}

#[tokio::test]
async fn a_message_is_set_with_its_end_in_utc_and_taken_back_as_an_empty_one() {
    let ends = "2026-11-30T14:00:00.7Z".parse().unwrap();
    let set = MessageWrite::Set { text: TEXT.to_owned(), ends };
    let expiry = json!({ "dateTime": "2026-11-30T14:00:00", "timeZone": "UTC" });
    let table = [
        (set, json!({ "message": { "content": TEXT, "contentType": "text" }, "expiryDateTime": expiry })),
        (MessageWrite::Clear, json!({ "message": { "content": "", "contentType": "text" } })),
    ];
    let server = Server::start().await;
    for (write, body) in table {
        server.then(200, &[], "");
        server.graph().write_message(&token(), &ObjectId::new(OWN), &write).await.unwrap();
        let asked = server.received();
        assert_eq!((asked[0].method.as_str(), &asked[0].body), ("POST", &json!({ "statusMessage": body })));
        assert_eq!(asked[0].path, format!("/graph/v1.0/users/{OWN}/presence/setStatusMessage"));
    }
}

#[tokio::test]
async fn a_refusal_names_the_right_that_is_missing() {
    let server = Server::answering(403, "{}").await;
    let refused = server.graph().write_message(&token(), &ObjectId::new(OWN), &MessageWrite::Clear).await;
    assert!(matches!(refused, Err(GraphError::NotAllowed { missing: "the right Presence.ReadWrite", .. })));
}

#[test]
fn the_text_of_a_message_is_in_no_log() {
    let said = StatusMessage { text: TEXT.to_owned(), ends: Ends::Never };
    let set = MessageWrite::Set { text: TEXT.to_owned(), ends: Timestamp::UNIX_EPOCH };
    assert!(!format!("{said:?} {set:?}").contains("206"));
}
