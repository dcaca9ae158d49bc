//! What counts as evidence: what a list has shown since a request was sent, of its own kind, and in the order in which it was
//! asked for.

use contract::rules::{TokenFault, Violation};

use super::stage::*;

/// A list with another backup of the name.
fn own(begin: &str, status: &str) -> String {
    listed("backup", begin, status).replace(r#""id":"b1""#, r#""id":"own""#)
}

/// Presses while lists are refused, so that nothing is known of the time before.
fn press_unread(page: &mut Page) -> Ticket {
    let list = only(&page.update(Action::Press(Press::Submit)));
    only(&answer(page, list, 403, ""))
}

#[test]
fn what_was_in_a_list_long_before_has_taken_no_name() {
    // A backup that a table had, or that a press of this page made; it is deleted since.
    let shown = || {
        let mut page = filled();
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &listed("backup", "2026-11-20T12:00:00Z", "COMPLETED"));
        page
    };
    let made = || {
        let (mut page, waiting) = followed();
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        page
    };
    for (is_refused, mut page) in [(false, shown()), (true, made()), (true, shown()), (false, made())] {
        page.pass(HOUR);
        paste_token(&mut page, &long_token());
        let post = press_unread(&mut page);
        let look = only(&fail(&mut page, post, NoResponse::Unreachable));
        if is_refused {
            answer(&mut page, look, 403, "");
        } else {
            let key = page.newest().key;
            page.update(Action::Work(WorkAction::Cancel(key)));
        }
        assert!(matches!(page.outcome(), Outcome::Unknown(_)), "{:?}", page.outcome());
        // What the press has made is its own, whatever was known before.
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        let own = listed("backup", "2026-11-24T13:00:01Z", "BUILDING").replace(r#""id":"b1""#, r#""id":"own""#);
        answer(&mut page, table, 200, &own);
        assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", page.outcome());
    }
}

#[test]
fn what_was_made_before_a_reload_has_taken_no_name_after_it() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    press_unread(&mut page);
    let underway = page.persisted_underway().pop().unwrap();
    let mut page = reload_of(&page, underway);
    fill(&mut page, MYSQL, "backup");
    let key = page.newest().key;
    let look = only(&page.update(Action::Press(Press::LookAgain(key))));
    answer(&mut page, look, 403, "");
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Blocked(_))), "{:?}", page.outcome());
}

#[test]
fn a_list_from_before_the_first_attempt_says_nothing_of_the_last_one_after_a_reload() {
    let run = |reloads: bool, begin: &str| {
        let mut page = filled();
        let post = press(&mut page);
        fail(&mut page, post, NoResponse::Unreachable);
        let key = page.newest().key;
        page.update(Action::Work(WorkAction::Cancel(key)));
        page.pass(HOUR);
        paste_token(&mut page, &long_token());
        let post = press_unread(&mut page);
        let mut underway = page.persisted_underway().pop().unwrap();
        let mut look = only(&fail(&mut page, post, NoResponse::Unreachable));
        underway = page.persisted_underway().pop().unwrap_or(underway);
        if reloads {
            page = reload_of(&page, underway);
            page.pass(20_000);
            fill(&mut page, MYSQL, "backup");
            let key = page.newest().key;
            look = only(&page.update(Action::Press(Press::LookAgain(key))));
        }
        answer(&mut page, look, 200, &listed("backup", begin, "COMPLETED"));
        page.stage().clone()
    };
    for reloads in [false, true] {
        let stage = run(reloads, "2026-11-24T12:30:00Z");
        assert!(matches!(stage, Stage::Ended(Outcome::Unknown(Unknown::Near(_)))), "{reloads}: {stage:?}");
    }
}

#[test]
fn a_press_that_is_yet_to_come_by_the_clock_has_no_time_of_its_own() {
    // Sent while the computer's clock was two hours ahead; loaded again an hour later, when it was right.
    let mut before = page();
    before.set_wall_clock(2 * HOUR);
    fill(&mut before, MYSQL, "backup");
    press(&mut before);
    let underway = before.persisted_underway().pop().unwrap();
    before.set_wall_clock(-2 * HOUR);
    before.pass(HOUR);
    let mut page = reload_of(&before, underway);
    fill(&mut page, MYSQL, "backup");
    let key = page.newest().key;
    let look = only(&page.update(Action::Press(Press::LookAgain(key))));
    answer(&mut page, look, 200, &listed("backup", "2026-11-24T12:30:00Z", "COMPLETED"));
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", page.stage());
}

