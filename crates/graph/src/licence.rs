//! Who has Teams: the licence filter in the forms that directories take, and the same rule applied here.
//!
//! A directory that finds a filter too complex may take a simpler one; the last form is none at all. Which form it is, is for
//! the caller to remember: nothing here asks twice.

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
/// Who is in the grace period after a licence ended can still use Teams.
const STATUSES: [&str; 2] = ["Enabled", "Warning"];

/// The id of a service plan: a GUID, so that it can stand in a filter as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanId(Hyphenated);

impl PlanId {
    /// Takes a GUID with hyphens; nothing else is a plan.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        id.parse().ok().map(Self)
    }
}

/// Whom to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directory {
    /// Everybody with one of these service plans, with numbers. Needs User.Read.All, which only an
    /// administrator can grant.
    Licensed {
        /// The plans; one is enough for a person to be listed.
        plans: Vec<PlanId>,
        /// Who leaves out the others.
        filter: LicenceFilter,
    },
    /// Everybody, licensed or not, with names and mail only: what a person may grant alone.
    Basic,
}

impl Directory {
    /// Everybody with a Teams licence of any kind, asked for in this form.
    #[must_use]
    pub fn licensed(filter: LicenceFilter) -> Self {
        Self::Licensed { plans: teams_plans(), filter }
    }
}

/// The form in which a directory is asked for those with a licence, the one that costs least first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LicenceFilter {
    /// The directory leaves out who has no licence, and accounts that are switched off.
    #[default]
    LicensedAndEnabled,
    /// It leaves out who has no licence. Accounts that are switched off are left out here.
    Licensed,
    /// It lists everybody with their plans, and both are left out here.
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

    /// The filter for those with one of these plans; none where there is nothing to filter.
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

/// Whether one of the plans that somebody has is one of these, and works; none where that cannot be read.
pub(crate) fn has_one_of(plans: &[PlanId], assigned: Option<&Lenient<Plan>>) -> Option<bool> {
    let assigned = assigned?;
    let is_one = |plan: &Plan| {
        let id = plan.service_plan_id.parse::<Uuid>().ok();
        let is_wanted = plans.iter().any(|wanted| id == Some(wanted.0.into_uuid()));
        is_wanted && STATUSES.iter().any(|status| plan.capability_status.eq_ignore_ascii_case(status))
    };
    let has = assigned.entries.iter().any(is_one);
    // A plan that cannot be read may be the one.
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
    fn what_is_no_guid_is_no_plan() {
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
