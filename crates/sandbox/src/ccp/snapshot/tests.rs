//! Snapshots of calls, kept in `tests/streams/snapshots.json`. The UI's tests play them to the untouched library through
//! the panel's page (`ui/test/ccp-sandbox.test.ts`); `UPDATE_STREAMS=1` writes the file again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use crate::world::agent::{Anonymous, Ring, Step};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn ring(number: &str) -> Ring {
    Ring { number: number.to_owned(), beside: true, ..Ring::default() }
}

type Scene = (&'static str, fn(&mut Agent));

const SCENES: [Scene; 9] = [
    ("A colleague calls directly, with what the flow says.", |agent| {
        let said = [("callerName", "Grace Holloway"), ("callerSource", "teams"), ("dialledExtension", "")];
        let attributes: BTreeMap<_, _> =
            said.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        agent.ring(Ring { direct: true, attributes, ..ring("+441632960021") }, at(1)).unwrap();
    }),
    ("An anonymous caller in Billing.", |agent| {
        agent.ring(ring(Anonymous::Sip.number()), at(1)).unwrap();
    }),
    ("A call that was transferred to a queue.", |agent| {
        let queue = Some(Queue::Colleagues);
        let initiation = Initiation::QueueTransfer;
        agent.ring(Ring { queue, initiation, ..ring("+441632960022") }, at(1)).unwrap();
    }),
    ("Two calls ring, beside a chat.", |agent| {
        agent.ring(Ring { channel: Channel::Chat, ..ring("Web chat") }, at(1)).unwrap();
        agent.step(Step::Connect, None, at(2)).unwrap();
        agent.ring(ring("+441632960021"), at(3)).unwrap();
        agent.ring(Ring { initiation: Initiation::Transfer, ..ring("+441632960022") }, at(4)).unwrap();
    }),
    ("A queued callback is offered.", |agent| {
        agent.ring(Ring { initiation: Initiation::Callback, ..ring("+441632960123") }, at(1)).unwrap();
    }),
    ("A missed call.", |agent| {
        agent.ring(ring("+441632960021"), at(1)).unwrap();
        agent.step(Step::Miss, None, at(20)).unwrap();
    }),
    ("A missed call whose contact is in error.", |agent| {
        agent.ring(ring("+441632960021"), at(1)).unwrap();
        agent.step(Step::Fail(AgentError::MissedCallAgent), None, at(20)).unwrap();
    }),
    ("A dialled call to an engaged line.", |agent| {
        let number = Dialable::parse("+441632960021").unwrap();
        agent.dial(number, Queue::Billing, Some(AgentError::LineEngagedCustomer), at(1)).unwrap();
        agent.settle(at(3));
    }),
    ("The panel is open twice.", |agent| {
        agent.set_error(Some(AgentError::MultipleCcpWindows), at(1));
    }),
];

#[test]
fn the_snapshots_that_the_library_is_tried_with_are_those_of_the_sandbox() {
    let (statuses, spoken) = (Statuses::new(at(0)), Spoken::default());
    let scenes: Vec<String> = SCENES
        .into_iter()
        .map(|(what, scene)| {
            let mut agent = Agent::new(at(0));
            scene(&mut agent);
            let snapshot = snapshot(&agent, &statuses, &spoken, at(30));
            let update =
                json!({ "snapshot": snapshot, "configuration": configuration(&agent, &statuses, &spoken) });
            let mut text = json!({ "what": what, "update": update }).to_string();
            // Ids are new in every run.
            for (place, contact) in agent.contacts().iter().enumerate() {
                text = text.replace(&contact.id.to_string(), &format!("contact-{}", place + 1));
            }
            text
        })
        .collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/streams/snapshots.json");
    let written = format!("[\n{}\n]\n", scenes.join(",\n"));
    if std::env::var_os("UPDATE_STREAMS").is_some() {
        fs::write(&file, &written).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), written, "UPDATE_STREAMS=1 writes the file");
}

#[test]
fn of_several_contacts_the_most_urgent_one_is_the_agents_state() {
    let named = |agent: &Agent| state(agent, &Statuses::new(at(0)))["name"].as_str().unwrap().to_owned();
    let mut agent = Agent::new(at(0));
    agent.ring(Ring { initiation: Initiation::Callback, ..ring("+441632960123") }, at(1)).unwrap();
    assert_eq!(named(&agent), "Pending");
    agent.ring(Ring { channel: Channel::Chat, ..ring("Web chat") }, at(2)).unwrap();
    let chat = Some(agent.contacts()[1].id);
    agent.step(Step::Connect, chat, at(3)).unwrap();
    assert_eq!(named(&agent), "Busy");
    agent.step(Step::End, chat, at(4)).unwrap();
    assert_eq!(named(&agent), "AfterCallWork");
    agent.step(Step::Miss, None, at(5)).unwrap();
    assert_eq!(named(&agent), "MissedCallAgent");
    agent.ring(ring("+441632960021"), at(6)).unwrap();
    agent.step(Step::Fail(AgentError::AgentHungUp), None, at(7)).unwrap();
    assert_eq!(named(&agent), "AgentHungUp");
    agent.set_error(Some(AgentError::MultipleCcpWindows), at(8));
    assert_eq!(named(&agent), "MultipleCcpWindows");
}
