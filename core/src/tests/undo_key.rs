//! Ctrl+Z in a field in which the page has replaced what stood there.

use super::stage::*;

const URL: &str = "https://rds2.example/v3/11112222333344445555666677778888/backups";

fn undo(page: &mut Page, field: Field) {
    assert!(page.form.undoes_in(field), "{field:?}");
    page.update(Action::Fill(FillAction::UndoPressed(field)));
}

fn suggest(page: &mut Page) -> String {
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    page.form.name.text.to_string()
}

#[test]
fn a_suggested_name_gives_way_to_the_typed_one_and_so_does_each_before_it() {
    let mut page = filled();
    assert!(!page.form.undoes_in(Field::Name), "it was typed: the browser undoes it");
    let first = suggest(&mut page);
    page.pass(1_000);
    let second = suggest(&mut page);
    assert_ne!(first, second);
    undo(&mut page, Field::Name);
    assert_eq!(*page.form.name.text, *first);
    undo(&mut page, Field::Name);
    assert_eq!(&*page.form.name.text, "backup");
    assert!(!page.form.undoes_in(Field::Name));
    // Nothing is left for the button.
    assert!(page.page.notices.is_empty() && !page.form.can_restore());
}

#[test]
fn whatever_is_typed_there_leaves_the_key_to_the_browser() {
    let mut page = filled();
    let suggested = suggest(&mut page);
    type_into(&mut page, Field::Description, "elsewhere");
    assert!(page.form.undoes_in(Field::Name) && !page.form.undoes_in(Field::Description));
    type_into(&mut page, Field::Name, &format!("{suggested}x"));
    assert!(!page.form.undoes_in(Field::Name));
    type_into(&mut page, Field::Name, &suggested);
    assert!(!page.form.undoes_in(Field::Name), "the browser knows how that came to be");
    page.update(Action::Fill(FillAction::UndoPressed(Field::Name)));
    assert_eq!(*page.form.name.text, *suggested);
    // What stands elsewhere stays.
    page.pass(1_000);
    suggest(&mut page);
    type_into(&mut page, Field::Description, "later");
    undo(&mut page, Field::Name);
    assert_eq!((&*page.form.name.text, &*page.form.description.text), (&*suggested, "later"));
}

#[test]
fn a_url_that_was_split_goes_with_the_project_that_it_brought_along() {
    let mut page = filled();
    page.update(edit(Field::Endpoint, URL, Input::Pasted));
    assert_eq!(&*page.form.endpoint.text, "https://rds2.example");
    undo(&mut page, Field::Endpoint);
    assert_eq!((&*page.form.endpoint.text, &*page.form.project_id.text), ("rds.example", PROJECT));
    assert!(!page.form.undoes_in(Field::ProjectId));
    // Another one that was typed since stays.
    page.update(edit(Field::Endpoint, URL, Input::Pasted));
    type_into(&mut page, Field::ProjectId, "typed");
    undo(&mut page, Field::Endpoint);
    assert_eq!((&*page.form.endpoint.text, &*page.form.project_id.text), ("rds.example", "typed"));
    // In its own field, it is brought back by itself.
    page.update(edit(Field::Endpoint, URL, Input::Pasted));
    undo(&mut page, Field::ProjectId);
    assert_eq!((&*page.form.endpoint.text, &*page.form.project_id.text), ("https://rds2.example", "typed"));
}

#[test]
fn a_pasted_token_gives_way_to_the_one_before_it_which_stays_given_for_its_endpoint() {
    let mut page = filled();
    let before = page.form.token.text.clone();
    assert!(!page.form.undoes_in(Field::Token), "it was typed");
    type_into(&mut page, Field::Endpoint, "other.example");
    let was_unconfirmed = page.form.unconfirmed_endpoint().is_some();
    assert!(was_unconfirmed);
    paste_token(&mut page, "X-Subject-Token: MIIOther");
    assert_eq!(page.form.token.text.expose(), "MIIOther");
    assert!(page.form.unconfirmed_endpoint().is_none());
    undo(&mut page, Field::Token);
    assert!(page.form.token.text == before);
    assert!(page.form.unconfirmed_endpoint().is_some(), "it was never given for the other endpoint");
    // The first one took the place of nothing.
    let mut page = self::page();
    type_into(&mut page, Field::Name, "backup");
    paste_token(&mut page, &long_token());
    undo(&mut page, Field::Token);
    assert!(!page.has_token());
}

