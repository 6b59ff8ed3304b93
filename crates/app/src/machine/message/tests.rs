mod laws;

use graph::Ends;
use presence::{engine::Link, provenance::StopReason};

use super::*;
use crate::fixture::at;

const NUMBER: &str = "+1 206 555 0142, ext 4102";
const IN_STEP: Link = Link::InStep { since: Timestamp::UNIX_EPOCH };

fn person() -> &'static ObjectId {
    static PERSON: std::sync::LazyLock<ObjectId> = std::sync::LazyLock::new(|| ObjectId::new("anna"));
    &PERSON
}

fn usual_context() -> MessageContext<'static> {
    MessageContext {
        person: Some(person()),
        wish: StatusMessage::Number,
        number: KnownText::Text(NUMBER),
        status: KnownText::Text("Lunch"),
        link: &IN_STEP,
        is_somebody_else: false,
    }
}

fn number_context() -> MessageContext<'static> {
    usual_context()
}

fn new() -> StatusMessageKeeper {
    StatusMessageKeeper::new("https://login.example".to_owned(), KeptMessages::default(), at(0))
}

fn shows(message: Option<Shown>, seconds: i64) -> MessageIn {
    MessageIn::Read { message, at: at(seconds) }
}

fn ours(text: &str, ends: i64) -> Option<Shown> {
    Some(Shown { text: text.to_owned(), ends: Ends::At(at(ends)) })
}

fn theirs() -> Option<Shown> {
    Some(Shown { text: "On the train".to_owned(), ends: Ends::Never })
}

fn set(text: &str, ends: i64) -> MessageWrite {
    MessageWrite::Set { text: text.to_owned(), ends: at(ends) }
}

/// What was written; panics if it is anything else than one write.
fn write(out: &[MessageOut]) -> &MessageWrite {
    let [MessageOut::Write { write, .. }] = out else { panic!("no write: {out:?}") };
    write
}

/// A message of ours that a reading has shown, at 17 s.
fn shown_message(context: &MessageContext<'_>) -> StatusMessageKeeper {
    let mut message = new();
    assert_eq!(message.on(MessageIn::Turn, context, at(0)), [MessageOut::Read]);
    assert_eq!(message.on(shows(None, 0), context, at(1)), []);
    assert_eq!(message.deadline(), Some(at(15)), "it is held");
    assert_eq!(message.on(MessageIn::Turn, context, at(15)), [MessageOut::Read], "the reading is too old");
    let out = message.on(shows(None, 15), context, at(16));
    let MessageWrite::Set { text, ends } = write(&out) else { panic!("it was taken back") };
    assert_eq!(*ends, at(3616));
    let text = text.clone();
    assert_eq!(message.on(MessageIn::Wrote, context, at(16)), [MessageOut::Read]);
    assert_eq!(message.on(shows(ours(&text, 3616), 16), context, at(17)), []);
    message
}

#[test]
fn the_number_is_written_once_and_renewed_before_it_ends() {
    let context = usual_context();
    let mut message = shown_message(&context);
    assert_eq!(message.note(), None);
    let renewal = 3616 - 900;
    assert_eq!(message.deadline(), Some(at(renewal)));
    for seconds in (60..renewal).step_by(60) {
        assert_eq!(
            message.on(shows(ours(NUMBER, 3616), seconds), &context, at(seconds)),
            [],
            "never an equal one"
        );
    }
    assert_eq!(message.on(MessageIn::Turn, &context, at(renewal)), [MessageOut::Read]);
    let out = message.on(shows(ours(NUMBER, 3616), renewal), &context, at(renewal));
    assert_eq!(*write(&out), set(NUMBER, renewal + 3600));
}

#[test]
fn nothing_is_read_or_written_if_no_message_is_wanted() {
    let context = MessageContext { wish: StatusMessage::Off, ..usual_context() };
    let mut message = new();
    assert_eq!(message.on(MessageIn::Turn, &context, at(0)), []);
    assert_eq!(message.on(shows(theirs(), 0), &context, at(1)), []);
    assert_eq!((message.deadline(), message.is_finished(), message.note()), (None, true, None));
}

