//! Photos of the people on screen: which one is read next, and which are kept.
//!
//! No row waits for a photo, and one at a time is asked for. It touches no file and makes no picture.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use graph::{ErrorKind, Photo};
use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, moment::later, redate::Redate};

use super::gate::NextRequest;

/// The shortest time from one request to the next.
const PACE: Duration = Duration::from_secs(1);
/// A photo is read again after this: people seldom change it.
const PHOTO_LASTS: Duration = Duration::from_secs(7 * 24 * 3600);
/// A person without a photo is asked about again after this.
const NONE_LASTS: Duration = Duration::from_secs(24 * 3600);
/// A missing right is tried again after this, if nobody signs in with more rights before.
const NOT_ALLOWED: Duration = Duration::from_secs(24 * 3600);
/// At most this many people are remembered, with or without a photo; those who were on screen longest ago make room.
const MOST_PEOPLE: usize = 2_000;
/// All photos together have at most this many bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A photo that was kept on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptPhoto {
    /// Whose.
    pub(crate) who: ObjectId,
    /// The photo.
    pub(crate) photo: Photo,
    /// When it was read from Microsoft.
    pub(crate) read: Timestamp,
}

/// What comes in.
#[derive(Debug)]
pub(crate) enum PhotosIn {
    /// The settings allow photos, or no longer.
    Allowed(bool),
    /// What was kept on disk.
    Kept(Vec<KeptPhoto>),
    /// Somebody is signed in.
    SignedIn {
        /// It is somebody else than before, or there are more rights.
        more: bool,
    },
    /// Nobody is signed in: what was asked for was not sent.
    SignedOut,
    /// Everybody is of another tenant.
    Forget,
    /// The drawer was opened or closed.
    DrawerOpen(bool),
    /// These people are on screen.
    OnScreen(Vec<ObjectId>),
    /// A photo was read; none if the person has none.
    Read {
        /// Whose.
        who: ObjectId,
        /// The photo.
        photo: Option<Photo>,
    },
    /// It was not read.
    Failed {
        /// Whose.
        who: ObjectId,
        /// Why.
        kind: ErrorKind,
        /// When the service may be asked again.
        next: NextRequest,
    },
    /// It was not asked for, and may not be before this moment.
    Held {
        /// Whose.
        who: ObjectId,
        /// The moment.
        until: Timestamp,
    },
    /// The deadline has come.
    Due,
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PhotosOut {
    /// Read the photo of this person.
    Read(ObjectId),
    /// The row of this person has the photo of this version, or none.
    Show {
        /// Whose.
        who: ObjectId,
        /// The version.
        version: Option<String>,
    },
    /// Keep this on disk.
    Keep {
        /// Whose.
        who: ObjectId,
        /// The photo.
        photo: Photo,
    },
    /// Erase the photos of these people on disk.
    Drop(Vec<ObjectId>),
}

/// What is known of a person's photo.
#[derive(Debug)]
struct KnownPhoto {
    photo: Option<Photo>,
    read: Timestamp,
    /// A growing number: when the person was last on screen.
    seen: u64,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Photos {
    allowed: bool,
    signed_in: bool,
    open: bool,
    asking: bool,
    known: HashMap<ObjectId, KnownPhoto>,
    bytes: usize,
    /// People on screen whose photo is not known, or is old.
    queue: VecDeque<ObjectId>,
    /// The next request may not leave before this.
    not_before: Option<Timestamp>,
    looks: u64,
}

impl Photos {
    /// See [`PhotosIn`].
    pub(crate) fn on(&mut self, input: PhotosIn, now: Timestamp) -> Vec<PhotosOut> {
        match input {
            PhotosIn::Allowed(allowed) => {
                let was = std::mem::replace(&mut self.allowed, allowed);
                if was && !allowed { self.hide() } else { Vec::new() }
            }
            PhotosIn::Kept(kept) => self.take_kept(kept, now),
            PhotosIn::SignedIn { more } => {
                self.signed_in = true;
                if more {
                    self.not_before = None;
                }
                Vec::new()
            }
            PhotosIn::SignedOut => {
                (self.signed_in, self.asking) = (false, false);
                Vec::new()
            }
            PhotosIn::Forget => {
                (self.bytes, self.known) = (0, HashMap::new());
                self.queue.clear();
                Vec::new()
            }
            PhotosIn::DrawerOpen(open) => {
                self.open = open;
                if !open {
                    self.queue.clear();
                }
                Vec::new()
            }
            PhotosIn::OnScreen(people) => self.look(people, now),
            PhotosIn::Read { who, photo } => {
                self.asking = false;
                if self.allowed { self.take(who, photo, now) } else { Vec::new() }
            }
            PhotosIn::Failed { who, kind, next } => {
                self.failed(who, kind, &next, now);
                Vec::new()
            }
            PhotosIn::Held { who, until } => {
                self.wait_for(who);
                (self.asking, self.not_before) = (false, self.not_before.max(Some(until)));
                Vec::new()
            }
            PhotosIn::Due => self.due(now),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let may_ask = self.allowed && self.signed_in && self.open && !self.asking && !self.queue.is_empty();
        may_ask.then(|| self.not_before.unwrap_or(Timestamp::MIN))
    }

    /// The photo of this person, if it is of that version.
    pub(crate) fn get(&self, who: &ObjectId, version: &str) -> Option<&Photo> {
        self.known.get(who)?.photo.as_ref().filter(|photo| self.allowed && photo.version() == version)
    }

    fn due(&mut self, now: Timestamp) -> Vec<PhotosOut> {
        if self.deadline().is_none_or(|at| at > now) {
            return Vec::new();
        }
        let Some(who) = self.queue.pop_front() else { return Vec::new() };
        (self.asking, self.not_before) = (true, Some(later(now, PACE)));
        vec![PhotosOut::Read(who)]
    }

    /// Photos of the people on screen are read first; those of people who have left the screen are not read.
    fn look(&mut self, people: Vec<ObjectId>, now: Timestamp) -> Vec<PhotosOut> {
        if !self.allowed {
            return Vec::new();
        }
        self.looks += 1;
        self.queue.clear();
        let mut out = Vec::new();
        for who in people {
            let Some(known) = self.known.get_mut(&who) else {
                self.queue.push_back(who);
                continue;
            };
            known.seen = self.looks;
            let lasts = if known.photo.is_some() { PHOTO_LASTS } else { NONE_LASTS };
            if later(known.read, lasts) <= now {
                self.queue.push_back(who.clone());
            }
            // The row may have come into the list since the photo was read.
            if let Some(photo) = &known.photo {
                out.push(PhotosOut::Show { who, version: Some(photo.version().to_owned()) });
            }
        }
        out
    }

    fn take(&mut self, who: ObjectId, photo: Option<Photo>, now: Timestamp) -> Vec<PhotosOut> {
        let version = photo.as_ref().map(|photo| photo.version().to_owned());
        let former = self.known.get(&who).and_then(|known| known.photo.as_ref());
        let mut out = match (&photo, former) {
            (Some(photo), Some(former)) if photo == former => Vec::new(),
            (Some(photo), _) => vec![PhotosOut::Keep { who: who.clone(), photo: photo.clone() }],
            (None, Some(_)) => vec![PhotosOut::Drop(vec![who.clone()])],
            (None, None) => Vec::new(),
        };
        self.looks += 1;
        self.queue.retain(|waiting| *waiting != who);
        self.put(who.clone(), KnownPhoto { photo, read: now, seen: self.looks });
        out.push(PhotosOut::Show { who, version });
        out.extend(self.make_room());
        out
    }

    fn take_kept(&mut self, kept: Vec<KeptPhoto>, now: Timestamp) -> Vec<PhotosOut> {
        if !self.allowed {
            return vec![PhotosOut::Drop(kept.into_iter().map(|kept| kept.who).collect())];
        }
        let mut out = Vec::new();
        for KeptPhoto { who, photo, read } in kept {
            if self.known.contains_key(&who) {
                continue;
            }
            out.push(PhotosOut::Show { who: who.clone(), version: Some(photo.version().to_owned()) });
            // The clock may have been set since the previous run.
            self.put(who, KnownPhoto { photo: Some(photo), read: read.min(now), seen: 0 });
        }
        out.extend(self.make_room());
        out
    }

    fn put(&mut self, who: ObjectId, known: KnownPhoto) {
        self.bytes += size(&known);
        if let Some(former) = self.known.insert(who, known) {
            self.bytes -= size(&former);
        }
    }

    /// Forgets the photos that were off screen for longest, until the rest has room.
    fn make_room(&mut self) -> Option<PhotosOut> {
        let mut dropped = Vec::new();
        while self.known.len() > MOST_PEOPLE || self.bytes > MOST_BYTES {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.seen).map(|(who, _)| who.clone());
            let Some((who, known)) = oldest.and_then(|who| self.known.remove_entry(&who)) else { break };
            self.bytes -= size(&known);
            if known.photo.is_some() {
                dropped.push(who);
            }
        }
        (!dropped.is_empty()).then_some(PhotosOut::Drop(dropped))
    }