#[test]
fn a_token_that_was_replaced_is_forgotten_with_the_other_and_once_that_is_used() {
    for forget in [
        Action::Form(FormAction::ForgetTokenPressed),
        Action::Form(FormAction::ClearFormPressed),
        Action::App(AppAction::PageHidden),
        Action::Press(Press::Submit),
    ] {
        let mut page = filled();
        paste_token(&mut page, "MIIOther");
        assert!(page.form.undoes_in(Field::Token));
        page.update(forget);
        assert!(!page.form.undoes_in(Field::Token));
    }
}

#[test]
fn what_a_token_has_filled_in_is_taken_back_field_by_field() {
    let mut page = page();
    type_into(&mut page, Field::Name, "backup");
    paste_token(&mut page, &super::token_content::token("eu-de", 0));
    assert!(!page.form.is_blank(Field::ProjectId));
    undo(&mut page, Field::ProjectId);
    assert!(page.form.is_blank(Field::ProjectId) && !page.form.token.text.is_empty());
    assert!(
        !page
            .page
            .notices
            .iter()
            .any(|notice| matches!(notice, Notice::FilledFromToken(fields) if fields.contains(&Field::ProjectId)))
    );
}

#[test]
fn a_pasted_list_of_databases_gives_way_to_what_stood_there() {
    let mut page = filled();
    page.update(Action::Form(FormAction::AddDatabasePressed));
    assert!(!page.form.undoes_in(Field::Database(0)), "the button takes it away again");
    page.update(Action::Form(FormAction::DatabasesPasted(0, "one\ntwo\nthree".into())));
    assert_eq!(page.form.databases.len(), 3);
    page.update(Action::Form(FormAction::Blurred(Field::Database(2))));
    assert!(page.form.undoes_in(Field::Databases));
    let effects = page.update(Action::Fill(FillAction::UndoPressed(Field::Database(2))));
    assert!(effects.contains(&Effect::Page(PageEffect::Focus(Focus::Field(Field::Database(0))))));
    assert_eq!(page.form.databases.len(), 1);
    page.update(Action::Form(FormAction::DatabasesPasted(0, "one\ntwo".into())));
    type_into(&mut page, Field::Database(1), "typed");
    assert!(!page.form.undoes_in(Field::Database(0)));
}

#[test]
fn what_was_replaced_before_the_later_part_was_there_is_known_too() {
    let mut page = page_in_parts();
    page.update(edit(Field::Endpoint, URL, Input::Pasted));
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    undo(&mut page, Field::Endpoint);
    assert_eq!(&*page.form.endpoint.text, "");
    let mut page = page_in_parts();
    paste_token(&mut page, &format!("X-Subject-Token: {}", long_token()));
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    undo(&mut page, Field::Token);
    assert!(!page.has_token());
    // What was typed is the browser's.
    let mut page = page_in_parts();
    for field in [Field::Endpoint, Field::Name] {
        type_into(&mut page, field, "typed");
    }
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(!page.form.undoes_in(Field::Endpoint));
    undo(&mut page, Field::Name);
    assert_eq!(&*page.form.name.text, "typed");
}

#[test]
fn while_a_press_waits_nothing_is_brought_back() {
    let mut page = filled();
    let suggested = suggest(&mut page);
    page.state.deferred.load_state = LoadState::Loading;
    page.is_whole = false;
    page.update(Action::Press(Press::Submit));
    assert!(page.is_locked());
    page.update(Action::Fill(FillAction::UndoPressed(Field::Name)));
    assert_eq!(*page.form.name.text, *suggested);
}

#[test]
fn a_token_in_the_wrong_field_is_not_kept_behind_the_suggestion_that_replaces_it() {
    let mut page = filled();
    type_into(&mut page, Field::Name, &long_token());
    suggest(&mut page);
    assert!(!page.form.undoes_in(Field::Name));
}
