//! Checks a flow against the table of actions, and its graph in itself: nothing leads nowhere, everything can be
//! reached, and every path ends.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::flow_actions::{
    ACTIONS, Action, GUIDE,
    Is::{self, Participants, Path, Reference, Text, Whole, Word},
    Need::{Must, OneOf},
    Of, On, Then,
};

/// What is wrong with a flow; nothing, if AWS's pages allow it.
pub fn faults(flow: &Value, of: Of) -> Vec<String> {
    let mut faults = Vec::new();
    if flow["Version"] != "2019-10-30" {
        faults.push("Version is not 2019-10-30".to_owned());
    }
    let actions: Vec<&Map<String, Value>> =
        list(&flow["Actions"]).iter().filter_map(Value::as_object).collect();
    let mut targets = BTreeMap::new();
    let mut ends = BTreeSet::new();
    for action in &actions {
        let id = text(action, "Identifier");
        let mut say = |fault: String| faults.push(format!("{id}: {fault}"));
        identifier(id, &mut say);
        for name in action.keys() {
            if !["Identifier", "Type", "Parameters", "Transitions"].contains(&name.as_str()) {
                say(format!("{name} is no field of an action"));
            }
        }
        let (next, ended) = block(action, of, &mut say);
        if ended {
            ends.insert(id);
        }
        if targets.insert(id, next).is_some() {
            say("there are two of that name".to_owned());
        }
    }
    let start = flow["StartAction"].as_str().unwrap_or_default();
    let reached = closure(&targets, start);
    for id in &reached {
        if !targets.contains_key(id) {
            faults.push(format!("{id} is led to, and does not exist"));
        }
    }
    for (id, next) in &targets {
        if !reached.contains(id) {
            faults.push(format!("{id}: no path leads here"));
        }
        if closure(&targets, id).is_disjoint(&ends) {
            faults.push(format!("{id}: no path leads to an end"));
        }
        if !ends.contains(id) && next.is_empty() {
            faults.push(format!("{id}: leads nowhere"));
        }
    }
    let places = flow["Metadata"]["ActionMetadata"].as_object();
    if places.is_none_or(|places| places.keys().map(String::as_str).ne(targets.keys().copied())) {
        faults.push("not every block has its place in the designer, or others have one".to_owned());
    }
    faults
}

/// By AWS's flow-language-actions.html.
fn identifier(id: &str, say: &mut impl FnMut(String)) {
    let spoilt = id.contains(['%', ':', '(', '\\', '/', ')', '=', '$', ',', ';', '[', ']', '{', '}']);
    if id.is_empty() || id.len() > 50 || spoilt {
        say("that is no identifier".to_owned());
    }
}

/// Where the block leads, and whether the flow may end in it.
fn block<'a>(action: &'a Map<String, Value>, of: Of, say: &mut impl FnMut(String)) -> (Vec<&'a str>, bool) {
    let name = text(action, "Type");
    let Some(known) = ACTIONS.iter().find(|known| known.name == name) else {
        say(format!("{name} is no action of the table"));
        return (Vec::new(), false);
    };
    let mut about = |fault: String| say(format!("{fault} ({GUIDE}{})", known.page));
    if !known.of.contains(&of) {
        about(format!("{name} has no place in a flow of type {of:?}"));
    }
    let leaves = leaves(action.get("Parameters").unwrap_or(&Value::Null));
    parameters(known, &leaves, &mut about);
    let transitions = action.get("Transitions").and_then(Value::as_object).cloned().unwrap_or_default();
    let goes_on = match known.then {
        Then::Next => true,
        Then::End => false,
        Then::IfInterrupted(parameter) => leaves.iter().any(|(path, _)| path == parameter),
    };
    let wanted: &[&str] = match known.then {
        Then::End => &[],
        Then::Next => &["Conditions", "Errors", "NextAction"],
        Then::IfInterrupted(_) => &["Conditions", "Errors"],
    };
    if !transitions.keys().map(String::as_str).eq(wanted.iter().copied()) {
        about(format!("Transitions must be {wanted:?}"));
    }
    let given = action.get("Transitions").unwrap_or(&Value::Null);
    let (errors, branches) = (list(&given["Errors"]), list(&given["Conditions"]));
    let handled: BTreeSet<_> = errors.iter().filter_map(|error| error["ErrorType"].as_str()).collect();
    let wanted: &[&str] = if goes_on { known.errors } else { &[] };
    if handled != wanted.iter().copied().collect() || errors.len() != wanted.len() {
        about(format!("handles {handled:?}, not {wanted:?}"));
    }
    if !branches_fit(if goes_on { &known.on } else { &On::Nothing }, branches) {
        about("has other conditions than it may".to_owned());
    }
    let next = given["NextAction"].as_str().into_iter();
    let others = errors.iter().chain(branches).filter_map(|branch| branch["NextAction"].as_str());
    (next.chain(others).collect(), !goes_on)
}

