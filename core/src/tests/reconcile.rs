//! Was it made? What the page says when an answer got lost, or a refusal proves nothing.

use super::press::settle;
use super::stage::*;

/// Two days before the press.
const LONG_AGO: &str = "2026-11-22T11:00:00Z";
const AN_HOUR_AGO: &str = "2026-11-24T11:00:00Z";
const FORBIDDEN: &str = "<html>Forbidden</html>";

#[test]
fn a_late_answer_of_a_cancelled_attempt_is_ignored() {
    let mut page = filled();
    let create = press(&mut page);
    let key = page.newest().key;
    let effects = page.update(Action::Work(WorkAction::Cancel(key)));
    assert!(effects.contains(&Effect::Page(PageEffect::Abort(create))));
    let look = only(&effects);
    assert!(answer(&mut page, create, 200, STARTED).is_empty());
    assert_eq!((page.is_looking(), &page.newest().cause), (true, &Some(Cause::Cancelled)));
    // A press with the same request shows it.
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!((page.is_building(), page.newest().certainty), (true, Some(Certainty::Listed)));
}

#[test]
fn an_answer_that_got_lost_is_looked_for_and_not_sent_again() {
    for reason in [NoResponse::Unreachable, NoResponse::TimedOut, NoResponse::Cancelled] {
        let mut page = filled();
        let create = press(&mut page);
        let effects = fail(&mut page, create, reason);
        let [(look, Call::Backups { instance_id, backup_id: None, offset: 0, .. })] = &calls(&effects)[..] else {
            panic!("the list is read");
        };
        assert_eq!(instance_id, MYSQL);
        answer(&mut page, *look, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert!(page.is_building(), "{reason:?}");
        assert_eq!(page.work.rows()[0].outcome, "created");
    }
}

#[test]
fn unclear_answers_are_looked_for_too() {
    for (status, body) in [(500, ""), (502, "<html>"), (504, ""), (408, ""), (200, "{}"), (204, "")] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, status, body));
        assert!(matches!(page.newest().cause, Some(Cause::Unclear(_))), "{status}");
        answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert!(page.is_building(), "{status}");
    }
}

#[test]
fn a_page_with_another_instances_backups_only_does_not_end_the_list() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let other = |number| format!(r#"{{"id":"o{number}","name":"backup","instance_id":"another"}}"#);
    let others = format!(r#"{{"backups":[{},{}],"total_count":3}}"#, other(1), other(2));
    let effects = answer(&mut page, look, 200, &others);
    let [(look, Call::Backups { offset: 1, .. })] = calls(&effects)[..] else { panic!("{:?}", calls(&effects)) };
    assert!(page.is_looking());
    let ours = format!(r#"{{"id":"b1","name":"backup","begin_time":"{JUST_NOW}"}}"#);
    let ours = format!(r#"{{"backups":[{},{ours}],"total_count":3}}"#, other(2));
    answer(&mut page, look, 200, &ours);
    assert_eq!((page.is_building(), page.newest().backup.id.as_deref()), (true, Some("b1")));
}

#[test]
fn what_is_not_in_the_list_is_given_time_and_then_known_not_to_be_there() {
    let mut page = filled();
    let create = press(&mut page);
    let started = page.now.monotonic;
    let mut look = only(&fail(&mut page, create, NoResponse::TimedOut));
    let mut shortest = 0;
    while page.now.monotonic.since(started) < MINUTE {
        let again = wait(&answer(&mut page, look, 200, NONE_LISTED));
        assert!(page.is_looking());
        assert!((1_000..=10_000).contains(&again.1) && again.1 >= shortest, "{}", again.1);
        shortest = again.1;
        look = only(&wait_for(&mut page, again));
    }
    let effects = answer(&mut page, look, 200, NONE_LISTED);
    let [(check, Call::Instance { id })] = &calls(&effects)[..] else { panic!("the instance is asked for") };
    assert_eq!(id, MYSQL);
    answer(&mut page, *check, 200, &instance("ACTIVE"));
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    // One press asks again, with the same name.
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(backup.name.as_str(), "backup");
}

#[test]
fn a_computers_clock_that_is_set_makes_nothing_known_earlier() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::TimedOut));
    page.set_wall_clock(HOUR);
    wait(&answer(&mut page, look, 200, NONE_LISTED));
    assert!(page.is_looking());
}

#[test]
fn an_instance_that_is_backing_up_may_be_at_this_very_backup() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::TimedOut));
    page.pass(MINUTE);
    let again = wait(&answer(&mut page, look, 200, NONE_LISTED));
    let look = only(&wait_for(&mut page, again));
    let check = only(&answer(&mut page, look, 200, NONE_LISTED));
    wait(&answer(&mut page, check, 200, &instance("BACKING UP")));
    assert!(matches!(
        page.stage(),
        Stage::Reconciling(Reconciliation { blocker: Some(Blocker::InstanceBackingUp), .. })
    ));
}

