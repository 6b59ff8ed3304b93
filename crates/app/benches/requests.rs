//! Measures how many requests one desk sends to each Microsoft endpoint in a minute, in six situations, and what that
//! means for many desks; the same for Amazon, for desks that read colleagues in Connect.
//!
//! Runs the real controller against the sandbox, whose time passes second by second, as fast as the requests are
//! answered. It measures, and judges nothing.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is no measurement")]
#![expect(clippy::print_stdout, reason = "the tables are what this is for")]

#[expect(dead_code, reason = "the stage serves the tests too")]
#[path = "../tests/stage/mod.rs"]
mod stage;

use std::time::Duration;

use app::Request;
use presence::engine::Machine;
use sandbox::{Endpoint, Operation, Presence};

use stage::Stage;

const SECOND: Duration = Duration::from_secs(1);
/// Seconds after a change that are not measured: what is sent right then is not typical of the situation.
const SETTLES: u32 = 180;
const MINUTES: u32 = 10;
/// How long a request on loopback may take.
const ANSWER: Duration = Duration::from_millis(4);

/// The presence requests in 30 s that Graph allows a whole tenant: the stricter of the two figures in its
/// documentation.
const BUDGET: f64 = 1500.0;
const DESKS: [u32; 3] = [300, 600, 3000];

const ENDPOINTS: [(Endpoint, &str); 7] = [
    (Endpoint::OwnPresence, "own presence"),
    (Endpoint::Writes, "writes"),
    (Endpoint::Colleagues, "colleagues"),
    (Endpoint::Directory, "directory"),
    (Endpoint::Photos, "photos"),
    (Endpoint::Me, "me"),
    (Endpoint::Token, "token"),
];
/// How many of them, from the first on, share the budget.
const OF_PRESENCE: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Situation {
    Idle,
    DrawerOpen,
    /// The person chose a presence in Teams by hand, and it hides ours.
    Held,
    /// Graph asks everybody to wait, ten seconds at a time.
    Throttled,
    Locked,
    /// A minute before and two minutes after a meeting begins.
    Meeting,
}

const SITUATIONS: [(Situation, &str); 6] = [
    (Situation::Idle, "idle"),
    (Situation::DrawerOpen, "drawer open"),
    (Situation::Held, "held by the person"),
    (Situation::Throttled, "throttled"),
    (Situation::Locked, "locked"),
    (Situation::Meeting, "around a meeting's start"),
];

/// Lets this many seconds pass, with everything that is due in each of them.
async fn pass(stage: &Stage, seconds: u32) {
    for _ in 0..seconds {
        stage.world.let_pass(SECOND);
        stage.view().await;
        tokio::time::sleep(ANSWER).await;
    }
}

fn sent(stage: &Stage) -> [usize; 7] {
    ENDPOINTS.map(|(endpoint, _)| stage.world.requests(endpoint).len())
}

/// Requests in a minute to each endpoint.
async fn measure(situation: Situation, teams_to_connect: bool, seats: u32) -> [f64; 7] {
    let stage = Stage::with_settings(Ok(()), |text| {
        format!("seats = {seats}\n{text}\n[sync]\nteams_to_connect = {teams_to_connect}\n")
    })
    .await;
    stage.start_work().await;
    stage.requests.send(Request::DrawerOpen(situation == Situation::DrawerOpen));
    match situation {
        Situation::Held => stage.world.choose_presence(Some(Presence::BUSY)).unwrap(),
        Situation::Locked => stage.requests.send(Request::Machine(Machine::Locked)),
        Situation::Throttled => stage.world.throttle(SECOND * (SETTLES + MINUTES * 60), 10),
        Situation::Idle | Situation::DrawerOpen | Situation::Meeting => {}
    }
    pass(&stage, SETTLES).await;
    let before = sent(&stage);
    let minutes = if situation == Situation::Meeting {
        pass(&stage, 60).await;
        stage.world.set_meeting(true);
        pass(&stage, 120).await;
        3
    } else {
        pass(&stage, MINUTES * 60).await;
        MINUTES
    };
    let after = sent(&stage);
    let mut each = [0.0; 7];
    for (at, share) in each.iter_mut().enumerate() {
        *share = f64::from(u32::try_from(after[at] - before[at]).unwrap()) / f64::from(minutes);
    }
    each
}

