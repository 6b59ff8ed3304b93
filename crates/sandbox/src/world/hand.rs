//! What somebody does to Contoso: the agent in ConnectPath and in Teams, colleagues, administrators, and bad luck. Every
//! operation of the control API is a method of [`World`]; those of calls are in `world/calls.rs`.

use std::num::NonZeroU16;
use std::time::Duration;

use axum::http::StatusCode;
use jiff::SignedDuration;
use thiserror::Error;
use uuid::Uuid;

use super::World;
use super::agent::Refused;
use super::day::Day;
use super::faults::{Cause, Fault};
use super::instance::InstanceShape;
use super::listing::Listing;
use super::policy::{ClientSecret, IdTokenOddity, Refusal};
use super::presence::{Availability, NoSuchChoice, PreferredPresence, Presence};
use super::words::Words;

/// There is no colleague with that id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("There is no such colleague.")]
pub struct NoSuchPerson;

/// Everybody who can be hired has been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("There is nobody left to hire.")]
pub struct NobodyToHire;

impl World {
    /// The agent picks a status in ConnectPath, by name; on a live contact it becomes the next one.
    ///
    /// # Errors
    /// There is no such status, or the agent has a contact that came to nothing and is not cleared.
    pub fn choose_status(&self, name: &str) -> Result<(), Refused> {
        self.with(|state, now| {
            let status = state.statuses.by_name(name)?;
            state.agent.choose(status, now)
        })
    }

    /// The agent logs in to Connect, or the session ends.
    pub fn set_logged_in(&self, logged_in: bool) {
        self.with(|state, now| match (logged_in, state.agent.login()) {
            (true, None) => {
                state.agent.log_in();
                state.panel.logged_in(now);
            }
            (false, Some(_)) => state.agent.log_out(),
            (true, Some(_)) | (false, None) => {}
        });
    }

    /// The administrator writes the list of approved origins: sites that may frame the agent panel beside the
    /// instance itself.
    pub fn set_approved_origins(&self, origins: Vec<String>) {
        self.with(|state, _| state.approved_origins = origins);
    }

    /// What the agent's Teams client finds by itself; Offline when it does not run.
    pub fn set_teams(&self, presence: Presence) {
        let running = presence.availability != Availability::Offline;
        self.with(|state, _| state.own.set_teams(running.then_some(presence)));
    }

    /// The agent picks a presence by hand in Teams, or resets it.
    ///
    /// # Errors
    /// Teams offers no such choice.
    pub fn choose_presence(&self, presence: Option<Presence>) -> Result<(), NoSuchChoice> {
        let chosen =
            presence.map(|presence| PreferredPresence::new(presence).ok_or(NoSuchChoice)).transpose()?;
        self.with(|state, now| match chosen {
            Some(chosen) => state.own.prefer(chosen, chosen.usual_expiry(), now),
            None => state.own.clear_preferred(),
        });
        Ok(())
    }

    /// A meeting of the calendar begins or ends.
    pub fn set_meeting(&self, on: bool) {
        self.with(|state, _| state.own.set_meeting(on));
    }

    /// Nobody touches the agent's machine any more: an Available Teams client shows inactive, 5 minutes later
    /// Away. Or somebody does again.
    pub fn set_idle(&self, idle: bool) {
        self.with(|state, now| state.own.set_idle(idle, now));
    }

    /// Sets what a colleague shows, or lets them follow their own course again.
    ///
    /// # Errors
    /// There is no such colleague.
    pub fn move_colleague(&self, id: Uuid, to: Option<Presence>) -> Result<(), NoSuchPerson> {
        let colleague = self.directory().find(id).filter(|person| person.id != self.directory().agent().id);
        colleague.ok_or(NoSuchPerson)?;
        self.with(|state, now| state.floor.move_to(id, to, now));
        Ok(())
    }

    /// Somebody new begins to work here, with Teams: in the directory from now on, and in no list that was read before.
    /// Yields the name.
    ///
    /// # Errors
    /// There is nobody left.
    pub fn hire(&self) -> Result<String, NobodyToHire> {
        self.with(|state, _| {
            let newcomer = self.directory().next_hire(state.hired).ok_or(NobodyToHire)?;
            state.hired += 1;
            Ok(newcomer.display_name())
        })
    }

