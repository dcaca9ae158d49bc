//! From the press to the POST: one press sends at most once, and reads before it writes.

use contract::codes::ErrorKind;
use contract::rules::{Warning, databases};

use super::stage::*;

#[test]
fn a_good_form_sends_what_was_typed() {
    let mut page = filled();
    type_into(&mut page, Field::Description, " before the upgrade ");
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let post = effects.iter().find_map(|effect| match effect {
        Effect::Work(WorkEffect::Fetch { connection, call: Call::CreateBackup(backup), language, .. }) => {
            Some((connection, backup, language))
        }
        _ => None,
    });
    let (connection, backup, language) = post.unwrap();
    assert_eq!(*language, Language::English);
    assert_eq!(connection.endpoint.as_str(), "https://rds.example");
    assert_eq!(connection.project_id.as_str(), PROJECT);
    assert!(connection.token.expose() == long_token());
    assert_eq!(backup.instance_id.as_str(), MYSQL);
    assert_eq!(backup.description.as_ref().unwrap().as_str(), "before the upgrade");
}

#[test]
fn a_second_press_while_the_first_is_under_way_shows_that_one_and_sends_nothing() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::RevealAnswer)]);
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::RevealAnswer)]);
    answer(&mut page, post, 200, STARTED);
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert_eq!(page.work.creations.len(), 1);
}

#[test]
fn the_same_name_with_another_request_is_refused_while_the_first_is_under_way() {
    let mut page = filled();
    press(&mut page);
    type_into(&mut page, Field::Description, "another");
    let effects = page.update(Action::Press(Press::Submit));
    // The field that can be changed comes into view, and not the card.
    assert!(effects == [Effect::Page(PageEffect::Focus(Focus::Field(Field::Name)))]);
    assert_eq!(page.work.creations.len(), 1);
    says(&page, Field::Name, &[FieldMessage::Refused(FieldRefusal::UnderWay)]);
}

#[test]
fn what_is_edited_meanwhile_is_for_the_next_press() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    type_into(&mut page, Field::Name, "other");
    page.update(Action::Form(FormAction::AddDatabasePressed));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!((backup.name.as_str(), backup.databases.len()), ("backup", 0));
    assert_eq!((&*page.form.name.text, page.form.databases.len()), ("other", 1));
}

#[test]
fn two_backups_can_be_under_way_at_once() {
    let mut page = filled();
    let first = press(&mut page);
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    let second = press(&mut page);
    answer(&mut page, second, 200, &STARTED.replace("b1", "b2"));
    answer(&mut page, first, 200, STARTED);
    let ids: Vec<_> = page.work.creations.iter().filter_map(|creation| creation.backup.id.as_deref()).collect();
    assert_eq!(ids, ["b2", "b1"]);
}

#[test]
fn an_accepted_backup_is_shown_and_the_form_keeps_its_texts() {
    let mut page = filled();
    let ticket = press(&mut page);
    answer(&mut page, ticket, 200, STARTED);
    assert!(page.is_building());
    assert_eq!((page.newest().backup.id.as_deref(), page.newest().certainty), (Some("b1"), Some(Certainty::Responded)));
    assert_eq!(&*page.form.name.text, "backup");
    assert!(page.form.token.text.expose() == long_token());
}

#[test]
fn a_name_in_the_list_of_the_instance_is_refused_before_sending_and_read_again_first() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    let expected = Warning::NameListed { id: "b1".into(), begin_time: JUST_NOW.into() };
    says(&page, Field::Name, &[FieldMessage::Warning(expected)]);
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(calls(&effects).is_empty());
    assert!(matches!(page.outcome(), Outcome::NameTaken(Some(backup)) if backup.id.as_deref() == Some("b1")));
    assert_eq!(page.refusal_of(Field::Name), Some(FieldRefusal::ByApi(ErrorKind::NameTaken)));
    // It was deleted meanwhile.
    press(&mut page);
    // Of another instance it may be free.
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    press(&mut page);
}

#[test]
fn a_list_from_before_the_press_says_nothing_of_it() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, NONE_LISTED);
    // A colleague's, since that list.
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(calls(&effects).is_empty());
    assert!(matches!(page.outcome(), Outcome::NameTaken(Some(_))));
}

