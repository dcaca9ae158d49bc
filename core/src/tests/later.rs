//! Before the later part of the program is loaded.

use contract::rules::{Uncallable, Violation};
use contract::secret::Secret;

use super::stage::*;

fn filled_in_parts() -> Page {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page
}

fn loads(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::LoadLater)).count()
}

/// The part comes; the press that was held reads the list first. The POSTs that follow.
fn comes(page: &mut Page) -> usize {
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    let lists = calls(&effects);
    assert!(sent(&effects).is_empty());
    lists.into_iter().map(|(list, _)| sent(&answer(page, list, 200, NONE_LISTED)).len()).sum()
}

#[test]
fn the_part_is_asked_for_once_as_soon_as_the_user_does_anything() {
    let mut page = page_in_parts();
    let kept = Some(Persisted::default());
    assert_eq!(loads(&page.update(Action::App(AppAction::Opened { fragment: String::new(), kept }))), 0);
    assert_eq!(loads(&page.update(edit(Field::Name, "b", Input::Typed))), 1);
    assert_eq!(loads(&page.update(edit(Field::Name, "ba", Input::Typed))), 0);
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    // In vain, and nobody has missed it: the page says nothing, and asks again when it is needed.
    assert_eq!(page.deferred.load_state, LoadState::FailedUnneeded);
    assert_eq!(loads(&page.update(edit(Field::Name, "bac", Input::Typed))), 0);
    assert_eq!(loads(&page.update(Action::Press(Press::LoadInstances))), 1);
}

#[test]
fn a_press_before_it_is_here_is_carried_out_once_when_it_comes() {
    let mut page = filled_in_parts();
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert!(page.is_locked() && page.deferred.defers_press());
    page.update(Action::Press(Press::Submit));
    type_into(&mut page, Field::Name, "another");
    assert_eq!(&*page.form.name.text, "backup", "the form stays as it was when the button was pressed");
    assert_eq!(comes(&mut page), 1);
    assert!(*page.stage() == Stage::Sending && !page.deferred.defers_press() && !page.is_locked());
}

#[test]
fn when_it_can_not_be_had_nothing_is_sent_nothing_is_lost_and_another_press_tries_again() {
    let mut page = filled_in_parts();
    page.update(Action::Press(Press::Submit));
    let effects = page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert!(effects.contains(&Effect::Page(PageEffect::RevealAnswer)));
    assert_eq!(page.deferred.load_state, LoadState::Failed);
    assert!(!page.is_locked() && page.work.creations.is_empty());
    assert_eq!(&*page.form.name.text, "backup");
    assert_eq!(loads(&page.update(Action::Press(Press::Submit))), 1);
    assert_eq!(comes(&mut page), 1);
}

#[test]
fn that_it_could_not_be_had_is_no_answer_to_a_later_press_on_a_faulty_form() {
    let mut page = filled_in_parts();
    page.update(Action::Press(Press::Submit));
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    type_into(&mut page, Field::Name, "1");
    page.update(Action::Press(Press::Submit));
    assert!(page.form.submission == Submission::Faulty && page.deferred.load_state == LoadState::FailedUnneeded);
}

#[test]
fn what_waits_for_it_can_be_cancelled() {
    let mut page = filled_in_parts();
    page.update(Action::Press(Press::Submit));
    page.update(Action::App(AppAction::CancelPressed));
    assert!(!page.is_locked());
    assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
    assert!(page.work.creations.is_empty());
}

#[test]
fn a_press_waits_for_it_for_half_a_minute_and_is_given_back() {
    let mut page = filled_in_parts();
    let (limit, time) = wait_for_part(&page.update(Action::Press(Press::Submit))).unwrap();
    assert_eq!(time, 30_000);
    assert!(wait_for_part(&page.update(Action::Press(Press::Submit))).is_none(), "impatience makes the wait no longer");
    let effects = wait_for(&mut page, (limit, time));
    assert!(effects.contains(&Effect::Page(PageEffect::RevealAnswer)));
    assert_eq!(page.deferred.load_state, LoadState::Failed);
    assert!(!page.is_locked() && !page.deferred.defers_press());
    // It comes late: what was given back stays undone.
    let state = page.state.clone();
    assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
    assert!(page.work.creations.is_empty() && page.deferred.load_state == LoadState::Loaded);
    (page.state, page.is_whole) = (state, false);
    // Another press asks once more, and has its own time.
    let effects = page.update(Action::Press(Press::Submit));
    let (limit, _) = wait_for_part(&effects).unwrap();
    assert_eq!(loads(&effects), 1);
    assert_eq!(comes(&mut page), 1);
    assert!(page.update(Action::Reply(limit, Reply::WaitOver)).is_empty());
    assert_eq!(page.deferred.load_state, LoadState::Loaded);
}

