//! The fingerprint of a state: all of its content except absolute times and the numbers of tickets and keys. States
//! with the same fingerprint behave the same.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hasher};

use super::model::World;
use super::server::seconds;
use crate::clock::relative;

/// Computes fingerprints; reuses its buffers.
#[derive(Default)]
pub(super) struct Fingerprints {
    text: String,
    plain: Vec<u8>,
    keys: Vec<i64>,
}

/// The number of digits of the current time in seconds since 1970, in this century.
const MOMENT: usize = 10;

impl Fingerprints {
    /// The fingerprint of a state.
    pub(super) fn of(&mut self, world: &World) -> u64 {
        relative::ORIGIN.set((world.moment().wall.0, world.now.0));
        self.text.clear();
        let World { work, cx, server, lives, keys, typed, kept, is_rejected, seen, used, wall_error, .. } = world;
        let place = work.creations.iter().position(|creation| Some(creation.key) == work.latest);
        let lives_in_order: Vec<usize> = keys.iter().map(|(_, life)| *life).collect();
        write!(
            self.text,
            "{}{:?}{place:?}{lives_in_order:?}{:?}{:?}{:?}{:?}{:?}{server:?}{lives:?}{typed:?}{kept:?}{is_rejected}{seen:?}{used:?}{wall_error}",
            cx.limits.at_once,
            work.creations,
            work.readings,
            work.knowledge,
            work.backups.instance_id,
            work.backups.loading,
            cx.session.credentials.outline(),
        )
        .unwrap();
        for open in &world.open {
            write!(
                self.text,
                "{:?}{:?}{:?}{}",
                world.cx.tickets.find(open.ticket),
                open.what,
                open.asked,
                world.vouched - open.token.min(world.vouched)
            )
            .unwrap();
        }
        relative::ORIGIN.set((0, 0));
        self.simplify(seconds(world.now));
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.plain);
        hasher.finish()
    }

    /// Replaces keys by small numbers in order of appearance, and times by times relative to now.
    fn simplify(&mut self, now: i64) {
        self.plain.clear();
        self.keys.clear();
        let text = self.text.as_bytes();
        let mut place = 0;
        while place < text.len() {
            if !text[place].is_ascii_digit() {
                self.plain.push(text[place]);
                place += 1;
                continue;
            }
            let end = place + text[place..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = || self.text[place..end].parse::<i64>().unwrap_or_default();
            if end - place == MOMENT {
                let ago = number() - now;
                self.plain.extend(ago.to_le_bytes());
            } else if let Some((moment, after)) = written_moment(&self.text, place, end) {
                self.plain.extend((moment - now).to_le_bytes());
                place = after;
                continue;
            } else if is_key(text, place, end) {
                let number = number();
                let known = self.keys.iter().position(|key| *key == number).unwrap_or_else(|| {
                    self.keys.push(number);
                    self.keys.len() - 1
                });
                self.plain.push(b'#');
                self.plain.extend(known.to_le_bytes());
            } else {
                self.plain.extend(&text[place..end]);
            }
            place = end;
        }
    }
}

/// A number that identifies a creation or a reading: `key: 3`, `id: 4`, `Poll(3)`.
fn is_key(text: &[u8], place: usize, end: usize) -> bool {
    let before = &text[..place];
    if before.ends_with(b"key: ") || before.ends_with(b" id: ") {
        return true;
    }
    let is_in_brackets = before.ends_with(b"(") && text.get(end) == Some(&b')');
    let is_of_a_purpose = before.len() > 1 && before[before.len() - 2].is_ascii_lowercase();
    is_in_brackets && is_of_a_purpose && !before.ends_with(b"Some(") && !before.ends_with(b"Life(")
}

/// A time as written in a list, `"2026-05-28T…Z"`: in seconds since 1970, and where it ends.
fn written_moment(text: &str, place: usize, end: usize) -> Option<(i64, usize)> {
    let after = place + "2026-05-28T20:26:40Z".len();
    let written = text.get(place..after).filter(|_| end - place == 4 && text[..place].ends_with('"'))?;
    match contract::time::parse(written)? {
        contract::time::Time::Exact(moment) => Some((moment.0, after)),
        contract::time::Time::ZoneNotStated => None,
    }
}
