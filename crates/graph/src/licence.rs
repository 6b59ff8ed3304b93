//! The licence filter, which selects people who have Teams: the forms that directories accept, and the same rule in
//! Rust.
//!
//! A directory that finds a filter too complex may accept a simpler one; the last form is no filter. The caller
//! remembers which form works.

use uuid::{Uuid, fmt::Hyphenated};

use crate::wire::{Lenient, Plan};

/// Teams for companies, GCC, GCC High, DoD, and Teams Free (Entra: licensing-service-plan-reference).
const TEAMS_PLANS: [&str; 5] = [
    "57ff2da0-773e-42df-b2af-ffb7a2317929",
    "304767db-7d23-49e8-a945-4a7eb65f9f28",
    "9953b155-8aef-4c56-92f3-72b0487fce41",
    "fd500458-c24c-478e-856c-a6067a8376cd",
    "4fa4026d-ce74-4962-a151-8e96d57ea8e4",
];
/// `Warning` is the grace period after a licence has ended, in which Teams still works.
const STATUSES: [&str; 2] = ["Enabled", "Warning"];

/// The id of a service plan: a GUID, so that it needs no escaping in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanId(Hyphenated);

impl PlanId {
    /// Parses a GUID with hyphens; anything else is none.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        id.parse().ok().map(Self)
    }
}

/// Whom to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directory {
    /// Everybody with one of these service plans, with numbers. Needs User.Read.All, which only an administrator can
    /// grant.
    Licensed {
        /// The plans; a person is listed if they have one of them.
        plans: Vec<PlanId>,
        /// Where the others are filtered out.
        filter: LicenceFilter,
    },
    /// Everybody, licensed or not, with names and mail only: a person can grant this without an administrator.
    Basic,
}

impl Directory {
    /// Everybody with a Teams licence of any kind, requested in this form.
    #[must_use]
    pub fn licensed(filter: LicenceFilter) -> Self {
        Self::Licensed { plans: teams_plans(), filter }
    }
}

/// The forms in which a directory is asked for people with a licence, the cheapest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LicenceFilter {
    /// The directory filters by licence and by enabled account.
    #[default]
    LicensedAndEnabled,
    /// The directory filters by licence. Disabled accounts are filtered out here.
    Licensed,
    /// The directory lists everybody with their plans. Both filters are applied here.
    Here,
}

impl LicenceFilter {
    /// The next form for a directory that refuses this one; none after the last.
    #[must_use]
    pub const fn simpler(self) -> Option<Self> {
        match self {
            Self::LicensedAndEnabled => Some(Self::Licensed),
            Self::Licensed => Some(Self::Here),
            Self::Here => None,
        }
    }

    /// The filter for people with one of these plans; none if the directory does not filter.
    ///
    /// An advanced query in the one documented form: an id without quotes, a status with them.
    pub(crate) fn of(self, plans: &[PlanId]) -> Option<String> {
        let any = |(plan, status): (&PlanId, &str)| {
            format!("assignedPlans/any(p:p/servicePlanId eq {} and p/capabilityStatus eq '{status}')", plan.0)
        };
        let all = plans.iter().flat_map(|plan| STATUSES.map(|status| (plan, status)));
        let licensed = all.map(any).collect::<Vec<_>>().join(" or ");
        match self {
            Self::LicensedAndEnabled => Some(format!("accountEnabled eq true and ({licensed})")),
            Self::Licensed => Some(licensed),
            Self::Here => None,
        }
    }
}

/// Whether somebody has one of these plans, and it works; none if that cannot be read.
pub(crate) fn has_one_of(plans: &[PlanId], assigned: Option<&Lenient<Plan>>) -> Option<bool> {
    let assigned = assigned?;
    let is_one = |plan: &Plan| {
        let id = plan.service_plan_id.parse::<Uuid>().ok();
        let is_wanted = plans.iter().any(|wanted| id == Some(wanted.0.into_uuid()));
        is_wanted && STATUSES.iter().any(|status| plan.capability_status.eq_ignore_ascii_case(status))
    };
    let has = assigned.entries.iter().any(is_one);
    // A plan that cannot be read may be one of them.
    (has || assigned.skipped == 0).then_some(has)
}

pub(crate) fn teams_plans() -> Vec<PlanId> {
    TEAMS_PLANS.into_iter().filter_map(PlanId::new).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_teams_plans_are_all_plans() {
        assert_eq!(teams_plans().len(), TEAMS_PLANS.len());
    }

    #[test]
    fn every_form_is_simpler_than_the_one_before_and_the_last_is_no_filter() {
        let mut form = LicenceFilter::default();
        let mut lengths = vec![form.of(&teams_plans()).map_or(0, |filter| filter.len())];
        while let Some(next) = form.simpler() {
            form = next;
            lengths.push(form.of(&teams_plans()).map_or(0, |filter| filter.len()));
        }
        assert!(lengths.is_sorted_by(|one, next| one > next) && lengths.last() == Some(&0), "{lengths:?}");
    }

    #[test]
    fn a_plan_counts_if_it_is_one_of_teams_and_works() {
        let plans = |text: &str| serde_json::from_str::<Lenient<Plan>>(text).unwrap();
        let teams = |status: &str| {
            format!(
                r#"[{{"servicePlanId": "0feaeb32-d00e-4d66-bd5a-43b5b83db82c", "capabilityStatus": "Enabled"}},
                    {{"servicePlanId": "57FF2DA0-773E-42DF-B2AF-FFB7A2317929", "capabilityStatus": "{status}"}}]"#
            )
        };
        for (status, has) in
            [("Enabled", true), ("warning", true), ("Deleted", false), ("Suspended", false), ("", false)]
        {
            assert_eq!(has_one_of(&teams_plans(), Some(&plans(&teams(status)))), Some(has), "{status}");
        }
        assert_eq!(has_one_of(&teams_plans(), Some(&plans("[]"))), Some(false));
        assert_eq!(has_one_of(&teams_plans(), Some(&plans("[null]"))), None, "it may have been the one");
        assert_eq!(has_one_of(&teams_plans(), None), None);
    }

    #[test]
    fn only_a_guid_is_a_plan() {
        for text in
            ["", "57ff2da0", "57ff2da0-773e-42df-b2af-ffb7a231792", "57ff2da0-773e-42df-b2af-ffb7a2317929'"]
        {
            assert_eq!(PlanId::new(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_plan_can_never_end_its_filter(text in "\\PC{0,40}") {
            if let Some(plan) = PlanId::new(&text) {
                let written = plan.0.to_string();
                prop_assert!(written.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'));
            }
        }
    }
}
