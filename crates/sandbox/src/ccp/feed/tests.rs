//! Which events the page receives, and when, in virtual time.

use super::*;
use crate::world::agent::Channel;
use crate::world::panel::PanelTrouble;
use crate::world::words::{ContactWords, Words};

struct Page {
    world: World,
    feed: Feed,
    stop: watch::Sender<bool>,
}

impl Page {
    fn open(world: &World) -> Self {
        let login = world.with(|state, now| {
            let _ = state.panel.load(now);
            state.agent.login().unwrap()
        });
        let (stop, stopped) = watch::channel(false);
        Self { world: world.clone(), feed: Feed::new(world.clone(), stopped, login), stop }
    }

    async fn next(&mut self) -> (Duration, Message) {
        let start = Instant::now();
        let message = self.feed.next().await.unwrap();
        (start.elapsed(), message)
    }

    /// The next event, which must be a snapshot.
    async fn snapshot(&mut self) -> (Duration, Value) {
        match self.next().await {
            (after, Message::Agent { snapshot, .. }) => (after, snapshot),
            (_, other @ (Message::Trouble { .. } | Message::Ended)) => panic!("{other:?}"),
        }
    }

    async fn broken(&mut self) -> PanelBreak {
        match self.next().await {
            (_, Message::Trouble { how, .. }) => how,
            (_, other @ (Message::Agent { .. } | Message::Ended)) => panic!("{other:?}"),
        }
    }

    async fn is_silent(&mut self) -> bool {
        tokio::time::timeout(Duration::from_secs(600), self.feed.next()).await.is_err()
    }
}

fn broken(how: PanelBreak) -> Option<PanelTrouble> {
    Some(PanelTrouble::Broken { how, reload_helps: false })
}

const NOW: Duration = Duration::ZERO;

#[tokio::test(start_paused = true)]
async fn a_snapshot_comes_at_least_every_30_s_with_its_own_time() {
    let world = World::new(0);
    let mut page = Page::open(&world);
    let (_, first) = page.snapshot().await;
    world.let_pass(Duration::from_secs(30));
    let (after, again) = page.snapshot().await;
    assert_eq!(after, LONGEST_SILENCE);
    assert!(again["snapshotTimestamp"].as_i64() > first["snapshotTimestamp"].as_i64());
    assert_eq!(again["state"], first["state"]);
    // A change comes at once, and the silence is counted from it.
    tokio::time::advance(Duration::from_secs(20)).await;
    world.choose_status("Lunch").unwrap();
    assert_eq!(page.snapshot().await.0, NOW);
    assert_eq!(page.snapshot().await.0, LONGEST_SILENCE);
}

#[tokio::test(start_paused = true)]
async fn a_broken_panel_says_nothing_until_it_works_again() {
    let world = World::new(0);
    let mut page = Page::open(&world);
    page.snapshot().await;
    for how in [PanelBreak::NetworkAway, PanelBreak::Frozen, PanelBreak::WorkerDead] {
        world.set_panel_trouble(broken(how));
        assert_eq!(page.broken().await, how);
        world.choose_status("Break").unwrap();
        world.set_logged_in(true);
        assert!(page.is_silent().await, "{how:?}");
    }
    world.set_panel_trouble(None);
    let (after, snapshot) = page.snapshot().await;
    assert_eq!((after, &snapshot["state"]["name"]), (NOW, &json!("Break")));
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_loaded_into_the_trouble_meets_it_unless_a_reload_helps() {
    let world = World::new(0);
    world.set_panel_trouble(broken(PanelBreak::WorkerDead));
    assert_eq!(Page::open(&world).broken().await, PanelBreak::WorkerDead);
    let mut before = Page::open(&world);
    world.set_panel_trouble(Some(PanelTrouble::Broken { how: PanelBreak::Frozen, reload_helps: true }));
    assert_eq!(before.broken().await, PanelBreak::Frozen);
    assert_eq!(Page::open(&world).snapshot().await.0, NOW);
    assert!(before.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_late_panel_says_nothing_for_its_seconds_after_each_load() {
    let world = World::new(0);
    world.set_panel_trouble(Some(PanelTrouble::Late { seconds: 12 }));
    for _ in 0..2 {
        let mut page = Page::open(&world);
        assert_eq!(page.snapshot().await.0, Duration::from_secs(12));
        world.choose_status("Lunch").unwrap();
        world.choose_status("Break").unwrap();
        assert_eq!(page.snapshot().await.0, NOW, "only the first word is late");
    }
    let mut page = Page::open(&world);
    world.set_panel_trouble(None);
    assert_eq!(page.snapshot().await.0, NOW);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_ends_is_reported_once_and_a_stopping_sandbox_ends_the_feed() {
    let world = World::new(0);
    let (mut page, mut other) = (Page::open(&world), Page::open(&world));
    page.snapshot().await;
    other.snapshot().await;
    other.stop.send_replace(true);
    assert_eq!(other.feed.next().await, None);
    world.set_logged_in(false);
    assert_eq!(page.next().await.1, Message::Ended);
    assert_eq!(page.feed.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn unknown_words_are_sent_at_once() {
    let world = World::new(0);
    let mut page = Page::open(&world);
    page.snapshot().await;
    page.world.ring(Channel::Voice, "+441632960123").unwrap();
    page.snapshot().await;
    world.set_words(Words {
        contact_state: Some("transferring".to_owned()),
        beside: Some(ContactWords { kind: "sms".to_owned(), state: "connected".to_owned() }),
        system_status: true,
        unknown_fields: true,
        ..Words::default()
    });
    let (_, Message::Agent { snapshot, configuration }) = page.next().await else { panic!() };
    let words = |at: usize| {
        let contact = &snapshot["contacts"][at];
        (contact["type"].as_str().unwrap(), contact["state"]["type"].as_str().unwrap())
    };
    assert_eq!((words(0), words(1)), (("voice", "transferring"), ("sms", "connected")));
    assert_ne!(snapshot["contacts"][0]["contactId"], snapshot["contacts"][1]["contactId"]);
    let states = configuration["agentStates"].as_array().unwrap();
    assert_eq!((states.len(), &states[6]["type"]), (7, &json!("system")));
    for place in [&snapshot, &snapshot["contacts"][1]["state"], &states[0], &configuration] {
        assert!(place["addedTomorrow"].is_object(), "{place}");
    }
    assert_eq!(snapshot["contacts"][0]["attributes"], json!({}));

    world.choose_status("Forced Released").unwrap();
    let (_, snapshot) = page.snapshot().await;
    assert_eq!(snapshot["agentAvailabilityState"]["state"], "Available", "it waits for the contact to end");
    world.set_words(Words::default());
    let (_, snapshot) = page.snapshot().await;
    assert_eq!(snapshot["contacts"].as_array().unwrap().len(), 1);
}
