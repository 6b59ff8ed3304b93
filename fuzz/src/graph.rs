//! Answers of Microsoft Graph. The first byte chooses the request, the second the status.

use graph::{Directory, Graph, GraphError, LicenceFilter, MessageWrite, PageSize};
use jiff::Timestamp;
use presence::identity::ObjectId;
use secrecy::SecretString;
use url::Url;

use crate::service;

const TOKEN: &str = "a-token-that-nobody-may-see";

pub(crate) fn run(bytes: &[u8]) {
    service::check(bytes, TOKEN, ask);
}

async fn ask(http: reqwest::Client, request: usize) -> Result<(), GraphError> {
    let base = Url::parse(service::BASE).and_then(|base| base.join("v1.0/")).expect("an address");
    let graph = Graph::new(http, base.clone(), "0a1b2c3d-0000-4000-8000-0123456789ab".to_owned());
    let token = SecretString::from(TOKEN);
    let own = ObjectId::new("00000000-0000-4000-8000-000000000001");
    let now = Timestamp::UNIX_EPOCH;
    match request % 12 {
        0 => graph.me(&token).await.map(|me| assert!(!me.name.trim().is_empty(), "nobody's name")),
        1 => graph.own_presence(&token, now).await.map(drop),
        2 => {
            let asked = [own.clone(), ObjectId::new("00000000-0000-4000-8000-000000000002")];
            let found = graph.presences(&token, &asked).await?;
            assert!(found.iter().all(|(id, _)| asked.contains(id)), "somebody who was not asked for");
            Ok(())
        }
        3..=6 => {
            let directory = match request % 12 {
                3 => Directory::licensed(LicenceFilter::LicensedAndEnabled),
                4 => Directory::licensed(LicenceFilter::Licensed),
                5 => Directory::licensed(LicenceFilter::Here),
                _ => Directory::Basic,
            };
            let page = graph.people(&token, &directory, None, PageSize::Full).await?;
            assert!(page.people.len() + page.skipped <= page.entries, "more people than entries");
            Ok(())
        }
        7 => graph.search_people(&token, &Directory::licensed(LicenceFilter::Here), "lee").await.map(drop),
        8 => graph.count_licensed(&token).await.map(drop),
        9 => graph.organization(&token).await.map(drop),
        10 => {
            let photo = graph.photo(&token, &own).await?;
            assert!(photo.is_none_or(|photo| photo.bytes().len() <= graph::LARGEST_PHOTO), "a large photo");
            Ok(())
        }
        _ => graph.write_message(&token, &own, &MessageWrite::Clear).await,
    }
}
