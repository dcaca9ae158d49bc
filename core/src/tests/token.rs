//! The token goes to one endpoint, by its user's press, and is forgotten everywhere at once.

use contract::codes::ErrorKind;
use contract::rules::Violation;

use super::stage::*;

#[test]
fn a_token_goes_to_no_endpoint_that_was_edited_after_it_was_given_until_that_is_confirmed() {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    page.update(Action::Form(FormAction::Blurred(Field::Endpoint)));
    let changed =
        Violation::EndpointChanged { given: "https://rds.example".into(), now: "https://rds.elsewhere".into() };
    says(&page, Field::Endpoint, &[FieldMessage::Fault(changed)]);
    for action in [Action::Press(Press::Submit), Action::Press(Press::LoadInstances), Action::Press(Press::ShowBackups)]
    {
        let submits = action == Action::Press(Press::Submit);
        let effects = page.update(action);
        assert!(calls(&effects).is_empty());
        assert!(focuses(&effects, if submits { Focus::Summary } else { Focus::Field(Field::Endpoint) }));
    }
    page.update(Action::Form(FormAction::EndpointConfirmed));
    says(&page, Field::Endpoint, &[]);
    let effects = page.update(Action::Press(Press::Submit));
    assert_eq!(connections(&effects), [("https://rds.elsewhere".to_owned(), long_token())]);
}

#[test]
fn an_endpoint_that_is_changed_back_and_one_that_the_token_is_given_for_anew_need_no_confirmation() {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    type_into(&mut page, Field::Endpoint, "https://rds.example/");
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    type_into(&mut page, Field::Token, &long_token());
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    press(&mut page);
}

#[test]
fn a_token_that_was_there_before_any_endpoint_is_given_for_the_first_that_its_users_press_sends_it_to() {
    for submits in [false, true] {
        let mut page = page();
        type_into(&mut page, Field::Token, &long_token());
        type_into(&mut page, Field::ProjectId, PROJECT);
        for endpoint in ["r", "rds.example"] {
            type_into(&mut page, Field::Endpoint, endpoint);
        }
        type_into(&mut page, Field::InstanceId, MYSQL);
        type_into(&mut page, Field::Name, "backup");
        let first = if submits { Action::Press(Press::Submit) } else { Action::Press(Press::LoadInstances) };
        assert_eq!(calls(&page.update(first)).len(), 1);
        type_into(&mut page, Field::Endpoint, "rds.elsewhere");
        assert!(calls(&page.update(Action::Press(Press::LoadInstances))).is_empty());
    }
}

#[test]
fn no_link_draft_setting_or_restored_text_binds_a_token() {
    let options = Options { filled_in: vec![(Field::Endpoint, "evil.example".into())], ..Options::default() };
    let bring: [fn(&mut Page, &Options); 5] = [
        |page, _| drop(link(page, "#endpoint=evil.example")),
        |page, _| drop(link(page, &format!("#watch=i1/b1&endpoint=evil.example&project_id={PROJECT}"))),
        |page, options| drop(page.update(Action::App(AppAction::OptionsSet(options.clone(), vec![])))),
        |page, _| drop(page.update(edit(Field::Endpoint, "evil.example", Input::Restored))),
        |page, _| {
            let kept = Some(Persisted { draft: "endpoint=evil.example".into(), underway: String::new() });
            page.update(Action::App(AppAction::Opened { fragment: String::new(), kept }));
        },
    ];
    for (number, bring) in bring.into_iter().enumerate() {
        // The token stands there before the endpoint, and its user presses nothing.
        let mut page = page();
        type_into(&mut page, Field::Token, &long_token());
        bring(&mut page, &options);
        assert_eq!(&*page.form.endpoint.text, "evil.example", "{number}");
        // Its own endpoint is the first that a press sends it to.
        type_into(&mut page, Field::Endpoint, "rds.example");
        type_into(&mut page, Field::ProjectId, PROJECT);
        let effects = page.update(Action::Press(Press::LoadInstances));
        assert_eq!(connections(&effects), [("https://rds.example".to_owned(), long_token())], "{number}");
    }
}

#[test]
fn a_token_that_comes_back_with_the_page_is_bound_to_nothing_that_stands_there() {
    // It was typed into the page before its program, while a draft's endpoint stood there.
    for input in [Input::Restored, Input::Typed] {
        let mut page = page();
        page.update(edit(Field::Endpoint, "evil.example", Input::Restored));
        page.update(edit(Field::Token, &long_token(), input));
        type_into(&mut page, Field::Endpoint, "rds.example");
        assert_eq!(page.form.unconfirmed_endpoint().is_some(), input == Input::Typed);
    }
}

