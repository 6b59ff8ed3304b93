//! Reads how a call came in from a message of the page. All texts are untrusted: they are cleaned, and invalid ones are
//! dropped. Never fails.

use presence::{identity::ObjectId, shown};

use crate::{
    call::{FlowCaller, Inbound, Reached},
    message::{WireAttributes, WireContact, WireQueue},
};

/// In characters.
const LONGEST_NUMBER: usize = 64;

impl Inbound {
    pub(crate) fn read(wire: &WireContact) -> Self {
        let dialled = wire.dialled.as_deref().and_then(shown::line);
        Self {
            reached: wire.queue.as_ref().map_or(Reached::Unknown, reached),
            dialled: dialled.filter(|number| number.chars().count() <= LONGEST_NUMBER),
            transferred: wire.transferred,
            flow: wire.attributes.as_ref().map(flow).unwrap_or_default(),
        }
    }
}

/// Every agent has a queue of their own, which has no name (Amazon Connect administrator guide, "Queues: standard and
/// agent").
fn reached(queue: &WireQueue) -> Reached {
    if queue.arn.contains("/queue/agent/") {
        return Reached::Directly;
    }
    queue.name.as_deref().and_then(shown::line).map_or(Reached::Unknown, Reached::Queue)
}

fn flow(attributes: &WireAttributes) -> FlowCaller {
    let source = attributes.caller_source.as_deref().and_then(shown::line);
    FlowCaller {
        name: attributes.caller_name.as_deref().and_then(shown::line),
        entra: attributes
            .caller_entra_id
            .as_deref()
            .and_then(shown::line)
            .filter(|id| is_object_id(id))
            .map(ObjectId::new),
        is_from_teams: source.is_some_and(|source| source.eq_ignore_ascii_case("teams")),
        extension: attributes.dialled_extension.as_deref().and_then(shown::line),
        dialled_for: attributes.dialled_for.as_deref().and_then(shown::line),
        is_fallback: attributes.fallback_reason.as_deref().and_then(shown::line).is_some(),
    }
}

/// True for a GUID with hyphens. [`ObjectId`] accepts any text, and this one is untrusted.
fn is_object_id(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let is_group = |(group, long): (&str, usize)| {
        group.len() == long && group.bytes().all(|letter| letter.is_ascii_hexdigit())
    };
    text.split('-').count() == groups.len() && text.split('-').zip(groups).all(is_group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_id_is_a_guid_with_hyphens() {
        for (text, is_one) in [
            ("8f14e45f-ceea-467f-9d1c-0123456789ab", true),
            ("8F14E45F-CEEA-467F-9D1C-0123456789AB", true),
            ("8f14e45fceea467f9d1c0123456789ab", false),
            ("8f14e45f-ceea-467f-9d1c-0123456789ab-", false),
            ("8f14e45f-ceea-467f-9d1c-0123456789a", false),
            ("8f14e45f-ceea-467f-9d1c-0123456789ag", false),
            ("../users/8f14e45f", false),
            ("", false),
        ] {
            assert_eq!(is_object_id(text), is_one, "{text}");
        }
    }
}
