//! A page of the directory: its size, its link, and the people on it.
//!
//! All input is untrusted. An entry that cannot be read is skipped and counted; a page of anything but users is
//! refused. Sends no request.

use std::hash::{Hash, Hasher};

use presence::identity::ObjectId;
use url::Url;

use crate::{
    Directory, DirectoryNumber, GraphError, LicenceFilter, PlanId,
    licence::has_one_of,
    own::numbers,
    wire::{self, Lenient, filled},
};

/// How many people a page has. Smaller pages need more requests, and each is cheaper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageSize {
    /// 100.
    Small,
    /// 500.
    Half,
    /// 999, the maximum (Graph: user-list).
    #[default]
    Full,
}

impl PageSize {
    /// In people.
    #[must_use]
    pub const fn people(self) -> usize {
        match self {
            Self::Small => 100,
            Self::Half => 500,
            Self::Full => 999,
        }
    }

    /// The next smaller size; the smallest is its own.
    #[must_use]
    pub const fn smaller(self) -> Self {
        match self {
            Self::Full => Self::Half,
            Self::Half | Self::Small => Self::Small,
        }
    }
}

/// A person of the directory. Texts are as an administrator typed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryPerson {
    /// Identity in the directory.
    pub id: ObjectId,
    /// The display name; may be empty or invisible.
    pub name: String,
    /// The given name.
    pub given: Option<String>,
    /// The surname.
    pub surname: Option<String>,
    /// The user principal name; may be empty.
    pub upn: String,
    /// The mail address.
    pub mail: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The job title.
    pub job_title: Option<String>,
    /// Telephone numbers, the business number first.
    pub numbers: Vec<DirectoryNumber>,
}

/// One page of the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeoplePage {
    /// The people. An empty page need not be the last one.
    pub people: Vec<DirectoryPerson>,
    /// How many entries were skipped because they cannot be read or have no id.
    pub skipped: usize,
    /// How many entries the page has, including those that were skipped or filtered out.
    pub entries: usize,
    /// The next page, if there is one.
    pub next: Option<NextPage>,
    /// How many people all pages have together; only on the first page of a licensed list.
    pub total: Option<u64>,
}

/// The checked link to the next page, at the configured host. Two links are equal if they lead to the same page,
/// however they are spelled, so a caller that remembers the links it followed notices a list that repeats itself.
#[derive(Debug, Clone)]
pub struct NextPage {
    url: Url,
    /// The path and the options of the query, decoded and sorted.
    key: (String, Vec<(String, String)>),
}

impl NextPage {
    pub(crate) fn new(url: Url) -> Self {
        let mut options: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.into_owned()))
            .collect();
        options.sort();
        options.dedup();
        let path = url.path().trim_matches('/').to_ascii_lowercase();
        Self { url, key: (path, options) }
    }

    pub(crate) fn into_url(self) -> Url {
        self.url
    }
}

