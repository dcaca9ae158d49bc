//! Following a backup until it is there.

use contract::response::{Body, HttpResponse};

use super::stage::*;

#[test]
fn a_created_backup_is_followed_ever_more_slowly_until_it_is_there() {
    let (mut page, mut waiting) = followed();
    let mut pauses = vec![];
    for _ in 0..8 {
        let effects = page.update(Action::Reply(waiting, Reply::WaitOver));
        let [(poll, Call::Backups { backup_id, .. })] = &calls(&effects)[..] else { panic!("one question") };
        assert_eq!(backup_id.as_deref(), Some("b1"));
        let (next, pause) = wait(&answer(&mut page, *poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
        (waiting, pauses) = (next, [pauses, vec![pause]].concat());
    }
    assert_eq!(pauses, [2_000, 3_000, 4_500, 6_750, 10_125, 15_000, 15_000, 15_000]);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    assert!(answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED")).is_empty());
    assert_eq!(*page.outcome(), Outcome::Completed);
    assert!(matches!(&page.events()[..], [HostEvent::Finished(record)] if record.backup.id.as_deref() == Some("b1")));
    assert_eq!(page.work.rows()[0].status, "COMPLETED");
}

#[test]
fn a_failing_poll_says_nothing_about_the_backup_and_goes_on() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&fail(&mut page, poll, NoResponse::Unreachable));
    assert_eq!(page.blocker(), Some(&Blocker::Unreachable));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let throttled = HttpResponse { retry_after: Some(30), ..HttpResponse::new(429, Body::Text(String::new())) };
    let result = Ok(Received { response: throttled, json: None });
    let (waiting, pause) = wait(&page.update(Action::Reply(poll, Reply::Response(result))));
    assert_eq!(pause, 30_000);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!(page.blocker(), None);
}

#[test]
fn a_switch_of_tabs_asks_no_server_that_wants_to_hear_nothing() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let throttled = HttpResponse { retry_after: Some(900), ..HttpResponse::new(429, Body::Text(String::new())) };
    let result = Ok(Received { response: throttled, json: None });
    let (_, pause) = wait(&page.update(Action::Reply(poll, Reply::Response(result))));
    assert_eq!(pause, 600_000, "10 minutes at the most");
    page.pass(9 * MINUTE);
    assert!(calls(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)))).is_empty());
    page.pass(MINUTE);
    assert_eq!(calls(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)))).len(), 1);
}

#[test]
fn a_listed_backup_may_be_missing_for_a_minute_and_is_gone_then() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    assert_eq!(page.blocker(), None);
    page.pass(MINUTE);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    assert!(answer(&mut page, poll, 200, NONE_LISTED).is_empty(), "nothing is asked any more");
    assert_eq!(*page.outcome(), Outcome::Gone);
}

#[test]
fn a_backup_that_was_never_listed_is_not_gone() {
    let (mut page, mut waiting) = followed();
    for _ in 0..2 {
        page.pass(10 * MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        waiting = wait(&answer(&mut page, poll, 200, NONE_LISTED)).0;
        assert!(page.is_building());
    }
    page.pass(10 * MINUTE);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed));
}

#[test]
fn a_backup_whose_answer_had_no_id_is_followed_by_its_name() {
    let mut page = filled();
    let create = press(&mut page);
    let accepted = r#"{"backup":{"name":"backup","status":"BUILDING"}}"#;
    let (waiting, _) = wait(&answer(&mut page, create, 200, accepted));
    assert!(page.is_building());
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((page.newest().backup.id.as_deref(), page.outcome()), (Some("b1"), &Outcome::Completed));
}

#[test]
fn an_answer_that_says_nothing_of_the_backup_leaves_it_what_was_asked_for() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "why");
    let create = press(&mut page);
    answer(&mut page, create, 200, r#"{"backup":{"id":"b1"}}"#);
    let creation = page.newest();
    assert_eq!((creation.name(), creation.backup.description.as_deref()), (Some("backup"), Some("why")));
    assert_eq!(page.work.rows()[0].name, "backup");
}

