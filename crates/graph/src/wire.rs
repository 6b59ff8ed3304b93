//! The JSON of Graph's answers, as far as it is read (Graph: presence, user, error).
//!
//! Every property but the id may be missing. A property in an undocumented form counts as missing, without affecting
//! the others. Strict are only those that decide what the rest means: the id, the state, whether the account is
//! enabled, and the link to the next page. [`presence::shown`] makes texts ready to be shown.

use std::fmt;

use serde::{Deserialize, Deserializer, de::IgnoredAny};

/// A value in the documented form, or anything else.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Either<T> {
    Read(T),
    Unreadable(IgnoredAny),
}

/// A list without the entries that cannot be read.
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
            Either::Unreadable(IgnoredAny) => None,
        };
        let entries: Vec<T> = all.into_iter().filter_map(read).collect();
        Ok(Self { skipped: count - entries.len(), entries })
    }
}

/// Reads a property; one in an undocumented form counts as missing.
fn lenient<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(match Either::deserialize(deserializer)? {
        Either::Read(value) => Some(value),
        Either::Unreadable(IgnoredAny) => None,
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

/// `microsoft.graph.presenceStatusMessage`, without the time of publication. A message in an undocumented form does not
/// count as missing: that of a person would be overwritten.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusMessage {
    pub(crate) message: Option<Either<ItemBody>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) expiry_date_time: Option<DateTimeTimeZone>,
}

/// Without the text: what a person wrote must not get into a log.
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

/// A presence as documented, or wrapped in a collection as in the example of presence-get.
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

/// `microsoft.graph.organization`, as far as User.Read shows it.
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
    /// The type of the entry; missing for users.
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
    /// The collection that the page is part of: "…/$metadata#users(id,displayName)".
    #[serde(rename = "@odata.context", default, deserialize_with = "lenient")]
    pub(crate) context: Option<String>,
    #[serde(rename = "@odata.count", default, deserialize_with = "lenient")]
    pub(crate) count: Option<u64>,
    #[serde(rename = "@odata.nextLink")]
    pub(crate) next_link: Option<String>,
    pub(crate) value: Lenient<User>,
}

/// The content of an error body; empty if it has none.
#[derive(Debug, Default)]
pub(crate) struct Error {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Reads an error body; one in another form counts as empty.
pub(crate) fn error(body: &[u8]) -> Error {
    #[derive(Deserialize)]
    struct Body {
        error: Fields,
    }
    #[derive(Deserialize)]
    struct Fields {
        #[serde(default, deserialize_with = "lenient")]
        code: Option<String>,
        #[serde(default, deserialize_with = "lenient")]
        message: Option<String>,
    }
    match serde_json::from_slice(body) {
        Ok(Body { error: Fields { code, message } }) => {
            Error { code: code.unwrap_or_default(), message: message.unwrap_or_default() }
        }
        Err(_) => Error::default(),
    }
}

/// The text unless it is blank.
pub(crate) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
