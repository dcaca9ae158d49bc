//! Links: what they fill, what they leave, and that nothing is sent for one.

use contract::instance::Engine;
use contract::rules::Violation;

use super::stage::*;

const WATCH: &str =
    "watch=d8e6ca5a624745bcb546a227aa3ae1cfin01/b1&endpoint=rds.example&project_id=0483b6b16e954cb88930a360d2c4e663";

#[test]
fn a_link_fills_the_form_is_judged_like_typed_text_and_sends_nothing() {
    let (page, effects) = opened("#name=1abc&instance_id=i1&token=MIISecret", "", "");
    assert!(calls(&effects).is_empty());
    assert_eq!(page.addresses(), [""]);
    assert!(matches!(*page.form.messages.of(Field::Name), [FieldMessage::Fault(Violation::NameStart('1'))]));
    assert!(!page.has_token());
    assert_eq!(page.page.notices, [Notice::LinkHadToken, Notice::LinkFilled]);
}

#[test]
fn a_link_to_another_endpoint_gets_the_token_only_once_that_is_confirmed() {
    let mut page = filled();
    link(&mut page, "#endpoint=evil.example");
    let effects = page.update(Action::Press(Press::Submit));
    assert!(calls(&effects).is_empty());
    assert!(matches!(
        *page.form.messages.of(Field::Endpoint),
        [FieldMessage::Fault(Violation::EndpointChanged { .. })]
    ));
}

/// What the address and the notices have after a link, and whatever else the page did aside.
fn traces(page: &Page) -> String {
    let link = page.addresses().join("\n");
    let texts = page.aside(|effect| match effect {
        Effect::Page(PageEffect::PersistDraft(text) | PageEffect::PersistUnderway(text)) => Some(text.clone()),
        _ => None,
    });
    format!("{link}\n{}\n{:?}", texts.join("\n"), page.page.notices)
}

