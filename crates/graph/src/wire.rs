//! The shapes of Graph's answers, as far as they are read (Graph: presence, user, error). Every property but
//! the id may be missing.

use serde::Deserialize;

/// `microsoft.graph.presence`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Presence {
    pub(crate) id: Option<String>,
    pub(crate) availability: Option<String>,
    pub(crate) activity: Option<String>,
    pub(crate) out_of_office_settings: Option<OutOfOffice>,
    pub(crate) sequence_number: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OutOfOffice {
    pub(crate) is_out_of_office: Option<bool>,
}

/// A presence as it is documented, or in the collection that the example of presence-get wraps it in.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum OnePresence {
    Wrapped { value: Vec<Presence> },
    Plain(Presence),
}

#[derive(Debug, Deserialize)]
pub(crate) struct Presences {
    pub(crate) value: Vec<Presence>,
}

/// `microsoft.graph.user`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) id: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) given_name: Option<String>,
    pub(crate) surname: Option<String>,
    pub(crate) user_principal_name: Option<String>,
    pub(crate) mail: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) job_title: Option<String>,
    pub(crate) business_phones: Option<Vec<String>>,
    pub(crate) mobile_phone: Option<String>,
    pub(crate) account_enabled: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Users {
    #[serde(rename = "@odata.count")]
    pub(crate) count: Option<u64>,
    #[serde(rename = "@odata.nextLink")]
    pub(crate) next_link: Option<String>,
    pub(crate) value: Vec<User>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Error {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Reads an error body; one of another form counts as empty.
pub(crate) fn error(body: &[u8]) -> Error {
    #[derive(Deserialize)]
    struct Body {
        error: Error,
    }
    serde_json::from_slice(body).map_or_else(|_| Error::default(), |body: Body| body.error)
}

/// A text that says something.
pub(crate) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
