//! The words for each guard and each reason: the one table for the column "Why" of the timeline and for the answer to
//! "Why Busy?".
//!
//! It names keys of the catalog and the values that their texts need. It finds no state and fills in nothing.

use presence::timeline::{Guard, Reason};

/// The words for a guard.
#[derive(Debug, Clone, Copy)]
pub(super) struct GuardWords {
    /// In the column "Why".
    pub(super) column: ColumnWords,
    /// In the answer.
    pub(super) answer: AnswerWords,
    /// True if nothing was to be written in the first place.
    pub(super) asks_nothing: bool,
}

/// What the column "Why" says. The texts may name what Connect showed (`connect`), what Teams showed (`teams`), and
/// which of the two the decision was about (`from`).
#[derive(Debug, Clone, Copy)]
pub(super) enum ColumnWords {
    /// This text, whichever side the decision is about.
    Text(&'static str),
    /// One text for decisions about Teams, one for those about Connect.
    Sides { teams: &'static str, connect: &'static str },
    /// What the other side shows already.
    AlreadyShown,
    /// What hides ours.
    Masked,
}

/// What the answer says about a reason.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerWords {
    /// The reason without its time if no decision is known. Its text may name the moment that is waited for (`time`).
    pub(super) plain: &'static str,
    /// The same for a decision that was recorded.
    pub(super) decided: DecidedWords,
    /// True if the time beside it is that of an event. It is false for the beginning of a state that lasts.
    pub(super) is_moment: bool,
    /// What is added.
    pub(super) detail: DetailWords,
}

/// How the answer names a decision that was recorded.
#[derive(Debug, Clone, Copy)]
pub(super) enum DecidedWords {
    /// As without one.
    Plain,
    /// The row of the table.
    TableRow,
    /// Nothing is set by us; the explanation names who chose what Teams shows.
    GivenBack,
    /// What hides ours.
    Masked,
    /// Who set what Teams shows.
    SetInTeams,
    /// This text, which names what Connect showed (`connect`).
    Connect(&'static str),
    /// This text, which names what Teams showed (`teams`).
    Teams(&'static str),
}

/// What the answer adds in a second sentence.
#[derive(Debug, Clone, Copy)]
pub(super) enum DetailWords {
    Nothing,
    /// Whether Teams has shown what was written.
    Confirmation,
    /// What the row of the table asks for.
    TableRow,
    /// This text, without any value.
    Text(&'static str),
    /// This text about a decision, which names what Connect showed (`connect`).
    Connect(&'static str),
}

const fn plain(key: &'static str) -> AnswerWords {
    AnswerWords { plain: key, decided: DecidedWords::Plain, is_moment: false, detail: DetailWords::Nothing }
}

/// The words for this guard.
pub(super) fn guard_words(guard: Guard) -> GuardWords {
    use ColumnWords::{AlreadyShown, Masked, Sides, Text};
    let (column, answer) = match guard {
        Guard::Hold => (
            Text("timeline.why.hold"),
            AnswerWords {
                decided: DecidedWords::Connect("timeline.answer.hold"),
                is_moment: true,
                ..plain("timeline.answer.short")
            },
        ),
        Guard::Compare => (
            AlreadyShown,
            AnswerWords {
                decided: DecidedWords::SetInTeams,
                detail: DetailWords::TableRow,
                ..plain("timeline.answer.inStep")
            },
        ),
        Guard::NoChange => (
            Text("timeline.why.noChange"),
            AnswerWords {
                decided: DecidedWords::Connect("timeline.answer.noChange"),
                ..plain("timeline.answer.asksNothing")
            },
        ),
        Guard::PersonFirst => (
            Sides { teams: "timeline.why.personTeams", connect: "timeline.why.personConnect" },
            AnswerWords {
                decided: DecidedWords::Teams("timeline.answer.person"),
                is_moment: true,
                detail: DetailWords::Connect("timeline.detail.person"),
                ..plain("timeline.answer.ownChoice")
            },
        ),
        Guard::Masked => (
            Masked,
            AnswerWords {
                decided: DecidedWords::Masked,
                detail: DetailWords::TableRow,
                ..plain("timeline.answer.hidden")
            },
        ),
        Guard::Unknown => (
            Text("timeline.why.unknown"),
            AnswerWords {
                detail: DetailWords::Text("timeline.detail.unknown"),
                ..plain("timeline.answer.unknown")
            },
        ),
        Guard::Off => (Text("timeline.why.off"), plain("timeline.answer.off")),
        Guard::Contact => (Text("timeline.why.contact"), plain("timeline.answer.later")),
        Guard::Idle => (Text("timeline.why.idle"), plain("timeline.answer.later")),
        Guard::Tie => (Text("timeline.why.tie"), plain("timeline.answer.tie")),
        Guard::Answered => (Text("timeline.why.answered"), plain("timeline.answer.asksNothing")),
        Guard::OnlyWhile => (
            Sides { teams: "timeline.why.onlyWhileTeams", connect: "timeline.why.onlyWhileConnect" },
            plain("timeline.answer.asksNothing"),
        ),
        Guard::Pause => (Text("timeline.why.pause"), plain("timeline.answer.pause")),
        Guard::DryRun => (Text("timeline.why.dryRun"), plain("timeline.answer.dryRun")),
        Guard::Breaker => (Text("timeline.why.breaker"), plain("timeline.answer.breaker")),
        Guard::SecondWriter => (Text("timeline.why.secondWriter"), plain("timeline.answer.secondWriter")),
        Guard::Every => (Text("timeline.why.every"), plain("timeline.answer.later")),
    };
    let asks_nothing = matches!(guard, Guard::NoChange | Guard::Answered | Guard::OnlyWhile | Guard::Off);
    GuardWords { column, answer, asks_nothing }
}

/// What the answer says about this reason.
pub(super) fn answer_words(reason: Reason) -> AnswerWords {
    match reason {
        Reason::Nothing => plain("timeline.answer.nothing"),
        Reason::TeamsLogin => plain("timeline.answer.teamsLogin"),
        Reason::ConnectLogin => plain("timeline.answer.connectLogin"),
        Reason::Waits { .. } => plain("timeline.answer.waits"),
        Reason::Writing => plain("timeline.answer.writing"),
        Reason::Teams => plain("timeline.answer.asksNothing"),
        Reason::Row => AnswerWords {
            decided: DecidedWords::TableRow,
            detail: DetailWords::Confirmation,
            ..plain("timeline.answer.inStep")
        },
        Reason::GivenBack => AnswerWords {
            decided: DecidedWords::GivenBack,
            is_moment: true,
            ..plain("timeline.answer.givenBack")
        },
        Reason::Failed => AnswerWords {
            is_moment: true,
            detail: DetailWords::Text("timeline.detail.failed"),
            ..plain("timeline.answer.failed")
        },
        Reason::DryRun => AnswerWords { detail: DetailWords::TableRow, ..plain("timeline.answer.dryRun") },
        Reason::Stopped(guard) => guard_words(guard).answer,
    }
}
