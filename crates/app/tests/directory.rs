//! The directory as people use it: somebody new is found, photos arrive one by one, and the list is kept over a restart.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is a failed test")]

#[expect(dead_code, reason = "the stage serves other tests too")]
mod stage;

use app::Request;
use sandbox::{Endpoint, Fault, StatusCode};
use stage::{Stage, wait};
use tokio::sync::oneshot;
use view::{Action, DirectorySearch, Line, PersonLine};

fn people(lines: &[Line]) -> Vec<&PersonLine> {
    fn person(line: &Line) -> Option<&PersonLine> {
        match line {
            Line::Person(person) => Some(person),
            Line::Section { .. } | Line::Department { .. } => None,
        }
    }
    lines.iter().filter_map(person).collect()
}

fn search(stage: &Stage, text: &str) {
    stage.act(Action::Search { text: text.to_owned() });
}

fn directory_requests(stage: &Stage) -> u64 {
    stage.world.overview().requests[&Endpoint::Directory]
}

/// The agent is signed in, the list is complete, and the drawer is open.
async fn listed(more: &str) -> Stage {
    let stage = Stage::with_settings(Ok(()), |text| format!("{text}\n[drawer]\nlimit = 0\n{more}")).await;
    stage.sign_in().await;
    stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    stage.requests.send(Request::DrawerOpen(true));
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_person_is_found_in_the_directory_and_stays_in_the_list() {
    let stage = listed("").await;
    stage.until_kept("people.json", |text| text.contains("Holloway")).await;
    stage.world.hire().unwrap();
    let before = directory_requests(&stage);
    search(&stage, "quinl");
    let found = DirectorySearch::Found { count: 1 };
    stage.until("found", |view| view.counts.asked == found && view.counts.found == Some(1)).await;
    stage
        .find("a row", |lines| people(lines).iter().any(|it| it.name == "Saoirse Quinlan").then_some(()))
        .await;
    assert_eq!(directory_requests(&stage), before + 1);

    search(&stage, "");
    let view = stage.until("everybody", |view| view.counts.found.is_none()).await;
    assert_eq!((view.counts.known, view.counts.asked), (41, DirectorySearch::NotAsked));
    search(&stage, "zebedee");
    stage.until("nobody", |view| view.counts.asked == DirectorySearch::Nobody).await;
    search(&stage, "holloway");
    stage.until("known", |view| view.counts.found == Some(1)).await;
    assert_eq!(
        directory_requests(&stage),
        before + 2,
        "people of the list are not searched in the directory"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_without_teams_are_not_found() {
    let stage = listed("").await;
    // A licence that was taken away, an account that is off, and no licence at all.
    for name in ["Yusuf Dąbrowski", "Giulia Singh", "Þóra MacLeod"] {
        search(&stage, name);
        stage.until(name, |view| view.counts.asked == DirectorySearch::Nobody).await;
        search(&stage, "");
        stage.until("nothing", |view| view.counts.asked == DirectorySearch::NotAsked).await;
    }
    assert_eq!(stage.view().await.counts.known, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_does_not_answer_is_shown_and_asked_again() {
    let stage = listed("").await;
    stage.world.hire().unwrap();
    let health = stage.view().await.health.words;
    stage.world.set_fault(Endpoint::Directory, Fault::refusal(StatusCode::SERVICE_UNAVAILABLE));
    search(&stage, "quinlan");
    stage.until("no answer", |view| view.counts.asked == DirectorySearch::NoAnswer).await;
    let view = stage.view().await;
    assert_eq!(view.health.words, health, "health does not change: {:?}", view.health);
    stage.world.clear_trouble();
    stage.pass(std::time::Duration::from_secs(60));
    stage.until("found", |view| view.counts.asked == DirectorySearch::Found { count: 1 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_of_the_people_on_screen_are_read_one_by_one_and_kept_over_a_restart() {
    let stage = listed("").await;
    let (id, version) = stage
        .find("a photo", |lines| people(lines).iter().find_map(|it| Some((it.id.clone(), it.photo.clone()?))))
        .await;
    let picture = photo(&stage, &id, &version).await.unwrap();
    assert!(picture.starts_with("data:image/png;base64,iVBORw0KGgo"), "{picture}");
    assert_eq!(photo(&stage, &id, "another").await, None);
    assert_eq!(photo(&stage, "connect:somebody", &version).await, None);
    stage.until_kept("people.json", |text| text.contains(&id)).await;
    wait("on disk", async || stage.file("photos").join(&id).exists().then_some(()).ok_or(())).await;

    stage.world.set_fault(Endpoint::Photos, Fault::refusal(StatusCode::FORBIDDEN));
    let stage = stage.restarted();
    let kept = |lines: &[Line]| {
        people(lines).iter().any(|it| it.id == id && it.photo.as_ref() == Some(&version)).then_some(())
    };
    stage.find("the same photo", kept).await;
    assert_eq!(photo(&stage, &id, &version).await, Some(picture));
}

async fn photo(stage: &Stage, person: &str, version: &str) -> Option<String> {
    let (answer, photo) = oneshot::channel();
    let (person, version) = (person.to_owned(), version.to_owned());
    stage.requests.send(Request::Photo { person, version, answer });
    photo.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_photos_none_are_shown_or_requested_again() {
    let stage = listed("").await;
    stage.world.set_fault(Endpoint::Photos, Fault::refusal(StatusCode::FORBIDDEN));
    let requests = || stage.world.overview().requests[&Endpoint::Photos];
    stage.find("people", |lines| (people(lines).len() == 40).then_some(())).await;
    wait("a request", async || if requests() > 0 { Ok(()) } else { Err(requests()) }).await;
    let (before, health) = (requests(), stage.view().await.health.words);
    // At most one photo is read in a second.
    for _ in 0..10 {
        stage.world.let_pass(std::time::Duration::from_secs(1));
        stage.lines().await;
    }
    let view = stage.view().await;
    assert!(requests() <= before + 1, "{}", requests());
    assert_eq!((view.health.words, view.banner), (health, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_is_full_after_a_restart_although_microsoft_does_not_answer() {
    let stage = listed("").await;
    stage.until_kept("people.json", |text| text.contains("Holloway")).await;
    stage.world.set_graph_down(true);
    let stage = stage.restarted();
    stage.until("everybody", |view| view.counts.known == 40 && !view.counts.loading).await;
    let lines = stage.lines().await.lines;
    let people = people(&lines);
    assert_eq!(people.len(), 40);
    assert!(people.iter().all(|it| it.badge == view::Badge::Unknown), "no state is kept");
    assert!(people.iter().any(|it| !it.numbers.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_people_are_erased_when_keeping_them_is_switched_off() {
    let stage = listed("photos = false\n").await;
    stage.until_kept("people.json", |text| text.contains("Holloway")).await;
    assert!(!stage.file("photos").exists());
    let settings = stage.file(settings::FILE);
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, text.replace("limit = 0", "limit = 0\ncache = false")).unwrap();
    stage.requests.send(Request::SettingsChanged);
    wait("erased", async || if stage.file("people.json").exists() { Err(()) } else { Ok(()) }).await;
    stage.act(Action::RefreshPeople);
    let stage = stage.restarted();
    stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    assert!(!stage.file("people.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_another_tenant_are_not_shown() {
    let stage = listed("").await;
    stage.until_kept("people.json", |text| text.contains("Holloway")).await;
    let text = std::fs::read_to_string(stage.file("people.json")).unwrap();
    let (before, after) = text.split_once("\"tenant\":\"").unwrap();
    let foreign = format!("{before}\"tenant\":\"fabrikam-{after}").replace("Holloway", "Fremdling");
    std::fs::write(stage.file("people.json"), foreign).unwrap();
    let stage = stage.restarted();
    stage.until_kept("people.json", |text| text.contains("Holloway") && !text.contains("Fremdling")).await;
    search(&stage, "fremdling");
    stage.until("nobody", |view| view.counts.found == Some(0)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_and_views_match_the_revision_that_they_name() {
    let stage = listed("").await;
    stage.find("everybody", |lines| (people(lines).len() == 40).then_some(())).await;
    // Nothing else is published between the change of the clock and these readings.
    for _ in 0..5 {
        let before = stage.lines().await;
        stage.set_clock(jiff::SignedDuration::from_mins(7));
        let after = stage.lines().await;
        let view = stage.view().await;
        assert!(after.lines == before.lines || after.revision > before.revision);
        assert!(view.revision >= after.revision);
    }
}
