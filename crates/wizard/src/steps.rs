//! The steps of the wizard: what each of them still lacks, and which can be opened.

use view::{
    setup::{SetupName, SetupStep},
    words::say,
};

use super::{checks::Light, draft::Draft, fields::name_words, known::Basis};

/// In their order.
pub(super) const STEPS: [SetupStep; 5] = [
    SetupStep::Registration,
    SetupStep::Instance,
    SetupStep::ConnectToTeams,
    SetupStep::TeamsToConnect,
    SetupStep::Save,
];

/// Whether a step can be opened now: it was open before, or everything before it fits.
pub fn can_open(draft: &Draft, basis: Basis<'_>, wanted: SetupStep) -> bool {
    let it = Steps { draft, basis };
    let before = || STEPS.into_iter().filter(|step| *step < wanted);
    wanted <= draft.step || before().all(|step| it.is_done(step))
}

/// Whether only a check that is under way can keep a step from being opened.
pub fn may_open(draft: &Draft, basis: Basis<'_>, wanted: SetupStep) -> bool {
    let it = Steps { draft, basis };
    STEPS.into_iter().filter(|step| *step < wanted).all(|step| it.left(step).is_empty())
}

/// Whether it can be saved.
pub fn can_save(draft: &Draft, basis: Basis<'_>) -> bool {
    can_open(draft, basis, SetupStep::Save) && Steps { draft, basis }.left(SetupStep::Save).is_empty()
}

/// The names of the checks that failed. One that reached nothing is not the fault of a value.
fn failed<'a>(lights: impl IntoIterator<Item = (&'static str, &'a Light)>) -> impl Iterator<Item = String> {
    let failed = lights.into_iter().filter(|(_, light)| light.is_failed());
    failed.map(|(key, light)| say(if light.is_unreached() { "setup.left.network" } else { key }))
}

/// The steps, and what they lack.
pub(super) struct Steps<'a> {
    pub(super) draft: &'a Draft,
    pub(super) basis: Basis<'a>,
}

impl Steps<'_> {
    /// What a step still lacks, by the names on the page.
    pub(super) fn left(&self, step: SetupStep) -> Vec<String> {
        match step {
            SetupStep::Registration => self.registration_left(),
            SetupStep::Instance => self.instance_left(),
            // A loop goes through both tables and can be fixed in either; step 4 is the last place for it.
            SetupStep::ConnectToTeams => self.hold_left(),
            SetupStep::TeamsToConnect => {
                self.hold_left().into_iter().chain(self.has_loop().then(|| say("setup.loop"))).collect()
            }
            SetupStep::Save => {
                let before = STEPS.into_iter().filter(|step| *step < SetupStep::Save);
                let mut left: Vec<String> = before.flat_map(|step| self.left(step)).collect();
                // Both tables have the same hold.
                left.dedup();
                left
            }
        }
    }

    fn hold_left(&self) -> Vec<String> {
        self.mistake(SetupName::Hold).map(|_| name_words(SetupName::Hold)).into_iter().collect()
    }

    fn registration_left(&self) -> Vec<String> {
        let required = [SetupName::Tenant, SetupName::ClientId].into_iter().filter(|name| self.lacks(*name));
        let optional = [SetupName::SecretExpires].into_iter().filter(|name| self.mistake(*name).is_some());
        let mut left: Vec<String> = required.chain(optional).map(name_words).collect();
        if let (true, Some(found)) = (left.is_empty(), self.basis.lights.registration.found()) {
            let lights = [
                ("setup.check.tenant", &found.tenant),
                ("setup.check.application", &found.application),
                ("setup.check.redirect", &found.redirect),
                ("setup.check.secret", &found.secret),
            ];
            left.extend(failed(lights));
        }
        left
    }

    fn instance_left(&self) -> Vec<String> {
        let required = [SetupName::Instance].into_iter().filter(|name| self.lacks(*name));
        let optional = [SetupName::Start].into_iter().filter(|name| self.mistake(*name).is_some());
        let mut left: Vec<String> = required.chain(optional).map(name_words).collect();
        if let (true, Some(found)) = (left.is_empty(), self.basis.lights.instance.found()) {
            let lights = [("setup.check.reached", &found.reached), ("setup.check.ccp", &found.ccp)];
            left.extend(failed(lights));
        }
        left
    }

    pub(super) fn has_loop(&self) -> bool {
        !self.basis.lint.loops.is_empty() && !self.draft.loops_accepted
    }

    pub(super) fn is_checking(&self, step: SetupStep) -> bool {
        match step {
            SetupStep::Registration => self.basis.lights.registration.found().is_none(),
            SetupStep::Instance => self.basis.lights.instance.found().is_none(),
            SetupStep::ConnectToTeams | SetupStep::TeamsToConnect => false,
            SetupStep::Save => {
                self.is_checking(SetupStep::Registration) || self.is_checking(SetupStep::Instance)
            }
        }
    }

    /// Nothing is missing, and everything that can be checked has been.
    pub(super) fn is_done(&self, step: SetupStep) -> bool {
        self.left(step).is_empty() && !self.is_checking(step)
    }

    pub(super) fn mistake(&self, name: SetupName) -> Option<String> {
        self.draft.mistake(self.basis.loaded, name)
    }

    fn lacks(&self, name: SetupName) -> bool {
        self.draft.now.field(name).trim().is_empty() || self.mistake(name).is_some()
    }
}
