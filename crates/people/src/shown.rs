//! Converts the texts of people and colleagues into visible lines.
//!
//! All people of the list are converted here, so that they are sorted and searched by what is shown. Numbers stay as they are
//! written, because a line break may separate two of them.

use presence::shown::{first, line};

use crate::{Colleague, Person};

/// The name of somebody without a visible text.
const NO_NAME: &str = "–";

impl Person {
    /// Converts all texts. The name is that of the directory, else an address, else whatever is visible.
    pub(crate) fn shown(self) -> Self {
        let Self { id, name, given, surname, upn, mail, department, job_title, numbers } = self;
        let (given, surname) = (line(&given).unwrap_or_default(), line(&surname).unwrap_or_default());
        let (upn, mail) = (line(&upn).unwrap_or_default(), mail.as_deref().and_then(line));
        let parts = format!("{given} {surname}");
        let address = mail.as_deref().unwrap_or_default();
        let name = first([name.as_str(), &upn, address, &parts, id.as_str(), NO_NAME]).unwrap_or_default();
        let (department, job_title) =
            (department.as_deref().and_then(line), job_title.as_deref().and_then(line));
        Self { id, name, given, surname, upn, mail, department, job_title, numbers }
    }
}

impl Colleague {
    /// Converts all texts. The name may stay empty, because a joined person's own name is shown; see [`Self::name_shown`].
    pub(crate) fn shown(self) -> Self {
        let Self { user, username, name, object_id, mails, number } = self;
        let mails = mails.iter().filter_map(|mail| line(mail)).collect();
        let (username, name) = (line(&username).unwrap_or_default(), line(&name).unwrap_or_default());
        Self { user, username, name, object_id, mails, number }
    }

    /// The name to show for somebody who is only in Connect: their name, else the user name, else whatever is visible.
    pub(crate) fn name_shown(&self) -> &str {
        let Self { user, username, name, mails, .. } = self;
        let mail = mails.first().map(String::as_str).unwrap_or_default();
        let all = [name.as_str(), username, mail, user.as_str()];
        all.into_iter().find(|text| !text.is_empty()).unwrap_or(NO_NAME)
    }
}
