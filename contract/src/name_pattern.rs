//! Patterns for backup names, such as `{instance}-{date}T{time}Z`: one pattern names the backups of several instances.

use crate::rules::name::{MAX_NAME_LENGTH, backup_name};
use crate::rules::{Field, InvalidCharacters, Validated, Violation, normalize};
use crate::time::UnixSeconds;

/// The pattern where nobody has set another one.
pub const DEFAULT_NAME_PATTERN: &str = "{instance}-{date}T{time}Z";

/// The placeholders: the instance's name, and the date and the time of day in UTC.
const PLACEHOLDERS: [(&str, Placeholder); 3] =
    [("instance", Placeholder::Instance), ("date", Placeholder::Date), ("time", Placeholder::Time)];
/// How many characters of an instance's ID tell it from others of the same name. An ID ends in the engine's and the
/// kind's letters and two digits; what is before them is random.
const TAIL: usize = 10;
/// Any moment shows whether the names of a pattern keep the rules.
const SAMPLE: UnixSeconds = UnixSeconds(1_795_483_541);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    Instance,
    Date,
    Time,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

/// A pattern whose names keep the rules of backup names, whatever the instance is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern(Vec<Part>);

/// Reads a pattern.
///
/// # Errors
/// Every broken rule: empty, an unknown placeholder, and those of [`backup_name`] that each of its names would break.
pub fn name_pattern(text: &str) -> Validated<NamePattern> {
    let text = normalize(text);
    if text.is_empty() {
        return Err(vec![Violation::Missing(Field::NamePattern)]);
    }
    let (mut parts, mut violations, mut is_text) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = text;
    while !rest.is_empty() {
        let placeholder = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        if let Some((word, after)) = placeholder.filter(|(word, _)| !word.contains('{')) {
            match PLACEHOLDERS.into_iter().find(|(known, _)| *known == word) {
                Some((_, known)) => parts.push(Part::Placeholder(known)),
                None => violations.push(Violation::PatternPlaceholder(word.to_owned())),
            }
            is_text.extend(word.chars().chain(['{', '}']).map(|_| false));
            rest = after;
            continue;
        }
        // A brace that is no placeholder's is a character like any other, and not allowed.
        let end = rest.char_indices().skip(1).find(|(_, character)| *character == '{').map_or(rest.len(), |(at, _)| at);
        let (literal, after) = rest.split_at(end);
        is_text.extend(literal.chars().map(|_| true));
        parts.push(Part::Text(literal.to_owned()));
        rest = after;
    }
    let pattern = NamePattern(parts);
    let sample = pattern.fill_to_fit("instance", SAMPLE, "");
    let of_name = backup_name(&sample).err().unwrap_or_default();
    // Where a character stands is said of the pattern, not of a name.
    violations.extend(of_name.into_iter().filter(|violation| !matches!(violation, Violation::NameCharacters(_))));
    let is_allowed = |index: usize, character: char| {
        !is_text.get(index).copied().unwrap_or(true)
            || character.is_ascii_alphanumeric()
            || matches!(character, '-' | '_')
    };
    violations.extend(InvalidCharacters::find(text, is_allowed).map(Violation::NameCharacters));
    if violations.is_empty() { Ok(pattern) } else { Err(violations) }
}

impl NamePattern {
    /// The names of the backups of several instances, each given by ID and name, in their order. An instance's name that is
    /// too long, or makes a name that another instance has, is followed by the end of its ID.
    pub fn names(&self, instances: &[(&str, &str)], now: UnixSeconds) -> Vec<String> {
        let plain: Vec<String> = instances.iter().map(|(_, name)| self.fill(&self.stem(name), now, "")).collect();
        // A hundred at most, in place of a map: its code is larger than that of everything else here.
        let is_repeated = |name: &String| plain.iter().filter(|other| *other == name).count() > 1;
        let names = plain.iter().zip(instances).map(|(name, (id, instance))| {
            if name.len() > MAX_NAME_LENGTH || is_repeated(name) {
                self.with_tail(instance, id, now)
            } else {
                name.clone()
            }
        });
        names.collect()
    }

