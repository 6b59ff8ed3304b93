//! Who calls, in words.

use connect::FlowCaller;
use jiff::Timestamp;
use people::{PersonId, Roster};
use presence::{connect::ContactId, identity::ObjectId};

use super::*;
use crate::from_facts::fixture::{at, somebody};

fn roster() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![
        somebody("grace", "Grace Holloway", &["+1 206 555 0119"]),
        somebody("lena", "Lena Fischer", &[]),
        somebody("omar", "Omar Haddad", &[]),
        somebody("tom", "Tomás Ibarra", &[]),
    ]);
    roster
}

fn entry<'a>(roster: &'a Roster, id: &str) -> &'a Entry {
    roster.get(&PersonId::Entra(ObjectId::new(id))).unwrap()
}

/// The title and the lines of a call that rings.
fn words(who: WhoCalls<'_>, inbound: &Inbound) -> (String, Vec<String>) {
    let contact = ContactId::new("a");
    let number = Some("+12065550119");
    let call =
        IncomingFacts { contact: &contact, who, inbound, number, answered: None, is_for_the_agent: true };
    let Incoming { title, lines, .. } = incoming(&call);
    (title, lines)
}

fn row(who: WhoCalls<'_>, inbound: &Inbound, call_back: CallBackFacts) -> Missed {
    let contact = ContactId::new("a");
    let back_on = first_number(&who);
    missed(&MissedFacts { contact: &contact, who, inbound, at: at(0), back_on, call_back }, at(60))
}

/// As the machine chooses it.
fn first_number<'a>(who: &WhoCalls<'a>) -> Option<&'a Dialable> {
    let WhoCalls::One(entry) = who else { return None };
    entry.numbers().iter().find_map(|number| number.dialable.as_ref().ok())
}

fn directly() -> Inbound {
    Inbound { reached: Reached::Directly, dialled: Some("+12065550142".to_owned()), ..Inbound::default() }
}

fn billing() -> Inbound {
    Inbound { reached: Reached::Queue("Billing".to_owned()), ..directly() }
}

#[test]
fn a_colleague_is_named_with_extension_and_number() {
    let roster = roster();
    let flow = FlowCaller { extension: Some("4021".to_owned()), ..FlowCaller::default() };
    let inbound = Inbound { flow, ..directly() };
    let (title, lines) = words(WhoCalls::One(entry(&roster, "grace")), &inbound);
    assert_eq!(title, "Grace Holloway (Teams) is calling, ext 4021");
    assert_eq!(lines, ["To you directly, on +1 206-555-0142"]);
}

#[test]
fn each_kind_of_caller_has_its_words() {
    let roster = roster();
    let several: Vec<&Entry> = ["lena", "omar"].map(|id| entry(&roster, id)).into();
    let many: Vec<&Entry> = ["grace", "lena", "omar", "tom"].map(|id| entry(&roster, id)).into();
    for (who, title, first) in [
        (WhoCalls::One(entry(&roster, "lena")), "Lena Fischer (Teams) is calling", "From +1 206-555-0119"),
        (
            WhoCalls::Several(several),
            "One of 2 is calling: Lena Fischer, Omar Haddad",
            "From +1 206-555-0119",
        ),
        (
            WhoCalls::Several(many),
            "One of 4 is calling: Grace Holloway, Lena Fischer, Omar Haddad and 1 more",
            "From +1 206-555-0119",
        ),
        (WhoCalls::Named("Ms Smith"), "Ms Smith is calling", "From +1 206-555-0119"),
        (
            WhoCalls::Number("+12065550119"),
            "+1 206-555-0119 is calling",
            "To queue Billing, on +1 206-555-0142",
        ),
        (WhoCalls::Number("4021"), "4021 is calling", "To queue Billing, on +1 206-555-0142"),
        (WhoCalls::Anonymous, "Somebody without a number is calling", "To queue Billing, on +1 206-555-0142"),
    ] {
        let (said, lines) = words(who, &billing());
        assert_eq!(said, title);
        assert_eq!(lines[0], first, "{title}");
    }
    let teams = FlowCaller { is_from_teams: true, ..FlowCaller::default() };
    let (said, _) = words(WhoCalls::Named("Grace H."), &Inbound { flow: teams, ..billing() });
    assert_eq!(said, "Grace H. (Teams) is calling");
}

