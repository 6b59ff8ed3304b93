//! Our own page around the CCP, for instances that approve of its origin: an empty document that may do nothing but
//! frame the instance. The host script comes into it as it comes into a page of the instance.

use app::APPROVED_ORIGIN;
use tauri::{
    Manager, UriSchemeContext, Wry,
    http::{Response, StatusCode, header},
};
use url::Url;

use super::gate::{Gate, LABEL};

pub use app::OWN_SCHEME as SCHEME;

/// Its origin, by which capabilities are remembered.
pub const ORIGIN: &str = APPROVED_ORIGIN;

const PAGE: &str =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Connect session</title></html>";

/// The address to open, as Tauri takes it on every system.
pub fn address() -> tauri::Result<Url> {
    Url::parse(&format!("{SCHEME}://localhost/")).map_err(tauri::Error::InvalidUrl)
}

/// Whether an address is that of the page.
pub fn is(url: &Url) -> bool {
    let origin = format!("{ORIGIN}/");
    url.as_str() == origin || url.as_str() == ORIGIN
}

/// Answers a request for the page, to the CCP window only.
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
        assert!(is(&Url::parse(&format!("{ORIGIN}/")).expect("an address")));
        for other in ["https://connectpath-teams.localhost.example.com/", "tauri://localhost/", "about:blank"]
        {
            assert!(!is(&Url::parse(other).expect("an address")), "{other}");
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