    /// A name for an instance that isn't taken: a taken one gets a number, and an instance's name that is too long is cut.
    pub fn free_name(&self, instance: &str, now: UnixSeconds, taken: impl Fn(&str) -> bool) -> String {
        let stem = self.stem(instance);
        let numbered = (2_u32..).map(|number| self.fill_to_fit(&stem, now, &format!("-{number}")));
        let mut candidates = std::iter::once(self.fill_to_fit(&stem, now, "")).chain(numbered);
        // A pattern without room for a number has no free name left at last.
        let is_free = |name: &String| name.len() > MAX_NAME_LENGTH || !taken(name);
        candidates.find(is_free).filter(|name| backup_name(name).is_ok()).unwrap_or_default()
    }

    fn with_tail(&self, instance: &str, id: &str, now: UnixSeconds) -> String {
        let start = id.char_indices().rev().take(TAIL).last().map_or(0, |(at, _)| at);
        let tail = format!("-{}", plain(id.get(start..).unwrap_or(id)));
        let stem = self.stem(instance);
        let stem = cut(&stem, self.room(now, "").saturating_sub(tail.len()));
        self.fill(&format!("{stem}{tail}"), now, "")
    }

    fn fill_to_fit(&self, stem: &str, now: UnixSeconds, ending: &str) -> String {
        self.fill(cut(stem, self.room(now, ending)), now, ending)
    }

    /// How many characters of the name are left for each occurrence of the instance's name.
    fn room(&self, now: UnixSeconds, ending: &str) -> usize {
        let taken = self.fill("", now, ending).len();
        let count = self.0.iter().filter(|part| **part == Part::Placeholder(Placeholder::Instance)).count();
        MAX_NAME_LENGTH.saturating_sub(taken).checked_div(count).unwrap_or_default()
    }

    fn fill(&self, stem: &str, now: UnixSeconds, ending: &str) -> String {
        let digits = |part: usize| {
            let written = now.utc();
            let part = written.split(' ').nth(part).unwrap_or_default();
            part.chars().filter(char::is_ascii_digit).collect::<String>()
        };
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Placeholder(Placeholder::Instance) => stem.to_owned(),
            Part::Placeholder(Placeholder::Date) => digits(0),
            Part::Placeholder(Placeholder::Time) => digits(1),
        });
        parts.chain([ending.to_owned()]).collect()
    }

    /// An instance's name as a part of a backup name. Characters that a backup name can't have become hyphens.
    fn stem(&self, instance: &str) -> String {
        let plain = plain(instance);
        let begins_name = self.0.first() == Some(&Part::Placeholder(Placeholder::Instance));
        if begins_name && !plain.starts_with(|character: char| character.is_ascii_alphabetic()) {
            return format!("backup-{plain}").trim_end_matches('-').to_owned();
        }
        plain
    }
}

fn plain(text: &str) -> String {
    let is_allowed = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let plain: String = text.chars().map(|character| if is_allowed(&character) { character } else { '-' }).collect();
    plain.trim_matches(['-', '_']).to_owned()
}

