//! Backups of several instances with one press.

use super::stage::*;
use contract::rules::{Violation, Warning};

/// `{number}` of the instances that [`selected`] has selected.
fn instance_id(number: usize) -> String {
    format!("{number:032x}in01")
}

fn listed_instances(count: usize) -> String {
    let instance = |number: usize| {
        let (id, role) = (instance_id(number), if number == 99 { "Replica" } else { "Single" });
        format!(
            r#"{{"id":"{id}","name":"shop-{number}","status":"ACTIVE","type":"{role}","datastore":{{"type":"MySQL","version":"8.0"}}}}"#
        )
    };
    let instances: Vec<String> = (0..count).map(instance).collect();
    format!(r#"{{"instances":[{}],"total_count":{count}}}"#, instances.join(","))
}

/// A page that has loaded so many instances.
#[track_caller]
fn loaded(count: usize) -> Page {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(count));
    page
}

fn tick(page: &mut Page, number: usize) -> Vec<Effect> {
    page.update(Action::Fill(FillAction::InstanceTicked { id: instance_id(number), extends: false }))
}

/// A page on which so many instances are selected.
#[track_caller]
fn selected(count: usize) -> Page {
    let mut page = loaded(count);
    for number in 0..count {
        assert!(calls(&tick(&mut page, number)).is_empty());
    }
    page
}

/// The instances whose lists are read, with the tickets.
fn read(effects: &[Effect]) -> Vec<(Ticket, String)> {
    let read = calls(effects).into_iter().filter_map(|(ticket, call)| match call {
        Call::Backups { instance_id, .. } => Some((ticket, instance_id)),
        _ => None,
    });
    read.collect()
}

fn ids(page: &Page) -> Vec<String> {
    page.form.selection.instances.iter().map(|selected| selected.id.clone()).collect()
}

/// A page on which so many were pressed for, and the tickets of the lists that are read.
#[track_caller]
fn pressed(count: usize) -> (Page, Vec<Ticket>) {
    let mut page = selected(count);
    let reads = read(&page.update(Action::Press(Press::Submit)));
    (page, reads.into_iter().map(|(ticket, _)| ticket).collect())
}

fn summary(page: &Page) -> BatchSummary {
    let latest = page.work.latest.and_then(|key| page.work.creation(key)).unwrap();
    Work::summary(&page.work.batch(latest))
}

fn started(id: &str, number: usize) -> String {
    let name = format!("shop-{number}-20261124T120000Z");
    format!(r#"{{"backup":{{"id":"{id}","name":"{name}","status":"BUILDING","type":"manual"}}}}"#)
}

fn refused_name(page: &Page) -> Option<FieldRefusal> {
    page.refusal_of(Field::NamePattern)
}

const REFUSED: &str = r#"{"error_code":"DBS.200010","error_msg":"no"}"#;

#[test]
fn each_gets_the_name_of_its_instance_and_a_post_of_its_own() {
    let mut page = selected(2);
    let names = ["shop-0-20261124T120000Z", "shop-1-20261124T120000Z"];
    assert_eq!(page.form.names_of_selected().unwrap(), names);
    // What was typed for one stays, and isn't asked for.
    assert_eq!((&*page.form.instance_id.text, &*page.form.name.text), (MYSQL, "backup"));
    let preview = page.preview().unwrap();
    assert!(names.iter().all(|name| preview.http.contains(name) && preview.curl.contains(name)));
    let reads = read(&page.update(Action::Press(Press::Submit)));
    assert_eq!(reads.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>(), [instance_id(0), instance_id(1)]);
    for (number, (list, _)) in reads.into_iter().enumerate() {
        let effects = answer(&mut page, list, 200, NONE_LISTED);
        let [(create, Call::CreateBackup(request))] = &calls(&effects)[..] else { panic!("{:?}", calls(&effects)) };
        assert_eq!((request.name.as_str(), request.instance_id.as_str()), (names[number], &*instance_id(number)));
        answer(&mut page, *create, 200, &started(&format!("b{number}"), number));
    }
    assert_eq!(summary(&page), BatchSummary { requested: 2, running: 2, ..BatchSummary::default() });
    let link = page.work.link(page.newest()).unwrap();
    assert!(link.contains("watch=") && link.contains("/b0&") && link.contains("/b1&"), "{link}");
    // Pressed again, nothing is made twice.
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert_eq!(page.work.creations.len(), 2);
    // Nor when another one is selected besides: the names of the others stay.
    let mut page = page;
    page.pass(MINUTE);
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(3));
    tick(&mut page, 2);
    let reads = read(&page.update(Action::Press(Press::Submit)));
    assert_eq!(reads.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>(), [instance_id(2)]);
    assert_eq!(summary(&page).requested, 3);
}

