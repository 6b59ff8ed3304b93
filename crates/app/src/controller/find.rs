//! Carries out what the search of the directory, the photos and the list on disk ask for.
//!
//! Decides nothing: the machines [`find`](crate::machine::find), [`photos`](crate::machine::photos) and
//! [`cache`](crate::machine::cache) do.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use doctor::from_settings::account;
use people::{Person, PersonId};
use settings::Configured;
use tokio::sync::{mpsc, oneshot};

use super::{Controller, Outcome, to_graph::GraphRequest};
use crate::{
    host::Host,
    machine::{
        cache::{CacheIn, CacheOut},
        find::{FindContext, FindIn, FindOut},
        incoming::IncomingIn,
        licence::LicenceIn,
        photos::{PhotosIn, PhotosOut},
        recent::RecentIn,
        team::TeamIn,
    },
    shelf::{self, KeptDirectory, ShelfJob},
};

/// The most people of the previous run that are added to the list in one turn.
const MOST_IN_A_TURN: usize = 1_000;

/// Starts the task that keeps colleagues on disk; none while nothing is set up.
pub(super) fn shelf(
    data: &std::path::Path,
    set: Option<&Configured>,
    report: &mpsc::UnboundedSender<Outcome>,
) -> Option<mpsc::UnboundedSender<ShelfJob>> {
    let report = report.clone();
    set.map(|set| shelf::start(data, account(set), move |found| drop(report.send(Outcome::Shelf(found)))))
}

impl<H: Host> Controller<H> {
    pub(super) fn find(&mut self, input: FindIn) {
        let context = FindContext { found: self.team.roster().found() };
        for out in self.find.on(input, context, self.clock.now()) {
            match out {
                FindOut::Ask(text) => self.ask(GraphRequest::Search(text)),
                FindOut::Add(people) => {
                    self.team(TeamIn::Found(people));
                    self.find(FindIn::Added);
                }
            }
        }
    }

    pub(super) fn photos(&mut self, input: PhotosIn) {
        for out in self.photos.on(input, self.clock.now()) {
            match out {
                PhotosOut::Read(who) => self.ask(GraphRequest::Photo(who)),
                PhotosOut::Show { who, version } => self.team(TeamIn::Photo { who, version }),
                PhotosOut::Keep { who, photo } => {
                    if self.cache.is_on() {
                        self.to_shelf(ShelfJob::Photo { who, photo });
                    }
                }
                PhotosOut::Drop(people) => self.to_shelf(ShelfJob::Drop(people)),
            }
        }
    }

    pub(super) fn cache(&mut self, input: CacheIn) {
        for out in self.cache.on(input) {
            match out {
                CacheOut::Read => self.to_shelf(ShelfJob::Read),
                CacheOut::Show(people) => self.show_kept(people),
                CacheOut::Keep(kept) => self.to_shelf(ShelfJob::People(Box::new(kept))),
                CacheOut::Erase => self.to_shelf(ShelfJob::Erase),
                CacheOut::Forget => {
                    self.team(TeamIn::Forget);
                    self.photos(PhotosIn::Forget);
                }
            }
        }
    }

    /// Shows them in parts, each in a turn of its own: a large directory would take too long for one turn.
    fn show_kept(&self, people: Vec<Person>) {
        let mut people = people.into_iter();
        loop {
            let part: Vec<Person> = people.by_ref().take(MOST_IN_A_TURN).collect();
            if part.is_empty() {
                return;
            }
            drop(self.report.send(Outcome::Known(part)));
        }
    }

    /// The people and photos on disk were read.
    pub(super) fn kept_directory_was_read(&mut self, KeptDirectory { people, photos }: KeptDirectory) {
        self.cache(CacheIn::Read(people));
        if self.cache.is_on() {
            self.photos(PhotosIn::Kept(photos));
        }
    }

    /// Applies the settings of photos and of what is kept on disk, calls included.
    pub(super) fn follow_drawer_settings(&mut self) {
        let used = self.settings.used();
        let (photos, cache, recent) = (used.drawer_photos, used.drawer_cache, used.recent_calls);
        self.photos(PhotosIn::Allowed(photos));
        self.cache(CacheIn::Allowed(cache));
        self.recent(RecentIn::Allowed(recent));
    }

    /// Somebody else is signed in.
    pub(super) fn somebody_signed_in(&mut self) {
        self.find(FindIn::Over);
        self.licence.on(LicenceIn::AnotherPerson);
        if let Some(tenant) = self.login.who().map(|who| who.tenant_id.clone()) {
            self.cache(CacheIn::SignedIn { tenant });
        }
        self.set_owner_of_recent_calls();
    }

    /// The list of people is complete.
    pub(super) fn listed(&mut self) {
        if self.cache.is_on() {
            self.cache(CacheIn::Listed(self.team.people()));
        }
        // A caller may be known by now.
        self.incoming(IncomingIn::Calls);
    }

    /// The photo of a row as a `data:` address, if it is of that version.
    pub(super) fn photo(&self, person: &str, version: &str) -> Option<String> {
        let person = match PersonId::parse(person)? {
            PersonId::Entra(id) => id,
            PersonId::Connect(_) => return None,
        };
        let photo = self.photos.get(&person, version)?;
        Some(format!("data:{};base64,{}", photo.media_type(), STANDARD.encode(photo.bytes())))
    }

    /// Answers when everything that is to be kept is on disk.
    pub(super) fn flush_shelf(&self) -> Option<oneshot::Receiver<()>> {
        let (done, flushed) = oneshot::channel();
        self.shelf.as_ref()?.send(ShelfJob::Flush(done)).ok()?;
        Some(flushed)
    }

    pub(super) fn to_shelf(&self, job: ShelfJob) {
        if self.shelf.as_ref().is_some_and(|shelf| shelf.send(job).is_err()) {
            tracing::error!("the task that keeps colleagues on disk has ended");
        }
    }
}
