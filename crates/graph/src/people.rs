//! Reads and searches the people of the directory, page by page.
//!
//! Every request repeats the headers of the first page, because Graph does not remember them. A token is only sent to
//! the configured host. The caller decides how many pages to read, and which form of the licence filter to use.

use secrecy::SecretString;
use url::Url;

use crate::{
    Directory, Graph, GraphError, LicenceFilter, NextPage, PageSize, PeoplePage, page, search,
    transport::{self, LONG, SHORT, right},
    wire,
};

/// How many people a search finds at most.
const MOST_FOUND: usize = 25;
/// How many people a search requests if people without a licence are filtered out here.
const MOST_FOUND_HERE: usize = 100;
/// How many pages are read to count people if the directory does not count them.
const PAGES_TO_COUNT: usize = 3;
const BASIC: &str = "id,displayName,givenName,surname,userPrincipalName,mail";
const FULL: &str = "id,displayName,givenName,surname,userPrincipalName,mail,businessPhones,mobilePhone,jobTitle,\
                    department,accountEnabled";

/// What a request for people is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The whole list, which is not urgent.
    List,
    /// A search, whose result somebody waits for.
    Search,
}

/// How many people have a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LicensedCount {
    /// How many.
    pub people: u64,
    /// False if there may be more: the directory does not count, and only a few pages were read.
    pub is_all: bool,
    /// The form of the filter that the directory accepts.
    pub filter: LicenceFilter,
    /// How many of the entries that were read are unreadable.
    pub skipped: usize,
    /// How many entries were read.
    pub entries: usize,
}

impl Graph {
    /// Reads one page of the directory: the first one, or the one that `from` names (Graph: user-list).
    /// Disabled accounts are left out.
    ///
    /// # Errors
    /// See [`GraphError`]. After [`GraphError::refuses_the_query`] on a first page, a simpler form may succeed.
    pub async fn people(
        &self,
        token: &SecretString,
        directory: &Directory,
        from: Option<NextPage>,
        size: PageSize,
    ) -> Result<PeoplePage, GraphError> {
        let url = match from {
            Some(page) => page.into_url(),
            None => self.query(directory, size.people(), &[]),
        };
        let page = self.users(token, directory, Purpose::List, url).await?;
        let next = page.next_link.as_deref().map(|link| self.next_page(link)).transpose()?;
        page::read(page, directory, next)
    }

    /// Searches people by words in the name, or by the beginning of the mail address or the user principal name (Graph:
    /// search-query-parameter, directory objects). Sends one request, and finds at most 25 people; sends none for a
    /// text without a letter or digit.
    ///
    /// # Errors
    /// See [`GraphError`]. After [`GraphError::refuses_the_query`], a simpler form may succeed.
    pub async fn search_people(
        &self,
        token: &SecretString,
        directory: &Directory,
        text: &str,
    ) -> Result<PeoplePage, GraphError> {
        let Some(search) = search::clauses(text) else { return Ok(PeoplePage::default()) };
        let most = match directory {
            Directory::Licensed { filter: LicenceFilter::Here, .. } => MOST_FOUND_HERE,
            Directory::Licensed {
                filter: LicenceFilter::LicensedAndEnabled | LicenceFilter::Licensed,
                ..
            }
            | Directory::Basic => MOST_FOUND,
        };
        let url = self.query(directory, most, &[("$count", "true"), ("$search", &search)]);
        let page = self.users(token, directory, Purpose::Search, url).await?;
        // The person finds the others by typing more letters.
        let mut found = page::read(page, directory, None)?;
        found.people.truncate(MOST_FOUND);
        Ok(found)
    }