#[test]
fn a_token_anywhere_in_a_link_is_out_of_the_address_and_in_no_notice() {
    let others = ["", "name=nightly", "instance_id=i1&name=nightly", WATCH, "watch=x", "nmae=x"];
    let tokens =
        ["MIISecret", "token=MIISecret", "X-Auth-Token=MIISecret", "X-Subject-Token: MIISecret", "%4DIISecret"];
    let mut seen = 0;
    for other in others {
        let parts: Vec<&str> = other.split('&').collect();
        for token in tokens {
            for place in 0..=parts.len() {
                let mut parts = parts.clone();
                parts.insert(place, token);
                let fragment = format!("#{}", parts.join("&"));
                for state in 0..4 {
                    let mut page = match state {
                        0 => page(),
                        1 => page_in_parts(),
                        2 => filled_and_held(),
                        _ => followed().0,
                    };
                    let effects = link(&mut page, &fragment);
                    assert!(calls(&effects).is_empty());
                    assert_eq!(page.addresses().len(), 1, "{fragment} in {state}");
                    assert!(!traces(&page).contains("Secret"), "{fragment} in {state}: {}", traces(&page));
                    assert!(page.page.notices.contains(&Notice::LinkHadToken), "{fragment} in {state}");
                    // The part that was missing fails to load, or comes.
                    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
                    assert!(!traces(&page).contains("Secret"));
                    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
                    assert!(!traces(&page).contains("Secret"));
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 300, "{seen}");
}

/// A page whose press waits for the later part.
fn filled_and_held() -> Page {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::Submit));
    assert!(page.is_locked());
    page
}

#[test]
fn a_token_in_the_value_of_a_link_stands_in_no_notice() {
    for fragment in ["#engine=MIISecret", "#watch=MIISecret", "#watch=MIISecret/", "#databases", "#=MIISecret"] {
        let mut page = page();
        link(&mut page, fragment);
        assert!(!traces(&page).contains("Secret"), "{fragment}: {}", traces(&page));
    }
}

#[test]
fn a_link_while_a_press_waits_fills_nothing() {
    let mut page = filled_and_held();
    link(&mut page, "#name=other&instance_id=i1");
    assert_eq!((&*page.form.name.text, &*page.form.instance_id.text), ("backup", MYSQL));
    assert_eq!(page.addresses(), [""]);
}

#[test]
fn a_link_that_names_instance_or_name_is_a_whole_request_and_can_be_undone() {
    for fragment in ["#instance_id=i1", "#name=nightly", "#name=nightly&description=d"] {
        let mut page = page();
        fill(&mut page, SQL_SERVER, "backup");
        type_into(&mut page, Field::Description, "mine");
        page.update(Action::Fill(FillAction::DatabaseTicked("sales,2026".into())));
        page.update(Action::Form(FormAction::EngineChosen(EngineChoice::Stated(Engine::SqlServer))));
        let before = page.form.to_link();
        link(&mut page, fragment);
        let form = &page.form;
        assert!(form.databases.is_empty() && form.engine == EngineChoice::FromInstanceId, "{fragment}");
        assert_ne!(&*form.description.text, "mine");
        assert!(form.instance_id.text.is_empty() || form.name.text.is_empty(), "{fragment}");
        // Where it would go is left out, and stays.
        assert_eq!(&*form.endpoint.text, "rds.example");
        assert!(page.form.can_restore() && page.page.notices.contains(&Notice::LinkFilled));
        page.update(Action::Fill(FillAction::RestorePressed));
        assert_eq!(page.form.to_link(), before, "{fragment}");
        assert!(page.form.token.text.expose() == long_token(), "the token is no part of it");
    }
}

#[test]
fn undo_takes_back_what_a_link_has_put_where_nothing_stood() {
    let mut page = page();
    type_into(&mut page, Field::Name, "mine");
    link(&mut page, "#endpoint=rds.example&project_id=p1&name=nightly");
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((&*page.form.name.text, &*page.form.endpoint.text, &*page.form.project_id.text), ("mine", "", ""));
}

#[test]
fn undo_of_a_link_into_an_empty_form_empties_it() {
    let mut page = page();
    link(&mut page, "#name=nightly&instance_id=i1");
    assert!(page.form.can_restore());
    page.update(Action::Fill(FillAction::RestorePressed));
    assert!(page.form.name.text.is_empty() && page.form.instance_id.text.is_empty());
    assert!(!page.form.can_restore());
}

#[test]
fn a_link_that_only_says_where_leaves_the_request() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "mine");
    link(&mut page, "#endpoint=%2Fapi&project_id=p1");
    assert_eq!((&*page.form.name.text, &*page.form.description.text), ("backup", "mine"));
    assert_eq!(&*page.form.endpoint.text, "/api");
}

#[test]
fn a_link_for_a_full_backup_leaves_no_databases_of_the_draft() {
    let draft = format!("instance_id={SQL_SERVER}&name=partial&databases=db1");
    let (page, _) = opened(&format!("#instance_id={SQL_SERVER}&name=full"), &draft, "");
    assert_eq!((&*page.form.name.text, page.form.databases.len()), ("full", 0));
    assert!(page.form.can_restore());
}

#[test]
fn a_watch_link_fills_only_what_is_empty_and_sends_nothing() {
    let mut page = page();
    type_into(&mut page, Field::Endpoint, "rds2.example");
    type_into(&mut page, Field::Token, &long_token());
    type_into(&mut page, Field::Name, "mine");
    let before = page.form.databases.clone();
    assert!(calls(&link(&mut page, &format!("#{WATCH}&name=theirs&databases=a"))).is_empty());
    let form = &page.form;
    assert_eq!((&*form.endpoint.text, &*form.project_id.text, &*form.name.text), ("rds2.example", PROJECT, "mine"));
    assert!(form.databases == before);
    assert_eq!(page.blocker(), Some(&Blocker::AwaitsPress));
    // Nor does anything that happens by itself send.
    page.pass(HOUR / 4);
    for action in [
        Action::App(AppAction::VisibilityChanged(Visibility::Hidden)),
        Action::App(AppAction::VisibilityChanged(Visibility::Shown)),
        Action::Form(FormAction::Blurred(Field::Token)),
        Action::App(AppAction::OptionsSet(Options::default(), vec![])),
        Action::Work(WorkAction::NotifyPressed),
        Action::Work(WorkAction::NotificationMissed(NoNotification::Denied)),
    ] {
        assert!(calls(&page.update(action)).is_empty());
    }
}