#[test]
fn a_message_of_the_person_is_never_written_over_and_the_person_is_informed() {
    let context = usual_context();
    let mut message = new();
    message.on(MessageIn::Turn, &context, at(0));
    let alike = [
        theirs(),
        // The same words, but no end, or another one, or one that nobody here would write.
        Some(Shown { text: NUMBER.to_owned(), ends: Ends::Never }),
        ours(NUMBER, 7200),
        Some(Shown { text: NUMBER.to_owned(), ends: Ends::OtherZone }),
    ];
    for (message_of, seconds) in alike.into_iter().zip((20..).step_by(20)) {
        assert_eq!(message.on(shows(message_of, seconds), &context, at(seconds)), []);
        assert_eq!((message.note(), message.deadline()), (Some(MessageNote::Theirs), None));
    }
    let out = message.on(shows(None, 200), &context, at(200));
    assert_eq!(*write(&out), set(NUMBER, 3800), "theirs has ended");
}

#[test]
fn a_message_that_took_the_place_of_ours_stays() {
    let context = usual_context();
    let mut message = shown_message(&context);
    assert_eq!(message.on(shows(theirs(), 60), &context, at(60)), []);
    let off = MessageContext { wish: StatusMessage::Off, ..context };
    assert_eq!(message.on(shows(theirs(), 61), &off, at(61)), []);
    message.on(MessageIn::Quit, &off, at(62));
    assert!(message.is_finished());
}

#[test]
fn a_message_that_the_person_removed_is_not_written_again() {
    let context = MessageContext { wish: StatusMessage::Status, ..usual_context() };
    let mut message = shown_message(&context);
    for seconds in (60..600).step_by(30) {
        assert_eq!(message.on(shows(None, seconds), &context, at(seconds)), []);
        assert_eq!(message.note(), Some(MessageNote::Removed));
    }
    let other = MessageContext { status: KnownText::Text("Training"), ..context };
    message.on(MessageIn::Turn, &other, at(600));
    assert_eq!(message.note(), None);
    let out = message.on(shows(None, 615), &other, at(615));
    assert_eq!(*write(&out), set("Training", 4215), "another status is another message");
}

#[test]
fn a_status_that_does_not_last_is_not_written_and_the_next_one_takes_its_place() {
    let lunch = MessageContext { wish: StatusMessage::Status, ..usual_context() };
    let mut message = shown_message(&lunch);
    let training = MessageContext { status: KnownText::Text("  Training\n "), ..lunch };
    assert_eq!(message.on(MessageIn::Turn, &training, at(60)), []);
    assert_eq!(message.deadline(), Some(at(75)));
    assert_eq!(message.on(MessageIn::Turn, &lunch, at(70)), []);
    assert_eq!(message.deadline(), Some(at(2716)), "the one that is there");
    message.on(MessageIn::Turn, &training, at(80));
    let out = message.on(shows(ours("Lunch", 3616), 95), &training, at(95));
    assert_eq!(*write(&out), set("Training", 3695));
}

#[test]
fn a_pause_and_a_dry_run_take_our_message_back_and_nothing_follows() {
    for link in [Link::Paused { until: None }, Link::DryRun] {
        let mut message = shown_message(&usual_context());
        let context = MessageContext { link: &link, ..usual_context() };
        let out = message.on(MessageIn::Turn, &context, at(20));
        assert_eq!(*write(&out), MessageWrite::Clear, "the reading is fresh");
        let out = message.on(MessageIn::Wrote, &context, at(21));
        assert!(matches!(out.as_slice(), [MessageOut::Keep(_)]), "{out:?}");
        assert_eq!(message.candidates(), []);
        assert_eq!(message.on(shows(None, 30), &context, at(30)), []);
        assert_eq!((message.deadline(), message.is_finished()), (None, true));
    }
}

#[test]
fn while_nothing_is_known_or_the_sync_has_stopped_itself_our_message_lapses() {
    let stopped = Link::Stopped { until: None, why: StopReason::SecondWriter };
    let unknown =
        MessageContext { wish: StatusMessage::Status, status: KnownText::Unknown, ..usual_context() };
    for context in [
        unknown,
        MessageContext { is_somebody_else: true, ..usual_context() },
        MessageContext { link: &stopped, ..usual_context() },
        MessageContext { number: KnownText::Unknown, ..usual_context() },
    ] {
        let begun = MessageContext { number: KnownText::Text("Lunch"), ..number_context() };
        let mut message = shown_message(&begun);
        for seconds in (60..3600).step_by(60) {
            assert_eq!(message.on(shows(ours("Lunch", 3616), seconds), &context, at(seconds)), []);
        }
        assert_eq!((message.on(shows(None, 3620), &context, at(3620)), message.deadline()), (vec![], None));
        assert_eq!(message.note(), None, "it has lapsed, nobody removed it");
    }
}

