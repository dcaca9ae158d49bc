//! Tokens that the page around the console supplies.

use contract::secret::Secret;

use super::stage::*;

/// A part whose token comes from around it.
fn supplied() -> Page {
    let options = Options { allowed_hosts: only_host("rds.example"), ..Options::default() };
    let startup_context =
        StartupContext { options, is_embedded: true, supplies_token: true, ..StartupContext::default() };
    let mut page = Page::of(startup_context);
    fill_all_but_token(&mut page, MYSQL, "backup");
    page
}

/// Which tokens the page asks for: the ticket and the project.
fn asked(effects: &[Effect]) -> Vec<(Ticket, String)> {
    let question = |effect: &Effect| match effect {
        Effect::Page(PageEffect::AskForToken(ticket, target)) => Some((*ticket, target.project_id.as_str().to_owned())),
        _ => None,
    };
    effects.iter().filter_map(question).collect()
}

/// The ticket of the only question.
#[track_caller]
fn question(effects: &[Effect]) -> Ticket {
    let [(ticket, _)] = asked(effects)[..] else { panic!("one question, not {:?}", asked(effects)) };
    ticket
}

fn supply(page: &mut Page, ticket: Ticket, token: &str) -> Vec<Effect> {
    page.update(Action::Reply(ticket, Reply::Token(Some(Secret::new(token.to_owned())))))
}

/// `Create backup`, the token and an empty list; the ticket of the POST.
#[track_caller]
fn press_with(page: &mut Page, token: &str) -> Ticket {
    let ticket = question(&page.update(Action::Press(Press::Submit)));
    let list = only(&supply(page, ticket, token));
    only(&answer(page, list, 200, NONE_LISTED))
}

/// A followed backup, and the poll for it.
#[track_caller]
fn polled() -> (Page, Ticket) {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    let (again, _) = wait(&answer(&mut page, create, 200, STARTED));
    let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    (page, poll)
}

#[test]
fn a_press_waits_for_the_supplied_token_and_a_second_one_asks_for_nothing() {
    let mut page = supplied();
    let effects = page.update(Action::Press(Press::Submit));
    let ticket = question(&effects);
    assert!(calls(&effects).is_empty() && page.is_locked());
    assert!(page.update(Action::Press(Press::Submit)).is_empty());
    let effects = supply(&mut page, ticket, &long_token());
    assert_eq!(calls(&effects).len(), 1);
    assert!(!page.is_locked());
    // One that comes twice is late.
    assert!(supply(&mut page, ticket, &long_token()).is_empty());
    assert!(page.drafts().is_empty(), "drafts are kept by the page around, or not at all");
}

#[test]
fn a_faulty_form_asks_for_no_token_and_names_no_field_that_is_not_there() {
    let mut page = supplied();
    type_into(&mut page, Field::Name, "1");
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::Focus(Focus::Summary))]);
    assert_eq!(page.form.messages.faulty().collect::<Vec<_>>(), [Field::Name]);
}

#[test]
fn a_supplied_token_goes_to_no_other_endpoint() {
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::LoadInstances)));
    supply(&mut page, ticket, &long_token());
    type_into(&mut page, Field::Endpoint, "/api");
    assert!(page.form.token.text.is_empty());
    let effects = page.update(Action::Press(Press::ShowBackups));
    assert!(calls(&effects).is_empty());
    question(&effects);
}

