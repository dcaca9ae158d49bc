//! Sequences that have failed once, or easily could, each in its shortest form and with the outcome that it must have.

use super::model::World;
use super::search::play;
use super::step::{Asked, Condition, Dates, Listing, Other, Sent, Span, Step};
use crate::work::creation::Creation;
use crate::work::stage::{Blocker, Certainty, NotSent, Outcome, Stage, Unknown};

const PRESS: Step = Step::Press(Asked::Plain);
const READ: Step = Step::List(0, Listing::Honest);
const READ_AGAIN: [Step; 2] = [Step::Next, READ];

/// Plays sequences one after the other.
#[track_caller]
fn plays(parts: &[&[Step]]) -> World {
    play(&parts.concat())
}

/// The newest creation.
fn newest(world: &World) -> &Creation {
    &world.work.creations[0]
}

#[track_caller]
fn ends(world: &World, outcome: impl Fn(&Outcome) -> bool) {
    let stage = &newest(world).stage;
    assert!(matches!(stage, Stage::Ended(end) if outcome(end)), "{stage:?}");
}

#[track_caller]
fn builds(world: &World, certainty: Certainty) {
    assert!(matches!(newest(world).stage, Stage::Building(_)), "{:?}", newest(world).stage);
    assert_eq!(newest(world).certainty, Some(certainty));
}

fn is_near(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Unknown(Unknown::Near(_)))
}

/// From a lost answer until the instance is queried: no attempt can take effect any more.
const SETTLED: [Step; 6] = [PRESS, READ, Step::Post(0, Sent::Lost), READ, Step::Pass(Span::Settle), Step::Next];

#[test]
fn the_plain_case() {
    let world = play(&[PRESS, READ, Step::Post(0, Sent::Responded)]);
    builds(&world, Certainty::Responded);
    let done =
        plays(&[&[PRESS, READ, Step::Post(0, Sent::Responded), Step::Next, READ, Step::Complete(1)], &READ_AGAIN]);
    ends(&done, |outcome| *outcome == Outcome::Completed);
}

// Each number stands for a kind of sequence that has failed.

/// 1. The browser sends twice: the second POST meets the backup of the first.
#[test]
fn a_post_that_was_sent_twice_is_found() {
    let sent = [PRESS, READ, Step::Commit(0), Step::Post(0, Sent::Running), Step::List(0, Listing::Lagging)];
    let awaited = [Step::AwaitInstance(0), Step::Instance(0, Condition::Ready), READ];
    builds(&plays(&[&sent, &awaited]), Certainty::Listed);
    // The list still lacks the backup, and the next POST meets the name.
    let refused = [
        Step::AwaitInstance(0),
        Step::Instance(0, Condition::Ready),
        Step::List(0, Listing::Lagging),
        Step::Post(0, Sent::NameExists),
        READ,
    ];
    builds(&plays(&[&sent, &refused]), Certainty::Listed);
}

/// 2. A proxy's `Date` is ahead of the clock that timed the backup's begin.
#[test]
fn a_proxys_clock_makes_nobody_elses_of_ones_own() {
    let world = play(&[Step::Dates(Dates::Skewed), PRESS, READ, Step::Commit(0), Step::Post(0, Sent::Lost), READ]);
    builds(&world, Certainty::Listed);
}

/// 3. A retry is refused, and the list is forbidden: the first attempt may have created the backup.
#[test]
fn a_refused_retry_does_not_speak_for_the_first_attempt() {
    let world = play(&[
        PRESS,
        Step::List(0, Listing::Forbidden),
        Step::Post(0, Sent::Lost),
        Step::List(0, Listing::Forbidden),
        Step::NewToken,
        Step::TryAgain(0),
        Step::List(0, Listing::Forbidden),
        Step::Post(0, Sent::NameRefused),
        Step::List(0, Listing::Forbidden),
    ]);
    ends(&world, |outcome| matches!(outcome, Outcome::Unknown(Unknown::Blocked(Blocker::Refused(_)))));
}

/// 4. A gateway's refusal after the backup began; the first list fails, lags, or has the backup on a later page.
#[test]
fn a_gateways_refusal_is_no_proof() {
    let sent = [PRESS, READ, Step::Commit(0), Step::Post(0, Sent::Forbidden)];
    for first in [Listing::Unavailable, Listing::Lagging, Listing::CutShort] {
        let mut steps = [&sent[..], &[Step::List(0, first)]].concat();
        if first == Listing::CutShort {
            steps.push(Step::List(0, first));
        }
        steps.extend(READ_AGAIN);
        builds(&play(&steps), Certainty::Listed);
    }
    let further_back = [Step::ShortPages, PRESS, READ, Step::Commit(0), Step::Post(0, Sent::Forbidden), READ, READ];
    builds(&play(&further_back), Certainty::Listed);
}

