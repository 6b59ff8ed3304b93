//! What a fault does to the body of an answer: it is cut, slow, endless, replaced, or odd in one place. It must not know
//! which service answers.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::stream::{self, Stream};
use serde_json::{Map, Value, json};
use tokio::sync::watch;

use crate::world::faults::{Body as Spoilt, TokenOddity};

/// Larger than any answer of the sandbox.
const LARGEST: usize = 64 * 1024 * 1024;
const PROXY_PAGE: &str = "<!doctype html><html><head><title>Network access</title></head><body>\
    <h1>Network access</h1><p>The proxy of your company did not let this request through.</p></body></html>";
/// Not UTF-8, and not JSON.
const GARBAGE: &[u8] = &[0x1f, 0x8b, 0x08, 0x00, 0xff, 0xfe, 0x00, 0x7b, 0xc3, 0x28, 0x0a];
/// The start of an answer without an end, and what it continues with.
const ENDLESS: (&[u8], &[u8]) = (b"{\"value\":[", &[b' '; 16 * 1024]);
const PACE: Duration = Duration::from_secs(1);
const BREAK: Duration = Duration::from_millis(100);

/// The answer with the body that the fault leaves of it.
pub(super) async fn spoiled(how: Spoilt, answer: Response, stop: watch::Receiver<bool>) -> Response {
    match how {
        Spoilt::Whole => answer,
        Spoilt::Proxy => with(answer, "text/html; charset=utf-8", PROXY_PAGE),
        Spoilt::Garbage => with(answer, "application/json", GARBAGE),
        Spoilt::Empty => with(answer, "application/json", ""),
        Spoilt::Text(text) => with(answer, "application/json", text),
        Spoilt::Endless => {
            let (start, more) = ENDLESS;
            let chunks = endless(Bytes::from_static(start), Bytes::from_static(more), stop);
            with(answer, "application/json", Body::from_stream(chunks))
        }
        Spoilt::Dripping => {
            let (head, bytes) = taken(answer).await;
            with(head, "application/json", Body::from_stream(dripping(bytes, stop)))
        }
        Spoilt::Cut => {
            let (head, bytes) = taken(answer).await;
            let promised = bytes.len();
            let half = bytes.slice(..promised / 2);
            let mut response = with(head, "application/json", Body::from_stream(cut(half)));
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
            response
        }
        Spoilt::NullEntry => {
            changed(answer, |document| {
                for list in document.values_mut().filter_map(Value::as_array_mut) {
                    list.insert(0, Value::Null);
                }
            })
            .await
        }
        Spoilt::Token(oddity) => changed(answer, |document| odd(document, oddity)).await,
    }
}

fn with(mut response: Response, kind: &'static str, body: impl Into<Body>) -> Response {
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    *response.body_mut() = body.into();
    response
}

async fn taken(answer: Response) -> (Response, Bytes) {
    let (head, body) = answer.into_parts();
    let bytes = to_bytes(body, LARGEST).await.unwrap_or_default();
    (Response::from_parts(head, Body::empty()), bytes)
}

async fn changed(answer: Response, change: impl FnOnce(&mut Map<String, Value>)) -> Response {
    let (head, bytes) = taken(answer).await;
    match serde_json::from_slice::<Map<String, Value>>(&bytes) {
        Ok(mut document) => {
            change(&mut document);
            with(head, "application/json", Value::from(document).to_string())
        }
        Err(_) => with(head, "application/json", bytes),
    }
}

fn odd(document: &mut Map<String, Value>, oddity: TokenOddity) {
    let lasts = document.get("expires_in").and_then(Value::as_u64);
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    match (oddity, lasts) {
        // A refusal stays as it is.
        (_, None) => {}
        (TokenOddity::ExpiresAsText, Some(lasts)) => {
            put("expires_in", lasts.to_string().into());
        }
        (TokenOddity::ExpiresAsFraction, Some(lasts)) => {
            let lasts = u32::try_from(lasts).map_or(f64::MAX, f64::from);
            put("expires_in", lasts.into());
        }
        (TokenOddity::ExpiresZero, Some(_)) => {
            put("expires_in", json!(0));
        }
        (TokenOddity::ExpiresNegative, Some(_)) => {
            put("expires_in", json!(-3599));
        }
        (TokenOddity::ExpiresHuge, Some(_)) => {
            put("expires_in", json!(u64::MAX));
        }
        (TokenOddity::TypeOther, Some(_)) => {
            put("token_type", json!("pop"));
        }
        (TokenOddity::ExpiresMissing, Some(_)) => {
            document.remove("expires_in");
        }
        (TokenOddity::TypeMissing, Some(_)) => {
            document.remove("token_type");
        }
        (TokenOddity::RefreshEmpty, Some(_)) => {
            put("refresh_token", json!(""));
            put("scope", json!(""));
        }
        (TokenOddity::Nulls, Some(_)) => {
            for name in ["scope", "id_token", "refresh_token"] {
                put(name, Value::Null);
            }
        }
        (TokenOddity::ExtensionsAsText, Some(lasts)) => {
            put("ext_expires_in", lasts.to_string().into());
            put("not_before", json!("1"));
        }
    }
}

// The end comes later than the bytes, so that they are on their way before the connection breaks.
fn cut(half: Bytes) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold(Some(half), |half| async {
        if half.is_none() {
            tokio::time::sleep(BREAK).await;
        }
        Some((Ok(half?), None))
    })
}

// The answers end with the sandbox, so that it can stop.
fn endless(
    start: Bytes,
    more: Bytes,
    stop: watch::Receiver<bool>,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold((start, more, stop), |(chunk, more, stop)| async {
        // Other tasks of this runtime have their turn.
        tokio::task::yield_now().await;
        let stopped = *stop.borrow();
        (!stopped).then(|| (Ok(chunk), (more.clone(), more, stop)))
    })
}

fn dripping(bytes: Bytes, stop: watch::Receiver<bool>) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold((bytes, stop), |(mut bytes, mut stop)| async {
        tokio::select! {
            () = tokio::time::sleep(PACE) => {}
            _ = stop.wait_for(|stop| *stop) => return None,
        }
        let byte = (!bytes.is_empty()).then(|| bytes.split_to(1))?;
        Some((Ok(byte), (bytes, stop)))
    })
}