#[test]
fn settings_that_come_before_the_token_send_it_nowhere_and_the_right_one_is_asked_for() {
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::Submit)));
    // The form itself is locked for as long as its press waits.
    type_into(&mut page, Field::ProjectId, "another");
    assert_eq!(&*page.form.project_id.text, PROJECT);
    page.state.form.project_id.text = "another".into();
    let effects = supply(&mut page, ticket, &long_token());
    assert!(calls(&effects).is_empty() && !page.has_token());
    let [(again, project)] = &asked(&effects)[..] else { panic!("one question") };
    assert_eq!(project, "another");
    let effects = supply(&mut page, *again, &other_token());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn a_renewed_token_is_for_what_is_followed_and_not_for_the_form() {
    let (mut page, poll) = polled();
    type_into(&mut page, Field::ProjectId, "another");
    let effects = answer(&mut page, poll, 401, REJECTED);
    let [(ticket, project)] = &asked(&effects)[..] else { panic!("one question") };
    assert_eq!(project, PROJECT);
    let effects = supply(&mut page, *ticket, &other_token());
    let projects: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Work(WorkEffect::Fetch { connection, .. }) => Some(connection.project_id.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(projects, [PROJECT]);
    assert!(page.form.token.text.is_empty());
}

#[test]
fn a_token_that_is_renewed_for_one_project_while_a_press_waits_for_another_goes_to_neither_of_the_wrong_ones() {
    let (mut page, poll) = polled();
    let renewal = question(&answer(&mut page, poll, 401, REJECTED));
    type_into(&mut page, Field::ProjectId, "another");
    let effects = page.update(Action::Press(Press::Submit));
    let [(pressed, project)] = &asked(&effects)[..] else { panic!("one question") };
    assert_eq!(project, "another");
    // The answer to the first question comes late: nobody waits for it.
    assert!(supply(&mut page, renewal, &long_token()).is_empty());
    let effects = supply(&mut page, *pressed, &other_token());
    let targets: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Work(WorkEffect::Fetch { connection, .. }) => {
                Some((connection.project_id.as_str(), connection.token.expose()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(targets, [("another", other_token().as_str())]);
}

#[test]
fn what_is_followed_gets_its_token_after_the_press_that_came_between() {
    let (mut page, poll) = polled();
    question(&answer(&mut page, poll, 401, REJECTED));
    type_into(&mut page, Field::ProjectId, "another");
    let pressed = question(&page.update(Action::Press(Press::Submit)));
    let effects = supply(&mut page, pressed, &other_token());
    let [(renewal, project)] = &asked(&effects)[..] else { panic!("one question") };
    assert_eq!(project, PROJECT);
    let effects = supply(&mut page, *renewal, &format!("{}new", long_token()));
    let [(_, Call::Backups { backup_id: Some(id), .. })] = &calls(&effects)[..] else { panic!("one poll") };
    assert_eq!(id, "b1");
}

#[test]
fn what_is_no_token_makes_way_for_the_field() {
    for action in [Action::Press(Press::Submit), Action::Press(Press::LoadInstances)] {
        for token in [None, Some(""), Some("MIIé"), Some("[object Object]\u{1}")] {
            let mut page = supplied();
            let ticket = question(&page.update(action.clone()));
            let effects =
                page.update(Action::Reply(ticket, Reply::Token(token.map(|token| Secret::new(token.into())))));
            assert!(calls(&effects).is_empty() && page.work.creations.is_empty());
            assert!(focuses(&effects, Focus::Field(Field::Token)), "{token:?}");
            assert!(!page.is_locked() && !page.form.token_is_supplied());
            assert_eq!(page.page.notices, [Notice::TokenNotSupplied], "{token:?}");
        }
    }
}

#[test]
fn a_supplied_token_that_is_rejected_makes_way_for_the_field() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    answer(&mut page, create, 401, r#"{"error_code":"APIGW.0301","error_msg":"x"}"#);
    assert!(!page.form.token_is_supplied() && page.form.token.text.is_empty());
    assert!(matches!(&page.events()[..], [HostEvent::Refused(record)] if record.outcome == "refused"));
}

#[test]
fn a_supplier_that_never_answers_has_thirty_seconds_and_can_be_cancelled() {
    let mut page = supplied();
    let effects = page.update(Action::Press(Press::Submit));
    let ticket = question(&effects);
    let limit = *waits(&effects).iter().find(|(_, time)| *time == 30_000).unwrap();
    let effects = wait_for(&mut page, limit);
    assert!(!page.is_locked() && focuses(&effects, Focus::Field(Field::Token)));
    assert_eq!(page.page.notices, [Notice::TokenNotSupplied]);
    assert!(supply(&mut page, ticket, &long_token()).is_empty(), "it comes too late");

    let mut page = supplied();
    let effects = page.update(Action::Press(Press::Submit));
    let ticket = question(&effects);
    let effects = page.update(Action::App(AppAction::CancelPressed));
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Page(PageEffect::Abort(_)))).count(), 2);
    assert!(!page.is_locked() && page.form.token_is_supplied());
    assert!(supply(&mut page, ticket, &long_token()).is_empty());
    assert!(page.work.creations.is_empty(), "nothing was sent");
}

#[test]
fn following_asks_for_a_new_token_by_itself() {
    let (mut page, poll) = polled();
    let ticket = question(&answer(&mut page, poll, 401, REJECTED));
    let poll = only(&supply(&mut page, ticket, &other_token()));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
}

#[test]
fn a_supplier_is_asked_three_times_with_a_pause_and_a_rejected_token_is_not_sent_again() {
    let (mut page, poll) = polled();
    let mut ticket = question(&answer(&mut page, poll, 401, REJECTED));
    // It has no other one than that which the API has rejected.
    for _ in 0..2 {
        let effects = supply(&mut page, ticket, &long_token());
        assert!(calls(&effects).is_empty(), "it isn't sent again");
        assert!(asked(&effects).is_empty(), "and not asked for without a pause");
        let pause = *waits(&effects).iter().find(|(_, time)| *time == 5_000).unwrap();
        ticket = question(&wait_for(&mut page, pause));
    }
    let effects = supply(&mut page, ticket, &long_token());
    assert!(calls(&effects).is_empty() && asked(&effects).is_empty());
    assert_eq!((page.form.token_is_supplied(), &page.page.notices[..]), (false, &[Notice::TokenNotSupplied][..]));
    assert!(!page.has_something_underway());
}

#[test]
fn new_tokens_that_are_rejected_one_after_the_other_are_three_at_the_most() {
    let (mut page, mut poll) = polled();
    let mut tries = 0;
    for number in 0..20 {
        let mut effects = answer(&mut page, poll, 401, REJECTED);
        if let Some(pause) = waits(&effects).into_iter().find(|(_, time)| *time == 5_000) {
            effects = wait_for(&mut page, pause);
        }
        let Some((ticket, _)) = asked(&effects).pop() else { break };
        tries += 1;
        poll = only(&supply(&mut page, ticket, &format!("{}{number}", long_token())));
    }
    assert_eq!(tries, 3);
}

#[test]
fn a_token_that_was_good_for_long_counts_as_no_try() {
    let (mut page, mut poll) = polled();
    for number in 0..6 {
        let ticket = question(&answer(&mut page, poll, 401, REJECTED));
        let next = only(&supply(&mut page, ticket, &format!("{}{number}", long_token())));
        let effects = answer(&mut page, next, 200, &listed("backup", JUST_NOW, "BUILDING"));
        page.pass(23 * MINUTE);
        poll = only(&page.update(Action::Reply(wait(&effects).0, Reply::WaitOver)));
    }
    assert!(page.form.token_is_supplied());
}

#[test]
fn tries_count_anew_after_ten_minutes_and_no_sooner() {
    for (time, is_asked_at_once) in [(10 * MINUTE, false), (10 * MINUTE + 1, true)] {
        let (mut page, poll) = polled();
        let ticket = question(&answer(&mut page, poll, 401, REJECTED));
        let poll = only(&supply(&mut page, ticket, &other_token()));
        let (again, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
        page.pass(time);
        let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
        let effects = answer(&mut page, poll, 401, REJECTED);
        assert_eq!(asked(&effects).len() == 1, is_asked_at_once, "{time}");
    }
}

#[test]
fn after_a_press_its_targets_tries_count_anew() {
    let (mut page, poll) = polled();
    let ticket = question(&answer(&mut page, poll, 401, REJECTED));
    let poll = only(&supply(&mut page, ticket, &other_token()));
    let (again, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    let ticket = question(&page.update(Action::Press(Press::LoadInstances)));
    supply(&mut page, ticket, &other_token());
    let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    question(&answer(&mut page, poll, 401, REJECTED));
}

#[test]
fn a_supplier_has_half_a_minute() {
    let mut page = supplied();
    let effects = page.update(Action::Press(Press::Submit));
    assert!(waits(&effects).iter().any(|(_, time)| *time == 30_000));
}

#[test]
fn a_token_that_was_renewed_for_what_is_followed_is_forgotten_like_any_other() {
    let (mut page, poll) = polled();
    type_into(&mut page, Field::ProjectId, "another");
    let ticket = question(&answer(&mut page, poll, 401, REJECTED));
    let poll = only(&supply(&mut page, ticket, &other_token()));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(page.form.token.text.is_empty() && page.has_token());
    page.pass(30 * MINUTE);
    page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    assert!(!page.has_token());
}

#[test]
fn a_token_that_is_supplied_for_a_press_is_the_one_that_is_sent() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    only(&fail(&mut page, create, NoResponse::Unreachable));
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    let ticket = question(&page.update(Action::Press(Press::LookAgain(key))));
    let effects = supply(&mut page, ticket, &other_token());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn each_of_two_projects_gets_its_token_renewed() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    let (first, _) = wait(&answer(&mut page, create, 200, STARTED));
    type_into(&mut page, Field::ProjectId, "another");
    let create = press_with(&mut page, &long_token());
    let (second, _) = wait(&answer(&mut page, create, 200, &STARTED.replace("b1", "b2")));
    let first = only(&page.update(Action::Reply(first, Reply::WaitOver)));
    let second = only(&page.update(Action::Reply(second, Reply::WaitOver)));
    let ticket = question(&answer(&mut page, first, 401, REJECTED));
    assert!(asked(&answer(&mut page, second, 401, REJECTED)).is_empty(), "one question at a time");
    let mut effects = supply(&mut page, ticket, &other_token());
    if let Some(pause) = waits(&effects).into_iter().find(|(_, time)| *time == 5_000) {
        effects = wait_for(&mut page, pause);
    }
    let [(ticket, project)] = &asked(&effects)[..] else { panic!("one question") };
    assert_eq!(project, "another");
    only(&supply(&mut page, *ticket, &other_token()));
    assert!(page.work.creations.iter().all(|creation| !creation.awaits_token()));
}

#[test]
fn a_project_whose_token_is_good_gets_no_other() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    answer(&mut page, create, 200, &STARTED.replace("b1", "b2"));
    type_into(&mut page, Field::ProjectId, "another");
    let create = press_with(&mut page, &long_token());
    let (again, _) = wait(&answer(&mut page, create, 200, STARTED));
    let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    let ticket = question(&answer(&mut page, poll, 401, REJECTED));
    let effects = supply(&mut page, ticket, &other_token());
    assert!(asked(&effects).is_empty(), "the first one's was not rejected");
}

#[test]
fn a_token_that_expires_while_an_instance_is_awaited_is_asked_for_anew_and_the_list_is_read_with_it() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    let ticket = question(&page.update(Action::Press(Press::AwaitInstance(key))));
    let ask = only(&supply(&mut page, ticket, &long_token()));
    let ticket = question(&answer(&mut page, ask, 401, REJECTED));
    assert!(page.form.token_is_supplied());
    let effects = supply(&mut page, ticket, &other_token());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
    assert!(page.is_looking() && page.form.token_is_supplied());
}

