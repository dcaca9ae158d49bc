//! One sort for every list: a generic sort would be compiled again for each element type.

use std::cmp::Ordering;

/// Sorts stably.
pub(super) fn sort_by<T: Copy>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let by_place = |left: usize, right: usize| match (items.get(left), items.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => left.cmp(&right),
    };
    let places = sorted_places(items.len(), &by_place);
    *items = places.into_iter().filter_map(|place| items.get(place).copied()).collect();
}

/// Merges sorted runs of doubling length. The standard library's sort is faster, but ten times the code: one hundredth
/// of the page's later part.
fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut length = 1;
    while length < count {
        let mut merged = Vec::with_capacity(count);
        for pair in places.chunks(2 * length) {
            let (mut left, mut right) = pair.split_at(length.min(pair.len()));
            while let (Some((first, others)), Some((second, rest))) = (left.split_first(), right.split_first()) {
                if compare(*first, *second) == Ordering::Greater {
                    merged.push(*second);
                    right = rest;
                } else {
                    merged.push(*first);
                    left = others;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        length *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_order_of_std(mut items in proptest::collection::vec((0..9_u8, 0..99_u8), 0..70)) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|(key, _)| *key);
            sort_by(&mut items, |(left, _), (right, _)| left.cmp(right));
            prop_assert_eq!(items, sorted);
        }
    }

    #[test]
    fn things_that_are_equal_stay_as_they_came() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        sort_by(&mut items, |left, right| left.0.cmp(&right.0));
        assert_eq!(items, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
        let mut none: Vec<u8> = Vec::new();
        sort_by(&mut none, Ord::cmp);
        assert!(none.is_empty());
    }
}
