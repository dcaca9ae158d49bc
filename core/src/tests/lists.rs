//! Lists: the instances to choose from, the table of backups, a suggested name.

use contract::backup::{Kind, Status};
use contract::instance::Engine;
use contract::rules::databases;

use super::stage::*;

#[test]
fn backups_are_sorted_and_filtered() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    let backups = r#"{"total_count":3,"backups":[
        {"id":"1","name":"b","type":"manual","size":1,"begin_time":"2026-11-24T01:00:00Z","end_time":"2026-11-24T01:09:00Z"},
        {"id":"2","name":"a","type":"auto","size":3,"begin_time":"2026-11-24T03:00:00Z","end_time":"2026-11-24T03:01:00Z"},
        {"id":"3","name":"C","type":"manual","size":2,"begin_time":"2026-11-24T10:00:00+0800"}]}"#;
    answer(&mut page, list, 200, backups);
    let order =
        |page: &Page| -> String { page.work.backups.arranged.iter().filter_map(|backup| backup.id.clone()).collect() };
    assert_eq!(order(&page), "231", "the newest first");
    for (column, expected) in
        [(Column::Name, "213"), (Column::Name, "312"), (Column::Size, "231"), (Column::Duration, "123")]
    {
        let arrangement = page.work.backups.arrangement.sorted_by(column);
        page.update(Action::Work(WorkAction::BackupsArranged(arrangement)));
        assert_eq!(order(&page), expected, "{column:?}");
    }
    let manual = Arrangement { kind: Some(Kind::Manual), ..Arrangement::default() };
    page.update(Action::Work(WorkAction::BackupsArranged(manual.clone())));
    assert_eq!(order(&page), "31");
    page.update(Action::Work(WorkAction::BackupsArranged(Arrangement { name: "c".into(), ..manual })));
    assert_eq!(order(&page), "3");
}

#[test]
fn a_created_backup_appears_in_the_list_of_its_instance_and_changes_there() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, NONE_LISTED);
    let create = press(&mut page);
    let (waiting, _) = wait(&answer(&mut page, create, 200, STARTED));
    let status = |page: &Page| page.work.backups.arranged[0].status.clone().unwrap();
    assert_eq!(status(&page), Status::Building);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((page.work.backups.items.len(), status(&page)), (1, Status::Completed));
}

#[test]
fn the_chosen_instance_decides_the_engine_and_a_replica_can_not_be_chosen() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let instances = format!(
        r#"{{"instances":[{{"id":"{MYSQL}","name":"odd","status":"ACTIVE","type":"Single","datastore":{{"type":"SQLServer","version":"2022"}}}},
        {{"id":"r1","name":"replica","status":"ACTIVE","type":"Replica"}}],"total_count":2}}"#
    );
    answer(&mut page, list, 200, &instances);
    assert!(page.update(Action::Fill(FillAction::InstanceChosen("r1".into()))).is_empty());
    let effects = page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    assert_eq!(page.form.engine(), Some(Engine::SqlServer));
    let list = calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Databases { .. })).unwrap().0;
    answer(&mut page, list, 200, r#"{"databases":[{"name":"db1"},{"name":"db2"}],"total_count":2}"#);
    assert_eq!(page.work.instances.databases, ["db1", "db2"]);
    page.update(Action::Fill(FillAction::DatabaseTicked("db2".into())));
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(backup.databases.iter().map(databases::Database::name).collect::<Vec<_>>(), ["db2"]);
}

#[test]
fn a_suggested_name_is_free() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, &listed("backup-20261124T120000Z", JUST_NOW, "COMPLETED"));
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    assert_eq!(&*page.form.name.text, "backup-20261124T120000Z-2");
    says(&page, Field::Name, &[]);
    // Nor is it one that was asked for.
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 200, &listed("backup-20261124T120000Z", JUST_NOW, "COMPLETED"));
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    assert_eq!(&*page.form.name.text, "backup-20261124T120000Z-3");
}

