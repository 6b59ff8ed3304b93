//! Addresses that a person types or pastes: of an instance, and of the page where a Connect Login begins.

use settings::{instance_address, start_address};

use crate::{assert_sentence, text};

pub(crate) fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match instance_address(text) {
        Ok(url) => {
            assert!(url.scheme() == "https" || net::is_loopback(&url), "{url}");
            assert!(url.username().is_empty() && url.password().is_none(), "{url}");
            assert!(url.query().is_none() && url.fragment().is_none() && url.path().ends_with('/'), "{url}");
            assert_eq!(
                instance_address(url.as_str()),
                Ok(url.clone()),
                "an address changes when it is read again"
            );
        }
        Err(reason) => assert_sentence(&reason),
    }
    match start_address(text) {
        Ok(url) => {
            assert!(url.scheme() == "https" || net::is_loopback(&url), "{url}");
            assert!(url.username().is_empty() && url.password().is_none(), "{url}");
            assert_eq!(
                start_address(url.as_str()),
                Ok(url.clone()),
                "an address changes when it is read again"
            );
        }
        Err(reason) => assert_sentence(&reason),
    }
}