#[test]
fn a_hidden_page_asks_seldom_and_one_that_is_shown_again_at_once() {
    let (mut page, waiting) = followed();
    page.update(Action::App(AppAction::VisibilityChanged(Visibility::Hidden)));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, pause) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    assert_eq!(pause, 60_000);
    let effects = page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    assert!(effects.contains(&Effect::Page(PageEffect::Abort(waiting))));
    only(&effects);
}

/// The backup's own task, and that of last January's resize.
const FAILED_TASKS: &str = r#"{"tasks":[
    {"name":"ResizeFlavor","status":"Failed","fail_reason":"quota","create_time":"2026-01-24T12:00:00Z"},
    {"name":"createManualSnapshot","status":"Failed","fail_reason":"lock","create_time":"2026-11-24T12:00:01Z"}]}"#;

#[test]
fn a_failed_backup_asks_for_the_reason_and_keeps_the_description() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "why");
    let create = press(&mut page);
    let (waiting, _) = wait(&answer(&mut page, create, 200, STARTED));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let effects = answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "FAILED"));
    let [(tasks, Call::Tasks { .. })] = calls(&effects)[..] else { panic!("the tasks are asked for") };
    answer(&mut page, tasks, 200, FAILED_TASKS);
    assert_eq!(*page.outcome(), Outcome::Failed);
    assert_eq!(page.newest().failure_reason.as_deref(), Some("lock"));
    assert_eq!(page.newest().backup.description.as_deref(), Some("why"));
    // A reload keeps it.
    let page = reload("", &page.persisted_underway().concat());
    assert_eq!((page.outcome(), page.newest().failure_reason.as_deref()), (&Outcome::Failed, Some("lock")));
}

#[test]
fn a_backup_that_nothing_is_heard_of_is_asked_for_no_longer_than_two_hours() {
    let (mut page, mut waiting) = followed();
    // Nobody is away here.
    page.state.page.limits.idle = 24 * 60 * 60_000;
    for hour in 0..3 {
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let effects = fail(&mut page, poll, NoResponse::Unreachable);
        if hour < 2 {
            waiting = wait(&effects).0;
            page.pass(HOUR);
        } else {
            assert!(waits(&effects).is_empty());
        }
    }
    assert_eq!(page.blocker(), Some(&Blocker::GaveUp));
    assert!(!page.has_something_underway());
    let key = page.newest().key;
    assert_eq!(calls(&page.update(Action::Press(Press::LookAgain(key)))).len(), 1);
}

#[test]
fn an_export_has_a_line_for_each_request_and_no_token() {
    let (page, _) = followed();
    let text = csv(&page.work.rows());
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(&format!("2026-11-24T12:00:00Z,backup,{MYSQL},created,BUILDING,b1,")), "{text}");
    assert!(!text.contains(&long_token()));
}

#[test]
fn a_backup_that_the_table_has_just_shown_is_not_gone() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    page.pass(30_000);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING"));
    page.pass(31_000);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (mut waiting, _) = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    assert!(page.is_building());
    // What was said to be gone after all comes back with the list that has it.
    for _ in 0..2 {
        page.pass(MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let effects = answer(&mut page, poll, 200, NONE_LISTED);
        let Some((again, _)) = waits(&effects).pop() else { break };
        waiting = again;
    }
    assert_eq!(*page.outcome(), Outcome::Gone);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((page.outcome(), page.newest().was_corrected), (&Outcome::Completed, true));
}

#[test]
fn a_backup_that_was_never_listed_is_known_again_once_a_list_has_it() {
    let (mut page, mut waiting) = followed();
    for _ in 0..2 {
        page.pass(10 * MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        waiting = wait(&answer(&mut page, poll, 200, NONE_LISTED)).0;
    }
    page.pass(10 * MINUTE);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed));
    paste_token(&mut page, &long_token());
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
}