#[test]
fn a_late_refusal_of_an_old_token_dismisses_no_supplier() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    let ticket = question(&page.update(Action::Press(Press::LoadInstances)));
    let effects = supply(&mut page, ticket, &other_token());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
    answer(&mut page, create, 401, REJECTED);
    assert!(page.has_token() && page.form.token_is_supplied());
}

#[test]
fn a_page_that_is_put_away_while_an_instance_is_awaited_asks_its_supplier_again() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    let look = only(&answer(&mut page, create, 409, BUSY));
    super::press::settle(&mut page, look);
    let key = page.newest().key;
    let ticket = question(&page.update(Action::Press(Press::AwaitInstance(key))));
    let ask = only(&supply(&mut page, ticket, &long_token()));
    let (again, _) = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
    page.update(Action::App(AppAction::PageHidden));
    assert!(!page.has_token());
    // It is asked for nothing while nobody sees the page.
    assert!(asked(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Hidden)))).is_empty());
    assert!(asked(&page.update(Action::Reply(again, Reply::WaitOver))).is_empty());
    assert!(page.form.token_is_supplied(), "nobody has refused its tokens");
    let effects = page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    supply(&mut page, question(&effects), &other_token());
    assert!(page.is_looking(), "{:?}", page.stage());
}

#[test]
fn a_supplied_token_that_a_list_is_refused_for_makes_way_for_the_field() {
    for pressed in [Action::Press(Press::LoadInstances), Action::Press(Press::ShowBackups)] {
        let mut page = supplied();
        let ticket = question(&page.update(pressed));
        let list = only(&supply(&mut page, ticket, &long_token()));
        answer(&mut page, list, 401, REJECTED);
        assert!(!page.form.token_is_supplied());
    }
}