#[test]
fn what_the_pages_own_policy_forbids_was_not_sent_and_needs_no_looking_for() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    assert!(calls(&fail(&mut page, list, NoResponse::Forbidden)).is_empty());
    assert_eq!(*page.outcome(), Outcome::NotSent(NotSent::Forbidden));
    let post = press(&mut page);
    assert!(calls(&fail(&mut page, post, NoResponse::Forbidden)).is_empty());
    assert_eq!(*page.outcome(), Outcome::NotSent(NotSent::Forbidden));
}

#[test]
fn cancel_while_it_reads_means_that_nothing_was_sent() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let key = page.newest().key;
    let effects = page.update(Action::Work(WorkAction::Cancel(key)));
    assert!(effects.contains(&Effect::Page(PageEffect::Abort(list))));
    assert_eq!(*page.outcome(), Outcome::NotSent(NotSent::Cancelled));
    assert!(calls(&answer(&mut page, list, 200, NONE_LISTED)).is_empty());
}

#[test]
fn a_press_that_gets_no_answer_says_so_and_can_be_made_all_the_same() {
    let mut page = filled();
    let effects = page.update(Action::Press(Press::Submit));
    let again = wait(&fail(&mut page, only(&effects), NoResponse::Unreachable));
    let list = only(&wait_for(&mut page, again));
    fail(&mut page, list, NoResponse::Unreachable);
    assert_eq!(*page.outcome(), Outcome::NotSent(NotSent::Unreachable));
    let key = page.newest().key;
    assert_eq!(sent(&page.update(Action::Press(Press::CreateAnyway(key)))).len(), 1);
}

#[test]
fn what_only_needs_time_can_be_tried_again_by_one_press_and_a_taken_name_can_not() {
    let mut page = filled();
    let create = press(&mut page);
    let list = only(&answer(&mut page, create, 429, r#"{"error_code":"APIG.0308","error_msg":"throttled"}"#));
    settle(&mut page, list);
    assert!(matches!(page.outcome(), Outcome::Refused(failure) if failure.error_kind == ErrorKind::Throttled));
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    assert_eq!(sent(&answer(&mut page, list, 200, NONE_LISTED)).len(), 1);
    assert_eq!(page.work.creations.len(), 1, "another attempt of the same life");

    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let key = page.newest().key;
    assert!(calls(&page.update(Action::Press(Press::TryAgain(key)))).is_empty());
}

/// Answers the readings with an empty list until the page has come to an end.
pub(super) fn settle(page: &mut Page, mut list: Ticket) {
    while page.is_looking() {
        let effects = answer(page, list, 200, NONE_LISTED);
        let effects = match calls(&effects)[..] {
            [(ticket, Call::Instance { .. })] => answer(page, ticket, 200, &instance("ACTIVE")),
            _ => wait_for(page, wait(&effects)),
        };
        match calls(&effects)[..] {
            [(ticket, _)] => list = ticket,
            _ => assert!(!page.is_looking()),
        }
    }
}

#[test]
fn a_busy_instance_is_waited_for_and_then_asked_once() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    let (again, _) = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
    let ask = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    let list = only(&answer(&mut page, ask, 200, &instance("ACTIVE")));
    assert_eq!(sent(&answer(&mut page, list, 200, NONE_LISTED)).len(), 1);
    assert_eq!(*page.stage(), Stage::Sending);
}

#[test]
fn a_token_that_is_forgotten_while_the_instance_is_awaited_ends_the_wait() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    let effects = answer(&mut page, ask, 200, &instance("ACTIVE"));
    assert!(calls(&effects).is_empty() && focuses(&effects, Focus::Field(Field::Token)));
    assert!(!matches!(page.stage(), Stage::AwaitingInstance(_)));
    assert_eq!(page.newest().not_sent, Some(NotSent::TokenMissing));
    // With a token again the page looks, and says no more that there is none.
    only(&paste_token(&mut page, &other_token()));
    assert_eq!((page.is_looking(), &page.newest().not_sent), (true, &None));
}

/// Nobody can look, or follow, without a token: until there is one, that is what the card says.
const UNKNOWN_WITHOUT_TOKEN: Outcome = Outcome::Unknown(Unknown::Blocked(Blocker::TokenMissing));

