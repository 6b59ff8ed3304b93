//! The status message in a request and in an answer (Graph: presence-setstatusmessage, resources
//! `presenceStatusMessage` and `dateTimeTimeZone`).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::GraphError;
use crate::world::status_message::StatusMessage;

/// Zones by Windows' names, as Outlook and Graph write them, with their names in the time zone database.
const WINDOWS_ZONES: [(&str, &str); 3] = [
    ("GMT Standard Time", "Europe/London"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("W. Europe Standard Time", "Europe/Berlin"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    // None if it is left out, and a None inside if it is null.
    #[serde(default, deserialize_with = "some")]
    status_message: Option<Option<Message>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    message: Option<Item>,
    expiry_date_time: Option<Moment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    content: Option<String>,
    content_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Moment {
    date_time: String,
    time_zone: Option<String>,
}

fn some<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Message>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Body {
    /// What is to be shown from now on; None takes it back.
    pub(super) fn message(self, now: Timestamp) -> Result<Option<StatusMessage>, GraphError> {
        let missing = "[StatusMessage]: The StatusMessage field is required.";
        let asked = self.status_message.ok_or_else(|| GraphError::bad_argument(missing))?;
        let Some(Message { message: Some(Item { content: Some(text), content_type }), expiry_date_time }) =
            asked
        else {
            return Ok(None);
        };
        if content_type.is_some_and(|kind| kind != "text") {
            return Err(GraphError::bad_argument("[ContentType]: Only text is supported."));
        }
        let expires_at = expiry_date_time.map(Moment::read).transpose()?;
        Ok(Some(StatusMessage { text, expires_at, published_at: now })
            .filter(|message| !message.text.is_empty()))
    }
}

impl Moment {
    fn read(self) -> Result<Timestamp, GraphError> {
        let wrong = || GraphError::bad_argument("[ExpiryDateTime]: The value is not a dateTimeTimeZone.");
        let (_, time) = self.date_time.split_once('T').ok_or_else(wrong)?;
        // The zone is given beside it; the parser would accept an offset and ignore it.
        if !time.chars().all(|character| character.is_ascii_digit() || matches!(character, ':' | '.')) {
            return Err(wrong());
        }
        let moment: DateTime = self.date_time.parse().map_err(|_| wrong())?;
        let zone = self.time_zone.as_deref().unwrap_or("UTC");
        let known = WINDOWS_ZONES.iter().find(|(name, _)| *name == zone);
        let zone = match known.map_or(zone, |(_, known)| known) {
            "UTC" => TimeZone::UTC,
            named => TimeZone::get(named).map_err(|_| wrong())?,
        };
        zone.to_timestamp(moment).map_err(|_| wrong())
    }
}

/// A message in an answer; only its author sees when it was written and when it ends.
pub(super) fn shown(message: Option<&StatusMessage>, own: bool) -> Value {
    let Some(message) = message else { return Value::Null };
    let mut shown = json!({ "message": { "content": message.text, "contentType": "text" } });
    if own {
        shown["expiryDateTime"] = message.expires_at.map_or(Value::Null, |until| {
            let utc = TimeZone::UTC.to_datetime(until);
            json!({ "dateTime": format!("{utc:.7}"), "timeZone": "UTC" })
        });
        shown["publishedDateTime"] = json!(message.published_at);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-30T10:00:00Z".parse().unwrap()
    }

    fn read(body: Value) -> Option<Option<StatusMessage>> {
        serde_json::from_value::<Body>(body).ok()?.message(now()).ok()
    }

    fn until(date_time: &str, zone: &str) -> Option<String> {
        let moment = json!({ "dateTime": date_time, "timeZone": zone });
        let body = json!({ "statusMessage": { "message": { "content": "x" }, "expiryDateTime": moment } });
        read(body)?.and_then(|message| message.expires_at).map(|until| until.to_string())
    }

    #[test]
    fn a_message_has_a_text_and_null_or_nothing_in_it_takes_it_back() {
        let message = |content: Value| json!({ "statusMessage": { "message": { "content": content, "contentType": "text" } } });
        let shown = read(message(json!("Ext. 4000"))).unwrap().unwrap();
        assert_eq!((shown.text.as_str(), shown.expires_at, shown.published_at), ("Ext. 4000", None, now()));
        for gone in [
            json!({ "statusMessage": null }),
            json!({ "statusMessage": {} }),
            message(json!("")),
            message(json!(null)),
        ] {
            assert_eq!(read(gone.clone()), Some(None), "{gone}");
        }
        let html = json!({ "statusMessage": { "message": { "content": "<b>", "contentType": "html" } } });
        for wrong in [json!({}), json!({ "statusMessage": "x" }), html] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
    }

    #[test]
    fn it_ends_at_a_moment_of_the_given_zone() {
        assert_eq!(
            until("2026-12-01T17:05:33.2079781", "UTC").as_deref(),
            Some("2026-12-01T17:05:33.2079781Z")
        );
        assert_eq!(
            until("2026-12-01T09:00:00", "Pacific Standard Time").as_deref(),
            Some("2026-12-01T17:00:00Z")
        );
        assert_eq!(until("2026-12-01T09:00:00", "Europe/Berlin").as_deref(), Some("2026-12-01T08:00:00Z"));
        for (moment, zone) in [
            ("2026-12-01T09:00:00Z", "UTC"),
            ("2026-12-01T09:00:00+01:00", "UTC"),
            ("soon", "UTC"),
            ("2026-12-01T09:00:00", "Contoso Time"),
        ] {
            assert_eq!(until(moment, zone), None, "{moment} {zone}");
        }
    }

    #[test]
    fn only_its_author_sees_when() {
        let message = StatusMessage { text: "Hi".to_owned(), expires_at: Some(now()), published_at: now() };
        let text = json!({ "content": "Hi", "contentType": "text" });
        assert_eq!(shown(Some(&message), false), json!({ "message": text }));
        assert_eq!(
            shown(Some(&message), true),
            json!({
                "message": text,
                "expiryDateTime": { "dateTime": "2026-11-30T10:00:00.0000000", "timeZone": "UTC" },
                "publishedDateTime": "2026-11-30T10:00:00Z",
            })
        );
        assert_eq!(shown(None, true), Value::Null);
    }
}