#[test]
fn an_agent_who_is_offline_in_connect_has_no_status_to_show() {
    let context = MessageContext { wish: StatusMessage::Status, ..usual_context() };
    let mut message = shown_message(&context);
    let offline = MessageContext { status: KnownText::Nothing, ..context };
    assert_eq!(*write(&message.on(MessageIn::Turn, &offline, at(20))), MessageWrite::Clear);
}

#[test]
fn a_missing_number_is_reported() {
    let context = MessageContext { number: KnownText::Nothing, ..usual_context() };
    let mut message = new();
    assert_eq!(message.on(shows(None, 0), &context, at(0)), []);
    assert_eq!(message.note(), Some(MessageNote::NoNumber));
}

#[test]
fn after_a_crash_our_message_is_still_recognized() {
    let context = usual_context();
    let mut message = new();
    message.on(MessageIn::Turn, &context, at(0));
    let out = message.on(shows(None, 15), &context, at(16));
    let [MessageOut::Write { kept, .. }] = out.as_slice() else { panic!("no write: {out:?}") };
    let text = serde_json::to_string(kept).unwrap();
    let kept: KeptMessages = serde_json::from_str(&text).unwrap();

    let off = MessageContext { wish: StatusMessage::Off, ..context };
    let mut next = StatusMessageKeeper::new("https://login.example".to_owned(), kept.clone(), at(100));
    assert_eq!(next.on(MessageIn::Turn, &off, at(100)), [MessageOut::Read]);
    let out = next.on(shows(ours(NUMBER, 3616), 100), &off, at(101));
    assert_eq!(*write(&out), MessageWrite::Clear);

    let mut elsewhere = StatusMessageKeeper::new("http://127.0.0.1:8000".to_owned(), kept.clone(), at(100));
    assert_eq!(elsewhere.on(MessageIn::Turn, &off, at(100)), [], "another sign-in service");
    let other = ObjectId::new("bob");
    let bob = MessageContext { person: Some(&other), ..off };
    let mut message = StatusMessageKeeper::new("https://login.example".to_owned(), kept, at(100));
    assert_eq!(message.on(shows(ours(NUMBER, 3616), 100), &bob, at(101)), [], "another person");
}

#[test]
fn quitting_takes_back_what_the_last_reading_showed_to_be_ours() {
    let context = usual_context();
    let mut message = shown_message(&context);
    assert_eq!(message.on(MessageIn::Quit, &context, at(60)), [MessageOut::Read]);
    assert!(!message.is_finished());
    let out = message.on(shows(ours(NUMBER, 3616), 60), &context, at(61));
    assert_eq!(*write(&out), MessageWrite::Clear);
    assert!(!message.is_finished());
    let again = MessageIn::Failed { kind: Some(ErrorKind::Token), not_before: at(62) };
    assert_eq!(message.on(again, &context, at(61)), [MessageOut::Read]);
    assert!(!message.is_finished(), "it may be there");
    assert_eq!(message.on(shows(ours(NUMBER, 3616), 61), &context, at(61)), []);
    let at_last = message.deadline().unwrap();
    assert_eq!(*write(&message.on(MessageIn::Turn, &context, at_last)), MessageWrite::Clear);
    message.on(MessageIn::Wrote, &context, at_last);
    assert!(message.is_finished());
}

#[test]
fn our_message_is_still_recognized_however_many_later_writes_fail() {
    let context = MessageContext {
        wish: StatusMessage::Status,
        status: KnownText::Text("Available"),
        ..usual_context()
    };
    let mut message = shown_message(&context);
    let lunch = MessageContext { status: KnownText::Text("Lunch"), ..context };
    let mut now = 20;
    message.on(MessageIn::Turn, &lunch, at(now));
    for _ in 0..6 {
        now += 200;
        message.on(MessageIn::Turn, &lunch, at(now));
        let out = message.on(shows(ours("Available", 3616), now), &lunch, at(now));
        assert_eq!(*write(&out), set("Lunch", now + 3600));
        let failed = MessageIn::Failed { kind: Some(ErrorKind::Failing), not_before: at(now + 5) };
        message.on(failed, &lunch, at(now));
        message.on(shows(ours("Available", 3616), now), &lunch, at(now));
        assert_eq!(message.note(), None, "it is not the person's own message");
    }
    message.on(MessageIn::Quit, &lunch, at(now + 10));
    assert_eq!(
        *write(&message.on(shows(ours("Available", 3616), now + 10), &lunch, at(now + 10))),
        MessageWrite::Clear
    );
}

