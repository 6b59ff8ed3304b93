//! The scopes that a token has, and which scopes a refresh requests.
//!
//! Entra writes a scope in any letter case, with or without the address of its resource, so short names are compared.

use crate::registration::ADMIN;

fn is_granted(right: &str, granted: &[String]) -> bool {
    granted.iter().any(|one| short(one).eq_ignore_ascii_case(short(right)))
}

/// True if these scopes, as a token answer names them, include the one to read everybody's licences and numbers.
#[must_use]
pub fn reads_everybody(granted: &[String]) -> bool {
    is_granted(ADMIN, granted)
}

/// The scopes that a refresh requests: those of a login that were granted. A scope that is no permission of a resource
/// (`openid` …) is always requested, because answers need not name it. If none of the wanted permissions was granted,
/// the answer cannot be relied on, and all are requested.
pub(crate) fn for_refresh(wanted: &[String], granted: &[String]) -> Vec<String> {
    let is_right = |scope: &String| scope.contains('/');
    let knows_any = wanted.iter().any(|scope| is_right(scope) && is_granted(scope, granted));
    let again = wanted.iter().filter(|scope| !knows_any || !is_right(scope) || is_granted(scope, granted));
    again.cloned().collect()
}

fn short(scope: &str) -> &str {
    scope.rsplit('/').next().unwrap_or(scope)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    fn wanted() -> Vec<String> {
        crate::scopes(&Url::parse("https://graph.microsoft.com/v1.0/").unwrap(), true)
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_refresh_asks_for_what_was_granted_however_it_is_written() {
        let granted = "email openid PROFILE https://graph.microsoft.com/presence.read.all Presence.ReadWrite \
                       00000003-0000-0000-c000-000000000000/User.Read";
        assert_eq!(
            for_refresh(&wanted(), &words(granted)),
            [
                "openid",
                "profile",
                "offline_access",
                "https://graph.microsoft.com/Presence.Read.All",
                "https://graph.microsoft.com/Presence.ReadWrite",
                "https://graph.microsoft.com/User.Read",
            ]
        );
    }

    #[test]
    fn an_answer_that_names_no_right_narrows_nothing() {
        for granted in ["", "openid profile", "openid https://other.example/Files.Read"] {
            assert_eq!(for_refresh(&wanted(), &words(granted)), wanted(), "{granted}");
        }
    }

    #[test]
    fn the_right_to_read_everybody_is_found_in_every_form() {
        for granted in ["User.Read.All", "user.read.all", "https://graph.microsoft.com/User.Read.All"] {
            assert!(reads_everybody(&words(granted)), "{granted}");
        }
        assert!(!reads_everybody(&words("User.Read User.ReadBasic.All https://graph.microsoft.com/openid")));
    }

    proptest! {
        #[test]
        fn a_refresh_requests_only_scopes_of_a_login_and_always_a_refresh_token(
            granted in proptest::collection::vec("(openid|[Uu]ser.Read(.All)?|Presence.Read.All|\\PC{0,8})", 0..6),
        ) {
            let wanted = wanted();
            let asked = for_refresh(&wanted, &granted);
            prop_assert!(asked.iter().all(|scope| wanted.contains(scope)));
            prop_assert!(["offline_access", "openid"].into_iter().all(|scope| asked.iter().any(|it| it == scope)));
            prop_assert!(asked.iter().any(|scope| scope.contains('/')));
        }
    }
}
