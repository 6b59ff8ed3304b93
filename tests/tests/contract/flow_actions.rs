//! The actions of Amazon Connect's flow language that the flows of `docs/direct-dial` use: what each must have, may have,
//! and in which flows it may be. AWS's pages are the source, read in November 2026; none of it was tried on an instance.

use Is::{Participants, Path, Reference, Text, Whole, Word};
use Need::{May, Must, OneOf};
use Of::{ContactFlow, CustomerQueue, OutboundWhisper};

/// AWS's developer guide; each action names its page under it.
pub const GUIDE: &str = "https://docs.aws.amazon.com/connect/latest/devguide/";

/// The types of flows that the documents bring along, by AWS's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    ContactFlow,
    CustomerQueue,
    OutboundWhisper,
}

/// What a parameter may be.
pub enum Is {
    /// A text, with or without JSONPaths in it.
    Text,
    /// One of these words, fixed.
    Word(&'static [&'static str]),
    /// A whole number between these, written as a text.
    Whole(u32, u32),
    /// One placeholder, or one JSONPath.
    Reference,
    /// One JSONPath.
    Path,
    /// Who is recorded: both, one, or nobody.
    Participants,
}

pub enum Need {
    Must,
    May,
    /// Exactly one of those that are marked so.
    OneOf,
}

/// What an action may branch on.
pub enum On {
    Nothing,
    /// Any text.
    Equals,
    /// Exactly these words.
    Words(&'static [&'static str]),
    /// `NumberGreaterThan` 0, and nothing else.
    Some,
}

pub enum Then {
    Next,
    /// The flow ends here, and `Transitions` is empty.
    End,
    /// By its condition or its error, if it has this parameter; without it, it lasts until Connect ends it.
    IfInterrupted(&'static str),
}

pub struct Action {
    pub name: &'static str,
    pub page: &'static str,
    pub parameters: &'static [(&'static str, Need, Is)],
    pub on: On,
    /// Exactly these are handled. `Loop` and the recording have none.
    pub errors: &'static [&'static str],
    pub then: Then,
    pub of: &'static [Of],
}

const EVERYWHERE: &[Of] = &[ContactFlow, CustomerQueue, OutboundWhisper];

