//! The controller while Microsoft's services and the CCP page are in trouble: how many requests leave, what is written,
//! what the person sees, and how it ends.
//!
//! Time passes at once, in steps: each is a short sleep of the machine, after which everything is read again, so there
//! are more requests than in the same time of a machine that is awake.

mod logins;
mod page;
mod restarts;
mod table;

use std::time::Duration;

use sandbox::Endpoint;
use view::{HealthCard, Level, View};

use crate::stage::Stage;

pub const MINUTE: Duration = Duration::from_secs(60);
/// The shortest step that the application notices.
const STEP: Duration = Duration::from_secs(6);
/// Between two looks whether everything was answered. Nothing is proved by it: it only lets more requests come.
const ANSWER: Duration = Duration::from_millis(8);

/// The most requests that may reach each endpoint within a minute, whatever it answers: the budgets of the gate, and of
/// the login.
pub const BUDGETS: [(Endpoint, usize); 6] = [
    (Endpoint::OwnPresence, 40),
    (Endpoint::Writes, 30),
    (Endpoint::Colleagues, 20),
    (Endpoint::Directory, 60),
    (Endpoint::Me, 6),
    // Six refreshes, and the code of a login.
    (Endpoint::Token, 7),
];

/// Lets one step pass and gives the view once it is at rest: what was asked was answered, and nothing more is asked.
pub async fn step(stage: &Stage, length: Duration) -> View {
    stage.world.let_pass(length);
    let mut view = stage.view().await;
    let mut quiet = 0;
    // A slow answer is not waited for.
    for _ in 0..20 {
        let asked = stage.world.requests(Endpoint::Everything).len();
        tokio::time::sleep(ANSWER).await;
        let next = stage.view().await;
        let same =
            next.revision == view.revision && stage.world.requests(Endpoint::Everything).len() == asked;
        quiet = if same { quiet + 1 } else { 0 };
        view = next;
        if quiet == 3 {
            break;
        }
    }
    view
}

/// Lets time pass in steps until the view is as wanted, and gives how much did.
pub async fn passes_until(
    stage: &Stage,
    what: &str,
    most: Duration,
    wanted: impl Fn(&View) -> bool,
) -> Duration {
    let begun = stage.world.now();
    let passed = || Duration::try_from(stage.world.now().duration_since(begun)).unwrap();
    let mut view = stage.view().await;
    while !wanted(&view) {
        assert!(passed() <= most, "{what}: {}", brief(stage, &view));
        // What lasts long is not looked at so often.
        let length = if passed() < 2 * MINUTE { STEP } else { 5 * STEP };
        view = step(stage, length).await;
    }
    passed()
}

/// What a failure has to say of a view.
pub fn brief(stage: &Stage, view: &View) -> String {
    let cards: Vec<_> = view.health.cards.iter().map(|card| (card.level, &card.text)).collect();
    let world = stage.world.overview();
    format!(
        "{} / {}, {:?}, {:?}, {:?}, {cards:#?}, {:?}, {:?}, asked {:?}",
        view.own.connect.words,
        view.own.teams.words,
        view.own.reason,
        view.banner.as_ref().map(|banner| &banner.title),
        view.health.words,
        world.writes,
        world.faults,
        world.requests,
    )
}

pub fn card<'a>(view: &'a View, title: &str) -> Option<&'a HealthCard> {
    view.health.cards.iter().find(|card| card.title == title)
}

/// True if that card says that something is wrong.
pub fn is_bad(view: &View, title: &str) -> bool {
    card(view, title).is_some_and(|card| card.level >= Level::Warning)
}

/// The most requests within a minute, by endpoint; each is within its budget.
///
/// They are counted where they arrive, and one that leaves as the time jumps arrives a step later, so the minute is that
/// much shorter.
pub fn most_a_minute(stage: &Stage, what: &str) -> Vec<(Endpoint, usize)> {
    let most = BUDGETS.map(|(endpoint, budget)| {
        let most = stage.world.most_requests_within(endpoint, MINUTE - STEP - Duration::from_secs(1));
        assert!(most <= budget, "{what}: {most} requests a minute to {endpoint:?}, of {budget}");
        (endpoint, most)
    });
    most.to_vec()
}