#[test]
fn a_message_that_we_took_back_does_not_count_as_removed_by_the_person() {
    let context = usual_context();
    let off = MessageContext { wish: StatusMessage::Off, ..context };
    let mut message = shown_message(&context);
    assert_eq!(message.on(MessageIn::Turn, &off, at(30)), [MessageOut::Read]);
    assert_eq!(*write(&message.on(shows(ours(NUMBER, 3616), 30), &off, at(30))), MessageWrite::Clear);
    message.on(MessageIn::Wrote, &off, at(31));
    // It is wanted again while Graph still shows the one that was taken back.
    message.on(MessageIn::Turn, &context, at(32));
    message.on(shows(ours(NUMBER, 3616), 33), &context, at(33));
    message.on(shows(None, 38), &context, at(38));
    assert_eq!(message.note(), None);
    message.on(MessageIn::Turn, &context, at(60));
    assert_eq!(*write(&message.on(shows(None, 60), &context, at(60))), set(NUMBER, 3660));
}

#[test]
fn quitting_does_not_wait_while_nobody_is_logged_in() {
    let context = usual_context();
    let mut message = shown_message(&context);
    let out = MessageContext { person: None, ..context };
    assert_eq!(message.on(MessageIn::Quit, &out, at(60)), []);
    assert!(message.is_finished());
}

#[test]
fn a_refusal_is_tried_again_after_a_quarter_of_an_hour() {
    let context = usual_context();
    let mut message = new();
    message.on(MessageIn::Turn, &context, at(0));
    write(&message.on(shows(None, 15), &context, at(15)));
    let refused = MessageIn::Failed { kind: Some(ErrorKind::NotAllowed), not_before: at(20) };
    message.on(refused, &context, at(16));
    message.on(shows(None, 16), &context, at(17));
    assert_eq!(message.deadline(), Some(at(916)));
}

#[test]
fn a_write_that_the_gate_holds_leaves_at_its_time() {
    let context = usual_context();
    let mut message = new();
    message.on(MessageIn::Turn, &context, at(0));
    write(&message.on(shows(None, 15), &context, at(15)));
    message.on(MessageIn::Held(at(300)), &context, at(15));
    assert_eq!((message.deadline(), message.candidates().len()), (Some(at(300)), 0));
}

#[test]
fn a_reading_that_left_before_the_answer_to_a_write_says_nothing() {
    let context = usual_context();
    let mut message = new();
    message.on(MessageIn::Turn, &context, at(0));
    write(&message.on(shows(None, 15), &context, at(15)));
    message.on(MessageIn::Wrote, &context, at(17));
    assert_eq!(message.on(shows(None, 16), &context, at(18)), [MessageOut::Read], "it asks again");
    assert_eq!(message.on(shows(ours(NUMBER, 3615), 18), &context, at(18)), []);
}

#[test]
fn another_person_starts_without_what_was_known() {
    let context = usual_context();
    let mut message = shown_message(&context);
    let other = ObjectId::new("bob");
    let bob = MessageContext { person: Some(&other), wish: StatusMessage::Off, ..context };
    assert_eq!(message.on(MessageIn::Turn, &bob, at(20)), []);
    let out = message.on(MessageIn::Turn, &MessageContext { wish: StatusMessage::Off, ..context }, at(30));
    assert_eq!(out, [MessageOut::Read], "the first person's message is still there");
}

#[test]
fn a_clock_that_is_set_moves_the_renewal_and_not_the_end_that_was_written() {
    let context = usual_context();
    let mut message = shown_message(&context);
    message.redate(SignedDuration::from_hours(3));
    let now = 3 * 3600 + 60;
    assert_eq!(message.on(shows(ours(NUMBER, 3616), now), &context, at(now)), [], "it is still known");
    assert_eq!(message.deadline(), Some(at(3 * 3600 + 3616 - 900)));
}
