use proptest::prelude::*;

use super::*;
use crate::fixture::at;

fn id(number: usize) -> ObjectId {
    ObjectId::new(format!("{number:05}"))
}

fn photo(of: usize, bytes: usize) -> Photo {
    let mut file = b"\xff\xd8\xff".to_vec();
    file.extend(of.to_be_bytes());
    file.resize(bytes.max(11), 0);
    Photo::new(file).unwrap()
}

fn version(of: usize) -> Option<String> {
    Some(photo(of, 0).version().to_owned())
}

fn on_screen(people: std::ops::Range<usize>) -> PhotosIn {
    PhotosIn::OnScreen(people.map(id).collect())
}

fn read(who: usize) -> PhotosIn {
    PhotosIn::Read { who: id(who), photo: Some(photo(who, 0)) }
}

fn failed(who: usize, kind: ErrorKind, until: i64) -> PhotosIn {
    PhotosIn::Failed { who: id(who), kind, next: NextRequest::Wait(at(until)) }
}

/// Somebody is signed in and looks at nobody yet.
fn photos() -> Photos {
    let mut photos = Photos::default();
    for input in [PhotosIn::Allowed(true), PhotosIn::SignedIn { more: true }, PhotosIn::DrawerOpen(true)] {
        assert_eq!(photos.on(input, at(0)), []);
    }
    photos
}

#[test]
fn the_people_on_screen_are_read_one_after_the_other_and_a_second_apart() {
    let mut photos = photos();
    assert_eq!(photos.on(on_screen(0..3), at(0)), []);
    assert_eq!(photos.on(PhotosIn::Due, at(0)), [PhotosOut::Read(id(0))]);
    assert_eq!((photos.deadline(), photos.on(PhotosIn::Due, at(9))), (None, vec![]), "one at a time");
    let out = photos.on(read(0), at(0));
    assert_eq!(out[0], PhotosOut::Keep { who: id(0), photo: photo(0, 0) });
    assert_eq!(out[1], PhotosOut::Show { who: id(0), version: version(0) });
    assert_eq!(photos.get(&id(0), &version(0).unwrap()), Some(&photo(0, 0)));
    assert_eq!(photos.get(&id(0), "another"), None);
    assert_eq!((photos.deadline(), photos.on(PhotosIn::Due, at(0))), (Some(at(1)), vec![]));
    assert_eq!(photos.on(PhotosIn::Due, at(1)), [PhotosOut::Read(id(1))]);
    photos.on(PhotosIn::Read { who: id(1), photo: None }, at(5));
    // A person who scrolled away is not read.
    photos.on(on_screen(7..8), at(6));
    assert_eq!(photos.on(PhotosIn::Due, at(6)), [PhotosOut::Read(id(7))]);
}

#[test]
fn a_photo_that_is_asked_for_already_is_not_asked_for_again() {
    let mut photos = photos();
    photos.on(on_screen(0..2), at(0));
    photos.on(PhotosIn::Due, at(0));
    photos.on(on_screen(0..2), at(0));
    photos.on(read(0), at(1));
    assert_eq!(photos.on(PhotosIn::Due, at(1)), [PhotosOut::Read(id(1))]);
    photos.on(on_screen(0..2), at(1));
    photos.on(failed(1, ErrorKind::Failing, 5), at(2));
    assert_eq!(photos.queue, [id(1)], "once");
}

#[test]
fn nothing_is_read_without_an_open_drawer_a_login_or_the_setting() {
    for end in [PhotosIn::DrawerOpen(false), PhotosIn::SignedOut, PhotosIn::Allowed(false)] {
        let mut photos = photos();
        photos.on(on_screen(0..3), at(0));
        photos.on(end, at(0));
        assert_eq!((photos.deadline(), photos.on(PhotosIn::Due, at(9))), (None, vec![]));
    }
}

#[test]
fn a_photo_is_read_again_after_a_week_and_a_missing_one_after_a_day() {
    let mut photos = photos();
    photos.on(on_screen(0..2), at(0));
    photos.on(PhotosIn::Due, at(0));
    photos.on(read(0), at(0));
    photos.on(PhotosIn::Due, at(1));
    photos.on(PhotosIn::Read { who: id(1), photo: None }, at(1));
    let day = 24 * 3600;
    for (time, expected) in [(1 + day - 1, None), (1 + day, Some(id(1)))] {
        photos.on(on_screen(0..2), at(time));
        assert_eq!(
            photos.on(PhotosIn::Due, at(time)),
            expected.map(PhotosOut::Read).into_iter().collect::<Vec<_>>()
        );
    }
    photos.on(PhotosIn::Read { who: id(1), photo: None }, at(7 * day));
    photos.on(on_screen(0..2), at(7 * day));
    assert_eq!(photos.on(PhotosIn::Due, at(7 * day)), [PhotosOut::Read(id(0))]);
    let out = photos.on(PhotosIn::Read { who: id(0), photo: None }, at(7 * day));
    assert_eq!(out, [PhotosOut::Drop(vec![id(0)]), PhotosOut::Show { who: id(0), version: None }]);
}

