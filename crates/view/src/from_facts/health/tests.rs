//! The level and the words of each card, and which one is the worst.

use connect::api::ApiError;
use graph::GraphError;
use presence::teams::TeamsState;
use signin::{Class, SecretsError};

use super::{super::fixture::*, *};
use crate::{
    facts::{BrowserLogin, ColleaguesFacts, DiskFailure, NetworkFacts, RefusalFacts, Trouble, WebViewWay},
    model::NetworkCause,
};

fn levels(facts: &Facts<'_>) -> Vec<Level> {
    health(facts).cards.iter().map(|card| card.level).collect()
}

fn trouble(error: GraphError) -> Trouble {
    Trouble { error, since: at(-60) }
}

fn with_reading(trouble: &Trouble) -> Facts<'_> {
    let mut facts = facts();
    facts.teams.reading = Some(trouble);
    facts
}

#[test]
fn everything_works() {
    let health = health(&facts());
    let titles: Vec<&str> = health.cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, ["Connect", "Teams", "Directory", "Teams Login"]);
    assert!(health.cards.iter().all(|card| card.level == Level::Ok), "{:#?}", health.cards);
    assert_eq!((health.level, health.words), (Level::Ok, say("checks.upToDate")));
    // The later of both readings.
    assert_eq!(health.as_of, Some(at(-5)));
}

#[test]
fn the_connect_card_follows_the_session() {
    for (phase, level, has_button) in [
        (Phase::Starting, Level::Reading, false),
        (Phase::Live, Level::Ok, false),
        (Phase::LoginNeeded, Level::Problem, true),
        (Phase::NoAnswer, Level::Problem, true),
        (Phase::NotYet, Level::Problem, false),
        (Phase::NotApproved, Level::Problem, false),
        (Phase::Old, Level::Warning, false),
        (Phase::Lost, Level::Warning, false),
    ] {
        let mut facts = facts();
        facts.connect.phase = phase;
        let health = health(&facts);
        let card = &health.cards[0];
        assert_eq!((card.level, card.button.is_some()), (level, has_button), "{phase:?}");
        assert_eq!(health.level, level, "{phase:?}");
        let is_silent = matches!(level, Level::Ok | Level::Reading);
        assert_eq!(health.words.starts_with("Connect"), !is_silent, "{phase:?}: {}", health.words);
        let wanted =
            if level == Level::Ok { AsOf::Changed { at: at(-2) } } else { AsOf::Seen { at: at(-2) } };
        assert_eq!(card.as_of, Some(wanted));
    }
}

/// Graph answers PresenceUnknown for people whose presence it cannot compute, for good perhaps.
#[test]
fn a_presence_that_microsoft_does_not_know_is_not_called_live() {
    let unknown = TeamsState::plain(Availability::Unknown);
    let mut facts = facts();
    facts.teams.shown = Some((&unknown, None));
    let health = health(&facts);
    assert_eq!((health.cards[1].level, health.level), (Level::Warning, Level::Warning));
    assert_eq!(health.cards[1].text, say("checks.teams.notKnown"));
    assert_eq!(health.words, "Teams: status unknown");
    for (since, level) in [(-179, Level::Reading), (-180, Level::Warning)] {
        facts.teams.shown = Some((&unknown, Some(at(since))));
        assert_eq!(levels(&facts)[1], level, "{since} s");
    }
}

#[test]
fn what_could_not_be_read_of_the_directory_is_counted_on_its_card() {
    let failures = [
        (ListFailure::Unreadable(Skipped { entries: 5, of: 6 }), "checks.directory.unreadable"),
        (ListFailure::Unreadable(Skipped::default()), "checks.directory.empty"),
    ];
    let mut facts = facts();
    facts.team.skipped = Skipped { entries: 2, of: 1300 };
    let read = health(&facts);
    assert!(
        read.cards[2].text.ends_with(" 2 of 1,300 entries of the directory could not be read."),
        "{}",
        read.cards[2].text
    );
    assert_eq!(read.cards[2].level, Level::Ok, "nobody can do anything about it");
    for (failed, said) in &failures {
        facts.team.failed = Some(failed);
        let card = health(&facts).cards.remove(2);
        assert_eq!(card.level, Level::Warning);
        assert!(card.text.starts_with(&say(said)), "{}", card.text);
        assert_eq!(card.text.contains("5 of 6"), *said == "checks.directory.unreadable");
    }
}