#[test]
fn a_token_that_is_supplied_hours_after_the_press_sends_nothing() {
    for (time, is_sent) in [(2 * MINUTE, true), (7 * HOUR, false)] {
        let mut page = supplied();
        let ticket = question(&page.update(Action::Press(Press::Submit)));
        page.set_wall_clock(time);
        let effects = supply(&mut page, ticket, &long_token());
        assert_eq!(
            (calls(&effects).len(), page.page.notices.contains(&Notice::PressLapsed)),
            (usize::from(is_sent), !is_sent)
        );
        assert!(!page.is_locked());
    }
}

#[test]
fn a_cancelled_press_leaves_the_renewal_of_what_is_followed_in_its_place() {
    let (mut page, poll) = polled();
    question(&answer(&mut page, poll, 401, REJECTED));
    question(&page.update(Action::Press(Press::LoadInstances)));
    let ticket = question(&page.update(Action::App(AppAction::CancelPressed)));
    only(&supply(&mut page, ticket, &other_token()));
}

#[test]
fn a_supplier_that_works_is_asked_as_often_as_the_page_is_put_away_and_for_each_project() {
    let (mut page, poll) = polled();
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    for _ in 0..6 {
        page.pass(MINUTE);
        page.update(Action::App(AppAction::PageHidden));
        page.update(Action::App(AppAction::VisibilityChanged(Visibility::Hidden)));
        let ticket = question(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown))));
        let poll = only(&supply(&mut page, ticket, &long_token()));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    }
    // Four projects whose tokens end together have three tries each.
    let mut page = supplied();
    for number in 0..4 {
        type_into(&mut page, Field::ProjectId, &format!("project{number}"));
        type_into(&mut page, Field::Name, &format!("backup{number}"));
        let create = press_with(&mut page, &long_token());
        let started = format!(r#"{{"backup":{{"id":"b{number}","name":"backup{number}","status":"BUILDING"}}}}"#);
        answer(&mut page, create, 200, &started);
    }
    let keys: Vec<u32> = page.work.creations.iter().map(|creation| creation.key).collect();
    page.pass(11 * MINUTE);
    page.update(Action::App(AppAction::PageHidden));
    let mut effects = page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    for _ in &keys {
        let ticket = question(&effects);
        effects = supply(&mut page, ticket, &other_token());
    }
    assert!(page.form.token_is_supplied() && page.work.creations.iter().all(|creation| !creation.awaits_token()));
}

