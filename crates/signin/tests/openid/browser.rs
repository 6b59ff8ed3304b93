//! The person's browser: keeps cookies, follows redirects, fills in the forms of the provider.

use std::collections::HashMap;

use reqwest::{
    Client, RequestBuilder, Response,
    header::{COOKIE, LOCATION, SET_COOKIE},
    redirect::Policy,
};
use url::Url;

/// The most redirects and forms of a login.
const MOST_STEPS: usize = 20;

/// What the person does on the page that asks for consent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Agree,
    Abort,
}

#[derive(Default)]
pub struct Browser {
    cookies: HashMap<String, String>,
}

impl Browser {
    /// Opens an address as this person, and returns the page on which it ends.
    pub async fn go(&mut self, url: Url, who: &str, choice: Choice) -> String {
        let http = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        let mut answer = self.send(http.get(url)).await;
        for _ in 0..MOST_STEPS {
            let at = answer.url().clone();
            if let Some(next) = answer.headers().get(LOCATION) {
                let next = at.join(next.to_str().unwrap()).unwrap();
                answer = self.send(http.get(next)).await;
                continue;
            }
            let page = answer.text().await.unwrap();
            let form = |fields: &[(&str, &str)]| http.post(at.clone()).form(fields);
            let step = if page.contains("value=\"login\"") {
                form(&[("prompt", "login"), ("login", who), ("password", "any")])
            } else if page.contains("value=\"consent\"") && choice == Choice::Agree {
                form(&[("prompt", "consent")])
            } else if page.contains("value=\"consent\"") {
                http.get(at.join(&format!("{}/abort", at.path())).unwrap())
            } else {
                return page;
            };
            answer = self.send(step).await;
        }
        "The login has no end.".to_owned()
    }

    async fn send(&mut self, request: RequestBuilder) -> Response {
        let kept: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header(COOKIE, kept.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}
