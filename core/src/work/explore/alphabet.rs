//! The possible next steps in a state of the world.

use super::model::{Awaited, World};
use super::server::{By, INSTANCE};
use super::step::{Asked, Bounds, Condition, Listing, Other, Sent, Span, Step};
use crate::work::creation::Creation;
use crate::work::loading::Loading;
use crate::work::stage::{NotSent, Outcome, Stage};

/// Every step that is possible within the bounds.
pub(super) fn possible(world: &World, bounds: &Bounds) -> Vec<Step> {
    let mut steps = Vec::new();
    presses(world, bounds, &mut steps);
    users(world, bounds, &mut steps);
    servers(world, bounds, &mut steps);
    answers(world, bounds, &mut steps);
    times(world, bounds, &mut steps);
    steps
}

/// User actions that may send something.
fn presses(world: &World, bounds: &Bounds, steps: &mut Vec<Step>) {
    let used = &world.used;
    if used.presses >= bounds.presses || used.posts >= bounds.posts || world.typed.is_none() {
        return;
    }
    steps.push(Step::Press(Asked::Plain));
    if world.is_about_two() || world.work.creations.is_empty() {
        steps.push(Step::PressBoth);
    }
    if world.is_about_two() && world.work.creations.iter().any(|creation| world.work.may_be_tried_again(creation)) {
        steps.push(Step::TryBothAgain);
    }
    if !world.work.creations.is_empty() {
        steps.extend([Step::Press(Asked::Described), Step::Press(Asked::OtherName)]);
    }
    for (place, creation) in world.work.creations.iter().enumerate() {
        if creation.can_go_on() && creation.request.is_some() {
            steps.push(Step::TryAgain(place));
        }
        if creation.may_await_instance() {
            steps.push(Step::AwaitInstance(place));
        }
        let is_unreachable = matches!(creation.stage, Stage::Ended(Outcome::NotSent(NotSent::Unreachable)))
            || matches!(creation.stage, Stage::Ended(_)) && creation.not_sent == Some(NotSent::Unreachable);
        if is_unreachable {
            steps.push(Step::CreateAnyway(place));
        }
    }
}

/// Other user actions.
fn users(world: &World, bounds: &Bounds, steps: &mut Vec<Step>) {
    let used = &world.used;
    for (place, creation) in world.work.creations.iter().enumerate().filter(|_| used.looks < bounds.looks) {
        match &creation.stage {
            Stage::Building(_) | Stage::Ended(Outcome::Unknown(_)) => steps.push(Step::LookAgain(place)),
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_) => {
                steps.push(Step::Cancel(place));
            }
            Stage::Ended(_) => {}
        }
    }
    if world.is_about_two() && used.looks < bounds.looks {
        if world.work.creations.iter().any(Creation::wants_a_look) {
            steps.push(Step::LookAtBothAgain);
        }
        if world.work.creations.iter().any(Creation::may_be_cancelled) {
            steps.push(Step::CancelBoth);
        }
    }
    let is_loading = matches!(world.work.backups.loading, Loading::Underway { .. });
    if used.glances < bounds.glances {
        if !is_loading && world.typed.is_some() {
            steps.push(Step::ShowBackups);
        }
        if world.work.creations.iter().any(|creation| matches!(creation.stage, Stage::Building(_))) {
            steps.push(Step::SwitchTabs);
        }
    }
    if used.tokens < bounds.tokens && !world.lives.is_empty() {
        steps.push(Step::NewToken);
        if world.typed.is_some() {
            steps.push(Step::ForgetToken);
        }
    }
    if used.reloads < bounds.reloads && world.work.creations.iter().any(Creation::is_under_way) {
        steps.push(Step::Reload);
    }
}

/// Actions of the server and of other people.
fn servers(world: &World, bounds: &Bounds, steps: &mut Vec<Step>) {
    let used = &world.used;
    for (life, truth) in world.lives.iter().enumerate() {
        if world.pending(life).is_some() && !world.server.has_name(truth.asked.instance(), truth.asked.name()) {
            steps.push(Step::Commit(life));
        }
    }
    if used.others < bounds.others && !world.server.has_name(INSTANCE, "nightly") {
        steps.extend([Other::Alike, Other::Automated, Other::Partial].map(Step::Another));
    }
    // Only relevant for lists with pages, where elements can move while the total stays the same.
    if used.others < bounds.others && world.server.has_short_pages {
        steps.push(Step::OfAnotherName);
    }
    // In a list with pages, elements of one page can be deleted before the next is read.
    let first = usize::from(!world.server.states_no_total && !world.server.has_short_pages);
    for (place, made) in world.server.made.iter().enumerate().skip(first) {
        if made.is_deleted || used.ends >= bounds.ends {
            continue;
        }
        let may_come = |life: usize| {
            let asked = world.lives[life].asked;
            let is_of_the_name = (asked.instance(), asked.name()) == (made.instance, made.name);
            made.by != By::Life(life) && is_of_the_name && world.pending(life).is_some()
        };
        let holds_off = (0..world.lives.len()).any(may_come);
        if made.status == "BUILDING" {
            steps.extend([Step::Complete(place), Step::Fail(place)]);
        }
        if !holds_off {
            steps.push(Step::Delete(place));
        }
    }
}