#[test]
fn a_night_with_nobody_there_asks_the_supplier_for_nothing() {
    for by_both_clocks in [true, false] {
        let (mut page, poll) = polled();
        if by_both_clocks {
            page.pass(9 * HOUR);
        } else {
            page.set_wall_clock(9 * HOUR);
        }
        let effects = answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert!(asked(&effects).is_empty() && calls(&effects).is_empty() && !page.has_token());
        // Somebody is there again.
        question(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown))));
    }
}

#[test]
fn a_press_that_lapses_leaves_the_renewal_of_what_is_followed_in_its_place() {
    let (mut page, poll) = polled();
    question(&answer(&mut page, poll, 401, REJECTED));
    let pressed = question(&page.update(Action::Press(Press::ShowBackups)));
    page.set_wall_clock(3 * MINUTE);
    let effects = supply(&mut page, pressed, &other_token());
    assert!(page.page.notices.contains(&Notice::PressLapsed));
    question(&effects);
}

#[test]
fn an_answer_for_a_host_that_is_excluded_meanwhile_leaves_the_next_its_turn() {
    let startup_context = StartupContext { is_embedded: true, supplies_token: true, ..StartupContext::default() };
    let mut page = Page::of(startup_context);
    let mut polls = Vec::new();
    let other = PROJECT.replace('0', "1");
    for (endpoint, project, token) in
        [("rds.example", PROJECT, long_token()), ("other.example", other.as_str(), other_token())]
    {
        type_into(&mut page, Field::Endpoint, endpoint);
        type_into(&mut page, Field::ProjectId, project);
        type_into(&mut page, Field::InstanceId, MYSQL);
        type_into(&mut page, Field::Name, "backup");
        let ticket = question(&page.update(Action::Press(Press::Submit)));
        let list = only(&supply(&mut page, ticket, &token));
        let post = only(&answer(&mut page, list, 200, NONE_LISTED));
        polls.push(wait(&answer(&mut page, post, 200, STARTED)).0);
    }
    // Both have run out, and the one for the newer card is asked for first.
    let poll = only(&page.update(Action::Reply(polls[1], Reply::WaitOver)));
    let ticket = question(&answer(&mut page, poll, 401, REJECTED));
    let poll = only(&page.update(Action::Reply(polls[0], Reply::WaitOver)));
    assert!(asked(&answer(&mut page, poll, 401, REJECTED)).is_empty());
    let narrowed = Options { allowed_hosts: only_host("rds.example"), ..Options::default() };
    page.update(Action::App(AppAction::OptionsSet(narrowed, vec![])));
    let effects = supply(&mut page, ticket, &long_token());
    assert!(matches!(&asked(&effects)[..], [(_, project)] if project == PROJECT), "{:?}", asked(&effects));
}

