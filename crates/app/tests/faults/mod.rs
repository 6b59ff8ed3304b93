//! The controller while Microsoft's services and the CCP page are in trouble: how many requests leave, what is written,
//! what the person sees, and how it ends.
//!
//! Time passes in steps. The application takes each step for a short sleep of the machine, after which it reads everything
//! again, so there are more requests than on a machine that stays awake for the same time.

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
/// The pause between two checks whether everything was answered. No test depends on its length.
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

/// Lets one step pass, and gives the view once it is at rest: every request was answered, and no new one is sent.
pub async fn step(stage: &Stage, length: Duration) -> View {
    stage.world.let_pass(length);
    let mut view = stage.view().await;
    let mut quiet = 0;
    // The number of checks is limited, so that a slow answer does not stop the test.
    for _ in 0..20 {
        let requests = stage.world.requests(Endpoint::Everything).len();
        tokio::time::sleep(ANSWER).await;
        let next = stage.view().await;
        let same =
            next.revision == view.revision && stage.world.requests(Endpoint::Everything).len() == requests;
        quiet = if same { quiet + 1 } else { 0 };
        view = next;
        if quiet == 3 {
            break;
        }
    }
    view
}

/// Lets time pass in steps until the view is as wanted, and returns how much time passed.
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
        // After two minutes the steps are longer.
        let length = if passed() < 2 * MINUTE { STEP } else { 5 * STEP };
        view = step(stage, length).await;
    }
    passed()
}

/// The parts of the view and of the world that a failure shows.
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

/// True if the card with this title shows a warning or a problem.
pub fn is_bad(view: &View, title: &str) -> bool {
    card(view, title).is_some_and(|card| card.level >= Level::Warning)
}

/// Checks that the requests to each endpoint within a minute are within its budget, and returns the most of each.
///
/// Requests are counted where they arrive, and one that was sent just before a step arrives after it, so the minute is
/// shortened by a step.
pub fn check_requests_a_minute(stage: &Stage, what: &str) -> Vec<(Endpoint, usize)> {
    let most = BUDGETS.map(|(endpoint, budget)| {
        let most = stage.world.most_requests_within(endpoint, MINUTE - STEP - Duration::from_secs(1));
        assert!(most <= budget, "{what}: {most} requests a minute to {endpoint:?}, of {budget}");
        (endpoint, most)
    });
    most.to_vec()
}
