//! Reads the head of a request that the browser sends to the loopback address.
//!
//! A pure function over untrusted bytes: it returns a code only together with the state of the current login.

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::form_urlencoded;

use crate::refusal::Refusal;

/// The most header lines. Browsers send every cookie of `localhost`, but in few lines.
const MOST_HEADERS: usize = 100;

/// The login whose answer is expected.
#[derive(Debug)]
pub(crate) struct ExpectedLogin {
    /// The state that the answer must have.
    pub(crate) state: SecretString,
    /// The port on which it must arrive.
    pub(crate) port: u16,
}

/// What a request is.
#[derive(Debug)]
pub(crate) enum BrowserRequest {
    /// The answer to the login: the code, or why there is none.
    Answer(Result<SecretString, Refusal>),
    /// An answer to another login, or to none.
    Foreign,
    /// A request for something else: an icon, another path, another method, another host.
    Elsewhere,
    /// Not a valid request, or one with contradicting parameters.
    Unreadable,
}

/// Reads the head of a request.
pub(crate) fn read(head: &[u8], expected: &ExpectedLogin) -> BrowserRequest {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let Ok(httparse::Status::Complete(_)) = request.parse(head) else { return BrowserRequest::Unreadable };
    if !is_meant_for(request.headers, expected.port) {
        return BrowserRequest::Elsewhere;
    }
    match (request.method, request.path.and_then(|target| target.split_once('?'))) {
        (Some("GET"), Some(("/", query))) => answer(query, expected),
        _ => BrowserRequest::Elsewhere,
    }
}

/// Refuses other host names: a web page can send the browser here under a name of its own (DNS rebinding).
fn is_meant_for(headers: &[httparse::Header<'_>], port: u16) -> bool {
    let mut hosts = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        let ours = format!("{name}:{port}");
        host.value.eq_ignore_ascii_case(ours.as_bytes())
    })
}

