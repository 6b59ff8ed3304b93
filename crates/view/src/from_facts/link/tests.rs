//! The knob, the reason, and what can be released, for each state of the engine.

use presence::{
    connect::{Activity, Contact, ContactId},
    mapping::Target,
    provenance::StopReason,
    teams::{Availability, Detail, TeamsState},
};

use super::{super::fixture::*, *};
use crate::facts::SyncStop;

fn with(link: Link) -> Facts<'static> {
    let mut facts = facts();
    facts.sync.link = link;
    facts
}

fn reason_of(facts: &Facts<'_>) -> LinkReason {
    reason(facts, "Lunch", "In a meeting")
}

fn stopped() -> Link {
    Link::Stopped { until: None, why: StopReason::SecondWriter }
}

#[test]
fn a_presence_that_microsoft_does_not_know_is_shown_after_some_minutes() {
    let unknown = TeamsState::plain(Availability::Unknown);
    let since = at(-30);
    let mut facts = with(Link::NotInStep { since });
    for (known, reason) in [
        (Some(at(-179)), LinkReason::NotInStep { since }),
        (Some(at(-180)), LinkReason::TeamsNotKnown),
        (None, LinkReason::TeamsNotKnown),
    ] {
        facts.teams.shown = Some((&unknown, known));
        assert_eq!(reason_of(&facts), reason, "{known:?}");
    }
    facts.login.phase = LoginPhase::Renewing;
    assert_eq!(reason_of(&facts), LinkReason::NotInStep { since }, "then nobody knows what Microsoft knows");
}

#[test]
fn each_state_of_the_engine_has_its_reason_and_its_knob() {
    let since = at(-30);
    let state = || "Lunch".to_owned();
    let hidden = || say("states.teams.available");
    for (link, wanted, knob_wanted) in [
        (Link::Off, LinkReason::Off, Knob::ConnectToTeams),
        (Link::DryRun, LinkReason::DryRun, Knob::ConnectToTeams),
        (Link::Paused { until: None }, LinkReason::Paused { until: None }, Knob::Paused),
        (stopped(), LinkReason::Stopped, Knob::NotInStep),
        (Link::NotInStep { since }, LinkReason::NotInStep { since }, Knob::NotInStep),
        (Link::TeamsFollows { at: at(11) }, LinkReason::TeamsFollows { at: at(11) }, Knob::ConnectToTeams),
        (
            Link::ConnectFollows { at: at(11), asks: false },
            LinkReason::ConnectFollows { at: at(11) },
            Knob::ConnectToTeams,
        ),
        (
            Link::ConnectFollows { at: at(11), asks: true },
            LinkReason::AsksSoon { at: at(11) },
            Knob::ConnectToTeams,
        ),
        (Link::WaitsForAnswer, LinkReason::WaitsForAnswer, Knob::ConnectToTeams),
        (
            Link::WaitsForContact,
            LinkReason::WaitsForContact { contact: ContactKind::Other },
            Knob::ConnectToTeams,
        ),
        (Link::Writing(Side::Teams), LinkReason::SettingTeams, Knob::ConnectToTeams),
        (Link::Writing(Side::Connect), LinkReason::SettingConnect, Knob::ConnectToTeams),
        (Link::TeamsDecides, LinkReason::TeamsDecides, Knob::ConnectToTeams),
        (Link::TeamsLeads, LinkReason::TeamsLeads, Knob::ConnectToTeams),
        (Link::NoChange, LinkReason::NoChange { state: state() }, Knob::ConnectToTeams),
        (Link::Masked, LinkReason::Masked { hidden: hidden() }, Knob::ConnectToTeams),
        (Link::HeldByYou, LinkReason::HeldByYou, Knob::ConnectToTeams),
        (Link::InStep { since }, LinkReason::InStep { since }, Knob::ConnectToTeams),
    ] {
        let mut facts = with(link.clone());
        // A state that a person chose.
        let busy = TeamsState::plain(Availability::Busy);
        facts.teams.shown = Some((&busy, None));
        assert_eq!((reason_of(&facts), knob(&facts)), (wanted, knob_wanted), "{link:?}");
    }
}

#[test]
fn the_knob_says_which_ways_are_on_unless_nothing_goes_either_way() {
    for (connect_to_teams, teams_to_connect, wanted) in [
        (true, true, Knob::Both),
        (true, false, Knob::ConnectToTeams),
        (false, true, Knob::TeamsToConnect),
        (false, false, Knob::Off),
    ] {
        let knob_in = |link: Link| {
            let mut facts = with(link);
            facts.settings.connect_to_teams = connect_to_teams;
            facts.settings.teams_to_connect = teams_to_connect;
            knob(&facts)
        };
        assert_eq!(knob_in(Link::InStep { since: at(0) }), wanted);
        assert_eq!(knob_in(Link::DryRun), wanted);
        assert_eq!(knob_in(Link::Paused { until: None }), Knob::Paused);
        assert_eq!(knob_in(stopped()), Knob::NotInStep);
    }
}