#[test]
fn the_person_or_queue_that_was_called_is_shown() {
    let to = |inbound: &Inbound| words(WhoCalls::Anonymous, inbound).1;
    assert_eq!(to(&Inbound { dialled: None, ..directly() }), ["To you directly"]);
    assert_eq!(to(&Inbound { dialled: None, ..billing() }), ["To queue Billing"]);
    assert_eq!(to(&Inbound { reached: Reached::Unknown, ..directly() }), ["On +1 206-555-0142"]);
    assert_eq!(to(&Inbound::default()), [] as [&str; 0]);
    assert_eq!(to(&Inbound { transferred: true, ..directly() }), ["Transferred to you"]);
    assert_eq!(to(&Inbound { transferred: true, ..billing() }), ["Transferred to queue Billing"]);
    let flow = FlowCaller {
        dialled_for: Some("Anders Dahl".to_owned()),
        is_fallback: true,
        ..FlowCaller::default()
    };
    let fallback = Inbound { flow: flow.clone(), ..billing() };
    assert_eq!(to(&fallback), ["For Anders Dahl, who was not reached, to queue Billing"]);
    let reached = Inbound { flow: FlowCaller { is_fallback: false, ..flow }, ..billing() };
    assert_eq!(to(&reached), ["To queue Billing, on +1 206-555-0142"]);
}

#[test]
fn once_it_is_answered_the_name_is_enough() {
    let roster = roster();
    let contact = ContactId::new("a");
    let answered: Option<Timestamp> = Some(at(0));
    let who = WhoCalls::One(entry(&roster, "grace"));
    let inbound = directly();
    let call = IncomingFacts {
        contact: &contact,
        who,
        inbound: &inbound,
        number: None,
        answered,
        is_for_the_agent: true,
    };
    let shown = incoming(&call);
    assert_eq!((shown.title.as_str(), shown.answered), ("Grace Holloway (Teams)", answered));
    assert_eq!(shown.who.unwrap().person, "grace");
}

#[test]
fn a_missed_call_says_when_and_offers_what_can_be_done() {
    let roster = roster();
    let flow = FlowCaller { extension: Some("4021".to_owned()), ..FlowCaller::default() };
    let inbound = Inbound { flow, ..directly() };
    let grace = || WhoCalls::One(entry(&roster, "grace"));
    let shown = row(grace(), &inbound, CallBackFacts::NotWanted);
    assert_eq!(shown.title, "Missed: Grace Holloway (Teams)");
    assert!(shown.line.ends_with(", ext 4021"), "{}", shown.line);
    assert_eq!(shown.call_back, CallBack::Offered);
    assert_eq!(shown.number.unwrap().words, "+1 206-555-0119");
    let contact = ContactId::new("a");
    let (who, call_back) = (WhoCalls::Anonymous, CallBackFacts::NotWanted);
    let old = MissedFacts {
        contact: &contact,
        who,
        inbound: &Inbound::default(),
        at: at(0),
        back_on: None,
        call_back,
    };
    let tomorrow = missed(&old, at(24 * 3600)).line;
    assert_eq!(
        tomorrow,
        format!("{}, {}", words::date(at(0)), words::time(at(0))),
        "its day once that is over"
    );
    assert_eq!(row(grace(), &inbound, CallBackFacts::Clearing).call_back, CallBack::UnderWay);
    let failed = CallBack::Failed { sentence: say("missed.notCleared") };
    assert_eq!(row(grace(), &inbound, CallBackFacts::NotCleared).call_back, failed);
    let without_number = WhoCalls::One(entry(&roster, "lena"));
    assert_eq!(row(without_number, &inbound, CallBackFacts::NotWanted).call_back, CallBack::No);
    let nobody = row(WhoCalls::Anonymous, &Inbound::default(), CallBackFacts::NotWanted);
    assert_eq!(
        (nobody.title.as_str(), nobody.call_back),
        ("Missed: Somebody without a number", CallBack::No)
    );
}

#[test]
fn a_number_that_is_not_the_callers_own_alone_is_shown_beside_the_name() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![somebody("grace", "Grace Holloway", &["+1 206 555 0119"])]);
    roster.add(vec![somebody("lena", "Lena Fischer", &["+1 206 555 0119 ext 12"])]);
    let lines = |id: &str, number: &str| {
        let (contact, inbound) = (ContactId::new("a"), directly());
        let who = WhoCalls::One(entry(&roster, id));
        let number = Some(number);
        let call = IncomingFacts {
            contact: &contact,
            who,
            inbound: &inbound,
            number,
            answered: None,
            is_for_the_agent: true,
        };
        incoming(&call).lines.len()
    };
    assert_eq!(lines("grace", "+12065550119"), 1);
    assert_eq!(lines("grace", "+12065550199"), 2, "the flow named her, on another telephone");
    assert_eq!(lines("lena", "+12065550119"), 2, "behind an extension are others too");
}
