//! Every sequence, not some: what can happen between this page, its user, a gateway and the API is played step by step, in
//! every order up to a depth, and each state that comes of it is held to what the page may say.
//!
//! What the model takes for granted of the world:
//! - Names are unique: the API makes no backup whose name another one of the instance has, and says so.
//! - A request that was sent is carried out while its connection is open, or within [`SETTLE`] after its end, or never. What
//!   it has made is in every list that is asked for later than [`SETTLE`] after its connection's end; before that a list may
//!   lack it, once and again. The same holds for the backups of others, from their begin on.
//! - A refusal of the request (`contract::codes`) in the API's own shape comes from the API, and of a request that has made
//!   nothing. Every other answer may come before the request is carried out, after it, or in its place.
//! - A list may be short of elements, of another instance in part, change while it is read, come late, or not at all. Where it
//!   states a total, that is never less than there are, and between two pages no backup takes another one's place. Where it
//!   states none, each page but the last is full, and between two pages any backup may be deleted.
//! - The API's clock is right to the second where it says the time. A `Date` may be absent, or a proxy's, which is off by
//!   [`SKEW`] seconds. The computer's wall clock may be set by an hour, once. The monotonic clock can't be set.
//! - Somebody else who asks for the same name in the same moment can't be told apart: within [`SETTLE`] and the age of a
//!   list that is kept, before the press and after the last attempt's end. So the page says it, and so [`check`] allows it.
//! - Whoever holds a name against a request that may still be carried out doesn't let go of it meanwhile.
//! - A backup that was made and deleted before any list had it is as if it had never been.
//! - Bounds keep the search finite: see [`step::Bounds`].

mod alphabet;
mod check;
mod fingerprint;
mod model;
mod report;
mod search;
mod sequences;
mod server;
mod step;

/// Milliseconds within which what was sent is in the lists.
const SETTLE: i64 = 60_000;
/// Seconds by which the `Date` of a proxy is off.
const SKEW: i64 = 4;

/// So deep the exploration of the test command goes, from each of its seeds.
const DEPTH: usize = 3;
/// So many distinct states the deep one visits at least.
const DEEP: usize = 1_000_000;

#[test]
fn every_short_sequence_holds() {
    let reach = search::explore(&search::SEEDS, DEPTH, usize::MAX, &step::Bounds::SMALL);
    reach.print();
    reach.assert_everything_was_met();
}

#[test]
#[ignore = "takes minutes: `cargo xtask explore` runs it"]
fn a_million_states_hold() {
    let reach = search::explore(&search::SEEDS, usize::MAX, DEEP, &step::Bounds::LARGE);
    reach.print();
    reach.assert_everything_was_met();
    assert!(reach.states >= DEEP, "only {} distinct states", reach.states);
}