#[test]
fn following_a_links_backup_binds_the_token_by_that_press() {
    let mut page = page();
    type_into(&mut page, Field::Token, &long_token());
    let fragment = format!("#watch={MYSQL}/b1&endpoint=other.example&project_id={PROJECT}");
    assert!(calls(&link(&mut page, &fragment)).is_empty());
    page.update(Action::Form(FormAction::Blurred(Field::Token)));
    let key = page.newest().key;
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    assert_eq!(connections(&effects), [("https://other.example".to_owned(), long_token())]);
    // From now on it is that host's.
    type_into(&mut page, Field::Endpoint, "rds.example");
    assert!(calls(&page.update(Action::Press(Press::LoadInstances))).is_empty());
}

#[test]
fn a_token_that_was_given_for_another_endpoint_follows_no_links_backup() {
    let mut page = filled();
    let fragment = format!("#watch={MYSQL}/b1&endpoint=other.example&project_id={PROJECT}");
    link(&mut page, &fragment);
    let key = page.newest().key;
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    assert!(calls(&effects).is_empty());
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
}

#[test]
fn forgetting_the_token_leaves_the_rest() {
    let mut page = filled();
    paste_token(&mut page, &format!("X-Auth-Token: {}", long_token()));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    assert!(!page.has_token() && page.form.token_removed.is_empty());
    assert_eq!(&*page.form.name.text, "backup");
}

#[test]
fn a_forgotten_token_is_used_nowhere_any_more_and_a_new_one_goes_on() {
    let forget: [fn(&mut Page); 4] = [
        |page| drop(page.update(Action::Form(FormAction::ForgetTokenPressed))),
        |page| type_into(page, Field::Token, ""),
        |page| drop(page.update(Action::Form(FormAction::ClearFormPressed))),
        |page| drop(page.update(Action::App(AppAction::PageHidden))),
    ];
    for (number, forget) in forget.into_iter().enumerate() {
        let (mut page, waiting) = followed();
        let list = only(&page.update(Action::Press(Press::LoadInstances)));
        forget(&mut page);
        assert!(!page.has_token(), "{number}");
        assert!(calls(&page.update(Action::Reply(waiting, Reply::WaitOver))).is_empty(), "{number}");
        let more = r#"{"instances":[{"id":"i1"}],"total_count":500}"#;
        assert!(calls(&answer(&mut page, list, 200, more)).is_empty(), "{number}");
        assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
        type_into(&mut page, Field::Endpoint, "rds.example");
        type_into(&mut page, Field::ProjectId, PROJECT);
        let effects = paste_token(&mut page, &other_token());
        assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())], "{number}");
    }
}

#[test]
fn a_token_that_is_forgotten_while_it_reads_before_a_press_sends_nothing() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    assert!(calls(&answer(&mut page, list, 200, NONE_LISTED)).is_empty());
    assert_eq!(*page.outcome(), Outcome::NotSent(NotSent::TokenMissing));
}

#[test]
fn a_new_token_goes_on_where_the_old_one_was_rejected_and_only_there() {
    let mut page = followed_with_rejected_token();
    // Of another project: it is none of this backup's business.
    type_into(&mut page, Field::ProjectId, "other");
    assert!(paste_token(&mut page, &other_token()).is_empty());
    type_into(&mut page, Field::ProjectId, PROJECT);
    let effects = paste_token(&mut page, &other_token());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn a_rejected_token_is_sent_by_nothing_but_a_press() {
    let mut page = followed_with_rejected_token();
    for _ in 0..20 {
        page.pass(MINUTE);
        let actions = [
            Action::App(AppAction::VisibilityChanged(Visibility::Hidden)),
            Action::App(AppAction::VisibilityChanged(Visibility::Shown)),
            Action::Form(FormAction::Blurred(Field::Token)),
            edit(Field::Token, &long_token(), Input::Pasted),
        ];
        for action in actions {
            assert!(calls(&page.update(action)).is_empty());
        }
    }
    assert!(!page.has_something_underway());
    let key = page.newest().key;
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), long_token())], "gateways err");
}

#[test]
fn a_typed_token_is_used_once_its_field_is_left_or_a_button_needs_it() {
    for action in [
        Action::Form(FormAction::Blurred(Field::Token)),
        Action::Press(Press::LoadInstances),
        Action::Press(Press::Submit),
    ] {
        let mut page = followed_with_rejected_token();
        let effects = page.update(edit(Field::Token, &other_token(), Input::Typed));
        assert!(calls(&effects).is_empty(), "it may not be complete yet");
        let effects = page.update(action);
        let is_poll = |call: &Call| matches!(call, Call::Backups { backup_id: Some(id), .. } if id == "b1");
        assert_eq!(calls(&effects).iter().filter(|(_, call)| is_poll(call)).count(), 1);
    }
}

