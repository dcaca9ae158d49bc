//! Sequences that have gone wrong once, each in its shortest form, with the end that they must have.

use super::search::play;
use super::step::{Asked, Listing, Sent, Step};
use crate::work::creation::{Certainty, Stage};

#[test]
fn the_plain_case() {
    let world = play(&[Step::Press(Asked::Plain), Step::List(0, Listing::Honest), Step::Post(0, Sent::Answered)]);
    let creation = &world.work.creations[0];
    assert!(matches!(creation.stage, Stage::Building(_)));
    assert_eq!(creation.certainty, Some(Certainty::Answered));
}