#[test]
fn a_press_that_was_cancelled_leaves_its_time_to_no_other() {
    let mut page = filled_in_parts();
    let (limit, _) = wait_for_part(&page.update(Action::Press(Press::Submit))).unwrap();
    page.update(Action::App(AppAction::CancelPressed));
    page.pass(20_000);
    let (own, time) = wait_for_part(&page.update(Action::Press(Press::Submit))).unwrap();
    page.pass(10_000);
    page.update(Action::Reply(limit, Reply::WaitOver));
    assert!(page.deferred.defers_press() && time == 30_000);
    page.update(Action::Reply(own, Reply::WaitOver));
    assert!(!page.deferred.defers_press());
}

#[test]
fn what_a_link_has_brought_outlasts_the_wait_for_it() {
    let mut page = page_in_parts();
    let fragment = format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}");
    let limit = wait_for_part(&link(&mut page, &fragment)).unwrap();
    wait_for(&mut page, limit);
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert_eq!(page.blocker(), Some(&Blocker::AwaitsPress));
}

/// The wait for the part.
fn wait_for_part(effects: &[Effect]) -> Option<(Ticket, u32)> {
    waits(effects).into_iter().find(|(_, time)| *time == 30_000)
}

#[test]
fn faults_are_shown_without_it() {
    let mut page = page_in_parts();
    let effects = page.update(Action::Press(Press::Submit));
    assert!(focuses(&effects, Focus::Summary));
    assert!(page.form.submission == Submission::Faulty && !page.deferred.defers_press());
}

#[test]
fn a_link_to_a_backup_is_taken_up_when_it_comes_and_asks_for_nothing() {
    let mut page = page_in_parts();
    let fragment = format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}");
    assert_eq!(loads(&link(&mut page, &fragment)), 1);
    assert!(page.work.creations.is_empty());
    // The first try fails: it is kept for the next one, whatever is pressed.
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert_eq!(loads(&page.update(Action::App(AppAction::CancelPressed))), 1);
    assert_eq!(loads(&page.update(Action::Press(Press::LoadInstances))), 0);
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(calls(&effects).is_empty());
    assert_eq!(page.blocker(), Some(&Blocker::AwaitsPress));
}

#[test]
fn what_was_under_way_before_a_reload_is_taken_up_when_it_comes() {
    let mut page = filled();
    press(&mut page);
    let underway = page.persisted_underway().pop().unwrap();
    let mut reloaded = page_in_parts();
    let kept = Some(Persisted { draft: String::new(), underway });
    assert_eq!(loads(&reloaded.update(Action::App(AppAction::Opened { fragment: String::new(), kept }))), 1);
    reloaded.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert_eq!(*reloaded.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::AwaitsPress)));
}

#[test]
fn a_page_that_nobody_uses_does_not_ask_for_it_to_forget_the_token() {
    let mut page = page_in_parts();
    page.state.page.limits.idle = 60_000;
    let effects = paste_token(&mut page, &long_token());
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    let (ticket, _) = wait(&effects);
    page.pass(MINUTE);
    let effects = page.update(Action::Reply(ticket, Reply::WaitOver));
    assert!(page.form.token_has_lapsed && loads(&effects) == 0);
}

#[test]
fn a_press_that_was_held_asks_only_where_it_was_pressed_for() {
    for change in [
        edit(Field::Endpoint, "evil.example", Input::Typed),
        edit(Field::ProjectId, "another", Input::Pasted),
        edit(Field::Token, "MIIanother", Input::Typed),
    ] {
        for pressed in [Action::Press(Press::LoadInstances), Action::Press(Press::ShowBackups)] {
            // The token was there before any endpoint, so that nothing else binds it.
            let mut page = page_in_parts();
            type_into(&mut page, Field::Token, &long_token());
            type_into(&mut page, Field::Endpoint, "rds.example");
            type_into(&mut page, Field::ProjectId, PROJECT);
            type_into(&mut page, Field::InstanceId, MYSQL);
            page.update(pressed);
            page.update(change.clone());
            assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
            assert!(!page.deferred.defers_press());
            assert_eq!(page.page.notices, [Notice::PressLapsed]);
        }
    }
}