#[test]
fn a_login_that_is_wanted_on_the_way_dismisses_no_supplier() {
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::Submit)));
    let list = only(&supply(&mut page, ticket, &long_token()));
    answer(&mut page, list, 401, "<html>Proxy login</html>");
    assert!(page.form.token_is_supplied());
}

#[test]
fn a_press_that_is_put_away_with_the_page_says_that_nothing_was_sent() {
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::Submit)));
    page.update(Action::App(AppAction::PageHidden));
    assert!(supply(&mut page, ticket, &long_token()).is_empty());
    assert_eq!(page.page.notices, [Notice::PressLapsed]);
    // One that nobody waits for says nothing.
    let mut page = supplied();
    page.update(Action::App(AppAction::PageHidden));
    assert!(page.page.notices.is_empty());
}

#[test]
fn a_question_for_another_target_gives_a_press_no_more_time() {
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::Submit)));
    page.pass(90_000);
    page.state.form.project_id.text = "another".into();
    let ticket = question(&supply(&mut page, ticket, &long_token()));
    page.pass(30_001);
    assert!(calls(&supply(&mut page, ticket, &long_token())).is_empty());
    assert_eq!(page.page.notices, [Notice::PressLapsed]);
}

#[test]
fn a_late_refusal_of_an_old_token_asks_for_none_where_there_is_a_newer_one() {
    let (mut page, poll) = polled();
    let ticket = question(&page.update(Action::Press(Press::LoadInstances)));
    supply(&mut page, ticket, &other_token());
    let effects = answer(&mut page, poll, 401, REJECTED);
    assert!(asked(&effects).is_empty());
    assert_eq!(connections(&effects), [("https://rds.example".to_owned(), other_token())]);
}