#[test]
fn a_token_that_is_forgotten_between_two_questions_for_the_instance_ends_the_wait_at_once() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    answer(&mut page, ask, 200, &instance("BACKING UP"));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    assert_eq!(*page.outcome(), UNKNOWN_WITHOUT_TOKEN);
}

#[test]
fn what_is_looked_for_or_followed_says_at_once_that_the_token_was_forgotten() {
    for forgets in [
        Action::Form(FormAction::ForgetTokenPressed),
        Action::Form(FormAction::ClearFormPressed),
        Action::App(AppAction::PageHidden),
        edit(Field::Token, "", Input::Typed),
        Action::App(AppAction::OptionsSet(
            Options { allowed_hosts: only_host("another.example"), ..Options::default() },
            vec![],
        )),
    ] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        answer(&mut page, look, 200, NONE_LISTED);
        page.update(forgets.clone());
        assert_eq!(*page.outcome(), UNKNOWN_WITHOUT_TOKEN);
        let (mut page, _) = followed();
        page.update(forgets);
        assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    }
}

#[test]
fn an_answer_that_comes_after_the_token_was_forgotten_is_the_last() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    only(&paste_token(&mut page, &other_token()));
    assert_eq!(page.blocker(), None);
}

#[test]
fn what_waits_says_at_once_that_the_token_was_rejected_for_another() {
    let (mut page, _) = followed();
    let first = page.newest().key;
    type_into(&mut page, Field::Name, "another");
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 401, REJECTED);
    assert!(page.work.creation(first).unwrap().awaits_token());
}

#[test]
fn a_rejected_token_takes_the_focus_and_keeps_the_form() {
    for (status, body) in [
        (401, r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}"#),
        (403, r#"{"error_code":"DBS.280056","error_msg":"Invalid token."}"#),
        (401, r#"{"error":{"code":401,"message":"x","title":"Unauthorized"}}"#),
        (403, r#"{"error":{"code":403,"message":"X-Auth-Token is invalid in the request"}}"#),
    ] {
        for is_read in [true, false] {
            let mut page = filled();
            let ticket = if is_read { press(&mut page) } else { only(&page.update(Action::Press(Press::Submit))) };
            let effects = answer(&mut page, ticket, status, body);
            assert!(focuses(&effects, Focus::Field(Field::Token)), "{body}");
            assert!(page.form.token.text.expose() == long_token());
            assert_eq!(&*page.form.name.text, "backup");
            assert!(calls(&effects).is_empty(), "it is sent no more: {body}");
        }
    }
}

#[test]
fn the_chosen_databases_are_sent() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    for name in ["db1", "db2"] {
        page.update(Action::Fill(FillAction::DatabaseTicked(name.into())));
    }
    page.update(Action::Fill(FillAction::DatabaseTicked("db1".into())));
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(&mut page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(backup.databases.iter().map(databases::Database::name).collect::<Vec<_>>(), ["db2"]);
}

#[test]
fn a_refusal_of_one_name_is_not_said_at_another() {
    let mut page = filled();
    let create = press(&mut page);
    type_into(&mut page, Field::Name, "other");
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280277","error_msg":"x"}"#);
    assert!(page.refusal_of(Field::Name).is_none(), "the API has never seen it");
}

#[test]
fn a_name_that_is_refused_of_one_instance_is_not_refused_of_another() {
    let other = [
        edit(Field::InstanceId, SQL_SERVER, Input::Typed),
        edit(Field::ProjectId, "another", Input::Typed),
        edit(Field::Endpoint, "rds2.example", Input::Typed),
    ];
    for change in other {
        // Before the refusal comes, and after it.
        let mut page = filled();
        let create = press(&mut page);
        page.update(change.clone());
        answer(&mut page, create, 400, r#"{"error_code":"DBS.280277","error_msg":"x"}"#);
        assert!(page.refusal_of(Field::Name).is_none());
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, 400, r#"{"error_code":"DBS.280277","error_msg":"x"}"#);
        assert!(page.refusal_of(Field::Name).is_some());
        page.update(change);
        assert!(page.refusal_of(Field::Name).is_none());
    }
}

#[test]
fn a_name_that_is_under_way_at_one_instance_is_not_refused_of_another_that_is_chosen() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::LoadInstances)));
    let other = r#"{"instances":[{"id":"i2","name":"n","status":"ACTIVE","type":"Single"}],"total_count":1}"#;
    answer(&mut page, list, 200, other);
    press(&mut page);
    type_into(&mut page, Field::Description, "x");
    page.update(Action::Press(Press::Submit));
    assert_eq!(page.refusal_of(Field::Name), Some(FieldRefusal::UnderWay));
    page.update(Action::Fill(FillAction::InstanceChosen("i2".into())));
    assert!(page.refusal_of(Field::Name).is_none());
}