/// The operations of the service API that a desk uses. The quota of each is for the whole account, in requests a
/// second.
const OPERATIONS: [(Operation, &str, f64); 4] = [
    (Operation::GetCurrentUserData, "current users", 2.0),
    (Operation::SearchUsers, "users", 2.0),
    (Operation::DescribeUser, "addresses", 10.0),
    (Operation::ListAgentStatuses, "statuses", 10.0),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AmazonSituation {
    /// The first ten minutes after the first start, the drawer open: everybody is looked up.
    First,
    Open,
    Closed,
    /// Others of the account use the whole quota.
    Throttled,
}

const AMAZON_SITUATIONS: [(AmazonSituation, &str); 4] = [
    (AmazonSituation::First, "first ten minutes, open"),
    (AmazonSituation::Open, "drawer open"),
    (AmazonSituation::Closed, "drawer closed"),
    (AmazonSituation::Throttled, "drawer open, throttled"),
];

fn sent_to_amazon(stage: &Stage) -> [usize; 5] {
    let quota = stage.world.overview().quota;
    let all = |operation| usize::try_from(quota[&operation].passed + quota[&operation].throttled).unwrap();
    let [states, users, addresses, statuses] = OPERATIONS.map(|(operation, _, _)| all(operation));
    [states, users, addresses, statuses, stage.world.requests(Endpoint::Sts).len()]
}

/// Requests in a minute to each operation, and to STS.
async fn measure_amazon(situation: AmazonSituation, seats: u32) -> [f64; 5] {
    let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
        let text = format!("seats = {seats}\n{}", sandbox.settings_toml_with_connect_api());
        std::fs::write(folder.join(settings::FILE), text).unwrap();
    })
    .await;
    stage.start_work().await;
    stage.requests.send(Request::DrawerOpen(true));
    if situation != AmazonSituation::First {
        pass(&stage, 15 * 60).await;
    }
    match situation {
        AmazonSituation::First | AmazonSituation::Open => {}
        AmazonSituation::Closed => stage.requests.send(Request::DrawerOpen(false)),
        AmazonSituation::Throttled => {
            for (operation, _, quota) in OPERATIONS {
                stage.world.set_taken_by_others(operation, quota);
            }
        }
    }
    let before = sent_to_amazon(&stage);
    for _ in 0..MINUTES * 60 {
        // The drawer asks for its lines as it does when it is redrawn.
        if situation != AmazonSituation::Closed {
            stage.lines().await;
        }
        pass(&stage, 1).await;
    }
    let after = sent_to_amazon(&stage);
    let mut each = [0.0; 5];
    for (at, share) in each.iter_mut().enumerate() {
        *share = f64::from(u32::try_from(after[at] - before[at]).unwrap()) / f64::from(MINUTES);
    }
    each
}

async fn print_amazon() {
    let heads = OPERATIONS.map(|(_, name, _)| format!("{name:>24}")).concat();
    println!(
        "\nRequests of one desk to Amazon in a minute, and which share of the account's quota all desks use\n\n\
         {:28}{:>6}{heads}{:>8}",
        "", "seats", "STS"
    );
    for (situation, name) in AMAZON_SITUATIONS {
        for seats in [5, 25] {
            let [states, users, addresses, statuses, sts] = measure_amazon(situation, seats).await;
            let cells =
                OPERATIONS.iter().zip([states, users, addresses, statuses]).map(|((_, _, quota), each)| {
                    let share = each * f64::from(seats) / (quota * 60.0) * 100.0;
                    format!("{:>24}", format!("{each:.1} ({share:.0} %)"))
                });
            println!("{name:28}{seats:>6}{}{sts:>8.1}", cells.collect::<String>());
        }
    }
}

/// What this many desks send in 30 s, and which share of the budget that is.
fn many(each: &[f64; 7], desks: u32) -> String {
    let sent = each.iter().take(OF_PRESENCE).sum::<f64>() / 2.0 * f64::from(desks);
    format!("{sent:.0} ({:.0} %)", sent / BUDGET * 100.0)
}

#[tokio::main]
async fn main() {
    let heads = ENDPOINTS.map(|(_, name)| format!("{name:>13}")).concat();
    println!("Requests of one desk in a minute\n\n{:28}{:>16}{heads}", "", "Teams → Connect");
    let mut all = Vec::new();
    for (situation, name) in SITUATIONS {
        for on in [false, true] {
            let each = measure(situation, on, DESKS[0]).await;
            let words = if on { "on" } else { "off" };
            println!("{name:28}{words:>16}{}", each.map(|share| format!("{share:>13.1}")).concat());
            all.push((situation, name, on, each));
        }
    }
    println!(
        "\nPresence requests in 30 s, if every desk is in that situation at once; of {BUDGET} that a tenant may send\n\n\
         {:28}{:>16}{}",
        "",
        "Teams → Connect",
        DESKS.map(|desks| format!("{desks:>12} desks")).concat()
    );
    for (situation, name, on, at_first) in all {
        let mut cells = String::new();
        for desks in DESKS {
            // How often colleagues are read follows the seats.
            let follows = situation == Situation::DrawerOpen && desks != DESKS[0];
            let each = if follows { measure(situation, on, desks).await } else { at_first };
            cells.push_str(&format!("{:>18}", many(&each, desks)));
        }
        println!("{name:28}{:>16}{cells}", if on { "on" } else { "off" });
    }
    print_amazon().await;
}