#[test]
fn a_supplied_token_goes_to_no_host_that_may_not_be_called() {
    let narrowed = || {
        Action::App(AppAction::OptionsSet(
            Options { allowed_hosts: only_host("other.example"), ..Options::default() },
            vec![],
        ))
    };
    // By itself.
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    let waiting = wait(&answer(&mut page, create, 200, STARTED));
    let effects = page.update(narrowed());
    assert!(asked(&effects).is_empty() && calls(&effects).is_empty());
    let effects = wait_for(&mut page, waiting);
    assert!(asked(&effects).is_empty() && calls(&effects).is_empty());
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    // By a press at a card.
    let key = page.newest().key;
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    assert!(asked(&effects).is_empty() && calls(&effects).is_empty());
    assert!(page.page.notices == [Notice::NotCallable] && !focuses(&effects, Focus::Field(Field::Token)));
    // Once that may be called again it goes on.
    let widened = Options { allowed_hosts: only_host("rds.example"), ..Options::default() };
    question(&page.update(Action::App(AppAction::OptionsSet(widened, vec![]))));
    // When the question is under way already: the press says what is wrong.
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::Submit)));
    page.update(narrowed());
    let effects = supply(&mut page, ticket, &long_token());
    assert!(
        calls(&effects).is_empty() && page.form.submission == Submission::Faulty && focuses(&effects, Focus::Summary)
    );
    let (mut page, poll) = polled();
    let ticket = question(&answer(&mut page, poll, 401, REJECTED));
    page.update(narrowed());
    assert!(calls(&supply(&mut page, ticket, &other_token())).is_empty());
    assert!(page.cx.session.credentials.is_empty());
    // At a card: the supplier did what it was asked, and isn't blamed.
    let (mut page, poll) = polled();
    question(&answer(&mut page, poll, 401, REJECTED));
    let key = page.newest().key;
    let ticket = question(&page.update(Action::Press(Press::LookAgain(key))));
    page.update(narrowed());
    assert!(calls(&supply(&mut page, ticket, &other_token())).is_empty());
    assert!(page.form.token_is_supplied() && page.page.notices == [Notice::NotCallable]);
    // A link to another one.
    let mut page = supplied();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=evil.example&project_id={PROJECT}"));
    let key = page.newest().key;
    let effects = page.update(Action::Press(Press::LookAgain(key)));
    assert!(asked(&effects).is_empty() && calls(&effects).is_empty());
}

#[test]
fn a_card_of_a_host_that_may_not_be_called_keeps_no_other_from_its_token() {
    let mut page = supplied();
    let create = press_with(&mut page, &long_token());
    let waiting = wait(&answer(&mut page, create, 200, STARTED));
    // Both wait for a token, and this one is the first of them.
    link(&mut page, &format!("#watch={MYSQL}/b9&endpoint=evil.example&project_id={PROJECT}"));
    if let Stage::Building(building) = &mut page.state.work.creations[0].stage {
        building.blocker = Some(Blocker::TokenMissing);
    }
    page.update(Action::App(AppAction::PageHidden));
    assert!(asked(&wait_for(&mut page, waiting)).is_empty());
    question(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown))));
}

#[test]
fn nobody_is_told_to_paste_a_supplied_token_again() {
    let mut page = supplied();
    let ticket = question(&page.update(Action::Press(Press::LoadInstances)));
    supply(&mut page, ticket, &long_token());
    page.update(Action::App(AppAction::PageHidden));
    let ticket = question(&page.update(Action::Press(Press::LoadInstances)));
    page.update(Action::Reply(ticket, Reply::Token(None)));
    assert!(!page.form.token_is_supplied() && !page.form.token_has_lapsed);
}

#[test]
fn a_token_that_was_forgotten_is_no_rejected_one() {
    for forget in [Action::App(AppAction::PageHidden), Action::Form(FormAction::ForgetTokenPressed)] {
        let mut page = filled();
        let list = only(&page.update(Action::Press(Press::Submit)));
        answer(&mut page, list, 401, REJECTED);
        assert!(page.refusal_of(Field::Token).is_some());
        page.update(forget);
        assert_eq!(page.refusal_of(Field::Token), None);
    }
}
