//! Answers questions about the timeline: a part of it, and what tables would do with states.
//!
//! Files are read in blocking tasks, never in the controller's own.

use presence::timeline::{Current, Decision, TimelineEntry, explain};
use timeline::{StatusNames, answer, belongs, fold, line, played, try_question, what_if_choices};
use tokio::sync::oneshot;
use view::timeline::{ReplayAnswer, TimelinePage, TimelineTab, WhatIfAnswer, WhatIfChoices, WhatIfQuestion};

use super::Controller;
use crate::host::Host;

/// The most lines of one answer.
const MOST_LINES: u32 = 500;

/// How many of the last decisions are searched for the answer to "Why?".
const LAST_DECISIONS: usize = 200;

impl<H: Host> Controller<H> {
    pub(super) fn timeline(
        &self,
        tab: TimelineTab,
        offset: u32,
        count: u32,
        reply: oneshot::Sender<TimelinePage>,
    ) {
        let (store, statuses, now) = (self.store.clone(), self.statuses.clone(), self.clock.now());
        let engine = self.sync.engine();
        let current = Current {
            link: Some(engine.link()),
            shows_ours: engine.shows_ours(),
            teams_since: self.own.current().and_then(|(_, since)| since),
            followed: engine.followed().cloned(),
            teams_login: self.login.is_needed(),
            connect_login: self.ccp.phase() == connect::Phase::LoginNeeded,
        };
        let shown = self.own.current().map(|(state, _)| state.clone());
        tokio::task::spawn_blocking(move || {
            let names = StatusNames::new(&statuses);
            let decisions = || store.newest_first(now).filter_map(decision);
            let last: Vec<Decision> = decisions().take(LAST_DECISIONS).collect();
            let wanted = count.min(MOST_LINES) as usize;
            let mut listed = fold(decisions())
                .filter(|folded| belongs(folded, tab))
                .skip(offset as usize)
                .map(|folded| line(&folded, &names, now));
            let lines = listed.by_ref().take(wanted).collect();
            let answer = answer(&explain(&last, &current), shown.as_ref(), &names, now);
            drop(reply.send(TimelinePage { answer, tab, offset, lines, has_more: listed.next().is_some() }));
        });
    }

    pub(super) fn what_if_choices(&self) -> WhatIfChoices {
        what_if_choices(&self.statuses)
    }

    pub(super) fn what_if(&self, question: &WhatIfQuestion) -> WhatIfAnswer {
        let tables = self.tables_in_question();
        try_question(question, &tables, self.settings.used().rules, &self.statuses, self.clock.now())
    }

    pub(super) fn replay(&self, reply: oneshot::Sender<ReplayAnswer>) {
        let (store, statuses, now) = (self.store.clone(), self.statuses.clone(), self.clock.now());
        let tables = self.tables_in_question();
        let rules = self.settings.used().rules;
        tokio::task::spawn_blocking(move || {
            let record = store.read(jiff::Timestamp::MIN, now);
            drop(reply.send(played(&record, &tables, rules, &StatusNames::new(&statuses), now)));
        });
    }
}

fn decision(entry: TimelineEntry) -> Option<Decision> {
    match entry {
        TimelineEntry::Decision(row) => Some(row),
        TimelineEntry::Input(_) => None,
    }
}
