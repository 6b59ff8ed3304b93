//! The people of the directory, page by page.
//!
//! Every page is asked for with the headers of the first one, which Graph does not remember. A token is sent
//! to no other host than the configured one. How many pages are enough is for the caller to say.

use presence::identity::ObjectId;
use secrecy::SecretString;
use url::Url;
use uuid::fmt::Hyphenated;

use crate::{
    DirectoryNumber, Graph, GraphError,
    own::numbers,
    search,
    transport::{self, LONG, SHORT, right},
    wire::{self, Lenient, filled},
};

/// The most people that a page holds (Graph: user-list).
const A_PAGE: u16 = 999;
/// The most people that a search finds.
const MOST_FOUND: u16 = 25;
const BASIC: &str = "id,displayName,givenName,surname,userPrincipalName,mail";
const FULL: &str = "id,displayName,givenName,surname,userPrincipalName,mail,businessPhones,mobilePhone,jobTitle,\
                    department,accountEnabled";
/// Teams for companies, GCC, GCC High, DoD, and Teams Free (Entra: licensing-service-plan-reference).
const TEAMS_PLANS: [&str; 5] = [
    "57ff2da0-773e-42df-b2af-ffb7a2317929",
    "304767db-7d23-49e8-a945-4a7eb65f9f28",
    "9953b155-8aef-4c56-92f3-72b0487fce41",
    "fd500458-c24c-478e-856c-a6067a8376cd",
    "4fa4026d-ce74-4962-a151-8e96d57ea8e4",
];

/// The id of a service plan: a GUID, so that it can stand in a filter as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanId(Hyphenated);

impl PlanId {
    /// Takes a GUID with hyphens; nothing else is a plan.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        id.parse().ok().map(Self)
    }
}

/// Whom to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directory {
    /// Everybody with one of these service plans, with numbers. Needs User.Read.All, which only an
    /// administrator can grant.
    Licensed {
        /// The plans; one is enough for a person to be listed.
        plans: Vec<PlanId>,
    },
    /// Everybody, licensed or not, with names and mail only: what a person may grant alone.
    Basic,
}

impl Directory {
    /// Everybody with a Teams licence of any kind.
    #[must_use]
    pub fn licensed() -> Self {
        Self::Licensed { plans: teams_plans() }
    }
}

fn teams_plans() -> Vec<PlanId> {
    TEAMS_PLANS.into_iter().filter_map(PlanId::new).collect()
}

/// A person of the directory. Texts are what an administrator typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryPerson {
    /// Identity in the directory.
    pub id: ObjectId,
    /// The display name; the user principal name where there is none.
    pub name: String,
    /// The given name.
    pub given: Option<String>,
    /// The surname.
    pub surname: Option<String>,
    /// The user principal name.
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

/// Where the next page is: at the configured host, checked. Two that are equal lead to the same page, so a caller that
/// keeps those it followed notices a list that goes round in circles.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NextPage(Url);

/// What the people of a request are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    /// Everybody, which may take its time.
    List,
    /// Whom somebody looks for and waits for.
    Search,
}

/// One page of the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeoplePage {
    /// The people; a page may be empty and still not be the last.
    pub people: Vec<DirectoryPerson>,
    /// How many entries were left out because they cannot be read, or do not say whom they are about.
    pub skipped: usize,
    /// The next page, if there is one.
    pub next: Option<NextPage>,
    /// How many people there are in all pages; said on the first page of a licensed list only.
    pub total: Option<u64>,
}

