//! The instances to choose from, and the databases of the one that was chosen.

use super::stage::*;

fn listed_instances(range: std::ops::Range<usize>, total: usize) -> String {
    let instances: Vec<String> = range
        .map(|number| {
            format!(
                r#"{{"id":"{number:032x}in04","name":"shop-{number}","status":"ACTIVE","type":"Single","datastore":{{"type":"SQLServer","version":"2022"}}}}"#
            )
        })
        .collect();
    format!(r#"{{"instances":[{}],"total_count":{total}}}"#, instances.join(","))
}

fn listed_databases(range: std::ops::Range<usize>, total: Option<usize>) -> String {
    let names: Vec<String> = range.map(|number| format!(r#"{{"name":"db{number}"}}"#)).collect();
    let total = total.map(|total| format!(r#","total_count":{total}"#)).unwrap_or_default();
    format!(r#"{{"databases":[{}]{total}}}"#, names.join(","))
}

/// The page of the list of databases that is asked for, and its ticket.
fn databases_asked(effects: &[Effect]) -> Option<(Ticket, usize)> {
    calls(effects).into_iter().find_map(|(ticket, call)| match call {
        Call::Databases { page, .. } => Some((ticket, page)),
        _ => None,
    })
}

/// A page whose first instance was chosen, and the ticket of the list of its databases.
#[track_caller]
fn chosen() -> (Page, Ticket) {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(0..1, 1));
    let id = page.work.instances.items[0].id.clone();
    let (ticket, number) = databases_asked(&page.update(Action::Fill(FillAction::InstanceChosen(id)))).unwrap();
    assert_eq!(number, 1);
    (page, ticket)
}

#[test]
fn instances_are_read_page_by_page_and_searched_by_all_that_is_shown() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    assert!(page.work.instances.is_open);
    assert_eq!(page.work.instances.loading, Loading::Underway { loaded: 0, total: None });
    let effects = answer(&mut page, list, 200, &listed_instances(0..100, 130));
    assert_eq!(page.work.instances.loading, Loading::Underway { loaded: 100, total: Some(130) });
    let [(list, Call::Instances { offset: 100 })] = calls(&effects)[..] else { panic!("{:?}", calls(&effects)) };
    assert!(calls(&answer(&mut page, list, 200, &listed_instances(100..130, 130))).is_empty());
    assert_eq!(page.work.instances.loading, Loading::Done(Extent::Complete));
    for (search, expected) in [
        ("", 130),
        ("SHOP-12", 11),
        ("shop-129", 1),
        (&format!("{:032x}", 129), 1),
        ("active", 130),
        ("sqlserver", 130),
        ("xyz", 0),
    ] {
        page.update(Action::Work(WorkAction::InstanceSearched(search.into())));
        assert_eq!(page.work.instances.matching().count(), expected, "{search}");
    }
    // The search stays when the list is read anew, and what was read doesn't.
    page.update(Action::Work(WorkAction::InstanceSearched("shop-1".into())));
    page.update(Action::Press(Press::LoadInstances));
    assert_eq!((&*page.work.instances.search, page.work.instances.items.len()), ("shop-1", 0));
}

#[test]
fn instances_that_change_while_they_are_read_are_in_the_list_once() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let list = only(&answer(&mut page, list, 200, &listed_instances(0..100, 130)));
    // One more is in front by now.
    let effects = answer(&mut page, list, 200, &listed_instances(99..130, 131));
    let [(list, Call::Instances { offset: 0 })] = calls(&effects)[..] else { panic!("{:?}", calls(&effects)) };
    let list = only(&answer(&mut page, list, 200, &listed_instances(0..100, 131)));
    answer(&mut page, list, 200, &listed_instances(100..131, 131));
    let mut ids: Vec<_> = page.work.instances.items.iter().map(|instance| instance.id.clone()).collect();
    ids.dedup();
    assert_eq!((ids.len(), page.work.instances.items.len()), (131, 131));
}

#[test]
fn a_late_refusal_of_an_older_token_asks_for_the_instances_with_the_newer_one() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    paste_token(&mut page, &other_token());
    page.update(Action::Press(Press::ShowBackups));
    let effects = answer(&mut page, list, 401, REJECTED);
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
    assert!(matches!(page.work.instances.loading, Loading::Underway { .. }));
}

#[test]
fn databases_are_read_page_by_page_until_there_are_no_more() {
    for total in [Some(250), None] {
        let (mut page, list) = chosen();
        let (list, number) = databases_asked(&answer(&mut page, list, 200, &listed_databases(0..100, total))).unwrap();
        assert_eq!(number, 2);
        let (list, number) =
            databases_asked(&answer(&mut page, list, 200, &listed_databases(100..200, total))).unwrap();
        assert_eq!(number, 3);
        let mut next = databases_asked(&answer(&mut page, list, 200, &listed_databases(200..250, total)));
        // Without a total only an empty page is surely the end.
        if let (None, Some((list, _))) = (total, next) {
            next = databases_asked(&answer(&mut page, list, 200, &listed_databases(0..0, total)));
        }
        assert_eq!((next, page.work.instances.databases.len()), (None, 250));
    }
}

#[test]
fn a_server_that_sends_the_same_databases_again_is_not_asked_for_ever() {
    let (mut page, list) = chosen();
    let (list, _) = databases_asked(&answer(&mut page, list, 200, &listed_databases(0..100, None))).unwrap();
    let effects = answer(&mut page, list, 200, &listed_databases(0..100, None));
    assert_eq!((databases_asked(&effects), page.work.instances.databases.len()), (None, 100));
}

#[test]
fn no_more_than_a_thousand_databases_are_read() {
    let (mut page, mut list) = chosen();
    let mut pages = 0;
    for number in 0..20 {
        let body = listed_databases(number * 100..(number + 1) * 100, Some(5_000));
        pages += 1;
        let Some((next, _)) = databases_asked(&answer(&mut page, list, 200, &body)) else { break };
        list = next;
    }
    assert_eq!((pages, page.work.instances.databases.len()), (10, 1_000));
}

#[test]
fn another_choice_forgets_the_databases_of_the_one_before() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(0..2, 2));
    let ids: Vec<_> = page.work.instances.items.iter().map(|instance| instance.id.clone()).collect();
    let (list, _) = databases_asked(&page.update(Action::Fill(FillAction::InstanceChosen(ids[0].clone())))).unwrap();
    answer(&mut page, list, 200, &listed_databases(0..2, Some(2)));
    assert_eq!(page.work.instances.databases.len(), 2);
    let effects = page.update(Action::Fill(FillAction::InstanceChosen(ids[1].clone())));
    assert!(page.work.instances.databases.is_empty() && !page.work.instances.is_open);
    let (list, _) = databases_asked(&effects).unwrap();
    answer(&mut page, list, 200, &listed_databases(7..8, Some(1)));
    assert_eq!(page.work.instances.databases, ["db7"]);
}

