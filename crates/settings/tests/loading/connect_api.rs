//! Where colleagues' statuses in Amazon Connect are read.

use settings::{ConnectApiPlan, Policy, Settings, load};

use crate::folder;

const IDS: &str = "[microsoft]\ntenant = \"contoso.com\"\nclient_id = \"0a1b2c3d-0000-4000-8000-0123456789ab\"\n\
    [connect]\ninstance = \"https://contoso.my.connect.aws\"\n";

fn plan(keys: &str) -> Option<ConnectApiPlan> {
    let loaded = load(folder(format!("{IDS}{keys}")).path(), &Policy::none());
    assert_eq!(loaded.problem, None);
    loaded.settings.configured().unwrap().connect_api
}

#[test]
fn the_service_api_and_the_token_service_are_those_of_the_region_of_the_instance() {
    for (partition, region, suffix) in [
        ("aws", "eu-west-2", "amazonaws.com"),
        ("aws-us-gov", "us-gov-west-1", "amazonaws.com"),
        ("aws-cn", "cn-north-1", "amazonaws.com.cn"),
    ] {
        let instance = format!("arn:{partition}:connect:{region}:111122223333:instance/0a1b");
        let role = format!("arn:{partition}:iam::111122223333:role/reads");
        let plan =
            plan(&format!("[connect_api]\ninstance_arn = \"{instance}\"\nrole_arn = \"{role}\"\n")).unwrap();
        assert_eq!(plan.endpoint.as_str(), format!("https://connect.{region}.{suffix}/"));
        assert_eq!(plan.sts.as_str(), format!("https://sts.{region}.{suffix}/"));
        assert_eq!(
            (plan.region.to_string(), plan.instance.to_string(), plan.role.to_string()),
            (region.to_owned(), instance, role)
        );
    }
}

#[test]
fn without_an_instance_nothing_is_read_from_the_service_api() {
    assert_eq!(plan(""), None);
    assert_eq!(plan("[connect_api]\nregion = \"eu-west-2\"\n"), None);
}

#[test]
fn another_host_of_aws_can_be_named() {
    let plan = plan(
        "[endpoints]\nconnect_api = \"https://connect-fips.us-west-2.amazonaws.com\"\n\
         sts = \"https://sts-fips.us-west-2.amazonaws.com\"\n\
         [connect_api]\nregion = \"us-west-2\"\ninstance_arn = \"arn:aws:connect:us-west-2:111122223333:instance/a\"\n\
         role_arn = \"arn:aws:iam::111122223333:role/a\"\n",
    )
    .unwrap();
    assert_eq!(plan.endpoint.as_str(), "https://connect-fips.us-west-2.amazonaws.com/");
    assert_eq!(plan.sts.as_str(), "https://sts-fips.us-west-2.amazonaws.com/");
}

#[test]
fn another_role_or_instance_of_the_service_api_needs_a_restart() {
    let mut newer = Settings {
        role_arn: Some("arn:aws:iam::111122223333:role/a".parse().unwrap()),
        instance_arn: Some("arn:aws:connect:us-west-2:111122223333:instance/a".parse().unwrap()),
        ..Settings::default()
    };
    newer.sts = Some("https://sts.us-west-2.amazonaws.com/".parse().unwrap());
    let keys = Settings::default().needs_restart(&newer).unwrap().to_string();
    assert_eq!(keys, "connect_api.instance_arn, connect_api.role_arn and endpoints.sts");
}