/// Each row is from the page that it names, with one addition, which says so.
pub const ACTIONS: &[Action] = &[
    Action {
        name: "CheckMetricData",
        page: "flow-control-actions-checkmetricdata.html",
        // Only the metrics of agents, which are the ones with this condition.
        parameters: &[
            (
                "MetricType",
                Must,
                Word(&["NumberOfAgentsAvailable", "NumberOfAgentsStaffed", "NumberOfAgentsOnline"]),
            ),
            ("QueueId", OneOf, Reference),
            ("AgentId", OneOf, Reference),
        ],
        on: On::Some,
        // The page has NoMatchingCondition for the other metrics only. Two public builders of flows, tried on the service
        // in 2026, say that it refuses the block without it.
        errors: &["NoMatchingCondition", "NoMatchingError"],
        then: Then::Next,
        of: &[ContactFlow, CustomerQueue],
    },
    Action {
        name: "Compare",
        page: "flow-control-actions-compare.html",
        parameters: &[("ComparisonValue", Must, Path)],
        on: On::Equals,
        errors: &["NoMatchingCondition"],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "DequeueContactAndTransferToQueue",
        page: "contact-actions-dequeuecontactandtransfertoqueue.html",
        parameters: &[("QueueId", OneOf, Reference), ("AgentId", OneOf, Reference)],
        on: On::Nothing,
        errors: &["NoMatchingError", "QueueAtCapacity"],
        then: Then::Next,
        of: &[CustomerQueue],
    },
    Action {
        name: "DisconnectParticipant",
        page: "participant-actions-disconnectparticipant.html",
        parameters: &[],
        on: On::Nothing,
        errors: &[],
        then: Then::End,
        of: EVERYWHERE,
    },
    Action {
        name: "EndFlowExecution",
        page: "flow-control-actions-endflowexecution.html",
        parameters: &[],
        on: On::Nothing,
        errors: &[],
        then: Then::End,
        of: &[CustomerQueue, OutboundWhisper],
    },
    Action {
        name: "GetParticipantInput",
        page: "participant-actions-getparticipantinput.html",
        // The one of its two forms that stores digits. It has neither conditions nor an error for a caller who enters
        // nothing: adminguide/store-customer-input.html says that "Timeout" is stored then.
        parameters: &[
            ("Text", OneOf, Text),
            ("SSML", OneOf, Text),
            ("PromptId", OneOf, Reference),
            ("InputTimeLimitSeconds", Must, Whole(1, 180)),
            ("StoreInput", Must, Word(&["True"])),
            ("InputValidation/CustomValidation/MaximumLength", Must, Whole(1, 20)),
        ],
        on: On::Nothing,
        errors: &["NoMatchingError"],
        then: Then::Next,
        of: &[ContactFlow, CustomerQueue],
    },
    Action {
        name: "InvokeLambdaFunction",
        page: "interactions-invokelambdafunction.html",
        parameters: &[
            ("LambdaFunctionARN", Must, Reference),
            ("InvocationTimeLimitSeconds", Must, Whole(1, 8)),
            ("InvocationType", May, Word(&["SYNCHRONOUS"])),
            ("LambdaInvocationAttributes/*", May, Text),
            ("ResponseValidation/ResponseType", May, Word(&["STRING_MAP", "JSON"])),
        ],
        on: On::Nothing,
        errors: &["NoMatchingError"],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "Loop",
        page: "flow-control-actions-loop.html",
        parameters: &[("LoopCount", Must, Whole(0, 100))],
        on: On::Words(&["ContinueLooping", "DoneLooping"]),
        errors: &[],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "MessageParticipant",
        page: "participant-actions-messageparticipant.html",
        parameters: &[("Text", OneOf, Text), ("SSML", OneOf, Text), ("PromptId", OneOf, Reference)],
        on: On::Nothing,
        errors: &["NoMatchingError"],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "MessageParticipantIteratively",
        page: "participant-actions-messageparticipantiteratively.html",
        parameters: &[
            ("Messages/*/Text", May, Text),
            ("Messages/*/SSML", May, Text),
            ("Messages/*/PromptId", May, Reference),
            ("InterruptFrequencySeconds", May, Whole(1, 3600)),
        ],
        on: On::Words(&["MessagesInterrupted"]),
        errors: &["NoMatchingError"],
        // No NextAction: so Connect's own sample and default flows for waiting are exported. The page of actions in general
        // wants one of every action that continues.
        then: Then::IfInterrupted("InterruptFrequencySeconds"),
        of: &[CustomerQueue],
    },
    Action {
        name: "TransferContactToQueue",
        page: "contact-actions-transfercontacttoqueue.html",
        parameters: &[],
        on: On::Nothing,
        errors: &["NoMatchingError", "QueueAtCapacity"],
        then: Then::Next,
        of: &[ContactFlow],
    },
    Action {
        name: "UpdateContactAttributes",
        page: "contact-actions-updatecontactattributes.html",
        parameters: &[("Attributes/*", Must, Text), ("TargetContact", Must, Word(&["Current", "Related"]))],
        on: On::Nothing,
        errors: &["NoMatchingError"],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "UpdateContactEventHooks",
        page: "contact-actions-updatecontacteventhooks.html",
        // One hook a block; of the ten this one.
        parameters: &[("EventHooks/CustomerQueue", Must, Reference)],
        on: On::Nothing,
        errors: &["NoMatchingError"],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "UpdateContactRecordingBehavior",
        page: "contact-actions-updatecontactrecordingbehavior.html",
        parameters: &[("RecordingBehavior/RecordedParticipants", Must, Participants)],
        on: On::Nothing,
        errors: &[],
        then: Then::Next,
        of: EVERYWHERE,
    },
    Action {
        name: "UpdateContactTargetQueue",
        page: "contact-actions-updatecontacttargetqueue.html",
        parameters: &[("QueueId", OneOf, Reference), ("AgentId", OneOf, Reference)],
        on: On::Nothing,
        errors: &["NoMatchingError"],
        then: Then::Next,
        of: &[ContactFlow],
    },
];
