//! What others are told of a backup: receipts, exports, events. They claim no more than the card does.

use super::stage::*;

/// Receipt, export and event of the newest creation, as far as they say how the backup is known.
fn known_by(page: &Page) -> [String; 3] {
    let record = page.newest().record();
    let receipt = Receipt::of(&record, |_| 0);
    let text = csv(&page.work.rows());
    let mut lines = text.lines().map(|line| line.rsplit(',').next().unwrap_or_default().to_owned());
    assert_eq!(lines.next().as_deref(), Some("known_by"), "{text}");
    [receipt.known_by.unwrap_or_default().to_owned(), page.work.rows()[0].known_by.clone(), lines.next().unwrap()]
}

#[test]
fn a_backup_whose_id_came_in_the_answer_is_known_by_it() {
    let mut page = filled();
    let create = press(&mut page);
    assert_eq!(known_by(&page), ["", "", ""], "there is none yet");
    answer(&mut page, create, 200, STARTED);
    assert_eq!(known_by(&page), ["answer", "answer", "answer"]);
}

#[test]
fn a_backup_that_was_found_is_known_by_its_name_everywhere() {
    let mut page = filled();
    let create = press(&mut page);
    let looked = only(&fail(&mut page, create, NoResponse::Unreachable));
    answer(&mut page, looked, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(page.is_building());
    assert_eq!(known_by(&page), ["name", "name", "name"]);
    let [.., HostEvent::Created(record)] = &page.events()[..] else { panic!("it is told") };
    assert_eq!(Receipt::of(record, |_| 0).known_by, Some("name"));
}

#[test]
fn a_backup_of_a_link_is_known_by_neither() {
    let (page, _) = opened(&format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"), "", "");
    assert_eq!(Receipt::of(&page.newest().record(), |_| 0).known_by, None);
}

#[test]
fn a_reload_keeps_by_what_a_backup_is_known() {
    let (page, _) = followed();
    let underway = page.persisted_underway().pop().unwrap();
    assert_eq!(known_by(&reload("", &underway)), ["answer", "answer", "answer"]);
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let underway = page.persisted_underway().pop().unwrap();
    assert_eq!(known_by(&reload("", &underway)), ["name", "name", "name"]);
}
