//! The agent in the world: what is done in Connect and at the machine, and how orders to Connect are answered.

use presence::{
    connect::{Activity, AgentSnapshot},
    engine::{Event, Machine, SetStatus},
    provenance::Provenance,
    teams::TeamsState,
};

use super::{super::centre::Ordered, World};

impl World {
    /// What the app feeds at every start.
    pub fn introduce(&mut self) {
        self.send(Event::Statuses(self.centre.statuses.clone()));
        self.send(Event::Machine(self.centre.machine));
    }

    pub fn agent(&mut self, snapshot: AgentSnapshot) {
        self.centre.agent(snapshot, self.now);
        self.report_agent();
    }

    pub fn lose_connect(&mut self) {
        self.centre.is_live = false;
        self.follow_connect();
        self.send(Event::ConnectLost);
    }

    /// The agent picks a status, contacts or not; with contacts it is queued.
    pub fn picks(&mut self, name: &str) {
        self.centre.picks(name, self.now);
        self.report_agent();
    }

    /// The agent's only contact is in this activity, or over. What is queued takes effect then.
    pub fn call(&mut self, activity: Option<Activity>) {
        self.centre.call(activity, self.now);
        self.report_agent();
    }

    pub fn report_agent(&mut self) {
        self.follow_connect();
        self.note_first_report();
        if let Some(snapshot) = self.centre.live().cloned() {
            self.send(Event::Agent(snapshot));
        }
        self.centre.took_next = None;
    }

    pub fn machine(&mut self, machine: Machine) {
        self.centre.machine = machine;
        self.send(Event::Machine(machine));
    }

    pub fn back(&mut self, yes: bool) {
        self.centre.answers(yes, self.now);
        self.send(Event::Back(yes));
    }

    pub fn release(&mut self) {
        self.released = self.engine.link().is_hidden();
        self.send(Event::Release);
    }

    pub fn enable_teams(&mut self, enabled: bool) {
        if enabled != self.centre.table.enabled {
            self.centre.table.enabled = enabled;
            self.centre.forget();
            self.send(Event::TeamsTable(self.centre.table.clone()));
        }
    }

    // The engine's orders.

    /// The laws of every single write to Connect.
    pub fn order(&mut self, order: SetStatus, before: &Provenance) {
        assert!(!self.quitting || self.disk.passage.is_some(), "nothing is written to Connect on quitting");
        assert!(!self.is_stopped() || self.disk.passage.is_some(), "the sync has stopped");
        if let Some(passage) = self.disk.passage.clone() {
            self.check_passage(&passage, &order);
        } else {
            assert!(!self.is_still(), "nothing is written to Connect now");
            self.check_answered();
            self.centre.check(&order, before, self.now);
        }
        let next = order.next;
        let name = order.status.as_str().trim_start_matches("arn:").to_owned();
        let ordered = if next { Ordered::Next(name) } else { Ordered::Set(name) };
        let state = self.disk.passage.as_ref().map(|passage| passage.state.clone());
        self.centre.order(ordered, order.seen, state, self.now);
    }

    fn check_answered(&self) {
        let row = |state: Option<&TeamsState>| state.and_then(|state| self.centre.row(state));
        assert_eq!(
            row(self.disk.answered.as_ref()),
            row(self.engine.teams()),
            "what is answered is what was read"
        );
    }

    pub fn answer_order(&mut self) {
        let Some(answer) = self.centre.carry_out() else { return };
        let has_changed = self.centre.has_changed();
        if has_changed && answer != Event::StatusSet {
            self.report_agent();
        }
        let is_set = answer == Event::StatusSet;
        self.send(answer);
        if has_changed && is_set {
            self.report_agent();
        }
    }

    // What tests ask.

    /// What was ordered in Connect.
    pub fn ordered(&self) -> Vec<Ordered> {
        self.centre.orders.iter().map(|(_, ordered)| ordered.clone()).collect()
    }

    /// The status chosen in Connect.
    pub fn chosen(&self) -> &str {
        &self.centre.snapshot.chosen.name
    }
}
