//! The names of the tenant of the signed-in person.

use secrecy::SecretString;

use crate::{
    Graph, GraphError,
    transport::{self, SHORT, right},
    wire::{self, filled},
};

const NO_ORGANIZATION: &str = "it is not an organization";

/// The tenant of the signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// "Contoso": the name that the portal shows.
    pub name: String,
    /// Its default domain, "contoso.com", if it has one.
    pub domain: Option<String>,
}

impl Graph {
    /// Reads the names of the tenant (Graph: organization-list). With User.Read only these can be read; an
    /// administrator may forbid even that.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn organization(&self, token: &SecretString) -> Result<Organization, GraphError> {
        let mut url = self.address(&["organization"]);
        url.set_query(Some("$select=id,displayName,verifiedDomains"));
        let found: wire::Organizations =
            transport::read(self.page(url), token, SHORT, right::USER_READ, NO_ORGANIZATION).await?;
        // The collection always has one entry.
        let organization = found.value.entries.into_iter().next();
        let organization = organization.ok_or(GraphError::Malformed(NO_ORGANIZATION))?;
        let name = filled(organization.display_name).ok_or(GraphError::Malformed(NO_ORGANIZATION))?;
        let domains = organization.verified_domains.map(|domains| domains.entries).unwrap_or_default();
        let domain = domains.into_iter().find(|domain| domain.is_default == Some(true));
        Ok(Organization { name, domain: domain.and_then(|domain| filled(domain.name)) })
    }
}