#[test]
fn what_asks_nothing_does_not_say_where_a_press_that_was_held_asks() {
    for pressed in [Action::Press(Press::LoadInstances), Action::Press(Press::ShowBackups)] {
        let mut page = page_in_parts();
        type_into(&mut page, Field::Token, &long_token());
        type_into(&mut page, Field::InstanceId, MYSQL);
        page.update(pressed);
        // Where to is typed only now, and pressed for by nobody.
        type_into(&mut page, Field::Endpoint, "evil.example");
        type_into(&mut page, Field::ProjectId, PROJECT);
        page.update(Action::Fill(FillAction::SuggestNamePressed));
        page.update(Action::Share(ShareAction::PreviewToggled));
        assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
    }
}

#[test]
fn which_hosts_may_be_called_is_said_when_it_comes_and_no_token_is_given_for_another() {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    type_into(&mut page, Field::Endpoint, "iam.eu-de.otc.t-systems.com");
    page.update(Action::Form(FormAction::Blurred(Field::Endpoint)));
    paste_token(&mut page, &long_token());
    says(&page, Field::Endpoint, &[]);
    page.update(Action::Press(Press::Submit));
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(calls(&effects).is_empty() && page.form.submission == Submission::Faulty);
    let messages = page.form.messages.of(Field::Endpoint);
    assert!(matches!(*messages, [FieldMessage::Fault(Violation::EndpointUncallable(Uncallable::NotRds { .. }))]));
    // The token was given for no host that could be called: the right one needs no confirmation.
    type_into(&mut page, Field::Endpoint, "rds.eu-de.otc.t-systems.com");
    says(&page, Field::Endpoint, &[]);
    press(&mut page);
}

#[test]
fn a_form_that_is_cleared_stays_under_the_rules_that_came() {
    let mut page = page_in_parts();
    page.update(Action::Form(FormAction::AddDatabasePressed));
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    page.is_whole = false;
    page.update(Action::Form(FormAction::ClearFormPressed));
    type_into(&mut page, Field::Endpoint, "iam.eu-de.otc.t-systems.com");
    page.update(Action::Form(FormAction::Blurred(Field::Endpoint)));
    assert_eq!(page.form.messages.of(Field::Endpoint).len(), 1);
}

#[test]
fn a_token_is_found_in_what_was_pasted_when_it_comes() {
    let mut page = page_in_parts();
    let token = long_token();
    paste_token(&mut page, &format!("HTTP/1.1 201 Created\r\nX-Subject-Token: {token}\r\nDate: x"));
    says(&page, Field::Token, &[]);
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert_eq!(page.form.token.text.expose(), token);
    assert_eq!(page.form.token_removed.len(), 2);
    // What is still being typed is left alone.
    let mut page = page_in_parts();
    type_into(&mut page, Field::Token, "\"abc");
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert_eq!(page.form.token.text.expose(), "\"abc");
}

#[test]
fn that_a_token_is_missing_is_said_without_it() {
    let mut page = page_in_parts();
    type_into(&mut page, Field::Token, " ");
    page.update(Action::Press(Press::Submit));
    says(&page, Field::Token, &[FieldMessage::Fault(Violation::Missing(Field::Token))]);
}

#[test]
fn faults_of_the_settings_are_reason_enough_to_ask_for_it() {
    let option_faults = Options::without(Problem::NotLoaded).1;
    let mut page = page_in_parts_of(StartupContext { option_faults, ..StartupContext::default() });
    let opened = || Action::App(AppAction::Opened { fragment: String::new(), kept: None });
    assert_eq!(loads(&page.update(opened())), 1);
    assert_eq!(loads(&page.update(opened())), 0);
    let mut page = page_in_parts();
    assert_eq!(loads(&page.update(opened())), 0);
    assert_eq!(
        loads(
            &page
                .update(Action::App(AppAction::OptionsSet(Options::default(), Options::without(Problem::NotLoaded).1)))
        ),
        1
    );
}

#[test]
fn a_name_that_was_typed_after_one_was_asked_for_is_the_one_that_is_sent() {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "");
    page.update(Action::Fill(FillAction::SuggestNamePressed));
    type_into(&mut page, Field::Name, "before-upgrade");
    page.update(Action::Press(Press::Submit));
    let list = only(&page.update(Action::App(AppAction::LaterLoaded(Ok(())))));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(request))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(request.name.as_str(), "before-upgrade");
    assert_eq!(&*page.form.name.text, "before-upgrade");
}

#[test]
fn a_link_sends_the_token_of_a_held_press_nowhere() {
    let mut page = page_in_parts();
    type_into(&mut page, Field::Token, &long_token());
    page.update(Action::Press(Press::LoadInstances));
    link(&mut page, "#watch=i1/b1&endpoint=evil.example&project_id=p1");
    assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
}