#[test]
fn a_watch_link_to_another_endpoint_leads_to_a_token_for_it() {
    let mut page = filled();
    let before = page.form.to_link();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=other.example&project_id=p2"));
    let key = page.newest().key;
    assert!(page.is_elsewhere(page.newest()), "there is none, and none can be given");
    page.update(Action::Press(Press::LookAgain(key)));
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    assert!(page.is_elsewhere(page.newest()));
    let effects = page.update(Action::Fill(FillAction::TakeTargetPressed(key)));
    assert!(focuses(&effects, Focus::Field(Field::Token)) && calls(&effects).is_empty());
    assert_eq!((&*page.form.endpoint.text, &*page.form.project_id.text), ("https://other.example", "p2"));
    assert!(!page.is_elsewhere(page.newest()));
    // It is no press that sends the token to that host: that of the other one stays with it.
    assert!(page.form.unconfirmed_endpoint().is_some());
    assert!(calls(&page.update(Action::Press(Press::LookAgain(key)))).is_empty());
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    // What stood there can be brought back, and the token with it.
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((page.form.to_link(), page.form.unconfirmed_endpoint()), (before, None));
    page.update(Action::Fill(FillAction::TakeTargetPressed(key)));
    paste_token(&mut page, &other_token());
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    let asked = connections(&effects);
    assert!(asked.iter().all(|asked| *asked == ("https://other.example".to_owned(), other_token())), "{asked:?}");
    assert_ne!(page.blocker(), Some(&Blocker::TokenMissing));
    assert!(!page.is_elsewhere(page.newest()));
}

#[test]
fn the_form_is_about_no_other_endpoint_where_none_stands_there_or_a_token_is_kept() {
    let fragment = format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}");
    let mut page = page();
    link(&mut page, &fragment);
    assert!(!page.is_elsewhere(page.newest()), "the link has filled the form");
    // Its token was kept by an earlier press.
    let (mut page, _) = followed();
    type_into(&mut page, Field::Endpoint, "other.example");
    assert!(!page.is_elsewhere(page.newest()));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    let key = page.newest().key;
    page.update(Action::Press(Press::LookAgain(key)));
    assert!(page.is_elsewhere(page.newest()), "a press's own backup can be elsewhere as well");
}

#[test]
fn a_token_that_is_bound_to_nothing_is_not_bound_by_what_fills_the_form() {
    let mut page = page();
    type_into(&mut page, Field::Token, &long_token());
    type_into(&mut page, Field::Endpoint, "rds.example");
    type_into(&mut page, Field::ProjectId, PROJECT);
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=other.example&project_id=p2"));
    let key = page.newest().key;
    page.update(Action::Fill(FillAction::TakeTargetPressed(key)));
    type_into(&mut page, Field::Endpoint, "rds.example");
    type_into(&mut page, Field::ProjectId, PROJECT);
    let effects = page.update(Action::Press(Press::LoadInstances));
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), long_token())]);
}

#[test]
fn a_watch_link_that_says_too_little_says_so() {
    let mut page = page();
    link(&mut page, "#watch=i1/b1&endpoint=rds.example");
    assert_eq!(page.page.notices, [Notice::WatchIncomplete]);
    assert!(page.work.creations.is_empty());
}

