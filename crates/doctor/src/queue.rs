//! The queue that calls to colleagues go out on.
//!
//! Knows it from the settings, and its instance from the statuses that the agent had last. Asks nobody.

use std::path::PathBuf;

use presence::connect::AgentStatus;
use settings::Settings;
use timeline::statuses;
use tokio::task::spawn_blocking;
use view::words::{fill, say};

use super::finding::Finding;

/// What is behind the instance in the ARN of a status.
const STATUS: &str = "/agent-state/";
/// The same in the ARN of a queue. (Service Authorization Reference: resource types of Amazon Connect.)
const QUEUE: &str = "/queue/";

pub(super) async fn queue(settings: Settings, data: PathBuf) -> [Finding; 1] {
    let looked = spawn_blocking(move || look(&settings, &statuses::load(&data))).await;
    [looked.unwrap_or_else(|error| Finding::not_checked(error.to_string()))]
}

fn look(settings: &Settings, statuses: &[AgentStatus]) -> Finding {
    let Some(arn) = &settings.call_queue else { return Finding::good(say("doctor.queue.own")) };
    let Some((instance, queue)) = parts(arn, QUEUE) else {
        let end = arn.rsplit_once(':').map_or(arn.as_str(), |(_, end)| end);
        return Finding::warning(
            fill("doctor.queue.notAQueue", &[("end", end)]),
            say("doctor.queue.notAQueueToDo"),
        );
    };
    let of_statuses = statuses.iter().find_map(|status| parts(status.arn.as_str(), STATUS));
    let of_settings = settings.instance_arn.as_ref().map(ToString::to_string);
    let Some(own) = of_statuses.map(|(instance, _)| instance).or(of_settings.as_deref()) else {
        return Finding::good(fill("doctor.queue.named", &[("queue", queue)]));
    };
    if own.eq_ignore_ascii_case(instance) {
        return Finding::good(fill("doctor.queue.ofInstance", &[("queue", queue)]));
    }
    let (instance, own) = (id(instance), id(own));
    let values = [("queue", queue), ("instance", instance), ("own", own)];
    Finding::warning(fill("doctor.queue.elsewhere", &values), say("doctor.queue.elsewhereToDo"))
}

/// The ARN of the instance, and the id behind `kind`.
fn parts<'a>(arn: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let (instance, id) = arn.split_once(kind)?;
    let service = instance.strip_prefix("arn:")?.split(':').nth(1)?;
    let named = instance.rsplit_once(":instance/").is_some_and(|(_, id)| !id.is_empty() && !id.contains('/'));
    (service == "connect" && named && !id.is_empty() && !id.contains(':')).then_some((instance, id))
}

/// The end of an instance's ARN.
fn id(instance: &str) -> &str {
    instance.rsplit_once('/').map_or(instance, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use presence::connect::{StatusArn, StatusKind};
    use view::doctor::{Check, Status, Topic};

    use super::*;

    const INSTANCE: &str = "arn:aws:connect:eu-west-2:111122223333:instance/1a2b";

    fn look_at(queue: Option<&str>, statuses: &[&str], instance: Option<&str>) -> Check {
        let settings = Settings {
            call_queue: queue.map(str::to_owned),
            instance_arn: instance.map(|arn| arn.parse().unwrap()),
            ..Settings::default()
        };
        let status = |arn: &&str| AgentStatus {
            arn: StatusArn::new(*arn),
            name: "Lunch".to_owned(),
            kind: StatusKind::Custom,
        };
        look(&settings, &statuses.iter().map(status).collect::<Vec<_>>()).of(Topic::CallQueue)
    }

    #[test]
    fn without_a_queue_in_the_settings_it_is_the_agents_own() {
        let check = look_at(None, &[], None);
        assert_eq!((check.status, check.saw), (Status::Good, say("doctor.queue.own")));
    }

    #[test]
    fn a_queue_is_held_against_the_instance_of_the_statuses_else_of_the_settings() {
        let queue = format!("{INSTANCE}/queue/77-aa");
        let lunch = format!("{INSTANCE}/agent-state/0");
        let other = "arn:aws:connect:eu-west-2:111122223333:instance/9f9f";
        let elsewhere = format!("{other}/agent-state/0");
        for (statuses, instance, status) in [
            (vec![lunch.as_str()], None, Status::Good),
            (vec!["unknown", lunch.as_str()], Some(other), Status::Good),
            (vec![elsewhere.as_str()], None, Status::Warning),
            (vec![], Some(INSTANCE), Status::Good),
            (vec![], Some(other), Status::Warning),
            (vec![], None, Status::Good),
        ] {
            let check = look_at(Some(&queue), &statuses, instance);
            assert_eq!(check.status, status, "{statuses:?} {instance:?}");
            assert!(check.saw.contains("77-aa"), "{}", check.saw);
            assert_eq!(check.to_do.is_some(), status == Status::Warning);
        }
        let check = look_at(Some(&queue), &[&elsewhere], None);
        assert!(check.saw.contains("1a2b") && check.saw.contains("9f9f"), "{}", check.saw);
    }

    #[test]
    fn what_is_not_the_arn_of_a_queue_is_warned_of() {
        for arn in [
            INSTANCE.to_owned(),
            format!("{INSTANCE}/agent-state/0"),
            format!("{INSTANCE}/queue/"),
            "arn:aws:sqs:eu-west-2:111122223333:instance/1a2b/queue/0".to_owned(),
            "arn:aws:connect:eu-west-2:111122223333:queue/0".to_owned(),
            "arn:".to_owned(),
        ] {
            let check = look_at(Some(&arn), &[], Some(INSTANCE));
            assert_eq!(check.status, Status::Warning, "{arn}");
            assert!(!check.saw.contains("111122223333"), "{}", check.saw);
        }
    }
}