impl Graph {
    /// Reads one page of the directory: the first one, or the one that `from` names (Graph: user-list).
    /// Accounts that are switched off are left out.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn people(
        &self,
        token: &SecretString,
        directory: &Directory,
        from: Option<NextPage>,
    ) -> Result<PeoplePage, GraphError> {
        match (from, directory) {
            (Some(NextPage(url)), _) => self.page_of(self.users(token, directory, Want::List, url).await?),
            (None, Directory::Basic) => {
                let query = format!("$top={A_PAGE}&$select={BASIC}");
                self.page_of(self.users(token, directory, Want::List, self.first(&query)).await?)
            }
            (None, Directory::Licensed { plans }) => {
                let query = format!("$top={A_PAGE}&$select={FULL}");
                self.page_of(self.licensed_users(token, directory, plans, Want::List, &query).await?)
            }
        }
    }

    /// Whom the directory knows by these words: in the name, or at the beginning of the mail address or the user
    /// principal name (Graph: search-query-parameter, directory objects). One request, and at most 25 people; words that
    /// nobody can be found by cost none.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn search_people(
        &self,
        token: &SecretString,
        directory: &Directory,
        text: &str,
    ) -> Result<PeoplePage, GraphError> {
        let Some(search) = search::clauses(text) else { return Ok(PeoplePage::default()) };
        let page = match directory {
            Directory::Basic => {
                let query = format!("$count=true&$top={MOST_FOUND}&$select={BASIC}&$search={search}");
                self.users(token, directory, Want::Search, self.first(&query)).await?
            }
            Directory::Licensed { plans } => {
                let query = format!("$top={MOST_FOUND}&$select={FULL}&$search={search}");
                self.licensed_users(token, directory, plans, Want::Search, &query).await?
            }
        };
        // Who is behind these is found by more letters.
        Ok(PeoplePage { next: None, ..self.page_of(wire::Users { next_link: None, ..page })? })
    }

    /// How many people the licence filter finds: whether it works at all, without reading anybody (Graph:
    /// user-list, advanced query). Needs User.Read.All.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn count_licensed(&self, token: &SecretString) -> Result<u64, GraphError> {
        let everybody = Directory::licensed();
        let page =
            self.licensed_users(token, &everybody, &teams_plans(), Want::List, "$top=1&$select=id").await?;
        page.count.ok_or(GraphError::Malformed("it does not say how many people there are"))
    }

    async fn licensed_users(
        &self,
        token: &SecretString,
        directory: &Directory,
        plans: &[PlanId],
        want: Want,
        query: &str,
    ) -> Result<wire::Users, GraphError> {
        let filtered = |filter: String| self.first(&format!("$count=true&{query}&$filter={filter}"));
        let enabled = filtered(format!("accountEnabled eq true and ({})", licensed(plans)));
        match self.users(token, directory, want, enabled).await {
            // Not every directory takes the two conditions together; a page of people is checked again.
            Err(GraphError::Refused { status: 400, .. }) => {
                self.users(token, directory, want, filtered(licensed(plans))).await
            }
            read => read,
        }
    }

    fn first(&self, query: &str) -> Url {
        let mut url = self.address(&["users"]);
        url.set_query(Some(query));
        url
    }

    async fn users(
        &self,
        token: &SecretString,
        directory: &Directory,
        want: Want,
        url: Url,
    ) -> Result<wire::Users, GraphError> {
        let request = self.page(url);
        let (request, limit) = match want {
            // The list may wait; the presence of the same tenant may not.
            Want::List => (request.header("x-ms-throttle-priority", "low"), LONG),
            Want::Search => (request, SHORT),
        };
        let (is_advanced, right) = match directory {
            Directory::Licensed { .. } => (true, right::READ_ALL),
            Directory::Basic => (want == Want::Search, right::READ_BASIC),
        };
        let request = if is_advanced { request.header("ConsistencyLevel", "eventual") } else { request };
        let what = "it is not a page of the directory";
        transport::read(request, token, limit, right, what).await
    }

    fn page_of(&self, page: wire::Users) -> Result<PeoplePage, GraphError> {
        let next = page.next_link.map(|link| self.next_page(&link)).transpose()?;
        let Lenient { entries, mut skipped } = page.value;
        let enabled: Vec<wire::User> =
            entries.into_iter().filter(|user| user.account_enabled != Some(false)).collect();
        let listed = enabled.len();
        let people: Vec<DirectoryPerson> = enabled.into_iter().filter_map(person).collect();
        skipped += listed - people.len();
        Ok(PeoplePage { people, skipped, next, total: page.count })
    }

    /// Checks a link to a further page: a token is sent to the configured host only.
    ///
    /// # Errors
    /// [`GraphError::Malformed`] if it is no address, [`GraphError::ForeignLink`] if it leads to another host.
    pub fn next_page(&self, link: &str) -> Result<NextPage, GraphError> {
        let url = Url::parse(link).map_err(|_| GraphError::Malformed("its link to the next page is none"))?;
        // User info in the address would be sent along as a password.
        let plain = url.username().is_empty() && url.password().is_none();
        if plain && url.origin() == self.base().origin() {
            Ok(NextPage(url))
        } else {
            Err(GraphError::ForeignLink)
        }
    }
}

/// An advanced query in the one documented form: an id without quotes, a status with them. Who is in the
/// grace period after a licence ended can still use Teams.
fn licensed(plans: &[PlanId]) -> String {
    let any = |(plan, status): (&PlanId, &str)| {
        format!("assignedPlans/any(p:p/servicePlanId eq {} and p/capabilityStatus eq '{status}')", plan.0)
    };
    let all = plans.iter().flat_map(|plan| [(plan, "Enabled"), (plan, "Warning")]);
    all.map(any).collect::<Vec<_>>().join(" or ")
}

/// A person, if the answer says who it is.
fn person(user: wire::User) -> Option<DirectoryPerson> {
    let id = ObjectId::new(filled(user.id)?);
    let upn = filled(user.user_principal_name)?;
    Some(DirectoryPerson {
        id,
        name: filled(user.display_name).unwrap_or_else(|| upn.clone()),
        given: filled(user.given_name),
        surname: filled(user.surname),
        upn,
        mail: filled(user.mail),
        department: filled(user.department),
        job_title: filled(user.job_title),
        numbers: numbers(user.business_phones, user.mobile_phone),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_teams_plans_are_all_plans() {
        let Directory::Licensed { plans } = Directory::licensed() else { panic!("the licensed directory") };
        assert_eq!(plans.len(), TEAMS_PLANS.len());
    }

    #[test]
    fn what_is_no_guid_is_no_plan() {
        for text in
            ["", "57ff2da0", "57ff2da0-773e-42df-b2af-ffb7a231792", "57ff2da0-773e-42df-b2af-ffb7a231792'"]
        {
            assert_eq!(PlanId::new(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_plan_can_never_end_its_filter(text in "\\PC{0,40}") {
            if let Some(plan) = PlanId::new(&text) {
                let written = plan.0.to_string();
                prop_assert!(written.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'));
            }
        }
    }
}