#[test]
fn without_a_network_that_is_the_reason() {
    assert_eq!(reason_of(&offline()), LinkReason::Offline);
}

fn in_contact(channel: Channel, activity: Activity) -> AgentSnapshot {
    let contact = Contact { id: ContactId::new("1"), channel, activity, since: at(-20) };
    AgentSnapshot { contacts: vec![contact], next: Some(LUNCH.chosen.clone()), ..AVAILABLE.clone() }
}

#[test]
fn a_next_status_is_shown_while_nothing_more_important_is() {
    let snapshot = in_contact(Channel::Chat, Activity::Connected);
    let next = LinkReason::Queued { status: "Lunch".to_owned(), contact: ContactKind::Chat };
    for (link, is_said) in [
        (Link::NoChange, true),
        (Link::Masked, true),
        (Link::TeamsDecides, true),
        (Link::TeamsLeads, true),
        (Link::InStep { since: at(0) }, true),
        (Link::Writing(Side::Teams), false),
        (Link::HeldByYou, false),
        (Link::DryRun, false),
    ] {
        let mut facts = with(link.clone());
        facts.connect.live = Some(&snapshot);
        assert_eq!(reason_of(&facts) == next, is_said, "{link:?}");
    }
    let mut facts = with(Link::NoChange);
    let alone = AgentSnapshot { contacts: Vec::new(), ..snapshot };
    facts.connect.live = Some(&alone);
    assert_ne!(reason_of(&facts), next, "it takes effect any moment");
}

#[test]
fn a_contact_is_named_as_agents_call_it() {
    for (channel, wanted) in [
        (Channel::Voice, ContactKind::Call),
        (Channel::Chat, ContactKind::Chat),
        (Channel::Email, ContactKind::Email),
        (Channel::Task, ContactKind::Task),
        (Channel::Other, ContactKind::Other),
    ] {
        let snapshot = in_contact(channel, Activity::OnHold);
        let mut facts = with(Link::WaitsForContact);
        facts.connect.live = Some(&snapshot);
        assert_eq!(reason_of(&facts), LinkReason::WaitsForContact { contact: wanted });
    }
}

#[test]
fn what_teams_itself_hides_cannot_be_released() {
    let meeting = TeamsState { detail: Some(Detail::InMeeting), ..TeamsState::plain(Availability::Busy) };
    let mut facts = with(Link::Masked);
    facts.sync.target = Some(Target::InACall);
    facts.teams.shown = Some((&meeting, None));
    let state = "In a meeting".to_owned();
    let hidden = say("states.teams.inCall");
    assert_eq!(reason_of(&facts), LinkReason::MaskedByTeams { state, hidden: hidden.clone() });
    assert!(!can_be_released(&facts));
    facts.teams.shown = None;
    assert_eq!(reason_of(&facts), LinkReason::Masked { hidden });
    assert!(can_be_released(&facts));
    assert!(can_be_released(&with(Link::HeldByYou)));
    for link in
        [Link::Off, Link::Writing(Side::Teams), Link::NoChange, Link::DryRun, Link::InStep { since: at(0) }]
    {
        assert!(!can_be_released(&with(link.clone())), "{link:?}");
    }
}

#[test]
fn a_target_that_sets_no_presence_has_no_name_but_is_not_left_blank() {
    let mut facts = with(Link::Masked);
    let busy = TeamsState::plain(Availability::Busy);
    facts.teams.shown = Some((&busy, None));
    facts.sync.target = Some(Target::Clear);
    assert_eq!(reason_of(&facts), LinkReason::Masked { hidden: "what was set".to_owned() });
}

#[test]
fn a_pause_is_shown_in_minutes_that_have_begun() {
    for (seconds, minutes) in [(900, "15"), (841, "15"), (840, "14"), (1, "1"), (0, "0"), (-5, "0")] {
        let facts = with(Link::Paused { until: Some(at(seconds)) });
        let wanted = fill("tray.pausedFor", &[("minutes", minutes)]);
        assert_eq!(standstill(&facts), Some(wanted), "{seconds}");
    }
}

#[test]
fn a_standstill_is_a_pause_a_dry_run_or_a_stop() {
    assert_eq!(standstill(&with(Link::Paused { until: None })), Some(say("tray.paused")));
    assert_eq!(standstill(&with(Link::DryRun)), Some(say("tray.dryRun")));
    let mut facts = with(stopped());
    facts.sync.stop = Some(&SyncStop::SecondWriter);
    assert_eq!(standstill(&facts), Some(say("notice.secondWriter.title")));
    for link in
        [Link::Off, Link::Writing(Side::Teams), Link::Masked, Link::HeldByYou, Link::InStep { since: at(0) }]
    {
        assert_eq!(standstill(&with(link.clone())), None, "{link:?}");
    }
}
