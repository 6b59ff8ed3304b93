//! Somebody else logs in to Teams than the one whose presence is remembered here.

use std::time::Duration;

use presence::{
    provenance::{Provenance, WrittenPresence},
    teams::PreferredPresence,
};
use sandbox::{Activity, Availability, Presence};
use serde_json::{Value, json};

use crate::{shows, stage::Stage};

const SOMEBODY: &str = "11111111-2222-4333-8444-555555555555";
const DO_NOT_DISTURB: Presence =
    Presence { availability: Availability::DoNotDisturb, activity: Activity::DoNotDisturb };

fn kept(stage: &Stage) -> Value {
    serde_json::from_slice(&std::fs::read(stage.file("provenance.json")).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_we_wrote_for_somebody_else_is_not_taken_for_ones_own() {
    let stage = Stage::made(Ok(()), |folder, sandbox| {
        let world = sandbox.world();
        let now = world.now();
        let value = PreferredPresence::DoNotDisturb;
        let standing =
            WrittenPresence { value, since: now, renewed: now, expires: now + Duration::from_secs(3600) };
        let provenance = Provenance { preferred: Some(standing), ..Provenance::default() };
        let mut file = serde_json::to_value(provenance).unwrap();
        file["of"] = json!(SOMEBODY);
        std::fs::write(folder.join("provenance.json"), file.to_string()).unwrap();
        std::fs::write(folder.join(settings::FILE), sandbox.settings_toml()).unwrap();
        world.choose_presence(Some(DO_NOT_DISTURB)).unwrap();
    })
    .await;
    stage.sign_in().await;
    stage.agent("priya.raman");
    stage.chosen("Offline");
    stage.until("read", |view| view.own.teams.words == "Do not disturb").await;
    stage.pass(Duration::from_secs(60));
    stage.chosen("Available");
    stage.until_world("a session beneath it", |world| world.overview().session.is_some()).await;
    assert!(shows(&stage, Availability::DoNotDisturb, Activity::DoNotDisturb));
    let file = kept(&stage);
    assert_eq!(file["others"][SOMEBODY]["preferred"]["value"], "doNotDisturb");
    assert_eq!(file["preferred"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_finds_what_was_written_for_them() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.chosen("Training");
    stage.until("in step", |view| view.own.teams.words == "Busy").await;
    let mut own = kept(&stage);
    let person = own["of"].as_str().unwrap().to_owned();
    own.as_object_mut().unwrap().remove("others");
    let file = json!({ "of": SOMEBODY, "others": { (person.clone()): own } });
    std::fs::write(stage.file("provenance.json"), file.to_string()).unwrap();

    let stage = stage.restarted();
    stage.agent("priya.raman");
    stage.chosen("Available");
    stage.until_world("taken back", |world| world.overview().preferred.is_none()).await;
    assert_eq!(kept(&stage)["of"], json!(person));
}