#[test]
fn the_teams_card_follows_the_login_while_nobody_is_signed_in() {
    let refused = Some(RefusalFacts { class: Class::Unreachable, error: None, about: None });
    for (phase, refusal, level) in [
        (LoginPhase::Starting, None, Level::Reading),
        (LoginPhase::Renewing, None, Level::Reading),
        (LoginPhase::Renewing, refused, Level::Warning),
        (LoginPhase::SignedOut { since: None }, None, Level::Warning),
    ] {
        let mut facts = facts();
        (facts.login.phase, facts.login.refusal) = (phase, refusal);
        assert_eq!(levels(&facts)[1], level, "{phase:?}");
    }
}

#[test]
fn the_teams_card_says_what_kind_of_trouble_there_is() {
    let retry_after = None;
    for (error, level) in [
        (GraphError::Throttled { retry_after }, Level::Warning),
        (GraphError::NotAllowed { missing: "Presence.ReadWrite", retry_after }, Level::Problem),
        (GraphError::Unreachable("no route".to_owned()), Level::Problem),
        (GraphError::TimedOut, Level::Problem),
        (GraphError::Server { status: 503, retry_after }, Level::Warning),
        (GraphError::NotFound { retry_after }, Level::Warning),
        (GraphError::Unauthorized { challenge: None, retry_after }, Level::Warning),
    ] {
        let trouble = trouble(error);
        let card = health(&with_reading(&trouble)).cards.remove(1);
        assert_eq!(card.level, level, "{trouble:?}");
        let mut writing = facts();
        writing.teams.writing = Some(&trouble);
        assert_eq!(levels(&writing)[1], level, "writing: {trouble:?}");
    }
}

#[test]
fn slowed_is_shown_as_long_as_graph_wants_fewer_requests_of_anybody() {
    let mut facts = facts();
    facts.teams.slowed = Some(at(60));
    let health = health(&facts);
    assert_eq!((health.level, health.words), (Level::Warning, say("checks.slowed")));
}

#[test]
fn a_disk_that_cannot_be_written_comes_before_every_other_trouble() {
    let error = GraphError::Throttled { retry_after: None };
    let trouble = trouble(error);
    let mut facts = with_reading(&trouble);
    let failure = DiskFailure { file: "provenance.json".into(), kind: std::io::ErrorKind::StorageFull };
    facts.sync.not_remembered = Some(&failure);
    let health = health(&facts);
    assert_eq!(health.level, Level::Problem);
    let text = "provenance.json cannot be written: the disk is full. \
                Nothing is written to Teams while it cannot be remembered.";
    assert_eq!(health.cards[1].text, text);
}

#[test]
fn without_a_network_health_is_offline() {
    let health = health(&offline());
    assert_eq!((health.level, health.words), (Level::Offline, say("checks.offline")));
}

#[test]
fn the_directory_card_says_what_the_list_is() {
    let card = |facts: &Facts<'_>| health(facts).cards.remove(2);
    let mut facts = facts();
    (facts.team.known, facts.team.in_directory) = (5000, 4812);
    assert!(card(&facts).text.contains("4,812"), "{}", card(&facts).text);
    facts.login.reads_licences = false;
    let basic = card(&facts);
    let link = Action::Copy { text: "https://login.example/consent".to_owned() };
    assert_eq!((basic.level, basic.button.map(|button| button.action)), (Level::Ok, Some(link)));
    facts.login.consent = None;
    assert_eq!(card(&facts).button.map(|button| button.action), Some(Action::RefreshPeople));
    facts.team.failed = Some(&ListFailure::Endless);
    assert_eq!(card(&facts).level, Level::Warning);
    facts.team.listed_at = None;
    assert_eq!(card(&facts).level, Level::Warning, "no list was read at all");
    facts.team.failed = None;
    assert_eq!(card(&facts).level, Level::Reading);
    facts.login.phase = LoginPhase::SignedOut { since: None };
    let nobody = card(&facts);
    let text = say("checks.directory.afterLogin");
    assert_eq!((nobody.level, nobody.text, nobody.button), (Level::Reading, text, None));
}