#[test]
fn the_name_of_ones_own_backup_is_a_taken_one_for_another_instance() {
    use contract::rules::Warning;
    let (mut page, _) = followed();
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    says(&page, Field::Name, &[]);
    // The other instance has a backup of the same name, which is another's.
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    let list = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED").replace("b1", "b2"));
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    let warning = Warning::NameListed { id: "b2".into(), begin_time: JUST_NOW.into() };
    says(&page, Field::Name, &[FieldMessage::Warning(warning)]);
    // Nor is it one there that has none of it.
    type_into(&mut page, Field::InstanceId, "aaaaca5a624745bcb546a227aa3ae1cfin01");
    says(&page, Field::Name, &[]);
}

#[test]
fn try_again_sends_nothing_while_another_request_of_the_name_is_under_way() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"x"}"#);
    let first = page.newest().key;
    type_into(&mut page, Field::Description, "x");
    press(&mut page);
    assert_eq!(*page.stage(), Stage::Sending);
    assert!(calls(&page.update(Action::Press(Press::TryAgain(first)))).is_empty());
    assert_eq!(*page.stage(), Stage::Sending, "it is the one that goes on");
}

#[test]
fn only_a_busy_instance_is_awaited_and_only_once() {
    // The request itself was refused.
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"x"}"#);
    let key = page.newest().key;
    assert!(calls(&page.update(Action::Press(Press::AwaitInstance(key)))).is_empty());
    assert!(matches!(page.outcome(), Outcome::Refused(_)));
    // No answer came.
    let mut page = filled();
    let create = press(&mut page);
    fail(&mut page, create, NoResponse::Unreachable);
    let key = page.newest().key;
    assert!(calls(&page.update(Action::Press(Press::AwaitInstance(key)))).is_empty());
    assert!(page.is_looking());
    // It is awaited already.
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    only(&page.update(Action::Press(Press::AwaitInstance(key))));
    assert!(
        page.update(Action::Press(Press::AwaitInstance(key)))
            .iter()
            .all(|effect| *effect == Effect::Page(PageEffect::RevealAnswer))
    );
    assert!(matches!(page.stage(), Stage::AwaitingInstance(_)));
}

#[test]
fn a_busy_instance_is_not_awaited_while_another_request_of_the_name_is_under_way() {
    let mut page = filled();
    let create = press(&mut page);
    let list = only(&answer(&mut page, create, 409, BUSY));
    settle(&mut page, list);
    let first = page.newest().key;
    assert!(matches!(page.outcome(), Outcome::Refused(_)));
    paste_token(&mut page, &long_token());
    type_into(&mut page, Field::Description, "x");
    press(&mut page);
    assert!(calls(&page.update(Action::Press(Press::AwaitInstance(first)))).is_empty());
    assert_eq!(*page.stage(), Stage::Sending, "it is the one that goes on");
}

#[test]
fn a_press_is_under_way_from_the_reading_to_the_end() {
    let mut page = filled();
    assert!(!page.has_something_underway());
    let list = only(&page.update(Action::Press(Press::Submit)));
    assert!(page.has_something_underway(), "the list is read");
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    assert!(page.has_something_underway(), "it is sent");
    let (waiting, _) = wait(&answer(&mut page, post, 200, STARTED));
    assert!(page.has_something_underway(), "it is followed");
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(!page.has_something_underway());
}

#[test]
fn as_long_as_nothing_has_come_of_it_each_press_is_the_first() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 401, REJECTED);
    let key = page.newest().key;
    page.pass(5 * MINUTE);
    paste_token(&mut page, &other_token());
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    assert_eq!((page.newest().requested, page.newest().pressed), (Some(page.now.wall), page.now.monotonic));
    // As long as something may come of a POST it is the first one's moment that counts.
    let (requested, pressed) = (page.newest().requested, page.newest().pressed);
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    let look = only(&answer(&mut page, post, 429, ""));
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert!(calls(&answer(&mut page, look, 200, NONE_LISTED)).is_empty());
    page.pass(MINUTE);
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    assert_eq!((page.newest().requested, page.newest().pressed), (requested, pressed));
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    let look = only(&answer(&mut page, post, 429, ""));
    settle(&mut page, look);
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let now = (Some(page.now.wall), page.now.monotonic);
    page.pass(1_000);
    answer(&mut page, list, 200, NONE_LISTED);
    assert_eq!((page.newest().requested, page.newest().pressed), now);
}

