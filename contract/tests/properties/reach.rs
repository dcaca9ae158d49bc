//! Runs a property over made-up inputs, and counts which cases they reach: a property that never meets what it is about
//! holds of nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Holds a property to `inputs` made-up inputs. The property panics where it doesn't hold, and names the cases that its
/// input is one of; each case of `floors` must have been met so many times at the least.
pub fn holds<S: Strategy>(
    inputs: u32,
    strategy: &S,
    floors: &[(&'static str, u32)],
    property: impl Fn(S::Value) -> Vec<&'static str>,
) {
    let met = RefCell::new(BTreeMap::<&str, u32>::new());
    let config = ProptestConfig { cases: inputs, failure_persistence: None, ..ProptestConfig::default() };
    let end = TestRunner::new(config).run(strategy, |input| {
        for case in property(input) {
            *met.borrow_mut().entry(case).or_default() += 1;
        }
        Ok(())
    });
    if let Err(failure) = end {
        panic!("{failure}");
    }
    let met = met.into_inner();
    println!("{met:?} of {inputs}");
    for (case, floor) in floors {
        let count = met.get(case).copied().unwrap_or_default();
        assert!(count >= *floor, "{case}: met {count} times of {inputs}, and {floor} are asked for; in all {met:?}");
    }
}

/// The names of the cases that are so.
pub fn cases<const N: usize>(named: [(&'static str, bool); N]) -> Vec<&'static str> {
    named.into_iter().filter_map(|(case, is_so)| is_so.then_some(case)).collect()
}
