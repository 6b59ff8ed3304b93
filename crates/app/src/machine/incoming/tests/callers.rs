//! Who calls, from the first ring to the end of the call.

use std::time::Duration;

use super::*;

fn one(name: &str, answered: bool) -> Vec<(String, bool)> {
    vec![(name.to_owned(), answered)]
}

fn who(call: Call) -> String {
    let mut bench = Bench::new();
    bench.shows(vec![call]);
    bench.current().remove(0).0
}

#[test]
fn a_number_of_the_directory_names_its_owner() {
    assert_eq!(who(rings("a", GRACE)), "Grace Holloway");
    assert_eq!(who(rings("a", "+44 1632 960020")), "Grace Holloway", "however it is spelled");
}

#[test]
fn a_number_that_two_share_names_both() {
    assert_eq!(who(rings("a", SHARED)), "Lena Fischer or Omar Haddad");
}

#[test]
fn a_number_that_only_ends_like_a_colleagues_is_a_strangers() {
    assert_eq!(who(rings("a", "+12021632960021")), "+12021632960021");
    assert_eq!(who(rings("a", CUSTOMER)), CUSTOMER);
}

#[test]
fn texts_that_a_network_sends_instead_of_a_number_are_no_number() {
    let spelled =
        ["anonymous", "", "+266696687", "266696687", "7378742833", "unavailable", "+86282452253", "7"];
    for number in spelled {
        assert_eq!(who(rings("a", number)), "nobody", "{number}");
    }
    assert_eq!(who(Call { number: None, ..rings("a", "") }), "nobody");
}

#[test]
fn what_the_flow_says_comes_first() {
    let by_id = FlowCaller { entra: Some(ObjectId::new("omar")), ..FlowCaller::default() };
    assert_eq!(who(says(rings("a", SHARED), &by_id)), "Omar Haddad");
    assert_eq!(who(says(rings("a", CUSTOMER), &by_id)), "Omar Haddad", "on whatever telephone");
    let unknown = FlowCaller { entra: Some(ObjectId::new("left")), ..FlowCaller::default() };
    assert_eq!(who(says(rings("a", GRACE), &unknown)), "Grace Holloway", "an id of nobody says nothing");
    let named = FlowCaller { name: Some("G. Holloway".to_owned()), ..FlowCaller::default() };
    assert_eq!(who(says(rings("a", CUSTOMER), &named)), "\"G. Holloway\"");
    assert_eq!(
        who(says(rings("a", GRACE), &named)),
        "\"G. Holloway\"",
        "the line may be somebody else's today"
    );
    let agrees = FlowCaller { name: Some("lena fischer".to_owned()), ..FlowCaller::default() };
    assert_eq!(who(says(rings("a", SHARED), &agrees)), "Lena Fischer", "two signs that agree");
    let mut bench = Bench::new();
    let namesake = person("lena-2", "Lena Fischer", &["+44 1632 960055"]);
    bench.roster.replace_all(vec![person("lena", "Lena Fischer", &["+44 1632 960055"]), namesake], bench.now);
    bench.shows(vec![says(rings("a", SHARED), &agrees)]);
    assert_eq!(bench.current()[0].0, "Lena Fischer or Lena Fischer", "nobody is guessed");
}

#[test]
fn a_colleagues_call_is_followed_to_its_end() {
    let mut bench = Bench::new();
    assert_eq!(bench.shows(vec![rings("a", GRACE)]), [IncomingOut::NotifyRinging(id("a"))]);
    assert_eq!(bench.current(), one("Grace Holloway", false));
    assert_eq!(bench.shows(vec![rings("a", GRACE)]), [], "announced once");

    let answered = Call { since: bench.now, ..call("a", Activity::Connected, GRACE) };
    assert_eq!(bench.shows(vec![answered.clone()]), [IncomingOut::WithdrawRinging]);
    assert_eq!(bench.current(), one("Grace Holloway", true));
    let held = Call { activity: Activity::OnHold, ..answered };
    assert_eq!(bench.shows(vec![held]), []);
    assert_eq!(bench.current(), one("Grace Holloway", true));

    bench.wait(222);
    let ended = Call { since: bench.now, ..call("a", Activity::AfterContactWork, GRACE) };
    let [over] = &records(&bench.shows(vec![ended]))[..] else { panic!("not recorded") };
    assert_eq!((over.way, over.connected), (CallWay::In, Some(Duration::from_secs(222))));
    assert_eq!(over.number.as_ref().unwrap().e164, GRACE);
    assert_eq!(bench.current(), []);
    assert_eq!(bench.missed(), []);
}

#[test]
fn a_call_that_was_passed_on_after_it_was_answered_is_over() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE)]);
    bench.shows(vec![call("a", Activity::Connected, GRACE)]);
    bench.wait(10);
    let [over] = &records(&bench.shows(vec![]))[..] else { panic!("not recorded") };
    assert_eq!((over.way, over.connected), (CallWay::In, Some(Duration::from_secs(10))));
    assert_eq!(bench.current(), []);
}