    fn failed(&mut self, who: ObjectId, kind: ErrorKind, next: &NextRequest, now: Timestamp) {
        self.asking = false;
        let not_before = next.not_before(now);
        self.not_before = Some(not_before.max(later(now, PACE)));
        match kind {
            ErrorKind::NotAllowed => {
                self.not_before = Some(later(now, NOT_ALLOWED));
                self.wait_for(who);
            }
            // This photo is refused, which says nothing about the others. The wait that the service wants is kept.
            ErrorKind::Refused => {
                self.queue.retain(|waiting| *waiting != who);
                let (photo, seen) = self.known.remove(&who).map_or((None, self.looks), |known| {
                    self.bytes -= size(&known);
                    (known.photo, known.seen)
                });
                self.put(who, KnownPhoto { photo, read: now, seen });
            }
            ErrorKind::Throttled | ErrorKind::Token | ErrorKind::Failing | ErrorKind::Unreachable => {
                self.wait_for(who);
            }
        }
    }

    /// The person is asked for again, if still on screen then: each change of the screen makes a new queue.
    fn wait_for(&mut self, who: ObjectId) {
        self.queue.retain(|waiting| *waiting != who);
        self.queue.push_front(who);
    }

    fn hide(&mut self) -> Vec<PhotosOut> {
        let shown = self.known.drain().filter(|(_, known)| known.photo.is_some());
        let people: Vec<ObjectId> = shown.map(|(who, _)| who).collect();
        self.bytes = 0;
        self.queue.clear();
        let mut out: Vec<PhotosOut> =
            people.iter().map(|who| PhotosOut::Show { who: who.clone(), version: None }).collect();
        out.extend((!people.is_empty()).then_some(PhotosOut::Drop(people)));
        out
    }
}

fn size(known: &KnownPhoto) -> usize {
    known.photo.as_ref().map_or(0, |photo| photo.bytes().len())
}

impl Redate for Photos {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            allowed: _,
            signed_in: _,
            open: _,
            asking: _,
            known,
            bytes: _,
            queue: _,
            not_before,
            looks: _,
        } = self;
        for KnownPhoto { photo: _, read, seen: _ } in known.values_mut() {
            read.redate(by);
        }
        not_before.redate(by);
    }
}

#[cfg(test)]
mod tests;
