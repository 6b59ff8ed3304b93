//! The users of the instance (`SearchUsers`, `DescribeUser`): who they are, not their state.

use std::collections::BTreeMap;

use jiff::Timestamp;
use presence::{aws::UserId, identity::ObjectId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    ApiError, ConnectApi, Credentials, NextPage,
    entries::{Entries, lenient},
};
use crate::agent::text;

/// The largest number of users on a page (API: SearchUsers).
const A_PAGE: u16 = 500;
/// The tag by which an administrator says which person of Entra a user is: an object id.
const OBJECT_ID: &str = "entra_object_id";

/// A user of the instance. Texts are as an administrator or the company's directory wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectUser {
    /// Identity in the instance.
    pub id: UserId,
    /// The user name: with SAML usually the user principal name.
    pub username: String,
    /// The name shown to people; empty if there is none.
    pub name: String,
    /// The person of Entra, if an administrator named them by a tag.
    pub object_id: Option<ObjectId>,
}

/// A page of users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Users {
    /// The users.
    pub users: Vec<ConnectUser>,
    /// Entries that could not be read.
    pub skipped: usize,
    /// The next page, if there is one.
    pub next: Option<NextPage>,
}

/// Further details of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserAddresses {
    /// Mail addresses, the first one first.
    pub mails: Vec<String>,
    /// The mobile number, as it was written.
    pub mobile: Option<String>,
}

impl ConnectApi {
    /// Reads a page of all users of the instance.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn users(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        page: Option<&NextPage>,
    ) -> Result<Users, ApiError> {
        self.search(credentials, now, (A_PAGE, page)).await
    }

    /// Reads any one user of the instance: the smallest request that shows whether users can be read.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn some_user(
        &self,
        credentials: &Credentials,
        now: Timestamp,
    ) -> Result<Option<ConnectUser>, ApiError> {
        Ok(self.search(credentials, now, (1, None)).await?.users.pop())
    }

    async fn search(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        (size, page): (u16, Option<&NextPage>),
    ) -> Result<Users, ApiError> {
        let mut body = json!({ "InstanceId": self.instance_id(), "MaxResults": size });
        if let Some(NextPage(token)) = page {
            body["NextToken"] = token.as_str().into();
        }
        let url = self.address(&["search-users"], &[]);
        let answer: Answer = self.post(credentials, now, (url, &body), "it is no list of users").await?;
        Ok(answer.read())
    }

    /// Further details of a user.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn addresses(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        user: &UserId,
    ) -> Result<UserAddresses, ApiError> {
        let url = self.address(&["users", self.instance_id(), user.as_str()], &[]);
        let answer: Described = self.get(credentials, now, url, "it is no user").await?;
        Ok(answer.user.identity_info.unwrap_or_default().addresses())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    users: Entries<WireUser>,
    #[serde(default)]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireUser {
    id: String,
    username: String,
    #[serde(default, deserialize_with = "lenient")]
    identity_info: Option<Info>,
    #[serde(default, deserialize_with = "lenient")]
    tags: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    user: DescribedUser,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribedUser {
    #[serde(default, deserialize_with = "lenient")]
    identity_info: Option<Info>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Info {
    #[serde(default, deserialize_with = "lenient")]
    first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    last_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    email: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    secondary_email: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    mobile: Option<String>,
}

fn filled(value: Option<String>) -> Option<String> {
    value.map(|value| text(value.trim().to_owned())).filter(|value| !value.is_empty())
}

impl Info {
    fn name(&self) -> String {
        let parts = [self.first_name.clone(), self.last_name.clone()].map(filled);
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn addresses(self) -> UserAddresses {
        UserAddresses {
            mails: [filled(self.email), filled(self.secondary_email)].into_iter().flatten().collect(),
            mobile: filled(self.mobile),
        }
    }
}

impl Answer {
    fn read(self) -> Users {
        let Entries { read, mut skipped } = self.users;
        let all = read.len();
        let users: Vec<ConnectUser> = read.into_iter().filter_map(user).collect();
        skipped += all - users.len();
        Users { users, skipped, next: NextPage::of(self.next_token) }
    }
}

fn user(wire: WireUser) -> Option<ConnectUser> {
    let tag = wire.tags.as_ref().and_then(|tags| tags.get(OBJECT_ID)?.as_str());
    Some(ConnectUser {
        id: UserId::new(wire.id).ok()?,
        name: wire.identity_info.unwrap_or_default().name(),
        username: text(wire.username),
        object_id: tag
            .map(|id| id.trim())
            .filter(|id| !id.is_empty())
            .map(|id| ObjectId::new(id.to_ascii_lowercase())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Users {
        serde_json::from_str::<Answer>(json).unwrap().read()
    }

    #[test]
    fn a_user_has_a_name_and_perhaps_a_person_of_entra() {
        let users = read(
            r#"{"Users": [
                {"Id": "u-1", "Username": "amira@contoso.example",
                 "IdentityInfo": {"FirstName": "Amira", "LastName": " Haddad "},
                 "Tags": {"team": "a", "entra_object_id": " 0A1B-2 "}},
                {"Id": "u-2", "Username": "kiosk", "IdentityInfo": {"LastName": null}},
                {"Id": "../u-3", "Username": "x"}, {"Username": "no id"}, 7
            ], "NextToken": "more", "ApproximateTotalCount": 9}"#,
        );
        assert_eq!(
            users.users,
            [
                ConnectUser {
                    id: UserId::new("u-1").unwrap(),
                    username: "amira@contoso.example".to_owned(),
                    name: "Amira Haddad".to_owned(),
                    object_id: Some(ObjectId::new("0a1b-2")),
                },
                ConnectUser {
                    id: UserId::new("u-2").unwrap(),
                    username: "kiosk".to_owned(),
                    name: String::new(),
                    object_id: None,
                },
            ]
        );
        assert_eq!((users.skipped, users.next), (3, Some(NextPage("more".to_owned()))));
    }

    #[test]
    fn one_odd_field_does_not_affect_the_others() {
        for odd in [
            r#""IdentityInfo": null"#,
            r#""IdentityInfo": "Amira""#,
            r#""IdentityInfo": {"FirstName": 7, "LastName": "Haddad", "Mobile": 4416329600}"#,
            r#""Tags": null"#,
            r#""Tags": [1]"#,
            r#""Tags": {"entra_object_id": 7, "x": null}"#,
        ] {
            let users = read(&format!(r#"{{"Users": [{{"Id": "u-1", "Username": "amira", {odd}}}]}}"#));
            assert_eq!((users.users.len(), users.skipped), (1, 0), "{odd}");
            assert_eq!(users.users[0].object_id, None);
        }
        let users = read(
            r#"{"Users": [{"Id": "u-1", "Username": "a", "Tags": {"x": null, "entra_object_id": "0a1b"}}]}"#,
        );
        assert_eq!(
            users.users[0].object_id,
            Some(ObjectId::new("0a1b")),
            "the tag beside the odd one is read"
        );
    }

    #[test]
    fn an_address_that_is_not_there_is_none() {
        let described: Described = serde_json::from_str(
            r#"{"User": {"Id": "u-2", "IdentityInfo": {"Email": "", "SecondaryEmail": "kiosk@contoso.example", "Mobile": " "}}}"#,
        )
        .unwrap();
        assert_eq!(
            described.user.identity_info.unwrap_or_default().addresses(),
            UserAddresses { mails: vec!["kiosk@contoso.example".to_owned()], mobile: None }
        );
    }
}