#[test]
fn the_login_card_warns_of_the_keyring_and_of_a_secret_that_ends() {
    let card = |facts: &Facts<'_>| health(facts).cards.remove(3);
    let mut facts = facts();
    assert!(card(&facts).text.contains("anna@contoso.example"), "{}", card(&facts).text);
    facts.login.renew_by = Some(at(86_400));
    assert!(card(&facts).text.contains(&date(at(86_400))));
    facts.login.secret_expires = Some(at(86_400 * 31));
    assert_eq!(card(&facts).level, Level::Ok, "more than 30 days");
    facts.login.secret_expires = Some(at(86_400 * 29));
    assert_eq!(card(&facts).level, Level::Warning);
    facts.login.keyring = Some(SecretsError::Locked);
    let locked = health(&facts);
    assert_eq!((locked.level, locked.words), (Level::Warning, say("notice.keyring.locked")));
    facts.login.phase = LoginPhase::SignedOut { since: None };
    let nobody = card(&facts);
    assert_eq!((nobody.level, nobody.text), (Level::Warning, say("checks.login.needed")));
    let button = Some(primary("checks.login.button", Action::TeamsLogin));
    assert_eq!(nobody.button, button);
}

#[test]
fn colleagues_in_connect_have_a_line_if_they_may_be_read() {
    let trouble = |error| Trouble { error, since: at(-60) };
    let slowed = trouble(ApiError::Throttled { retry_after: None });
    let refused = trouble(ApiError::NotAllowed { action: Some("connect:GetCurrentUserData".to_owned()) });
    for (trouble, level, short) in [
        (None, Level::Ok, ""),
        (Some(&slowed), Level::Warning, "Colleagues in Connect: slowed by Amazon"),
        (Some(&refused), Level::Warning, "Colleagues in Connect: not allowed"),
    ] {
        let mut facts = facts();
        facts.colleagues = Some(ColleaguesFacts { known: Some(5), read: Some(at(-9)), trouble });
        let health = health(&facts);
        let card = health.cards.iter().find(|card| card.title == "Colleagues in Connect").unwrap();
        let as_of = if level == Level::Ok { AsOf::Read { at: at(-9) } } else { AsOf::Seen { at: at(-9) } };
        assert_eq!((card.level, card.as_of), (level, Some(as_of)));
        assert!(card.text.contains(&time(at(-9))), "{}", card.text);
        if trouble.is_some() {
            assert_eq!(health.words, short);
        }
    }
}

#[test]
fn the_status_message_has_a_line_only_while_it_does_not_say_what_is_wanted() {
    for (note, text) in [
        (MessageNote::Theirs, "checks.message.theirs"),
        (MessageNote::Removed, "checks.message.removed"),
        (MessageNote::NoNumber, "checks.message.noNumber"),
    ] {
        let mut facts = facts();
        facts.teams.message = Some(note);
        let health = health(&facts);
        let card = health.cards.iter().find(|card| card.title == say("checks.message.title")).unwrap();
        assert_eq!((card.level, &card.text), (Level::Ok, &say(text)));
        assert_eq!(health.words, say("checks.upToDate"), "it is nothing to worry about");
    }
    let trouble = trouble(GraphError::NotAllowed { missing: "a right", retry_after: None });
    let mut facts = facts();
    facts.teams.message_writing = Some(&trouble);
    let health = health(&facts);
    assert_eq!((health.level, health.words.as_str()), (Level::Warning, "Status message: not written"));
}

#[test]
fn the_sentence_of_a_failure_has_no_number_and_the_details_have_it() {
    let server = trouble(GraphError::Server { status: 503, retry_after: None });
    let card = health(&with_reading(&server)).cards.remove(1);
    assert_eq!(card.text, "Microsoft has a problem. The app tries again automatically.");
    assert_eq!(card.details.as_deref(), Some("Microsoft Graph has a problem (status 503)."));

    let mut list = facts();
    let failure = ListFailure::Graph(GraphError::Server { status: 502, retry_after: None });
    list.team.failed = Some(&failure);
    let card = health(&list).cards.remove(2);
    assert!(!card.text.contains("502") && card.details.is_some_and(|details| details.contains("502")));

    let amazon = Trouble { error: ApiError::Server { status: 500, retry_after: None }, since: at(-60) };
    let mut colleagues = facts();
    colleagues.colleagues = Some(ColleaguesFacts { known: Some(5), read: None, trouble: Some(&amazon) });
    let card = health(&colleagues).cards.remove(3);
    assert!(!card.text.contains("500") && card.details.is_some_and(|details| details.contains("500")));
}