#[test]
fn what_others_hear_of_a_press_has_what_was_asked_for() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    type_into(&mut page, Field::Description, "why");
    page.update(Action::Fill(FillAction::DatabaseTicked("db1".into())));
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 401, REJECTED);
    let [HostEvent::Refused(record)] = &page.events()[..] else { panic!("{:?}", page.events()) };
    let backup = &record.backup;
    assert_eq!((backup.name.as_deref(), backup.description.as_deref()), (Some("backup"), Some("why")));
    assert_eq!((backup.instance_id.as_deref(), &backup.databases[..]), (Some(SQL_SERVER), &["db1".to_owned()][..]));
}

/// A card that was refused, and a newer one of the same name with another description, which was cancelled in time.
fn refused_and_cancelled() -> (Page, u32, u32) {
    let mut page = filled();
    type_into(&mut page, Field::Description, "first");
    let create = press(&mut page);
    answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"bad"}"#);
    let first = page.newest().key;
    type_into(&mut page, Field::Description, "");
    page.pass(20_000);
    page.update(Action::Press(Press::Submit));
    let second = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(second)));
    (page, first, second)
}

#[test]
fn a_name_that_an_older_card_is_asking_for_is_not_asked_for_by_a_newer_one() {
    let (mut page, first, second) = refused_and_cancelled();
    let list = only(&page.update(Action::Press(Press::TryAgain(first))));
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    page.pass(20_000);
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    says(&page, Field::Name, &[FieldMessage::Refused(FieldRefusal::UnderWay)]);
    assert!(calls(&page.update(Action::Press(Press::TryAgain(second)))).is_empty());
    // Nor while nobody knows what has become of it.
    fail(&mut page, post, NoResponse::TimedOut);
    page.update(Action::Work(WorkAction::Cancel(first)));
    type_into(&mut page, Field::Description, "third");
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    says(&page, Field::Name, &[FieldMessage::Refused(FieldRefusal::Unsettled)]);
}

#[test]
fn a_name_is_refused_for_another_press_only_as_long_as_that_is_in_the_way() {
    let mut page = filled();
    let create = press(&mut page);
    type_into(&mut page, Field::Description, "another");
    page.update(Action::Press(Press::Submit));
    assert_eq!(page.refusal_of(Field::Name), Some(FieldRefusal::UnderWay));
    let look = only(&fail(&mut page, create, NoResponse::TimedOut));
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert_eq!(page.refusal_of(Field::Name), Some(FieldRefusal::Unsettled), "it was given up");
    let look = {
        assert!(page.update(Action::Reply(look, Reply::Response(Err(NoResponse::Cancelled)))).is_empty());
        only(&page.update(Action::Press(Press::LookAgain(key))))
    };
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
    assert_eq!(page.refusal_of(Field::Name), None);
}

#[test]
fn a_card_whose_name_another_one_has_since_says_so() {
    let (mut page, first, second) = refused_and_cancelled();
    assert!(!page.work.was_asked_for_again(page.work.creation(first).unwrap()));
    let list = only(&page.update(Action::Press(Press::TryAgain(second))));
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    answer(&mut page, post, 200, STARTED);
    assert!(page.work.was_asked_for_again(page.work.creation(first).unwrap()));
    assert!(!page.work.was_asked_for_again(page.work.creation(second).unwrap()));
}

#[test]
fn an_older_card_does_not_say_that_the_name_was_asked_for_since() {
    let (mut page, waiting) = followed();
    page.state.page.limits.idle = u32::MAX;
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.pass(10 * MINUTE);
    let post = press(&mut page);
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    settle(&mut page, look);
    assert_eq!((page.work.creations.len(), page.outcome()), (2, &Outcome::NotCreated));
    assert!(!page.work.was_asked_for_again(page.newest()));
}

