//! The shapes of Graph's answers, as far as they are read (Graph: presence, user, error). Every property but
//! the id may be missing. What has another form than documented costs itself and nothing around it. Strict are those
//! that decide what the rest means: who it is, the state, whether the account is enabled, and where the next page is.
//! What of a person is shown is for [`presence::shown`].

use std::fmt;

use serde::{Deserialize, Deserializer, de::IgnoredAny};

/// A value, or anything else.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Either<T> {
    Read(T),
    Odd(IgnoredAny),
}

/// A list of which the entries that cannot be read are left out.
#[derive(Debug)]
pub(crate) struct Lenient<T> {
    pub(crate) entries: Vec<T>,
    /// How many were left out.
    pub(crate) skipped: usize,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Vec::<Either<T>>::deserialize(deserializer)?;
        let count = all.len();
        let read = |entry| match entry {
            Either::Read(entry) => Some(entry),
            Either::Odd(IgnoredAny) => None,
        };
        let entries: Vec<T> = all.into_iter().filter_map(read).collect();
        Ok(Self { skipped: count - entries.len(), entries })
    }
}

/// A property that counts as missing if it has another form than documented.
fn lenient<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(match Either::deserialize(deserializer)? {
        Either::Read(value) => Some(value),
        Either::Odd(IgnoredAny) => None,
    })
}

/// `microsoft.graph.presence`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Presence {
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) id: Option<String>,
    pub(crate) availability: Option<String>,
    pub(crate) activity: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) out_of_office_settings: Option<OutOfOffice>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) sequence_number: Option<String>,
    pub(crate) status_message: Option<Either<StatusMessage>>,
}

/// `microsoft.graph.presenceStatusMessage`, without when it was published. What has another form than documented is no
/// missing message: somebody's would be written over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusMessage {
    pub(crate) message: Option<Either<ItemBody>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) expiry_date_time: Option<DateTimeTimeZone>,
}

/// What a person wrote is in no log.
impl fmt::Debug for StatusMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusMessage").finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
pub(crate) struct ItemBody {
    pub(crate) content: Option<Either<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DateTimeTimeZone {
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) date_time: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) time_zone: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OutOfOffice {
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) is_out_of_office: Option<bool>,
}

/// A presence as it is documented, or in the collection that the example of presence-get wraps it in.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum OnePresence {
    Wrapped { value: Lenient<Presence> },
    Plain(Presence),
}

#[derive(Debug, Deserialize)]
pub(crate) struct Presences {
    pub(crate) value: Lenient<Presence>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Organizations {
    pub(crate) value: Lenient<Organization>,
}

/// `microsoft.graph.organization`, as much as the right User.Read shows.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Organization {
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) display_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) verified_domains: Option<Lenient<VerifiedDomain>>,
}

/// `microsoft.graph.verifiedDomain`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VerifiedDomain {
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) is_default: Option<bool>,
}

/// `microsoft.graph.user`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    /// What kind of thing it is; users do not say it.
    #[serde(rename = "@odata.type", default)]
    pub(crate) kind: Option<String>,
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) display_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) given_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) surname: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) user_principal_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) mail: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) department: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) job_title: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) business_phones: Option<Lenient<String>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) mobile_phone: Option<String>,
    pub(crate) account_enabled: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) assigned_plans: Option<Lenient<Plan>>,
}

/// `microsoft.graph.assignedPlan`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Plan {
    pub(crate) service_plan_id: String,
    pub(crate) capability_status: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Users {
    /// What the page is a part of: "…/$metadata#users(id,displayName)".
    #[serde(rename = "@odata.context", default, deserialize_with = "lenient")]
    pub(crate) context: Option<String>,
    #[serde(rename = "@odata.count", default, deserialize_with = "lenient")]
    pub(crate) count: Option<u64>,
    #[serde(rename = "@odata.nextLink")]
    pub(crate) next_link: Option<String>,
    pub(crate) value: Lenient<User>,
}

/// What an error body says; empty if it says nothing.
#[derive(Debug, Default)]
pub(crate) struct Error {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Reads an error body; one of another form counts as empty.
pub(crate) fn error(body: &[u8]) -> Error {
    #[derive(Deserialize)]
    struct Body {
        error: Said,
    }
    #[derive(Deserialize)]
    struct Said {
        #[serde(default, deserialize_with = "lenient")]
        code: Option<String>,
        #[serde(default, deserialize_with = "lenient")]
        message: Option<String>,
    }
    match serde_json::from_slice(body) {
        Ok(Body { error: Said { code, message } }) => {
            Error { code: code.unwrap_or_default(), message: message.unwrap_or_default() }
        }
        Err(_) => Error::default(),
    }
}

/// A text that says something.
pub(crate) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