/// 5. A list with fewer elements than its total proves nothing.
#[test]
fn a_list_that_is_cut_short_proves_no_absence() {
    let cut = Step::List(0, Listing::CutShort);
    let world = plays(&[&SETTLED, &[cut]]);
    let Stage::Reconciling(reconciliation) = &newest(&world).stage else { panic!("{:?}", newest(&world).stage) };
    assert_eq!(reconciliation.blocker, Some(Blocker::Incomplete));
    // Nor does it after a quarter of an hour, and the page says so.
    let given_up = plays(&[&SETTLED, &[cut, Step::Pass(Span::Search), Step::Next, cut]]);
    ends(&given_up, |outcome| *outcome == Outcome::Unknown(Unknown::Blocked(Blocker::Incomplete)));
}

/// A list in several pages that states no total proves nothing, and shows that an element was deleted between two
/// pages.
#[test]
fn a_list_in_pages_without_a_total_proves_no_absence_and_skips_nothing() {
    let begin = [Step::NoTotals, PRESS, READ, READ, Step::Commit(0), Step::Post(0, Sent::Lost)];
    let lacking = [Step::List(0, Listing::Lagging); 3];
    let world = plays(&[&begin, &lacking]);
    let Stage::Reconciling(reconciliation) = &newest(&world).stage else { panic!("{:?}", newest(&world).stage) };
    assert_eq!(reconciliation.blocker, Some(Blocker::Incomplete));
    // The element that moves up to the place of the deleted one would be skipped. The outcome is `Near`: the list
    // before the press proved nothing either.
    let deleted = [Step::Pass(Span::Settle), Step::Next, READ, Step::Delete(0), READ];
    ends(&plays(&[&begin, &lacking, &deleted]), is_near);
}

/// 6. The name under another instance.
#[test]
fn another_instances_backup_is_nobodys() {
    let world = plays(&[&SETTLED, &[Step::List(0, Listing::OfAnotherInstance), Step::Instance(0, Condition::Ready)]]);
    ends(&world, |outcome| *outcome == Outcome::NotCreated);
}

/// 8. Without `Date`: somebody else's backup of the name began before the press, and no list has shown it.
#[test]
fn a_colleagues_backup_is_not_ones_own() {
    let begin = [Step::Dates(Dates::Absent), Step::Another(Other::Partial), PRESS, Step::List(0, Listing::Forbidden)];
    let world = plays(&[&begin, &[Step::Post(0, Sent::Lost), READ]]);
    ends(&world, |outcome| matches!(outcome, Outcome::NameTaken(Some(_))));
    let begin = [Step::Dates(Dates::Absent), Step::Another(Other::Alike), PRESS, Step::List(0, Listing::Forbidden)];
    let world = plays(&[&begin, &[Step::Post(0, Sent::Lost), READ]]);
    ends(&world, is_near);
}

/// 9. A server that sends the same page for every request is asked only a few times.
#[test]
fn a_list_that_always_shifts_comes_to_an_end() {
    let shifted = Step::List(0, Listing::Shifted);
    let world = plays(&[&SETTLED, &[shifted, shifted]]);
    let Stage::Reconciling(reconciliation) = &newest(&world).stage else { panic!("{:?}", newest(&world).stage) };
    assert_eq!(reconciliation.blocker, Some(Blocker::Incomplete));
}

/// 10. The clock is set forward, or the machine sleeps.
#[test]
fn no_clock_that_is_set_ends_a_wait() {
    let lost = [PRESS, READ, Step::Post(0, Sent::Lost)];
    let set = plays(&[&lost, &[Step::SetClock(3_600), READ, Step::Next, READ]]);
    assert!(matches!(newest(&set).stage, Stage::Reconciling(_)));
    let asleep = plays(&[&lost, &[READ, Step::Commit(0), Step::Pass(Span::Search), Step::Next, READ]]);
    builds(&asleep, Certainty::Listed);
}

