//! What an instance has in backups already, and how far a new one can be relied on.

use contract::rules::Warning;
use contract::time::UnixSeconds;

use super::stage::*;

/// A backup that ended on a day of November 2026, as lists have it.
fn backup(id: &str, kind: &str, day: u8, minutes: u8, size: i64) -> String {
    format!(
        r#"{{"id":"{id}","name":"{id}-name","status":"COMPLETED","type":"{kind}","size":{size},
            "begin_time":"2026-11-{day:02}T02:00:00+0000","end_time":"2026-11-{day:02}T02:{minutes:02}:00+0000"}}"#
    )
}

fn list(backups: &[String], total: usize) -> String {
    format!(r#"{{"backups":[{}],"total_count":{total}}}"#, backups.join(","))
}

/// A page whose table has these backups.
#[track_caller]
fn with(backups: &[String]) -> Page {
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &list(backups, backups.len()));
    page
}

fn overview(page: &Page) -> Option<&BackupOverview> {
    page.backups_of_form()?.overview.as_ref()
}

/// The ID of the newest full backup, how many manual ones there are, and their size.
#[track_caller]
fn says(page: &Page) -> (Option<&str>, usize, Option<i64>) {
    let overview = overview(page).unwrap();
    let newest = overview.newest_full.as_ref().and_then(|newest| newest.id.as_deref());
    (newest, overview.manual, overview.manual_size)
}

#[test]
fn the_newest_full_backup_is_a_completed_one_of_the_whole_instance_whatever_the_order() {
    let with_status = |id: &str, status: &str| backup(id, "manual", 23, 9, 0).replace("COMPLETED", status);
    let partial = backup("partial", "manual", 22, 9, 50).replace(r#""size""#, r#""databases":[{"name":"db1"}],"size""#);
    let mut backups = vec![
        backup("old", "auto", 10, 4, 100),
        backup("newest", "auto", 20, 4, 100),
        backup("manual", "manual", 12, 4, 200),
        backup("log", "incremental", 21, 4, 5),
        backup("changes", "fragment", 21, 5, 5),
        partial,
        with_status("failed", "FAILED"),
        with_status("building", "BUILDING"),
        with_status("deleting", "DELETING"),
    ];
    for _ in 0..backups.len() {
        backups.rotate_left(1);
        let page = with(&backups);
        assert_eq!(says(&page), (Some("newest"), 2, Some(250)));
        assert_eq!(overview(&page).unwrap().oldest_manual, Some(UnixSeconds(1_794_448_800)));
        assert_eq!(overview(&page).unwrap().durations, [540, 240]);
    }
}

#[test]
fn without_a_full_backup_there_is_none_and_without_a_size_there_is_no_sum() {
    let page = with(&[backup("log", "incremental", 21, 4, 5)]);
    assert_eq!(says(&page), (None, 0, Some(0)));
    let without_size = backup("a", "manual", 21, 4, 7).replace(r#""size":7,"#, "");
    let page = with(&[without_size, backup("b", "manual", 20, 4, 7)]);
    assert_eq!(says(&page), (Some("a"), 2, None));
}

#[test]
fn nothing_is_said_of_a_list_that_was_not_read_whole_or_is_of_another_instance() {
    let one = [backup("a", "auto", 21, 4, 7)];
    // While it is read, cut short, refused.
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    assert!(overview(&page).is_none());
    let next = only(&answer(&mut page, table, 200, &list(&one, 2)));
    assert!(overview(&page).is_none());
    answer(&mut page, next, 500, "");
    assert!(overview(&page).is_none());
    // Read again, it is known; for another instance or project nothing is.
    let mut page = with(&one);
    assert!(overview(&page).is_some());
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    assert!(overview(&page).is_none());
    type_into(&mut page, Field::InstanceId, MYSQL);
    assert!(overview(&page).is_some());
    type_into(&mut page, Field::ProjectId, "another");
    assert!(overview(&page).is_none());
}

/// A page whose press has made `b1`, given these backups before, and the answer to the question for it.
#[track_caller]
fn pressed(before: &[String]) -> (Page, Ticket) {
    let mut page = with(before);
    let read = only(&page.update(Action::Press(Press::Submit)));
    let manual: Vec<String> = before.iter().filter(|backup| backup.contains("manual")).cloned().collect();
    let create = only(&answer(&mut page, read, 200, &list(&manual, manual.len())));
    let (waiting, _) = wait(&answer(&mut page, create, 200, STARTED));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    (page, poll)
}

fn own(status: &str, size: i64) -> String {
    format!(
        r#"{{"id":"b1","name":"backup","status":"{status}","type":"manual","size":{size},
            "begin_time":"{JUST_NOW}","end_time":"2026-11-24T12:05:00Z"}}"#
    )
}

