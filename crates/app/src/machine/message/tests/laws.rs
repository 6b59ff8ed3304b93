//! The laws, over random histories of everything involved: the person in Teams, the agent, the settings, and a Graph
//! that answers late, shows old data, or fails.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

/// What happens before a second passes.
#[derive(Debug, Clone, Copy)]
enum Step {
    Pass(i64),
    /// The person writes a message in Teams, or removes the one that is there.
    Person(Option<&'static str>),
    Wish(StatusMessage),
    Status(Option<&'static str>),
    Pause(bool),
    /// From now on writes fail, and arrive or not.
    Fail(Option<bool>),
    /// From now on readings show what was there this long ago.
    Stale(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let texts = vec![None, Some("On the train"), Some("Lunch"), Some(NUMBER)];
    let wishes = vec![StatusMessage::Off, StatusMessage::Number, StatusMessage::Status];
    let step = prop_oneof![
        6 => (1..40_i64).prop_map(Step::Pass),
        1 => (300..4000_i64).prop_map(Step::Pass),
        2 => select(texts).prop_map(Step::Person),
        2 => select(wishes).prop_map(Step::Wish),
        3 => select(vec![None, Some("Lunch"), Some("Training"), Some("Available")]).prop_map(Step::Status),
        1 => any::<bool>().prop_map(Step::Pause),
        1 => select(vec![None, None, Some(true), Some(false)]).prop_map(Step::Fail),
        1 => select(vec![0, 0, 2, 20]).prop_map(Step::Stale),
    ];
    vec(step, 1..60)
}

/// Teams: what it showed, since when, and whether we wrote it.
struct Teams(Vec<(i64, Option<Shown>, bool)>);

impl Teams {
    fn shows(&self, now: i64) -> (Option<Shown>, bool) {
        let (_, message, is_ours) = self.0.iter().rev().find(|(since, ..)| *since <= now).unwrap();
        let has_ended = matches!(message, Some(Shown { ends: Ends::At(ends), .. }) if *ends <= at(now));
        if has_ended { (None, false) } else { (message.clone(), *is_ours) }
    }

    fn set(&mut self, now: i64, message: Option<Shown>, is_ours: bool) {
        self.0.push((now, message, is_ours));
    }
}

struct World {
    message: StatusMessageKeeper,
    teams: Teams,
    now: i64,
    wish: StatusMessage,
    status: Option<&'static str>,
    link: Link,
    fail: Option<bool>,
    stale: i64,
    changed_by_person: i64,
    was_stale: i64,
    next_poll: i64,
    writes: Vec<(i64, MessageWrite)>,
}

impl World {
    fn feed(&mut self, input: MessageIn) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let context = MessageContext {
                wish: self.wish,
                status: self.status.map_or(KnownText::Unknown, KnownText::Text),
                link: &self.link,
                ..usual_context()
            };
            for out in self.message.on(input, &context, at(self.now)) {
                match out {
                    MessageOut::Read => self.next_poll = self.now,
                    MessageOut::Keep(_) => {}
                    MessageOut::Write { write, kept } => inputs.push(self.write(write, &kept)),
                }
            }
        }
    }

    fn write(&mut self, write: MessageWrite, kept: &KeptMessages) -> MessageIn {
        let (before, is_ours) = self.teams.shows(self.now);
        // What happened after the reading that the write was decided on cannot be known.
        let could_know = self.changed_by_person < self.now - 26;
        if could_know {
            assert!(before.is_none() || is_ours, "{write:?} over {before:?}");
        }
        let mine = kept.of("https://login.example", person());
        let message = match &write {
            MessageWrite::Set { text, ends } => {
                assert!(mine.iter().any(|written| written.text == *text && written.ends == *ends));
                if let Some(Shown { text: before, ends: Ends::At(end) }) = &before
                    && self.was_stale < self.now - 26
                    && before == text
                {
                    assert!(*end <= at(self.now + 900), "an equal one is only renewed");
                }
                Some(Shown { text: text.clone(), ends: Ends::At(*ends) })
            }
            MessageWrite::Clear => None,
        };
        self.writes.push((self.now, write));
        if self.fail != Some(false) {
            let is_ours = message.is_some();
            self.teams.set(self.now, message, is_ours);
        }
        match self.fail {
            None => MessageIn::Wrote,
            Some(_) => MessageIn::Failed { kind: Some(ErrorKind::Failing), not_before: at(self.now + 5) },
        }
    }

    fn pass(&mut self, seconds: i64) {
        for _ in 0..seconds {
            self.now += 1;
            if self.stale > 0 {
                self.was_stale = self.now;
            }
            if self.next_poll <= self.now {
                self.next_poll = self.now + 30;
                let (message, _) = self.teams.shows(self.now - self.stale);
                self.feed(shows(message, self.now));
            }
            self.feed(MessageIn::Turn);
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Pass(seconds) => self.pass(seconds),
            Step::Person(text) => {
                let message = text.map(|text| Shown { text: text.to_owned(), ends: Ends::Never });
                self.teams.set(self.now, message, false);
                self.changed_by_person = self.now;
            }
            Step::Wish(wish) => self.wish = wish,
            Step::Status(status) => self.status = status,
            Step::Pause(true) => self.link = Link::Paused { until: None },
            Step::Pause(false) => self.link = IN_STEP,
            Step::Fail(fail) => self.fail = fail,
            Step::Stale(seconds) => self.stale = seconds,
        }
    }
}

fn world() -> World {
    World {
        message: new(),
        teams: Teams(vec![(-1000, None, false)]),
        now: 0,
        wish: StatusMessage::Number,
        status: None,
        link: IN_STEP,
        fail: None,
        stale: 0,
        changed_by_person: -1000,
        was_stale: -1000,
        next_poll: 0,
        writes: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn no_foreign_message_is_overwritten_no_equal_one_is_written_and_nothing_of_ours_stays_after_the_end(
        steps in steps(),
    ) {
        let mut world = world();
        for step in steps {
            world.step(step);
        }
        let sent: Vec<i64> = world.writes.iter().map(|(at, _)| *at).collect();
        for (index, first) in sent.iter().enumerate() {
            let in_a_minute = sent[index..].iter().take_while(|at| **at < first + 60).count();
            prop_assert!(in_a_minute <= 10, "{in_a_minute} writes in a minute: {:?}", world.writes);
        }

        // Everything answers again, and a reading has shown the current state.
        (world.fail, world.stale) = (None, 0);
        world.pass(40);
        let left = world.now;
        world.feed(MessageIn::Quit);
        while !world.message.is_finished() && world.now < left + 30 {
            world.pass(1);
        }
        prop_assert!(world.message.is_finished());
        let (shown, is_ours) = world.teams.shows(world.now);
        prop_assert!(shown.is_none() || !is_ours, "{shown:?} is left");
    }

    #[test]
    fn if_nothing_changes_only_renewals_are_written(steps in steps()) {
        let mut world = world();
        for step in steps {
            world.step(step);
        }
        (world.fail, world.stale) = (None, 0);
        world.pass(1000);
        let before = world.writes.len();
        world.pass(3600);
        prop_assert!(world.writes.len() <= before + 2, "{:?}", world.writes);
    }
}
