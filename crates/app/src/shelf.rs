//! The data of colleagues in the data folder: `people.json`, names and numbers only; `photos`, a file each; and
//! `calls.json`, the recent calls with them.
//!
//! One task does one thing after the other, beside the loop and beside the lane, because nothing waits for it. It
//! decides nothing: [`crate::machine::cache`] and [`crate::machine::recent`] know what is kept, and of whom. What
//! cannot be read counts as missing.

mod calls;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use graph::{LARGEST_PHOTO, Photo};
use jiff::Timestamp;
use people::{Number, NumberKind, Person};
use presence::identity::ObjectId;
use serde::{Deserialize, Serialize};
use settings::atomic;
use tokio::sync::{mpsc, oneshot};

use crate::machine::{cache::KeptPeople, photos::KeptPhoto, recent::KeptCalls};

/// A longer file was not written by us: 60,000 people have some 20 MiB.
const LARGEST: u64 = 64 * 1024 * 1024;
/// More files in the folder of photos are not looked at.
const MOST_PHOTOS: usize = 4_000;

/// One thing to do.
#[derive(Debug)]
pub(crate) enum ShelfJob {
    /// Read everything; it is reported.
    Read,
    /// Keep this list.
    People(Box<KeptPeople>),
    /// Keep this photo.
    Photo { who: ObjectId, photo: Photo },
    /// Erase the photos of these people.
    Drop(Vec<ObjectId>),
    /// Erase all people and photos.
    Erase,
    /// Read the recent calls; they are reported.
    ReadCalls,
    /// Keep these calls instead of those on disk.
    Calls(Box<KeptCalls>),
    /// Erase the calls.
    EraseCalls,
    /// Report when every job before this one is done.
    Flush(oneshot::Sender<()>),
}

/// What was read.
#[derive(Debug)]
pub(crate) enum ShelfReport {
    /// The list of people and the photos.
    People(KeptDirectory),
    /// The recent calls; none if nothing was kept.
    Calls(Option<KeptCalls>),
}

/// What was kept of the list.
#[derive(Debug, Default)]
pub(crate) struct KeptDirectory {
    /// None if there is no list of this registration.
    pub(crate) people: Option<KeptPeople>,
    /// The photos, in no order.
    pub(crate) photos: Vec<KeptPhoto>,
}

/// Starts the task. `of` names the registration in use: what was kept for another one is erased. `report` gets what was
/// read.
pub(crate) fn start(
    data: &Path,
    of: String,
    report: impl Fn(ShelfReport) + Send + Sync + 'static,
) -> mpsc::UnboundedSender<ShelfJob> {
    let (sender, jobs) = mpsc::unbounded_channel();
    let shelf = Shelf { data: data.to_path_buf(), of };
    tokio::spawn(run(Arc::new(shelf), jobs, Arc::new(report)));
    sender
}

async fn run(
    shelf: Arc<Shelf>,
    mut jobs: mpsc::UnboundedReceiver<ShelfJob>,
    report: Arc<impl Fn(ShelfReport) + Send + Sync + 'static>,
) {
    while let Some(job) = jobs.recv().await {
        let (shelf, report) = (Arc::clone(&shelf), Arc::clone(&report));
        let done = tokio::task::spawn_blocking(move || shelf.carry_out(job, &*report)).await;
        if let Err(error) = done.unwrap_or_else(|stopped| Err(io::Error::other(stopped))) {
            tracing::warn!(%error, "colleagues could not be written to disk, or erased there");
        }
    }
}

/// The files of one data folder, for one registration. Blocking.
#[derive(Debug)]
struct Shelf {
    data: PathBuf,
    of: String,
}

impl Shelf {
    fn carry_out(&self, job: ShelfJob, report: &impl Fn(ShelfReport)) -> io::Result<()> {
        match job {
            ShelfJob::Read => report(ShelfReport::People(self.read())),
            ShelfJob::People(kept) => self.save_people(*kept)?,
            ShelfJob::Photo { who, photo } => self.save_photo(&who, &photo)?,
            ShelfJob::Drop(people) => people.iter().try_for_each(|who| self.drop_photo(who))?,
            ShelfJob::Erase => self.erase()?,
            ShelfJob::ReadCalls => report(ShelfReport::Calls(calls::read(&self.data))),
            ShelfJob::Calls(kept) => calls::save(&self.data, *kept)?,
            ShelfJob::EraseCalls => ignore_missing(fs::remove_file(calls::file(&self.data)))?,
            ShelfJob::Flush(done) => {
                let _nobody_waits = done.send(());
            }
        }
        Ok(())
    }