const LOST_OR_NOT: [Sent; 10] = [
    Sent::Lost,
    Sent::TimedOut,
    Sent::GivenUp,
    Sent::Unclear,
    Sent::Running,
    Sent::NameExists,
    Sent::Forbidden,
    Sent::Unavailable,
    Sent::Unauthorized,
    Sent::WebServerLogin,
];
const NEVER_MADE: [Sent; 4] = [Sent::NameRefused, Sent::TokenRejected, Sent::InvalidRequest, Sent::PolicyForbids];
const FAULTS: [Listing; 10] = [
    Listing::Unanswered,
    Listing::TimedOut,
    Listing::Forbidden,
    Listing::Unavailable,
    Listing::Throttled,
    Listing::ThrottledForLong,
    Listing::TokenRejected,
    Listing::WebServerLogin,
    Listing::NotSent,
    Listing::PolicyForbids,
];

/// The possible ends of open calls and waits.
fn answers(world: &World, bounds: &Bounds, steps: &mut Vec<Step>) {
    let may_fail = world.used.faults < bounds.faults;
    let (mut posts, mut lists, mut instances) = (0, 0, 0);
    for open in &world.open {
        match &open.what {
            Awaited::Post(life, attempt) => {
                let truth = &world.lives[*life];
                let is_made = truth.attempts[*attempt].made.is_some();
                if is_made || !world.server.has_name(truth.asked.instance(), truth.asked.name()) {
                    steps.extend([Sent::Responded, Sent::AnsweredWithoutId].map(|sent| Step::Post(posts, sent)));
                }
                steps.extend(LOST_OR_NOT.map(|sent| Step::Post(posts, sent)));
                if !is_made {
                    steps.extend(NEVER_MADE.map(|sent| Step::Post(posts, sent)));
                }
                posts += 1;
            }
            Awaited::List { instance, types, one, .. } => {
                let listed = |listing| world.server.listed(instance, *types, one.as_deref(), listing, open.asked);
                let honest = listed(Listing::Honest);
                steps.push(Step::List(lists, Listing::Honest));
                if listed(Listing::Lagging) != honest {
                    steps.push(Step::List(lists, Listing::Lagging));
                }
                if may_fail {
                    if !honest.is_empty() && !world.server.states_no_total {
                        steps.push(Step::List(lists, Listing::CutShort));
                    }
                    if one.is_none() {
                        let odd = [Listing::Shifted, Listing::OfAnotherInstance];
                        steps.extend(odd.map(|listing| Step::List(lists, listing)));
                    }
                    steps.extend(FAULTS.map(|listing| Step::List(lists, listing)));
                }
                lists += 1;
            }
            Awaited::Instance(_) => {
                let said = [Condition::Ready, Condition::BackingUp];
                steps.extend(said.map(|condition| Step::Instance(instances, condition)));
                if may_fail {
                    let faults = [
                        Condition::Unanswered,
                        Condition::Forbidden,
                        Condition::Unavailable,
                        Condition::TokenRejected,
                        Condition::WebServerLogin,
                    ];
                    steps.extend(faults.map(|condition| Step::Instance(instances, condition)));
                }
                instances += 1;
            }
            Awaited::Tasks => steps.push(Step::Tasks),
            Awaited::Probe => steps.extend([Step::Probe(true), Step::Probe(false)]),
            Awaited::Wait(_) => {}
        }
    }
}

/// The ways in which time can pass.
fn times(world: &World, bounds: &Bounds, steps: &mut Vec<Step>) {
    let used = &world.used;
    if world.open.iter().any(|open| matches!(open.what, Awaited::Wait(_))) {
        steps.push(Step::Next);
    }
    if used.sleeps < bounds.sleeps && !world.lives.is_empty() {
        let sleeps = [Span::Quarter, Span::Settle, Span::Search, Span::Hour, Span::Day];
        steps.extend(sleeps.map(Step::Pass));
    }
    if used.clocks < bounds.clocks {
        steps.extend([Step::SetClock(3_600), Step::SetClock(-3_600)]);
    }
}