#[test]
fn a_late_refusal_of_the_old_token_says_nothing_about_the_new_one() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    // The new one is used by a press, while the poll with the old one is under way.
    paste_token(&mut page, &other_token());
    page.update(Action::Press(Press::LoadInstances));
    let effects = answer(&mut page, poll, 401, REJECTED);
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
    assert_eq!(page.blocker(), None);
    assert!(!focuses(&effects, Focus::Field(Field::Token)));
}

#[test]
fn a_late_refusal_of_the_old_token_is_not_followed_by_a_question_where_the_new_one_is_in_the_form() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    paste_token(&mut page, &other_token());
    let effects = answer(&mut page, poll, 401, REJECTED);
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn a_token_that_the_list_of_databases_is_refused_for_is_sent_no_more() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let instances = format!(
        r#"{{"instances":[{{"id":"{SQL_SERVER}","name":"n","status":"ACTIVE","type":"Single","datastore":{{"type":"SQLServer"}}}}],"total_count":1}}"#
    );
    answer(&mut page, list, 200, &instances);
    let effects = page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into())));
    let [(databases, Call::Databases { .. }), (backups, _)] = calls(&effects)[..] else { panic!("both lists") };
    answer(&mut page, databases, 401, REJECTED);
    let half = (0..100).map(|number| format!(r#"{{"id":"b{number}","name":"n{number}"}}"#)).collect::<Vec<_>>();
    let half = format!(r#"{{"backups":[{}],"total_count":101}}"#, half.join(","));
    assert!(calls(&answer(&mut page, backups, 200, &half)).is_empty());
    assert_eq!(page.work.backups.loading, Loading::NoToken);
}

#[test]
fn a_late_refusal_of_the_list_of_databases_says_nothing_of_the_new_token() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let instances = format!(
        r#"{{"instances":[{{"id":"{SQL_SERVER}","name":"n","status":"ACTIVE","type":"Single","datastore":{{"type":"SQLServer"}}}}],"total_count":1}}"#
    );
    answer(&mut page, list, 200, &instances);
    let databases = calls(&page.update(Action::Fill(FillAction::InstanceChosen(SQL_SERVER.into()))))[0].0;
    paste_token(&mut page, &other_token());
    page.update(Action::Press(Press::ShowBackups));
    let effects = answer(&mut page, databases, 401, REJECTED);
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn a_token_that_the_reason_of_a_failure_is_refused_for_is_sent_no_more() {
    let (mut page, waiting) = followed();
    type_into(&mut page, Field::Name, "another");
    let create = press(&mut page);
    answer(&mut page, create, 200, &STARTED.replace("b1", "b2").replace("backup\",", "another\","));
    let second = page.newest().key;
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let reason = only(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "FAILED")));
    answer(&mut page, reason, 401, REJECTED);
    assert!(page.work.creation(second).unwrap().awaits_token());
}

#[test]
fn a_refusal_of_the_token_is_said_no_more_once_it_was_replaced() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 401, r#"{"error_code":"DBS.280056","error_msg":"Invalid token."}"#);
    assert!(page.refusal_of(Field::Token).is_some());
    paste_token(&mut page, &other_token());
    assert!(page.refusal_of(Field::Token).is_none());
    says(&page, Field::Token, &[]);
    // The same request again is another attempt.
    press(&mut page);
    assert_eq!(page.work.creations.len(), 1);
}

#[test]
fn awaiting_an_instance_ends_with_a_rejected_token() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    let effects = answer(&mut page, ask, 401, REJECTED);
    assert!(calls(&effects).is_empty());
    assert!(!matches!(page.stage(), Stage::AwaitingInstance(_)));
    assert!(matches!(page.newest().not_sent, Some(NotSent::TokenRejected(_))));
    type_into(&mut page, Field::Name, "another");
    assert_eq!(&*page.form.name.text, "another", "the form isn't locked");
}

#[test]
fn a_token_that_is_still_being_typed_when_the_old_one_is_refused_is_not_sent() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    paste_token(&mut page, &long_token());
    type_into(&mut page, Field::Token, "MIIb");
    assert!(calls(&answer(&mut page, poll, 401, REJECTED)).is_empty());
    assert_eq!(page.blocker(), Some(&Blocker::TokenRejected));
}

#[test]
fn what_is_no_endpoint_can_not_be_confirmed_and_leaves_the_token_with_its_own() {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "no endpoint");
    page.update(Action::Form(FormAction::EndpointConfirmed));
    type_into(&mut page, Field::Endpoint, "evil.example");
    assert!(calls(&page.update(Action::Press(Press::LoadInstances))).is_empty());
}