    fn people(&self) -> PathBuf {
        self.data.join("people.json")
    }

    fn photos(&self) -> PathBuf {
        self.data.join("photos")
    }

    /// None for an id that cannot be the name of a file.
    fn photo(&self, who: &ObjectId) -> Option<PathBuf> {
        let id = who.as_str();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (!id.is_empty() && id.len() <= 64 && id.bytes().all(is_plain)).then(|| self.photos().join(id))
    }

    fn read(&self) -> KeptDirectory {
        let Some(people) = self.load_people() else {
            // Without the list it is not known whose people the photos show.
            if let Err(error) = self.erase() {
                tracing::warn!(%error, "the kept colleagues could not be erased");
            }
            return KeptDirectory::default();
        };
        KeptDirectory { people: Some(people), photos: self.load_photos().unwrap_or_default() }
    }

    fn load_people(&self) -> Option<KeptPeople> {
        let path = self.people();
        if fs::metadata(&path).ok()?.len() > LARGEST {
            return None;
        }
        let bytes = fs::read(path).ok()?;
        let file: PeopleFile = serde_json::from_slice(&bytes)
            .inspect_err(|_| {
                // The error of serde may repeat a name.
                tracing::warn!("the kept list of people is damaged or foreign, and is ignored");
            })
            .ok()?;
        let people = file.people.into_iter().map(Person::from).collect();
        (file.of == self.of).then_some(KeptPeople { tenant: file.tenant, people })
    }

    fn save_people(&self, KeptPeople { tenant, people }: KeptPeople) -> io::Result<()> {
        let people = people.into_iter().map(PersonRow::from).collect();
        let bytes = serde_json::to_vec(&PeopleFile { of: self.of.clone(), tenant, people })?;
        // Most lists are the same as an hour before.
        if fs::read(self.people()).is_ok_and(|kept| kept == bytes) {
            return Ok(());
        }
        atomic::write(&self.people(), &bytes)
    }

    fn load_photos(&self) -> io::Result<Vec<KeptPhoto>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.photos())?.take(MOST_PHOTOS) {
            let entry = entry?;
            let (about, name) = (entry.metadata()?, entry.file_name());
            let Some(id) = name.to_str().filter(|_| about.is_file() && about.len() <= LARGEST_PHOTO as u64)
            else {
                continue;
            };
            let photo = fs::read(entry.path()).ok().and_then(Photo::new);
            let read = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let read = Timestamp::try_from(read).unwrap_or(Timestamp::UNIX_EPOCH);
            found.extend(photo.map(|photo| KeptPhoto { who: ObjectId::new(id), photo, read }));
        }
        Ok(found)
    }

    fn save_photo(&self, who: &ObjectId, photo: &Photo) -> io::Result<()> {
        self.photo(who).map_or(Ok(()), |path| atomic::write(&path, photo.bytes()))
    }

    fn drop_photo(&self, who: &ObjectId) -> io::Result<()> {
        self.photo(who).map_or(Ok(()), |path| ignore_missing(fs::remove_file(path)))
    }

    fn erase(&self) -> io::Result<()> {
        ignore_missing(fs::remove_file(self.people()))?;
        ignore_missing(fs::remove_dir_all(self.photos()))
    }
}

/// A file that did not exist counts as removed.
fn ignore_missing(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// `people.json`.
#[derive(Debug, Serialize, Deserialize)]
struct PeopleFile {
    of: String,
    tenant: String,
    people: Vec<PersonRow>,
}

/// A person; what is empty is left out.
#[derive(Debug, Serialize, Deserialize)]
struct PersonRow {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    given: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    surname: String,
    upn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    work: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mobile: Option<String>,
}

impl From<Person> for PersonRow {
    fn from(person: Person) -> Self {
        let Person { id, name, given, surname, upn, mail, department, job_title, numbers } = person;
        let number =
            |kind| numbers.iter().find(|number| number.kind == kind).map(|number| number.as_written.clone());
        let (work, mobile) = (number(NumberKind::Work), number(NumberKind::Mobile));
        let id = id.as_str().to_owned();
        Self { id, name, given, surname, upn, mail, department, title: job_title, work, mobile }
    }
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        let PersonRow { id, name, given, surname, upn, mail, department, title, work, mobile } = row;
        let numbers = [(NumberKind::Work, work), (NumberKind::Mobile, mobile)].into_iter();
        let numbers =
            numbers.filter_map(|(kind, number)| Some(Number { kind, as_written: number? })).collect();
        Self { id: ObjectId::new(id), name, given, surname, upn, mail, department, job_title: title, numbers }
    }
}

#[cfg(test)]
mod tests;