impl PartialEq for NextPage {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for NextPage {}

impl Hash for NextPage {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// The people on a page, as far as they were requested.
pub(crate) fn read(
    page: wire::Users,
    directory: &Directory,
    next: Option<NextPage>,
) -> Result<PeoplePage, GraphError> {
    if page.context.as_deref().is_some_and(|context| !is_of_users(context)) {
        return Err(GraphError::Malformed("it is a page of something else"));
    }
    let Lenient { entries, mut skipped } = page.value;
    let entries_read = entries.len() + skipped;
    let mut people = Vec::with_capacity(entries.len());
    for user in entries {
        match is_wanted(&user, directory) {
            Some(false) => {}
            Some(true) => match person(user) {
                Some(person) => people.push(person),
                None => skipped += 1,
            },
            None => skipped += 1,
        }
    }
    Ok(PeoplePage { people, skipped, entries: entries_read, next, total: page.count })
}

/// "https://graph.microsoft.com/v1.0/$metadata#users(id,displayName)".
fn is_of_users(context: &str) -> bool {
    let set = context.rsplit_once('#').map(|(_, set)| set.to_ascii_lowercase());
    set.is_none_or(|set| set.starts_with("users") || set.starts_with("directoryobjects"))
}

/// Whether a user was requested; none if that cannot be read.
fn is_wanted(user: &wire::User, directory: &Directory) -> Option<bool> {
    let kind = user.kind.as_deref().unwrap_or("#microsoft.graph.user");
    if !kind.trim_start_matches('#').eq_ignore_ascii_case("microsoft.graph.user") {
        return None;
    }
    if user.account_enabled == Some(false) {
        return Some(false);
    }
    let here = |plans: &[PlanId]| has_one_of(plans, user.assigned_plans.as_ref());
    match directory {
        Directory::Licensed { plans, filter: LicenceFilter::Here } => here(plans),
        Directory::Licensed {
            filter: LicenceFilter::LicensedAndEnabled | LicenceFilter::Licensed, ..
        }
        | Directory::Basic => Some(true),
    }
}

/// A person, if the entry has an id. The name that is shown is decided elsewhere.
fn person(user: wire::User) -> Option<DirectoryPerson> {
    Some(DirectoryPerson {
        id: ObjectId::new(filled(user.id)?),
        name: user.display_name.unwrap_or_default(),
        given: filled(user.given_name),
        surname: filled(user.surname),
        upn: filled(user.user_principal_name).unwrap_or_default(),
        mail: filled(user.mail),
        department: filled(user.department),
        job_title: filled(user.job_title),
        numbers: numbers(user.business_phones, user.mobile_phone),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::licence::teams_plans;

    fn next(link: &str) -> NextPage {
        NextPage::new(Url::parse(link).unwrap())
    }

    #[test]
    fn one_page_has_one_key_however_its_link_is_spelled() {
        let link = next("https://graph.microsoft.com/v1.0/users?$top=999&$skiptoken=R%2Fx%20y");
        for same in [
            "https://graph.microsoft.com/v1.0/users?%24skiptoken=R/x+y&$top=999",
            "https://graph.microsoft.com/v1.0/Users/?$Top=999&$skipToken=R%2fx%20y",
            "https://graph.microsoft.com:443/v1.0/users?$top=999&$top=999&%24skiptoken=R%2Fx%20y#x",
        ] {
            assert_eq!(next(same), link, "{same}");
            assert!(HashSet::from([link.clone()]).contains(&next(same)));
        }
        for other in [
            "https://graph.microsoft.com/v1.0/users?$top=999&$skiptoken=r%2Fx%20y",
            "https://graph.microsoft.com/v1.0/users?$top=999",
            "https://graph.microsoft.com/v1.0/groups?$top=999&$skiptoken=R%2Fx%20y",
        ] {
            assert_ne!(next(other), link, "{other}");
        }
    }

    #[test]
    fn sizes_shrink_to_the_smallest_and_stay_there() {
        let sizes =
            [PageSize::Full, PageSize::Full.smaller(), PageSize::Half.smaller(), PageSize::Small.smaller()];
        assert_eq!(sizes.map(PageSize::people), [999, 500, 100, 100]);
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::{Value, json};
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            Just(json!("Enabled")),
            Just(json!("57ff2da0-773e-42df-b2af-ffb7a2317929")),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            let key = prop::sample::select(vec![
                "id",
                "displayName",
                "userPrincipalName",
                "mail",
                "businessPhones",
                "mobilePhone",
                "accountEnabled",
                "assignedPlans",
                "servicePlanId",
                "capabilityStatus",
                "@odata.type",
                "x",
            ]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((key, inner), 0..8).prop_map(|all| {
                    Value::Object(all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_entry_is_read_left_out_or_counted_and_every_person_has_an_id(
            entries in prop::collection::vec(json(), 0..8),
            here in any::<bool>(),
        ) {
            let whole = serde_json::json!({ "value": entries }).to_string();
            let users: wire::Users = serde_json::from_str(&whole).unwrap();
            let filter = if here { LicenceFilter::Here } else { LicenceFilter::Licensed };
            let page = read(users, &Directory::Licensed { plans: teams_plans(), filter }, None).unwrap();
            prop_assert_eq!(page.entries, entries.len());
            prop_assert!(page.people.len() + page.skipped <= entries.len());
            for person in &page.people {
                prop_assert!(!person.id.as_str().trim().is_empty());
            }
        }
    }
}