#[test]
fn three_are_sent_at_a_time_and_the_others_wait_for_their_turn() {
    let (mut page, mut lists) = pressed(5);
    assert_eq!(lists.len(), 3);
    let list = lists.remove(0);
    let create = only(&answer(&mut page, list, 200, NONE_LISTED));
    // Its POST is under way: it still counts.
    let effects = answer(&mut page, create, 403, REFUSED);
    let [(_, fourth)] = &read(&effects)[..] else { panic!("{:?}", calls(&effects)) };
    assert_eq!(*fourth, instance_id(3));
    // One that is refused stops none of the others.
    let expected = BatchSummary { requested: 5, waiting: 1, underway: 3, refused: 1, ..BatchSummary::default() };
    assert_eq!(summary(&page), expected);
    let latest = page.work.creation(page.work.latest.unwrap()).unwrap();
    let numbers: Vec<_> = page.work.batch(latest).iter().map(|creation| creation.instance_id.clone()).collect();
    assert_eq!(numbers, (0..5).map(instance_id).collect::<Vec<_>>());
}

#[test]
fn only_those_without_a_backup_are_tried_again() {
    let (mut page, lists) = pressed(3);
    for (number, list) in lists.into_iter().enumerate() {
        let create = only(&answer(&mut page, list, 200, NONE_LISTED));
        if number == 1 {
            answer(&mut page, create, 200, &started("b1", 1));
        } else {
            answer(&mut page, create, 403, REFUSED);
        }
    }
    let key = page.work.latest.unwrap();
    let reads = read(&page.update(Action::Press(Press::TryBatchAgain(key))));
    assert_eq!(reads.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>(), [instance_id(0), instance_id(2)]);
    assert!(calls(&page.update(Action::Press(Press::TryBatchAgain(key)))).is_empty(), "once is enough");
    assert_eq!(page.work.creations.len(), 3);
}

#[test]
fn cancel_keeps_back_what_was_not_sent_and_looks_for_what_was() {
    let (mut page, lists) = pressed(5);
    let create = only(&answer(&mut page, lists[0], 200, NONE_LISTED));
    let effects = page.update(Action::Work(WorkAction::CancelBatch(page.work.latest.unwrap())));
    assert!(effects.contains(&Effect::Page(PageEffect::Abort(create))));
    let reads = read(&effects);
    assert_eq!(reads.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>(), [instance_id(0)]);
    let expected = BatchSummary { requested: 5, looked_for: 1, refused: 4, ..BatchSummary::default() };
    assert_eq!(summary(&page), expected);
    let is_not_sent = |creation: &Creation| creation.stage == Stage::Ended(Outcome::NotSent(NotSent::Cancelled));
    assert_eq!(page.work.creations.iter().filter(|creation| is_not_sent(creation)).count(), 4);
    assert!(sent(&effects).is_empty());
}

#[test]
fn what_waits_for_its_turn_for_ten_minutes_is_not_sent() {
    let (mut page, lists) = pressed(4);
    page.pass(10 * MINUTE + 1);
    let effects = fail(&mut page, lists[0], NoResponse::Forbidden);
    assert!(calls(&effects).is_empty());
    let last = page.work.creations.iter().find(|creation| creation.instance_id == instance_id(3)).unwrap();
    assert_eq!(last.stage, Stage::Ended(Outcome::NotSent(NotSent::Lapsed)));
}

