//! Breadth-first search over distinct states, from each seed, so that the first failing sequence is among the shortest.

use std::collections::HashSet;

use super::alphabet::possible;
use super::fingerprint::Fingerprints;
use super::model::World;
use super::report::Reach;
use super::step::{Asked, Bounds, Dates, Listing, Other, Sent, Span, Step};

/// A state by the path to it: the previous state and the step; or a seed.
#[derive(Clone, Copy)]
enum Node {
    Seed(usize),
    After(u32, Step),
}

/// Plays a possible sequence, and returns the resulting state.
#[track_caller]
pub(super) fn play(steps: &[Step]) -> World {
    let mut world = World::new();
    for (place, step) in steps.iter().enumerate() {
        assert!(is_possible(&world, *step), "{step:?}, step {place}, isn't possible there");
        if let Err(fault) = world.play(*step) {
            panic!("{fault}, at step {place}: {step:?}");
        }
    }
    world
}

fn is_possible(world: &World, step: Step) -> bool {
    match step {
        Step::Dates(_) | Step::ShortPages | Step::NoTotals | Step::OneAtATime => world.lives.is_empty(),
        Step::Pass(_) => true,
        Step::Press(_) | Step::PressBoth => world.typed.is_some(),
        _ => possible(world, &Bounds::NONE).contains(&step),
    }
}

/// Explores from seeds up to a depth, or until this many distinct states were visited.
pub(super) fn explore(seeds: &[&[Step]], depth: usize, most: usize, bounds: &Bounds) -> Reach {
    let mut reach = Reach::default();
    let (mut seen, mut fingerprints) = (HashSet::new(), Fingerprints::default());
    let mut nodes: Vec<Node> = Vec::new();
    let mut frontier: Vec<u32> = Vec::new();
    for (place, seed) in seeds.iter().enumerate() {
        let world = sown(seed);
        if seen.insert(fingerprints.of(&world)) {
            reach.count(&world);
            frontier.push(u32::try_from(nodes.len()).unwrap());
            nodes.push(Node::Seed(place));
        }
    }
    while !frontier.is_empty() && reach.depth < depth && reach.states < most {
        let is_last = reach.depth + 1 == depth;
        let mut next = Vec::new();
        for from in std::mem::take(&mut frontier) {
            let way = way_to(&nodes, from, seeds);
            let world = sown_again(&way);
            for step in possible(&world, bounds) {
                let mut after = world.clone();
                reach.steps += 1;
                if let Err(fault) = after.play(step) {
                    report(&fault, &way, step);
                }
                if !seen.insert(fingerprints.of(&after)) {
                    continue;
                }
                reach.count(&after);
                if !is_last {
                    next.push(u32::try_from(nodes.len()).unwrap());
                    nodes.push(Node::After(from, step));
                }
            }
            if reach.states >= most {
                return reach;
            }
        }
        frontier = next;
        reach.depth += 1;
    }
    reach
}

fn sown(seed: &[Step]) -> World {
    play(seed)
}

/// The state at the end of a path that was played before.
fn sown_again(way: &[Step]) -> World {
    let mut world = World::new();
    for step in way {
        world.play(*step).unwrap();
    }
    world
}

fn way_to(nodes: &[Node], mut node: u32, seeds: &[&[Step]]) -> Vec<Step> {
    let mut back = Vec::new();
    loop {
        match nodes[node as usize] {
            Node::After(before, step) => {
                back.push(step);
                node = before;
            }
            Node::Seed(place) => {
                back.extend(seeds[place].iter().rev());
                back.reverse();
                return back;
            }
        }
    }
}

/// The result of a sequence: its first fault, and after how many steps; `None` if it isn't possible.
fn fault_of(steps: &[Step]) -> Option<(String, usize)> {
    let mut world = World::new();
    for (place, step) in steps.iter().enumerate() {
        if !is_possible(&world, *step) {
            return None;
        }
        if let Err(fault) = world.play(*step) {
            return Some((fault, place + 1));
        }
    }
    None
}

/// Fails the test with the sequence as a test that can be pasted, without the steps that it doesn't need.
fn report(fault: &str, way: &[Step], last: Step) -> ! {
    let mut steps: Vec<Step> = way.iter().copied().chain([last]).collect();
    let mut place = 0;
    while place < steps.len() {
        let mut fewer = steps.clone();
        fewer.remove(place);
        match fault_of(&fewer) {
            Some((same, length)) if same == fault => {
                fewer.truncate(length);
                steps = fewer;
                place = 0;
            }
            _ => place += 1,
        }
    }
    let lines: Vec<String> = steps.iter().map(|step| format!("        Step::{step:?},\n")).collect();
    panic!("{fault}\n\n#[test]\nfn found() {{\n    play(&[\n{}    ]);\n}}\n", lines.concat());
}

const PRESSED: Step = Step::Press(Asked::Plain);
const READ: Step = Step::List(0, Listing::Honest);
const UNREAD: Step = Step::List(0, Listing::Forbidden);

