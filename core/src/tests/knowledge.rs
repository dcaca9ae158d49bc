//! What one press learns from lists, and what is another's.

use contract::time::UnixSeconds;

use super::stage::*;

#[test]
fn a_backup_that_shows_up_while_a_newer_press_of_its_name_is_sent_is_not_the_older_ones() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    let first = page.newest().key;
    paste_token(&mut page, &long_token());
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    type_into(&mut page, Field::Description, "the second");
    press(&mut page);
    assert_eq!(*page.stage(), Stage::Sending);
    let begin = page.now.wall.moment().at_offset(0);
    answer(&mut page, table, 200, &listed("backup", &begin, "BUILDING"));
    assert_eq!(page.work.creation(first).unwrap().stage, Stage::Ended(Outcome::NotCreated));
}

#[test]
fn another_presss_backup_of_another_name_says_nothing_of_this_one() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let first = page.newest().key;
    type_into(&mut page, Field::Name, "another");
    let create = press(&mut page);
    answer(&mut page, create, 200, &STARTED.replace("b1", "b2").replace(r#""name":"backup""#, r#""name":"another""#));
    let list = listed("another", JUST_NOW, "BUILDING").replace("b1", "b2");
    wait(&answer(&mut page, look, 200, &list));
    assert!(matches!(page.work.creation(first).unwrap().stage, Stage::Reconciling(_)));
}

#[test]
fn of_two_backups_near_the_press_the_newer_list_counts() {
    let mut page = filled();
    let create = press_without_list(&mut page);
    let look = only(&answer(&mut page, create, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let near = |page: &Page| match page.outcome() {
        Outcome::Unknown(Unknown::Near(backup)) => backup.id.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(near(&page).as_deref(), Some("b1"));
    // It was deleted, and another has its name.
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING").replace("b1", "b2"));
    assert_eq!(near(&page).as_deref(), Some("b2"));
}

#[test]
fn the_apis_clock_says_when_it_was_pressed_however_late_it_is_heard() {
    for (begin, is_taken) in [(-600, false), (-601, true)] {
        let mut page = filled();
        let create = press_without_list(&mut page);
        let look = only(&answer(&mut page, create, 409, TAKEN));
        page.pass(20 * MINUTE);
        let begin = UnixSeconds(START.wall.moment().0 + begin).at_offset(0);
        let mut list = received(200, &listed("backup", &begin, "BUILDING"));
        list.response.date = Some(page.now.wall.moment());
        page.update(Action::Reply(look, Reply::Response(Ok(list))));
        assert_eq!(matches!(page.outcome(), Outcome::NameTaken(Some(_))), is_taken, "{begin}");
    }
}

#[test]
fn how_long_it_may_take_comes_from_the_latest_five_manual_backups_that_were_completed() {
    let backup = |number: u32, kind: &str, status: &str| {
        format!(
            r#"{{"id":"e{number}","name":"e{number}","type":"{kind}","status":"{status}","begin_time":"2026-11-1{number}T12:00:00Z","end_time":"2026-11-1{number}T12:0{number}:00Z"}}"#
        )
    };
    let manual: Vec<String> = (1..=6).map(|number| backup(number, "manual", "COMPLETED")).collect();
    let others = [backup(7, "auto", "COMPLETED"), backup(8, "manual", "FAILED")];
    let all = [&manual[..], &others[..]].concat().join(",");
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &format!(r#"{{"backups":[{all}],"total_count":8}}"#));
    let list = only(&page.update(Action::Press(Press::Submit)));
    let create = only(&answer(&mut page, list, 200, &format!(r#"{{"backups":[{all}],"total_count":8}}"#)));
    answer(&mut page, create, 200, STARTED);
    assert_eq!(page.newest().past_durations, [360, 300, 240, 180, 120]);
}

#[test]
fn the_instances_of_a_press_are_remembered_and_some_more() {
    let mut page = filled();
    let target = |page: &Page| page.form.target().unwrap();
    let many = u32::try_from(contract::instance::MAX_INSTANCES).unwrap() + 8;
    for number in 0..=many {
        type_into(&mut page, Field::InstanceId, &format!("{number:032x}in01"));
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    }
    let is_known = |number: u32| page.work.named(&target(&page), &format!("{number:032x}in01"), "backup").is_some();
    assert!(!is_known(0) && (1..=many).all(is_known));
}

#[test]
fn a_card_whose_token_is_good_sends_nobody_to_another_endpoint() {
    let (mut page, waiting) = followed();
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    assert!(!page.is_elsewhere(page.newest()));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 401, REJECTED);
    assert!(page.is_elsewhere(page.newest()));
}

#[test]
fn a_card_that_wants_no_token_sends_nobody_to_another_endpoint() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"bad"}"#);
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    assert!(!page.is_elsewhere(page.newest()));
}

#[test]
fn what_was_wanted_of_a_list_ends_the_reading_of_it() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let first = listed("backup", JUST_NOW, "BUILDING").replace(r#""total_count":1"#, r#""total_count":3"#);
    assert!(calls(&answer(&mut page, look, 200, &first)).is_empty());
    assert!(page.is_building());
}

#[test]
fn the_apis_clock_is_heard_once_by_a_press_of_its_target_and_not_after_a_reload() {
    let heard = |page: &mut Page, date: i64| {
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        let mut list = received(200, NONE_LISTED);
        list.response.date = Some(UnixSeconds(date));
        page.update(Action::Reply(table, Reply::Response(Ok(list))));
        page.newest().pressed_by_server
    };
    let mut page = filled();
    press(&mut page);
    let underway = page.persisted_underway().concat();
    assert_eq!(heard(&mut page, 5_000), Some(5_000));
    assert_eq!(heard(&mut page, 9_000), Some(5_000));
    // How long ago it was pressed only the computer's clock tells then.
    let mut page = reload("", &underway);
    fill(&mut page, MYSQL, "other");
    assert_eq!(heard(&mut page, 5_000), None);
    // A backup that a link names was pressed for by nobody here.
    let (mut page, _) = opened(&format!("#watch={MYSQL}/b7&endpoint=rds.example&project_id={PROJECT}"), "", "");
    fill(&mut page, MYSQL, "backup");
    assert_eq!(heard(&mut page, 5_000), None);
}