#[test]
fn a_new_token_asks_for_nothing_that_awaits_a_press() {
    let mut page = followed_with_rejected_token();
    link(&mut page, &format!("#watch={MYSQL}/b2&endpoint=rds.example&project_id={PROJECT}"));
    let effects = paste_token(&mut page, &other_token());
    let [(_, Call::Backups { backup_id: Some(id), .. })] = &calls(&effects)[..] else { panic!("one poll") };
    assert_eq!(id, "b1");
}

#[test]
fn a_token_that_was_never_sent_is_not_called_rejected() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    paste_token(&mut page, &other_token());
    answer(&mut page, list, 401, REJECTED);
    assert!(page.refusal_of(Field::Token).is_none());
}

#[test]
fn a_page_of_html_with_401_sends_a_token_nowhere_by_itself() {
    const PAGE: &str = "<html><h1>401 Authorization Required</h1></html>";
    // The list before the POST: nothing was sent.
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 401, PAGE);
    assert!(matches!(page.outcome(), Outcome::NotSent(NotSent::TokenRejected(_))));
    // The POST itself: the token isn't sent again by itself, to look for the backup.
    let mut page = filled();
    let create = press(&mut page);
    let effects = answer(&mut page, create, 401, PAGE);
    assert!(calls(&effects).is_empty() && focuses(&effects, Focus::Field(Field::Token)));
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::TokenRejected)));
    // A backup that is followed: whether it is for the token can't be known, and its user's press asks again with the same.
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let effects = answer(&mut page, poll, 401, PAGE);
    assert!(calls(&effects).is_empty() && waits(&effects).is_empty());
    assert!(matches!(page.blocker(), Some(Blocker::Refused(failure)) if failure.status == 401));
    let key = page.newest().key;
    only(&page.update(Action::Press(Press::LookAgain(key))));
}

#[test]
fn a_login_that_is_wanted_on_the_way_to_a_list_says_nothing_of_the_token() {
    const PAGE: &str = "<html>Proxy login</html>";
    let (mut page, _) = followed();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 401, PAGE);
    assert_eq!(page.blocker(), None);
    let mut page = filled();
    let post = press(&mut page);
    let look = only(&answer(&mut page, post, 409, BUSY));
    super::press::settle(&mut page, look);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    let look = only(&answer(&mut page, ask, 401, PAGE));
    answer(&mut page, look, 401, PAGE);
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::Refused(_)))), "{:?}", page.stage());
}

#[test]
fn cancel_sends_no_token_that_is_still_being_typed() {
    let mut page = followed_with_rejected_token();
    type_into(&mut page, Field::Token, &other_token());
    assert!(calls(&page.update(Action::App(AppAction::CancelPressed))).is_empty());
}

#[test]
fn a_rejected_token_that_is_pasted_again_is_called_rejected() {
    let mut page = followed_with_rejected_token();
    let effects = paste_token(&mut page, &long_token());
    assert!(calls(&effects).is_empty());
    assert_eq!(page.refusal_of(Field::Token), Some(FieldRefusal::ByApi(ErrorKind::TokenRejected)));
    assert_eq!(calls(&paste_token(&mut page, &other_token())).len(), 1);
    assert_eq!(page.refusal_of(Field::Token), None);
}

#[test]
fn a_new_token_leaves_alone_what_has_ended() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"bad"}"#);
    type_into(&mut page, Field::Name, "second");
    let create = press(&mut page);
    let (again, _) = wait(&answer(&mut page, create, 200, &STARTED.replace("backup\",", "second\",")));
    let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    answer(&mut page, poll, 401, REJECTED);
    assert_eq!(calls(&paste_token(&mut page, &other_token())).len(), 1);
    assert!(matches!(page.work.creations[1].stage, Stage::Ended(Outcome::Refused(_))));
}

#[test]
fn a_page_that_is_put_away_says_that_the_token_is_gone_where_there_was_one() {
    let mut page = page();
    page.update(Action::App(AppAction::PageHidden));
    assert!(!page.form.token_has_lapsed);
    paste_token(&mut page, &long_token());
    page.update(Action::App(AppAction::PageHidden));
    assert!(page.form.token_has_lapsed && !page.has_token());
    paste_token(&mut page, &long_token());
    assert!(!page.form.token_has_lapsed);
}

#[test]
fn the_rejected_token_that_is_pasted_again_stays_refused() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 401, REJECTED);
    let refusal = Some(FieldRefusal::ByApi(ErrorKind::TokenRejected));
    assert_eq!(page.refusal_of(Field::Token), refusal);
    paste_token(&mut page, &long_token());
    assert_eq!(page.refusal_of(Field::Token), refusal);
    paste_token(&mut page, &other_token());
    assert_eq!(page.refusal_of(Field::Token), None);
}
