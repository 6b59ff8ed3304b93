//! Photos: only small pictures count.

use axum::body::Body;
use graph::{GraphError, LARGEST_PHOTO};
use presence::identity::ObjectId;

use crate::server::{Server, token};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a picture";

#[tokio::test]
async fn a_photo_is_read_in_the_size_of_a_row() {
    let server = Server::start().await;
    server.then_body(200, Body::from(JPEG));
    let photo = server.graph().photo(&token(), &ObjectId::new("A1/../b")).await.unwrap().unwrap();
    assert_eq!((photo.bytes(), photo.media_type(), photo.version().len()), (JPEG, "image/jpeg", 16));
    assert!(!format!("{photo:?}").contains("bytes"));
    let asked = &server.received()[0];
    assert_eq!(asked.path, "/graph/v1.0/users/a1%2F..%2Fb/photos/48x48/$value");
}

#[tokio::test]
async fn the_version_is_that_of_the_picture() {
    let server = Server::start().await;
    let png = b"\x89PNG\r\n\x1a\n another";
    for bytes in [JPEG, JPEG, png] {
        server.then_body(200, Body::from(bytes));
    }
    let graph = server.graph();
    let mut versions = Vec::new();
    for _ in 0..3 {
        let photo = graph.photo(&token(), &ObjectId::new("a1")).await.unwrap().unwrap();
        versions.push(photo.version().to_owned());
    }
    assert_eq!(versions[0], versions[1]);
    assert_ne!(versions[0], versions[2]);
}

#[tokio::test]
async fn a_missing_or_unusable_file_is_no_photo() {
    let server = Server::start().await;
    server.then(404, &[], "{\"error\":{\"code\":\"ImageNotFound\"}}");
    server.then(200, &[], "<html>a proxy's page</html>");
    server.then(200, &[], "<svg xmlns='http://www.w3.org/2000/svg'/>");
    server.then(200, &[], "");
    server.then_body(200, Body::from([JPEG, &vec![0; LARGEST_PHOTO]].concat()));
    for _ in 0..5 {
        assert_eq!(server.graph().photo(&token(), &ObjectId::new("a1")).await, Ok(None));
    }
}

#[tokio::test]
async fn a_missing_right_is_no_missing_photo() {
    let server = Server::answering(403, "{}").await;
    let error = server.graph().photo(&token(), &ObjectId::new("a1")).await.unwrap_err();
    assert_eq!(error, GraphError::NotAllowed { missing: "the right to read photos", retry_after: None });
}
