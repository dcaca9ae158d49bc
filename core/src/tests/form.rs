//! The form: what is said about a field, and when.

use contract::codes::ErrorKind;
use contract::instance::Engine;
use contract::rules::{Violation, Warning, name, token};

use super::stage::*;

#[test]
fn nothing_is_said_while_first_typing() {
    let mut page = page();
    type_into(&mut page, Field::Name, "ab");
    type_into(&mut page, Field::Endpoint, "http://rds");
    says(&page, Field::Name, &[]);
    says(&page, Field::Endpoint, &[]);
}

#[test]
fn leaving_a_field_with_a_text_judges_it_and_leaving_an_empty_one_does_not() {
    let mut page = page();
    type_into(&mut page, Field::Name, "ab");
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    says(&page, Field::Name, &[FieldMessage::Fault(Violation::NameTooShort { found: 2 })]);
    page.update(Action::Form(FormAction::Blurred(Field::ProjectId)));
    says(&page, Field::ProjectId, &[]);
}

#[test]
fn a_field_in_error_is_judged_at_every_key() {
    let mut page = page();
    type_into(&mut page, Field::Name, "ab");
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    type_into(&mut page, Field::Name, "abc");
    says(&page, Field::Name, &[FieldMessage::Fault(Violation::NameTooShort { found: 3 })]);
    type_into(&mut page, Field::Name, "abcd");
    says(&page, Field::Name, &[]);
    type_into(&mut page, Field::Name, &"a".repeat(name::MAX_NAME_LENGTH + 1));
    says(&page, Field::Name, &[FieldMessage::Fault(Violation::NameTooLong { found: 65 })]);
}

#[test]
fn characters_that_are_not_allowed_are_said_at_once() {
    let mut page = page();
    type_into(&mut page, Field::Description, "a&");
    assert!(matches!(
        *page.form.messages.of(Field::Description),
        [FieldMessage::Fault(Violation::DescriptionCharacters(_))]
    ));
    type_into(&mut page, Field::Name, "a.");
    assert!(matches!(*page.form.messages.of(Field::Name), [FieldMessage::Fault(Violation::NameCharacters(_))]));
    type_into(&mut page, Field::Name, "a");
    says(&page, Field::Name, &[]);
}

#[test]
fn an_empty_form_sends_nothing_and_asks_for_every_required_field() {
    let mut page = page();
    let effects = page.update(Action::Press(Press::Submit));
    assert!(effects == [Effect::Page(PageEffect::Focus(Focus::Summary))]);
    assert!(page.form.submission == Submission::Faulty && page.work.creations.is_empty());
    let faulty: Vec<_> = page.form.messages.faulty().collect();
    assert_eq!(faulty, [Field::Token, Field::Endpoint, Field::ProjectId, Field::InstanceId, Field::Name]);
}

#[test]
fn a_press_on_a_faulty_form_is_answered_by_its_faults_until_a_good_one() {
    let mut page = filled();
    let ticket = press(&mut page);
    answer(&mut page, ticket, 200, STARTED);
    type_into(&mut page, Field::Name, "");
    page.update(Action::Press(Press::Submit));
    assert!(page.form.submission == Submission::Faulty);
    type_into(&mut page, Field::Name, "another");
    page.update(Action::Press(Press::Submit));
    assert!(page.form.submission != Submission::Faulty);
}

#[test]
fn the_focus_goes_to_the_summary_of_faults_and_from_there_to_the_fields() {
    let mut page = filled();
    type_into(&mut page, Field::Name, "1");
    type_into(&mut page, Field::ProjectId, "a b");
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::Focus(Focus::Summary))]);
    assert_eq!(page.form.messages.faulty().collect::<Vec<_>>(), [Field::ProjectId, Field::Name]);
    let effects = page.update(Action::Form(FormAction::FieldLinkPressed(Field::Name)));
    assert!(effects == [Effect::Page(PageEffect::Focus(Focus::Field(Field::Name)))]);
    // The list as a whole has its first entry.
    page.update(Action::Form(FormAction::AddDatabasePressed));
    let effects = page.update(Action::Form(FormAction::FieldLinkPressed(Field::Databases)));
    assert!(effects == [Effect::Page(PageEffect::Focus(Focus::Field(Field::Database(0))))]);
}