#[test]
fn at_the_end_the_full_backup_before_is_there_for_comparison_and_the_own_one_is_the_newest() {
    let (mut page, poll) = pressed(&[backup("a", "auto", 20, 4, 100), backup("b", "manual", 22, 4, 90)]);
    answer(&mut page, poll, 200, &list(&[own("COMPLETED", 40)], 1));
    assert_eq!(*page.outcome(), Outcome::Completed);
    let previous = page.newest().previous_full.as_ref().and_then(|previous| previous.id.as_deref());
    assert_eq!(previous, Some("b"));
    assert_eq!(says(&page), (Some("b1"), 2, Some(130)));
    let receipt = Receipt::of(&page.newest().record(), |_| 0);
    assert_eq!(receipt.previous_full.map(|previous| (previous.id, previous.size_kb)), Some(("b".into(), Some(90))));
    assert_eq!(receipt.audit_event, "createManualSnapshot");
    let restore = format!(r#""restore_point": {{"instance_id": "{MYSQL}", "type": "backup", "backup_id": "b1"}}"#);
    assert_eq!(receipt.restore_point, restore);
    let key = page.newest().key;
    let copied = page.update(Action::Share(ShareAction::CopyPressed(CopyTarget::RestorePoint(key))));
    assert!(copied.contains(&Effect::Work(WorkEffect::Copy(CopyTarget::RestorePoint(key), restore))));
}

#[test]
fn what_is_not_completed_is_compared_with_nothing_and_restored_from_by_nobody() {
    let before = [backup("a", "auto", 20, 4, 100)];
    for status in ["BUILDING", "FAILED"] {
        let (mut page, poll) = pressed(&before);
        answer(&mut page, poll, 200, &list(&[own(status, 0)], 1));
        assert_eq!(page.newest().restorable(), None, "{status}");
        assert_eq!(Receipt::of(&page.newest().record(), |_| 0).restore_point, "", "{status}");
        assert_eq!(says(&page).0, Some("a"), "{status}");
    }
    // A partial backup, though completed, has less than the whole.
    let (mut page, poll) = pressed(&before);
    let partial = own("COMPLETED", 4).replace(r#""size""#, r#""databases":[{"name":"db1"}],"size""#);
    answer(&mut page, poll, 200, &list(&[partial], 1));
    assert_eq!((page.outcome(), page.newest().previous_full.is_none()), (&Outcome::Completed, true));
}

#[test]
fn a_backup_that_takes_twice_as_long_as_the_longest_one_says_so_and_asks_for_the_tasks_once() {
    // Earlier ones took up to five minutes.
    let (mut page, poll) = pressed(&[backup("a", "manual", 20, 5, 100), backup("b", "manual", 21, 2, 100)]);
    let building = list(&[own("BUILDING", 0)], 1);
    let begun = page.now.wall.moment();
    let mut effects = answer(&mut page, poll, 200, &building);
    let mut asked = Vec::new();
    for _ in 0..120 {
        let tasks = calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Tasks { .. }));
        if let Some((ticket, _)) = tasks {
            asked.push(page.now.wall.moment().0 - begun.0);
            answer(&mut page, ticket, 200, r#"{"tasks":[]}"#);
        }
        let is_longer = page.newest().is_longer_than(page.now.monotonic);
        let passed = page.now.wall.moment().0 - page.newest().backup.begun().unwrap().0;
        assert_eq!(is_longer, (passed > 600).then_some(300), "after {passed} s");
        let pause = waits(&effects).last().copied().unwrap();
        let poll = only(&wait_for(&mut page, pause));
        effects = answer(&mut page, poll, 200, &building);
    }
    assert!(matches!(asked[..], [at] if (600..620).contains(&at)), "{asked:?}");
    // Once it has ended it isn't said any more.
    let poll = only(&wait_for(&mut page, waits(&effects).last().copied().unwrap()));
    answer(&mut page, poll, 200, &list(&[own("COMPLETED", 90)], 1));
    assert_eq!(page.newest().is_longer_than(page.now.monotonic), None);
}

#[test]
fn a_press_within_the_window_of_automated_backups_is_warned_of_with_its_end() {
    let with_window = |window: &str| {
        let mut page = filled();
        let list = only(&page.update(Action::Press(Press::LoadInstances)));
        let instances = format!(
            r#"{{"instances":[{{"id":"{MYSQL}","name":"n","status":"ACTIVE","type":"Single","backup_strategy":{{"start_time":"{window}"}}}}],"total_count":1}}"#
        );
        answer(&mut page, list, 200, &instances);
        page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
        page
    };
    // It is noon.
    let mut page = with_window("12:00-13:00");
    let warning = FieldMessage::Warning(Warning::InBackupWindow { instance: None, until: UnixSeconds(1_795_525_200) });
    assert!(page.form.messages.of(Field::InstanceId).contains(&warning));
    assert!(!calls(&page.update(Action::Press(Press::Submit))).is_empty(), "it warns only");
    for window in ["13:00-14:00", "11:00-12:00", ""] {
        let page = with_window(window);
        assert!(page.form.messages.of(Field::InstanceId).is_empty(), "{window}");
    }
}