#[test]
fn what_was_accepted_under_an_id_is_not_asked_for_again_by_the_same_press() {
    let (mut page, waiting) = followed();
    page.state.page.limits.idle = u32::MAX;
    page.pass(31 * MINUTE);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed));
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert_eq!(page.work.creations.len(), 1);
}

#[test]
fn a_backup_that_another_card_has_since_is_told_of_by_the_time_of_the_requests() {
    let completed = STARTED.replace("BUILDING", "COMPLETED");
    // A refused card, and one of the same name whose request was sent at the same moment, or later.
    for (later, is_told) in [(0, false), (1, true)] {
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, 400, r#"{"error_code":"DBS.280001","error_msg":"bad"}"#);
        type_into(&mut page, Field::Description, "another");
        page.pass(later);
        let create = press(&mut page);
        answer(&mut page, create, 200, &completed);
        let first = &page.work.creations[1];
        assert_eq!(page.work.was_asked_for_again(first), is_told, "{later}");
    }
    // What was never sent is not asked for again by another.
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert!(calls(&answer(&mut page, list, 200, NONE_LISTED)).is_empty());
    type_into(&mut page, Field::Description, "another");
    let create = press(&mut page);
    answer(&mut page, create, 200, &completed);
    assert!(page.work.creations[1].can_go_on() && !page.work.creations[1].was_sent());
    assert!(!page.work.was_asked_for_again(&page.work.creations[1]));
}

#[test]
fn a_list_that_a_press_is_refused_for_the_moment_is_read_once_more_within_two_seconds() {
    // What is answered, and how long it is to be waited for; whether the list is read again.
    let throttled = r#"{"error_code":"APIG.0308","error_msg":"x"}"#;
    for (retry_after, is_read_again) in [(None, true), (Some(2), true), (Some(3), false)] {
        let mut page = filled();
        let list = only(&page.update(Action::Press(Press::Submit)));
        let mut refused = received(429, throttled);
        refused.response.retry_after = retry_after;
        let effects = page.update(Action::Reply(list, Reply::Response(Ok(refused))));
        assert_eq!(sent(&effects).is_empty(), is_read_again, "{retry_after:?}");
        if is_read_again {
            let list = only(&wait_for(&mut page, wait(&effects)));
            // A second time the press goes on without it.
            assert_eq!(sent(&answer(&mut page, list, 429, throttled)).len(), 1, "{retry_after:?}");
        }
    }
}

#[test]
fn a_press_goes_on_with_the_card_of_the_same_request_though_a_newer_one_has_its_name() {
    const FORBIDDEN: &str = r#"{"error_code":"DBS.280056","error_msg":"x"}"#;
    let mut page = filled();
    for description in ["", "another"] {
        type_into(&mut page, Field::Description, description);
        let create = press(&mut page);
        answer(&mut page, create, 403, FORBIDDEN);
    }
    let first = page.work.creations[1].key;
    page.pass(20_000);
    let list = only(&page.update(Action::Press(Press::TryAgain(first))));
    let create = only(&answer(&mut page, list, 200, NONE_LISTED));
    fail(&mut page, create, NoResponse::Unreachable);
    page.update(Action::Work(WorkAction::Cancel(first)));
    type_into(&mut page, Field::Description, "");
    page.pass(20_000);
    press(&mut page);
    assert_eq!((page.work.creations.len(), &page.work.creations[1].stage), (2, &Stage::Sending));
}

#[test]
fn a_backup_of_another_name_is_in_nobodys_way() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    assert_eq!(sent(&answer(&mut page, list, 200, &listed("another", JUST_NOW, "COMPLETED"))).len(), 1);
}

#[test]
fn create_anyway_sends_nothing_while_another_request_of_the_name_is_under_way() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let again = wait(&fail(&mut page, list, NoResponse::Unreachable));
    let list = only(&wait_for(&mut page, again));
    fail(&mut page, list, NoResponse::Unreachable);
    let first = page.newest().key;
    assert_eq!(*page.outcome(), Outcome::NotSent(NotSent::Unreachable));
    type_into(&mut page, Field::Description, "another");
    only(&page.update(Action::Press(Press::Submit)));
    assert!(calls(&page.update(Action::Press(Press::CreateAnyway(first)))).is_empty());
}