#[test]
fn a_refusal_about_a_field_is_said_at_that_field_until_it_is_edited() {
    let mut page = filled();
    let ticket = press(&mut page);
    let effects = answer(&mut page, ticket, 400, r#"{"error_code":"DBS.280277","error_msg":"Invalid object name."}"#);
    assert!(effects.contains(&Effect::Page(PageEffect::RevealAnswer)));
    let refusal = FieldRefusal::ByApi(ErrorKind::NameRefused);
    assert_eq!(page.refusal_of(Field::Name), Some(refusal));
    says(&page, Field::Name, &[FieldMessage::Refused(refusal)]);
    type_into(&mut page, Field::Name, "backup2");
    says(&page, Field::Name, &[]);
}

#[test]
fn a_pasted_token_is_cleaned_and_the_page_knows_what_it_removed() {
    let mut page = page();
    let block = format!("HTTP/1.1 201 Created\nX-Subject-Token: {}\nDate: x", long_token());
    assert!(takes_over_paste(Field::Token, &block, true));
    paste_token(&mut page, &block);
    assert!(page.form.token.text.expose() == long_token());
    assert_eq!(*page.form.token_removed, [token::Removed::HeaderName("X-Subject-Token"), token::Removed::OtherLines]);
    // Leaving the field keeps the note, typing in it ends it.
    page.update(Action::Form(FormAction::Blurred(Field::Token)));
    assert_eq!(page.form.token_removed.len(), 2);
    type_into(&mut page, Field::Token, "MIIx");
    assert!(page.form.token_removed.is_empty());
}

#[test]
fn a_whole_url_fills_endpoint_and_project() {
    let url = format!("https://rds.example/v3/{PROJECT}/backups");
    for leaves in [false, true] {
        let mut page = page();
        if leaves {
            type_into(&mut page, Field::Endpoint, &url);
            assert_eq!(&*page.form.endpoint.text, &url);
            page.update(Action::Form(FormAction::Blurred(Field::Endpoint)));
        } else {
            page.update(edit(Field::Endpoint, &url, Input::Pasted));
        }
        assert_eq!(&*page.form.endpoint.text, "https://rds.example");
        assert_eq!(&*page.form.project_id.text, PROJECT);
        assert!(page.form.url_was_split);
    }
}

#[test]
fn warnings_are_said_once_a_field_was_left_and_do_not_keep_a_request_from_being_sent() {
    let mut page = filled();
    type_into(&mut page, Field::ProjectId, "abc");
    type_into(&mut page, Field::InstanceId, "my-instance");
    says(&page, Field::ProjectId, &[]);
    page.update(Action::Form(FormAction::Blurred(Field::ProjectId)));
    says(&page, Field::ProjectId, &[FieldMessage::Warning(Warning::ProjectIdLength { found: 3 })]);
    press(&mut page);
    says(&page, Field::InstanceId, &[FieldMessage::Warning(Warning::InstanceIdForm)]);
}

#[test]
fn databases_of_another_engine_that_the_list_names_are_no_matter_of_the_engines_choice() {
    let mut page = filled();
    page.update(Action::Form(FormAction::AddDatabasePressed));
    type_into(&mut page, Field::Database(0), "db1");
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let instances = format!(
        r#"{{"instances":[{{"id":"{MYSQL}","name":"n","status":"ACTIVE","type":"Single","datastore":{{"type":"MySQL","version":"8.0"}}}}],"total_count":1}}"#
    );
    answer(&mut page, list, 200, &instances);
    assert!(page.form.chosen.is_some(), "no engine can be chosen then");
    says(
        &page,
        Field::Databases,
        &[FieldMessage::Fault(Violation::DatabasesUnsupported {
            engine: Engine::MySql,
            supported: &[Engine::SqlServer],
        })],
    );
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::Focus(Focus::Summary))]);
    page.update(Action::Form(FormAction::RemoveDatabasePressed(0)));
    says(&page, Field::Databases, &[]);
}

#[test]
fn databases_of_another_engine_are_refused_until_the_user_says_which_engine_it_is() {
    let mut page = filled();
    page.update(Action::Form(FormAction::AddDatabasePressed));
    type_into(&mut page, Field::Database(0), "db1");
    says(
        &page,
        Field::Databases,
        &[FieldMessage::Fault(Violation::DatabasesUnsupported {
            engine: Engine::MySql,
            supported: &[Engine::SqlServer],
        })],
    );
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::Focus(Focus::Summary))]);
    page.update(Action::Form(FormAction::EngineChosen(EngineChoice::Stated(Engine::SqlServer))));
    says(&page, Field::Databases, &[]);
    press(&mut page);
}

