//! The pages that the browser shows at the end of a login. Fixed texts, which repeat nothing of a request.

use crate::Class;

/// A page for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// The login succeeded.
    LoggedIn,
    /// The login failed.
    Failed(Class),
    /// The answer was received before.
    Used,
    /// An answer to a login that was not started here, or is not the last one.
    Foreign,
    /// There is no such page.
    NotFound,
    /// The request cannot be read.
    Unreadable,
}

impl Page {
    /// The whole HTTP response.
    pub(crate) fn response(self) -> String {
        let status = match self {
            Self::LoggedIn | Self::Failed(_) => "200 OK",
            Self::Used => "410 Gone",
            Self::NotFound => "404 Not Found",
            Self::Foreign | Self::Unreadable => "400 Bad Request",
        };
        let (title, text) = self.words();
        let body = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>\
             :root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,sans-serif;max-width:30rem;\
             margin:20vh auto 0;padding:0 1.5rem}}h1{{font-size:1.4rem}}</style></head>\
             <body><h1>{title}</h1><p>{text}</p></body></html>"
        );
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
             Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Connection: close\r\n\r\n{body}",
            length = body.len(),
        )
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::LoggedIn => ("You are logged in.", "Return to ConnectPath Teams. This page can be closed."),
            Self::Failed(class) => ("You are not logged in.", failure(class)),
            Self::Used => {
                ("This login is already used.", "Return to ConnectPath Teams. This page can be closed.")
            }
            Self::Foreign => (
                "This is not the login that ConnectPath Teams is waiting for.",
                "Start Teams Login in ConnectPath Teams again, and close this page.",
            ),
            Self::NotFound => ("There is no such page.", "This page can be closed."),
            Self::Unreadable => ("This request cannot be read.", "This page can be closed."),
        }
    }
}

fn failure(class: Class) -> &'static str {
    match class {
        Class::SignInAgain | Class::AnotherCheck | Class::TooLong => {
            "Microsoft wants to check again that it is you. Start Teams Login in ConnectPath Teams again."
        }
        Class::Cancelled => {
            "The login was cancelled, or needs the approval of an administrator. Start Teams Login in ConnectPath \
             Teams again, or ask your administrator."
        }
        Class::Unapproved => {
            "Nobody has approved ConnectPath Teams yet. Start Teams Login again and approve it, or ask your \
             administrator to do so."
        }
        Class::Consent => "Your administrator must approve ConnectPath Teams first. Ask your administrator.",
        Class::OtherAccount => {
            "This account does not belong to your organisation. Start Teams Login in ConnectPath Teams again, with \
             your work account."
        }
        Class::Blocked => "Your organisation does not allow this login. Ask your administrator.",
        Class::Redirect
        | Class::UnknownApp
        | Class::OtherCloud
        | Class::Registration
        | Class::SecretExpired
        | Class::SecretWrong
        | Class::SecretMissing
        | Class::SecretUnwanted
        | Class::AppPermissions => {
            "The registration of ConnectPath Teams in your organisation is not set up correctly. Tell your administrator."
        }
        Class::Transient | Class::TooOften => {
            "Microsoft has a problem at the moment. Start Teams Login in ConnectPath Teams again in a few minutes."
        }
        Class::Unreachable => {
            "ConnectPath Teams could not reach Microsoft. Check the network, then start Teams Login again."
        }
        Class::Proxy => {
            "A proxy answered in place of Microsoft. Start Teams Login in ConnectPath Teams again in a few minutes. If \
             that does not help, tell your administrator."
        }
        Class::NetworkLogin => {
            "A network login page answered in place of Microsoft. Log in to the network, then start Teams Login in \
             ConnectPath Teams again."
        }
        Class::Nobody => {
            "Microsoft did not say who logged in. Start Teams Login in ConnectPath Teams again. If that does not help, \
             tell your administrator."
        }
        Class::NoPort => "This computer does not let ConnectPath Teams open a port. Tell your administrator.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_whole_and_loads_nothing() {
        let pages = [
            Page::LoggedIn,
            Page::Failed(Class::Cancelled),
            Page::Used,
            Page::Foreign,
            Page::NotFound,
            Page::Unreadable,
        ];
        for page in pages {
            let response = page.response();
            let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
            assert!(head.contains(&format!("Content-Length: {}", body.len())), "{page:?}");
            assert!(
                !body.contains("http") && !body.contains("src=") && !body.contains("<script"),
                "{page:?}"
            );
        }
    }
}