/// A page of the list of backups.
fn elements(numbers: std::ops::Range<usize>, total: usize) -> String {
    let elements: Vec<String> = numbers.map(|number| format!(r#"{{"id":"b{number}","name":"n{number}"}}"#)).collect();
    format!(r#"{{"backups":[{}],"total_count":{total}}}"#, elements.join(","))
}

#[test]
fn all_pages_of_a_list_are_read() {
    let mut page = filled();
    let first = only(&page.update(Action::Press(Press::ShowBackups)));
    let effects = answer(&mut page, first, 200, &elements(0..100, 101));
    let [(second, Call::Backups { offset: 99, .. })] = calls(&effects)[..] else { panic!("the second page") };
    answer(&mut page, second, 200, &elements(99..101, 101));
    let backups = &page.work.backups;
    assert_eq!((backups.items.len(), &backups.loading), (101, &Loading::Done(Extent::Complete)));
}

#[test]
fn a_list_without_end_is_not_read_without_end() {
    let mut page = filled();
    let mut effects = page.update(Action::Press(Press::ShowBackups));
    let (mut pages, mut pauses) = (0_usize, 0);
    loop {
        if let Some(pause) = waits(&effects).pop().filter(|_| calls(&effects).is_empty()) {
            pauses += 1;
            effects = wait_for(&mut page, pause);
        }
        let Some((ticket, _)) = calls(&effects).pop() else { break };
        effects = answer(&mut page, ticket, 200, &elements(pages.saturating_sub(1)..pages + 1, 1_000_000));
        pages += 1;
    }
    assert_eq!((pages, &page.work.backups.loading), (500, &Loading::Done(Extent::Truncated)));
    // After the first hundred it lets the server breathe.
    assert_eq!(pauses, 500 - 101);
}

#[test]
fn the_chart_has_the_latest_completed_backups_in_their_order() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    let backup = |number: usize, status: &str| {
        format!(
            r#"{{"id":"b{number}","name":"n{number}","status":"{status}","type":"manual","size":{number},
                "begin_time":"2026-11-{:02}T12:00:00Z","end_time":"2026-11-{:02}T12:0{}:00Z"}}"#,
            number + 1,
            number + 1,
            number % 10
        )
    };
    let backups: Vec<String> = [4, 1, 3].map(|number| backup(number, "COMPLETED")).into();
    let body = format!(r#"{{"backups":[{},{}]}}"#, backups.join(","), backup(9, "FAILED"));
    answer(&mut page, list, 200, &body);
    let bars: Vec<_> = page.work.backups.chart.iter().map(|bar| (bar.name.as_str(), bar.seconds, bar.size)).collect();
    assert_eq!(bars, [("n1", 60, 1), ("n3", 180, 3), ("n4", 240, 4)]);
}

/// A page with a list of two instances and a read replica.
fn with_instances() -> Page {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let instances = format!(
        r#"{{"instances":[{{"id":"{MYSQL}","name":"orders","status":"ACTIVE","type":"Single"}},
        {{"id":"{SQL_SERVER}","name":"people","status":"ACTIVE","type":"Single"}},
        {{"id":"{REPLICA}","name":"copy","status":"ACTIVE","type":"Replica","related_instance":[{{"id":"{MYSQL}","type":"replica_of"}}]}}],
        "total_count":3}}"#
    );
    answer(&mut page, list, 200, &instances);
    page
}

const REPLICA: &str = "aaaaca5a624745bcb546a227aa3ae1cfin01";

#[test]
fn a_name_that_was_suggested_for_one_instance_does_not_stay_when_another_is_chosen() {
    let mut page = with_instances();
    page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    assert!(page.form.name.text.starts_with("orders-"));
    page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into())));
    assert!(page.form.name.text.starts_with("people-"), "{}", page.form.name.text);
    // One that was typed stays.
    type_into(&mut page, Field::Name, "mine");
    page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    assert_eq!(&*page.form.name.text, "mine");
}