#[test]
fn a_name_that_exists_is_ones_own_with_a_list_from_before_the_press_whatever_the_clocks_say() {
    for begin_time in [JUST_NOW, AN_HOUR_AGO, LONG_AGO] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, 409, TAKEN));
        answer(&mut page, look, 200, &listed("backup", begin_time, "BUILDING"));
        assert!(page.is_building(), "{begin_time}");
        says(&page, Field::Name, &[]);
    }
}

#[test]
fn without_a_list_from_before_the_press_a_name_that_exists_is_older_only_far_from_the_press() {
    for (begin_time, is_taken) in [(JUST_NOW, false), (AN_HOUR_AGO, false), (LONG_AGO, true)] {
        let mut page = filled();
        let create = press_without_list(&mut page);
        let look = only(&answer(&mut page, create, 409, TAKEN));
        answer(&mut page, look, 200, &listed("backup", begin_time, "BUILDING"));
        let is_told_as_taken = matches!(page.outcome(), Outcome::NameTaken(Some(_)));
        let is_open = matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_)));
        assert_eq!((is_told_as_taken, is_open), (is_taken, !is_taken), "{begin_time}");
        assert_eq!(page.refusal_of(Field::Name).is_some(), is_taken);
    }
}

#[test]
fn a_list_that_comes_in_after_the_press_does_not_make_its_backup_an_older_one() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    let create = press(&mut page);
    page.pass(1_000);
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let look = only(&answer(&mut page, create, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(page.is_building());
}

#[test]
fn a_backup_of_an_earlier_press_is_not_taken_for_that_of_this_one() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.pass(1_000);
    let create = press_without_list(&mut page);
    let look = only(&answer(&mut page, create, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(matches!(page.outcome(), Outcome::NameTaken(Some(backup)) if backup.id.as_deref() == Some("b1")));
    assert_eq!(page.work.creations.len(), 2);
}

#[test]
fn a_list_that_can_not_be_read_leaves_it_open() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::TimedOut));
    let (again, _) = wait(&answer(&mut page, look, 500, ""));
    let is_blocked = |page: &Page| matches!(page.stage(), Stage::Reconciling(Reconciliation { blocker: Some(_), .. }));
    assert!(is_blocked(&page));
    let look = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    wait(&fail(&mut page, look, NoResponse::Unreachable));
    assert!(is_blocked(&page));
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::Stopped));
    assert!(!page.has_something_underway(), "nothing goes on");
    assert_eq!(page.work.rows()[0].outcome, "unknown");
}

#[test]
fn something_that_answers_and_shows_the_page_nothing_twice_does_not_allow_its_origin() {
    for reached in [Ok(()), Err(Failed)] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        let effects = fail(&mut page, look, NoResponse::Unreachable);
        page.update(Action::Reply(probe(&effects), Reply::Probe(Ok(()))));
        assert!(page.is_looking(), "once is an accident");
        let (pause, _) = wait(&effects);
        let look = only(&page.update(Action::Reply(pause, Reply::WaitOver)));
        let effects = fail(&mut page, look, NoResponse::Unreachable);
        page.update(Action::Reply(probe(&effects), Reply::Probe(reached)));
        if reached.is_ok() {
            assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::OriginNotAllowed));
        } else {
            assert!(page.is_looking());
        }
    }
}

#[track_caller]
fn probe(effects: &[Effect]) -> Ticket {
    let probe = effects.iter().find_map(|effect| {
        if let Effect::Work(WorkEffect::Probe { ticket, .. }) = effect { Some(*ticket) } else { None }
    });
    probe.unwrap()
}

#[test]
fn a_token_that_the_list_rejects_leaves_it_open_until_there_is_a_new_one() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    assert!(calls(&answer(&mut page, look, 401, REJECTED)).is_empty());
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::TokenRejected)));
    // The same name again, with the new token: what the first press has made is found.
    page.pass(10 * MINUTE);
    type_into(&mut page, Field::Token, &other_token());
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(page.is_building());
}

#[test]
fn a_refusal_that_the_list_contradicts_is_never_said() {
    let mut page = filled();
    let ticket = press(&mut page);
    let look = only(&answer(&mut page, ticket, 403, FORBIDDEN));
    assert!(page.is_looking(), "a gateway may say that of what it has passed on");
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(page.is_building());
    assert_eq!(page.newest().cause.as_ref().and_then(Cause::failure).map(|failure| failure.status), Some(403));
    assert_eq!((page.work.creations.len(), page.work.rows()[0].outcome.as_str()), (1, "created"));
}

#[test]
fn a_refusal_stands_when_no_list_has_such_a_backup_once_nothing_can_come_of_it() {
    let mut page = filled();
    let ticket = press(&mut page);
    let look = only(&answer(&mut page, ticket, 403, FORBIDDEN));
    settle(&mut page, look);
    assert!(matches!(page.outcome(), Outcome::Refused(failure) if failure.status == 403));
}

