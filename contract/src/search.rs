//! Substring search. The standard library's has a guaranteed running time and takes 1.5 KB in the part of the page that
//! every visit loads; here either the texts or the patterns are short.

/// The position of the first occurrence of a pattern.
pub fn find(text: &str, piece: &str) -> Option<usize> {
    text.as_bytes().windows(piece.len().max(1)).position(|window| window == piece.as_bytes())
}

/// Whether a text contains a pattern.
pub fn contains(text: &str, piece: &str) -> bool {
    piece.is_empty() || find(text, piece).is_some()
}

/// The text before the first occurrence of a pattern, and the text after it.
pub fn split_once<'a>(text: &'a str, piece: &str) -> Option<(&'a str, &'a str)> {
    let place = find(text, piece)?;
    Some((text.get(..place)?, text.get(place + piece.len()..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_std_finds(text in "[abü:/]{0,12}", piece in "[abü:/]{1,3}") {
            prop_assert_eq!(find(&text, &piece), text.find(&piece));
            prop_assert_eq!(contains(&text, &piece), text.contains(&piece));
            prop_assert_eq!(split_once(&text, &piece), text.split_once(piece.as_str()));
        }
    }

    #[test]
    fn nothing_is_in_everything() {
        assert!(contains("", "") && contains("a", "") && !contains("", "a"));
    }
}