/// 13. A followed backup is deleted; a rejected token stops what waits, and a new one resumes it.
#[test]
fn every_wait_ends() {
    let followed = [PRESS, READ, Step::Post(0, Sent::Responded), Step::Next, READ, Step::Delete(1)];
    let gone = plays(&[&followed, &READ_AGAIN, &[Step::Pass(Span::Settle)], &READ_AGAIN]);
    ends(&gone, |outcome| *outcome == Outcome::Gone);
    let rejected = plays(&[&followed[..4], &[Step::List(0, Listing::TokenRejected)]]);
    assert!(newest(&rejected).awaits_token() && rejected.open.is_empty());
    let renewed = plays(&[&followed[..4], &[Step::List(0, Listing::TokenRejected), Step::NewToken, READ]]);
    assert!(newest(&renewed).is_running());
    let awaited = [PRESS, READ, Step::Post(0, Sent::Running), Step::AwaitInstance(0)];
    let announced = plays(&[&awaited, &[Step::Instance(0, Condition::TokenRejected)]]);
    assert!(matches!(newest(&announced).not_sent, Some(NotSent::TokenRejected(_))));
    let busy = Step::Instance(0, Condition::BackingUp);
    let stays_busy = plays(&[&awaited, &[busy, Step::Pass(Span::Hour), Step::Next, busy]]);
    assert_eq!(newest(&stays_busy).not_sent, Some(NotSent::InstanceStaysBusy));
}

/// 14. A new token comes while a call with the old one is under way, which is then rejected.
#[test]
fn a_late_refusal_says_nothing_of_the_new_token() {
    let world = play(&[
        PRESS,
        READ,
        Step::Post(0, Sent::Responded),
        Step::Next,
        Step::NewToken,
        Step::Press(Asked::OtherName),
        Step::List(0, Listing::TokenRejected),
    ]);
    assert!(world.work.creations.iter().all(|creation| !creation.awaits_token()));
}

/// 17. A 2xx with a backup that has no details.
#[test]
fn a_backup_without_an_id_is_found_by_its_name() {
    let world = plays(&[&[PRESS, READ, Step::Post(0, Sent::AnsweredWithoutId)], &READ_AGAIN]);
    builds(&world, Certainty::Listed);
    assert_eq!(newest(&world).backup.id.as_deref(), Some("b1"));
    assert!(newest(&world).is_running());
}

/// 23. A call that the page's policy forbids counts as not sent.
#[test]
fn what_the_policy_forbids_was_not_sent() {
    let world = play(&[PRESS, Step::List(0, Listing::PolicyForbids)]);
    ends(&world, |outcome| *outcome == Outcome::NotSent(NotSent::Forbidden));
    let world = play(&[PRESS, READ, Step::Post(0, Sent::PolicyForbids)]);
    ends(&world, |outcome| *outcome == Outcome::NotSent(NotSent::Forbidden));
}

// Outcomes that the truth requires, so that staying silent doesn't pass the checks.

#[test]
fn nothing_was_created_once_nothing_can_come_any_more() {
    let world = plays(&[&SETTLED, &[READ, Step::Instance(0, Condition::Ready)]]);
    ends(&world, |outcome| *outcome == Outcome::NotCreated);
    let busy = plays(&[&SETTLED, &[READ, Step::Instance(0, Condition::BackingUp)]]);
    assert!(matches!(newest(&busy).stage, Stage::Reconciling(_)));
    // The login of the web server says nothing about the instance.
    let login = plays(&[&SETTLED, &[READ, Step::Instance(0, Condition::WebServerLogin)]]);
    ends(&login, |outcome| matches!(outcome, Outcome::Unknown(Unknown::Blocked(Blocker::Refused(_)))));
}

#[test]
fn a_refusal_of_the_request_is_true_at_once() {
    let world = play(&[PRESS, READ, Step::Post(0, Sent::NameRefused)]);
    ends(&world, |outcome| matches!(outcome, Outcome::Refused(_)));
}

/// With the API's own clock ten minutes are decisive, and no more.
#[test]
fn a_backup_from_clearly_before_the_press_had_the_name() {
    let asked = [PRESS, Step::List(0, Listing::Forbidden), Step::Post(0, Sent::NameExists), READ];
    let before = plays(&[&[Step::Another(Other::Alike)], &asked]);
    ends(&before, is_near);
    let world = plays(&[&[Step::Another(Other::Alike), Step::Pass(Span::Search)], &asked]);
    ends(&world, |outcome| matches!(outcome, Outcome::NameTaken(Some(_))));
}