#[test]
fn a_backup_from_while_the_machine_slept_is_not_ones_own() {
    let run = |begin: &str, kind: &str| {
        let mut page = filled();
        let list = only(&page.update(Action::Press(Press::Submit)));
        let mut dated = received(200, NONE_LISTED);
        dated.response.date = Some(page.now.wall.moment());
        let post = only(&page.update(Action::Reply(list, Reply::Response(Ok(dated)))));
        page.pass(1_000);
        page.set_wall_clock(8 * HOUR);
        let look = only(&fail(&mut page, post, NoResponse::Unreachable));
        answer(&mut page, look, 200, &listed("backup", begin, "COMPLETED").replace("manual", kind));
        page.stage().clone()
    };
    assert_eq!(run(JUST_NOW, "manual"), Stage::Ended(Outcome::Completed));
    let stage = run("2026-11-24T15:00:00Z", "manual");
    assert!(matches!(stage, Stage::Ended(Outcome::Unknown(Unknown::Near(_)))), "{stage:?}");
    // Nor has it taken the name before.
    let stage = run("2026-11-24T15:00:00Z", "fragment");
    assert!(!matches!(stage, Stage::Ended(Outcome::NameTaken(_))), "{stage:?}");
}

#[test]
fn what_no_list_has_had_is_gone_from_none() {
    for status in ["COMPLETED", "FAILED"] {
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, 200, &STARTED.replace("BUILDING", status));
        let ended = page.outcome().clone();
        page.pass(1_000);
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        let mut effects = answer(&mut page, table, 200, NONE_LISTED);
        assert!(page.newest().is_away() && page.work.newest_status().is_none());
        // The page asks until a list has it, or nobody can tell.
        let poll = only(&wait_for(&mut page, wait(&effects)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, status));
        assert_eq!((page.outcome(), page.newest().listing), (&ended, Listing::Listed));
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, 200, &STARTED.replace("BUILDING", status));
        page.pass(1_000);
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        effects = answer(&mut page, table, 200, NONE_LISTED);
        while page.is_building() {
            let poll = only(&wait_for(&mut page, wait(&effects)));
            effects = answer(&mut page, poll, 200, NONE_LISTED);
        }
        assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed));
    }
}

#[test]
fn a_list_of_manual_backups_says_nothing_of_another_kind() {
    let run = |kind: &str| {
        let (mut page, waiting) = followed();
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED").replace("manual", kind));
        let key = page.newest().key;
        for name in ["second", "third"] {
            page.pass(MINUTE);
            type_into(&mut page, Field::Name, name);
            let list = only(&page.update(Action::Press(Press::Submit)));
            let post = only(&answer(&mut page, list, 200, NONE_LISTED));
            answer(&mut page, post, 400, r#"{"error_code":"DBS.280001","error_msg":"x"}"#);
        }
        page.work.creation(key).unwrap().stage.clone()
    };
    assert_eq!(run("fragment"), Stage::Ended(Outcome::Completed));
    assert!(matches!(run("manual"), Stage::Building(_)), "asked for again");
}

#[test]
fn a_page_that_was_asked_for_before_takes_nothing_back() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let key = page.newest().key;
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(1_000);
    type_into(&mut page, Field::Name, "second");
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "DELETING"));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let creation = page.work.creation(key).unwrap();
    assert!(matches!(creation.stage, Stage::Building(_)), "{:?}", creation.stage);
    assert_eq!(page.work.backups.arranged[0].status, Some(contract::backup::Status::Deleting));
    // One that is asked for later does: the deletion may have failed.
    page.pass(1_000);
    type_into(&mut page, Field::Name, "backup");
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(page.work.creation(key).unwrap().stage, Stage::Ended(Outcome::Completed));
}