#[test]
fn an_id_that_does_not_tell_the_engine_is_pointed_out_once_databases_are_named() {
    let mut page = page();
    page.update(Action::Form(FormAction::AddDatabasePressed));
    says(&page, Field::Databases, &[]);
    type_into(&mut page, Field::InstanceId, "my-instance");
    says(&page, Field::Databases, &[FieldMessage::Warning(Warning::EngineUnknown { supported: &[Engine::SqlServer] })]);
    page.update(Action::Form(FormAction::EngineChosen(EngineChoice::Stated(Engine::SqlServer))));
    says(&page, Field::Databases, &[]);
}

#[test]
fn a_pasted_list_becomes_entries() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    assert!(
        takes_over_paste(Field::Database(0), "db1\ndb2", false) && !takes_over_paste(Field::Database(0), "db1", true)
    );
    page.update(Action::Form(FormAction::AddDatabasePressed));
    let effects = page.update(Action::Form(FormAction::DatabasesPasted(0, "db1, db2;db3".into())));
    assert!(effects == [Effect::Page(PageEffect::Focus(Focus::Field(Field::Database(2))))]);
    // Behind an entry that has a name.
    page.update(Action::Form(FormAction::DatabasesPasted(0, "db4\ndb5".into())));
    let names: Vec<_> = page.form.databases.iter().map(|database| database.entry.text.to_string()).collect();
    assert_eq!(names, ["db1", "db4", "db5", "db2", "db3"]);
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(backup.databases.len(), 5);
}

#[test]
fn removing_an_entry_moves_the_focus_to_its_neighbour() {
    let mut page = page();
    page.update(Action::Form(FormAction::AddDatabasePressed));
    page.update(Action::Form(FormAction::DatabasesPasted(0, "a,b".into())));
    let keys: Vec<_> = page.form.databases.iter().map(|database| database.key).collect();
    assert!(
        page.update(Action::Form(FormAction::RemoveDatabasePressed(0)))
            == [Effect::Page(PageEffect::Focus(Focus::Field(Field::Database(0))))]
    );
    assert_eq!(page.form.databases[0].key, keys[1]);
    assert!(
        page.update(Action::Form(FormAction::RemoveDatabasePressed(0)))
            == [Effect::Page(PageEffect::Focus(Focus::AddDatabase))]
    );
}

#[test]
fn a_blank_entry_is_asked_for_on_sending_only() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    page.update(Action::Form(FormAction::AddDatabasePressed));
    page.update(Action::Form(FormAction::Blurred(Field::Database(0))));
    says(&page, Field::Database(0), &[]);
    page.update(Action::Press(Press::Submit));
    says(&page, Field::Database(0), &[FieldMessage::Fault(Violation::DatabaseBlank)]);
}

#[test]
fn repeating_keeps_what_makes_sense() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "before");
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    page.update(Action::Fill(FillAction::RepeatPressed(Repeat::NewName)));
    assert_eq!((&*page.form.instance_id.text, &*page.form.description.text), (MYSQL, "before"));
    assert!(name::backup_name(&page.form.name.text).is_ok() && &*page.form.name.text != "backup");
    page.update(Action::Fill(FillAction::RepeatPressed(Repeat::OtherInstance)));
    assert_eq!((&*page.form.instance_id.text, &*page.form.name.text), ("", ""));
    assert_eq!(&*page.form.description.text, "before");
}

#[test]
fn how_many_fields_need_a_change_counts_what_a_link_has_emptied() {
    let mut page = filled();
    type_into(&mut page, Field::Name, "one");
    page.update(Action::Press(Press::Submit));
    assert!(page.form.submission == Submission::Faulty);
    assert_eq!((page.form.messages.faulty().count(), page.form.faulty_fields()), (1, 1));
    link(&mut page, &format!("#instance_id={SQL_SERVER}"));
    assert_eq!((page.form.messages.faulty().count(), page.form.faulty_fields()), (0, 1));
    page.update(Action::App(AppAction::PageHidden));
    assert_eq!(page.form.faulty_fields(), 2);
    // A field with two faults is one.
    type_into(&mut page, Field::Description, "<\n>");
    assert_eq!(page.form.faulty_fields(), 3);
}