/// The starting states of the search: those that a few steps from nothing don't reach.
pub(super) const SEEDS: [&[Step]; 39] = [
    &[],
    &[Step::Dates(Dates::Absent)],
    &[Step::Dates(Dates::Skewed)],
    &[PRESSED, READ],
    &[Step::Dates(Dates::Absent), PRESSED, READ],
    &[Step::Dates(Dates::Absent), PRESSED, UNREAD],
    &[Step::Dates(Dates::Skewed), PRESSED, READ, Step::Commit(0), Step::Post(0, Sent::Lost)],
    &[PRESSED, UNREAD],
    &[Step::ShortPages, PRESSED, READ],
    // Between two pages of a list that states no total.
    &[
        Step::NoTotals,
        PRESSED,
        READ,
        READ,
        Step::Commit(0),
        Step::Post(0, Sent::Lost),
        Step::List(0, Listing::Lagging),
        Step::List(0, Listing::Lagging),
        Step::List(0, Listing::Lagging),
        Step::Pass(Span::Settle),
        Step::Next,
        READ,
    ],
    // Between two pages of a list whose total stays the same when one element is deleted and another is added.
    &[
        Step::ShortPages,
        PRESSED,
        READ,
        Step::Commit(0),
        Step::Post(0, Sent::Lost),
        Step::List(0, Listing::Lagging),
        Step::Pass(Span::Settle),
        Step::Next,
        READ,
    ],
    &[PRESSED, READ, Step::Post(0, Sent::Responded), Step::Next],
    &[PRESSED, READ, Step::Post(0, Sent::AnsweredWithoutId), Step::Next],
    &[PRESSED, READ, Step::Post(0, Sent::Running), Step::AwaitInstance(0)],
    &[PRESSED, READ, Step::Commit(0), Step::Post(0, Sent::NameExists)],
    &[PRESSED, UNREAD, Step::Commit(0), Step::Post(0, Sent::Forbidden)],
    // No attempt can take effect any more, and the instance is queried.
    &[PRESSED, READ, Step::Post(0, Sent::Lost), READ, Step::Pass(Span::Settle), Step::Next, READ],
    &[PRESSED, READ, Step::Post(0, Sent::Running), READ, Step::Pass(Span::Settle), Step::Next, READ],
    &[PRESSED, READ, Step::Post(0, Sent::NameExists), READ, Step::Pass(Span::Settle), Step::Next, READ],
    // The list fails without an answer, while something answers at the endpoint.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::Lost),
        Step::List(0, Listing::Unanswered),
        Step::Probe(true),
        Step::Next,
        Step::List(0, Listing::Unanswered),
    ],
    &[PRESSED, Step::List(0, Listing::Unanswered), Step::Next, Step::List(0, Listing::Unanswered)],
    // The ends of backups that are being built.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::Responded),
        Step::Next,
        READ,
        Step::Delete(1),
        Step::Next,
        READ,
        Step::Pass(Span::Settle),
    ],
    &[PRESSED, READ, Step::Post(0, Sent::Responded), Step::Delete(1), Step::Pass(Span::Hour), Step::Next],
    // After a reload.
    &[PRESSED, READ, Step::Commit(0), Step::Reload, Step::NewToken, Step::LookAgain(0)],
    &[PRESSED, READ, Step::Post(0, Sent::Responded), Step::Reload, Step::NewToken, Step::LookAgain(0)],
    // The same, once no attempt can take effect any more and somebody else has taken the name.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::Lost),
        Step::Reload,
        Step::NewToken,
        Step::Pass(Span::Search),
        Step::Another(Other::Alike),
        Step::LookAgain(0),
    ],
    // Completed, and missing from a list.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::Responded),
        Step::Next,
        Step::Complete(1),
        READ,
        Step::Delete(1),
        Step::ShowBackups,
        Step::List(0, Listing::Honest),
    ],
    // Both instances with one press.
    &[Step::PressBoth, READ, READ],
    &[Step::OneAtATime, Step::PressBoth, READ],
    &[Step::OneAtATime, Step::PressBoth, READ, Step::Post(0, Sent::Lost), Step::List(1, Listing::Honest)],
    &[Step::OneAtATime, Step::PressBoth, READ, Step::Commit(0), Step::Reload, Step::NewToken],
    &[
        Step::OneAtATime,
        Step::PressBoth,
        READ,
        Step::Post(0, Sent::NameRefused),
        READ,
        Step::Post(0, Sent::NameRefused),
        Step::TryBothAgain,
    ],
    // A second life.
    &[PRESSED, READ, Step::Post(0, Sent::Lost), Step::Press(Asked::OtherName)],
    // The same name again, after its backup is complete.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::Responded),
        Step::Next,
        Step::Complete(1),
        READ,
        PRESSED,
        UNREAD,
        Step::Post(0, Sent::NameExists),
    ],
    // Between two attempts, while nobody is watching.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::Lost),
        UNREAD,
        Step::Pass(Span::Search),
        Step::Another(Other::Alike),
        Step::TryAgain(0),
    ],
    // Accepted without an ID, and deleted before any list contained it.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::AnsweredWithoutId),
        Step::Delete(1),
        Step::Next,
        READ,
        Step::Pass(Span::Hour),
        Step::Next,
        READ,
    ],
    // An older card of the name is retried beside a newer one.
    &[
        PRESSED,
        READ,
        Step::Post(0, Sent::NameRefused),
        Step::Pass(Span::Settle),
        Step::Press(Asked::Described),
        Step::Cancel(0),
        Step::TryAgain(1),
        READ,
    ],
    // A retry of an unknown outcome.
    &[PRESSED, READ, Step::Post(0, Sent::Lost), Step::Cancel(0), Step::TryAgain(0)],
    &[PRESSED, READ, Step::Post(0, Sent::Lost), UNREAD, Step::NewToken, Step::TryAgain(0), READ],
];
