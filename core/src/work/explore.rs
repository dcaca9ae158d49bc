//! Explores sequences exhaustively: everything that can happen between this page, its user, a gateway and the API is
//! played step by step, in every order up to a depth, and each resulting state is checked against what the page may
//! say.
//!
//! Assumptions of the model:
//! - Names are unique: the API makes no backup whose name another one of the instance has, and says so.
//! - A request that was sent is carried out while its connection is open, or within [`SETTLE`] after its end, or never.
//!   The resulting backup is in every list that is requested later than [`SETTLE`] after the connection's end; until
//!   then lists may lack it, even repeatedly. The same holds for other people's backups, from their begin on.
//! - A refusal of the request (`contract::codes`) in the API's own format comes from the API, and the refused request
//!   has created nothing. Any other answer may come before the request is carried out, after it, or instead of it.
//! - A list may lack elements, contain some of another instance, change while it is read, come late, or not at all. If
//!   it states a total, that is never less than the actual number, and between two pages no backup takes another one's
//!   place. If it states none, each page but the last is full, and between two pages any backup may be deleted.
//! - The API's clock is right to the second wherever it states the time. A `Date` may be absent, or a proxy's, which is
//!   off by [`SKEW`] seconds. The computer's wall clock may be set by an hour, once. The monotonic clock can't be set.
//! - Requests by somebody else for the same name at the same moment can't be told apart: within [`SETTLE`] plus the age
//!   of a stored list, before the press and after the last attempt's end. The page says so, and [`check`] allows it.
//! - Whoever holds a name against a request that may still be carried out doesn't free it in the meantime.
//! - A backup that was created and deleted before any list contained it is treated as if it had never existed.
//! - Limits keep the search finite: see [`step::Bounds`].

mod alphabet;
mod check;
mod fingerprint;
mod model;
mod report;
mod search;
mod sequences;
mod server;
mod step;

/// How long it takes at most until a sent request shows in lists, in milliseconds.
const SETTLE: i64 = 60_000;
/// How many seconds a proxy's `Date` is off.
const SKEW: i64 = 4;

/// How many steps deep the test command explores, from each of its seeds.
const DEPTH: usize = 3;
/// How many distinct states the deep exploration visits at least.
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