#[test]
fn each_database_that_was_asked_for_is_one() {
    let run = |found: &str| {
        let mut page = page();
        fill(&mut page, SQL_SERVER, "backup");
        for (place, name) in ["Sales", "sales"].into_iter().enumerate() {
            page.update(Action::Form(FormAction::AddDatabasePressed));
            type_into(&mut page, Field::Database(place), name);
        }
        let post = press(&mut page);
        let look = only(&fail(&mut page, post, NoResponse::Unreachable));
        let list =
            listed("backup", JUST_NOW, "BUILDING").replace(r#""type""#, &format!(r#""databases":[{found}],"type""#));
        answer(&mut page, look, 200, &list);
        page.is_building()
    };
    assert!(run(r#"{"name":"sales"},{"name":"SALES"}"#));
    assert!(!run(r#"{"name":"sales"},{"name":"hr"}"#));
    assert!(!run(r#"{"name":"sales"}"#));
    assert!(!run(r#"{"name":"sales"},{"name":"sales"},{"name":"sales"}"#));
}

#[test]
fn what_is_found_before_another_try_corrects_what_was_said() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    page.pass(MINUTE);
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    answer(&mut page, list, 200, &listed("backup", "2026-11-24T12:00:02Z", "BUILDING"));
    assert!(page.is_building() && page.newest().was_corrected);
}

#[test]
fn a_reload_keeps_that_lists_lack_a_backup() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.pass(1_000);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, NONE_LISTED);
    assert!(matches!(page.newest().listing, Listing::Missing(_)));
    let underway = page.persisted_underway().pop().unwrap();
    let mut page = reload_of(&page, underway);
    assert!(page.is_building() && page.newest().is_missing());
    assert!(matches!(page.blocker(), Some(Blocker::AwaitsPress)));
    fill(&mut page, MYSQL, "backup");
    let key = page.newest().key;
    let poll = only(&page.update(Action::Press(Press::LookAgain(key))));
    let again = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    page.pass(MINUTE);
    let poll = only(&page.update(Action::Reply(again.0, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Gone);
}

#[test]
fn a_retry_that_is_refused_stays_refused_beside_a_later_backup() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let mut dated = received(200, NONE_LISTED);
    dated.response.date = Some(page.now.wall.moment());
    let create = only(&page.update(Action::Reply(list, Reply::Response(Ok(dated)))));
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    answer(&mut page, post, 403, r#"{"error_code":"DBS.280056","error_msg":"x"}"#);
    assert!(matches!(page.outcome(), Outcome::Refused(_)));
    page.pass(30_000);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", "2026-11-24T13:01:25Z", "BUILDING"));
    assert!(matches!(page.outcome(), Outcome::Refused(_)), "{:?}", page.outcome());
}

#[test]
fn a_backup_that_is_being_deleted_is_in_no_ones_way() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "DELETING"));
    type_into(&mut page, Field::Description, "again");
    // The list says whether the name is free by now.
    let list = only(&page.update(Action::Press(Press::Submit)));
    assert_eq!(page.refusal_of(Field::Name), None);
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "DELETING"));
    assert!(matches!(page.outcome(), Outcome::NameTaken(Some(_))));
}

#[test]
fn of_an_answer_about_another_backup_only_that_something_was_accepted_counts() {
    for other in
        [STARTED.replace("backup\",", "other\","), STARTED.replace("{\"id\"", "{\"instance_id\":\"other\",\"id\"")]
    {
        let mut page = filled();
        let create = press(&mut page);
        let again = wait(&answer(&mut page, create, 200, &other));
        assert!(page.is_building() && page.newest().backup.id.is_none(), "{other}");
        let list = only(&wait_for(&mut page, again));
        answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert_eq!(page.newest().backup.id.as_deref(), Some("b1"));
    }
    // However the API writes what it repeats.
    let mut page = filled();
    let create = press(&mut page);
    let shouted = STARTED.replace("backup\",", "BACKUP\",").replace("{\"id\"", "{\"instance_id\":\"\",\"id\"");
    answer(&mut page, create, 200, &shouted);
    assert_eq!(page.newest().backup.id.as_deref(), Some("b1"));
}

#[test]
fn the_backup_of_a_link_was_asked_for_by_nobody_here() {
    let mut page = filled();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
    let key = page.newest().key;
    let poll = only(&page.update(Action::Press(Press::LookAgain(key))));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    // The list says whether the name is free.
    let list = only(&page.update(Action::Press(Press::Submit)));
    assert_eq!(page.refusal_of(Field::Name), None);
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let Outcome::NameTaken(Some(holder)) = page.outcome() else { panic!("{:?}", page.outcome()) };
    assert!(page.work.is_on_another_card(page.newest().key, holder));
    assert!(!page.work.is_on_another_card(key, holder));
}

#[test]
fn a_link_with_another_instance_is_another_link() {
    let mut page = filled();
    let wrong = SQL_SERVER;
    for instance in [wrong, MYSQL, MYSQL] {
        link(&mut page, &format!("#watch={instance}/b1&endpoint=rds.example&project_id={PROJECT}"));
        assert_eq!(page.newest().instance_id, instance);
    }
    assert_eq!(page.work.creations.len(), 2);
}

#[test]
fn that_a_request_was_to_wait_for_the_instance_outlives_token_and_reload() {
    let awaiting = || {
        let mut page = filled();
        let post = press(&mut page);
        let look = only(&answer(&mut page, post, 409, BUSY));
        super::press::settle(&mut page, look);
        let key = page.newest().key;
        let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
        let underway = page.persisted_underway().pop().unwrap();
        wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
        (page, underway)
    };
    // The page is put away between two questions.
    let (mut page, underway) = awaiting();
    page.update(Action::App(AppAction::PageHidden));
    let underway = page.persisted_underway().pop().unwrap_or(underway);
    assert!(underway.contains("awaits_instance"), "{underway}");
    let page = reload_of(&page, underway);
    assert_eq!(page.newest().cause, Some(Cause::ReloadedWhileAwaiting));
    // Whoever cancels, or sends it, has what was asked for.
    let (mut page, _) = awaiting();
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert!(!page.newest().is_for_ready_instance);
    let (mut page, _) = awaiting();
    page.update(Action::App(AppAction::PageHidden));
    let look = only(&paste_token(&mut page, &other_token()));
    super::press::settle(&mut page, look);
    assert!(page.newest().is_for_ready_instance);
    let key = page.newest().key;
    page.update(Action::Press(Press::TryAgain(key)));
    assert!(!page.newest().is_for_ready_instance);
}

#[test]
fn a_token_in_another_field_is_sent_nowhere() {
    let token = format!("MII{}", "Zk3xTbQ0w".repeat(130));
    for field in [Field::InstanceId, Field::ProjectId, Field::Name, Field::Description, Field::Endpoint] {
        let mut page = filled();
        page.update(edit(field, &token, Input::Pasted));
        for press in
            [Action::Press(Press::Submit), Action::Press(Press::ShowBackups), Action::Press(Press::LoadInstances)]
        {
            let effects = page.update(press);
            assert!(calls(&effects).iter().all(|(_, call)| !format!("{call:?}").contains(&token)), "{field:?}");
        }
        let target = page.form.target();
        assert!(!format!("{target:?}{:?}", page.form.request()).contains(&token), "{field:?}");
        let in_another = Violation::Token(TokenFault::InAnotherField);
        let faults = page.form.faults();
        assert!(faults.contains(&(field, in_another)), "{field:?} {faults:?}");
        assert!(page.persisted_underway().iter().chain(&page.drafts()).all(|kept| !kept.contains(&token)), "{field:?}");
    }
}

#[test]
fn a_page_that_was_asked_for_before_the_request_makes_nothing_ones_own() {
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(1_000);
    let post = press(&mut page);
    page.pass(1_000);
    fail(&mut page, post, NoResponse::Unreachable);
    answer(&mut page, table, 200, &listed("backup", "2026-10-01T12:00:00Z", "COMPLETED"));
    assert!(page.is_looking());
}

#[test]
fn nor_has_what_is_on_it_taken_the_name() {
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(1_000);
    let list = only(&page.update(Action::Press(Press::Submit)));
    let post = only(&answer(&mut page, list, 403, ""));
    page.pass(1_000);
    answer(&mut page, table, 200, &listed("backup", "2026-10-01T12:00:00Z", "COMPLETED"));
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    answer(&mut page, look, 403, "");
    assert!(matches!(page.outcome(), Outcome::Unknown(_)), "{:?}", page.outcome());
}

#[test]
fn a_page_counts_as_new_as_it_was_asked_for() {
    let mut page = filled();
    let post = press(&mut page);
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    page.pass(1_000);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(1_000);
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.pass(1_000);
    let effects = answer(&mut page, table, 200, &listed("backup", JUST_NOW, "DELETING"));
    assert!(page.is_building() && waits(&effects).len() == 1);
    assert_eq!(page.work.backups.arranged[0].status, Some(contract::backup::Status::Deleting));
}

#[test]
fn an_older_page_brings_nothing_back_that_a_newer_list_lacks() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let key = page.newest().key;
    page.pass(MINUTE);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(1_000);
    type_into(&mut page, Field::Name, "second");
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 200, NONE_LISTED);
    assert!(matches!(page.work.creation(key).unwrap().listing, Listing::Missing(_)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let old = page.work.creation(key).unwrap();
    assert!(matches!(old.stage, Stage::Building(_)) && old.is_missing(), "{:?}", old.stage);
}

#[test]
fn a_sleep_before_an_attempt_leaves_nobody_unsure_of_it() {
    let run = |slept: i64, dated: bool| {
        let mut page = filled();
        let post = press(&mut page);
        let _ = fail(&mut page, post, NoResponse::Unreachable);
        let key = page.newest().key;
        page.update(Action::Work(WorkAction::Cancel(key)));
        // It sleeps: most browsers' monotonic clock stands still.
        page.set_wall_clock(slept);
        page.pass(10 * MINUTE);
        paste_token(&mut page, &long_token());
        let list = only(&page.update(Action::Press(Press::TryAgain(key))));
        let mut none = received(200, NONE_LISTED);
        none.response.date = dated.then(|| page.now.wall.moment());
        let post = only(&page.update(Action::Reply(list, Reply::Response(Ok(none)))));
        page.pass(1_000);
        let look = only(&fail(&mut page, post, NoResponse::Unreachable));
        page.pass(1_000);
        // Begun right after the second attempt.
        let begin = if slept == 0 { "2026-11-24T12:10:01Z" } else { "2026-11-24T20:10:01Z" };
        answer(&mut page, look, 200, &own(begin, "BUILDING"));
        page.stage().clone()
    };
    for dated in [false, true] {
        let slept = run(8 * HOUR, dated);
        assert!(matches!(slept, Stage::Building(_)), "{dated} {slept:?}");
    }
}

#[test]
fn a_clock_that_was_set_makes_nothing_ones_own() {
    let mut page = page();
    page.set_wall_clock(2 * HOUR);
    fill(&mut page, MYSQL, "backup");
    let post = press(&mut page);
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    page.set_wall_clock(-2 * HOUR);
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", "2026-11-24T12:50:00Z", "COMPLETED"));
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", page.outcome());
}

#[test]
fn a_nap_while_an_instance_is_awaited_leaves_nobody_unsure() {
    let run = |nap: i64| {
        let mut page = filled();
        let post = press(&mut page);
        answer(&mut page, post, 409, BUSY);
        let key = page.newest().key;
        let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
        let again = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
        page.set_wall_clock(nap);
        page.pass(2 * MINUTE);
        let ask = only(&page.update(Action::Reply(again.0, Reply::WaitOver)));
        let list = only(&answer(&mut page, ask, 200, &instance("ACTIVE")));
        let post = only(&answer(&mut page, list, 200, NONE_LISTED));
        page.pass(1_000);
        let look = only(&fail(&mut page, post, NoResponse::Unreachable));
        let begin = contract::time::UnixSeconds(page.now.wall.moment().0 - 1).at_offset(0);
        answer(&mut page, look, 200, &own(&begin, "BUILDING"));
        page.stage().clone()
    };
    assert!(matches!(run(0), Stage::Building(_)));
    assert!(matches!(run(2 * MINUTE), Stage::Building(_)), "{:?}", run(2 * MINUTE));
}

#[test]
fn a_reload_keeps_the_kind_so_that_a_list_of_it_counts() {
    let run = |reloads: bool| {
        let (mut page, waiting) = followed();
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        let underway = page.persisted_underway().pop().unwrap();
        page.pass(MINUTE);
        if reloads {
            page = reload_of(&page, underway);
            fill(&mut page, MYSQL, "backup");
        }
        let key = page.newest().key;
        type_into(&mut page, Field::Description, "again");
        // It was deleted; the same name is asked for again, the list lacks it, and a new one is made.
        let post = press(&mut page);
        answer(&mut page, post, 200, &STARTED.replace("b1", "b2"));
        let old = page.work.creation(key).unwrap();
        (old.stage.clone(), old.listing)
    };
    for reloads in [false, true] {
        assert!(matches!(run(reloads), (Stage::Building(_), Listing::Missing(_))), "{:?}", run(reloads));
    }
}

#[test]
fn what_was_gone_is_told_to_be_finished_when_it_is_back() {
    let run = |reloads: bool| {
        let (mut page, waiting) = followed();
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let mut again = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
        let mut underway = String::new();
        for _ in 0..30 {
            let poll = only(&wait_for(&mut page, again));
            let effects = answer(&mut page, poll, 200, NONE_LISTED);
            underway = page.persisted_underway().pop().unwrap_or(underway);
            let Some(next) = waits(&effects).first().copied() else { break };
            again = next;
        }
        assert_eq!(*page.outcome(), Outcome::Gone);
        if reloads {
            page = reload_of(&page, underway);
            fill(&mut page, MYSQL, "backup");
        }
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        let effects = answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert!(page.is_building());
        let poll = only(&wait_for(&mut page, wait(&effects)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        assert_eq!(*page.outcome(), Outcome::Completed);
        page.events().iter().filter(|event| matches!(event, HostEvent::Finished(_))).count()
    };
    assert_eq!((run(false), run(true)), (1, 1));
}

#[test]
fn an_end_is_learned_of_and_told_once() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "FAILED"));
    let first = page.newest().ended.unwrap();
    page.pass(HOUR / 10);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    let again = wait(&answer(&mut page, table, 200, NONE_LISTED));
    let underway = page.persisted_underway().pop().unwrap();
    let again = only(&wait_for(&mut page, again));
    answer(&mut page, again, 200, &listed("backup", JUST_NOW, "FAILED"));
    assert_eq!(*page.outcome(), Outcome::Failed);
    let second = page.newest().ended.unwrap();
    assert_eq!(first, second);
    assert!(page.events().is_empty());
    let mut page = reload_of(&page, underway);
    fill(&mut page, MYSQL, "backup");
    let key = page.newest().key;
    let poll = only(&page.update(Action::Press(Press::LookAgain(key))));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "FAILED"));
    assert!(page.events().is_empty(), "told again");
}

