//! The finding about the queue for calls to colleagues: whether it belongs to the agent's instance.
//!
//! Compares the settings with the agent's last statuses; opens no connection.

use std::path::PathBuf;

use presence::connect::AgentStatus;
use settings::Settings;
use timeline::statuses;
use tokio::task::spawn_blocking;
use view::words::{fill, say};

use super::finding::Finding;

/// What follows the instance in the ARN of a status.
const STATUS: &str = "/agent-state/";
/// What follows the instance in the ARN of a queue (Service Authorization Reference: resource types of Amazon Connect).
const QUEUE: &str = "/queue/";

pub(super) async fn queue(settings: Settings, data: PathBuf) -> [Finding; 1] {
    let finding = spawn_blocking(move || check_queue(&settings, &statuses::load(&data))).await;
    [finding.unwrap_or_else(|error| Finding::not_checked(error.to_string()))]
}

fn check_queue(settings: &Settings, statuses: &[AgentStatus]) -> Finding {
    let Some(arn) = &settings.call_queue else { return Finding::good(say("doctor.queue.own")) };
    let Some((instance, queue)) = split_arn(arn, QUEUE) else {
        let end = arn.rsplit_once(':').map_or(arn.as_str(), |(_, end)| end);
        return Finding::warning(
            fill("doctor.queue.notAQueue", &[("end", end)]),
            say("doctor.queue.notAQueueToDo"),
        );
    };
    let of_statuses = statuses.iter().find_map(|status| split_arn(status.arn.as_str(), STATUS));
    let from_settings = settings.instance_arn.as_ref().map(ToString::to_string);
    let Some(own) = of_statuses.map(|(instance, _)| instance).or(from_settings.as_deref()) else {
        return Finding::good(fill("doctor.queue.named", &[("queue", queue)]));
    };
    if own.eq_ignore_ascii_case(instance) {
        return Finding::good(fill("doctor.queue.ofInstance", &[("queue", queue)]));
    }
    let (instance, own) = (instance_id(instance), instance_id(own));
    let values = [("queue", queue), ("instance", instance), ("own", own)];
    Finding::warning(fill("doctor.queue.elsewhere", &values), say("doctor.queue.elsewhereToDo"))
}

/// Splits an ARN into that of its instance and the id after `kind`.
fn split_arn<'a>(arn: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let (instance, id) = arn.split_once(kind)?;
    let service = instance.strip_prefix("arn:")?.split(':').nth(1)?;
    let named = instance.rsplit_once(":instance/").is_some_and(|(_, id)| !id.is_empty() && !id.contains('/'));
    (service == "connect" && named && !id.is_empty() && !id.contains(':')).then_some((instance, id))
}

/// The id at the end of an instance's ARN.
fn instance_id(instance: &str) -> &str {
    instance.rsplit_once('/').map_or(instance, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use presence::connect::{StatusArn, StatusKind};
    use view::doctor::{Check, CheckStatus, Topic};

    use super::*;

    const INSTANCE: &str = "arn:aws:connect:eu-west-2:111122223333:instance/1a2b";

    fn checked(queue: Option<&str>, statuses: &[&str], instance: Option<&str>) -> Check {
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
        check_queue(&settings, &statuses.iter().map(status).collect::<Vec<_>>()).of(Topic::CallQueue)
    }

    #[test]
    fn without_a_queue_in_the_settings_the_agents_own_is_used() {
        let check = checked(None, &[], None);
        assert_eq!((check.status, check.saw), (CheckStatus::Good, say("doctor.queue.own")));
    }

    #[test]
    fn a_queue_is_compared_with_the_instance_of_the_statuses_else_of_the_settings() {
        let queue = format!("{INSTANCE}/queue/77-aa");
        let lunch = format!("{INSTANCE}/agent-state/0");
        let other = "arn:aws:connect:eu-west-2:111122223333:instance/9f9f";
        let elsewhere = format!("{other}/agent-state/0");
        for (statuses, instance, status) in [
            (vec![lunch.as_str()], None, CheckStatus::Good),
            (vec!["unknown", lunch.as_str()], Some(other), CheckStatus::Good),
            (vec![elsewhere.as_str()], None, CheckStatus::Warning),
            (vec![], Some(INSTANCE), CheckStatus::Good),
            (vec![], Some(other), CheckStatus::Warning),
            (vec![], None, CheckStatus::Good),
        ] {
            let check = checked(Some(&queue), &statuses, instance);
            assert_eq!(check.status, status, "{statuses:?} {instance:?}");
            assert!(check.saw.contains("77-aa"), "{}", check.saw);
            assert_eq!(check.to_do.is_some(), status == CheckStatus::Warning);
        }
        let check = checked(Some(&queue), &[&elsewhere], None);
        assert!(check.saw.contains("1a2b") && check.saw.contains("9f9f"), "{}", check.saw);
    }

    #[test]
    fn anything_but_the_arn_of_a_queue_is_a_warning() {
        for arn in [
            INSTANCE.to_owned(),
            format!("{INSTANCE}/agent-state/0"),
            format!("{INSTANCE}/queue/"),
            "arn:aws:sqs:eu-west-2:111122223333:instance/1a2b/queue/0".to_owned(),
            "arn:aws:connect:eu-west-2:111122223333:queue/0".to_owned(),
            "arn:".to_owned(),
        ] {
            let check = checked(Some(&arn), &[], Some(INSTANCE));
            assert_eq!(check.status, CheckStatus::Warning, "{arn}");
            assert!(!check.saw.contains("111122223333"), "{}", check.saw);
        }
    }
}