fn parameters(known: &Action, leaves: &[(String, &Value)], say: &mut impl FnMut(String)) {
    for (path, value) in leaves {
        match known.parameters.iter().find(|(name, ..)| alike(name, path)) {
            None => say(format!("{path} is no parameter")),
            Some((.., is)) if !fits(is, value) => say(format!("{path} cannot be {value}")),
            Some(_) => {}
        }
    }
    let given = |name: &str| leaves.iter().any(|(path, _)| alike(name, path));
    for (name, need, _) in known.parameters {
        if matches!(need, Must) && !given(name) {
            say(format!("{name} is missing"));
        }
    }
    let choices = || known.parameters.iter().filter(|(_, need, _)| matches!(need, OneOf));
    if choices().count() > 0 && choices().filter(|(name, ..)| given(name)).count() != 1 {
        say("exactly one of its sources or queues must be given".to_owned());
    }
}

fn fits(is: &Is, value: &Value) -> bool {
    let Some(text) = value.as_str() else {
        let who: Option<Vec<_>> = list(value).iter().map(Value::as_str).collect();
        let allowed: [&[&str]; 4] = [&[], &["Agent"], &["Customer"], &["Agent", "Customer"]];
        return matches!(is, Participants)
            && value.is_array()
            && who.is_some_and(|who| allowed.contains(&&*who));
    };
    let path =
        || text.starts_with("$.") && text.chars().skip(2).all(|sign| sign.is_alphanumeric() || sign == '.');
    match is {
        Text => true,
        Word(words) => words.contains(&text),
        Whole(least, most) => text.parse().is_ok_and(|number: u32| (least..=most).contains(&&number)),
        Reference => path() || (text.starts_with("{{") && text.ends_with("}}")),
        Path => path(),
        Participants => false,
    }
}

fn branches_fit(on: &On, branches: &[Value]) -> bool {
    let is = |branch: &Value, operator| branch["Condition"]["Operator"] == operator;
    let operands: Vec<_> = branches.iter().map(|branch| list(&branch["Condition"]["Operands"])).collect();
    let one_each = operands.iter().all(|operands| operands.len() == 1 && operands[0].is_string());
    let words: Vec<_> = operands.iter().filter_map(|operands| operands.first()?.as_str()).collect();
    let equals = branches.iter().all(|branch| is(branch, "Equals"));
    one_each
        && match on {
            On::Nothing => branches.is_empty(),
            On::Equals => equals && !branches.is_empty(),
            On::Words(wanted) => equals && words == *wanted,
            On::Some => branches.iter().all(|branch| is(branch, "NumberGreaterThan")) && words == ["0"],
        }
}

/// Every value that is not an object, or a list of objects, with its path.
pub fn leaves(value: &Value) -> Vec<(String, &Value)> {
    let parts: Vec<(&str, &Value)> = match value {
        Value::Object(parts) => parts.iter().map(|(name, part)| (name.as_str(), part)).collect(),
        Value::Array(parts) if parts.iter().any(Value::is_object) => {
            parts.iter().map(|part| ("*", part)).collect()
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return vec![(String::new(), value)];
        }
    };
    let below =
        parts.into_iter().flat_map(|(name, part)| leaves(part).into_iter().map(move |leaf| (name, leaf)));
    below
        .map(|(name, (path, leaf))| (format!("{name}/{path}").trim_end_matches('/').to_owned(), leaf))
        .collect()
}

fn alike(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(part, given)| *part == "*" || *part == given)
}

/// What can be reached, the beginning included.
fn closure<'a>(targets: &BTreeMap<&'a str, Vec<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(targets.get(id).into_iter().flatten());
        }
    }
    reached
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(action: &'a Map<String, Value>, name: &str) -> &'a str {
    action.get(name).and_then(Value::as_str).unwrap_or_default()
}
