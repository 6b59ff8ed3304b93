//! The directory: filters, pages, and links that lead elsewhere.

use std::collections::HashSet;

use graph::{Directory, GraphError, LicenceFilter, NumberKind, PageSize, PeoplePage, PlanId};
use presence::identity::ObjectId;
use serde_json::{Value, json};

use crate::server::{Received, Server, token};

pub fn page(people: &Value, next: Option<String>) -> Value {
    let mut page = json!({ "value": people });
    if let Some(next) = next {
        page["@odata.nextLink"] = json!(next);
    }
    page
}

pub fn adele() -> Value {
    json!({
        "id": "A1", "displayName": "Adele Vance", "givenName": "Adele", "surname": "Vance",
        "userPrincipalName": "AdeleV@contoso.example", "mail": "adele@contoso.example", "department": "Sales",
        "jobTitle": "Agent", "businessPhones": ["0203 555 0109"], "mobilePhone": "+44 7700 900109",
        "accountEnabled": true,
    })
}

pub fn one_plan() -> Directory {
    in_form(LicenceFilter::default())
}

pub fn in_form(filter: LicenceFilter) -> Directory {
    let plans = vec![PlanId::new("57FF2DA0-773E-42DF-B2AF-FFB7A2317929").unwrap()];
    Directory::Licensed { plans, filter }
}

