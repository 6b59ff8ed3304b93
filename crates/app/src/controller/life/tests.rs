//! Which changes of settings keep the waits that Microsoft asked for.

use settings::Settings;
use url::Url;

use super::*;

fn set(change: impl FnOnce(&mut Settings)) -> Configured {
    let mut settings = Settings {
        tenant: "contoso.com".parse().ok(),
        client_id: "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001".parse().ok(),
        instance: Url::parse("https://contoso.my.connect.aws/").ok(),
        ..Settings::default()
    };
    change(&mut settings);
    settings.configured().unwrap()
}

fn keeps_waits(change: impl FnOnce(&mut Settings)) -> bool {
    is_same_microsoft(&set(|_| {}), &set(change))
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn another_instance_registration_or_consent_asks_the_same_tenant() {
    assert!(keeps_waits(|_| {}));
    assert!(keeps_waits(|settings| settings.instance = Some(url("https://fabrikam.my.connect.aws/"))));
    assert!(keeps_waits(|settings| settings.client_id = "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0002".parse().ok()));
    assert!(keeps_waits(|settings| settings.admin_consent = true));
}

#[test]
fn another_tenant_or_cloud_begins_without_the_waits_of_the_former_one() {
    assert!(!keeps_waits(|settings| settings.tenant = "fabrikam.com".parse().ok()));
    assert!(!keeps_waits(|settings| settings.login = url("https://login.microsoftonline.us/")));
    assert!(!keeps_waits(|settings| settings.graph = url("https://graph.microsoft.us/v1.0/")));
}