    /// Counts the people with a licence, and finds the form of the filter that the directory accepts (Graph: user-list,
    /// advanced query). Reads one page, so it also tells whether the entries can be read; up to three if the directory
    /// accepts no filter. Needs User.Read.All.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn count_licensed(&self, token: &SecretString) -> Result<LicensedCount, GraphError> {
        let mut filter = LicenceFilter::default();
        loop {
            let directory = Directory::licensed(filter);
            match (self.people(token, &directory, None, PageSize::Full).await, filter.simpler()) {
                (Err(error), Some(simpler)) if error.refuses_the_query() => filter = simpler,
                (first, _) => return self.count(token, &directory, filter, first?).await,
            }
        }
    }

    async fn count(
        &self,
        token: &SecretString,
        directory: &Directory,
        filter: LicenceFilter,
        first: PeoplePage,
    ) -> Result<LicensedCount, GraphError> {
        let PeoplePage { people, mut skipped, mut entries, mut next, total } = first;
        if filter != LicenceFilter::Here {
            let people = total.ok_or(GraphError::Malformed("it does not say how many people there are"))?;
            return Ok(LicensedCount { people, is_all: true, filter, skipped, entries });
        }
        let mut count = people.len();
        for _ in 1..PAGES_TO_COUNT {
            let Some(from) = next.take() else { break };
            let page = self.people(token, directory, Some(from), PageSize::Full).await?;
            count += page.people.len();
            skipped += page.skipped;
            entries += page.entries;
            next = page.next;
        }
        let people = u64::try_from(count).unwrap_or(u64::MAX);
        Ok(LicensedCount { people, is_all: next.is_none(), filter, skipped, entries })
    }

    /// The address of a first page.
    fn query(&self, directory: &Directory, top: usize, more: &[(&str, &str)]) -> Url {
        let (select, filter) = match directory {
            Directory::Basic => (BASIC.to_owned(), None),
            Directory::Licensed { plans, filter } => {
                let filter_text = filter.of(plans);
                let plans = if filter_text.is_some() { "" } else { ",assignedPlans" };
                (format!("{FULL}{plans}"), filter_text)
            }
        };
        let mut options = vec![("$top", top.to_string()), ("$select", select)];
        if filter.is_some() {
            options.push(("$count", "true".to_owned()));
        }
        options.extend(filter.map(|filter| ("$filter", filter)));
        for (name, value) in more {
            if !options.iter().any(|(known, _)| known == name) {
                options.push((name, (*value).to_owned()));
            }
        }
        let query: Vec<String> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut url = self.address(&["users"]);
        url.set_query(Some(&query.join("&")));
        url
    }

    async fn users(
        &self,
        token: &SecretString,
        directory: &Directory,
        purpose: Purpose,
        url: Url,
    ) -> Result<wire::Users, GraphError> {
        let request = self.page(url);
        let (request, limit) = match purpose {
            // The list may be delayed; the presence requests of the same tenant must not.
            Purpose::List => (request.header("x-ms-throttle-priority", "low"), LONG),
            Purpose::Search => (request, SHORT),
        };
        let is_search = purpose == Purpose::Search;
        let (is_advanced, right) = match directory {
            Directory::Licensed { filter, .. } => {
                (is_search || *filter != LicenceFilter::Here, right::READ_ALL)
            }
            Directory::Basic => (is_search, right::READ_BASIC),
        };
        let request = if is_advanced { request.header("ConsistencyLevel", "eventual") } else { request };
        let what = "it is not a page of the directory";
        transport::read(request, token, limit, right, what).await
    }

    /// Checks the link to a next page, because the token must only be sent to the configured host.
    ///
    /// # Errors
    /// [`GraphError::Malformed`] if it is not a valid address, [`GraphError::ForeignLink`] if it leads to another host.
    pub fn next_page(&self, link: &str) -> Result<NextPage, GraphError> {
        let url = Url::parse(link)
            .map_err(|_| GraphError::Malformed("the link to the next page is not a valid address"))?;
        // User info in the address would be sent as a password.
        let plain = url.username().is_empty() && url.password().is_none();
        if plain && url.origin() == self.base().origin() {
            Ok(NextPage::new(url))
        } else {
            Err(GraphError::ForeignLink)
        }
    }
}