pub fn query(asked: &Received, key: &str) -> Option<String> {
    url::form_urlencoded::parse(asked.query.as_bytes())
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn the_licensed_list_asks_as_the_reference_page_says() {
    let server = Server::start().await;
    let mut body = page(&json!([adele()]), None);
    body["@odata.count"] = json!(1);
    server.then(200, &[], &body);
    let found = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
    assert_eq!((found.people.len(), found.total, found.next), (1, Some(1), None));

    let asked = &server.received()[0];
    assert_eq!(asked.path, "/graph/v1.0/users");
    assert_eq!(asked.headers["consistencylevel"], "eventual");
    assert_eq!(asked.headers["x-ms-throttle-priority"], "low");
    assert_eq!(query(asked, "$count").as_deref(), Some("true"));
    assert_eq!(query(asked, "$top").as_deref(), Some("999"));
    let any = |status: &str| {
        format!(
            "assignedPlans/any(p:p/servicePlanId eq 57ff2da0-773e-42df-b2af-ffb7a2317929 and \
             p/capabilityStatus eq '{status}')"
        )
    };
    let filter = format!("accountEnabled eq true and ({} or {})", any("Enabled"), any("Warning"));
    assert_eq!(query(asked, "$filter"), Some(filter));
    assert!(!asked.query.contains('+'), "a blank is %20: OData does not know the other spelling");
}

#[tokio::test]
async fn a_person_has_everything_the_drawer_shows() {
    let nameless = json!({ "id": "b2", "userPrincipalName": "b@contoso.example", "displayName": null });
    let server =
        Server::answering(200, &page(&json!([adele(), nameless, { "displayName": "Nobody" }]), None)).await;
    let page = server
        .graph()
        .people(&token(), &Directory::licensed(LicenceFilter::default()), None, PageSize::Full)
        .await
        .unwrap();
    assert_eq!((page.people.len(), page.skipped), (2, 1), "an entry without an id cannot be listed");
    let found = page.people;
    let adele = &found[0];
    assert_eq!(adele.id, ObjectId::new("a1"));
    assert_eq!((adele.given.as_deref(), adele.surname.as_deref()), (Some("Adele"), Some("Vance")));
    assert_eq!((adele.department.as_deref(), adele.job_title.as_deref()), (Some("Sales"), Some("Agent")));
    let numbers: Vec<_> =
        adele.numbers.iter().map(|number| (number.kind, number.as_written.as_str())).collect();
    assert_eq!(numbers, [(NumberKind::Business, "0203 555 0109"), (NumberKind::Mobile, "+44 7700 900109")]);
    assert_eq!((found[1].name.as_str(), found[1].upn.as_str()), ("", "b@contoso.example"));
}

#[tokio::test]
async fn pages_are_followed_as_they_are_with_the_headers_of_the_first() {
    let server = Server::start().await;
    let next = format!("{}graph/v1.0/users?$top=999&$skiptoken=R%2FNw%20x", server.origin);
    server.then(200, &[], &page(&json!([]), Some(next)));
    server.then(200, &[], &page(&json!([adele()]), None));
    let graph = server.graph();
    let first = graph.people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
    assert!(first.people.is_empty(), "an empty page need not be the last");
    let second = graph.people(&token(), &one_plan(), first.next, PageSize::Full).await.unwrap();
    assert_eq!((second.people.len(), second.next), (1, None));
    let asked = server.received();
    assert_eq!(asked[1].query, "$top=999&$skiptoken=R%2FNw%20x");
    assert_eq!(asked[1].headers["consistencylevel"], "eventual");
}

#[tokio::test]
async fn one_odd_entry_does_not_affect_the_others() {
    let server = Server::start().await;
    let mut odd_id = adele();
    odd_id["id"] = json!(7);
    let mut perhaps_enabled = adele();
    perhaps_enabled["accountEnabled"] = json!("false");
    let nobody = [json!(null), json!("Adele Vance"), json!([]), json!(7), odd_id, perhaps_enabled];
    for odd in nobody {
        server.then(200, &[], &page(&json!([adele(), odd, adele()]), None));
        let found = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
        assert_eq!((found.people.len(), found.skipped), (2, 1), "{odd}");
    }
}

#[tokio::test]
async fn one_odd_property_does_not_affect_the_others() {
    let server = Server::start().await;
    for (key, odd) in [
        ("businessPhones", json!([null])),
        ("businessPhones", json!([7, {}])),
        ("businessPhones", json!("0203 555 0109")),
        ("mobilePhone", json!({})),
        ("displayName", json!(["Adele"])),
        ("givenName", json!(1)),
        ("surname", json!(false)),
        ("mail", json!([])),
        ("department", json!(1.5)),
        ("jobTitle", json!({})),
    ] {
        let mut person = adele();
        person[key] = odd;
        server.then(200, &[], &page(&json!([person]), None));
        let found = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
        assert_eq!((found.people.len(), found.skipped), (1, 0), "{key}");
        assert_eq!(found.people[0].upn, "AdeleV@contoso.example");
    }
    let mut person = adele();
    person["businessPhones"] = json!([null, "0203 555 0109"]);
    server.then(200, &[], &page(&json!([person]), None));
    let found = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
    assert_eq!(found.people[0].numbers.len(), 2, "the number beside the odd one is kept");
}

#[tokio::test]
async fn an_answer_that_is_no_page_or_hides_its_next_link_is_malformed() {
    let server = Server::start().await;
    let mut elsewhere = page(&json!([adele()]), None);
    elsewhere["@odata.nextLink"] = json!(7);
    for body in
        [json!(null), json!([]), json!({}), json!({ "value": null }), json!({ "value": {} }), elsewhere]
    {
        server.then(200, &[], &body);
        let error = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap_err();
        assert_eq!(error, GraphError::Malformed("it is not a page of the directory"), "{body}");
    }
}

#[tokio::test]
async fn a_list_that_repeats_itself_can_be_detected() {
    let server = Server::start().await;
    let link = |token: &str| Some(format!("{}graph/v1.0/users?$skiptoken={token}", server.origin));
    for token in ["a", "b", "a"] {
        server.then(200, &[], &page(&json!([adele()]), link(token)));
    }
    let graph = server.graph();
    let (mut followed, mut next) = (HashSet::new(), None);
    for new in [true, true, false] {
        next = graph.people(&token(), &one_plan(), next, PageSize::Full).await.unwrap().next;
        assert_eq!(followed.insert(next.clone()), new);
    }
}

#[tokio::test]
async fn no_token_is_sent_to_another_host() {
    let elsewhere = Server::start().await;
    let foreign = [
        format!("{}graph/v1.0/users?$skiptoken=1", elsewhere.origin),
        "https://graph.example/v1.0/users".to_owned(),
    ];
    for link in foreign {
        let server = Server::answering(200, &page(&json!([adele()]), Some(link))).await;
        let error = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap_err();
        assert_eq!(error, GraphError::ForeignLink);
    }
    let server = Server::start().await;
    let mut disguised = server.origin.clone();
    disguised.set_username("somebody").unwrap();
    server.then(200, &[], &page(&json!([]), Some(disguised.to_string())));
    assert_eq!(
        server.graph().people(&token(), &one_plan(), None, PageSize::Full).await,
        Err(GraphError::ForeignLink)
    );
    server.then(200, &[], &page(&json!([]), Some("users?$skiptoken=1".to_owned())));
    let error = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap_err();
    assert_eq!(error, GraphError::Malformed("the link to the next page is not a valid address"));
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn a_page_may_be_smaller() {
    let server = Server::answering(200, &page(&json!([adele()]), None)).await;
    server.graph().people(&token(), &one_plan(), None, PageSize::Small).await.unwrap();
    assert_eq!(query(&server.received()[0], "$top").as_deref(), Some("100"));
}

#[tokio::test]
async fn a_page_of_something_else_is_refused_and_entries_of_another_kind_are_counted() {
    let server = Server::start().await;
    let context = |set: &str| json!(format!("https://graph.microsoft.com/v1.0/$metadata#{set}"));
    for (set, is_one) in [
        ("users", true),
        ("users(id,displayName)", true),
        ("directoryObjects", true),
        ("groups", false),
        ("communications/presences", false),
    ] {
        let mut body = page(&json!([adele()]), None);
        body["@odata.context"] = context(set);
        server.then(200, &[], &body);
        let read = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await;
        assert_eq!(read.is_ok(), is_one, "{set}");
    }
    let mut group = adele();
    group["@odata.type"] = json!("#microsoft.graph.group");
    let mut user = adele();
    user["@odata.type"] = json!("#microsoft.graph.user");
    server.then(200, &[], &page(&json!([group, user]), None));
    let found = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
    assert_eq!((found.people.len(), found.skipped, found.entries), (1, 1, 2));
}

#[tokio::test]
async fn an_entry_with_an_id_is_a_person_whatever_its_names() {
    let server = Server::start().await;
    let people = json!([
        { "id": "1", "displayName": "No UPN", "userPrincipalName": null },
        { "id": "2", "displayName": "\u{200b}", "userPrincipalName": 7, "mail": "two@contoso.example" },
        { "id": "3", "displayName": null, "givenName": "Ana", "surname": "Lee" },
        { "id": "4" },
        { "displayName": "Nobody" },
    ]);
    server.then(200, &[], &page(&people, None));
    let found = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap();
    let names: Vec<_> =
        found.people.iter().map(|person| (person.name.as_str(), person.upn.as_str())).collect();
    assert_eq!(names, [("No UPN", ""), ("\u{200b}", ""), ("", ""), ("", "")]);
    assert_eq!(found.skipped, 1);
}

#[tokio::test]
async fn a_failure_says_whether_a_smaller_page_or_a_new_start_may_succeed() {
    let server = Server::start().await;
    for (status, less, again) in [
        (413, true, false),
        (503, true, false),
        (504, true, false),
        (500, false, false),
        (400, false, true),
        (410, false, true),
        (404, false, true),
        (403, false, false),
        (429, false, false),
    ] {
        server.then(status, &[], "");
        let error = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap_err();
        assert_eq!((error.may_succeed_with_less(), error.has_expired_page()), (less, again), "{status}");
    }
    server.then(200, &[], &"x".repeat(8 * 1024 * 1024 + 1));
    let error = server.graph().people(&token(), &one_plan(), None, PageSize::Full).await.unwrap_err();
    assert!(error.may_succeed_with_less() && GraphError::TimedOut.may_succeed_with_less());
}

#[tokio::test]
async fn the_basic_list_asks_for_nothing_that_needs_an_administrator() {
    let server = Server::answering(200, &page(&json!([adele()]), None)).await;
    server.graph().people(&token(), &Directory::Basic, None, PageSize::Full).await.unwrap();
    let asked = &server.received()[0];
    assert_eq!(asked.query, "$top=999&$select=id,displayName,givenName,surname,userPrincipalName,mail");
    assert!(!asked.headers.contains_key("consistencylevel"));
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let denied =
        json!({ "error": { "code": "Authorization_RequestDenied", "message": "Insufficient privileges." } });
    for (directory, missing) in
        [(one_plan(), "the right User.Read.All"), (Directory::Basic, "the right User.ReadBasic.All")]
    {
        let server = Server::answering(403, &denied).await;
        let error = server.graph().people(&token(), &directory, None, PageSize::Full).await.unwrap_err();
        assert_eq!(error, GraphError::NotAllowed { missing, retry_after: None });
    }
}

#[tokio::test]
async fn a_search_asks_once_for_names_and_addresses_among_the_licensed() {
    let server =
        Server::answering(200, &page(&json!([adele()]), Some("https://elsewhere.example/".into()))).await;
    let found = server.graph().search_people(&token(), &one_plan(), "vance").await.unwrap();
    assert_eq!((found.people.len(), found.next), (1, None), "a search has no further pages");
    let asked = server.received();
    let [asked] = asked.as_slice() else { panic!("one request") };
    assert_eq!(asked.path, "/graph/v1.0/users");
    assert_eq!(asked.headers["consistencylevel"], "eventual");
    assert_eq!(query(asked, "$count").as_deref(), Some("true"));
    assert_eq!(query(asked, "$top").as_deref(), Some("25"));
    let clauses = "\"displayName:vance\" OR \"mail:vance\" OR \"userPrincipalName:vance\"";
    assert_eq!(query(asked, "$search").as_deref(), Some(clauses));
    assert!(query(asked, "$filter").unwrap().starts_with("accountEnabled eq true and (assignedPlans"));
    assert!(query(asked, "$select").unwrap().contains("businessPhones"));
    assert!(!asked.query.contains(['+', '"', ' ']), "blanks and quotes are encoded");
}

#[tokio::test]
async fn a_basic_search_needs_nothing_of_an_administrator_and_text_without_letters_no_request() {
    let server = Server::answering(200, &page(&json!([adele()]), None)).await;
    let graph = server.graph();
    for nothing in ["", "***", "\"\\:"] {
        let found = graph.search_people(&token(), &Directory::Basic, nothing).await.unwrap();
        assert_eq!(found, PeoplePage::default(), "{nothing}");
    }
    graph.search_people(&token(), &Directory::Basic, "adele & \"vance").await.unwrap();
    let asked = server.received();
    let [asked] = asked.as_slice() else { panic!("one request") };
    assert_eq!(asked.headers["consistencylevel"], "eventual");
    assert_eq!(query(asked, "$search").as_deref(), Some("\"displayName:adele vance\""));
    assert_eq!((query(asked, "$filter"), query(asked, "$count").as_deref()), (None, Some("true")));
    assert!(!query(asked, "$select").unwrap().contains("Phone"));
}
