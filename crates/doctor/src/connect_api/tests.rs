//! Findings about failures that the sandbox cannot cause.

use connect::api::ApiError;
use view::doctor::{Check, CheckStatus, Topic};

use super::{
    role::{TriedAction, role_finding},
    *,
};

fn context() -> ApiContext {
    let url = |text: &str| url::Url::parse(text).unwrap();
    let plan = ConnectApiPlan {
        endpoint: url("https://connect.eu-west-2.amazonaws.com/"),
        sts: url("https://sts.eu-west-2.amazonaws.com/"),
        region: "eu-west-2".parse().unwrap(),
        instance: "arn:aws:connect:eu-west-2:111122223333:instance/a".parse().unwrap(),
        role: "arn:aws:iam::111122223333:role/reads".parse().unwrap(),
    };
    ApiContext::new(plan, "client".to_owned(), 5, Timestamp::UNIX_EPOCH)
}

fn role(failures: [Result<(), ApiError>; 4]) -> Check {
    let actions = [
        "connect:GetCurrentUserData",
        "connect:SearchUsers",
        "connect:DescribeUser",
        "connect:ListAgentStatuses",
    ];
    let mut actions = actions.into_iter();
    let tried = failures.map(|result| {
        let action = actions.next().unwrap();
        TriedAction {
            action,
            is_of_instance: ["connect:SearchUsers", "connect:ListAgentStatuses"].contains(&action),
            result,
        }
    });
    role_finding(&tried, &context()).of(Topic::ConnectRole)
}

#[test]
fn a_user_who_has_left_is_no_failure_but_an_unknown_instance_is() {
    assert_eq!(
        role([Err(ApiError::NotFound), Ok(()), Err(ApiError::NotFound), Ok(())]).status,
        CheckStatus::Good
    );
    let check = role([Err(ApiError::NotFound), Err(ApiError::NotFound), Ok(()), Ok(())]);
    assert_eq!(check.status, CheckStatus::Failed);
    assert!(check.saw.contains("instance/a in eu-west-2"), "{}", check.saw);
}

#[test]
fn messages_of_aws_about_a_user_are_not_quoted() {
    let message = "User: arn:aws:sts::1:assumed-role/reads/amira is not authorized".to_owned();
    let denied = || Err(ApiError::NotAllowed { action: None });
    let check = role([denied(), Ok(()), Ok(()), denied()]);
    assert_eq!(
        check.saw,
        "The role is missing permissions: connect:GetCurrentUserData and connect:ListAgentStatuses."
    );
    let refused = ApiError::Refused { status: 400, code: "InvalidParameterException".to_owned(), message };
    let other = role([Err(refused), Ok(()), Ok(()), Ok(())]);
    assert_eq!(other.saw, "AWS refuses the request with status 400 (InvalidParameterException).");
    for text in [&check.saw, &other.saw, check.to_do.as_ref().unwrap(), other.to_do.as_ref().unwrap()] {
        assert!(!text.contains("amira"), "{text}");
    }
}

#[test]
fn an_unreachable_host_is_named() {
    let check = general_failure(&ApiError::Unreachable("no route".to_owned()), &context().plan.endpoint);
    let check = check.of(Topic::ConnectTrust);
    assert_eq!(
        (check.status, check.saw.as_str()),
        (CheckStatus::Failed, "connect.eu-west-2.amazonaws.com could not be reached.")
    );
}