#[test]
fn a_backup_from_before_a_reload_learns_from_every_list() {
    let mut before = filled();
    let create = press(&mut before);
    answer(&mut before, create, 200, STARTED);
    let underway = before.persisted_underway().pop().unwrap();
    let mut page = reload("", &underway);
    fill(&mut page, MYSQL, "backup");
    assert_eq!(page.blocker(), Some(&Blocker::AwaitsPress));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
}

#[test]
fn a_backup_that_was_accepted_is_not_in_the_list_yet_once_a_list_lacks_it_and_missing_once_it_was_in_one() {
    let said = |page: &Page| page.newest().listing;
    let (mut page, _) = followed();
    assert_eq!(said(&page), Listing::Unread, "no list was read");
    page.pass(2_000);
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    let poll = only(&paste_token(&mut page, &long_token()));
    assert_eq!(said(&page), Listing::Unread, "a new token is no list");
    let (waiting, _) = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    assert_eq!(said(&page), Listing::Never, "a list lacks it");
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    assert_eq!(said(&page), Listing::Listed);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    wait(&answer(&mut page, poll, 200, NONE_LISTED));
    assert_eq!(said(&page), Listing::Missing(page.now.monotonic), "it isn't any more");
}

#[test]
fn that_a_list_had_a_backup_is_known_after_a_reload() {
    for (is_listed, said) in [(false, Listing::Never), (true, Listing::Missing(START.monotonic))] {
        let (mut page, waiting) = followed();
        let mut underway = page.persisted_underway().pop().unwrap();
        if is_listed {
            let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
            answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
            underway = page.persisted_underway().pop().unwrap();
        }
        let mut page = reload("", &underway);
        fill(&mut page, MYSQL, "backup");
        let key = page.newest().key;
        let poll = only(&page.update(Action::Press(Press::LookAgain(key))));
        answer(&mut page, poll, 200, NONE_LISTED);
        assert_eq!(page.newest().listing, said);
    }
}

#[test]
fn a_backup_that_is_gone_is_not_back_while_it_is_being_deleted() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "DELETING")));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Gone);
    for (status, is_back) in [("DELETING", false), ("COMPLETED", true)] {
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &listed("backup", JUST_NOW, status));
        assert_eq!(*page.outcome() != Outcome::Gone, is_back, "{status}");
    }
}

#[test]
fn an_answer_about_another_backup_says_nothing_of_this_one() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let others = listed("another", JUST_NOW, "COMPLETED").replace("b1", "b0");
    wait(&answer(&mut page, poll, 200, &others));
    assert!(page.is_building());
    assert_eq!(page.newest().name(), Some("backup"));
}

#[test]
fn a_backup_whose_answer_had_no_id_is_looked_for_until_half_an_hour_has_passed() {
    let mut page = filled();
    let create = press(&mut page);
    let accepted = r#"{"backup":{"name":"backup","status":"BUILDING"}}"#;
    let (mut waiting, _) = wait(&answer(&mut page, create, 200, accepted));
    for _ in 0..2 {
        page.pass(10 * MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        waiting = wait(&answer(&mut page, poll, 200, NONE_LISTED)).0;
        assert!(page.is_building());
    }
    page.pass(10 * MINUTE);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed));
}

#[test]
fn a_late_refusal_of_an_older_token_is_followed_by_a_question_with_the_newer_one() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    paste_token(&mut page, &other_token());
    page.update(Action::Press(Press::ShowBackups));
    let effects = answer(&mut page, poll, 401, REJECTED);
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
    assert_eq!(page.blocker(), None);
}