#[test]
fn a_backup_that_was_made_long_after_is_not_claimed() {
    let lost = [Step::Dates(Dates::Absent), PRESS, READ, Step::Post(0, Sent::Lost), Step::Pass(Span::Search)];
    let alike = plays(&[&lost, &[Step::Another(Other::Alike), READ]]);
    ends(&alike, is_near);
    let partial = plays(&[&lost, &[Step::Another(Other::Partial), READ]]);
    assert!(matches!(newest(&partial).stage, Stage::Reconciling(_)), "{:?}", newest(&partial).stage);
}

/// A list from before the first attempt says nothing about backups from after that attempt was closed.
#[test]
fn a_backup_from_between_two_attempts_is_not_claimed() {
    let unread = Step::List(0, Listing::Forbidden);
    let between = [Step::Pass(Span::Search), Step::Another(Other::Alike), Step::TryAgain(0), unread];
    let again = [Step::Post(0, Sent::NameExists), READ];
    let unsent = plays(&[&[PRESS, READ, Step::Post(0, Sent::InvalidRequest)], &between, &again]);
    ends(&unsent, |outcome| is_near(outcome) || matches!(outcome, Outcome::NameTaken(Some(_))));
    let lost = plays(&[&[PRESS, READ, Step::Post(0, Sent::Lost), unread], &between, &again]);
    ends(&lost, is_near);
}

#[test]
fn a_server_that_wants_quiet_is_asked_again_after_it() {
    let lost = [PRESS, READ, Step::Post(0, Sent::Lost)];
    for (throttled, seconds) in [(Listing::Throttled, 30), (Listing::ThrottledForLong, 600)] {
        let world = plays(&[&lost, &[Step::List(0, throttled), Step::Next]]);
        assert_eq!(world.now.0, seconds * 1_000);
    }
}

#[test]
fn a_reload_looks_on_after_a_press() {
    let world = play(&[PRESS, READ, Step::Commit(0), Step::Reload, Step::NewToken, Step::LookAgain(0), READ]);
    builds(&world, Certainty::Listed);
}

/// A list from before a press says nothing about a backup that began long after a reload.
#[test]
fn a_backup_that_was_made_long_after_a_reload_is_not_claimed() {
    let lost = [PRESS, READ, Step::Post(0, Sent::Lost), Step::Reload, Step::NewToken, Step::Pass(Span::Search)];
    let look = [Step::Another(Other::Alike), Step::LookAgain(0), READ];
    // By the API's own clock it is somebody else's; without that clock it can't be determined.
    let later = plays(&[&lost, &look, &[Step::Instance(0, Condition::Ready)]]);
    ends(&later, |outcome| *outcome == Outcome::NotCreated);
    ends(&plays(&[&[Step::Dates(Dates::Absent)], &lost, &look]), is_near);
    // A backup that began during the attempt is still the press's own.
    let own = [PRESS, READ, Step::Commit(0), Step::Reload, Step::NewToken, Step::Pass(Span::Search)];
    builds(&plays(&[&own, &[Step::LookAgain(0), READ]]), Certainty::Listed);
}

/// One list that lacks it may lag; if lists lack it for a minute, it was deleted.
#[test]
fn a_completed_backup_that_lists_lack_is_asked_for_until_it_is_gone() {
    let done = [PRESS, READ, Step::Post(0, Sent::Responded), Step::Next, Step::Complete(1), READ];
    let missing = [Step::Delete(1), Step::ShowBackups, READ];
    let world = plays(&[&done, &missing]);
    assert!(newest(&world).is_missing() && newest(&world).is_running(), "{:?}", newest(&world).stage);
    let gone = plays(&[&done, &missing, &[Step::Pass(Span::Settle)], &READ_AGAIN]);
    ends(&gone, |outcome| *outcome == Outcome::Gone);
}

/// The backup of an earlier press of the same name is known, and isn't attributed to a later press.
#[test]
fn a_backup_of_an_earlier_press_is_not_taken_for_that_of_a_later_one() {
    let done = [PRESS, READ, Step::Post(0, Sent::Responded), Step::Next, Step::Complete(1), READ];
    let again = [PRESS, Step::List(0, Listing::Forbidden), Step::Post(0, Sent::NameExists), READ];
    ends(&plays(&[&done, &again]), |outcome| matches!(outcome, Outcome::NameTaken(Some(_))));
}