#[test]
fn a_refusal_that_no_list_can_confirm_leaves_it_open() {
    let mut page = filled();
    let ticket = press_without_list(&mut page);
    let look = only(&answer(&mut page, ticket, 403, FORBIDDEN));
    answer(&mut page, look, 403, "");
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::Refused(_)))));

    let mut page = filled();
    let ticket = press_without_list(&mut page);
    let look = only(&answer(&mut page, ticket, 403, FORBIDDEN));
    answer(&mut page, look, 200, &listed("backup", LONG_AGO, "COMPLETED"));
    assert!(matches!(page.outcome(), Outcome::NameTaken(Some(_))));
}

#[test]
fn what_shows_up_after_all_corrects_what_was_said() {
    let mut page = filled();
    let ticket = press(&mut page);
    let look = only(&answer(&mut page, ticket, 403, FORBIDDEN));
    settle(&mut page, look);
    assert!(page.events().iter().any(|event| matches!(event, HostEvent::Refused(_))));
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(page.is_building() && page.newest().was_corrected);
    assert!(page.events().iter().any(|event| matches!(event, HostEvent::Created(_))));
}

#[test]
fn the_list_for_an_older_refusal_says_nothing_about_a_newer_one() {
    let mut page = filled();
    let ticket = press(&mut page);
    let older = only(&answer(&mut page, ticket, 403, ""));
    type_into(&mut page, Field::Name, "backup2");
    let ticket = press(&mut page);
    let newer = only(&answer(&mut page, ticket, 403, ""));
    answer(&mut page, older, 200, &listed("another", JUST_NOW, "BUILDING"));
    assert!(page.work.creations.iter().all(|creation| matches!(creation.stage, Stage::Reconciling(_))));
    answer(&mut page, newer, 200, &listed("backup2", JUST_NOW, "BUILDING"));
    let names: Vec<_> = page.work.creations.iter().map(|creation| (creation.name(), creation.exists())).collect();
    assert_eq!(names, [(Some("backup2"), true), (Some("backup"), false)]);
}

#[test]
fn a_backup_that_a_link_names_can_be_ones_own() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::TimedOut));
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let own = page.work.creations.iter().find(|creation| creation.request.is_some()).unwrap();
    assert!(own.exists(), "{:?}", own.stage);
}

/// A search that has come to the question for the instance, whose list lacks the backup.
fn asks_for_the_instance() -> (Page, Ticket) {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let again = wait(&answer(&mut page, look, 200, NONE_LISTED));
    page.pass(2 * MINUTE);
    let look = only(&page.update(Action::Reply(again.0, Reply::WaitOver)));
    let effects = answer(&mut page, look, 200, NONE_LISTED);
    let [(check, Call::Instance { .. })] = calls(&effects)[..] else { panic!("the instance is asked for") };
    (page, check)
}

#[test]
fn a_late_refusal_of_the_old_token_when_the_instance_is_asked_for_says_nothing_of_the_new_one() {
    let (mut page, check) = asks_for_the_instance();
    assert!(calls(&answer(&mut page, check, 401, REJECTED)).is_empty());
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::TokenRejected)));
    let (mut page, check) = asks_for_the_instance();
    paste_token(&mut page, &other_token());
    page.update(Action::Press(Press::LoadInstances));
    let again = wait(&answer(&mut page, check, 401, REJECTED));
    assert!(page.is_looking());
    let look = wait_for(&mut page, again);
    assert_eq!(connections(&look), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn what_was_in_the_way_is_said_no_longer_than_it_is() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let again = wait(&answer(&mut page, look, 200, r#"{"backups":[],"total_count":80}"#));
    let blocker = |page: &Page| match page.stage() {
        Stage::Reconciling(reconciliation) => reconciliation.blocker.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(blocker(&page), Some(Blocker::Incomplete));
    let look = only(&wait_for(&mut page, again));
    answer(&mut page, look, 200, NONE_LISTED);
    assert_eq!(blocker(&page), None);
}

#[test]
fn only_another_origin_that_did_not_answer_the_request_is_looked_into_for_cors() {
    for (endpoint, reason, is_probed) in [
        ("rds.example", NoResponse::Unreachable, true),
        ("rds.example", NoResponse::TimedOut, false),
        ("/api", NoResponse::Unreachable, false),
    ] {
        let mut page = page();
        fill(&mut page, MYSQL, "backup");
        type_into(&mut page, Field::Endpoint, endpoint);
        paste_token(&mut page, &other_token());
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, reason));
        let effects = fail(&mut page, look, NoResponse::Unreachable);
        let probes = effects.iter().filter(|effect| matches!(effect, Effect::Work(WorkEffect::Probe { .. }))).count();
        assert_eq!(probes == 1, is_probed, "{endpoint} {reason:?}");
    }
}

#[test]
fn cancel_ends_the_request_of_its_own_card_only() {
    let (mut page, poll_again) = followed();
    type_into(&mut page, Field::Name, "another");
    let create = press(&mut page);
    let key = page.newest().key;
    let effects = page.update(Action::Work(WorkAction::Cancel(key)));
    assert!(
        effects.contains(&Effect::Page(PageEffect::Abort(create)))
            && !effects.contains(&Effect::Page(PageEffect::Abort(poll_again)))
    );
    only(&page.update(Action::Reply(poll_again, Reply::WaitOver)));
}