#[test]
fn whoever_has_stopped_waiting_for_the_instance_waits_no_more_after_a_reload() {
    let mut page = filled();
    let post = press(&mut page);
    let look = only(&answer(&mut page, post, 409, BUSY));
    super::press::settle(&mut page, look);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    let first = page.persisted_underway().pop();
    let again = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
    let mut underway = page.persisted_underway().pop().or(first);
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    let ask = only(&page.update(Action::Reply(again.0, Reply::WaitOver)));
    let effects = answer(&mut page, ask, 200, &instance("BACKING UP"));
    underway = page.persisted_underway().pop().or(underway);
    let _ = only(&effects);
    assert!(!page.newest().is_for_ready_instance);
    // The user stops that as well.
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::Stopped));
    let underway = page.persisted_underway().pop().or(underway).unwrap_or_default();
    assert_eq!(page.state.work.creations[0].stage, Stage::Ended(Outcome::Unknown(Unknown::Stopped)));
    let page = reload_of(&page, underway);
    assert_eq!(page.newest().cause, Some(Cause::Reloaded));
}

#[test]
fn a_list_drops_nothing_that_was_asked_for_since_it_began() {
    let (mut page, waiting) = followed();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(500);
    type_into(&mut page, Field::Name, "second");
    let list = only(&page.update(Action::Press(Press::Submit)));
    page.pass(500);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    answer(&mut page, table, 200, NONE_LISTED);
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let known = page.work.creations.iter().find(|creation| creation.backup.id.as_deref() == Some("b1")).unwrap();
    assert_eq!(known.backup.status, Some(contract::backup::Status::Completed));
}
