//! Where the CCP of an instance is, and what carries it. Asks nobody: everything follows from the settings.

use presence::connect::Hosting;
use settings::{Configured, Instance};

use crate::host::{CcpPage, CcpPlan};

/// The CCP of the configured instance. If no origin is approved, a light page of the instance itself carries the host
/// script.
pub(crate) fn plan(set: &Configured) -> Option<CcpPlan> {
    let instance = Instance::at(&set.ccp)?;
    let ccp = instance.ccp();
    let page = match set.connect_mode {
        Hosting::SameOrigin => CcpPage::OfInstance(instance.light_page()),
        Hosting::ApprovedOrigin => CcpPage::Ours,
    };
    let login = set.connect_start.clone().unwrap_or_else(|| ccp.clone());
    Some(CcpPlan { origin: instance.origin(), page, ccp, login })
}

pub(super) fn hosting(plan: &CcpPlan) -> Hosting {
    match plan.page {
        CcpPage::OfInstance(_) => Hosting::SameOrigin,
        CcpPage::Ours => Hosting::ApprovedOrigin,
    }
}

/// True if a login does not begin at the CCP: the CCP shows an existing session as long as it lasts.
pub(super) fn renews(plan: &CcpPlan) -> bool {
    plan.login != plan.ccp
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn of(ccp: &str, connect_mode: Hosting, start: Option<&str>) -> CcpPlan {
        let id = "11111111-2222-3333-4444-555555555555";
        plan(&Configured {
            tenant: id.parse().unwrap(),
            client_id: id.parse().unwrap(),
            admin_consent: false,
            login: url("https://login.microsoftonline.com/"),
            graph: url("https://graph.microsoft.com/v1.0/"),
            ccp: url(ccp),
            connect_start: start.map(url),
            connect_mode,
            connect_api: None,
        })
        .unwrap()
    }

    #[test]
    fn a_light_page_of_the_instance_or_our_own_carries_the_ccp() {
        let light = of("https://contoso.my.connect.aws/ccp-v2/", Hosting::SameOrigin, None);
        assert_eq!(light.page, CcpPage::OfInstance(url("https://contoso.my.connect.aws/connect/blank")));
        assert_eq!(light.ccp, url("https://contoso.my.connect.aws/ccp-v2/"));
        assert_eq!((hosting(&light), renews(&light)), (Hosting::SameOrigin, false));
        let ours = of("https://contoso.my.connect.aws/", Hosting::ApprovedOrigin, None);
        assert_eq!((&ours.page, hosting(&ours)), (&CcpPage::Ours, Hosting::ApprovedOrigin));
    }

    #[test]
    fn an_instance_of_the_old_kind_is_in_a_folder_of_its_host() {
        let old = of("https://contoso.awsapps.com/connect/", Hosting::SameOrigin, None);
        assert_eq!(old.ccp, url("https://contoso.awsapps.com/connect/ccp-v2/"));
    }

    #[test]
    fn a_login_renews_the_session_unless_it_begins_at_the_ccp() {
        let instance = "https://contoso.my.connect.aws/";
        let own = of(instance, Hosting::SameOrigin, Some("https://idp.example.com/saml"));
        assert_eq!((&own.login, renews(&own)), (&url("https://idp.example.com/saml"), true));
        let at_the_ccp = of(instance, Hosting::SameOrigin, Some("https://contoso.my.connect.aws/ccp-v2/"));
        assert!(!renews(&at_the_ccp));
    }
}
