//! What the page says in another language where the English one says something: a second opinion, apart from the page's own
//! sentences, in `words/TAG.tsv`. Each line has the English and the other words, with a tab between; `{}` stands for whatever
//! stands there, or `{2}` for the second of it where another language has another order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use console_core::Language;

use super::host::workspace;

/// English and other words.
type Words = Vec<(String, String)>;

static WORDS: LazyLock<BTreeMap<&'static str, Words>> =
    LazyLock::new(|| Language::loaded().map(|language| (language.tag(), read(language.tag()))).collect());

fn read(tag: &str) -> Words {
    let file = workspace().join(format!("tests/common/words/{tag}.tsv"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let pair = |line: &str| line.split_once('\t').map(|(english, other)| (english.to_owned(), other.to_owned()));
    text.lines().map(|line| pair(line).unwrap_or_else(|| panic!("no tab: {line}"))).collect()
}

/// The words of a language for English words of the page. What has none (IDs, names, codes of the API) is the same in all.
pub fn in_language(tag: &str, english: &str) -> String {
    let words = WORDS.get(tag).map(Vec::as_slice).unwrap_or_default();
    let mut translations = words.iter().filter_map(|(pattern, other)| translate(tag, english, pattern, other));
    translations.next().unwrap_or_else(|| english.to_owned())
}

fn translate(tag: &str, english: &str, pattern: &str, other: &str) -> Option<String> {
    let mut parts = pattern.split("{}");
    let mut rest = english.strip_prefix(parts.next()?)?;
    let mut translated = other.to_owned();
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        // The last part closes the text; those before are found where they come first.
        let is_last = index + 1 == parts.len();
        let end = if is_last { rest.strip_suffix(part)?.len() } else { rest.find(part)? };
        let numbered = format!("{{{}}}", index + 1);
        let place = if translated.contains(&numbered) { &*numbered } else { "{}" };
        translated = translated.replacen(place, &in_language(tag, rest.get(..end)?), 1);
        rest = rest.get(end + part.len()..)?;
    }
    rest.is_empty().then_some(translated)
}
