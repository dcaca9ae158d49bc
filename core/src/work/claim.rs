//! Whose is a backup that a list shows? The rule by which the page says that a press has made it, that the name was taken
//! before, or that it can't be told.
//!
//! Names are unique, but who was first can only be told by a list from before the press: with it no clock decides. Without
//! it a clock decides only where it is far off the press, since the API's clock may be wrong, and a `Date` may be a proxy's.

use contract::backup::{Backup, Kind};
use contract::json;
use contract::sanitize::{LONGEST, sanitize};

use crate::clock::{Monotonic, Now};
use crate::preferences::Limits;
use crate::work::creation::Creation;
use crate::work::stage::Stage;

/// Whose a backup of the right name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The press's own.
    Own,
    /// It was there before, or is somebody else's: the name was taken.
    Taken,
    /// It can't be told.
    Near,
    /// It was made long after: it says nothing about the press.
    Later,
}

/// Seconds by which clocks may be off where the API's own was read.
const KNOWN_CLOCK: i64 = 10 * 60;
/// Seconds by which they may be off otherwise.
const UNKNOWN_CLOCK: i64 = 24 * 60 * 60;
/// Times are cut to whole seconds at both ends.
const ROUNDING: i64 = 2;

/// Judges a backup of the creation's instance. `None` when it has another name.
pub(crate) fn claim(creation: &Creation, listed: &Backup, now: Now, limits: Limits) -> Option<Claim> {
    if listed.name.is_none() || listed.name.as_deref() != creation.name() {
        return None;
    }
    Some(by_begin(creation, listed, now, limits))
}

/// What else than the begin says about a backup from the time of the press, `is_new` when a complete list lacked its name right
/// before.
fn around(creation: &Creation, listed: &Backup, is_new: bool) -> Claim {
    let may_be_manual = match &listed.kind {
        // An automated backup takes a name as well, and no press has made it.
        Some(Kind::Auto | Kind::Incremental) => return Claim::Taken,
        Some(Kind::Fragment | Kind::Other(_)) => false,
        Some(Kind::Manual) | None => true,
    };
    let is_asked_for = may_be_manual && has_databases_asked_for(creation, listed);
    if is_new && is_asked_for && has_description_asked_for(creation, listed) {
        Claim::Own
    } else if is_new || is_asked_for {
        // What wasn't there before was not taken before: what it says of itself may be the API's way to say it.
        Claim::Near
    } else {
        Claim::Taken
    }
}

/// Whether a backup near an attempt that the API has accepted without an ID can be the one that came of it: names are unique, so
/// that it wasn't there when that was accepted.
pub(crate) fn can_be_accepted_one(creation: &Creation, listed: &Backup) -> bool {
    let requested = creation.requested.map(|requested| requested.moment().0);
    let pressed = creation.pressed_by_server.or(requested);
    let is_older = listed.begun().zip(pressed).is_some_and(|(begun, pressed)| begun.0 < pressed - KNOWN_CLOCK);
    !is_older && has_description_asked_for(creation, listed)
}

/// Whether the databases are those of the request, as far as both are known.
fn has_databases_asked_for(creation: &Creation, listed: &Backup) -> bool {
    let Some(request) = &creation.request else { return true };
    // None, or only the first of very many.
    if listed.databases.is_empty() || listed.databases.len() > json::MOST {
        return true;
    }
    // Each stands for one: two that were asked for may differ by their case only.
    let mut asked: Vec<String> = request.databases.iter().map(|database| as_listed(database.name())).collect();
    let mut is_asked_for = |name: &String| {
        let place = asked.iter().position(|asked| *asked == name.to_lowercase());
        place.map(|place| asked.swap_remove(place)).is_some()
    };
    listed.databases.iter().all(&mut is_asked_for) && asked.is_empty()
}

/// Whether the description is that of the request, as far as both are known.
fn has_description_asked_for(creation: &Creation, listed: &Backup) -> bool {
    let asked = creation.request.as_ref().and_then(|request| request.description.as_ref());
    let found = listed.description.as_deref().filter(|found| !found.is_empty());
    found.is_none_or(|found| asked.is_some_and(|asked| sanitize(asked.as_str(), LONGEST) == found))
}

/// A database's name as the page reads it in a list. The server's names have no case, as SQL Server has them by default, and
/// nobody says how the API writes them.
fn as_listed(name: &str) -> String {
    sanitize(name, LONGEST).to_lowercase()
}

/// What the begin says about it.
fn by_begin(creation: &Creation, listed: &Backup, now: Now, limits: Limits) -> Claim {
    let own_until = creation.own_until(now.monotonic, limits.answer, limits.settle);
    let may_be_off = i64::from(limits.settle);
    let is_own_time =
        own_until.is_some_and(|until| now.monotonic < until) && creation.clocks_disagree_since_own(now) < may_be_off;
    let (Some(begun), Some(requested)) = (listed.begun(), creation.requested) else {
        // Without a time: one that shows up while it is looked for is from around the press.
        let is_looked_for = match creation.stage {
            Stage::Reading(_) | Stage::Sending | Stage::Reconciling(_) | Stage::Building(_) => true,
            Stage::AwaitingInstance(_) | Stage::Ended(_) => false,
        };
        let around = around(creation, listed, is_own_time);
        return if is_looked_for || around == Claim::Taken { around } else { Claim::Near };
    };
    let (pressed, tolerance) = match creation.pressed_by_server {
        Some(by_server) => (by_server, KNOWN_CLOCK),
        None => (requested.moment().0, UNKNOWN_CLOCK),
    };
    let disagree = now.disagreement_since(Now { wall: requested, monotonic: creation.pressed });
    let agree = disagree < may_be_off;
    let tolerance = tolerance + disagree.div_euclid(1000);
    let latest = |until: Monotonic| pressed + until.since(creation.pressed).div_euclid(1000) + ROUNDING;
    // Of a clock that was set nobody knows what it said then, unless the API has told its own.
    let has_clock = agree || creation.pressed_by_server.is_some();
    let is_new = is_own_time || has_clock && own_until.is_some_and(|until| begun.0 <= latest(until));
    let around = around(creation, listed, is_new);
    if begun.0 < pressed - tolerance && around == Claim::Near && !is_new {
        return Claim::Taken;
    }
    // While something may still come of an attempt, whatever is there was begun in time, and no clock need say so.
    let ended = creation.last_connection_ended(now.monotonic, limits.answer);
    if is_own_time || agree && now.monotonic.since(ended) < i64::from(limits.settle) {
        return around;
    }
    let latest = latest(Monotonic(ended.0 + i64::from(limits.settle)));
    if begun.0 > latest + tolerance {
        return Claim::Later;
    }
    match around {
        Claim::Own if begun.0 > latest => Claim::Near,
        // It stood in no attempt's way.
        Claim::Taken if begun.0 > latest => Claim::Later,
        Claim::Own | Claim::Taken | Claim::Near | Claim::Later => around,
    }
}
