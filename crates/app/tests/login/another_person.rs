//! Another person logs in to Teams than the one whose provenance is kept on this machine.

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

fn kept_provenance(stage: &Stage) -> Value {
    serde_json::from_slice(&std::fs::read(stage.file("provenance.json")).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presence_that_we_wrote_for_another_person_counts_as_a_choice_of_this_one() {
    let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
        let world = sandbox.world();
        let now = world.now();
        let value = PreferredPresence::DoNotDisturb;
        let preferred =
            WrittenPresence { value, since: now, renewed: now, expires: now + Duration::from_secs(3600) };
        let provenance = Provenance { preferred: Some(preferred), ..Provenance::default() };
        let mut file = serde_json::to_value(provenance).unwrap();
        file["of"] = json!(SOMEBODY);
        std::fs::write(folder.join("provenance.json"), file.to_string()).unwrap();
        std::fs::write(folder.join(settings::FILE), sandbox.settings_toml()).unwrap();
        world.choose_presence(Some(DO_NOT_DISTURB)).unwrap();
    })
    .await;
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_status("Offline");
    stage.until("the presence", |view| view.own.teams.words == "Do not disturb").await;
    stage.pass(Duration::from_secs(60));
    stage.report_status("Available");
    stage
        .until_world("a session below the preferred presence", |world| world.overview().session.is_some())
        .await;
    assert!(shows(&stage, Availability::DoNotDisturb, Activity::DoNotDisturb));
    let file = kept_provenance(&stage);
    assert_eq!(file["others"][SOMEBODY]["preferred"]["value"], "doNotDisturb");
    assert_eq!(file["preferred"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_logs_in_again_has_their_own_provenance() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Training");
    stage.until("in step", |view| view.own.teams.words == "Busy").await;
    let mut own = kept_provenance(&stage);
    let person = own["of"].as_str().unwrap().to_owned();
    own.as_object_mut().unwrap().remove("others");
    let file = json!({ "of": SOMEBODY, "others": { (person.clone()): own } });
    std::fs::write(stage.file("provenance.json"), file.to_string()).unwrap();

    let stage = stage.restarted();
    stage.report_agent("priya.raman");
    stage.report_status("Available");
    stage.until_world("given back", |world| world.overview().preferred.is_none()).await;
    assert_eq!(kept_provenance(&stage)["of"], json!(person));
}