#[test]
fn a_reload_takes_all_of_them_up_and_looks_for_them_with_one_press() {
    let (mut page, lists) = pressed(5);
    let create = only(&answer(&mut page, lists[0], 200, NONE_LISTED));
    answer(&mut page, create, 200, &started("b0", 0));
    let underway = page.persisted_underway().pop().unwrap();
    let draft = page.form.to_draft();
    assert!(!underway.contains(&long_token()) && !draft.contains(&long_token()));
    let mut again = Page { now: page.now, ..super::stage::page() };
    let kept = Some(Persisted { draft, underway });
    let effects = again.update(Action::App(AppAction::Opened { fragment: String::new(), kept }));
    assert!(calls(&effects).is_empty());
    assert_eq!(summary(&again), BatchSummary { requested: 5, unfollowed: 1, unknown: 4, ..BatchSummary::default() });
    type_into(&mut again, Field::Token, &long_token());
    // Names aren't known before the list is loaded again, and then they are the same.
    assert_eq!(again.form.names_of_selected(), None);
    assert!(again.form.faults().contains(&(Field::InstanceId, Violation::InstanceUnlisted(instance_id(0)))));
    let key = again.work.latest.unwrap();
    let looks = calls(&again.update(Action::Press(Press::LookAgainAtBatch(key))));
    assert_eq!(looks.len(), 5, "{looks:?}");
    again.pass(2 * MINUTE);
    let instances = only(&again.update(Action::Press(Press::LoadInstances)));
    answer(&mut again, instances, 200, &listed_instances(5));
    assert_eq!(again.form.names_of_selected(), page.form.names_of_selected());
    // A tab that was duplicated may still send it: for ten minutes, and then a server has a minute.
    let queued = again.work.creations.iter().find(|creation| creation.instance_id == instance_id(4)).unwrap();
    let closes = again.closes_at(queued).unwrap();
    assert_eq!(closes.since(page.now.monotonic), 11 * MINUTE);
}

#[test]
fn a_link_selects_instances_that_have_to_be_loaded_first() {
    let mut page = filled();
    let ids_in_link = [instance_id(0), instance_id(1)];
    let fragment =
        format!("instances={}&instances={}&name_pattern=release-{{instance}}", ids_in_link[0], ids_in_link[1]);
    link(&mut page, &fragment);
    assert_eq!(ids(&page), ids_in_link);
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert_eq!(page.form.submission, Submission::Faulty);
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(2));
    assert_eq!(page.form.names_of_selected().unwrap(), ["release-shop-0", "release-shop-1"]);
    assert!(page.form.to_link().contains("name_pattern=release-%7Binstance%7D&"), "{}", page.form.to_link());
    assert_eq!(read(&page.update(Action::Press(Press::Submit))).len(), 2);
}

#[test]
fn a_range_a_search_and_their_limits() {
    let mut page = loaded(100);
    tick(&mut page, 2);
    page.update(Action::Fill(FillAction::InstanceTicked { id: instance_id(5), extends: true }));
    assert_eq!(ids(&page), [2, 3, 4, 5].map(instance_id));
    page.update(Action::Fill(FillAction::InstanceTicked { id: instance_id(3), extends: true }));
    assert_eq!(ids(&page), [2].map(instance_id), "those between it and the one before become as it is");
    page.update(Action::Work(WorkAction::InstanceSearched("shop-1".into())));
    page.update(Action::Fill(FillAction::ShownSelected));
    assert_eq!(ids(&page).len(), 12);
    page.update(Action::Work(WorkAction::InstanceSearched(String::new())));
    page.update(Action::Fill(FillAction::ShownSelected));
    // As many as one press may be for.
    assert_eq!(ids(&page).len(), 50);
    let many: Vec<String> = (0..51).map(|number| format!("instances={}", instance_id(number))).collect();
    link(&mut page, &many.join("&"));
    says(&page, Field::InstanceId, &[FieldMessage::Fault(Violation::TooManyInstances { found: 51 })]);
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    page.update(Action::Fill(FillAction::SelectionCleared));
    assert!(!page.form.selects_several());
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(ids(&page).len(), 51);
}

#[test]
fn names_must_differ_and_another_description_of_the_same_names_is_refused_whole() {
    let mut page = selected(2);
    type_into(&mut page, Field::NamePattern, "nightly");
    page.update(Action::Form(FormAction::Blurred(Field::NamePattern)));
    says(&page, Field::NamePattern, &[FieldMessage::Fault(Violation::NamesAlike("nightly".into()))]);
    type_into(&mut page, Field::NamePattern, "nightly-{instance}");
    assert_eq!(read(&page.update(Action::Press(Press::Submit))).len(), 2);
    type_into(&mut page, Field::Description, "before the update");
    let effects = page.update(Action::Press(Press::Submit));
    assert!(calls(&effects).is_empty() && focuses(&effects, Focus::Field(Field::NamePattern)));
    assert_eq!(refused_name(&page), Some(FieldRefusal::UnderWay));
    assert_eq!(page.work.creations.len(), 2);
}

