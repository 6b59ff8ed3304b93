use super::*;
use crate::fixture::at;

const NOTHING: [EndingOut; 0] = [];
const OPEN: EndingContext = EndingContext { finished: false };
const FINISHED: EndingContext = EndingContext { finished: true };

fn ended(after: After) -> Ending {
    let mut ending = Ending::new();
    assert_eq!(ending.on(EndingIn::End(after), &OPEN, at(0)), [EndingOut::TakeBack]);
    ending
}

#[test]
fn a_run_that_nobody_ends_continues() {
    let mut ending = Ending::new();
    assert_eq!(ending.on(EndingIn::Turn, &FINISHED, at(1000)), NOTHING);
    assert_eq!(ending.on(EndingIn::Flushed, &FINISHED, at(1000)), NOTHING);
    assert_eq!((ending.is_begun(), ending.deadline(), ending.over()), (false, None, None));
}

#[test]
fn what_is_ours_is_taken_back_before_anything_is_flushed() {
    let mut ending = ended(After::Exit);
    assert!(ending.is_begun());
    assert_eq!(ending.on(EndingIn::Turn, &OPEN, at(3)), NOTHING);
    assert_eq!(ending.on(EndingIn::Turn, &FINISHED, at(3)), [EndingOut::Flush]);
    assert_eq!(ending.on(EndingIn::Turn, &FINISHED, at(3)), NOTHING, "once");
    assert_eq!(ending.over(), None);
    ending.on(EndingIn::Flushed, &FINISHED, at(3));
    assert_eq!((ending.over(), ending.deadline()), (Some(After::Exit), None));
}

#[test]
fn neither_taking_back_nor_a_write_that_hangs_keeps_the_process_alive() {
    let mut ending = ended(After::Exit);
    let until = ending.deadline().unwrap();
    assert_eq!(until, later(at(0), TAKE_BACK_LIMIT));
    assert_eq!(ending.on(EndingIn::Turn, &OPEN, until), [EndingOut::Flush]);
    let until = ending.deadline().unwrap();
    assert_eq!(until, later(at(0), QUIT_LIMIT));
    assert_eq!(ending.on(EndingIn::Turn, &OPEN, until), NOTHING);
    assert_eq!(ending.over(), Some(After::Exit));
}

#[test]
fn quitting_overrules_a_restart_and_not_the_other_way_round() {
    for flushing in [false, true] {
        let mut ending = ended(After::Restart);
        if flushing {
            ending.on(EndingIn::Turn, &FINISHED, at(1));
        }
        assert_eq!(ending.on(EndingIn::End(After::Exit), &OPEN, at(1)), NOTHING);
        assert_eq!(ending.on(EndingIn::End(After::Restart), &OPEN, at(1)), NOTHING);
        ending.on(EndingIn::Turn, &FINISHED, at(2));
        ending.on(EndingIn::Flushed, &FINISHED, at(2));
        assert_eq!(ending.over(), Some(After::Exit));
    }
}

#[test]
fn a_second_request_to_end_does_not_move_the_limit() {
    let mut ending = ended(After::Exit);
    let until = ending.deadline();
    ending.on(EndingIn::End(After::Exit), &OPEN, at(3));
    assert_eq!(ending.deadline(), until);
}

#[test]
fn a_clock_that_is_set_moves_the_limit_with_it() {
    let mut ending = ended(After::Exit);
    let by = SignedDuration::from_hours(-1);
    ending.redate(by);
    assert_eq!(ending.deadline(), Some(later(at(0), TAKE_BACK_LIMIT) + by));
}
