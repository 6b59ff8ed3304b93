//! What is asked of the timeline: a part of it, all of it as CSV, and what tables make of states.

use std::path::PathBuf;

use presence::mapping::Tables;
use tokio::sync::oneshot;

use super::Controller;
use crate::{
    host::Host,
    view::timeline::{
        ReplayAnswer, TimelineExport, TimelinePage, TimelineTab, WhatIfAnswer, WhatIfChoices, WhatIfQuestion,
        WhyAnswer,
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn timeline(
        &self,
        tab: TimelineTab,
        offset: u32,
        _count: u32,
        answer: oneshot::Sender<TimelinePage>,
    ) {
        let why =
            WhyAnswer { title: String::new(), because: String::new(), detail: String::new(), button: None };
        drop(answer.send(TimelinePage { answer: why, tab, offset, lines: Vec::new(), has_more: false }));
    }

    pub(super) fn export_timeline(&self, _folder: PathBuf, answer: oneshot::Sender<TimelineExport>) {
        drop(answer.send(TimelineExport::Failed { sentence: String::new() }));
    }

    pub(super) fn what_if_choices(&self) -> WhatIfChoices {
        WhatIfChoices { connect: Vec::new(), teams: Vec::new() }
    }

    pub(super) fn what_if(&self, _question: &WhatIfQuestion, _tables: Option<Tables>) -> WhatIfAnswer {
        WhatIfAnswer { lines: Vec::new() }
    }

    pub(super) fn replay(&self, _tables: Tables, answer: oneshot::Sender<ReplayAnswer>) {
        drop(answer.send(ReplayAnswer { sentence: String::new(), lines: Vec::new() }));
    }
}