#[test]
fn a_created_backup_has_a_link_and_a_press_takes_it_up_elsewhere() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    let fragment = format!("watch={MYSQL}/b1&endpoint=https%3A%2F%2Frds.example&project_id={PROJECT}");
    assert_eq!(page.addresses(), std::slice::from_ref(&fragment));
    assert!(matches!(&page.events()[..], [HostEvent::Created(record)] if record.backup.id.as_deref() == Some("b1")));

    let (mut other, effects) = opened(&fragment, "", "");
    assert!(calls(&effects).is_empty(), "there is no token yet");
    assert!(!other.has_something_underway());
    assert!(calls(&paste_token(&mut other, &long_token())).is_empty(), "and no press");
    let key = other.newest().key;
    let poll = only(&other.update(Action::Press(Press::LookAgain(key))));
    answer(&mut other, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((other.outcome(), other.newest().name()), (&Outcome::Completed, Some("backup")));
    assert!(matches!(&other.events()[..], [HostEvent::Finished(_)]));
    // The same link again is nothing new.
    link(&mut other, &fragment);
    assert_eq!(other.work.creations.len(), 1);
}

#[test]
fn a_reload_with_the_link_in_its_address_knows_the_backup_by_its_name() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    let (fragment, underway) = (page.addresses().pop().unwrap(), page.persisted_underway().pop().unwrap());
    let (reloaded, effects) = opened(&fragment, &page.form.to_link(), &underway);
    assert!(calls(&effects).is_empty());
    assert_eq!(reloaded.work.creations.len(), 1, "the link's backup is the one that was kept");
    assert_eq!(reloaded.newest().name(), Some("backup"));
}

#[test]
fn a_second_link_loses_nothing_of_what_was_typed() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "half an hour of work");
    let before = page.form.to_link();
    link(&mut page, "#instance_id=i1&name=a1234");
    let first = page.form.to_link();
    link(&mut page, "#instance_id=i2&name=b1234");
    for before in [first, before] {
        page.update(Action::Fill(FillAction::RestorePressed));
        assert_eq!(page.form.to_link(), before);
    }
}

#[test]
fn what_was_typed_comes_back_whatever_was_put_into_the_form_since() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "before the upgrade");
    let typed = page.form.to_link();
    link(&mut page, &format!("#watch={MYSQL}/b9&endpoint=rds.elsewhere&project_id={PROJECT}"));
    let key = page.newest().key;
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::Fill(FillAction::TakeTargetPressed(key)));
    page.update(Action::Fill(FillAction::TakeTargetPressed(key)));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(page.form.to_link(), "");
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(page.form.to_link(), typed);
    // What was typed in between is what comes back.
    page.update(Action::Form(FormAction::ClearFormPressed));
    type_into(&mut page, Field::Name, "another");
    let typed = page.form.to_link();
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(page.form.to_link(), typed);
}

#[test]
fn the_token_of_another_project_follows_no_links_backup_without_a_press() {
    let mut page = filled();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id=p2"));
    let key = page.newest().key;
    // There is none for that project.
    page.update(Action::Press(Press::LookAgain(key)));
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    page.update(Action::Fill(FillAction::TakeTargetPressed(key)));
    assert!(
        calls(&page.update(Action::Form(FormAction::Blurred(Field::Token)))).is_empty(),
        "it was given for the other one"
    );
    let effects = paste_token(&mut page, &other_token());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn nothing_that_was_typed_is_lost_by_filling_the_form_again_and_again() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    let mut typed = Vec::new();
    for (number, repeat) in [Repeat::NewName, Repeat::OtherInstance, Repeat::NewName].into_iter().enumerate() {
        type_into(&mut page, Field::Description, &format!("half an hour of work, {number}"));
        typed.push(page.form.to_link());
        page.update(Action::Fill(FillAction::RepeatPressed(repeat)));
    }
    type_into(&mut page, Field::Name, "typed-since");
    // What was typed since the last of them comes back as well.
    typed.insert(0, page.form.to_link());
    for before in typed.iter().rev() {
        page.update(Action::Fill(FillAction::RestorePressed));
        assert_eq!(page.form.to_link(), *before);
    }
}

