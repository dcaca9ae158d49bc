//! The settings of the operator, and of a page around the console that sets them again and again.

use contract::rules::{Uncallable, Violation};

use super::stage::*;

#[test]
fn other_options_leave_what_was_typed() {
    let mut page = filled();
    let options = Options {
        language: Some(Language::German),
        filled_in: vec![(Field::InstanceId, "another".into())],
        ..Options::default()
    };
    let effects = page.update(Action::App(AppAction::OptionsSet(options.clone(), vec![])));
    assert_eq!((&*page.form.name.text, &*page.form.instance_id.text), ("backup", "another"));
    // It is chosen as by the user, once its sentences are there.
    assert!(effects.contains(&Effect::ChooseLanguage(Language::German)));
    // What is set again has been set before.
    type_into(&mut page, Field::InstanceId, MYSQL);
    page.update(Action::App(AppAction::OptionsSet(options, vec![])));
    assert_eq!(&*page.form.instance_id.text, MYSQL);
}

#[test]
fn a_host_page_that_renders_often_changes_nothing_that_its_user_has_chosen() {
    let options = Options {
        language: Some(Language::German),
        theme: Some(Theme::Dark),
        filled_in: vec![(Field::Endpoint, "rds.example".into()), (Field::InstanceId, "another".into())],
        ..Options::default()
    };
    let startup_context = StartupContext {
        options: options.clone(),
        language: Language::German,
        theme: Theme::Dark,
        ..StartupContext::default()
    };
    let mut page = Page::of(startup_context);
    fill(&mut page, MYSQL, "backup");
    type_into(&mut page, Field::Endpoint, "rds2.example");
    type_into(&mut page, Field::Token, &long_token());
    page.update(Action::Page(PageAction::LanguageChosen(Language::English)));
    page.update(Action::Page(PageAction::ThemeChosen(Theme::Light)));
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    let before = page.form.clone();
    for _ in 0..3 {
        assert!(page.update(Action::App(AppAction::OptionsSet(options.clone(), vec![]))).is_empty());
        assert_eq!((page.page.language, page.page.theme), (Language::English, Theme::Light));
        assert!(page.form == before);
    }
    let post = press(&mut page);
    page.update(Action::App(AppAction::OptionsSet(options, vec![])));
    answer(&mut page, post, 200, STARTED);
    assert!(page.is_building());
}

#[test]
fn the_faults_of_the_settings_are_those_of_the_newest() {
    let mut page = filled();
    let fault = |key: &str| OptionFault { key: key.into(), problem: Problem::Unknown };
    page.update(Action::App(AppAction::OptionsSet(Options::default(), vec![fault("a")])));
    page.update(Action::App(AppAction::OptionsSet(Options::default(), vec![fault("b")])));
    assert_eq!(page.page.notices, [Notice::Option(fault("b"), SettingsSource::ConfigFile)]);
    page.update(Action::App(AppAction::OptionsSet(Options::default(), vec![])));
    assert!(page.page.notices.is_empty());
}

#[test]
fn hosts_that_are_allowed_no_more_are_called_no_more() {
    let mut page = filled();
    let options = Options { allowed_hosts: only_host("rds2.example"), ..Options::default() };
    page.update(Action::App(AppAction::OptionsSet(options, vec![])));
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    let said = page.form.messages.of(Field::Endpoint);
    assert!(matches!(&said[..], [FieldMessage::Fault(Violation::EndpointUncallable(Uncallable::NotAllowed { .. }))]));
}

#[test]
fn options_that_come_while_a_press_waits_for_a_token_leave_its_form() {
    let startup_context = StartupContext { is_embedded: true, supplies_token: true, ..StartupContext::default() };
    let mut page = Page::of(startup_context);
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::Submit));
    assert!(page.is_locked());
    let options = Options { filled_in: vec![(Field::InstanceId, "another".into())], ..Options::default() };
    page.update(Action::App(AppAction::OptionsSet(options.clone(), vec![])));
    assert_eq!(&*page.form.instance_id.text, MYSQL);
    // Once it waits no longer, what was set counts.
    page.update(Action::App(AppAction::CancelPressed));
    page.update(Action::App(AppAction::OptionsSet(options, vec![])));
    assert_eq!(&*page.form.instance_id.text, "another");
}

#[test]
fn a_backup_of_a_host_that_is_allowed_no_more_is_not_asked_for() {
    let (mut page, waiting) = followed();
    let options = Options { allowed_hosts: only_host("rds2.example"), ..Options::default() };
    page.update(Action::App(AppAction::OptionsSet(options, vec![])));
    assert!(connections(&page.update(Action::Reply(waiting, Reply::WaitOver))).is_empty());
    // Nor by a press for it.
    let key = page.newest().key;
    assert!(connections(&page.update(Action::Press(Press::LookAgain(key)))).is_empty());
}

#[test]
fn an_endpoint_relative_to_the_page_is_one_path_whatever_was_typed() {
    let options = Options { filled_in: vec![(Field::Endpoint, "./api/eu-de".into())], ..Options::default() };
    let address = PageAddress::new("https://backup.example/tools/rds/index.html#name=linked");
    let mut page = Page::of(StartupContext { options, address, ..StartupContext::default() });
    for (field, text) in [(Field::ProjectId, PROJECT), (Field::InstanceId, MYSQL), (Field::Name, "backup")] {
        type_into(&mut page, field, text);
    }
    type_into(&mut page, Field::Token, &long_token());
    let called = |page: &mut Page| {
        let effects = page.update(Action::Press(Press::ShowBackups));
        connections(&effects).into_iter().map(|(endpoint, _)| endpoint).collect::<Vec<_>>()
    };
    assert_eq!(called(&mut page), ["/tools/rds/api/eu-de"]);
    assert_eq!(&*page.form.endpoint.text, "./api/eu-de");
    // The same path in other words needs no confirmation, and another one does.
    type_into(&mut page, Field::Endpoint, "/tools/rds/api/eu-de/");
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    type_into(&mut page, Field::Endpoint, "/api/eu-de");
    assert!(page.form.unconfirmed_endpoint().is_some());
    page.update(Action::Form(FormAction::ClearFormPressed));
    assert_eq!(page.form.target(), None);
    type_into(&mut page, Field::ProjectId, PROJECT);
    assert_eq!(
        page.form.target().map(|target| target.endpoint.typed().to_owned()).as_deref(),
        Some("/tools/rds/api/eu-de")
    );
}
