//! The people with a licence, in each form in which a directory can be asked.

use graph::{LicenceFilter, PageSize};
use serde_json::{Value, json};

use crate::{
    people::{adele, in_form, one_plan, page, query},
    server::{Server, token},
};

#[tokio::test]
async fn each_form_of_the_licence_filter_lists_the_same_people() {
    let with = |status: &str| {
        let mut person = adele();
        person["assignedPlans"] = json!([
            { "servicePlanId": "0feaeb32-d00e-4d66-bd5a-43b5b83db82c", "capabilityStatus": "Enabled" },
            { "servicePlanId": "57ff2da0-773e-42df-b2af-ffb7a2317929", "capabilityStatus": status },
        ]);
        person
    };
    let mut disabled = with("Enabled");
    disabled["accountEnabled"] = json!(false);
    let server = Server::start().await;
    for (form, filter, sent) in [
        (LicenceFilter::LicensedAndEnabled, Some("accountEnabled eq true and ("), json!([with("Enabled")])),
        (LicenceFilter::Licensed, Some("assignedPlans/any("), json!([with("Enabled"), disabled])),
        (LicenceFilter::Here, None, json!([disabled, with("Deleted"), with("Enabled")])),
    ] {
        server.then(200, &[], &page(&sent, None));
        let found = server.graph().people(&token(), &in_form(form), None, PageSize::Full).await.unwrap();
        assert_eq!((found.people.len(), found.skipped), (1, 0), "{form:?}");
        let asked = server.received().remove(0);
        let asked_for = query(&asked, "$filter");
        assert_eq!(asked_for.is_some(), filter.is_some());
        assert!(asked_for.unwrap_or_default().starts_with(filter.unwrap_or_default()));
        let selects = query(&asked, "$select").unwrap();
        assert_eq!(selects.ends_with(",accountEnabled,assignedPlans"), filter.is_none(), "{selects}");
        assert_eq!(asked.headers.contains_key("consistencylevel"), filter.is_some());
    }
    let mut unsaid = adele();
    unsaid["assignedPlans"] = json!("all");
    server.then(200, &[], &page(&json!([unsaid, adele(), with("Warning")]), None));
    let here = in_form(LicenceFilter::Here);
    let found = server.graph().people(&token(), &here, None, PageSize::Full).await.unwrap();
    assert_eq!(
        (found.people.len(), found.skipped, found.entries),
        (1, 2, 3),
        "entries with unreadable plans are counted"
    );
}

#[tokio::test]
async fn a_filter_that_is_too_complex_is_recognised_in_every_form_of_the_refusal() {
    let server = Server::start().await;
    let body = |code: &str| json!({ "error": { "code": code, "message": "The filter is too complex." } });
    for (status, code, refuses) in [
        (400, "Request_UnsupportedQuery", true),
        (400, "Request_BadRequest", true),
        (400, "BadRequest", true),
        (400, "", true),
        (501, "", true),
        (422, "UnsupportedQuery", true),
        (409, "Conflict", false),
        (403, "Authorization_RequestDenied", false),
        (500, "Request_UnsupportedQuery", false),
        (429, "", false),
    ] {
        server.then(status, &[], &body(code));
        let error = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap_err();
        assert_eq!(error.refuses_the_query(), refuses, "{status} {code}");
    }
    assert_eq!(server.received().len(), 10, "nothing is asked twice by itself");
}

#[tokio::test]
async fn the_licensed_are_counted_in_the_form_that_the_directory_accepts() {
    let server = Server::start().await;
    let refused = json!({ "error": { "code": "Request_UnsupportedQuery", "message": "Unsupported query." } });
    let mut body = page(&json!([adele(), null]), None);
    body["@odata.count"] = json!(300);
    server.then(400, &[], &refused);
    server.then(200, &[], &body);
    let count = server.graph().count_licensed(&token()).await.unwrap();
    assert_eq!((count.people, count.is_all, count.filter), (300, true, LicenceFilter::Licensed));
    assert_eq!((count.skipped, count.entries), (1, 2));

    server.received();
    let mut licensed = adele();
    licensed["assignedPlans"] =
        json!([{ "servicePlanId": "57ff2da0-773e-42df-b2af-ffb7a2317929", "capabilityStatus": "Enabled" }]);
    server.then(501, &[], "");
    server.then(400, &[], &refused);
    for token in ["a", "b", "c"] {
        let link = format!("{}graph/v1.0/users?$skiptoken={token}", server.origin);
        server.then(200, &[], &page(&json!([licensed]), Some(link)));
    }
    let count = server.graph().count_licensed(&token()).await.unwrap();
    assert_eq!((count.people, count.is_all, count.filter), (3, false, LicenceFilter::Here));
    assert_eq!(server.received().len(), 5);

    for _ in 0..3 {
        server.then(400, &[], &refused);
    }
    let error = server.graph().count_licensed(&token()).await.unwrap_err();
    let text =
        "Microsoft Graph refused the request with status 400 (Request_UnsupportedQuery): Unsupported query";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_search_leaves_out_the_same_people_as_the_list() {
    let server = Server::start().await;
    let mut disabled = adele();
    disabled["accountEnabled"] = json!(false);
    server.then(200, &[], &page(&json!([disabled]), None));
    let found =
        server.graph().search_people(&token(), &in_form(LicenceFilter::Licensed), "vance").await.unwrap();
    assert_eq!(found.people.len(), 0);

    let unlicensed = |id: &str| {
        let mut person = adele();
        person["id"] = json!(id);
        person["assignedPlans"] = json!([]);
        person
    };
    let everybody: Vec<Value> = (0..60).map(|number| unlicensed(&number.to_string())).collect();
    server.then(200, &[], &page(&json!(everybody), None));
    let found = server.graph().search_people(&token(), &in_form(LicenceFilter::Here), "vance").await.unwrap();
    assert_eq!((found.people.len(), found.skipped), (0, 0));
    let asked = server.received();
    assert!(asked.iter().all(|asked| query(asked, "$search").is_some()));
    assert_eq!(query(&asked[1], "$filter"), None);
    assert_eq!(query(&asked[1], "$top").as_deref(), Some("100"), "most of them are left out here");
}