#[test]
fn choosing_an_instance_names_the_backup_where_no_name_stands() {
    let mut page = with_instances();
    type_into(&mut page, Field::Name, "");
    let effects = page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    assert!(page.form.name.text.starts_with("orders-"), "{}", page.form.name.text);
    assert!(focuses(&effects, Focus::Field(Field::Name)));
    assert!(!page.form.can_restore(), "nothing was replaced that somebody had typed");
}

#[test]
fn an_id_that_was_typed_comes_back_after_another_instance_was_chosen() {
    let mut page = with_instances();
    type_into(&mut page, Field::InstanceId, "half-typed");
    page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    assert_eq!(&*page.form.instance_id.text, MYSQL);
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(&*page.form.instance_id.text, "half-typed");
    // Also one that the list knows; one that was chosen is chosen again as easily.
    let mut page = with_instances();
    type_into(&mut page, Field::InstanceId, MYSQL);
    page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into())));
    assert!(page.form.can_restore());
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(&*page.form.instance_id.text, MYSQL);
    let mut page = with_instances();
    type_into(&mut page, Field::InstanceId, "");
    page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into())));
    assert!(!page.form.can_restore());
}

#[test]
fn the_list_of_another_project_is_neither_shown_nor_chosen_from_and_says_nothing_of_the_chosen_one() {
    let mut page = with_instances();
    assert!(page.shows_instances());
    page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    assert!(page.form.chosen.is_some());
    page.update(Action::Press(Press::LoadInstances));
    type_into(&mut page, Field::ProjectId, "another");
    assert!(!page.shows_instances() && page.form.chosen.is_none());
    assert!(calls(&page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into())))).is_empty());
    assert_eq!(&*page.form.instance_id.text, MYSQL);
}

#[test]
fn a_name_that_was_suggested_does_not_stay_when_another_instance_is_typed() {
    let mut page = with_instances();
    page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    page.update(Action::Form(FormAction::Blurred(Field::InstanceId)));
    assert!(!page.form.name.text.starts_with("orders-"), "{}", page.form.name.text);
}

#[test]
fn a_typed_replica_is_caught_once_the_list_is_there() {
    let mut page = with_instances();
    type_into(&mut page, Field::InstanceId, REPLICA);
    page.update(Action::Form(FormAction::Blurred(Field::InstanceId)));
    assert!(page.form.messages.of(Field::InstanceId).iter().any(FieldMessage::is_fault));
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
}

#[test]
fn the_table_says_how_it_is_sorted_and_keeps_that_when_it_is_read_anew() {
    let mut page = filled();
    let arrangement = Arrangement::default().sorted_by(Column::Name);
    assert_eq!(arrangement.order_of(Column::Name), Some(std::cmp::Ordering::Less));
    assert_eq!(arrangement.sorted_by(Column::Name).order_of(Column::Name), Some(std::cmp::Ordering::Greater));
    assert_eq!(arrangement.order_of(Column::Size), None);
    page.update(Action::Work(WorkAction::BackupsArranged(arrangement.clone())));
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    assert_eq!(page.work.backups.arrangement, arrangement);
    assert_eq!(page.work.backups.loading, Loading::Underway { loaded: 0, total: None });
    answer(&mut page, list, 200, NONE_LISTED);
    assert_eq!(page.work.backups.loading, Loading::Done(Extent::Complete));
}

#[test]
fn the_table_is_drawn_anew_whenever_it_has_changed_and_only_then() {
    let (mut page, waiting) = followed();
    let mut drawn = page.work.backups.generation;
    let mut has_changed = |page: &Page| std::mem::replace(&mut drawn, page.work.backups.generation) != drawn;
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    assert!(has_changed(&page), "it is empty while it is read");
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(has_changed(&page), "it is there");
    page.update(Action::Work(WorkAction::BackupsArranged(Arrangement { name: "b".into(), ..Arrangement::default() })));
    assert!(has_changed(&page), "it is arranged otherwise");
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    assert!(!has_changed(&page), "the same was heard again");
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(has_changed(&page), "a backup has");
}

