//! Serves our own page around the CCP, for instances that approve its origin: an empty document that may do nothing
//! except frame the instance. The host script is added by the CCP window, as to a page of the instance.

use app::APPROVED_ORIGIN;
use tauri::{
    Manager, UriSchemeContext, Wry,
    http::{Response, StatusCode, header},
};
use url::Url;

use super::gate::{Gate, LABEL};

pub use app::OWN_SCHEME as SCHEME;

/// The origin of the page, by which its capability is remembered.
pub const ORIGIN: &str = APPROVED_ORIGIN;

const PAGE: &str =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Connect session</title></html>";

/// The address of the page, which Tauri accepts on every system.
pub fn address() -> tauri::Result<Url> {
    Url::parse(&format!("{SCHEME}://localhost/")).map_err(tauri::Error::InvalidUrl)
}

/// Whether an address is the address of our own page.
pub fn is_own_page(url: &Url) -> bool {
    let origin = format!("{ORIGIN}/");
    url.as_str() == origin || url.as_str() == ORIGIN
}

/// Answers a request for the page. Only the CCP window gets it.
pub fn serve(context: &UriSchemeContext<'_, Wry>) -> Response<Vec<u8>> {
    let framed = context.app_handle().state::<Gate>().framed();
    let answer = framed.filter(|_| context.webview_label() == LABEL).map(|framed| {
        Response::builder()
            .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, policy(&framed))
            .header(header::CACHE_CONTROL, "no-store")
            .body(PAGE.as_bytes().to_vec())
    });
    match answer {
        Some(Ok(answer)) => answer,
        Some(Err(_)) | None => {
            let mut refused = Response::new(Vec::new());
            *refused.status_mut() = StatusCode::NOT_FOUND;
            refused
        }
    }
}

fn policy(framed: &str) -> String {
    format!(
        "default-src 'none'; frame-src {framed}; connect-src ipc: http://ipc.localhost; frame-ancestors 'none'; \
         base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_at_its_origin_only() {
        assert!(is_own_page(&Url::parse(&format!("{ORIGIN}/")).expect("an address")));
        for other in ["https://connectpath-teams.localhost.example.com/", "tauri://localhost/", "about:blank"]
        {
            assert!(!is_own_page(&Url::parse(other).expect("an address")), "{other}");
        }
    }

    #[test]
    fn the_page_may_frame_the_instance_and_nothing_else() {
        let policy = policy("https://contoso.my.connect.aws");
        assert!(
            policy.starts_with("default-src 'none'; frame-src https://contoso.my.connect.aws;"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"));
    }
}
