//! The signed-in person: profile, own presence, and writes to it.
//!
//! Reads use `/me`, writes use the object id, as the reference pages document.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{
    engine::Write,
    identity::ObjectId,
    shown,
    teams::{PreferredPresence, Reading, SessionPresence, TeamsState},
};
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    DirectoryNumber, Graph, GraphError, Me, NumberKind, StatusMessage,
    transport::{self, SHORT, right},
    wire::{self, Lenient, filled},
};

const NO_PRESENCE: &str = "it is not a presence";
const NO_PERSON: &str = "it is not a person";

/// The own presence as Graph reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPresence {
    /// The state.
    pub reading: Reading,
    /// The status message; none if it is missing or empty.
    pub message: Option<StatusMessage>,
}

impl Graph {
    /// Reads the profile of the signed-in person (Graph: user-get).
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn me(&self, token: &SecretString) -> Result<Me, GraphError> {
        let select = "id,displayName,userPrincipalName,mail,department,businessPhones,mobilePhone";
        let mut url = self.address(&["me"]);
        url.set_query(Some(&format!("$select={select}")));
        let user: wire::User =
            transport::read(self.page(url), token, SHORT, right::USER_READ, NO_PERSON).await?;
        let numbers = numbers(user.business_phones, user.mobile_phone);
        let (upn, mail) = (filled(user.user_principal_name), filled(user.mail));
        let names = [&user.display_name, &upn, &mail].into_iter().flatten();
        let (Some(id), Some(name)) = (filled(user.id), shown::first(names.map(String::as_str))) else {
            return Err(GraphError::Malformed(NO_PERSON));
        };
        let (upn, department) = (upn.unwrap_or_default(), filled(user.department));
        Ok(Me { id: ObjectId::new(id), name, upn, mail, department, numbers })
    }

    /// Reads the own presence with the status message (Graph: presence-get). `at` is when the request is sent.
    ///
    /// # Errors
    /// See [`GraphError`]. An answer without an availability is [`GraphError::Malformed`]: in one tenant Graph was seen
    /// to answer with a user here.
    pub async fn own_presence(&self, token: &SecretString, at: Timestamp) -> Result<OwnPresence, GraphError> {
        let request = self.request(Method::GET, &["me", "presence"]);
        let answer = transport::read(request, token, SHORT, right::PRESENCE_READ, NO_PRESENCE).await?;
        let presence = match answer {
            wire::OnePresence::Plain(presence) => Some(presence),
            wire::OnePresence::Wrapped { value } => value.entries.into_iter().next(),
        };
        let mut presence = presence.ok_or(GraphError::Malformed(NO_PRESENCE))?;
        let sequence = filled(presence.sequence_number.take());
        let state = state(&presence).ok_or(GraphError::Malformed(NO_PRESENCE))?;
        let message = presence.status_message.and_then(StatusMessage::of);
        Ok(OwnPresence { reading: Reading { state, sequence, at }, message })
    }

    /// Sends one write (Graph: presence-setpresence, presence-clearpresence, presence-setuserpreferredpresence,
    /// presence-clearuserpreferredpresence). Clearing a session that does not exist is a success.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn write(&self, token: &SecretString, own: &ObjectId, write: &Write) -> Result<(), GraphError> {
        let (action, body) = self.action(write);
        let request = self.request(Method::POST, &["users", own.as_str(), "presence", action]).json(&body);
        match (transport::send(request, token, SHORT, right::PRESENCE_WRITE).await, write) {
            (Ok(_), _) | (Err(GraphError::NotFound { .. }), Write::ClearSession) => Ok(()),
            (Err(error), _) => Err(error),
        }
    }

    fn action(&self, write: &Write) -> (&'static str, Value) {
        let session = &self.application_id;
        match *write {
            Write::SetSession { value, expiry } => {
                let (availability, activity) = match value {
                    SessionPresence::Available => ("Available", "Available"),
                    SessionPresence::InCall => ("Busy", "InACall"),
                };
                let expiry = duration(expiry);
                let body = json!({
                    "sessionId": session, "availability": availability, "activity": activity,
                    "expirationDuration": expiry,
                });
                ("setPresence", body)
            }
            Write::ClearSession => ("clearPresence", json!({ "sessionId": session })),
            Write::SetPreferred { value, expiry } => {
                let (availability, activity) = match value {
                    PreferredPresence::Busy => ("Busy", "Busy"),
                    PreferredPresence::DoNotDisturb => ("DoNotDisturb", "DoNotDisturb"),
                    PreferredPresence::BeRightBack => ("BeRightBack", "BeRightBack"),
                    PreferredPresence::AppearAway => ("Away", "Away"),
                    PreferredPresence::AppearOffline => ("Offline", "OffWork"),
                };
                let expiry = duration(expiry);
                let body = json!({ "availability": availability, "activity": activity, "expirationDuration": expiry });
                ("setUserPreferredPresence", body)
            }
            Write::ClearPreferred => ("clearUserPreferredPresence", json!({})),
        }
    }
}

/// The state of a presence; none without an availability.
pub(crate) fn state(presence: &wire::Presence) -> Option<TeamsState> {
    let availability = presence.availability.as_deref()?;
    let activity = presence.activity.as_deref().unwrap_or_default();
    let out = presence.out_of_office_settings.as_ref().and_then(|out| out.is_out_of_office).unwrap_or(false);
    Some(TeamsState::parse(availability, activity, out))
}

/// The numbers of a person without blank ones, the business number first.
pub(crate) fn numbers(business: Option<Lenient<String>>, mobile: Option<String>) -> Vec<DirectoryNumber> {
    let business = business.map(|all| all.entries).unwrap_or_default();
    let business = business.into_iter().map(|number| (NumberKind::Business, number));
    let mobile = mobile.into_iter().map(|number| (NumberKind::Mobile, number));
    business
        .chain(mobile)
        .filter(|(_, number)| !number.trim().is_empty())
        .map(|(kind, as_written)| DirectoryNumber { kind, as_written })
        .collect()
}

/// An ISO 8601 duration in whole seconds.
fn duration(length: Duration) -> String {
    SignedDuration::from_secs(i64::try_from(length.as_secs()).unwrap_or(i64::MAX)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_iso_8601() {
        let written = [3600, 14_400, 600, 300, 90, 1, 0].map(|s| duration(Duration::from_secs(s)));
        assert_eq!(written, ["PT1H", "PT4H", "PT10M", "PT5M", "PT1M30S", "PT1S", "PT0S"]);
    }
}