#[test]
fn a_customers_call_from_a_queue_is_shown_only_in_the_drawer_and_leaves_nothing() {
    let mut bench = Bench::new();
    assert_eq!(bench.shows(vec![rings("a", CUSTOMER)]), [], "ConnectPath announces it already");
    assert_eq!(bench.current(), one(CUSTOMER, false));
    assert_eq!(bench.shows(vec![call("a", Activity::Connected, CUSTOMER)]), []);
    assert_eq!(bench.current(), [], "whom the agent talks to is ConnectPath's business");
    assert_eq!(bench.shows(vec![call("a", Activity::AfterContactWork, CUSTOMER)]), []);
    assert_eq!(bench.shows(vec![]), []);
    assert_eq!(bench.missed(), []);
}

#[test]
fn a_customer_whom_the_flow_names_is_not_announced() {
    let mut bench = Bench::new();
    let customer = FlowCaller { name: Some("Ms Smith".to_owned()), ..FlowCaller::default() };
    assert_eq!(bench.shows(vec![says(rings("a", CUSTOMER), &customer)]), []);
    let teams = FlowCaller { is_from_teams: true, ..customer };
    let both = vec![rings("a", CUSTOMER), says(rings("b", CUSTOMER), &teams)];
    assert_eq!(bench.shows(both), [IncomingOut::NotifyRinging(id("b"))]);
}

#[test]
fn a_call_to_the_agent_is_announced_whoever_calls() {
    let mut bench = Bench::new();
    let call = directly(rings("a", "anonymous"));
    assert_eq!(bench.shows(vec![call]), [IncomingOut::NotifyRinging(id("a"))]);
}

#[test]
fn of_several_calls_the_notification_is_about_the_one_that_rings_last() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE)]);
    let both = vec![rings("a", GRACE), rings("b", SHARED)];
    assert_eq!(bench.shows(both), [IncomingOut::NotifyRinging(id("b"))]);
    assert_eq!(
        bench.current(),
        [("Grace Holloway".to_owned(), false), ("Lena Fischer or Omar Haddad".to_owned(), false)]
    );
    let answered = vec![rings("a", GRACE), call("b", Activity::Connected, SHARED)];
    assert_eq!(bench.shows(answered), [IncomingOut::NotifyRinging(id("a"))], "the other rings still");
    let outs = bench.shows(vec![call("b", Activity::Connected, SHARED)]);
    let [IncomingOut::Over(_), IncomingOut::NotifyMissed(missed), IncomingOut::WithdrawRinging] = &outs[..]
    else {
        panic!("{outs:?}")
    };
    assert_eq!(*missed, id("a"));
}

#[test]
fn a_caller_who_becomes_known_while_it_rings_is_announced_again() {
    let mut bench = Bench::new();
    assert_eq!(bench.shows(vec![directly(rings("a", CUSTOMER))]), [IncomingOut::NotifyRinging(id("a"))]);
    bench.roster.add(vec![person("new", "New Hire", &[CUSTOMER])]);
    assert_eq!(bench.on(IncomingIn::Calls), [IncomingOut::NotifyRinging(id("a"))]);
    assert_eq!(bench.current(), one("New Hire", false));
}

#[test]
fn a_lost_session_hides_its_calls_and_reports_none_of_them_as_missed() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE), call("b", Activity::Connected, SHARED)]);
    assert_eq!(bench.loses_session(), [IncomingOut::WithdrawRinging]);
    assert_eq!(bench.current(), []);
    let outs = bench.shows(vec![rings("a", GRACE), call("b", Activity::Connected, SHARED)]);
    assert_eq!(outs, [IncomingOut::NotifyRinging(id("a"))], "it rings still");
    assert_eq!(bench.current().len(), 2);

    bench.loses_session();
    assert_eq!(bench.shows(vec![]), [], "it is not known whether it was answered");
    assert_eq!(bench.missed(), []);
}

#[test]
fn an_application_that_starts_during_a_call_shows_who_it_is() {
    let mut bench = Bench::new();
    assert_eq!(bench.shows(vec![call("a", Activity::Connected, GRACE)]), []);
    assert_eq!(bench.current(), one("Grace Holloway", true));
    let mut late = Bench::new();
    assert_eq!(late.shows(vec![call("a", Activity::AfterContactWork, GRACE)]), []);
    assert_eq!(late.current(), []);
}

#[test]
fn the_agents_own_calls_are_not_incoming_calls() {
    let mut bench = Bench::new();
    let own = Call { outbound: true, inbound: None, ..call("a", Activity::Dialling, GRACE) };
    assert_eq!(bench.shows(vec![own]), []);
    assert_eq!(bench.current(), []);
}