#[test]
fn a_name_that_the_list_has_and_a_window_are_said_before() {
    let mut page = selected(1);
    let name = page.form.names_of_selected().unwrap().remove(0);
    type_into(&mut page, Field::InstanceId, &instance_id(0));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed(&name, JUST_NOW, "COMPLETED"));
    let expected = Warning::NameListed { id: "b1".into(), begin_time: JUST_NOW.into() };
    says(&page, Field::NamePattern, &[FieldMessage::Warning(expected)]);
}

#[test]
fn one_notification_and_the_title_tell_the_end_of_all() {
    let (mut page, lists) = pressed(2);
    page.update(Action::Work(WorkAction::NotificationsAnswered(Ok(()))));
    let notifications = |effects: &[Effect]| {
        let is_one = |effect: &&Effect| matches!(effect, Effect::Work(WorkEffect::ShowNotification(_)));
        effects.iter().filter(is_one).count()
    };
    let create = only(&answer(&mut page, lists[0], 200, NONE_LISTED));
    let effects = answer(&mut page, create, 403, REFUSED);
    assert_eq!(notifications(&effects), 0);
    let create = only(&answer(&mut page, lists[1], 200, NONE_LISTED));
    let effects = answer(&mut page, create, 200, &started("b1", 1));
    assert_eq!(notifications(&effects), 0);
    let poll = only(&wait_for(&mut page, wait(&effects)));
    let done = listed("shop-1-20261124T120000Z", JUST_NOW, "COMPLETED");
    let effects = answer(&mut page, poll, 200, &done);
    let ended = BatchSummary { requested: 2, completed: 1, refused: 1, ..BatchSummary::default() };
    assert!(effects.contains(&Effect::Work(WorkEffect::ShowNotification(Ended::Batch(ended)))));
    assert_eq!(page.work.headline(), Some(Ended::Batch(ended)));
}

#[test]
fn clearing_and_bringing_back_keeps_the_names() {
    let mut page = selected(2);
    let names = page.form.names_of_selected();
    page.update(Action::Form(FormAction::ClearFormPressed));
    assert!(!page.form.selects_several());
    page.pass(HOUR);
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(page.form.names_of_selected(), names);
    page.update(Action::Fill(FillAction::NamesRenewed));
    assert_ne!(page.form.names_of_selected(), names);
}

/// Selecting, renaming and links don't make a second backup of an instance from what its user takes for the same press.
#[test]
fn what_was_pressed_for_keeps_its_name_whatever_is_selected_besides() {
    let (mut page, lists) = pressed(2);
    for (number, list) in lists.into_iter().enumerate() {
        let create = only(&answer(&mut page, list, 200, NONE_LISTED));
        let effects = answer(&mut page, create, 200, &started(&format!("b{number}"), number));
        let poll = only(&wait_for(&mut page, wait(&effects)));
        let name = format!("shop-{number}-20261124T120000Z");
        let done = listed(&name, JUST_NOW, "COMPLETED").replace("\"b1\"", &format!("\"b{number}\""));
        answer(&mut page, poll, 200, &done);
    }
    assert_eq!(summary(&page), BatchSummary { requested: 2, completed: 2, ..BatchSummary::default() });
    let names = page.form.names_of_selected().unwrap();
    let presses_nothing = |page: &mut Page| {
        let posted = calls(&page.update(Action::Press(Press::Submit)));
        assert!(posted.is_empty(), "{posted:?}");
        assert!(page.page.notices.contains(&Notice::AlreadyRequested));
        page.update(Action::Page(PageAction::DismissPressed));
    };
    presses_nothing(&mut page);
    // Another instance has the name of the first one; then one is unticked and ticked again; then all are.
    page.pass(MINUTE);
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    answer(&mut page, list, 200, &listed_instances(3).replace("shop-2", "shop-0"));
    tick(&mut page, 2);
    assert_eq!(page.form.names_of_selected().unwrap()[..2], names);
    tick(&mut page, 2);
    presses_nothing(&mut page);
    for number in [0, 1, 0, 1] {
        tick(&mut page, number);
    }
    presses_nothing(&mut page);
    // The same link twice.
    let fragment = format!("instances={}&instances={}", instance_id(0), instance_id(1));
    link(&mut page, &fragment);
    page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    presses_nothing(&mut page);
    // Other names are wanted: other backups.
    page.update(Action::Fill(FillAction::NamesRenewed));
    assert_eq!(read(&page.update(Action::Press(Press::Submit))).len(), 2);
    assert_eq!(summary(&page).requested, 2);
}

