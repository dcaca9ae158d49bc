//! Decides whose a listed backup is: whether a press created it, whether the name was taken before, or whether that
//! can't be determined.
//!
//! Names are unique, but only a list from before the press can show who was first; with such a list no clock is needed.
//! Without one, a clock decides only if the backup's begin is far from the press, since the API's clock may be wrong,
//! and a `Date` may come from a proxy.

use contract::backup::{Backup, Kind};
use contract::json;
use contract::sanitize::{MAX_TEXT_LENGTH, sanitize};

use crate::clock::{Monotonic, Now};
use crate::preferences::Limits;
use crate::work::creation::Creation;
use crate::work::stage::Stage;

/// Whose a backup of the right name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The press created it.
    Own,
    /// It existed before, or is somebody else's: the name was taken.
    Taken,
    /// It can't be determined.
    Near,
    /// It was created long after the press, and says nothing about it.
    Later,
}

/// How many seconds the clocks may differ if the API's own clock is known.
const KNOWN_CLOCK: i64 = 10 * 60;
/// How many seconds they may differ otherwise.
const UNKNOWN_CLOCK: i64 = 24 * 60 * 60;
/// Both times are truncated to whole seconds.
const ROUNDING: i64 = 2;

/// Judges a backup of the creation's instance. `None` when it has another name.
pub(crate) fn claim(creation: &Creation, listed: &Backup, now: Now, limits: Limits) -> Option<Claim> {
    if listed.name.is_none() || listed.name.as_deref() != creation.name() {
        return None;
    }
    Some(by_begin(creation, listed, now, limits))
}

/// What everything but the begin says about a backup from around the press. `is_new`: a complete list read right before
/// lacked its name.
fn around(creation: &Creation, listed: &Backup, is_new: bool) -> Claim {
    let may_be_manual = match &listed.kind {
        // An automated backup can hold the name too, but no press has created it.
        Some(Kind::Auto | Kind::Incremental) => return Claim::Taken,
        Some(Kind::Fragment | Kind::Other(_)) => false,
        Some(Kind::Manual) | None => true,
    };
    let is_asked_for = may_be_manual && has_databases_asked_for(creation, listed);
    if is_new && is_asked_for && has_description_asked_for(creation, listed) {
        Claim::Own
    } else if is_new || is_asked_for {
        // A new backup didn't hold the name before. Where it differs from the request, the API may just write that
        // differently.
        Claim::Near
    } else {
        Claim::Taken
    }
}

/// Whether a backup near an attempt that the API accepted without an ID can be the result of it: since names are
/// unique, it can't have existed when the attempt was accepted.
pub(crate) fn can_be_accepted_one(creation: &Creation, listed: &Backup) -> bool {
    let requested = creation.requested.map(|requested| requested.moment().0);
    let pressed = creation.pressed_by_server.or(requested);
    let is_older = listed.begun().zip(pressed).is_some_and(|(begun, pressed)| begun.0 < pressed - KNOWN_CLOCK);
    !is_older && has_description_asked_for(creation, listed)
}

/// Whether the databases match the request, as far as both are known.
fn has_databases_asked_for(creation: &Creation, listed: &Backup) -> bool {
    let Some(request) = &creation.request else { return true };
    // None are listed, or only the first of very many.
    if listed.databases.is_empty() || listed.databases.len() > json::MAX_ELEMENTS {
        return true;
    }
    // Each listed name matches one requested name; two requested names may differ only by case.
    let mut asked: Vec<String> = request.databases.iter().map(|database| as_listed(database.name())).collect();
    let mut is_asked_for = |name: &String| {
        let place = asked.iter().position(|asked| *asked == name.to_lowercase());
        place.map(|place| asked.swap_remove(place)).is_some()
    };
    listed.databases.iter().all(&mut is_asked_for) && asked.is_empty()
}

/// Whether the description matches the request, as far as both are known.
fn has_description_asked_for(creation: &Creation, listed: &Backup) -> bool {
    let asked = creation.request.as_ref().and_then(|request| request.description.as_ref());
    let found = listed.description.as_deref().filter(|found| !found.is_empty());
    found.is_none_or(|found| asked.is_some_and(|asked| sanitize(asked.as_str(), MAX_TEXT_LENGTH) == found))
}

/// A database's name as the page reads it from a list. Case is ignored, as SQL Server does by default; how the API
/// writes names isn't documented.
fn as_listed(name: &str) -> String {
    sanitize(name, MAX_TEXT_LENGTH).to_lowercase()
}

/// What the begin says about the backup.
fn by_begin(creation: &Creation, listed: &Backup, now: Now, limits: Limits) -> Claim {
    let own_until = creation.own_until(now.monotonic, limits.answer, limits.settle);
    let may_be_off = i64::from(limits.settle);
    let is_own_time =
        own_until.is_some_and(|until| now.monotonic < until) && creation.clocks_disagree_since_own(now) < may_be_off;
    let (Some(begun), Some(requested)) = (listed.begun(), creation.requested) else {
        // If a time is missing, a backup that shows up during the search is from around the press.
        let is_looked_for = match creation.stage {
            Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::Reconciling(_) | Stage::Building(_) => true,
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
    // If a clock was set in the meantime, its earlier time is unknown, unless the API has sent its own time.
    let has_clock = agree || creation.pressed_by_server.is_some();
    let is_new = is_own_time || has_clock && own_until.is_some_and(|until| begun.0 <= latest(until));
    let around = around(creation, listed, is_new);
    if begun.0 < pressed - tolerance && around == Claim::Near && !is_new {
        return Claim::Taken;
    }
    // While an attempt may still take effect, any backup that exists began in time, whatever the clocks say.
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
        // It began too late to have blocked any attempt.
        Claim::Taken if begun.0 > latest => Claim::Later,
        Claim::Own | Claim::Taken | Claim::Near | Claim::Later => around,
    }
}
