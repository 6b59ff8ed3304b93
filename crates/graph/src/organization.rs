//! The tenant by its names, as a person who is signed in may know them.

use secrecy::SecretString;

use crate::{
    Graph, GraphError,
    transport::{self, SHORT, right},
    wire::{self, filled},
};

const NO_ORGANIZATION: &str = "it is not an organization";

/// The tenant of whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// "Contoso": the name that the portal shows.
    pub name: String,
    /// Its default domain, "contoso.com"; none if it names none.
    pub domain: Option<String>,
}

impl Graph {
    /// The names of the tenant (Graph: organization-list). The right User.Read shows them and nothing else of it; an
    /// administrator may forbid even that.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn organization(&self, token: &SecretString) -> Result<Organization, GraphError> {
        let mut url = self.address(&["organization"]);
        url.set_query(Some("$select=id,displayName,verifiedDomains"));
        let found: wire::Organizations =
            transport::read(self.page(url), token, SHORT, right::USER_READ, NO_ORGANIZATION).await?;
        // The collection has one entry, always.
        let organization = found.value.entries.into_iter().next();
        let organization = organization.ok_or(GraphError::Malformed(NO_ORGANIZATION))?;
        let name = filled(organization.display_name).ok_or(GraphError::Malformed(NO_ORGANIZATION))?;
        let domains = organization.verified_domains.map(|domains| domains.entries).unwrap_or_default();
        let domain = domains.into_iter().find(|domain| domain.is_default == Some(true));
        Ok(Organization { name, domain: domain.and_then(|domain| filled(domain.name)) })
    }
}
