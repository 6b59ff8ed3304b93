//! The contact centre's web side: the log-in page, a nearly empty page, and the agent panel that
//! amazon-connect-streams frames at `/ccp-v2/`, or in the folder `connect`. The panel's page speaks the library's protocol; the server
//! feeds it. What the agent may do is decided in `world/agent.rs`.

mod api;
mod feed;
mod snapshot;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::Site;
use crate::world::agent::Login;
use crate::world::instance::InstanceShape;
use crate::world::panel::NotServed;
use crate::world::secrets::SecretKind;

const PANEL: &str = include_str!("pages/ccp.html");
const LOGIN: &str = include_str!("pages/ccp-login.html");
const BLANK: &str = include_str!("pages/blank.html");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/connect/blank", get(blank))
        .route("/connect/login", get(login_page).post(log_in))
        .route("/connect/saml", get(log_in))
        .route("/connect/{page}", get(inside))
        .merge(panel_routes("/ccp-v2"))
        .merge(panel_routes("/connect/ccp-v2"))
}

fn panel_routes(folder: &'static str) -> Router<Arc<Site>> {
    Router::new()
        .route(folder, get(async move || Redirect::to(&format!("{folder}/"))))
        .route(&format!("{folder}/"), get(panel))
        .route(&format!("{folder}/feed"), get(feed::feed))
        .route(&format!("{folder}/frozen"), get(feed::frozen))
        .route(&format!("{folder}/api"), post(api::call))
        .route(&format!("{folder}/logout"), post(log_out))
}

/// The agent, in a browser whose session is the current one.
#[derive(Debug, Clone, Copy)]
struct Session(Login);

impl FromRequestParts<Arc<Site>> for Session {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, StatusCode> {
        let session = session_cookie(&parts.headers, site);
        let login = site.world.with(|state, _| state.agent.login());
        match login {
            Some(login) if session == Some(login) => Ok(Self(login)),
            Some(_) | None => Err(StatusCode::UNAUTHORIZED),
        }
    }
}

// Cookies are shared between ports: the port in the name keeps two sandboxes apart in one browser.
fn cookie_name(site: &Site) -> String {
    format!("contoso-agent-{}", site.connect.port().unwrap_or_default())
}

fn session_cookie(headers: &HeaderMap, site: &Site) -> Option<Login> {
    let name = cookie_name(site);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).and_then(|(_, value)| Login::parse(value))
}

fn with_cookie(site: &Site, login: Login, response: impl IntoResponse) -> Response {
    // In the frame of another site the panel has its session only with a cookie that may go there.
    let same_site = site.world.with(|state, _| {
        state.secrets.keep(SecretKind::ConnectSession, login.expose());
        if state.approved_origins.is_empty() { "Lax" } else { "None" }
    });
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite={same_site}", cookie_name(site), login.expose());
    ([(header::SET_COOKIE, cookie)], response).into_response()
}

// Nobody but the instance itself may frame its pages, and nothing of them is cached.
fn own_page(page: &'static str) -> Response {
    ([(header::X_FRAME_OPTIONS, "SAMEORIGIN")], framed_by(&[], page)).into_response()
}

fn framed_by(others: &[String], page: &'static str) -> Response {
    let ancestors = std::iter::once("'self'").chain(others.iter().map(String::as_str));
    let policy = format!("frame-ancestors {}", ancestors.collect::<Vec<_>>().join(" "));
    let headers = [(header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, "no-store".to_owned())];
    (headers, Html(page)).into_response()
}

// As in a browser that is logged in already: the page joins the agent's session, if there is one.
async fn blank(State(site): State<Arc<Site>>) -> Response {
    match site.world.with(|state, _| state.agent.login()) {
        Some(login) => with_cookie(&site, login, own_page(BLANK)),
        None => own_page(BLANK),
    }
}

async fn panel(State(site): State<Arc<Site>>, uri: Uri, session: Result<Session, StatusCode>) -> Response {
    let shape = site.world.with(|state, _| state.instance_shape.clone());
    if shape.in_folder && !uri.path().starts_with(shape.panel()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match session {
        Ok(Session(_)) => {
            let (load, origins) =
                site.world.with(|state, now| (state.panel.load(now), state.approved_origins.clone()));
            let (status, page) = match load {
                Ok(_) => (StatusCode::OK, PANEL),
                Err(NotServed::Refused) => (StatusCode::FORBIDDEN, BLANK),
                Err(NotServed::Dead) => (StatusCode::SERVICE_UNAVAILABLE, BLANK),
            };
            (status, framed_by(&origins, page)).into_response()
        }
        Err(_) => to_login(&shape),
    }
}

fn to_login(shape: &InstanceShape) -> Response {
    let landing = shape.panel().replace('/', "%2F");
    Redirect::to(&format!("/connect/login?landat={landing}")).into_response()
}

// In place of all other pages: of supervisors, of administrators, the agent workspace.
async fn inside(State(site): State<Arc<Site>>, session: Result<Session, StatusCode>) -> Response {
    match session {
        Ok(Session(_)) => own_page(BLANK),
        Err(_) => to_login(&site.world.with(|state, _| state.instance_shape.clone())),
    }
}

async fn login_page() -> Response {
    own_page(LOGIN)
}

// By the button of the log-in page, or at the company's own sign-in, which knows the person already.
async fn log_in(State(site): State<Arc<Site>>) -> Response {
    let (login, landing) = site.world.with(|state, now| {
        let login = state.agent.login().unwrap_or_else(|| {
            state.panel.logged_in(now);
            state.agent.log_in()
        });
        (login, state.instance_shape.landing().to_owned())
    });
    with_cookie(&site, login, Redirect::to(&landing))
}

async fn log_out(State(site): State<Arc<Site>>, Session(_): Session) -> StatusCode {
    site.world.set_logged_in(false);
    StatusCode::NO_CONTENT
}