    /// The colleagues live through an ordinary day, from an hour of the clock on, `pace` times as fast as a
    /// real one; or, with None, do what they always do.
    pub fn set_day(&self, day: Option<(u8, NonZeroU16)>) {
        self.with(|state, now| {
            state.floor.set_day(day.map(|(hour, pace)| Day::new(hour, pace, now)), now);
        });
    }

    /// Graph throttles for a while, each time asking to wait `retry_after` seconds. Zero ends it.
    pub fn throttle(&self, lasts: Duration, retry_after: u32) {
        let fault = Fault { lasts: Some(lasts), ..Fault::refusal(StatusCode::TOO_MANY_REQUESTS) };
        let fault = fault.with_retry_after(&retry_after.to_string());
        self.with(|state, now| state.faults.set(Cause::Throttled, fault, now));
    }

    /// Graph answers 503 to everything, or works again.
    pub fn set_graph_down(&self, down: bool) {
        self.with(|state, now| match down {
            true => state.faults.set(Cause::Down, Fault::refusal(StatusCode::SERVICE_UNAVAILABLE), now),
            false => state.faults.end(Cause::Down),
        });
    }

    /// Ends every fault of Microsoft's services, and everything odd about the directory, the agent panel, Connect's
    /// words, the next dial and the agent's own error.
    pub fn clear_trouble(&self) {
        self.with(|state, now| {
            state.faults.clear();
            state.listing = Listing::default();
            state.instance_shape = InstanceShape::default();
            state.panel.set(None, now);
            state.spoken.set(Words::default(), now);
            state.agent.set_next_dial(None);
            state.agent.set_error(None, now);
        });
    }

    /// Ends every grant at once, as a changed password does: access tokens too.
    pub fn revoke(&self) {
        self.with(|state, _| state.grants.revoke());
    }

    /// Ends every grant as if it had not been used for 90 days: access tokens too.
    pub fn lapse(&self) {
        self.with(|state, _| state.grants.lapse());
    }

    /// Conditional Access wants to see the person this many days after each sign-in, or never.
    pub fn set_sign_in_frequency(&self, days: Option<u16>) {
        let frequency = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
        self.with(|state, _| state.grants.set_frequency(frequency));
    }

    /// Entra refuses everybody for this reason; None ends it.
    pub fn refuse_sign_in(&self, refusal: Option<Refusal>) {
        self.with(|state, _| state.policy.refusal = refusal);
    }

    /// Makes the registration a confidential one with this secret, or a public one.
    pub fn set_client_secret(&self, secret: Option<ClientSecret>) {
        self.with(|state, _| state.policy.secret = secret);
    }

    /// Graph challenges every token that was not asked for with its claims, as continuous access evaluation does; or
    /// no longer.
    pub fn set_challenge(&self, on: bool) {
        self.with(|state, _| state.policy.challenge = on);
    }

    /// The token endpoint decides at once, and answers only after this.
    pub fn slow_entra_down(&self, delay: Duration) {
        self.with(|state, now| match delay {
            Duration::ZERO => state.faults.end(Cause::Slow),
            delay => state.faults.set(Cause::Slow, Fault::slow(delay), now),
        });
    }

    /// The next person who signs in is of another tenant; or is the agent again.
    pub fn set_stranger(&self, on: bool) {
        self.with(|state, _| state.policy.stranger = on);
    }

    /// Sets what ID tokens say of the person; None is the usual.
    pub fn set_id_token(&self, oddity: Option<IdTokenOddity>) {
        self.with(|state, _| state.policy.id_token = oddity);
    }

    /// Whether a login that asks for rights without approval is granted the others, or is refused.
    pub fn set_grants_less(&self, on: bool) {
        self.with(|state, _| state.policy.grants_less = on);
    }

    /// An administrator has approved of the rights that a person cannot grant, or has not yet.
    pub fn set_approved(&self, approved: bool) {
        self.with(|state, _| state.policy.unapproved = !approved);
    }

    /// The directory does not show people the tenant's names, or does again.
    pub fn set_nameless(&self, on: bool) {
        self.with(|state, _| state.policy.nameless = on);
    }

    /// Ends every access token; the next refresh yields a new one.
    pub fn expire_access_tokens(&self) {
        self.with(|state, _| state.grants.expire_access());
    }
}