#[test]
fn a_backup_that_two_cards_follow_ends_once_on_each() {
    let mut page = page();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
    fill(&mut page, MYSQL, "backup");
    let of_link = page.newest().key;
    // An answer names the same backup.
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    let own = page.newest().key;
    let poll = only(&page.update(Action::Press(Press::LookAgain(of_link))));
    let again = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    page.pass(MINUTE);
    let poll = only(&wait_for(&mut page, again));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(page.work.creation(of_link).unwrap().stage, Stage::Ended(Outcome::Gone));
    // A list tells both of its end: the one that was gone, and the one that waits.
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    for key in [of_link, own] {
        let ends = page
            .events()
            .iter()
            .filter(|event| matches!(event, HostEvent::Finished(record) if record.key == key))
            .count();
        assert_eq!((ends, &page.work.creation(key).unwrap().stage), (1, &Stage::Ended(Outcome::Completed)));
    }
    assert!(!page.work.creation(own).unwrap().was_corrected, "nothing else was said of it");
}

#[test]
fn lists_with_other_backups_only_lack_this_one() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (mut waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    let others = listed("another", JUST_NOW, "COMPLETED").replace("b1", "b0");
    for _ in 0..2 {
        page.pass(MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let Some((again, _)) = waits(&answer(&mut page, poll, 200, &others)).pop() else { break };
        waiting = again;
    }
    assert_eq!(*page.outcome(), Outcome::Gone);
}

#[test]
fn what_has_stopped_asking_is_asked_for_by_no_switch_of_tabs_and_once_by_two_presses() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 403, "");
    assert!(calls(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)))).is_empty());
    let key = page.newest().key;
    assert_eq!(calls(&page.update(Action::Press(Press::LookAgain(key)))).len(), 1);
    assert!(calls(&page.update(Action::Press(Press::LookAgain(key)))).is_empty(), "it is being asked");
}

#[test]
fn a_task_list_that_is_forbidden_leaves_the_token_good() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let tasks = only(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "FAILED")));
    answer(&mut page, tasks, 403, "");
    assert_eq!(page.cx.session.credentials.outline(), [(0, false)]);
    assert_eq!(page.newest().failure_reason, None);
}

#[test]
fn an_older_page_takes_no_end_back() {
    let done = r#"{"backups":[{"id":"b1","name":"backup","begin_time":"2026-11-24T12:00:01Z","end_time":"2026-11-24T12:00:03Z","status":"COMPLETED","type":"manual"}],"total_count":1}"#;
    let (mut page, waiting) = followed();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, done);
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let receipt = Receipt::of(&page.newest().record(), |_| 0);
    assert_eq!((receipt.status.as_str(), receipt.end.is_some()), ("COMPLETED", true));
    assert_eq!(
        page.work.backups.items[0].backup.status.as_ref().map(contract::backup::Status::code),
        Some("COMPLETED")
    );
    // One that is gone since it was deleted is not back.
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let again = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "DELETING")));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    let poll = only(&wait_for(&mut page, again));
    answer(&mut page, poll, 200, NONE_LISTED);
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!(*page.outcome(), Outcome::Gone);
}

#[test]
fn the_title_is_about_the_newest_press() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(page.work.newest_status(), Some(("backup", &contract::backup::Status::Completed)));
    type_into(&mut page, Field::Name, "another");
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"bad"}"#);
    assert_eq!(page.work.newest_status(), None);
}

#[test]
fn the_title_says_no_status_that_nobody_asks_for_any_more() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let waiting = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    assert_eq!(page.work.newest_status(), Some(("backup", &contract::backup::Status::Building)));
    let poll = only(&wait_for(&mut page, waiting));
    answer(&mut page, poll, 401, REJECTED);
    assert_eq!(page.work.newest_status(), None);
}

#[test]
fn a_reload_does_not_say_how_far_a_backup_is_before_it_has_heard() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let mut page = reload("", &page.persisted_underway().concat());
    assert_eq!(page.newest().backup.status, None);
    // A press without a token says nothing of it either, and leads to the field.
    let key = page.newest().key;
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    assert!(calls(&effects).is_empty() && focuses(&effects, Focus::Field(Field::Token)));
    assert_eq!((page.newest().backup.status.as_ref(), page.blocker()), (None, Some(&Blocker::TokenMissing)));
}