/// A part of somebody else's page that supplies the token, before all of it is here.
fn supplied_in_parts() -> Page {
    let mut page =
        page_in_parts_of(StartupContext { is_embedded: true, supplies_token: true, ..StartupContext::default() });
    fill_all_but_token(&mut page, MYSQL, "backup");
    page
}

/// The ticket of the question for a token.
fn question(effects: &[Effect]) -> Option<Ticket> {
    effects.iter().find_map(|effect| {
        if let Effect::Page(PageEffect::AskForToken(ticket, _)) = effect { Some(*ticket) } else { None }
    })
}

#[test]
fn a_press_that_was_held_behind_a_list_is_carried_out_with_the_supplied_token() {
    let mut page = supplied_in_parts();
    page.update(Action::Press(Press::LoadInstances));
    page.update(Action::Press(Press::Submit));
    let ticket = question(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).unwrap();
    let list = only(&page.update(Action::Reply(ticket, Reply::Token(Some(Secret::new(long_token()))))));
    assert_eq!(sent(&answer(&mut page, list, 200, NONE_LISTED)).len(), 1);
}

#[test]
fn a_press_that_was_held_is_given_up_with_the_page() {
    let mut page = supplied_in_parts();
    page.update(Action::Press(Press::Submit));
    page.update(Action::App(AppAction::PageHidden));
    assert!(!page.deferred.defers_press() && !page.is_locked());
    page.pass(2 * HOUR);
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(calls(&effects).is_empty() && question(&effects).is_none());
}

#[test]
fn what_a_reload_has_brought_is_no_press_that_waits_for_the_part() {
    let mut before = filled();
    press(&mut before);
    let underway = before.persisted_underway().pop().unwrap();
    let mut page = page_in_parts();
    page.update(Action::App(AppAction::Opened {
        fragment: String::new(),
        kept: Some(Persisted { draft: String::new(), underway }),
    }));
    assert!(!page.deferred.defers_press(), "nobody has pressed");
    page.pass(29_000);
    fill(&mut page, MYSQL, "other");
    // A press has its own time, however long the part is on its way.
    assert!(waits(&page.update(Action::Press(Press::Submit))).iter().any(|(_, time)| *time == 30_000));
    assert!(page.deferred.defers_press());
    let effects = page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert!(effects.contains(&Effect::Page(PageEffect::RevealAnswer)));
    assert!(page.deferred.load_state == LoadState::Failed && !page.is_locked() && !page.deferred.defers_press());
    // What the reload has brought is there once the part is.
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert_eq!(page.newest().name(), Some("backup"));
}

#[test]
fn a_link_whose_part_does_not_come_blames_no_press() {
    let mut page = page_in_parts();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
    let effects = page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert!(
        page.deferred.load_state != LoadState::Failed && !effects.contains(&Effect::Page(PageEffect::RevealAnswer))
    );
}

#[test]
fn a_press_that_is_held_keeps_no_token_that_was_forgotten() {
    for action in [Action::App(AppAction::PageHidden), Action::Form(FormAction::ForgetTokenPressed)] {
        let mut page = page_in_parts();
        fill(&mut page, MYSQL, "backup");
        page.update(Action::Press(Press::LoadInstances));
        page.update(action);
        assert!(!page.has_token());
    }
}

#[test]
fn a_held_press_shows_the_backups_of_no_other_instance() {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::ShowBackups));
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
    assert_eq!(page.page.notices, [Notice::PressLapsed]);
}

#[test]
fn a_held_press_that_came_to_nothing_keeps_no_token() {
    for end in [Action::App(AppAction::LaterLoaded(Err(Failed))), Action::App(AppAction::CancelPressed)] {
        let mut page = page_in_parts();
        fill(&mut page, MYSQL, "backup");
        page.update(Action::Press(Press::LoadInstances));
        page.update(end);
        page.is_whole = false;
        paste_token(&mut page, "");
        assert!(!page.has_token());
    }
}

#[test]
fn a_held_press_on_an_incomplete_form_says_what_is_missing() {
    let mut page = page_in_parts();
    type_into(&mut page, Field::Endpoint, "rds.example");
    page.update(Action::Press(Press::LoadInstances));
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(focuses(&effects, Focus::Field(Field::Token)));
}

#[test]
fn a_press_that_has_lapsed_is_told_of_when_the_later_part_comes_after_all() {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::Submit));
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert!(page.page.notices.is_empty() && page.deferred.load_state == LoadState::Failed);
    assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
    assert_eq!(page.page.notices, [Notice::PressLapsed]);
}