#[test]
fn a_second_backup_of_an_instance_waits_until_the_first_has_ended() {
    let (mut page, lists) = pressed(2);
    let create = only(&answer(&mut page, lists[0], 200, NONE_LISTED));
    answer(&mut page, create, 200, &started("b0", 0));
    type_into(&mut page, Field::NamePattern, "second-{instance}");
    let effects = page.update(Action::Press(Press::Submit));
    assert!(calls(&effects).is_empty());
    assert_eq!(refused_name(&page), Some(FieldRefusal::InstanceUnderWay));
    assert_eq!(page.work.creations.len(), 2);
}

#[test]
fn a_name_that_breaks_a_rule_is_said_at_the_pattern() {
    let mut page = selected(1);
    type_into(&mut page, Field::NamePattern, &format!("{}{{instance}}", "x".repeat(63)));
    page.update(Action::Form(FormAction::Blurred(Field::NamePattern)));
    let effects = page.update(Action::Press(Press::Submit));
    assert!(calls(&effects).is_empty() && page.form.faulty_fields() == 1);
    says(&page, Field::NamePattern, &[FieldMessage::Fault(Violation::NameTooLong { found: 74 })]);
}

#[test]
fn those_of_an_earlier_press_stay_with_the_others() {
    let (mut page, lists) = pressed(3);
    for list in lists {
        let create = only(&answer(&mut page, list, 200, NONE_LISTED));
        answer(&mut page, create, 403, REFUSED);
    }
    tick(&mut page, 2);
    assert_eq!(read(&page.update(Action::Press(Press::Submit))).len(), 2);
    assert_eq!(summary(&page), BatchSummary { requested: 3, underway: 2, refused: 1, ..BatchSummary::default() });
}

#[test]
fn a_reload_keeps_those_without_a_backup() {
    let (mut page, lists) = pressed(3);
    for (number, list) in lists.into_iter().enumerate() {
        let create = only(&answer(&mut page, list, 200, NONE_LISTED));
        if number == 0 {
            answer(&mut page, create, 200, &started("b0", 0));
        } else {
            answer(&mut page, create, 403, REFUSED);
        }
    }
    let underway = page.persisted_underway().pop().unwrap();
    let mut again = reload_of(&page, underway);
    assert_eq!(summary(&again), BatchSummary { requested: 3, unfollowed: 1, refused: 2, ..BatchSummary::default() });
    fill(&mut again, MYSQL, "x");
    let key = again.work.latest.unwrap();
    assert_eq!(read(&again.update(Action::Press(Press::TryBatchAgain(key)))).len(), 2);
}

#[test]
fn choosing_one_takes_the_place_of_a_selection_and_can_be_undone() {
    let mut page = selected(2);
    page.update(Action::Fill(FillAction::InstanceChosen(instance_id(1))));
    assert!(!page.form.selects_several());
    assert_eq!(*page.form.instance_id.text, *instance_id(1));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(ids(&page).len(), 2);
}

#[test]
fn each_is_compared_with_the_full_backup_that_the_list_before_it_had() {
    let (mut page, lists) = pressed(2);
    let earlier = listed("earlier", "2026-11-24T01:00:00Z", "COMPLETED").replace("\"b1\"", "\"e1\"");
    let create = only(&answer(&mut page, lists[0], 200, &earlier));
    let effects = answer(&mut page, create, 200, &started("b0", 0));
    let poll = only(&wait_for(&mut page, wait(&effects)));
    let done = listed("shop-0-20261124T120000Z", JUST_NOW, "COMPLETED").replace("\"b1\"", "\"b0\"");
    answer(&mut page, poll, 200, &done);
    let completed = page.work.creations.iter().find(|creation| creation.instance_id == instance_id(0)).unwrap();
    let previous = completed.previous_full.as_ref().and_then(|previous| previous.id.as_deref());
    assert_eq!(previous, Some("e1"));
}
