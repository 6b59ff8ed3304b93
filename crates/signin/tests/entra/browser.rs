//! The person's browser: opens an address, follows redirects, shows the last page.

use reqwest::redirect::Policy;
use url::Url;

use crate::server::http;

/// What the browser ends on.
#[derive(Debug)]
pub struct Shown {
    pub status: u16,
    pub page: String,
    pub headers: reqwest::header::HeaderMap,
}

pub async fn open(url: Url) -> Shown {
    let answer = http(Policy::limited(5)).get(url).send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Shown { status, headers, page: answer.text().await.unwrap() }
}

/// The address to which a login sends the browser back.
pub fn way_back(authorize: &Url) -> Url {
    Url::parse(&query(authorize, "redirect_uri")).unwrap()
}

pub fn query(url: &Url, key: &str) -> String {
    url.query_pairs().find(|(name, _)| name == key).unwrap().1.into_owned()
}
