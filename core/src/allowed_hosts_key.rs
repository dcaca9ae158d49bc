//! Which keys of the settings are meant to limit where calls go, however they are spelt.

/// What the key of a limit has in it, however it is written.
const WORDS: [&str; 4] = ["allow", "host", "permit", "whitelist"];

/// Whether the fault of a key may keep a limit on calls from being read: it is `allowed_hosts`, or something that is meant for
/// it, or "" for the settings as a whole.
pub(crate) fn concerns_calls(key: &str) -> bool {
    key.is_empty() || is_meant_by(key)
}

/// Whether a key that isn't known may be meant for `allowed_hosts`. Rather one too many: it closes a page whose settings
/// have a fault anyway, and the fault is said.
pub(crate) fn is_meant_by(key: &str) -> bool {
    let letters: String =
        key.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    WORDS.iter().any(|word| letters.contains(word)) || distance(letters.as_bytes(), b"allowedhosts") <= 3
}

/// How many letters have to be changed, left out or put in to make one word of the other (Levenshtein).
fn distance(one: &[u8], other: &[u8]) -> usize {
    // The distances of what was read of `one` to each beginning of `other`.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let (mut diagonal, mut left) = (index, index + 1);
        for (place, wanted) in row.iter_mut().zip(std::iter::once(None).chain(other.iter().map(Some))) {
            let replaced = diagonal + usize::from(wanted != Some(letter));
            diagonal = *place;
            // Nothing stands before the first letter.
            left = if wanted.is_some() { replaced.min(diagonal + 1).min(left + 1) } else { index + 1 };
            *place = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_two_words_is_the_least_number_of_changes() {
        for (one, other, expected) in
            [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 2)]
        {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_key_that_may_be_meant_is_known_in_many_spellings() {
        for key in [
            "allowed_host",
            "allowedHosts",
            "ALLOWED-HOSTS",
            "allow_hosts",
            "hosts",
            "host_whitelist",
            "permitted_endpoints",
            "alowed_hsots",
            "allowed_hosts[3]",
            "allowed_hosts ",
            "alwed_hots",
        ] {
            assert!(is_meant_by(key), "{key}");
        }
        for key in ["titel", "endpoint", "endpoints[2]", "project_id", "them", "lang", "poll_second", "loges", ""] {
            assert!(!is_meant_by(key), "{key}");
        }
    }
}