#[test]
fn what_is_heard_of_another_project_or_instance_is_not_in_the_table() {
    for (field, text) in [(Field::ProjectId, "another"), (Field::InstanceId, SQL_SERVER)] {
        let (mut page, waiting) = followed();
        type_into(&mut page, field, text);
        let list = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, list, 200, NONE_LISTED);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        assert!(page.work.backups.items.is_empty(), "{field:?}");
    }
}

#[test]
fn a_list_that_can_not_be_read_says_why() {
    type Asks = fn(&mut Page) -> Vec<Effect>;
    type Said = fn(&Page) -> &Loading;
    let lists: [(Asks, Said); 2] = [
        (|page| page.update(Action::Press(Press::ShowBackups)), |page| &page.work.backups.loading),
        (|page| page.update(Action::Press(Press::LoadInstances)), |page| &page.work.instances.loading),
    ];
    for (press, loading) in lists {
        for (status, body) in [(403, ""), (404, ""), (429, ""), (500, "")] {
            let mut page = filled();
            let list = only(&press(&mut page));
            answer(&mut page, list, status, body);
            assert!(matches!(loading(&page), Loading::Refused(failure) if failure.status == status));
        }
        let mut page = filled();
        let list = only(&press(&mut page));
        fail(&mut page, list, NoResponse::TimedOut);
        assert_eq!(*loading(&page), Loading::Unanswered(NoResponse::TimedOut));
        let list = only(&press(&mut page));
        let effects = answer(&mut page, list, 401, REJECTED);
        assert!(matches!(loading(&page), Loading::Refused(failure) if failure.status == 401));
        assert!(focuses(&effects, Focus::Field(Field::Token)));
    }
}

#[test]
fn a_chart_shows_two_backups_or_more_and_says_which_were_made_by_hand() {
    let first = r#"{"id":"1","name":"a","type":"manual","status":"COMPLETED","size":7,"begin_time":"2026-11-24T01:00:00Z","end_time":"2026-11-24T01:09:00Z"}"#;
    let second = r#"{"id":"2","name":"b","type":"auto","status":"COMPLETED","size":8,"begin_time":"2026-11-24T03:00:00Z","end_time":"2026-11-24T03:01:00Z"}"#;
    let building = r#"{"id":"3","name":"c","type":"manual","status":"BUILDING","begin_time":"2026-11-24T03:00:00Z"}"#;
    for (backups, expected) in [
        (format!("{first},{building}"), vec![]),
        (format!("{second},{first}"), vec![("a", true, 540, 7), ("b", false, 60, 8)]),
    ] {
        let mut page = filled();
        let list = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, list, 200, &format!(r#"{{"backups":[{backups}],"total_count":2}}"#));
        let bars: Vec<_> = page
            .work
            .backups
            .chart
            .iter()
            .map(|bar| (bar.name.as_str(), bar.is_manual, bar.seconds, bar.size))
            .collect();
        assert_eq!(bars, expected);
    }
}

#[test]
fn a_table_that_changes_while_it_is_read_has_each_backup_once() {
    let pages = |range: std::ops::Range<usize>, total: usize| {
        let backups: Vec<_> = range.map(|number| format!(r#"{{"id":"b{number}","name":"n{number}"}}"#)).collect();
        format!(r#"{{"backups":[{}],"total_count":{total}}}"#, backups.join(","))
    };
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    let list = only(&answer(&mut page, list, 200, &pages(0..100, 130)));
    // One was deleted meanwhile.
    let list = only(&answer(&mut page, list, 200, &pages(100..130, 129)));
    let list = only(&answer(&mut page, list, 200, &pages(1..101, 129)));
    answer(&mut page, list, 200, &pages(100..130, 129));
    assert_eq!(page.work.backups.items.len(), 129);
}

#[test]
fn a_backup_that_is_created_while_the_table_is_read_is_in_it_once() {
    let mut page = filled();
    let create = press(&mut page);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, create, 200, STARTED);
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!(page.work.backups.items.len(), 1);
}
