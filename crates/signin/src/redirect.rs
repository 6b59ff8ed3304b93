//! What the browser asks of the loopback address, read from the head of its request.
//!
//! A pure function over untrusted bytes. It neither knows which state is the right one nor answers anything.

use secrecy::SecretString;
use url::form_urlencoded;

use crate::error::Refusal;

/// Browsers send every cookie of `localhost`, but not more lines than this.
const MOST_HEADERS: usize = 100;

/// What a request turns out to be.
#[derive(Debug)]
pub(crate) enum Knock {
    /// Entra's answer to a login, of whoever started it.
    Answer {
        /// The state it carries; empty when there is none.
        state: SecretString,
        /// The code, or why there is none.
        answer: Result<SecretString, Refusal>,
    },
    /// A request for something that is not here: an icon, another path, another method.
    Elsewhere,
    /// No request, or one with contradicting answers.
    Unreadable,
}

/// Reads the head of a request.
pub(crate) fn read(head: &[u8]) -> Knock {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let Ok(httparse::Status::Complete(_)) = request.parse(head) else { return Knock::Unreadable };
    match (request.method, request.path.and_then(|target| target.split_once('?'))) {
        (Some("GET"), Some(("/", query))) => answer(query),
        _ => Knock::Elsewhere,
    }
}

fn answer(query: &str) -> Knock {
    let (mut state, mut code, mut error, mut subcode, mut description) = (None, None, None, None, None);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let field = match name.as_ref() {
            "state" => &mut state,
            "code" => &mut code,
            "error" => &mut error,
            "error_subcode" => &mut subcode,
            "error_description" => &mut description,
            _ => continue,
        };
        // Said twice, it could mean either.
        if field.replace(value.into_owned()).is_some() {
            return Knock::Unreadable;
        }
    }
    let state = SecretString::from(state.unwrap_or_default());
    match (error, code) {
        // An error counts first: one is known to come together with signs of success.
        (Some(error), _) => {
            let error_description = description.unwrap_or_default();
            Knock::Answer {
                state,
                answer: Err(Refusal { error, subcode, error_description, ..Refusal::default() }),
            }
        }
        (None, Some(code)) => Knock::Answer { state, answer: Ok(SecretString::from(code)) },
        (None, None) => Knock::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    fn get(target: &str) -> Knock {
        read(format!("GET {target} HTTP/1.1\r\nHost: localhost:4711\r\n\r\n").as_bytes())
    }

    #[test]
    fn a_code_comes_with_its_state() {
        let Knock::Answer { state, answer } = get("/?code=0.AX%2Fb+c&state=s%3D1&session_state=x") else {
            panic!("an answer")
        };
        assert_eq!(state.expose_secret(), "s=1");
        assert_eq!(answer.unwrap().expose_secret(), "0.AX/b c");
    }

    #[test]
    fn an_error_counts_before_a_code() {
        let Knock::Answer { answer, .. } = get("/?code=c&state=s&error=access_denied&error_subcode=cancel")
        else {
            panic!("an answer")
        };
        let refusal = answer.unwrap_err();
        assert_eq!((refusal.error.as_str(), refusal.subcode.as_deref()), ("access_denied", Some("cancel")));
    }

    #[test]
    fn other_addresses_and_methods_are_elsewhere() {
        for target in
            ["/", "/?", "/favicon.ico", "/x?code=c&state=s", "/?state=s", "http://localhost/?code=c"]
        {
            assert!(matches!(get(target), Knock::Elsewhere), "{target}");
        }
        let posted = read(b"POST /?code=c&state=s HTTP/1.1\r\n\r\n");
        assert!(matches!(posted, Knock::Elsewhere));
    }

    #[test]
    fn what_is_said_twice_is_not_believed() {
        for query in ["code=a&code=b&state=s", "code=a&state=s&state=t", "error=a&error=b&state=s"] {
            assert!(matches!(get(&format!("/?{query}")), Knock::Unreadable), "{query}");
        }
    }

    #[test]
    fn what_is_no_request_is_unreadable() {
        for head in
            ["", "GET", "GET / HTTP/1.1\r\n", "\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET /?code=c\r\n\r\n"]
        {
            assert!(matches!(read(head.as_bytes()), Knock::Unreadable), "{head:?}");
        }
    }

    #[test]
    fn neither_code_nor_state_show_in_a_log() {
        let told = format!("{:?}", get("/?code=the-code&state=the-state"));
        assert!(!told.contains("the-code") && !told.contains("the-state"), "{told}");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail_hard(head in proptest::collection::vec(any::<u8>(), 0..400)) {
            drop(read(&head));
        }

        #[test]
        fn no_query_makes_it_fail_hard(query in "[ -~]{0,120}") {
            drop(get(&format!("/?{query}")));
        }

        #[test]
        fn any_code_and_state_arrive_as_they_were_sent(code in "\\PC{0,40}", state in "\\PC{0,40}") {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("code", &code)
                .append_pair("state", &state)
                .finish();
            let Knock::Answer { state: read, answer: Ok(found) } = get(&format!("/?{query}")) else {
                return Err(TestCaseError::fail("an answer"));
            };
            prop_assert_eq!(read.expose_secret(), state);
            prop_assert_eq!(found.expose_secret(), code);
        }
    }
}