/// The first characters of a text that is ASCII, so that any length is a character boundary.
fn cut(stem: &str, length: usize) -> &str {
    stem.get(..length).unwrap_or(stem).trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reach::{cases, holds};

    // 2026-11-24 01:25:41 UTC
    const NOW: UnixSeconds = UnixSeconds(1_795_483_541);

    fn pattern(text: &str) -> NamePattern {
        name_pattern(text).unwrap()
    }

    fn violations(text: &str) -> Vec<Violation> {
        name_pattern(text).err().unwrap_or_default()
    }

    fn usual(instance: &str, taken: impl Fn(&str) -> bool) -> String {
        pattern(DEFAULT_NAME_PATTERN).free_name(instance, NOW, taken)
    }

    #[test]
    fn placeholders_are_filled_in() {
        assert_eq!(usual("orders-mysql", |_| false), "orders-mysql-20261124T012541Z");
        assert_eq!(usual("1. Bestellungen", |_| false), "backup-1--Bestellungen-20261124T012541Z");
        assert_eq!(usual("", |_| false), "backup-20261124T012541Z");
        let release = pattern("release-{date}_{instance}");
        assert_eq!(release.free_name("1. Bestellungen", NOW, |_| false), "release-20261124_1--Bestellungen");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let first = "db-20261124T012541Z";
        assert_eq!(usual("db", |name| name == first), "db-20261124T012541Z-2");
        // There is no room for a number.
        assert_eq!(pattern(&"a".repeat(64)).free_name("db", NOW, |_| true), "");
    }

    #[test]
    fn a_pattern_that_makes_no_names_is_refused() {
        assert_eq!(violations(" "), [Violation::Missing(Field::NamePattern)]);
        assert_eq!(violations("{instance}-{host}"), [Violation::PatternPlaceholder("host".into())]);
        assert_eq!(violations("{date}-{instance}"), [Violation::NameStart('2')]);
        assert_eq!(violations("1{instance}"), [Violation::NameStart('1')]);
        assert_eq!(violations("abc"), [Violation::NameTooShort { found: 3 }]);
        assert_eq!(violations(&"a".repeat(65)), [Violation::NameTooLong { found: 65 }]);
        for (text, position) in [("{instance} x", 11), ("{instance}-{", 12), ("a{b{instance}", 2), ("abc}", 4)] {
            let found = violations(text);
            let is_there = |violation: &Violation| matches!(violation, Violation::NameCharacters(characters) if characters.first.first().map(|first| first.position) == Some(position));
            assert!(found.iter().any(is_there), "{text}: {found:?}");
        }
    }

    #[test]
    fn instances_of_one_name_and_long_ones_get_the_end_of_their_id() {
        let long = "l".repeat(64);
        let instances = [
            ("d8e6ca5a624745bcb546a227aa3ae1cfin01", "orders"),
            ("a8e6ca5a624745bcb546a227aa3be1cfin01", "orders"),
            ("b8e6ca5a624745bcb546a227aa3ce1cfin03", "billing"),
            ("c8e6ca5a624745bcb546a227aa3de1cfin04", long.as_str()),
        ];
        let names = pattern("{instance}-{date}").names(&instances, NOW);
        let cut = "l".repeat(44);
        assert_eq!(
            names,
            [
                "orders-3ae1cfin01-20261124",
                "orders-3be1cfin01-20261124",
                "billing-20261124",
                &format!("{cut}-3de1cfin04-20261124")
            ]
        );
        assert_eq!(names.last().map(String::len), Some(MAX_NAME_LENGTH));
    }

    #[test]
    fn every_name_keeps_the_rules_whatever_the_instances_are_called() {
        let name = prop_oneof!["\\PC{0,100}", "[a-z][a-z0-9_-]{0,80}", "[0-9_-]{0,6}", Just("orders".to_owned())];
        let id = prop_oneof!["[0-9a-f]{32}in0[134]", "\\PC{0,40}"];
        let shape = prop_oneof![
            Just(DEFAULT_NAME_PATTERN),
            Just("release-{date}_{instance}"),
            Just("{instance}{instance}-{time}"),
            Just("nightly-{instance}")
        ];
        let floors = [
            ("begins with a letter", 200),
            ("begins otherwise", 200),
            ("is as long as can be", 200),
            ("two alike", 200),
            ("is taken", 600),
        ];
        let instances = proptest::collection::vec((id, name), 1..6);
        holds(
            1_500,
            &(shape, instances, 0_i64..4_000_000_000, 0_u32..20),
            &floors,
            |(shape, instances, seconds, many)| {
                let (pattern, now) = (pattern(shape), UnixSeconds(seconds));
                let instances: Vec<(&str, &str)> = instances.iter().map(|(id, name)| (&**id, &**name)).collect();
                let names = pattern.names(&instances, now);
                for name in &names {
                    assert!(backup_name(name).is_ok(), "{name}");
                }
                // The first few suggestions are taken.
                let taken = std::cell::RefCell::new(Vec::new());
                let is_taken = |name: &str| {
                    let mut taken = taken.borrow_mut();
                    if taken.iter().any(|known| known == name) {
                        return true;
                    }
                    let is_taken = taken.len() < many as usize;
                    taken.extend(is_taken.then(|| name.to_owned()));
                    is_taken
                };
                let (_, first) = instances[0];
                let suggested = pattern.free_name(first, now, is_taken);
                assert!(backup_name(&suggested).is_ok(), "{suggested}");
                assert!(!taken.borrow().contains(&suggested), "{suggested}");
                let begins_well = plain(first).starts_with(|first: char| first.is_ascii_alphabetic());
                let are_alike = |(place, (_, name)): (usize, &(&str, &str))| {
                    instances[..place].iter().any(|(_, other)| other == name)
                };
                cases([
                    ("begins with a letter", begins_well),
                    ("begins otherwise", !begins_well),
                    ("is as long as can be", names.iter().any(|name| name.len() >= MAX_NAME_LENGTH - 1)),
                    ("two alike", instances.iter().enumerate().any(are_alike)),
                    ("is taken", many > 0),
                ])
            },
        );
    }
}