#[test]
fn a_row_that_comes_into_the_list_later_gets_its_photo_when_it_is_on_screen() {
    let mut photos = photos();
    photos.on(PhotosIn::Kept(vec![KeptPhoto { who: id(4), photo: photo(4, 0), read: at(0) }]), at(0));
    assert_eq!(photos.on(on_screen(4..5), at(1)), [PhotosOut::Show { who: id(4), version: version(4) }]);
    assert_eq!(photos.deadline(), None, "it is new enough");
}

#[test]
fn a_missing_right_is_tried_again_after_a_day_or_with_the_next_login() {
    let mut photos = photos();
    photos.on(on_screen(0..3), at(0));
    photos.on(PhotosIn::Due, at(0));
    photos.on(failed(0, ErrorKind::NotAllowed, 600), at(0));
    assert_eq!(photos.deadline(), Some(at(24 * 3600)));
    photos.on(PhotosIn::SignedIn { more: true }, at(3600));
    assert_eq!(photos.on(PhotosIn::Due, at(3600)), [PhotosOut::Read(id(0))]);
}

#[test]
fn a_refused_photo_is_not_asked_for_again_and_the_others_are_read() {
    let mut photos = photos();
    photos.on(on_screen(0..2), at(0));
    photos.on(PhotosIn::Due, at(0));
    photos.on(failed(0, ErrorKind::Refused, 60), at(0));
    assert_eq!(photos.on(PhotosIn::Due, at(60)), [PhotosOut::Read(id(1))]);
    photos.on(failed(1, ErrorKind::Failing, 200), at(61));
    photos.on(PhotosIn::Due, at(199));
    assert_eq!(photos.on(PhotosIn::Due, at(200)), [PhotosOut::Read(id(1))]);
    photos.on(PhotosIn::Held { who: id(1), until: at(300) }, at(200));
    assert_eq!(photos.on(PhotosIn::Due, at(300)), [PhotosOut::Read(id(1))]);
}

#[test]
fn photos_that_are_not_wanted_any_more_are_removed_from_rows_and_disk() {
    let mut photos = photos();
    photos.on(on_screen(0..1), at(0));
    photos.on(PhotosIn::Due, at(0));
    photos.on(read(0), at(0));
    let out = photos.on(PhotosIn::Allowed(false), at(1));
    assert_eq!(out, [PhotosOut::Show { who: id(0), version: None }, PhotosOut::Drop(vec![id(0)])]);
    assert_eq!(photos.get(&id(0), &version(0).unwrap()), None);
    let kept = || PhotosIn::Kept(vec![KeptPhoto { who: id(4), photo: photo(4, 0), read: at(0) }]);
    assert_eq!(
        photos.on(kept(), at(1)),
        [PhotosOut::Drop(vec![id(4)])],
        "those of the previous run are erased too"
    );
}

#[test]
fn the_photos_that_were_off_screen_for_longest_make_room() {
    let mut photos = photos();
    let large = graph::LARGEST_PHOTO;
    let most = MOST_BYTES / large;
    let mut dropped = Vec::new();
    for who in 0..most + 2 {
        photos.on(on_screen(who..who + 1), at(0));
        if who == most {
            photos.on(on_screen(0..1), at(0));
        }
        for out in photos.on(PhotosIn::Read { who: id(who), photo: Some(photo(who, large)) }, at(0)) {
            if let PhotosOut::Drop(people) = out {
                dropped.extend(people);
            }
        }
    }
    assert_eq!(dropped, [id(1), id(2)], "0 was seen again");
    assert_eq!((photos.bytes, photos.known.len()), (MOST_BYTES, most));
}

proptest! {
    /// Whatever comes: one request at a time, at least a second apart, for somebody who was on screen; and the bounds
    /// hold.
    #[test]
    fn one_request_a_second(steps in prop::collection::vec((0_u8..9, 0_usize..40, 0_i64..3), 1..120)) {
        let mut photos = photos();
        let (mut now, mut asked, mut last): (_, Option<ObjectId>, Option<Timestamp>) = (at(0), None, None);
        for (kind, which, wait) in steps {
            now += SignedDuration::from_secs(wait);
            let input = match (kind, asked.take()) {
                (0 | 1, Some(who)) => PhotosIn::Read { who, photo: (which % 3 > 0).then(|| photo(which, which * 10)) },
                (2, Some(who)) => PhotosIn::Failed { who, kind: ErrorKind::Failing, next: NextRequest::Wait(now) },
                (3, Some(who)) => PhotosIn::Held { who, until: now },
                (_, still) => {
                    asked = still;
                    match kind {
                        4 => PhotosIn::OnScreen((which..which + 5).map(id).collect()),
                        5 => { asked = None; PhotosIn::SignedOut }
                        6 => PhotosIn::SignedIn { more: true },
                        7 => PhotosIn::DrawerOpen(which > 5),
                        _ => PhotosIn::Due,
                    }
                }
            };
            let signs_in = matches!(input, PhotosIn::SignedIn { .. });
            for out in photos.on(input, now) {
                if let PhotosOut::Read(who) = out {
                    prop_assert!(asked.is_none());
                    prop_assert!(last.is_none_or(|last| now.duration_since(last) >= SignedDuration::from_secs(1)));
                    (asked, last) = (Some(who), Some(now));
                }
            }
            if signs_in { last = None; }
            let bytes: usize = photos.known.values().map(size).sum();
            prop_assert_eq!(photos.bytes, bytes);
            prop_assert!(photos.deadline().is_none() || asked.is_none());
        }
    }
}
