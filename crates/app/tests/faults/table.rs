//! Every endpoint of Microsoft with every fault: the requests stay within their budgets, nothing is written while the
//! own presence is not known, nobody is asked to log in unless Entra refuses, the card shows what is wrong, and the status
//! that the agent chose meanwhile reaches Teams by itself once the service is healthy.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sandbox::{Activity, Availability, Body, Endpoint, Fault, Meets, StatusCode};
use tokio::task::{JoinSet, LocalSet};
use view::{Action, HealthCard, NoticeKind, View};

use super::{BUDGETS, MINUTE, STEP, brief, card, check_requests_a_minute, is_bad, passes_until, step};
use crate::{shows, stage::Stage};

/// How long each fault lasts.
const LASTS: Duration = Duration::from_secs(72);
/// How many rows of the table run at the same time.
const AT_A_TIME: usize = 5;
/// The longest wait of the application before it asks a failed service again, with the time of that request.
const LONGEST: Duration = Duration::from_secs(20 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// 429 with this `Retry-After`.
    Throttled(&'static str),
    /// 429 with a date two minutes from now.
    ThrottledUntil,
    Unavailable,
    Garbage,
    Cut,
    /// 401 without a challenge, to the next request.
    RefusedOnce,
    /// The same to three requests in a row, after each good answer.
    RefusedInThrees,
    RefusedAlways,
    Forbidden,
    /// Answers arrive late, but within the timeout.
    Slow,
}

const KINDS: [Kind; 13] = [
    Kind::Throttled("0"),
    Kind::Throttled("86400"),
    Kind::Throttled("soon"),
    Kind::Throttled("-1"),
    Kind::ThrottledUntil,
    Kind::Unavailable,
    Kind::Garbage,
    Kind::Cut,
    Kind::RefusedOnce,
    Kind::RefusedInThrees,
    Kind::RefusedAlways,
    Kind::Forbidden,
    Kind::Slow,
];

impl Kind {
    fn fault(self) -> Fault {
        let refused = |meets| Fault { meets, ..Fault::refusal(StatusCode::UNAUTHORIZED) };
        match self {
            Self::Throttled(text) => Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after(text),
            Self::ThrottledUntil => {
                let date = Timestamp::now() + SignedDuration::from_secs(120);
                let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
                Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after(&date)
            }
            Self::Unavailable => Fault::refusal(StatusCode::SERVICE_UNAVAILABLE),
            Self::Garbage => Fault::changed(Body::Garbage),
            Self::Cut => Fault::changed(Body::Cut),
            Self::RefusedOnce => refused(Meets::Next(1)),
            Self::RefusedInThrees => refused(Meets::Cycle { pass: 1, meet: 3 }),
            Self::RefusedAlways => refused(Meets::All),
            Self::Forbidden => Fault::refusal(StatusCode::FORBIDDEN),
            Self::Slow => Fault::slow(Duration::from_secs(1)),
        }
    }

    /// True if every answer is a failure.
    fn fails_always(self) -> bool {
        !matches!(self, Self::RefusedOnce | Self::RefusedInThrees | Self::Slow)
    }

    /// True if the fault is in the status, not only in the body or the time.
    fn is_refusal(self) -> bool {
        !matches!(self, Self::Garbage | Self::Cut | Self::Slow)
    }

    /// The title of the card that shows this fault, and a part of its text.
    fn card_and_words(self, endpoint: Endpoint) -> Option<(&'static str, &'static str)> {
        if !self.fails_always() {
            return None;
        }
        let sentence = match self {
            Self::Throttled(_) | Self::ThrottledUntil => "Slowed by Microsoft",
            Self::Unavailable => "status 503",
            Self::Garbage => "could not be understood",
            Self::Cut => "could not be reached",
            Self::RefusedAlways => "does not accept the access token",
            Self::Forbidden => "does not allow this",
            Self::RefusedOnce | Self::RefusedInThrees | Self::Slow => "",
        };
        match endpoint {
            Endpoint::OwnPresence => Some(("Teams", sentence)),
            // The body of the answer to a write is not read.
            Endpoint::Writes => self.is_refusal().then_some(("Teams", sentence)),
            Endpoint::Colleagues => Some(("Colleagues", "")),
            Endpoint::Directory => Some(("Directory", "")),
            Endpoint::Token => Some(("Teams", "")),
            // The agent's number and photos have no card: without a number, the line under the name shows the address.
            Endpoint::Me
            | Endpoint::Photos
            | Endpoint::Graph
            | Endpoint::Everything
            | Endpoint::ConnectApi
            | Endpoint::Sts => None,
        }
    }

    /// True if Entra itself refuses: then the person is asked to log in.
    fn ends_login(self, endpoint: Endpoint) -> bool {
        endpoint == Endpoint::Token
            && matches!(self, Self::RefusedOnce | Self::RefusedAlways | Self::Forbidden)
    }
}

fn asks_for_login(view: &View) -> bool {
    let asks = |action: &Action| *action == Action::TeamsLogin;
    view.banner.as_ref().is_some_and(|banner| banner.buttons.iter().any(|button| asks(&button.action)))
}

fn login_notices(stage: &Stage) -> usize {
    stage.recorded(|seen| seen.notified.iter().filter(|notice| notice.kind == NoticeKind::TeamsLogin).count())
}

fn is_healthy(view: &View) -> bool {
    view.health.words == "Up to date" && view.banner.is_none()
}

/// The clicks of a person who sees that something is wrong.
fn click_around(stage: &Stage) {
    for action in [Action::SyncNow, Action::RefreshPeople] {
        stage.act(action);
    }
    for open in [true, false, true] {
        stage.requests.send(app::Request::DrawerOpen(open));
    }
}

/// Runs one row of the table, and returns what was measured.
async fn run_row(endpoint: Endpoint, kind: Kind) -> String {
    let what = format!("{endpoint:?}, {kind:?}");
    let stage = Stage::start().await;
    if endpoint == Endpoint::Me {
        stage.world.set_fault(endpoint, kind.fault());
    }
    // A throttled profile may make the whole tenant wait from the start.
    if endpoint == Endpoint::Me {
        stage.sign_in().await;
        stage.report_agent("priya.raman");
        stage.report_status("Available");
    } else {
        stage.start_work().await;
    }
    // Then the list may wait, too.
    if endpoint != Endpoint::Me {
        stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    }
    let notified = login_notices(&stage);
    let count_met = |stage: &Stage| stage.world.overview().faults.iter().map(|fault| fault.met).sum::<u64>();
    if endpoint != Endpoint::Me {
        stage.world.set_fault(endpoint, kind.fault());
    }
    if endpoint == Endpoint::Token {
        stage.world.expire_access_tokens();
    }
    // The fault of the own presence is known before the agent chooses another status.
    let shown_after = match kind.card_and_words(endpoint) {
        Some((title, words)) => {
            click_around(&stage);
            stage.report_status("Available");
            if endpoint == Endpoint::Writes {
                stage.report_status("Training");
            }
            let is_shown = |view: &View| {
                // The details have the exact reason.
                let has_words = |card: &HealthCard| {
                    card.text.contains(words) || card.details.as_deref().is_some_and(|it| it.contains(words))
                };
                is_bad(view, title) && card(view, title).is_some_and(has_words)
            };
            Some(passes_until(&stage, &format!("{what}: the card"), 2 * MINUTE, is_shown).await)
        }
        None => None,
    };
    let written = stage.world.overview().writes.len();
    stage.report_status("Training");
    for _ in 0..LASTS.as_secs() / STEP.as_secs() {
        click_around(&stage);
        let view = step(&stage, STEP).await;
        assert!(kind.ends_login(endpoint) || !asks_for_login(&view), "{what}: {}", brief(&stage, &view));
        if endpoint != Endpoint::OwnPresence
            && kind.fails_always()
            && !matches!(endpoint, Endpoint::Writes | Endpoint::Token)
        {
            let slowed = card(&view, "Teams").is_some_and(|card| card.text.contains("Slowed"));
            assert!(
                slowed || !is_bad(&view, "Teams"),
                "{what}: a problem of another service is shown for Teams: {}",
                brief(&stage, &view)
            );
        }
    }
    let during = check_requests_a_minute(&stage, &what);
    if kind.fails_always() && endpoint == Endpoint::OwnPresence {
        let now = stage.world.overview();
        assert_eq!(now.writes.len(), written, "{what}: written while nothing was known: {:#?}", now.writes);
    }
    let met = count_met(&stage);
    // A single refusal is over after one request, and of three refusals the first answer is a good one.
    let may_miss = matches!(kind, Kind::RefusedOnce | Kind::RefusedInThrees);
    assert!(met > 0 || may_miss, "{what}: the fault met nothing");

    stage.world.clear_faults();
    if kind.ends_login(endpoint) {
        stage.until(&format!("{what}: asks"), asks_for_login).await;
        assert_eq!(login_notices(&stage), notified + 1, "{what}: the person is notified once");
        stage.act(Action::TeamsLogin);
    }
    let busy = |_: &View| shows(&stage, Availability::Busy, Activity::Busy);
    let arrived_after = passes_until(&stage, &format!("{what}: arrives"), LONGEST, busy).await;
    let healthy_after = passes_until(&stage, &format!("{what}: healthy"), LONGEST, is_healthy).await;
    let after = check_requests_a_minute(&stage, &what);
    if !kind.ends_login(endpoint) {
        assert_eq!((login_notices(&stage), stage.world.overview().sign_ins), (notified, 1), "{what}");
    }
    let own = BUDGETS.iter().position(|(other, _)| *other == endpoint).unwrap();
    format!(
        "{what}: {} a minute, {met} met, card after {shown_after:?}, arrived after {arrived_after:?}, healthy after {:?}; all {:?}",
        during[own].1,
        arrived_after + healthy_after,
        after.iter().map(|(_, most)| *most).collect::<Vec<_>>()
    )
}

async fn run_every_fault(endpoint: Endpoint) {
    LocalSet::new()
        .run_until(async {
            let mut rows = JoinSet::new();
            for kind in KINDS {
                if rows.len() >= AT_A_TIME
                    && let Some(row) = rows.join_next().await
                {
                    println!("{}", row.unwrap());
                }
                rows.spawn_local(run_row(endpoint, kind));
            }
            while let Some(row) = rows.join_next().await {
                println!("{}", row.unwrap());
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_the_own_presence_survives_every_fault() {
    run_every_fault(Endpoint::OwnPresence).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_survives_every_fault() {
    run_every_fault(Endpoint::Writes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_survive_every_fault() {
    run_every_fault(Endpoint::Colleagues).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_survives_every_fault() {
    run_every_fault(Endpoint::Directory).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_profile_survives_every_fault() {
    run_every_fault(Endpoint::Me).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entra_survives_every_fault() {
    run_every_fault(Endpoint::Token).await;
}
