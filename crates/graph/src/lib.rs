//! Microsoft Graph: own presence, colleagues' presence, people.
