//! When a colleague may be called.

use jiff::Timestamp;
use people::{
    CallContext, CallRefusal, Country, Dialable, NotDialable, NumberFault, Verdict, VoiceLine, may_call,
};
use presence::teams::{Availability, Detail, TeamsState};
use proptest::{option, prelude::*, sample::select};

fn number() -> Result<Dialable, NotDialable> {
    Dialable::parse("01632 960000", Some(Country::GB))
}

fn free(number: &Result<Dialable, NotDialable>) -> CallContext<'_> {
    CallContext {
        connect_live: true,
        outbound_permission: true,
        countries: &[],
        line: VoiceLine::Free,
        number: Some(number),
        teams: None,
        teams_since: None,
        confirmed: false,
    }
}

#[test]
fn a_number_may_be_called_without_a_reason_against_it() {
    assert_eq!(may_call(&free(&number())), Verdict::Go);
}

#[test]
fn each_refusal_has_its_reason() {
    let number = number();
    let strange = Dialable::parse(" ask Anna ", None);
    let countries = ["us".to_owned(), "fr".to_owned()];
    let free = free(&number);
    for (context, refusal) in [
        (CallContext { number: None, ..free }, CallRefusal::NoNumber),
        (
            CallContext { number: Some(&strange), ..free },
            CallRefusal::NotDialable { number: "ask Anna".to_owned(), reason: NumberFault::Strange },
        ),
        (CallContext { connect_live: false, ..free }, CallRefusal::NotLoggedIn),
        (CallContext { outbound_permission: false, ..free }, CallRefusal::NoPermission),
        (
            CallContext { countries: &countries, ..free },
            CallRefusal::Country { country: Country::GB, code: "+44".to_owned() },
        ),
        (CallContext { line: VoiceLine::Ringing, ..free }, CallRefusal::Ringing),
        (CallContext { line: VoiceLine::InUse, ..free }, CallRefusal::OnACall),
    ] {
        assert_eq!(may_call(&context), Verdict::Refused(refusal));
    }
}

#[test]
fn a_missing_login_is_reported_before_the_permission() {
    let number = number();
    let context = CallContext { connect_live: false, outbound_permission: false, ..free(&number) };
    assert_eq!(may_call(&context), Verdict::Refused(CallRefusal::NotLoggedIn));
    assert_eq!(may_call(&CallContext { number: None, ..context }), Verdict::Refused(CallRefusal::NoNumber));
}

#[test]
fn countries_are_compared_without_case_and_numbers_without_a_country_are_not_refused() {
    let countries = ["US".to_owned(), "gb".to_owned()];
    for as_written in ["+441632960000", "+12065550119", "+80012345678"] {
        let number = Dialable::parse(as_written, None);
        assert_eq!(may_call(&CallContext { countries: &countries, ..free(&number) }), Verdict::Go);
    }
}

#[test]
fn do_not_disturb_needs_one_confirmation() {
    let number = number();
    let presenting = TeamsState::with(Availability::DoNotDisturb, Detail::Presenting);
    let since = Some(Timestamp::UNIX_EPOCH);
    let context = CallContext { teams: Some(&presenting), teams_since: since, ..free(&number) };
    assert_eq!(may_call(&context), Verdict::Ask { since });
    assert_eq!(may_call(&CallContext { confirmed: true, ..context }), Verdict::Go);
}

proptest! {
    #[test]
    fn the_verdict_depends_only_on_the_documented_conditions(
        flags in (any::<bool>(), any::<bool>(), select(vec![VoiceLine::Free, VoiceLine::Ringing, VoiceLine::InUse]), any::<bool>()),
        as_written in option::of(select(vec!["+441632960000", "+12065550119", "nobody"])),
        countries in select(vec![vec![], vec!["gb".to_owned()], vec!["us".to_owned(), "gb".to_owned()]]),
        availability in select(vec![Availability::Available, Availability::Busy, Availability::DoNotDisturb]),
    ) {
        let (connect_live, outbound_permission, line, confirmed) = flags;
        let number = as_written.map(|as_written| Dialable::parse(as_written, None));
        let state = TeamsState::plain(availability);
        let context = CallContext {
            connect_live,
            outbound_permission,
            countries: &countries,
            line,
            number: number.as_ref(),
            teams: Some(&state),
            teams_since: None,
            confirmed,
        };
        let dialable = number.as_ref().and_then(|number| number.as_ref().ok());
        let code = dialable.map(|number| number.country.unwrap().as_ref().to_ascii_lowercase());
        let allowed = code.is_some_and(|code| countries.is_empty() || countries.contains(&code));
        let may = connect_live && outbound_permission && line == VoiceLine::Free && allowed;
        let expected = match (may, availability == Availability::DoNotDisturb && !confirmed) {
            (true, false) => Some(Verdict::Go),
            (true, true) => Some(Verdict::Ask { since: None }),
            (false, _) => None,
        };
        let verdict = may_call(&context);
        match expected {
            Some(expected) => prop_assert_eq!(verdict, expected),
            None => prop_assert!(matches!(verdict, Verdict::Refused(_))),
        }
    }
}