#[test]
fn a_language_that_was_missing_is_told_of_until_one_is_there() {
    let startup_context = StartupContext { missing_language: Some(Language::German), ..StartupContext::default() };
    let mut page = Page::of(startup_context);
    assert_eq!(page.page.notices, [Notice::LanguageMissing(Language::German)]);
    page.update(Action::Page(PageAction::LanguageChosen(Language::German)));
    assert!(page.page.notices.is_empty());
}

#[test]
fn what_a_reload_has_brought_is_known_before_it_can_be_shown() {
    let mut page = filled();
    let ticket = press(&mut page);
    let Some(underway) = page.aside.iter().find_map(|effect| match effect {
        Effect::Page(PageEffect::PersistUnderway(underway)) => Some(underway.clone()),
        _ => None,
    }) else {
        panic!("a underway is kept")
    };
    answer(&mut page, ticket, 200, STARTED);
    let mut reloaded = page_in_parts();
    let kept = Some(Persisted { draft: String::new(), underway });
    reloaded.update(Action::App(AppAction::Opened { fragment: String::new(), kept }));
    assert!(reloaded.deferred.defers_restored() && !reloaded.deferred.defers_press());
    reloaded.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert!(reloaded.deferred.defers_restored() && reloaded.deferred.load_state == LoadState::FailedUnneeded);
    reloaded.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(!reloaded.deferred.defers_restored() && reloaded.work.creations.len() == 1);
}

#[test]
fn a_list_that_was_asked_for_before_the_token_was_forgotten_is_not_asked_for_afterwards() {
    for forgets in [
        Action::Form(FormAction::ClearFormPressed),
        Action::Form(FormAction::ForgetTokenPressed),
        edit(Field::Token, "", Input::Typed),
        Action::App(AppAction::PageHidden),
    ] {
        for pressed in [Press::LoadInstances, Press::ShowBackups] {
            let mut page = supplied_in_parts();
            page.update(Action::Press(pressed));
            page.update(forgets.clone());
            let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
            assert!(!effects.iter().any(|effect| matches!(effect, Effect::Page(PageEffect::AskForToken(..)))));
            assert!(!page.is_locked() && page.page.notices.contains(&Notice::PressLapsed), "{pressed:?}");
        }
    }
}

#[test]
fn once_it_is_loaded_a_failed_load_changes_nothing() {
    let mut page = page_in_parts();
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert_eq!(page.deferred.load_state, LoadState::Loaded);
}

#[test]
fn nothing_is_sent_for_a_press_whose_waits_together_took_too_long() {
    let seconds = [(50, 40, 40, false), (30, 30, 30, true), (100, 100, 100, false), (10, 10, 110, false)];
    for (until_loaded, until_token, until_list, is_sent) in seconds {
        let mut page = supplied_in_parts();
        page.update(Action::Press(Press::Submit));
        page.pass(until_loaded * 1_000);
        let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Page(PageEffect::AskForToken(ticket, _)) => Some(*ticket),
            _ => None,
        });
        page.pass(until_token * 1_000);
        let token = Some(Secret::new(long_token()));
        let effects = page.update(Action::Reply(asked.unwrap(), Reply::Token(token)));
        page.pass(until_list * 1_000);
        for (list, _) in calls(&effects) {
            let effects = answer(&mut page, list, 200, NONE_LISTED);
            assert_eq!(sent(&effects).len(), usize::from(is_sent), "{until_loaded} {until_token} {until_list}");
        }
        assert!(
            is_sent
                || page.page.notices.contains(&Notice::PressLapsed)
                || *page.outcome() == Outcome::NotSent(NotSent::Lapsed)
        );
    }
}

#[test]
fn a_failed_load_is_tried_again_while_only_it_can_show_something() {
    let key = || edit(Field::Description, "x", Input::Typed);
    // Nothing is missed: a key doesn't ask again.
    let mut page = page_in_parts();
    page.update(key());
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert_eq!(loads(&page.update(key())), 0);
    // The notice that says that the form was cleared, and brings it back.
    page.update(Action::Form(FormAction::ClearFormPressed));
    assert_eq!(loads(&page.update(key())), 1);
    // A backup that a link names.
    let mut page = page_in_parts();
    let fragment = format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}");
    assert_eq!(loads(&link(&mut page, &fragment)), 1);
    page.update(Action::App(AppAction::LaterLoaded(Err(Failed))));
    assert_eq!(loads(&page.update(key())), 1);
}

#[test]
fn escape_leaves_what_brings_back_the_form() {
    let mut page = filled();
    page.update(Action::Page(PageAction::Noticed(Notice::PressLapsed)));
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::App(AppAction::EscapePressed));
    assert_eq!(page.page.notices, [Notice::Cleared]);
    assert!(page.form.can_restore());
}