#[test]
fn a_step_back_can_be_taken_back() {
    let mut page = page();
    type_into(&mut page, Field::Description, "an hour of work");
    page.update(Action::Form(FormAction::ClearFormPressed));
    type_into(&mut page, Field::Description, "x");
    for expected in ["an hour of work", "x", "an hour of work", "x"] {
        page.update(Action::Fill(FillAction::RestorePressed));
        assert_eq!(&*page.form.description.text, expected);
    }
    // Neither is what was typed between two fillings lost.
    let mut page = super::stage::page();
    link(&mut page, "instance_id=i1&name=one1");
    type_into(&mut page, Field::Description, "typed by hand");
    link(&mut page, "instance_id=i2&name=two2");
    for expected in ["typed by hand", "", "typed by hand"] {
        page.update(Action::Fill(FillAction::RestorePressed));
        assert_eq!(&*page.form.description.text, expected);
    }
}

#[test]
fn a_suggested_name_in_place_of_a_typed_one_can_be_taken_back() {
    let mut page = filled();
    let typed = page.form.to_link();
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    page.pass(1_000);
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(page.form.to_link(), typed, "one suggestion in place of another is no step");
}

#[test]
fn a_wrong_link_can_be_put_away() {
    let mut page = filled();
    link(&mut page, &format!("#watch={MYSQL}/b8&endpoint=rds.example&project_id={PROJECT}"));
    let first = page.newest().key;
    link(&mut page, &format!("#watch={MYSQL}/b9&endpoint=rds.example&project_id={PROJECT}"));
    let second = page.newest().key;
    assert_eq!(page.work.latest, Some(second), "the newest is in view");
    page.update(Action::Work(WorkAction::Dismiss(second)));
    assert_eq!((page.work.latest, page.work.creations.len()), (Some(first), 1));
    assert!(page.addresses()[0].contains("b8"), "{:?}", page.addresses());
    // What is asked for is asked for no more; what was pressed here isn't put away.
    let poll = only(&page.update(Action::Press(Press::LookAgain(first))));
    assert!(page.update(Action::Work(WorkAction::Dismiss(first))).contains(&Effect::Page(PageEffect::Abort(poll))));
    assert!(page.work.creations.is_empty() && !page.has_something_underway());
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280404","error_msg":"x"}"#);
    let pressed = page.newest().key;
    page.update(Action::Work(WorkAction::Dismiss(pressed)));
    assert_eq!(page.work.creations.len(), 1);
}

#[test]
fn a_link_takes_the_place_of_nothing_that_goes_on() {
    let mut page = filled();
    let create = press(&mut page);
    let pressed = page.newest().key;
    link(&mut page, &format!("#watch={MYSQL}/b9&endpoint=rds.example&project_id={PROJECT}"));
    assert_eq!(page.work.latest, Some(pressed));
    answer(&mut page, create, 200, STARTED);
    assert_eq!(page.work.latest, Some(pressed));
}

#[test]
fn a_link_that_comes_while_a_press_waits_is_not_dropped_without_a_word() {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::Submit));
    link(&mut page, "#instance_id=i1&name=a1234");
    assert!(page.page.notices.contains(&Notice::LinkMissed));
    assert_eq!(&*page.form.name.text, "backup");
}

#[test]
fn a_watch_link_fills_nothing_of_a_request_and_a_broken_one_says_so() {
    let mut page = page();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id=p1&instance_id=i4&databases=db1"));
    assert_eq!((&*page.form.endpoint.text, &*page.form.instance_id.text), ("rds.example", ""));
    for broken in ["junk", MYSQL] {
        let mut page = super::stage::page();
        link(&mut page, &format!("#watch={broken}&endpoint=rds.example&project_id=p1"));
        assert!(page.page.notices.contains(&Notice::WatchIncomplete));
        assert_eq!(&*page.form.endpoint.text, "");
    }
}

#[test]
fn a_backup_is_repeated_where_it_was_made_with_the_databases_that_it_had() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    page.update(Action::Fill(FillAction::DatabaseTicked("db1".into())));
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    type_into(&mut page, Field::ProjectId, "another");
    for repeat in [Repeat::NewName, Repeat::OtherInstance] {
        page.update(Action::Fill(FillAction::RepeatPressed(repeat)));
        assert_eq!(&*page.form.project_id.text, PROJECT);
        assert_eq!(page.form.databases.len(), 1, "without it, it would be a full backup");
    }
}