#[test]
fn a_login_that_is_under_way_is_shown_in_the_foot_and_its_page_is_opened_again() {
    let page = "https://login.example/authorize".parse().unwrap();
    let mut facts = nobody(None);
    facts.login.under_way = Some(BrowserLogin { page: Some(&page), browser: Browser::Asked });
    let health = health(&facts);
    assert_eq!((health.level, health.words.as_str()), (Level::Warning, "Teams: continue in the browser"));
    let action = health.cards.last().and_then(|card| card.button.as_ref()).map(|button| &button.action);
    assert_eq!(action, Some(&Action::LoginOpenAgain));
}

#[test]
fn one_cause_of_both_sides_is_shown_in_the_same_words_and_is_no_lost_network() {
    let unreachable = trouble(GraphError::TimedOut);
    let proxy = || "proxy.example:8080".to_owned();
    for (fault, cause, both) in [
        (NetworkFault::ProxyDown { proxy: proxy() }, NetworkCause::ProxyDown, true),
        (NetworkFault::PasswordMissing { proxy: proxy() }, NetworkCause::PasswordMissing, true),
        (NetworkFault::PasswordRefused { proxy: proxy() }, NetworkCause::PasswordRefused, true),
        (NetworkFault::Refuses { proxy: proxy() }, NetworkCause::Refuses, true),
        (NetworkFault::Unreached { proxy: proxy() }, NetworkCause::Unreached, true),
        (NetworkFault::Inspected, NetworkCause::Inspected, true),
        // Web views log in by themselves, and follow scripts.
        (
            NetworkFault::OtherLogin { proxy: proxy(), kinds: "NTLM".to_owned() },
            NetworkCause::OtherLogin,
            false,
        ),
        (NetworkFault::Script, NetworkCause::Script, false),
    ] {
        let network = NetworkFacts { microsoft: Some(fault.clone()), connect: Some(fault.clone()) };
        let mut facts = with_reading(&unreachable);
        facts.network = &network;
        (facts.connect.phase, facts.connect.live) = (Phase::Lost, None);
        assert!(!facts.is_offline());
        let health = health(&facts);
        let [connect, teams] = [0, 1].map(|card| &health.cards[card]);
        assert_eq!((teams.level, teams.cause), (Level::Problem, Some(cause)));
        assert_eq!(teams.text, network::sentence(&fault));
        assert_eq!((connect.cause, connect.text == teams.text), (both.then_some(cause), both), "{fault:?}");
    }
}

#[test]
fn the_connect_card_blames_no_proxy_that_its_page_does_not_use() {
    for (system, settings_name_a_proxy, blames) in [
        ("linux", true, true),
        ("linux", false, true),
        ("windows", true, true),
        // Both follow the system's proxy.
        ("macos", false, true),
        ("macos", true, false),
    ] {
        let fault = NetworkFault::ProxyDown { proxy: "proxy.example:8080".to_owned() };
        let network = NetworkFacts { microsoft: None, connect: Some(fault) };
        let mut facts = Facts { network: &network, ..facts() };
        (facts.connect.phase, facts.connect.live) = (Phase::Lost, None);
        facts.connect.way = WebViewWay::on(system, settings_name_a_proxy);
        let card = health(&facts).cards.remove(0);
        let expected = blames.then_some(NetworkCause::ProxyDown);
        assert_eq!(card.cause, expected, "{system} {settings_name_a_proxy}");
        assert_eq!(card.text == say("checks.connect.lost"), !blames);
    }
}

#[test]
fn a_fault_of_the_network_is_not_said_of_a_side_that_works() {
    let fault = NetworkFault::Inspected;
    let network = NetworkFacts { microsoft: Some(fault.clone()), connect: Some(fault) };
    let facts = Facts { network: &network, ..facts() };
    assert!(health(&facts).cards.iter().all(|card| card.level == Level::Ok && card.cause.is_none()));
}