fn answer(query: &str, expected: &ExpectedLogin) -> BrowserRequest {
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
        // A repeated parameter could mean either value.
        if field.replace(value.into_owned()).is_some() {
            return BrowserRequest::Unreadable;
        }
    }
    let answer = match (error, code) {
        // An error counts first: some errors come together with signs of success.
        (Some(error), _) => {
            let error_description = description.unwrap_or_default();
            Err(Refusal { error, subcode, error_description, ..Refusal::default() })
        }
        (None, Some(code)) => Ok(SecretString::from(code)),
        (None, None) => return BrowserRequest::Elsewhere,
    };
    let state = SecretString::from(state.unwrap_or_default());
    let (said, right) = (state.expose_secret().as_bytes(), expected.state.expose_secret().as_bytes());
    if bool::from(said.ct_eq(right)) { BrowserRequest::Answer(answer) } else { BrowserRequest::Foreign }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PORT: u16 = 4711;

    fn expected(state: &str) -> ExpectedLogin {
        ExpectedLogin { state: SecretString::from(state), port: PORT }
    }

    fn get(target: &str) -> BrowserRequest {
        let head = format!("GET {target} HTTP/1.1\r\nHost: localhost:{PORT}\r\n\r\n");
        read(head.as_bytes(), &expected("s=1"))
    }

    #[test]
    fn a_code_comes_with_the_right_state() {
        let BrowserRequest::Answer(answer) = get("/?code=0.AX%2Fb+c&state=s%3D1&session_state=x") else {
            panic!("an answer")
        };
        assert_eq!(answer.unwrap().expose_secret(), "0.AX/b c");
    }

    #[test]
    fn an_error_counts_before_a_code() {
        let BrowserRequest::Answer(answer) =
            get("/?code=c&state=s%3D1&error=access_denied&error_subcode=cancel")
        else {
            panic!("an answer")
        };
        let refusal = answer.unwrap_err();
        assert_eq!((refusal.error.as_str(), refusal.subcode.as_deref()), ("access_denied", Some("cancel")));
    }

    #[test]
    fn another_state_or_none_is_foreign() {
        for query in ["code=c&state=s", "code=c&state=s%3D12", "code=c&state=", "code=c", "error=x&state=t"] {
            assert!(matches!(get(&format!("/?{query}")), BrowserRequest::Foreign), "{query}");
        }
    }

    #[test]
    fn other_addresses_and_methods_are_elsewhere() {
        for target in
            ["/", "/?", "/favicon.ico", "/x?code=c&state=s%3D1", "/?state=s%3D1", "http://localhost/?code=c"]
        {
            assert!(matches!(get(target), BrowserRequest::Elsewhere), "{target}");
        }
        for method in ["POST", "HEAD", "PUT", "get"] {
            let head = format!("{method} /?code=c&state=s%3D1 HTTP/1.1\r\nHost: localhost:{PORT}\r\n\r\n");
            assert!(matches!(read(head.as_bytes(), &expected("s=1")), BrowserRequest::Elsewhere), "{method}");
        }
    }

    #[test]
    fn other_hosts_are_elsewhere() {
        let with = |lines: &str| {
            let head = format!("GET /?code=c&state=s%3D1 HTTP/1.1\r\n{lines}\r\n");
            read(head.as_bytes(), &expected("s=1"))
        };
        for ours in ["localhost:4711", "LocalHost:4711", "127.0.0.1:4711", "[::1]:4711"] {
            assert!(matches!(with(&format!("host: {ours}\r\n")), BrowserRequest::Answer(Ok(_))), "{ours}");
        }
        for lines in [
            "",
            "Host: localhost\r\n",
            "Host: localhost:4712\r\n",
            "Host: attacker.example:4711\r\n",
            "Host: localhost.example:4711\r\n",
            "Host: localhost:4711\r\nHost: attacker.example:4711\r\n",
        ] {
            assert!(matches!(with(lines), BrowserRequest::Elsewhere), "{lines:?}");
        }
    }

    #[test]
    fn a_repeated_parameter_makes_a_request_unreadable() {
        for query in
            ["code=a&code=b&state=s%3D1", "code=a&state=s%3D1&state=t", "error=a&error=b&state=s%3D1"]
        {
            assert!(matches!(get(&format!("/?{query}")), BrowserRequest::Unreadable), "{query}");
        }
    }

    #[test]
    fn bytes_that_are_no_request_are_unreadable() {
        for head in
            ["", "GET", "GET / HTTP/1.1\r\n", "\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET /?code=c\r\n\r\n"]
        {
            assert!(matches!(read(head.as_bytes(), &expected("")), BrowserRequest::Unreadable), "{head:?}");
        }
    }

    #[test]
    fn neither_code_nor_state_show_in_a_log() {
        let shown = format!("{:?} {:?}", get("/?code=the-code&state=s%3D1"), expected("the-state"));
        assert!(!shown.contains("the-code") && !shown.contains("the-state"), "{shown}");
    }

    /// Pieces of requests, so that random ones come near to real ones.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let words = prop_oneof![
            Just("GET "),
            Just("POST "),
            Just("/"),
            Just("?"),
            Just("&"),
            Just("="),
            Just("%3D"),
            Just("code="),
            Just("state="),
            Just("right"),
            Just("righ"),
            Just("error="),
            Just(" HTTP/1.1\r\n"),
            Just("Host: localhost:4711\r\n"),
            Just("Host: elsewhere\r\n"),
            Just("\r\n"),
        ];
        let piece = prop_oneof![
            8 => words.prop_map(|word| word.as_bytes().to_vec()),
            1 => proptest::collection::vec(any::<u8>(), 0..4),
        ];
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    /// A valid request with some of its bytes changed.
    fn damaged() -> impl Strategy<Value = Vec<u8>> {
        let whole = b"GET /?code=c&state=right HTTP/1.1\r\nHost: localhost:4711\r\n\r\n".to_vec();
        let places = proptest::collection::vec((0..whole.len(), any::<u8>()), 0..4);
        places.prop_map(move |places| {
            let mut head = whole.clone();
            for (place, byte) in places {
                head[place] = byte;
            }
            head
        })
    }

    /// True if the query has a `state` that is exactly `right`.
    fn carries_the_state(head: &[u8]) -> bool {
        let line = head.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
        let query = line.splitn(2, |byte| *byte == b'?').nth(1).unwrap_or_default();
        form_urlencoded::parse(query).any(|(name, value)| name == "state" && value == "right")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_bytes_yield_a_code_without_the_state(head in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(!matches!(read(&head, &expected("right")), BrowserRequest::Answer(_)));
        }

        #[test]
        fn no_pieces_of_requests_yield_a_code_without_the_state(head in pieces()) {
            if matches!(read(&head, &expected("right")), BrowserRequest::Answer(_)) {
                prop_assert!(carries_the_state(&head), "{}", String::from_utf8_lossy(&head));
            }
        }

        #[test]
        fn no_damaged_request_yields_a_code_without_the_state(head in damaged()) {
            if matches!(read(&head, &expected("right")), BrowserRequest::Answer(_)) {
                prop_assert!(carries_the_state(&head), "{}", String::from_utf8_lossy(&head));
            }
        }

        #[test]
        fn a_code_arrives_as_it_was_sent_with_its_state_alone(
            code in "\\PC{0,40}", state in "\\PC{0,40}", other in "\\PC{0,40}"
        ) {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("code", &code)
                .append_pair("state", &state)
                .finish();
            let head = format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{PORT}\r\n\r\n");
            let BrowserRequest::Answer(Ok(found)) = read(head.as_bytes(), &expected(&state)) else {
                return Err(TestCaseError::fail("an answer"));
            };
            prop_assert_eq!(found.expose_secret(), code);
            if other != state {
                prop_assert!(matches!(read(head.as_bytes(), &expected(&other)), BrowserRequest::Foreign));
            }
        }
    }
}
