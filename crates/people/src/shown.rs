//! What is shown of somebody: the texts of a directory as lines that can be seen.
//!
//! Everybody in the list passes here, wherever they come from, so that what is sorted and searched is what is shown. Numbers
//! stay as they were written: a line break may be what keeps two of them apart.

use presence::shown::{first, line};

use crate::{Colleague, Person};

/// For somebody of whom nothing can be seen.
const NOBODY: &str = "–";

impl Person {
    /// With a name that can be seen: that of the directory, else an address of theirs, else what is left.
    pub(crate) fn shown(self) -> Self {
        let Self { id, name, given, surname, upn, mail, department, job_title, numbers } = self;
        let (given, surname) = (line(&given).unwrap_or_default(), line(&surname).unwrap_or_default());
        let (upn, mail) = (line(&upn).unwrap_or_default(), mail.as_deref().and_then(line));
        let parts = format!("{given} {surname}");
        let address = mail.as_deref().unwrap_or_default();
        let name = first([name.as_str(), &upn, address, &parts, id.as_str(), NOBODY]).unwrap_or_default();
        let (department, job_title) =
            (department.as_deref().and_then(line), job_title.as_deref().and_then(line));
        Self { id, name, given, surname, upn, mail, department, job_title, numbers }
    }
}

impl Colleague {
    /// With a name that can be seen: that of Connect, else the user name, else what is left. It stays empty beside a person,
    /// whose name is shown; see [`Self::name_shown`].
    pub(crate) fn shown(self) -> Self {
        let Self { user, username, name, object_id, mails, number } = self;
        let mails = mails.iter().filter_map(|mail| line(mail)).collect();
        let (username, name) = (line(&username).unwrap_or_default(), line(&name).unwrap_or_default());
        Self { user, username, name, object_id, mails, number }
    }

    /// What to call them if Connect alone knows them.
    pub(crate) fn name_shown(&self) -> &str {
        let Self { user, username, name, mails, .. } = self;
        let mail = mails.first().map(String::as_str).unwrap_or_default();
        let all = [name.as_str(), username, mail, user.as_str()];
        all.into_iter().find(|text| !text.is_empty()).unwrap_or(NOBODY)
    }
}
