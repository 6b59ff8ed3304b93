//! The tenant's names.

use graph::{GraphError, Organization};
use serde_json::json;

use crate::server::{Server, token};

#[tokio::test]
async fn the_tenant_is_known_by_its_name_and_its_default_domain() {
    let domain = |name: &str, is_default: bool| json!({ "name": name, "isDefault": is_default });
    let body = json!({ "value": [{
        "id": "3f2a6b8e", "displayName": "Contoso",
        "verifiedDomains": [domain("contoso.onmicrosoft.com", false), domain("contoso.com", true)],
    }] });
    let server = Server::answering(200, &body).await;
    let found = server.graph().organization(&token()).await.unwrap();
    assert_eq!(found, Organization { name: "Contoso".to_owned(), domain: Some("contoso.com".to_owned()) });
    let asked = server.received();
    assert_eq!(asked[0].path, "/graph/v1.0/organization");
    assert_eq!(asked[0].query, "$select=id,displayName,verifiedDomains");

    let bare = json!({ "value": [{ "displayName": "Contoso", "verifiedDomains": null }] });
    let found = Server::answering(200, &bare).await.graph().organization(&token()).await.unwrap();
    assert_eq!(found.domain, None);
}

#[tokio::test]
async fn a_tenant_without_a_name_is_malformed_and_a_denied_request_is_not_allowed() {
    for body in [json!({ "value": [] }), json!({ "value": [{ "displayName": " " }] }), json!({})] {
        let refused = Server::answering(200, &body).await.graph().organization(&token()).await;
        assert!(matches!(refused, Err(GraphError::Malformed(_))), "{body}");
    }
    let error = json!({ "error": { "code": "Authorization_RequestDenied", "message": "" } });
    let refused = Server::answering(403, &error).await.graph().organization(&token()).await;
    assert!(matches!(refused, Err(GraphError::NotAllowed { .. })));
}