#[test]
fn an_engine_without_partial_backups_is_not_asked_for_its_databases() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(0..1, 1).replace("SQLServer", "MySQL"));
    let id = page.work.instances.items[0].id.clone();
    assert_eq!(databases_asked(&page.update(Action::Fill(FillAction::InstanceChosen(id)))), None);
}

#[test]
fn another_choice_gives_up_the_databases_of_the_one_before_and_nothing_else() {
    let (mut page, poll_again) = followed();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let element = |id: &str, engine: &str| {
        format!(r#"{{"id":"{id}","name":"n","status":"ACTIVE","type":"Single","datastore":{{"type":"{engine}"}}}}"#)
    };
    let elements = [element(SQL_SERVER, "SQLServer"), element(MYSQL, "MySQL")].join(",");
    answer(&mut page, list, 200, &format!(r#"{{"instances":[{elements}],"total_count":2}}"#));
    let effects = page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into())));
    let databases = calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Databases { .. })).unwrap().0;
    let effects = page.update(Action::Fill(FillAction::InstanceChosen(MYSQL.into())));
    assert!(
        effects.contains(&Effect::Page(PageEffect::Abort(databases)))
            && !effects.contains(&Effect::Page(PageEffect::Abort(poll_again)))
    );
    assert!(!calls(&effects).iter().any(|(_, call)| matches!(call, Call::Databases { .. })));
    only(&page.update(Action::Reply(poll_again, Reply::WaitOver)));
}
